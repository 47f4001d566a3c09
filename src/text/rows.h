/*
 * Rows of delimited text: one contract, two paths. Records without a quote are cut by the scan,
 * records with one are read by libcsv; both give a row whose fields are the same bytes, blanks
 * around them aside. Records of blanks alone are passed over.
 */
#ifndef TEXT_ROWS_H
#define TEXT_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "text/quoted.h"
#include "text/scan.h"

/* bytes behind a block that may be read (and mean nothing), so that numbers are read eight at a
 * time */
enum { BLOCK_PADDING = 16 };

struct json_record;

/* whole records of one input, as the splitter cuts them */
enum block_kind {
	BLOCK_PLAIN,    /* no quote in it */
	BLOCK_QUOTED,   /* quotes, all closed within their record */
	BLOCK_SUSPECT,  /* begins with a quote that is never closed: quotes in it cannot be trusted
	                 */
	BLOCK_TOO_LONG, /* the beginning of one record that is longer than RECORD_MAX */
};

struct block {
	const char *text; /* BLOCK_PADDING more bytes may be read */
	size_t len;
	uint64_t offset; /* of text[0] in the input */
	enum block_kind kind;
	const struct json_record *records; /* of a stream of JSON, where they lie; else NULL */
	size_t record_count;
};

enum row_fault {
	ROW_FINE,
	ROW_OPEN_QUOTE, /* a quote in it may never have been closed */
	ROW_TOO_LONG,
};

struct row {
	const char *base;
	const uint32_t *ends; /* of its fields, from base; ends[-1] is the byte before the first */
	uint32_t count;       /* fields */
	uint64_t offset;      /* of the record in the input */
	uint32_t swallowed;   /* lines inside its quotes that look like rows */
	bool cut;             /* the input ends without a line end behind it */
	enum row_fault fault; /* when not ROW_FINE, the row is one field: the record's beginning */
};

/* field i, i < count, blanks around it included */
static inline struct span row_field(const struct row *row, uint32_t i)
{
	/* before the first record stands UINT32_MAX, and 1 more is 0 */
	uint32_t start = row->ends[(int64_t)i - 1] + 1;

	return (struct span){row->base + start, row->ends[i] - start};
}

/* the whole record */
static inline struct span row_text(const struct row *row)
{
	uint32_t start = row->ends[-1] + 1;

	return (struct span){row->base + start, row->ends[row->count - 1] - start};
}

/* all zero is ready for use; owns its buffers */
struct rows {
	struct block block;
	char delimiter;
	struct scan scan;
	struct quoted *quoted;
	size_t next;       /* plain: the next record; else: the next byte */
	size_t plain;      /* records of a plain block; else 0 */
	uint32_t whole[2]; /* ends of a row that is one field */
};

void rows_free(struct rows *rows);
/* begins with a block, whose text must live until the last row */
void rows_begin(struct rows *rows, const struct block *block, char delimiter);
/*
 * The next row; false at the block's end. The row itself is valid until the next call, the bytes of
 * its fields until the next rows_begin.
 */
bool rows_next(struct rows *rows, struct row *row);

#endif

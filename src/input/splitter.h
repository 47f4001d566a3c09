/*
 * The splitter: one input cut into blocks of whole records, for any number of workers. It knows
 * quotes, so a newline inside a quoted name is never a record's end, whatever the block size; and
 * it knows where the records of a JSON document begin and end. What it gives depends on the bytes
 * alone, but for where one block ends and the next begins.
 */
#ifndef INPUT_SPLITTER_H
#define INPUT_SPLITTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "base/status.h"
#include "input/source.h"
#include "text/json_cut.h"
#include "text/rows.h"

enum { BLOCK_SIZE = 128 * 1024, BLOCK_SIZE_LEAST = 64, BLOCK_SIZE_MOST = 64 * 1024 * 1024 };

struct splitter;

/* a line, or a record of JSON, of more bytes is left out; for rows see RECORD_MAX */
enum { SPLIT_LINE_MAX = JSON_RECORD_MAX };

/* what a record is */
enum split_style {
	SPLIT_ROWS,  /* delimited text, with quotes */
	SPLIT_LINES, /* a line each */
	SPLIT_JSON,  /* a JSON object each, whatever stands between them */
};

/*
 * Borrows the source; block_size in bytes, within the limits above. The first `skip` bytes are
 * passed over; the delimiter matters in rows only.
 */
struct splitter *splitter_new(struct source *source, size_t block_size, enum split_style style,
                              char delimiter, size_t skip);
void splitter_free(struct splitter *splitter);
/*
 * For a source that comes bit by bit, before the first block: a block is then what whole records
 * are at hand, or what a single read makes whole, however few; the records are the same. When the
 * source is cut (source_is_cut), the record that it breaks off in is dropped, and a JSON document
 * may be open.
 */
void splitter_set_eager(struct splitter *splitter);

/* a worker's own buffer; all zero is ready for use */
struct block_buffer {
	char *bytes;
	size_t cap;
	size_t len;
	struct json_record *records;
	size_t record_count;
	size_t record_cap;
};

void block_buffer_free(struct block_buffer *buffer);

/*
 * The next block, in `buffer`, valid until the next call with it. False at the input's end or after
 * a read error, which splitter_status then tells. Safe from many threads.
 */
bool splitter_next(struct splitter *splitter, struct block_buffer *buffer, struct block *block);
enum status splitter_status(const struct splitter *splitter, struct diag *diag);
/* bytes given out so far; approximate while workers run */
uint64_t splitter_offset(const struct splitter *splitter);

#endif

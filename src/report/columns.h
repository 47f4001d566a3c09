/*
 * The columns of a gap record, in the order of the schema: one table for every writer, --columns,
 * --help and the man page.
 */
#ifndef REPORT_COLUMNS_H
#define REPORT_COLUMNS_H

#include <stddef.h>

#include "base/span.h"
#include "base/status.h"
#include "report/record.h"
#include "text/utf8.h"

enum {
	COLUMNS_MAX = 64, /* the table never has more */
	COLUMN_SCRATCH_SIZE = 40,
	/* characters; a longer text, or item of a list, is cut and ends in an ellipsis */
	COLUMN_TEXT_CHARS = 120,
	COLUMN_TEXT_SIZE = COLUMN_TEXT_CHARS * UTF8_CHAR_SIZE,
};

/* the places of the columns that others name; those before COLUMN_GAP_ID are there with --changes
 * alone */
enum { COLUMN_CHANGE, COLUMN_FORMER_GAP_ID, COLUMN_GAP_ID };

/* an item grows at most by its replacement characters */
#define COLUMN_LIST_SIZE(len) (((len) + 1) * (UTF8_CHAR_SIZE + 1))

enum column_kind {
	COLUMN_CODE,   /* a word of ours: printable ASCII without quotes */
	COLUMN_TIME,   /* RFC 3339 UTC */
	COLUMN_NUMBER, /* valid as a JSON number */
	COLUMN_TEXT,   /* someone else's words: any bytes */
	COLUMN_LIST,   /* texts joined by ';' */
};

struct column {
	const char *name;
	const char *meaning; /* one line, with the unit */
	enum column_kind kind;
	enum {
		OF_GAP,
		OF_OFF,
		OF_ON,
		OF_CHANGE
	} of; /* what it tells of; OF_ON is unknown while a gap is open, OF_CHANGE is there with
	         --changes alone */
	/* the raw value, empty when unknown; `end` is the off or the on end, as `of` says */
	struct span (*get)(const struct record *record, const struct record_end *end,
	                   char scratch[COLUMN_SCRATCH_SIZE]);
};

/* the i-th column; NULL past the last */
const struct column *column_at(size_t i);
size_t column_count(void);
/* the first column of a report: without changes, those that tell of a change are left out */
size_t column_first(bool changes);
/* the column of that name; NULL when there is none. *index (may be NULL) is its place */
const struct column *column_find(struct span name, size_t *index);

/*
 * A record's value in a column: borrowed from the record, or written to scratch; empty when
 * unknown. TEXT and LIST values are raw bytes; clean them with column_text and column_item, which
 * leave alone what was delivered (record.kept) and so is clean already.
 */
struct span column_value(const struct column *column, const struct record *record,
                         char scratch[COLUMN_SCRATCH_SIZE]);
/* a raw text made clean and bounded, in `text` */
struct span column_text(struct span raw, char text[COLUMN_TEXT_SIZE]);
/*
 * Takes the next item that is not empty off a raw list, clean and bounded, in `text`.
 * An empty span when there is none left.
 */
struct span column_item(struct span *list, char text[COLUMN_TEXT_SIZE]);
/*
 * The items of a raw list, each clean and bounded, joined by ';' in `joined`, which holds
 * COLUMN_LIST_SIZE(list.len) bytes.
 */
struct span column_list(struct span list, char *joined);

/*
 * Reads --columns: names joined by ',' (blanks around a name and the case of letters do not
 * matter), each at most once. Those that tell of a change may be named with `changes` alone.
 * ST_USAGE, with the unknown name and all that there are, otherwise.
 */
enum status columns_parse(struct span list, bool changes, unsigned char columns[COLUMNS_MAX],
                          size_t *count, struct diag *diag);

#endif

/* Records that hold a quote, read by libcsv, which is known only to quoted.c. */
#ifndef TEXT_QUOTED_H
#define TEXT_QUOTED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct quoted;

struct quoted *quoted_new(void);
void quoted_free(struct quoted *quoted);

/* the fields of one record, unquoted: field i is text[ends[i-1] + 1 .. ends[i]); ends[-1] is
 * UINT32_MAX */
struct quoted_fields {
	const char *text;
	const uint32_t *ends;
	uint32_t count;
};

/* makes room for all records of a block of `bytes`; ends the life of the fields split before */
void quoted_begin(struct quoted *quoted, size_t bytes);
/*
 * Splits one record (no terminator) of that block. The text of the fields belongs to `quoted` and
 * lives until the next quoted_begin; `ends` lives until the next call. A record of blanks alone has
 * no field.
 */
struct quoted_fields quoted_split(struct quoted *quoted, const char *record, size_t len,
                                  char delimiter);

#endif

/*
 * Rows of a text by libcsv alone, in one go: what rows from blocks are held against. Rows and
 * fields are written one after the other, with blanks at both ends of a field left out.
 */
#ifndef FUZZ_WHOLE_CSV_H
#define FUZZ_WHOLE_CSV_H

#include <csv.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/span.h"

/* all zero is empty; `bytes` is to be freed */
struct listing {
	char *bytes;
	size_t len;
	size_t cap;
};

static inline void listing_put(struct listing *l, const void *data, size_t size)
{
	l->bytes = mem_grow(l->bytes, &l->cap, l->len + size, 4096, 1);
	if (size)
		memcpy(l->bytes + l->len, data, size);
	l->len += size;
}

/* the field's length and bytes; trimmed of blanks as libcsv knows them, space and tab */
static inline void listing_field(struct listing *l, struct span s)
{
	while (s.len && (*s.ptr == ' ' || *s.ptr == '\t')) {
		s.ptr++;
		s.len--;
	}
	while (s.len && (s.ptr[s.len - 1] == ' ' || s.ptr[s.len - 1] == '\t'))
		s.len--;
	listing_put(l, &s.len, sizeof s.len);
	listing_put(l, s.ptr, s.len);
}

static inline void listing_row(struct listing *l)
{
	size_t mark = SIZE_MAX;

	listing_put(l, &mark, sizeof mark);
}

static inline void listing_libcsv_field(void *field, size_t len, void *listing)
{
	listing_field(listing, (struct span){field, len});
}

static inline void listing_libcsv_row(int end, void *listing)
{
	(void)end;
	listing_row(listing);
}

/*
 * The listing of the whole text as libcsv reads it; true when the text ends inside quotes (libcsv.c
 * calls pstate 2 FIELD_BEGUN).
 */
static inline bool listing_libcsv(struct listing *l, const char *text, size_t len, char delimiter)
{
	struct csv_parser parser;
	bool open_quote;

	l->len = 0;
	if (csv_init(&parser, 0))
		mem_out();
	csv_set_delim(&parser, (unsigned char)delimiter);
	csv_parse(&parser, text, len, listing_libcsv_field, listing_libcsv_row, l);
	open_quote = parser.pstate == 2 && parser.quoted;
	csv_fini(&parser, listing_libcsv_field, listing_libcsv_row, l);
	csv_free(&parser);
	return open_quote;
}

#endif

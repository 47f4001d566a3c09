/*
 * Where a record of delimited text ends when it may hold quotes. The rules are libcsv's (lenient
 * mode), so that what is cut here and what libcsv then reads are the same record: a quote opens
 * only at a field's beginning, blanks before it aside; inside, only a quote that stands before a
 * delimiter or a record end (blanks aside) closes; two quotes in a row are one.
 */
#ifndef TEXT_RECORD_H
#define TEXT_RECORD_H

#include <stdbool.h>
#include <stddef.h>

/*
 * A record of more bytes (its terminator not counted) is left out and counted; so is a quote that
 * is still open after so many. RECORD_WINDOW bytes are enough to tell.
 */
enum { RECORD_MAX = 256 * 1024, RECORD_WINDOW = RECORD_MAX + 1 };

/*
 * Length of the record at text[0..len), its CR or LF not counted. `complete` is false when the text
 * ends first: with `open_quote` inside a quoted field, else in plain text.
 */
struct record_end {
	size_t length;
	bool complete;
	bool open_quote;
};

struct record_end record_find_end(const char *text, size_t len, char delimiter);

/*
 * Length of the whole records at the beginning of text[0..len), terminators counted; 0 when there
 * is none. `quotes` says that the text holds a quote somewhere; then the cut is before the first
 * record that is longer than RECORD_MAX.
 */
size_t record_cut(const char *text, size_t len, char delimiter, bool quotes);
/* offset of the first CR or LF, or len */
size_t record_line_end(const char *text, size_t len);

#endif

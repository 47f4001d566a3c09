/*
 * Any bytes to text that is safe to show: well-formed UTF-8 of bounded length, without control
 * characters and without characters that are invisible or reorder what stands around them.
 * Widths for tables come from a table of our own, so they depend on no locale.
 */
#ifndef TEXT_UTF8_H
#define TEXT_UTF8_H

#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

enum {
	UTF8_REPLACEMENT = 0xFFFD, /* stands for bytes that are no UTF-8 */
	UTF8_CHAR_SIZE = 4,        /* most bytes that one character takes */
};

/*
 * Takes the first character off *rest, which must not be empty. Ill-formed bytes give
 * U+FFFD, one for each maximal beginning of a sequence (Unicode 15, 3.9, "U+FFFD Substitution of
 * Maximal Subparts"), so at least one byte is always taken.
 */
uint32_t utf8_next(struct span *rest);
/* writes a Unicode scalar value (not checked) and returns its length, 1 to 4 bytes; no terminator
 */
size_t utf8_put(uint32_t c, char out[UTF8_CHAR_SIZE]);

/*
 * Cleans raw into out, which holds max_chars * UTF8_CHAR_SIZE bytes; max_chars is at least 1.
 * Returns the bytes written; there is no terminator.
 *  - ill-formed bytes and noncharacters (U+FFFE and the like) become U+FFFD;
 *  - what breaks a line or a column (tab, LF, VT, FF, CR, U+0085, U+2028, U+2029) becomes a space;
 *  - every other control character (C0, DEL, C1) is dropped, and so are characters that show
 *    nothing or change direction: soft hyphen, U+061C, U+180E, U+200B-200F, U+202A-202E,
 *    U+2060-206F, U+FEFF, U+FFF9-FFFB, U+E0000-E007F;
 *  - spaces at either end are dropped;
 *  - a text of more than max_chars characters keeps max_chars - 1 and ends in U+2026 (an ellipsis).
 */
size_t utf8_clean(struct span raw, size_t max_chars, char *out);

/* terminal columns that a cleaned text takes: East Asian wide 2, combining 0, everything else 1 */
size_t utf8_width(struct span clean);
/* the longest beginning of a cleaned text that takes at most so many columns */
struct span utf8_fit(struct span clean, size_t columns);

#endif

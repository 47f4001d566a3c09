/*
 * AIVDM payloads: six bits to a character (IEC 61162-1, annex C of ITU-R M.1371 calls the text
 * behind them "6-bit ASCII"), packed into bytes; fields and text out of them.
 */
#ifndef TEXT_SIXBIT_H
#define TEXT_SIXBIT_H

#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/span.h"

/* nine sentences of IEC 61162-1 hold some 540 characters, the longest message of M.1371 has 1,192
 * bits */
enum { SIXBIT_CHARS_MAX = 1024 };

/* one message; bits behind the last are 0 up to eight bytes beyond it, further on anything */
struct bits {
	uint32_t count;
	uint8_t bytes[SIXBIT_CHARS_MAX * 6 / 8 + 8]; /* the first bit is the highest of bytes[0] */
};

void bits_clear(struct bits *bits);
/*
 * Appends the payload's characters less `fill` (0-5) bits at its end. False for a character that is
 * none of the 64, a fill above 5 or larger than the payload, or more than SIXBIT_CHARS_MAX
 * characters in all; bits is then unspecified.
 */
bool bits_append(struct bits *bits, struct span payload, unsigned fill);
/* bits_unsigned where some of the bits lie behind the end */
uint32_t bits_beyond(const struct bits *bits, uint32_t offset, unsigned width);

/* the field of 1-32 bits as a number, highest bit first; bits behind the end are 0 */
static inline uint32_t bits_unsigned(const struct bits *bits, uint32_t offset, unsigned width)
{
	uint64_t word;

	if (__builtin_expect(offset > bits->count || width > bits->count - offset, 0))
		return bits_beyond(bits, offset, width);
	memcpy(&word, bits->bytes + offset / 8, sizeof word);
	return (uint32_t)(be64toh(word) << offset % 8 >> (64 - width));
}

/* the same in two's complement */
static inline int32_t bits_signed(const struct bits *bits, uint32_t offset, unsigned width)
{
	uint32_t sign = UINT32_C(1) << (width - 1);

	return (int32_t)((bits_unsigned(bits, offset, width) ^ sign) - sign);
}

/*
 * `chars` six-bit characters as ASCII (M.1371-5 table 47), cut at the first @, blanks stripped on
 * the right; out holds `chars` bytes and gets no terminator. Returns the length.
 */
size_t bits_text(const struct bits *bits, uint32_t offset, unsigned chars, char *out);

#endif

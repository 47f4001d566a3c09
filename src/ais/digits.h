/*
 * Numbers as receivers and exports write them, read eight bytes at a time: what most of a run's
 * time would otherwise go to. Each answers false for what it does not know; quantity_parse then
 * decides. All read up to BLOCK_PADDING bytes past the field (text/rows.h).
 */
#ifndef AIS_DIGITS_H
#define AIS_DIGITS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

/* eight bytes as a little-endian number; rows are followed by as many that may be read (rows.h) */
static inline uint64_t load8(const char *p)
{
	uint64_t word;

	memcpy(&word, p, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	word = __builtin_bswap64(word);
#endif
	return word;
}

#define ASCII_ZEROS UINT64_C(0x3030303030303030)

/* high bits of the bytes of `word` (text xor ASCII_ZEROS) that are no digit */
static inline uint64_t not_digits(uint64_t word)
{
	return ((word + UINT64_C(0x7676767676767676)) | word) & UINT64_C(0x8080808080808080);
}

/* eight digits, the first in the lowest byte (D. Lemire, "Quickly parsing eight digits", 2018) */
static inline uint64_t eight_digits(uint64_t word)
{
	word = word * 10 + (word >> 8);
	word = (word & UINT64_C(0x000000FF000000FF)) * UINT64_C(0x000F424000000064) +
	       ((word >> 16) & UINT64_C(0x000000FF000000FF)) * UINT64_C(0x0000271000000001);
	return word >> 32;
}

/* the lowest `count` bytes of the word, 0-8 */
static inline uint64_t lowest(uint64_t word, size_t count)
{
	return count < 8 ? word & ((UINT64_C(1) << (8 * count)) - 1) : word;
}

/* nine digits */
static inline bool plain_mmsi(struct span s, int64_t *mmsi)
{
	uint64_t word;
	unsigned last;

	if (s.len != 9)
		return false;
	word = load8(s.ptr) ^ ASCII_ZEROS;
	last = (unsigned)(unsigned char)s.ptr[8] - '0';
	if (not_digits(word) || last > 9)
		return false;
	*mmsi = (int64_t)(eight_digits(word) * 10 + last);
	return true;
}

/*
 * "-122.38401" and such: at most five digits, a point and at most eight digits, as most numbers are
 * written. Exact as num_double is: the digits as one number and 10^8 are both exact doubles.
 */
static inline bool plain_number(struct span s, double *value)
{
	static const double SCALE[] = {1e8, -1e8};
	bool negative = s.len && *s.ptr == '-';
	const char *p = s.ptr + negative;
	size_t len = s.len - negative;
	uint64_t word = load8(p) ^ ASCII_ZEROS;
	size_t whole = (size_t)__builtin_ctzll(not_digits(word) | UINT64_C(1) << 63) / 8;
	uint64_t mantissa;

	if (len - 1 > 13) /* none, or more than are looked at */
		return false;
	if (whole > len)
		whole = len;
	if (whole - 1 > 4)
		return false;
	mantissa = eight_digits(word << (64 - 8 * whole)) * 100000000;
	if (whole < len) {
		size_t decimals = len - whole - 1;

		word = lowest(load8(p + whole + 1) ^ ASCII_ZEROS, decimals);
		if (p[whole] != '.' || decimals > 8 || not_digits(word))
			return false;
		mantissa += eight_digits(word);
	}
	/* no branch on the sign: longitudes of the world's traffic would be guessed wrong half the
	 * time */
	*value = (double)mantissa / SCALE[negative];
	return true;
}

#endif

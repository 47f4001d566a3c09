#include <math.h>
#include <string.h>

#include "ais/digits.h"

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

#define ROW_NAME row_report_plain
#include "ais/row_body.h"

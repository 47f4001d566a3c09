/* Numbers as text, always with a decimal point, whatever the locale. */
#ifndef BASE_NUM_H
#define BASE_NUM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

enum { NUM_TEXT_SIZE = 40 };

/*
 * The whole span as a decimal number (sign, digits, point, exponent), correctly rounded.
 * False for an empty span, blanks, hex, inf, nan, or anything left over; *value is then untouched.
 */
bool num_double(struct span s, double *value);
/* the whole span as a decimal integer (sign, digits) that fits; false otherwise */
bool num_int(struct span s, int64_t *value);
/*
 * The shortest decimal text that reads back as `value`, spelled as Python's repr(float) does:
 * "45.4", "0.0", "-0.0", "1e-05", "1e+16". Finite values only. Returns the length.
 */
int num_repr(double value, char text[NUM_TEXT_SIZE]);
/* `value` rounded to at most `decimals` (0-9) places, trailing zeros and a bare point dropped, no
 * "-0" */
int num_fixed(double value, int decimals, char text[NUM_TEXT_SIZE]);
/*
 * `value` rounded to `digits` (1-6) significant ones, trailing zeros dropped: "120", "0.0034";
 * below 1e-4 and from 1e6 on with an exponent: "1.2e-05", "3e+06". Finite values only.
 */
int num_significant(double value, int digits, char text[NUM_TEXT_SIZE]);

#endif

#include "report/numbers.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "base/num.h"

enum { SCRATCH = NUM_TEXT_SIZE };

static const struct span UNKNOWN = {NULL, 0};

struct span number_fixed(double value, int decimals, char *scratch)
{
	if (!isfinite(value))
		return UNKNOWN;
	return (struct span){scratch, (size_t)num_fixed(value, decimals, scratch)};
}

struct span number_significant(double value, int digits, char *scratch)
{
	if (!isfinite(value))
		return UNKNOWN;
	return (struct span){scratch, (size_t)num_significant(value, digits, scratch)};
}

struct span number_exact(double value, char *scratch)
{
	if (!isfinite(value))
		return UNKNOWN;
	return (struct span){scratch, (size_t)num_repr(value, scratch)};
}

struct span number_single(float value, char *scratch)
{
	if (!isfinite(value))
		return UNKNOWN;
	for (int decimals = 0; decimals <= 9; decimals++) {
		struct span text = number_fixed((double)value, decimals, scratch);
		double back = 0;

		if (num_double(text, &back) && (float)back == value)
			return text;
	}
	return number_exact((double)value, scratch);
}

struct span number_integer(int64_t value, char *scratch)
{
	int length = snprintf(scratch, SCRATCH, "%" PRId64, value);

	return (struct span){scratch, (size_t)length};
}

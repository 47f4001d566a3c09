#include <string.h>

#include "ais/row_kernels.h"

/* each number by itself, as row_body.h reads those that a kernel leaves to it */
static inline unsigned plain_numbers(const struct row_plan *plan, const struct row *row,
                                     double value[NUMBERS])
{
	(void)plan;
	(void)row;
	memset(value, 0, NUMBERS * sizeof *value);
	return 0;
}

static inline unsigned within(double value[MOTION], const double limit[MOTION])
{
	unsigned bits = 0;

	for (unsigned i = 0; i < MOTION; i++) {
		if (value[i] >= 0 && value[i] < limit[i])
			bits |= 1U << i;
		else
			value[i] = 0;
	}
	return bits;
}

#define ROW_NAME row_report_plain
#include "ais/row_body.h"

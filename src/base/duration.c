#include "base/duration.h"

#include "base/num.h"
#include "base/utc.h"

static int64_t unit_ms(char unit)
{
	switch (unit) {
	case 's':
		return 1000;
	case 'm':
		return MINUTE_MS;
	case 'h':
		return HOUR_MS;
	case 'd':
		return DAY_MS;
	case 'w':
		return 7 * DAY_MS;
	default:
		return 0;
	}
}

bool duration_parse(struct span s, int64_t *ms)
{
	double number;
	double total;

	if (s.len < 2 || !num_double((struct span){s.ptr, s.len - 1}, &number))
		return false;
	total = number * (double)unit_ms(s.ptr[s.len - 1]);
	if (!unit_ms(s.ptr[s.len - 1]) || !(total >= 0) || total > (double)DURATION_MAX_MS)
		return false;
	*ms = (int64_t)(total + 0.5);
	return true;
}

#include "calendar.h"

#include <stdio.h>
#include <string.h>

/* days_from_civil and its inverse: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms" */
static int64_t days_from_civil(int64_t y, int64_t m, int64_t d)
{
	int64_t era;
	int64_t yoe;
	int64_t doy;

	y -= m <= 2;
	era = (y >= 0 ? y : y - 399) / 400;
	yoe = y - era * 400;
	doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

static void civil_from_days(int64_t z, struct civil *c)
{
	int64_t era;
	int64_t doe;
	int64_t yoe;
	int64_t doy;
	int64_t mp;

	z += 719468;
	era = (z >= 0 ? z : z - 146096) / 146097;
	doe = z - era * 146097;
	yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	mp = (5 * doy + 2) / 153;
	c->day = (int)(doy - (153 * mp + 2) / 5 + 1);
	c->month = (int)(mp < 10 ? mp + 3 : mp - 9);
	c->year = (int)(yoe + era * 400 + (c->month <= 2));
}

struct civil civil_of(int64_t epoch_ms)
{
	int64_t days = epoch_ms / DAY_MS;
	int64_t rest = epoch_ms % DAY_MS;
	struct civil c;

	if (rest < 0) {
		rest += DAY_MS;
		days--;
	}
	civil_from_days(days, &c);
	c.hour = (int)(rest / HOUR_MS);
	c.minute = (int)(rest / MINUTE_MS % 60);
	c.second = (int)(rest / 1000 % 60);
	c.ms = (int)(rest % 1000);
	return c;
}

int64_t epoch_ms_of(struct civil c)
{
	int64_t days = days_from_civil(c.year, c.month, c.day);

	return days * DAY_MS + c.hour * (int64_t)HOUR_MS + c.minute * (int64_t)MINUTE_MS +
	       c.second * (int64_t)1000 + c.ms;
}

bool civil_parse(const char *text, int64_t *epoch_ms)
{
	struct civil c = {0};
	char rest[3] = "";
	int n;

	n = sscanf(text, "%4d-%2d-%2d%*1[T ]%2d:%2d:%2d%2s", &c.year, &c.month, &c.day, &c.hour,
	           &c.minute, &c.second, rest);
	if (n < 3 || n == 4 || (rest[0] != '\0' && strcmp(rest, "Z") != 0))
		return false;
	if (c.year < 1970 || c.month < 1 || c.month > 12 || c.day < 1 || c.day > 31)
		return false;
	if (c.hour < 0 || c.hour > 23 || c.minute < 0 || c.minute > 59 || c.second < 0 ||
	    c.second > 59)
		return false;
	*epoch_ms = epoch_ms_of(c);
	return true;
}

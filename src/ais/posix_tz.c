#include "ais/posix_tz.h"

#include "base/utc.h"

static bool take(struct span *s, char c)
{
	if (!s->len || s->ptr[0] != c)
		return false;
	s->ptr++;
	s->len--;
	return true;
}

static bool digits(struct span *s, int most, int *value)
{
	size_t before = s->len;

	*value = 0;
	while (s->len && s->ptr[0] >= '0' && s->ptr[0] <= '9' && *value <= most) {
		*value = *value * 10 + (s->ptr[0] - '0');
		take(s, s->ptr[0]);
	}
	return s->len < before && *value <= most;
}

static bool is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* an abbreviation: three or more letters, or anything between angle brackets */
static bool pass_name(struct span *s)
{
	size_t n = 0;

	if (take(s, '<')) {
		while (s->len && s->ptr[0] != '>')
			take(s, s->ptr[0]);
		return take(s, '>');
	}
	for (; s->len && is_letter(s->ptr[0]); n++)
		take(s, s->ptr[0]);
	return n >= 3;
}

/* [+-]h[h[h]][:mm[:ss]]; RFC 9636 widens the hours of a change to -167 to 167 */
static bool clock_time(struct span *s, int most_hours, int32_t *seconds)
{
	bool negative = take(s, '-');
	int h;
	int m = 0;
	int sec = 0;

	if (!negative)
		take(s, '+');
	if (!digits(s, most_hours, &h))
		return false;
	if (take(s, ':') && (!digits(s, 59, &m) || (take(s, ':') && !digits(s, 59, &sec))))
		return false;
	*seconds = (h * 60 + m) * 60 + sec;
	if (negative)
		*seconds = -*seconds;
	return true;
}

static bool change_day(struct span *s, struct tz_change *change)
{
	if (take(s, 'M')) {
		change->kind = TZ_WEEKDAY;
		return digits(s, 12, &change->month) && change->month >= 1 && take(s, '.') &&
		       digits(s, 5, &change->week) && change->week >= 1 && take(s, '.') &&
		       digits(s, 6, &change->day);
	}
	if (take(s, 'J')) {
		change->kind = TZ_JULIAN;
		return digits(s, 365, &change->day) && change->day >= 1;
	}
	change->kind = TZ_ZERO_BASED;
	return digits(s, 365, &change->day);
}

static bool change(struct span *s, struct tz_change *change)
{
	change->time_s = 2 * 3600;
	return take(s, ',') && change_day(s, change) &&
	       (!take(s, '/') || clock_time(s, 167, &change->time_s));
}

bool posix_tz_parse(struct span s, struct posix_tz *tz)
{
	int32_t west;

	*tz = (struct posix_tz){.has_summer = false};
	if (!pass_name(&s) || !clock_time(&s, 24, &west))
		return false;
	tz->standard_s = -west;
	if (!s.len)
		return true;
	tz->has_summer = true;
	if (!pass_name(&s))
		return false;
	west = -tz->standard_s - 3600;
	if (s.len && s.ptr[0] != ',' && !clock_time(&s, 24, &west))
		return false;
	tz->summer_s = -west;
	return change(&s, &tz->start) && change(&s, &tz->end) && !s.len;
}

/* 1970-01-01 was a Thursday, 4 counted from Sunday */
static int weekday(int64_t days)
{
	return (int)(days + 4 - 7 * utc_floor_div(days + 4, 7));
}

/* the week-th weekday of a month; the fifth is the last, be it the fourth */
static int64_t weekday_days(const struct tz_change *change, int year)
{
	int64_t first = utc_days(year, change->month, 1);
	int64_t next = utc_days(year + (change->month == 12), change->month % 12 + 1, 1);
	int64_t day = first + (change->day - weekday(first) + 7) % 7 + 7 * (change->week - 1);

	return day < next ? day : day - 7;
}

static int64_t change_days(const struct tz_change *change, int year)
{
	int64_t new_year = utc_days(year, 1, 1);

	switch (change->kind) {
	case TZ_JULIAN: /* 29 February is never counted */
		return new_year + change->day - 1 +
		       (change->day >= 60 && utc_date_valid(year, 2, 29));
	case TZ_WEEKDAY:
		return weekday_days(change, year);
	case TZ_ZERO_BASED:
		break;
	}
	return new_year + change->day;
}

void posix_tz_year(const struct posix_tz *tz, int year, int64_t *start_s, int64_t *end_s)
{
	*start_s = change_days(&tz->start, year) * 86400 + tz->start.time_s - tz->standard_s;
	*end_s = change_days(&tz->end, year) * 86400 + tz->end.time_s - tz->summer_s;
}

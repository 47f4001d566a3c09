#include "ais/when_parts.h"

#include "base/utc.h"

static const char *const MONTHS[] = {"january",   "february", "march",    "april",
                                     "may",       "june",     "july",     "august",
                                     "september", "october",  "november", "december"};

bool when_digits(struct when_cursor *c, int least, int most, int *value)
{
	const char *start = c->p;
	int v = 0;

	while (c->p < c->end && c->p - start < most && when_digit(*c->p))
		v = v * 10 + (*c->p++ - '0');
	*value = v;
	return c->p - start >= least;
}

bool when_fraction(struct when_cursor *c, int *ms)
{
	int weight = 100;

	*ms = 0;
	if (c->p == c->end || !when_digit(*c->p))
		return false;
	for (; c->p < c->end && when_digit(*c->p); c->p++) {
		*ms += weight * (*c->p - '0');
		weight /= 10;
	}
	return true;
}

/* passes `bytes` if they are next */
static bool take_span(struct when_cursor *c, struct span bytes)
{
	if (!span_starts((struct span){c->p, (size_t)(c->end - c->p)}, bytes))
		return false;
	c->p += bytes.len;
	return true;
}

void when_blanks(struct when_cursor *c)
{
	while (when_take(c, ' ') || when_take(c, '\t') || take_span(c, SPAN("\xC2\xA0")) ||
	       take_span(c, SPAN("\xE2\x80\xAF")))
		continue;
}

/* how many of the letters next are, in either case, those of `word` */
static size_t common(const struct when_cursor *c, const char *word)
{
	size_t n = 0;

	while (word[n] && c->p + n < c->end && (c->p[n] | 0x20) == word[n])
		n++;
	return n;
}

enum when_half when_read_half(struct when_cursor *c)
{
	enum when_half half = HALF_NONE;

	if (common(c, "am") == 2)
		half = HALF_AM;
	else if (common(c, "pm") == 2)
		half = HALF_PM;
	if (half != HALF_NONE)
		c->p += 2;
	return half;
}

int when_hour_24(int hour, enum when_half half)
{
	if (hour < 1 || hour > 12)
		return -1;
	return hour % 12 + (half == HALF_PM ? 12 : 0);
}

bool when_month(struct when_cursor *c, int *month)
{
	for (int m = 0; m < 12; m++) {
		size_t n = common(c, MONTHS[m]);

		if (n < 3)
			continue;
		c->p += MONTHS[m][n] ? 3 : n;
		*month = m + 1;
		return true;
	}
	return false;
}

/* hh, hh:mm or hhmm after the sign */
static bool read_offset(struct when_cursor *c, struct when_parts *parts)
{
	bool west = *c->p++ == '-';
	int hours;
	int minutes = 0;

	if (!when_digits(c, 2, 2, &hours) || hours > 23)
		return false;
	if (when_take(c, ':') || (c->p < c->end && when_digit(*c->p))) {
		if (!when_digits(c, 2, 2, &minutes) || minutes > 59)
			return false;
	}
	parts->offset_ms = hours * HOUR_MS + minutes * MINUTE_MS;
	if (west)
		parts->offset_ms = -parts->offset_ms;
	return true;
}

/* " UTC" or another abbreviation after an offset, which says the same once more */
static void pass_abbreviation(struct when_cursor *c)
{
	struct when_cursor ahead = *c;
	int letters = 0;

	when_blanks(&ahead);
	for (; ahead.p < ahead.end && *ahead.p >= 'A' && *ahead.p <= 'Z'; ahead.p++)
		letters++;
	if (letters >= 2 && letters <= 5)
		*c = ahead;
}

bool when_zone(struct when_cursor *c, struct when_parts *parts)
{
	struct when_cursor ahead = *c;

	when_blanks(&ahead);
	if (common(&ahead, "utc") == 3 || common(&ahead, "gmt") == 3) {
		ahead.p += 3;
	} else if (common(&ahead, "z") == 1) {
		ahead.p++;
	} else if (when_at(&ahead, '+') || when_at(&ahead, '-')) {
		if (!read_offset(&ahead, parts))
			return false;
		pass_abbreviation(&ahead);
	} else {
		return false;
	}
	parts->zoned = true;
	*c = ahead;
	return true;
}

/*
 * utc_days for the years that a report can have (a day more for the sake of zones), where every
 * fourth is a leap year: 2000 was one, and of 2100 only the first of January counts. False when the
 * date does not exist.
 */
static bool days_of(int year, int month, int day, int64_t *days)
{
	static const int16_t before[] = {0,   31,  59,  90,  120, 151, 181,
	                                 212, 243, 273, 304, 334, 365};
	int leap = year % 4 == 0;

	if (year < 1989 || year > 2100 || month < 1 || month > 12 || day < 1 ||
	    day > before[month] - before[month - 1] + (month == 2 && leap))
		return false;
	*days = (year - 1970) * 365 + (year - 1969) / 4 + before[month - 1] + (month > 2 && leap) +
	        day - 1;
	return true;
}

/* one reading of the two numbers as a month and a day */
static bool to_utc(const struct when_parts *parts, int month, int day,
                   const struct when_style *style, int64_t *t_ms)
{
	int64_t local;

	if (!days_of(parts->year, month, day, &local))
		return false;
	local = local * DAY_MS + parts->clock_ms;
	if (parts->zoned)
		local -= parts->offset_ms;
	else if (style->zone)
		local = zone_rules_to_utc(style->zone, local);
	*t_ms = local;
	return local >= UTC_MIN_MS && local < UTC_MAX_MS;
}

/* both readings of a date whose spelling does not tell day from month */
static enum when_result resolve_both(const struct when_parts *parts, const struct when_style *style,
                                     int64_t t_ms[2])
{
	bool day_first = to_utc(parts, parts->second, parts->first, style, &t_ms[0]);
	bool month_first = to_utc(parts, parts->first, parts->second, style, &t_ms[1]);

	if (day_first && month_first)
		return parts->first == parts->second ? WHEN_CERTAIN : WHEN_EITHER;
	if (day_first) {
		t_ms[1] = t_ms[0];
		return WHEN_ONLY_DAY_FIRST;
	}
	if (month_first) {
		t_ms[0] = t_ms[1];
		return WHEN_ONLY_MONTH_FIRST;
	}
	return WHEN_BAD;
}

enum when_result when_resolve(const struct when_parts *parts, const struct when_style *style,
                              int64_t t_ms[2])
{
	bool day_first = parts->order == WHEN_DAY_FIRST;

	if (parts->order == WHEN_ORDER_UNKNOWN)
		return resolve_both(parts, style, t_ms);
	if (!to_utc(parts, day_first ? parts->second : parts->first,
	            day_first ? parts->first : parts->second, style, &t_ms[0]))
		return WHEN_BAD;
	t_ms[1] = t_ms[0];
	return WHEN_CERTAIN;
}

/* mantissa * 10^exponent, floored; false when it is beyond any time */
static bool scaled(uint64_t mantissa, int exponent, int64_t *value)
{
	const uint64_t limit = (uint64_t)UTC_MAX_MS;

	for (; exponent < 0 && mantissa; exponent++)
		mantissa /= 10;
	for (; exponent > 0 && mantissa && mantissa <= limit; exponent--)
		mantissa *= 10;
	*value = mantissa < limit ? (int64_t)mantissa : 0;
	return mantissa < limit && mantissa >= (uint64_t)UTC_MIN_MS;
}

/* digits with at most one point; those past what 64 bits hold only move the exponent */
static bool read_mantissa(struct when_cursor *c, uint64_t *mantissa, int *exponent)
{
	bool point = false;
	int digits = 0;

	for (; c->p < c->end && digits < 400; c->p++) {
		if (*c->p == '.' && !point) {
			point = true;
			continue;
		}
		if (!when_digit(*c->p))
			break;
		digits++;
		if (*mantissa < UINT64_MAX / 10 - 1) {
			*mantissa = *mantissa * 10 + (uint64_t)(*c->p - '0');
			*exponent -= point;
		} else {
			*exponent += !point;
		}
	}
	return digits > 0;
}

bool when_epoch(struct span s, const int *places, int count, int64_t *t_ms)
{
	struct when_cursor c = {s.ptr, s.ptr + s.len};
	uint64_t mantissa = 0;
	int exponent = 0;
	int e = 0;

	if (!s.len || !read_mantissa(&c, &mantissa, &exponent))
		return false;
	if (when_take(&c, 'e') || when_take(&c, 'E')) {
		/* with fewer digits than seconds have, a spreadsheet has rounded it */
		if (mantissa < 1000000000)
			return false;
		bool negative = when_take(&c, '-');

		if (!negative)
			when_take(&c, '+');
		if (!when_digits(&c, 1, 3, &e))
			return false;
		exponent += negative ? -e : e;
	}
	for (int i = 0; c.p == c.end && i < count; i++) {
		if (scaled(mantissa, exponent + places[i], t_ms))
			return true;
	}
	return false;
}

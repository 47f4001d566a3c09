/*
 * Detection: the spelling is told by the digits before the first other character.
 *
 *   2022-06-01T00:00:02.5Z   four digits, then - / or . : year first
 *   15.08.2019 00:06:54      one or two digits, then a point: day first
 *   26/04/2018_11:19:25      one or two digits, then / or - : day or month first
 *   20210701_185151          eight digits, perhaps with the clock run on: compact
 *   1704412120.0             a number that is a time after 1990 in s, ms, us or ns: epoch
 *
 * A year has four digits; a date alone is no report's time, though an option's
 * (its midnight); hour 24 is refused (AIS uses it for "not
 * available"); second 60 counts on into the next minute, as POSIX does with leap seconds.
 */
#include "ais/when.h"

#include "ais/when_parts.h"
#include "base/utc.h"

static const struct when_style AS_DETECTED;

/* epoch units: the ranges of valid times in s, ms, us and ns do not overlap, so at most one fits */
static const int EPOCH_PLACES[] = {3, 0, -3, -6};

static bool set_clock(struct when_parts *parts, int hour, int minute, int second, int ms)
{
	if (hour < 0 || hour > 23 || minute > 59 || second > 60)
		return false;
	parts->clock_ms = ((int64_t)(hour * 60 + minute) * 60 + second) * 1000 + ms;
	return true;
}

/* two digits; anything else makes *bad at least 10 */
static inline unsigned two(const char *p, unsigned *bad)
{
	unsigned tens = (unsigned)(unsigned char)p[0] - '0';
	unsigned ones = (unsigned)(unsigned char)p[1] - '0';

	if (tens > 9 || ones > 9)
		*bad = 10;
	return tens * 10 + ones;
}

/* yyyy-mm-dd, or dd/mm/yyyy with a slash, hyphen or point */
static bool read_usual_date(const char *p, struct when_parts *parts)
{
	bool year_first = p[4] == '-' && p[7] == '-';
	const char *year = year_first ? p : p + 6;
	unsigned bad = 0;
	unsigned century;

	if (!year_first && (p[2] != p[5] || (p[2] != '/' && p[2] != '-' && p[2] != '.')))
		return false;
	century = two(year, &bad);
	parts->year = (int)(century * 100 + two(year + 2, &bad));
	parts->first = (int)two(year_first ? p + 5 : p, &bad);
	parts->second = (int)two(year_first ? p + 8 : p + 3, &bad);
	if (year_first)
		parts->order = WHEN_MONTH_FIRST;
	else
		parts->order = p[2] == '.' ? WHEN_DAY_FIRST : WHEN_ORDER_UNKNOWN;
	return !bad;
}

/*
 * Most of all rows there are: the date as above, T or a blank, hh:mm:ss, then a fraction and a zone
 * where there are any. What this refuses, read_any may yet read.
 */
static bool read_usual(struct span s, struct when_parts *parts)
{
	const char *p = s.ptr;
	struct when_cursor c;
	unsigned bad = 0;
	int ms = 0;
	bool clock;

	if (s.len < 19 || p[13] != ':' || p[16] != ':' || (p[10] != 'T' && p[10] != ' ') ||
	    !read_usual_date(p, parts))
		return false;
	c = (struct when_cursor){p + 19, p + s.len};
	if (c.p < c.end && (*c.p == '.' || *c.p == ',')) {
		c.p++;
		if (!when_fraction(&c, &ms))
			return false;
	}
	clock = set_clock(parts, (int)two(p + 11, &bad), (int)two(p + 14, &bad),
	                  (int)two(p + 17, &bad), ms);
	if (c.p < c.end)
		when_zone(&c, parts);
	return clock && !bad && c.p == c.end;
}

static int digit_run(const struct when_cursor *c)
{
	const char *p = c->p;

	while (p < c->end && when_digit(*p))
		p++;
	return p - c->p > 100 ? 100 : (int)(p - c->p);
}

static bool is_separator(char c)
{
	return c == '-' || c == '/' || c == '.';
}

/* y/m/d with the separator twice */
static bool read_year_first(struct when_cursor *c, struct when_parts *parts)
{
	char separator;

	when_digits(c, 4, 4, &parts->year);
	separator = *c->p++;
	parts->order = WHEN_MONTH_FIRST;
	return when_digits(c, 1, 2, &parts->first) && when_take(c, separator) &&
	       when_digits(c, 1, 2, &parts->second);
}

/* d.m.y, d/m/y, m/d/y, d-Mon-y: only a point or a month's name tells which comes first */
static bool read_year_last(struct when_cursor *c, struct when_parts *parts)
{
	char separator;

	when_digits(c, 1, 2, &parts->first);
	separator = *c->p++;
	parts->order = separator == '.' ? WHEN_DAY_FIRST : WHEN_ORDER_UNKNOWN;
	if (when_month(c, &parts->second))
		parts->order = WHEN_DAY_FIRST;
	else if (!when_digits(c, 1, 2, &parts->second))
		return false;
	return when_take(c, separator) && when_digits(c, 4, 4, &parts->year) &&
	       !(c->p < c->end && when_digit(*c->p));
}

static bool read_compact_date(struct when_cursor *c, struct when_parts *parts)
{
	parts->order = WHEN_MONTH_FIRST;
	return when_digits(c, 4, 4, &parts->year) && when_digits(c, 2, 2, &parts->first) &&
	       when_digits(c, 2, 2, &parts->second);
}

/* [.,]fraction where there is one, then AM or PM */
static bool finish_clock(struct when_cursor *c, struct when_parts *parts, int hour, int minute,
                         int second)
{
	struct when_cursor ahead;
	enum when_half half;
	int ms = 0;

	if ((when_take(c, '.') || when_take(c, ',')) && !when_fraction(c, &ms))
		return false;
	ahead = *c;
	when_blanks(&ahead);
	half = when_read_half(&ahead);
	if (half != HALF_NONE) {
		*c = ahead;
		hour = when_hour_24(hour, half);
	}
	return set_clock(parts, hour, minute, second, ms);
}

/* hhmm, hhmmss, or hhmmss and three more digits of fraction, without separators */
static bool read_compact_clock(struct when_cursor *c, struct when_parts *parts)
{
	int run = digit_run(c);
	int hour;
	int minute;
	int second = 0;
	int ms;

	when_digits(c, 2, 2, &hour);
	when_digits(c, 2, 2, &minute);
	if (run > 4)
		when_digits(c, 2, 2, &second);
	if (run == 9) {
		when_digits(c, 3, 3, &ms);
		return set_clock(parts, hour, minute, second, ms);
	}
	return (run == 4 || run == 6) && finish_clock(c, parts, hour, minute, second);
}

/* h:mm, h:mm:ss, h.mm.ss, and the compact forms */
static bool read_clock(struct when_cursor *c, struct when_parts *parts)
{
	int hour;
	int minute;
	int second = 0;
	char separator;

	if (digit_run(c) >= 4)
		return read_compact_clock(c, parts);
	if (!when_digits(c, 1, 2, &hour) || (!when_at(c, ':') && !when_at(c, '.')))
		return false;
	separator = *c->p++;
	if (!when_digits(c, 2, 2, &minute))
		return false;
	if (!when_at(c, separator))
		return finish_clock(c, parts, hour, minute, 0);
	c->p++;
	return when_digits(c, 2, 2, &second) && finish_clock(c, parts, hour, minute, second);
}

/* what stands between date and clock: T, an underscore, or blanks, perhaps after a comma */
static bool pass_between(struct when_cursor *c)
{
	const char *start;

	if (when_take(c, 'T') || when_take(c, 't') || when_take(c, '_'))
		return true;
	when_take(c, ',');
	start = c->p;
	when_blanks(c);
	return c->p > start;
}

static bool read_date(struct when_cursor *c, struct when_parts *parts, bool *clock_runs_on)
{
	int run = digit_run(c);
	char next = c->end - c->p > run ? c->p[run] : '\0';

	*clock_runs_on = run == 12 || run == 14 || run == 17;
	if (run == 4 && is_separator(next))
		return read_year_first(c, parts);
	if ((run == 1 || run == 2) && is_separator(next))
		return read_year_last(c, parts);
	return (run == 8 || *clock_runs_on) && read_compact_date(c, parts);
}

static bool read_any(struct span s, struct when_parts *parts)
{
	struct when_cursor c = {s.ptr, s.ptr + s.len};
	bool runs_on;

	if (!read_date(&c, parts, &runs_on))
		return false;
	parts->date_alone = c.p == c.end;
	if (parts->date_alone)
		return true;
	if ((!runs_on && !pass_between(&c)) || !read_clock(&c, parts))
		return false;
	when_zone(&c, parts);
	return c.p == c.end;
}

static enum when_result certain(int64_t value, int64_t t_ms[2])
{
	t_ms[0] = value;
	t_ms[1] = value;
	return WHEN_CERTAIN;
}

static enum when_result detect(struct span s, enum when_order order, const struct when_style *style,
                               int64_t t_ms[2])
{
	struct when_parts parts = {.zoned = false};
	int64_t epoch;

	if (!read_usual(s, &parts)) {
		parts = (struct when_parts){.zoned = false};
		if (when_epoch(s, EPOCH_PLACES, 4, &epoch))
			return certain(epoch, t_ms);
		if (!read_any(s, &parts) || (parts.date_alone && !style->date_alone))
			return WHEN_BAD;
	}
	if (parts.order == WHEN_ORDER_UNKNOWN)
		parts.order = order;
	return when_resolve(&parts, style, t_ms);
}

static enum when_result by_format(struct span s, const struct when_style *style, int64_t t_ms[2])
{
	struct when_parts parts;
	int64_t epoch;
	bool is_epoch;

	if (!when_by_format(s, style->format, &parts, &epoch, &is_epoch))
		return WHEN_BAD;
	if (!is_epoch)
		return when_resolve(&parts, style, t_ms);
	if (epoch < UTC_MIN_MS || epoch >= UTC_MAX_MS)
		return WHEN_BAD;
	return certain(epoch, t_ms);
}

/* a --time-format: one of its words, or a strptime format */
static enum when_result by_option(struct span s, const struct when_style *style, int64_t t_ms[2])
{
	struct span format = span_of(style->format);
	int64_t epoch;

	if (span_eq(format, SPAN("day-first")))
		return detect(s, WHEN_DAY_FIRST, style, t_ms);
	if (span_eq(format, SPAN("month-first")))
		return detect(s, WHEN_MONTH_FIRST, style, t_ms);
	if (span_eq(format, SPAN("epoch-s")))
		return when_epoch(s, &EPOCH_PLACES[0], 1, &epoch) ? certain(epoch, t_ms) : WHEN_BAD;
	if (span_eq(format, SPAN("epoch-ms")))
		return when_epoch(s, &EPOCH_PLACES[1], 1, &epoch) ? certain(epoch, t_ms) : WHEN_BAD;
	return by_format(s, style, t_ms);
}

enum when_result when_parse(struct span s, const struct when_style *style, int64_t t_ms[2])
{
	if (!style)
		style = &AS_DETECTED;
	s = span_trim(s);
	if (!s.len)
		return WHEN_BAD;
	if (style->format)
		return by_option(s, style, t_ms);
	return detect(s, style->order, style, t_ms);
}

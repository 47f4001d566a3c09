/* What the two readers of report times (detected, and by --time-format) share. */
#ifndef AIS_WHEN_PARTS_H
#define AIS_WHEN_PARTS_H

#include <stdbool.h>
#include <stdint.h>

#include "ais/when.h"
#include "base/span.h"

/* what is left to read */
struct when_cursor {
	const char *p;
	const char *end;
};

/* a time as it was written, not yet checked */
struct when_parts {
	int year;
	int first; /* the two numbers beside the year, in the order they were written */
	int second;
	enum when_order
	    order;         /* which of them is the day; UNKNOWN when the spelling leaves it open */
	int64_t clock_ms;  /* since midnight */
	int64_t offset_ms; /* local time less UTC, where `zoned` */
	bool zoned;
	bool date_alone; /* no time of day was written */
};

/* an hour mark: none, a.m. or p.m. */
enum when_half { HALF_NONE, HALF_AM, HALF_PM };

static inline bool when_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool when_at(const struct when_cursor *c, char want)
{
	return c->p < c->end && *c->p == want;
}

/* passes `want` if it is next */
static inline bool when_take(struct when_cursor *c, char want)
{
	if (!when_at(c, want))
		return false;
	c->p++;
	return true;
}

/* reads `least` to `most` (at most 9) decimal digits */
bool when_digits(struct when_cursor *c, int least, int most, int *value);
/* a fraction's digits, one or more of any number, as ms, floored */
bool when_fraction(struct when_cursor *c, int *ms);
/* passes spaces and tabs, also U+00A0 and U+202F, which some systems put before AM and PM */
void when_blanks(struct when_cursor *c);
/* AM or PM; HALF_NONE and nothing passed when neither is next */
enum when_half when_read_half(struct when_cursor *c);
/* the hour of a 12 hour clock as one of 24 hours; -1 when it is not 1-12 */
int when_hour_24(int hour, enum when_half half);
/* an English month, three letters or in full; 1-12 */
bool when_month(struct when_cursor *c, int *month);
/*
 * Z, UTC, GMT, +hh, +hh:mm, +hhmm (or -), an offset perhaps followed by a zone's abbreviation as in
 * "+0000 UTC". Passes nothing when none of these is next.
 */
bool when_zone(struct when_cursor *c, struct when_parts *parts);
/* parts to UTC: date checked, zone applied, range checked */
enum when_result when_resolve(const struct when_parts *parts, const struct when_style *style,
                              int64_t t_ms[2]);
/*
 * A decimal number of epoch units: `places` is 3 when it counts seconds, 0 for ms, -3 for us, -6
 * for ns. The whole span; digits, point, exponent; false when it is none or out of range.
 */
bool when_epoch(struct span s, const int *places, int count, int64_t *t_ms);
/* one time by a strptime format that when_format_check accepted */
bool when_by_format(struct span s, const char *format, struct when_parts *parts, int64_t *epoch_ms,
                    bool *is_epoch);

#endif

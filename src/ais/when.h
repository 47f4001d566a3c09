/*
 * Report times in every spelling that exports use (ISO 8601 and its relatives, day-first and
 * month-first dates, compact dates, epochs in s, ms, us, ns) as UTC milliseconds, floored.
 */
#ifndef AIS_WHEN_H
#define AIS_WHEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"
#include "base/status.h"

/* which of the first two numbers of a d/m/y date is the day */
enum when_order { WHEN_ORDER_UNKNOWN, WHEN_DAY_FIRST, WHEN_MONTH_FIRST };

enum when_result {
	WHEN_BAD,     /* no time: unreadable, no such date, or outside [UTC_MIN_MS, UTC_MAX_MS) */
	WHEN_CERTAIN, /* one reading, whatever the order: t[0] == t[1] */
	WHEN_ONLY_DAY_FIRST,   /* valid only day first: t[0] */
	WHEN_ONLY_MONTH_FIRST, /* valid only month first: t[1] */
	WHEN_EITHER, /* both readings are valid dates and differ: t[0] day first, t[1] month first
	              */
};

struct zone_rules; /* a time zone with its history */

/* how the times of one input are read; all zero: detected, UTC */
struct when_style {
	enum when_order order;         /* when known, results are WHEN_CERTAIN or WHEN_BAD only */
	const struct zone_rules *zone; /* for times that name no zone; NULL is UTC */
	const char *format;            /* --time-format; NULL detects */
	bool date_alone; /* a date without a time of day is its midnight; else it is no report's
	                    time */
};

/* reads the whole span (blanks around it are ignored) */
enum when_result when_parse(struct span s, const struct when_style *style, int64_t t_ms[2]);

/*
 * A --time-format: strptime letters Y m d H M S f (fraction) b (English month) p (AM/PM) z (zone)
 * y j s (epoch seconds) T F %% and literal text, or one of the words
 * "day-first", "month-first", "epoch-s", "epoch-ms". ST_USAGE when it is none of these.
 */
enum status when_format_check(const char *format, struct diag *diag);

/* "UTC", "+09:00", "-0330", or an IANA name looked up below /usr/share/zoneinfo; ST_USAGE if
 * unknown */
enum status zone_rules_load(const char *name, struct zone_rules **rules, struct diag *diag);
void zone_rules_free(struct zone_rules *rules);
/* a local time (ms as if it were UTC) to UTC; a time that occurs twice is read as the first of both
 */
int64_t zone_rules_to_utc(const struct zone_rules *rules, int64_t local_ms);

#endif

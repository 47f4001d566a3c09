/*
 * The rule in a TZif file's footer, which holds for all time after its last transition
 * (RFC 9636 section 3.3; POSIX.1 chapter 8.3, TZ): "CET-1CEST,M3.5.0,M10.5.0/3".
 */
#ifndef AIS_POSIX_TZ_H
#define AIS_POSIX_TZ_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

enum tz_day_kind { TZ_JULIAN, TZ_ZERO_BASED, TZ_WEEKDAY };

/* when in a year the clocks change */
struct tz_change {
	enum tz_day_kind kind;
	int month, week, day; /* day alone for Jn (1-365, no leap day) and n (0-365) */
	int32_t
	    time_s; /* local time of the change, since midnight; may be negative or past a day */
};

struct posix_tz {
	int32_t standard_s; /* local less UTC */
	bool has_summer;
	int32_t summer_s;
	struct tz_change start; /* of summer time, in standard time */
	struct tz_change end;   /* of summer time, in summer time */
};

/* false when the whole span is no such rule */
bool posix_tz_parse(struct span s, struct posix_tz *tz);
/* the UTC seconds at which summer time starts and ends in a year */
void posix_tz_year(const struct posix_tz *tz, int year, int64_t *start_s, int64_t *end_s);

#endif

/*
 * UTC times as milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX).
 * Days by the proleptic Gregorian calendar; no time zone, no locale, no clock.
 */
#ifndef BASE_UTC_H
#define BASE_UTC_H

#include <stdbool.h>
#include <stdint.h>

#define MINUTE_MS ((int64_t)60 * 1000)
#define HOUR_MS   ((int64_t)3600 * 1000)
#define DAY_MS    ((int64_t)24 * 3600 * 1000)

/* A report's time must lie in [UTC_MIN_MS, UTC_MAX_MS): 1990 (AIS is younger) to 2100. */
#define UTC_MIN_MS INT64_C(631152000000)
#define UTC_MAX_MS INT64_C(4102444800000)

enum { UTC_TEXT_SIZE = 32 };

/* days since 1970-01-01 of a date in the years 0 to 9999; month 1-12, day 1-31, not checked */
int64_t utc_days(int year, int month, int day);
/* true when the date exists */
bool utc_date_valid(int year, int month, int day);
/* floor(a / b) for b > 0 */
static inline int64_t utc_floor_div(int64_t a, int64_t b)
{
	int64_t q = a / b;

	return a % b < 0 ? q - 1 : q;
}

/* RFC 3339 with Z; milliseconds only when they are not 0; years 0-9999; returns the length */
int utc_format(int64_t t_ms, char text[UTC_TEXT_SIZE]);

#endif

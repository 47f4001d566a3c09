/* Dates in the proleptic Gregorian calendar, UTC without leap seconds. */
#ifndef SIM_CALENDAR_H
#define SIM_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

enum { HOUR_MS = 3600000, DAY_MS = 86400000, MINUTE_MS = 60000 };

struct civil {
	int year, month, day, hour, minute, second, ms;
};

struct civil civil_of(int64_t epoch_ms);
int64_t epoch_ms_of(struct civil c);
/* reads 2025-03-01, 2025-03-01T06:00 or 2025-03-01T06:00:00, each with an optional Z */
bool civil_parse(const char *text, int64_t *epoch_ms);

#endif

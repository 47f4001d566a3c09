/*
 * The time in a log that has no clock: base stations (message 4) and answers (11) tell UTC, and
 * position reports carry the second at which they were made. For the rest of the minute the two
 * together tell when. All zero: no minute is known.
 */
#ifndef AIS_NMEA_MINUTE_H
#define AIS_NMEA_MINUTE_H

#include <stdbool.h>
#include <stdint.h>

struct nmea_minute {
	bool known;
	int64_t base_ms; /* the last base station's time */
	int base_second; /* its second, */
	int last_second; /* and the greatest seen since */
};

/* a base station told the time; one that no report can have (UTC_MIN_MS...) is not believed */
void nmea_minute_set(struct nmea_minute *minute, int64_t t_ms);
/* a position report of second 0-59; true when it was in the minute: then *t_ms is its time */
bool nmea_minute_report(struct nmea_minute *minute, int second, int64_t *t_ms);

#endif

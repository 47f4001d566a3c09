/*
 * The time in a log that has no clock: base stations (message 4) tell UTC, and position reports
 * carry the second at which they were made. For the rest of the minute the two together tell when.
 * All zero: no minute is known.
 *
 * Anyone can send a wrong time, so one report is not enough: a base station's time is believed when
 * it is at most 10 min after the last one believed, or after the base report just before it and
 * later than that (the same one heard twice confirms nothing). One that is not believed ends the
 * minute: it may be the log that went on after a pause. A clock that is wrong twice running is
 * believed; nothing in such a log tells better.
 *
 * Mobile stations' answers (message 11) time themselves only: a departure from facts/aivdm.md, by
 * which they may time their neighbours. Their clocks are nobody's care.
 */
#ifndef AIS_NMEA_MINUTE_H
#define AIS_NMEA_MINUTE_H

#include <stdbool.h>
#include <stdint.h>

enum {
	NMEA_MINUTE_AGREE_MS = 10 * 60 * 1000, /* between two base reports, at most */
	/* a minute is over after so many sentences without a believed base report: base stations
	 * send every 10 s (M.1371), while ships' seconds may happen to rise through any pause of
	 * the log */
	NMEA_MINUTE_SENTENCES = 60,
};

struct nmea_minute {
	bool known;
	int64_t base_ms;  /* the last base report that was believed; 0: none yet */
	int64_t heard_ms; /* one that waits for the next to confirm it; 0: none */
	int base_second;  /* of base_ms, */
	int last_second;  /* and the greatest seen since */
	int left;         /* sentences until the minute is over */
};

/* a base station told the time; one that no report can have (UTC_MIN_MS...) is passed over */
void nmea_minute_set(struct nmea_minute *minute, int64_t t_ms);
/* an AIS sentence begins, whole or damaged; before nmea_minute_set and nmea_minute_report */
void nmea_minute_pass(struct nmea_minute *minute);
/* a position report of second 0-59; true when it was in the minute: then *t_ms is its time */
bool nmea_minute_report(struct nmea_minute *minute, int second, int64_t *t_ms);

#endif

/*
 * Feed clock: per UTC hour the three MMSIs heard latest, with that time. Feed time, the moment at
 * which open gaps are judged, is read from it, so that one broken clock cannot open a gap for all.
 */
#ifndef TRACK_CLOCK_H
#define TRACK_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/map.h"
#include "base/utc.h"

enum { CLOCK_KEEP = 3 };

struct clock_entry {
	int64_t t_ms;
	int64_t mmsi;
};

/* by time, latest first; at one time the smaller MMSI first */
struct clock_hour {
	int64_t hour; /* since 1970 */
	uint32_t count;
	struct clock_entry at[CLOCK_KEEP];
};

/* all zero is empty; hours in no order */
struct clock {
	struct map index;
	struct clock_hour *hours;
	size_t count;
	size_t cap;
	size_t hint;
};

void clock_free(struct clock *clock);
void clock_add_new(struct clock *clock, int64_t t_ms, int64_t mmsi);

/* most reports come after three others of the same second, and change nothing */
static inline void clock_add(struct clock *clock, int64_t t_ms, int64_t mmsi)
{
	if (clock->count) {
		const struct clock_hour *hour = &clock->hours[clock->hint];
		const struct clock_entry *last = &hour->at[CLOCK_KEEP - 1];

		if (hour->count == CLOCK_KEEP && t_ms >= hour->hour * HOUR_MS &&
		    (t_ms < last->t_ms || (t_ms == last->t_ms && mmsi >= last->mmsi)))
			return;
	}
	clock_add_new(clock, t_ms, mmsi);
}

/* whether anybody at all was heard in the hour, counted from 1970 */
static inline bool clock_heard(const struct clock *clock, int64_t hour)
{
	return map_get(&clock->index, (uint64_t)hour) != MAP_NONE;
}

void clock_join(struct clock *into, const struct clock *from);
/*
 * Feed time of a feed that `vessels` MMSIs sent: the greatest time kept such that times of three
 * MMSIs lie in [t, t + 6 h]; with fewer than 10 MMSIs or no such t, the greatest time in an hour
 * that has another heard hour within 24 h, else the greatest time. False when nothing was heard.
 */
bool clock_feed_time(const struct clock *clock, size_t vessels, int64_t *t_ms);
/*
 * Feed time without the clause for small feeds: the greatest time kept such that times of three
 * MMSIs lie in [t, t + 6 h]. False when no three MMSIs bear each other out.
 */
bool clock_witnessed(const struct clock *clock, int64_t *t_ms);
/* likewise, of the times up to `latest_ms` */
bool clock_witnessed_by(const struct clock *clock, int64_t latest_ms, int64_t *t_ms);
/*
 * The longest time in which no hour was heard, between two that were, the later of which begins
 * after since_ms: from the end of the one to the beginning of the other. False when there is none.
 */
bool clock_hole(const struct clock *clock, int64_t since_ms, int64_t *begin_ms, int64_t *end_ms);
/* forgets the hours that begin before the horizon */
void clock_forget(struct clock *clock, int64_t horizon_ms);

#endif

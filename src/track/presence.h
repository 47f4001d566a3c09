/*
 * Presence: per hour, in which minutes a vessel was heard, and a little of how and where.
 * Every part is an OR, a minimum or a maximum, so it joins in any order, as often as one likes.
 */
#ifndef TRACK_PRESENCE_H
#define TRACK_PRESENCE_H

#include <stdbool.h>
#include <stdint.h>

#include "ais/fix.h"
#include "base/mem.h"

/* bits of presence_hour.flags */
enum {
	HEARD_CLASS_A = 1,
	HEARD_CLASS_B = 2,
	HEARD_TERRESTRIAL = 4,
	HEARD_SATELLITE = 8,
	HEARD_SPEED = 16, /* sog_kn is known */
	/*
	 * A UTC second of 61 to 63: position by hand, by dead reckoning, or the positioning system
	 * inoperative (ITU-R M.1371-5 table 48)
	 */
	HEARD_NO_GNSS = 32,
};

/*
 * The box of an hour in steps of 1/180 degree (a third of a nautical mile of latitude), each
 * position floored to its step: lat from the south pole, lon from 180 W and, for tracks that cross
 * it, from Greenwich; whichever is narrower counts.
 */
enum { BOX_STEPS_PER_DEG = 180, BOX_TURN = 360 * BOX_STEPS_PER_DEG };

struct presence_box {
	uint16_t lat_min, lat_max;
	uint16_t lon_min, lon_max;   /* [0, BOX_TURN), from 180 W */
	uint16_t east_min, east_max; /* [0, BOX_TURN), from Greenwich */
};

/* one vessel, one zone, one UTC hour */
struct presence_hour {
	uint64_t satellite_minutes; /* bit m: heard by satellite in minute m, 0-59 */
	uint64_t other_minutes;     /* bit m: heard by any other reception */
	int32_t first_lat_e7;       /* of the first report, degrees * 1e7, rounded */
	int32_t first_lon_e7;
	uint32_t first_ms; /* since the hour began */
	float sog_kn;      /* greatest speed over ground */
	struct presence_box box;
	uint8_t flags;
};

enum { BLOCK_HOURS = 6 };

/* six hours; an hour with no minute in it is empty */
struct presence_block {
	struct presence_hour hours[BLOCK_HOURS];
};

struct presence_entry {
	int32_t index; /* six-hour periods since 1970 */
	struct presence_block *block;
};

/* all zero is empty; entries in the order of their index; blocks belong to an arena */
struct presence {
	struct presence_entry *at;
	uint32_t count;
	uint32_t cap;
	uint32_t hint;
};

/*
 * The hour being heard, held apart: most reports fall into it and touch nothing else. HOUR_NONE as
 * the index is none.
 */
struct presence_now {
	struct presence_hour hour;
	int32_t index; /* hours since 1970 */
};

enum { HOUR_NONE = INT32_MIN };

void presence_free(struct presence *presence);
/* folds a report in; an hour that is over goes from `now` to `presence` */
void presence_add(struct presence *presence, struct presence_now *now, struct arena *arena,
                  const struct fix *fix);
/* puts the hour held apart back: `now` is then none */
void presence_settle(struct presence *presence, struct presence_now *now, struct arena *arena);
/* `from` is settled */
void presence_join(struct presence *into, struct arena *arena, const struct presence *from);
/*
 * Finds the hour's cell, or makes it, to be filled: the caller sets at least one minute. hour
 * counts from 1970 and divided by BLOCK_HOURS fits in 32 bits. Valid as long as the arena.
 */
struct presence_hour *presence_put(struct presence *presence, struct arena *arena, int64_t hour);
/*
 * Forgets the hours that begin before the horizon; returns how many blocks the arena holds for
 * nothing now. `presence` is settled.
 */
uint32_t presence_forget(struct presence *presence, int64_t horizon_ms);
/* moves all blocks to another arena, so that the old one can go */
void presence_move(struct presence *presence, struct arena *arena);
/* the first entry whose six hours end after the beginning of the hour; `count` when there is none
 */
uint32_t presence_from(const struct presence *presence, int64_t hour);
/* the hour's cell, or NULL when the vessel was not heard in it; hour counts from 1970 */
const struct presence_hour *presence_at(const struct presence *presence, int64_t hour);
/*
 * Adds (OR) to minutes[i] the bits of the minutes heard in hour `first` + i, by any reception, for
 * `count` hours.
 */
void presence_minutes(const struct presence *presence, int64_t first, int count, uint64_t *minutes);

#endif

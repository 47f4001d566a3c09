/*
 * The fleet: every vessel's segments, presence and identity, and the feed clock.
 *
 * There is one fleet, in shards by MMSI. Workers gather reports in a batch and fold it shard by
 * shard, each under its shard's lock. The order of folding never shows: everything in a fleet is a
 * join.
 */
#ifndef TRACK_FLEET_H
#define TRACK_FLEET_H

#include <pthread.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ais/fix.h"
#include "base/map.h"
#include "base/mem.h"
#include "geo/zone.h"
#include "track/clock.h"
#include "track/identity.h"
#include "track/presence.h"
#include "track/segment.h"

enum { FLEET_SHARDS = 64, FLEET_NONE = MAP_NONE };

/* the horizon of a fleet that has forgotten nothing */
#define FLEET_KEEPS_ALL INT64_MIN

/*
 * One MMSI in one zone. What most reports touch stands first, in three cache lines: a feed of
 * 20,000 vessels in turn finds nothing in the caches, and what is fetched per report is what a run
 * costs.
 */
struct track {
	alignas(64) int64_t mmsi;
	struct tip tip;

	alignas(64) struct presence_now now;
	uint32_t vessel; /* index in the shard */
	uint8_t zone;

	alignas(64) struct identity_run run;
	uint32_t next; /* the vessel's next track, or FLEET_NONE */

	alignas(64) struct segments segments;
	struct presence presence; /* kept inside zones; everywhere with `everywhere` */
};

_Static_assert(sizeof(struct track) == 256, "a track is four cache lines");

/* one MMSI */
struct vessel {
	int64_t mmsi;
	uint32_t track; /* its first track, or FLEET_NONE when only its identity was heard */
	struct identity identity;
};

struct shard {
	pthread_mutex_t lock;
	struct map track_of;  /* by (mmsi, zone) */
	struct map vessel_of; /* by mmsi */
	struct track *tracks;
	size_t track_count;
	size_t track_cap;
	struct vessel *vessels;
	size_t vessel_count;
	size_t vessel_cap;
	struct arena presence;
	size_t dropped; /* presence blocks in the arena that nothing uses any more */
};

struct fleet_params {
	int64_t gap_ms;            /* G: segments end where reports are further apart */
	const struct zones *zones; /* borrowed */
	bool everywhere;           /* keep presence outside zones too */
};

/* what came into a fleet and what went */
struct fleet_news {
	int64_t
	    least_ms; /* no report of a position is older, down to the hour; INT64_MAX: none came */
	bool forgot;  /* hours in which anyone was heard were forgotten */
};

struct fleet {
	struct fleet_params params;
	struct shard shards[FLEET_SHARDS];
	pthread_mutex_t clock_lock;
	struct clock clock;
	int64_t horizon_ms;     /* what lies before it is forgotten; else FLEET_KEEPS_ALL */
	struct fleet_news news; /* since fleet_take_news; under clock_lock */
};

/* what the fleet needs to know of a report before it locks a shard */
struct batch_entry {
	uint64_t key;   /* of its track */
	uint64_t print; /* of its statics */
	uint32_t next;  /* report of the same shard, or FLEET_NONE */
	uint32_t track; /* index in the shard, once looked up */
};

/* reports on their way into the fleet, chained by shard; their spans must live until the fold */
struct batch {
	struct position_report *reports;
	struct batch_entry *entries;
	size_t count;
	size_t cap;
	uint32_t head[FLEET_SHARDS];
	uint32_t tail[FLEET_SHARDS];
	struct clock clock; /* of all reports since batch_flush, which joins it into the fleet's */
};

/* Fibonacci hashing (Knuth, TAOCP vol. 3, 6.4): the top six bits of a product with 2^64 / phi */
static inline unsigned fleet_shard_of(int64_t mmsi)
{
	return (unsigned)((uint64_t)mmsi * UINT64_C(0x9E3779B97F4A7C15) >> 58);
}

/* MMSIs stay below 2^53 (ais/row.c), so the zone fits beside them */
static inline uint64_t fleet_track_key(int64_t mmsi, uint8_t zone)
{
	return (uint64_t)mmsi << 8 | zone;
}

static inline uint8_t fleet_key_zone(uint64_t key)
{
	return (uint8_t)key;
}

struct fleet *fleet_new(const struct fleet_params *params);
void fleet_free(struct fleet *fleet);

void batch_init(struct batch *batch);
/* folds in what is left, joins the batch's feed clock into the fleet's; the batch is then empty */
void batch_flush(struct fleet *fleet, struct batch *batch);
/* likewise, and frees the batch's memory */
void batch_finish(struct fleet *fleet, struct batch *batch);
void batch_grow(struct batch *batch);
/* room for one more report; fill it, then batch_add takes it in (or not: then the room is used
 * again) */
static inline struct position_report *batch_room(struct batch *batch)
{
	if (batch->count == batch->cap)
		batch_grow(batch);
	return &batch->reports[batch->count];
}
void batch_add(struct batch *batch, const struct zones *zones);

/* folds the batch in and empties it; safe from many threads on one fleet */
void fleet_fold(struct fleet *fleet, struct batch *batch);
/*
 * Joins `from` into `into`: same parameters, but G of `from` may be smaller; no other thread at
 * work on either. Settles both. The later horizon holds, and `into` forgets by it.
 */
void fleet_join(struct fleet *into, struct fleet *from);
/* puts everything in order after the last fold, before any question; no other thread at work */
void fleet_settle(struct fleet *fleet);

/* finds or makes; the pointer is valid until the next call for the same shard */
struct track *shard_track(struct shard *shard, int64_t mmsi, uint8_t zone);
struct vessel *shard_vessel(struct shard *shard, int64_t mmsi);
/*
 * Joins `from` into shard `s`: both settled, same parameters, but G of `from` may be smaller.
 * Forgets nothing. Safe from many threads on different shards of one fleet.
 */
void shard_join(struct fleet *into, int s, const struct shard *from);
/* empty and usable again; frees its memory */
void shard_clear(struct shard *shard);

/* what came and went since this was last asked; the first time, all may have. No batch is waiting
 * to be flushed. */
struct fleet_news fleet_take_news(struct fleet *fleet);

/* the vessel with this MMSI, or NULL; and the shard that holds it */
const struct vessel *fleet_vessel(const struct fleet *fleet, int64_t mmsi,
                                  const struct shard **shard);
/* how many MMSIs have a position */
size_t fleet_vessel_count(const struct fleet *fleet);
/* feed time; false when the fleet is empty */
bool fleet_feed_time(const struct fleet *fleet, int64_t *t_ms);
/*
 * The vessel's segments over all zones, joined: its ordinary track. `set` is emptied first and
 * belongs to the caller.
 */
void fleet_ordinary(const struct fleet *fleet, const struct shard *shard,
                    const struct vessel *vessel, struct segments *set);
enum { FLEET_MINUTES_MAX = 72 * 60 };

/*
 * Minutes, of the `count` (1 to FLEET_MINUTES_MAX) that begin with minute `first` since 1970, in
 * which the vessel was heard.
 */
int fleet_minutes_heard(const struct shard *shard, const struct vessel *vessel, int64_t first,
                        int count);

#endif

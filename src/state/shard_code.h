/*
 * A shard as saved files hold it: the number of its vessels, and each, by MMSI: the MMSI as the
 * difference from the one before, its identity, the number of its tracks, and each, by zone: the
 * zone, its segments and its hours of presence.
 */
#ifndef STATE_SHARD_CODE_H
#define STATE_SHARD_CODE_H

#include "state/code.h"
#include "track/fleet.h"

/* what holds for all tracks of the state that is being read, and of the fleet it goes to */
struct shard_rules {
	int64_t gap_ms;       /* G of the state */
	int64_t fleet_gap_ms; /* G of the fleet, not smaller */
	uint8_t zones;
	bool everywhere;
	bool forgets; /* the state has a horizon */
};

/* a settled shard */
void shard_encode(struct code_out *out, const struct shard *shard);
/*
 * Fills an empty shard, number s of a fleet. NULL, or what is wrong, static text: the shard then
 * holds part of it. Every number is checked: the shard upholds what track/ relies on.
 */
const char *shard_decode(struct span payload, int s, const struct shard_rules *rules,
                         struct shard *shard);

#endif

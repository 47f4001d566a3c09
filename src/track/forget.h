/*
 * Forgetting: what lies before the horizon goes, so that a state that is fed for years does not
 * grow for ever. Horizons join by their maximum, and what is forgotten by one is what a join of
 * unforgotten fleets would forget by it: the law holds on.
 */
#ifndef TRACK_FORGET_H
#define TRACK_FORGET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "track/fleet.h"

/*
 * Raises the fleet's horizon to horizon_ms (never lowers it) and forgets what lies before it: hours
 * of presence and of the feed clock that begin before it, and of each track's segments that do, all
 * but the end of the last. Identity stays. Settles the fleet; no other thread at work. Memory of
 * dropped presence is given back where a quarter or more of a shard's was dropped.
 */
void fleet_forget(struct fleet *fleet, int64_t horizon_ms);

/*
 * The latest moment that forgetting would take: the beginning of the last hour of presence, or
 * the on time of the last closed gap. What lies after the fleet's own feed time does not count,
 * since one broken clock is no evidence. Of a settled fleet; false: there is none.
 */
bool fleet_latest_evidence(const struct fleet *fleet, int64_t *t_ms);
/* MMSIs with a position at t_ms or later; of a settled fleet */
size_t fleet_vessels_since(const struct fleet *fleet, int64_t t_ms);

#endif

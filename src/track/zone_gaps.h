/*
 * Zone gaps: the identity guard. One ship off Vladivostok falls silent while another, far away,
 * sends the same MMSI: joined over all zones, their track has no gap. So each zone's track of an
 * MMSI is looked at by itself. A silence in it during which the MMSI was heard elsewhere is
 *
 * - no gap where one ship can have sailed out and back: that is what ships do;
 * - a gap of that zone where no ship can, provided that off or on lies in a watched area proper and
 *   that no ordinary gap shares its off fix (it tells the same, and has the vessel's whole track
 *   behind it).
 *
 * One ship is ruled out by what was heard elsewhere, of which only the ends of segments are known:
 *
 * - the first end known after off, and the last before on, cannot be reached at 50 kn; or
 * - a segment elsewhere goes on across off (or on). Reports in it are at most G apart, so that a
 *   ship would have come in from beyond the zone and gone out again within G, which no ship at
 *   35 kn can whose way out (areas_way_out_nm) is longer than half of that.
 *
 * Where the beginning of a segment was forgotten, only its end is evidence, and what it covers
 * since the horizon.
 *
 * Not found are: two ships inside one zone, or both outside all zones; a second ship near enough to
 * have been the first, such as one that is heard on the Volga while the other falls silent in its
 * mouth (less than 80 nm from the exit at G = 6 h); a silence in a zone's margin only, with neither
 * end in an area proper; and what was heard before the horizon of a fleet that has forgotten.
 */
#ifndef TRACK_ZONE_GAPS_H
#define TRACK_ZONE_GAPS_H

#include "track/gaps.h"

/* a search through a fleet; `elsewhere` is memory used again for each vessel, the caller frees it
 */
struct zone_gaps {
	const struct fleet *fleet; /* settled */
	const struct gaps_query *query;
	struct segments elsewhere;
};

/*
 * Adds the vessel's zone gaps that the query keeps, in no order. `ordinary` is its track joined
 * over all zones (fleet_ordinary); the query has areas.
 */
void zone_gaps_find(struct zone_gaps *search, const struct shard *shard,
                    const struct vessel *vessel, const struct segments *ordinary,
                    struct gaps *gaps);

#endif

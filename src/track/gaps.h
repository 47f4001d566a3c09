/*
 * Gaps: the spaces between neighbouring segments of a vessel's ordinary track, and of its tracks in
 * single zones where no one ship can have been what was heard elsewhere meanwhile (zone_gaps.h).
 */
#ifndef TRACK_GAPS_H
#define TRACK_GAPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/area.h"
#include "geo/zone.h"
#include "track/fleet.h"

struct gap {
	int64_t mmsi;
	struct fix off;   /* the last fix before the silence */
	struct fix on;    /* the first one after it; not set while open */
	uint8_t zone;     /* 0 for an ordinary gap, else the zone of a zone gap */
	bool open;        /* still silent at as-of */
	bool after_as_of; /* closed by a segment that starts after feed time */
};

struct gaps {
	struct gap *at; /* ordered by off time, MMSI, zone, on time; open after closed */
	size_t count;
	size_t cap;
};

struct gaps_query {
	int64_t min_gap_ms; /* strictly longer than this; not below the fleet's G */
	int64_t as_of_ms;
	bool as_of_given;          /* then segments that start after as-of are ignored */
	const struct areas *areas; /* watched, borrowed; NULL: no zone gaps */
	const struct zones *zones; /* of these areas, and those of the fleet; not NULL with areas */
	bool (*keep)(void *context, const struct gap *gap);
	void *context;
};

/*
 * All gaps of a settled fleet that the query keeps, zone gaps too; to be freed with gaps_free.
 * After fleet_forget every closed gap ends at the horizon or later, because every segment but the
 * forgotten begins there.
 */
void gaps_find(const struct fleet *fleet, const struct gaps_query *query, struct gaps *gaps);
void gaps_free(struct gaps *gaps);
/* the order of gaps; <0, 0, >0 */
int gaps_cmp(const struct gap *a, const struct gap *b);
/* adds the gap at the end if the query keeps it; for track/zone_gaps.c, like the next */
void gaps_add(struct gaps *gaps, const struct gaps_query *query, const struct gap *gap);
/* how many of a settled set's segments count: with a given as-of those that start by then */
uint32_t gaps_counting(const struct segments *set, const struct gaps_query *query);
/* first and last time of all reports, as far as they are not forgotten; false when there is none */
bool fleet_span(const struct fleet *fleet, int64_t *first_ms, int64_t *last_ms);
/* true when any report lies in a zone */
bool fleet_in_zones(const struct fleet *fleet);
/* MMSIs that have a segment starting after t_ms */
size_t gaps_vessels_after(const struct fleet *fleet, int64_t t_ms);

#endif

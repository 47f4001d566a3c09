/* Gaps: the spaces between neighbouring segments of a vessel's ordinary track. */
#ifndef TRACK_GAPS_H
#define TRACK_GAPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "track/fleet.h"

struct gap {
	int64_t mmsi;
	struct fix off;   /* the last fix before the silence */
	struct fix on;    /* the first one after it; not set while open */
	uint8_t zone;     /* 0 for an ordinary gap */
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
	bool as_of_given; /* then segments that start after as-of are ignored */
	bool (*keep)(void *context, const struct gap *gap);
	void *context;
};

/*
 * All gaps of a settled fleet that the query keeps; to be freed with gaps_free. After fleet_forget
 * every closed gap ends at the horizon or later, because every segment but the forgotten begins
 * there.
 */
void gaps_find(const struct fleet *fleet, const struct gaps_query *query, struct gaps *gaps);
void gaps_free(struct gaps *gaps);
/* first and last time of all reports, as far as they are not forgotten; false when there is none */
bool fleet_span(const struct fleet *fleet, int64_t *first_ms, int64_t *last_ms);
/* true when any report lies in a zone */
bool fleet_in_zones(const struct fleet *fleet);
/* MMSIs that have a segment starting after t_ms */
size_t gaps_vessels_after(const struct fleet *fleet, int64_t t_ms);

#endif

/*
 * Places by hour: which of them lie within a radius of a position in the same hour. Sorted by hour,
 * row (a band of latitude as high as the radius) and longitude, so that a question looks at three
 * short stretches.
 */
#ifndef JUDGE_GNSS_PLACES_H
#define JUDGE_GNSS_PLACES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/sphere.h"

struct place {
	int64_t hour; /* since 1970 */
	int64_t mmsi; /* who was there; 0 where that does not matter */
	double lat_deg;
	double lon_deg;      /* [-180, 180) */
	double from_lat_deg; /* where it came from; 0, 0 where that does not matter */
	double from_lon_deg;
	struct vec unit; /* of lat, lon; set by places_sort, as are row and core */
	int32_t row;
	bool core;
};

/* all zero is empty */
struct places {
	struct place *at;
	size_t count;
	size_t cap;
	double radius_nm;
};

void places_free(struct places *places);
void places_add(struct places *places, const struct place *place);
/* puts them in an order that depends on nothing but what they are, for questions of this radius */
void places_sort(struct places *places, double radius_nm);

/* false: no more of them */
typedef bool place_seen(void *context, struct place *place);

/* Shows the places of the hour within the radius; false when `seen` stopped it. Sorted before. */
bool places_near(const struct places *places, int64_t hour, double lat_deg, double lon_deg,
                 place_seen *seen, void *context);

#endif

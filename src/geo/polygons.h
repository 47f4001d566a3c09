/*
 * Polygons as GeoJSON means them (RFC 7946): edges straight in longitude and latitude.
 * Once unrolled, a ring's longitudes run on without jumps, past 180 where it crosses the
 * antimeridian.
 */
#ifndef GEO_POLYGONS_H
#define GEO_POLYGONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

enum { CORNERS_MAX = 1000000 };

struct ring {
	size_t first; /* its corners in the array of all */
	size_t count; /* the last corner repeats the first */
	bool hole;
};

/* all zero is empty; a polygon is an outer ring and the holes that follow it */
struct polygons {
	double (*corners)[2]; /* longitude, latitude in degrees */
	size_t corner_count;
	size_t corner_cap;
	struct ring *rings;
	size_t ring_count;
	size_t ring_cap;
};

/* west <= east < west + 360, west in [-180, 180) */
struct lonlat_box {
	double west, south, east, north;
};

void polygons_free(struct polygons *p);
/* starts a ring that takes the corners added from now on */
void polygons_add_ring(struct polygons *p, bool hole);
void polygons_add_corner(struct polygons *p, double lon_deg, double lat_deg);
size_t polygons_count(const struct polygons *p);
/*
 * Unrolls the polygon whose outer ring is ring `outer`, the last polygon added: every step takes
 * the short way round, holes follow their outer ring, and its west end lies in [-180, 180).
 * ST_USAGE when it holds or touches a pole or is wider than 180 degrees.
 */
enum status polygons_unroll(struct polygons *p, size_t outer, struct diag *why);
/* part of the whole sphere that the polygons cover, overlaps counted twice */
double polygons_fraction(const struct polygons *p);
struct lonlat_box polygons_ring_box(const struct polygons *p, size_t ring);

#endif

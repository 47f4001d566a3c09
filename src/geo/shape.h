/*
 * Polygons made ready for questions, by GEOS in the plane of longitude and latitude (in which
 * GeoJSON's edges are straight, so nothing is lost). Longitudes may be any turn of the same one.
 */
#ifndef GEO_SHAPE_H
#define GEO_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/polygons.h"

struct shape;

/* NULL when a polygon is not valid (OGC Simple Features 6.1.11), and `why` says where */
struct shape *shape_new(const struct polygons *polygons, struct diag *why);
void shape_free(struct shape *shape);
/* the position lies within or on an edge; threads may share the shape */
bool shape_covers(struct shape *shape, double lat_deg, double lon_deg);
/* the line of n >= 2 unrolled (longitude, latitude) points meets the polygons, edges included */
bool shape_meets(struct shape *shape, const double (*lonlat)[2], size_t n);

#endif

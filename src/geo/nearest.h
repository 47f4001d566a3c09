/*
 * The nearest point of many short segments, by a tree of boxes in space. Space, because chords
 * between points of the ellipsoid are in the order of their geodesics to some parts in a million,
 * without poles or antimeridian to mind.
 */
#ifndef GEO_NEAREST_H
#define GEO_NEAREST_H

#include <stdbool.h>
#include <stddef.h>

struct nearest;

struct nearest *nearest_new(void);
void nearest_free(struct nearest *nearest);
/* a segment straight in longitude and latitude, cut into pieces of at most 10 km */
void nearest_add(struct nearest *nearest, const double a_lonlat[2], const double b_lonlat[2]);
/* makes the tree once all segments are added; from then on threads may share it */
void nearest_build(struct nearest *nearest);
/* the nearest point on any segment, to about 3 m; false when there are none */
bool nearest_find(const struct nearest *nearest, double lat_deg, double lon_deg,
                  double *near_lat_deg, double *near_lon_deg);

#endif

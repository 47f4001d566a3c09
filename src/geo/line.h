/* A great circle as a line of close points, longitudes running on across the antimeridian. */
#ifndef GEO_LINE_H
#define GEO_LINE_H

#include <stddef.h>

enum { LINE_POINTS_MAX = 1802 }; /* half a turn in tenths of a degree */

struct line {
	size_t n; /* at least 2 */
	double lonlat[LINE_POINTS_MAX][2];
};

/*
 * The part from `from` to `to` (0 <= from < to <= 1) of the shorter great circle between two
 * positions, in steps of at most 0.1 degrees. Straight in longitude and latitude, such a step
 * strays from the great circle by less than 10 m up to 75 degrees of latitude.
 */
void line_between(struct line *line, double lat1_deg, double lon1_deg, double lat2_deg,
                  double lon2_deg, double from, double to);

#endif

/* The shore of the two regions (data/coast): how far it is, and whether a path stays at sea. */
#ifndef GEO_COAST_H
#define GEO_COAST_H

#include <stdbool.h>

struct coast;

/* the compiled-in coast, read and indexed at the first question; threads may share it */
struct coast *coast_new(void);
void coast_free(struct coast *coast);

/* nautical miles to the nearest shore, 0 on land; NAN where the coast is not known */
double coast_distance_nm(struct coast *coast, double lat_deg, double lon_deg);
/*
 * True when the coast is known along the whole great circle and no land lies on it, the first and
 * the last 5 nm aside: ports lie on generalised land.
 */
bool coast_path_at_sea(struct coast *coast, double lat1, double lon1, double lat2, double lon2);

#endif

/* Great-circle paths between an off and an on position. */
#ifndef GEO_PATH_H
#define GEO_PATH_H

#include <stdbool.h>

#include "geo/area.h"

/* true when the shorter great circle between the positions meets area i proper */
bool path_meets_area(const struct areas *areas, size_t i, double lat1_deg, double lon1_deg,
                     double lat2_deg, double lon2_deg);

#endif

#include "geo/path.h"

#include "geo/area_set.h"
#include "geo/line.h"

bool path_meets_area(const struct areas *areas, size_t i, double lat1_deg, double lon1_deg,
                     double lat2_deg, double lon2_deg)
{
	struct line line;

	line_between(&line, lat1_deg, lon1_deg, lat2_deg, lon2_deg, 0.0, 1.0);
	return shape_meets(areas->items[i].shape, (const double(*)[2])line.lonlat, line.n);
}

/* The ways out of a closed sea, and how far it is to be out of an area and its margin. */
#include <math.h>

#include "geo/area_set.h"
#include "geo/geodesic.h"
#include "geo/geojson.h"

static enum status read_exit(const struct json *position, struct area *area, struct diag *why)
{
	const struct json *first = json_is_array(position) ? json_first(position) : NULL;
	double *exit = area->exits[area->exit_count];

	if (!json_number(first, &exit[0]) || !json_number(json_next(first), &exit[1]) ||
	    !(fabs(exit[0]) <= 360.0 && fabs(exit[1]) <= 90.0))
		return diag_set(why, ST_USAGE,
		                "exit %zu cannot be used; expected [longitude, latitude], -360 to "
		                "360 and -90 to 90 degrees",
		                area->exit_count + 1);
	area->exit_count++;
	return ST_OK;
}

enum status area_read_exits(struct area *area, const struct json *feature, struct diag *why)
{
	const struct json *exits = geojson_property(feature, "exits");
	size_t count = json_count(exits);
	enum status status = ST_OK;

	if (!exits)
		return ST_OK;
	if (!area->closed)
		return diag_set(why, ST_USAGE,
		                "exits of an open sea; expected them with closed_sea true only");
	if (!json_is_array(exits) || count < 1 || count > AREA_EXITS_MAX)
		return diag_set(why, ST_USAGE,
		                "exits cannot be used; expected an array of 1 to %d positions",
		                AREA_EXITS_MAX);
	for (const struct json *e = json_first(exits); e && !status; e = json_next(e))
		status = read_exit(e, area, why);
	return status;
}

/* beyond an exit that lies in the area the whole margin is still to be crossed */
static double way_by_exit(const struct area *area, const double exit[2], double lat_deg,
                          double lon_deg)
{
	double nm = geo_distance_nm(lat_deg, lon_deg, exit[1], exit[0]);

	return shape_covers(area->shape, exit[1], exit[0]) ? nm + area->margin_nm : nm;
}

double areas_way_out_nm(const struct areas *areas, size_t i, double lat_deg, double lon_deg)
{
	const struct area *area = &areas->items[i];
	double least_nm = INFINITY;

	for (size_t e = 0; e < area->exit_count; e++)
		least_nm = fmin(least_nm, way_by_exit(area, area->exits[e], lat_deg, lon_deg));
	/* no way is shorter than the margin, whatever the exits */
	return area->exit_count ? fmax(least_nm, area->margin_nm) : area->margin_nm;
}

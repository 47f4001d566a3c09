#include "geo/coast.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/embed.h"
#include "base/mem.h"
#include "geo/geodesic.h"
#include "geo/geojson.h"
#include "geo/line.h"
#include "geo/nearest.h"
#include "geo/shape.h"
#include "geo/sphere.h"

static const char *const COAST_FILE = "coast/coast.geojson";

/* ports and anchorages may lie on a generalised coast's land: so much of a path's ends is forgiven
 */
static const double END_NM = 5.0;

/* one feature: its land, and the box in which land and sea are known */
struct region {
	struct lonlat_box box;
	struct shape *land;
};

struct coast {
	pthread_mutex_t lock;
	bool loaded;
	struct region *regions;
	size_t region_count;
	size_t region_cap;
	struct nearest *shore;
};

struct coast *coast_new(void)
{
	struct coast *coast = mem_new(1, sizeof *coast);

	pthread_mutex_init(&coast->lock, NULL);
	return coast;
}

void coast_free(struct coast *coast)
{
	if (!coast)
		return;
	for (size_t i = 0; i < coast->region_count; i++)
		shape_free(coast->regions[i].land);
	free(coast->regions);
	nearest_free(coast->shore);
	pthread_mutex_destroy(&coast->lock);
	free(coast);
}

static bool read_box(const struct json *bbox, struct lonlat_box *box)
{
	double *const sides[] = {&box->west, &box->south, &box->east, &box->north};
	const struct json *side = json_is_array(bbox) ? json_first(bbox) : NULL;

	for (size_t i = 0; i < 4; i++, side = json_next(side)) {
		if (!json_number(side, sides[i]))
			return false;
	}
	return box->west < box->east && box->south < box->north;
}

static bool same(double a, double b)
{
	return fabs(a - b) < 1e-9;
}

/* land is cut off at the box, and the cut is no shore (as another box that adjoins would take it)
 */
static bool on_border(const struct lonlat_box *box, const double a[2], const double b[2])
{
	return (same(a[0], b[0]) && (same(a[0], box->west) || same(a[0], box->east))) ||
	       (same(a[1], b[1]) && (same(a[1], box->south) || same(a[1], box->north)));
}

static void add_shore(struct nearest *shore, const struct polygons *land,
                      const struct lonlat_box *box)
{
	for (size_t i = 0; i < land->ring_count; i++) {
		const struct ring *r = &land->rings[i];

		for (size_t k = r->first + 1; k < r->first + r->count; k++) {
			const double *a = land->corners[k - 1];
			const double *b = land->corners[k];

			if (!on_border(box, a, b))
				nearest_add(shore, a, b);
		}
	}
}

/* a feature that cannot be read is left out: its coast is then not known */
static void read_region(struct coast *coast, const struct json *feature)
{
	struct region region = {0};
	struct polygons land = {0};

	if (read_box(geojson_property(feature, "bbox"), &region.box) &&
	    geojson_polygons(feature, &land, NULL) == ST_OK)
		region.land = shape_new(&land, NULL);
	if (region.land) {
		add_shore(coast->shore, &land, &region.box);
		coast->regions = mem_grow(coast->regions, &coast->region_cap,
		                          coast->region_count + 1, 2, sizeof *coast->regions);
		coast->regions[coast->region_count++] = region;
	}
	polygons_free(&land);
}

static void read_coast(struct coast *coast)
{
	struct json *doc;

	coast->shore = nearest_new();
	if (json_parse(embed_find(COAST_FILE), &doc, NULL) == ST_OK) {
		for (const struct json *f = geojson_feature(doc, NULL); f;
		     f = geojson_feature(doc, f))
			read_region(coast, f);
		json_free(doc);
	}
	nearest_build(coast->shore);
}

static void load(struct coast *coast)
{
	pthread_mutex_lock(&coast->lock);
	if (!coast->loaded)
		read_coast(coast);
	coast->loaded = true;
	pthread_mutex_unlock(&coast->lock);
}

static bool in_box(const struct lonlat_box *box, double lat, double lon)
{
	return lat >= box->south && lat <= box->north &&
	       ((lon >= box->west && lon <= box->east) ||
	        (lon + 360.0 >= box->west && lon + 360.0 <= box->east));
}

static bool is_known(const struct coast *coast, double lat, double lon)
{
	for (size_t i = 0; i < coast->region_count; i++) {
		if (in_box(&coast->regions[i].box, lat, lon))
			return true;
	}
	return false;
}

static bool is_land(const struct coast *coast, double lat, double lon)
{
	for (size_t i = 0; i < coast->region_count; i++) {
		if (shape_covers(coast->regions[i].land, lat, lon))
			return true;
	}
	return false;
}

/*
 * Shore beyond the box is not known, so near the box's border the true distance may be less than
 * the one given. The boxes are made large enough for the watched waters to lie well inside.
 */
double coast_distance_nm(struct coast *coast, double lat_deg, double lon_deg)
{
	double lon = lon_normal(lon_deg);
	double near_lat;
	double near_lon;

	load(coast);
	if (!is_known(coast, lat_deg, lon))
		return NAN;
	if (is_land(coast, lat_deg, lon))
		return 0.0;
	if (!nearest_find(coast->shore, lat_deg, lon, &near_lat, &near_lon))
		return NAN;
	return geo_distance_nm(lat_deg, lon, near_lat, near_lon);
}

static bool is_known_along(const struct coast *coast, const struct line *line)
{
	for (size_t i = 0; i < line->n; i++) {
		if (!is_known(coast, line->lonlat[i][1], lon_normal(line->lonlat[i][0])))
			return false;
	}
	return true;
}

static bool meets_land(const struct coast *coast, const struct line *line)
{
	for (size_t i = 0; i < coast->region_count; i++) {
		if (shape_meets(coast->regions[i].land, (const double(*)[2])line->lonlat, line->n))
			return true;
	}
	return false;
}

bool coast_path_at_sea(struct coast *coast, double lat1, double lon1, double lat2, double lon2)
{
	double length = geo_distance_nm(lat1, lon1, lat2, lon2);
	struct line line;
	double skip;

	load(coast);
	line_between(&line, lat1, lon1, lat2, lon2, 0.0, 1.0);
	if (!is_known_along(coast, &line))
		return false;
	if (length <= 2.0 * END_NM)
		return true;
	skip = END_NM / length;
	line_between(&line, lat1, lon1, lat2, lon2, skip, 1.0 - skip);
	return !meets_land(coast, &line);
}

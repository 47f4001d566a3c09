#include "geo/shape.h"

#include <geos_c.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/mem.h"
#include "geo/sphere.h"

/* a prepared geometry builds its indexes at the first questions, so these are asked one at a time
 */
struct shape {
	GEOSContextHandle_t geos;
	GEOSGeometry *geometry;
	const GEOSPreparedGeometry *prepared;
	struct lonlat_box box;
	pthread_mutex_t lock;
};

/* GEOS gives NULL for what we never ask (rings of fewer than four corners), else out of memory */
static void *must(void *result)
{
	if (!result)
		mem_out();
	return result;
}

static GEOSCoordSequence *sequence(GEOSContextHandle_t geos, const double (*lonlat)[2], size_t n)
{
	return must(GEOSCoordSeq_copyFromBuffer_r(geos, &lonlat[0][0], (unsigned)n, 0, 0));
}

static GEOSGeometry *ring_of(GEOSContextHandle_t geos, const struct polygons *p, size_t i)
{
	const struct ring *r = &p->rings[i];
	const double(*corners)[2] = (const double(*)[2])p->corners + r->first;

	return must(GEOSGeom_createLinearRing_r(geos, sequence(geos, corners, r->count)));
}

/* the polygon at ring *i, which moves on to the next polygon */
static GEOSGeometry *polygon_at(GEOSContextHandle_t geos, const struct polygons *p, size_t *i)
{
	GEOSGeometry *outer = ring_of(geos, p, (*i)++);
	GEOSGeometry **holes = NULL;
	size_t cap = 0;
	size_t n = 0;
	GEOSGeometry *polygon;

	for (; *i < p->ring_count && p->rings[*i].hole; (*i)++) {
		holes = mem_grow(holes, &cap, n + 1, 4, sizeof *holes);
		holes[n++] = ring_of(geos, p, *i);
	}
	polygon = must(GEOSGeom_createPolygon_r(geos, outer, holes, (unsigned)n));
	free(holes);
	return polygon;
}

static bool is_valid(GEOSContextHandle_t geos, const GEOSGeometry *g, struct diag *why)
{
	char *reason;

	if (GEOSisValid_r(geos, g) == 1)
		return true;
	reason = GEOSisValidReason_r(geos, g);
	diag_set(why, ST_USAGE, "%s", reason ? reason : "no valid polygon");
	GEOSFree_r(geos, reason);
	return false;
}

/* all polygons as one geometry; NULL when one of them is not valid */
static GEOSGeometry *gather(GEOSContextHandle_t geos, const struct polygons *p, struct diag *why)
{
	GEOSGeometry **parts = mem_new(p->ring_count, sizeof *parts);
	size_t n = 0;
	bool valid = true;
	GEOSGeometry *all = NULL;

	for (size_t i = 0; i < p->ring_count && valid; n++) {
		parts[n] = polygon_at(geos, p, &i);
		valid = is_valid(geos, parts[n], why);
	}
	if (valid)
		all =
		    must(GEOSGeom_createCollection_r(geos, GEOS_MULTIPOLYGON, parts, (unsigned)n));
	for (size_t i = 0; i < n && !valid; i++)
		GEOSGeom_destroy_r(geos, parts[i]);
	free(parts);
	return all;
}

/* polygons that are valid each but overlap: together they mean their union */
static GEOSGeometry *merge(GEOSContextHandle_t geos, GEOSGeometry *all)
{
	GEOSGeometry *merged;

	if (GEOSisValid_r(geos, all) == 1)
		return all;
	merged = must(GEOSUnaryUnion_r(geos, all));
	GEOSGeom_destroy_r(geos, all);
	return merged;
}

static struct lonlat_box box_of(const struct polygons *p)
{
	struct lonlat_box box = {INFINITY, INFINITY, -INFINITY, -INFINITY};

	for (size_t i = 0; i < p->ring_count; i++) {
		struct lonlat_box ring = polygons_ring_box(p, i);

		box.west = fmin(box.west, ring.west);
		box.south = fmin(box.south, ring.south);
		box.east = fmax(box.east, ring.east);
		box.north = fmax(box.north, ring.north);
	}
	return box;
}

struct shape *shape_new(const struct polygons *polygons, struct diag *why)
{
	GEOSContextHandle_t geos = must(GEOS_init_r());
	GEOSGeometry *all = gather(geos, polygons, why);
	struct shape *shape;

	if (!all) {
		GEOS_finish_r(geos);
		return NULL;
	}
	shape = mem_new(1, sizeof *shape);
	shape->geos = geos;
	shape->geometry = merge(geos, all);
	shape->prepared = GEOSPrepare_r(geos, shape->geometry);
	if (!shape->prepared)
		mem_out();
	shape->box = box_of(polygons);
	pthread_mutex_init(&shape->lock, NULL);
	return shape;
}

void shape_free(struct shape *shape)
{
	if (!shape)
		return;
	GEOSPreparedGeom_destroy_r(shape->geos, shape->prepared);
	GEOSGeom_destroy_r(shape->geos, shape->geometry);
	GEOS_finish_r(shape->geos);
	pthread_mutex_destroy(&shape->lock);
	free(shape);
}

/* takes over g */
static bool meets(struct shape *shape, GEOSGeometry *g)
{
	bool result = GEOSPreparedIntersects_r(shape->geos, shape->prepared, g) == 1;

	GEOSGeom_destroy_r(shape->geos, g);
	return result;
}

static bool covers(struct shape *shape, double lat_deg, double lon_deg)
{
	const struct lonlat_box *box = &shape->box;
	bool result;

	/* written so that a NaN is outside */
	if (!(lat_deg >= box->south && lat_deg <= box->north && lon_deg >= box->west &&
	      lon_deg <= box->east))
		return false;
	pthread_mutex_lock(&shape->lock);
	result = meets(shape, must(GEOSGeom_createPointFromXY_r(shape->geos, lon_deg, lat_deg)));
	pthread_mutex_unlock(&shape->lock);
	return result;
}

bool shape_covers(struct shape *shape, double lat_deg, double lon_deg)
{
	double lon = lon_normal(lon_deg);

	return covers(shape, lat_deg, lon) || covers(shape, lat_deg, lon + 360.0);
}

static bool meets_shifted(struct shape *shape, const double (*lonlat)[2], size_t n, double by_deg)
{
	double(*copy)[2] = mem_new(n, sizeof *copy);
	GEOSGeometry *line;
	bool result;

	for (size_t i = 0; i < n; i++) {
		copy[i][0] = lonlat[i][0] + by_deg;
		copy[i][1] = lonlat[i][1];
	}
	pthread_mutex_lock(&shape->lock);
	line = must(GEOSGeom_createLineString_r(
	    shape->geos, sequence(shape->geos, (const double(*)[2])copy, n)));
	result = meets(shape, line);
	pthread_mutex_unlock(&shape->lock);
	free(copy);
	return result;
}

bool shape_meets(struct shape *shape, const double (*lonlat)[2], size_t n)
{
	struct lonlat_box line = {INFINITY, INFINITY, -INFINITY, -INFINITY};
	bool result = false;

	for (size_t i = 0; i < n; i++) {
		line.west = fmin(line.west, lonlat[i][0]);
		line.east = fmax(line.east, lonlat[i][0]);
		line.south = fmin(line.south, lonlat[i][1]);
		line.north = fmax(line.north, lonlat[i][1]);
	}
	if (n < 2 || line.south > shape->box.north || line.north < shape->box.south)
		return false;
	for (int turns = -2; turns <= 2 && !result; turns++) {
		double by = 360.0 * turns;

		if (line.west + by <= shape->box.east && line.east + by >= shape->box.west)
			result = meets_shifted(shape, lonlat, n, by);
	}
	return result;
}

#include "geo/polygons.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "geo/sphere.h"

void polygons_free(struct polygons *p)
{
	free(p->corners);
	free(p->rings);
	*p = (struct polygons){0};
}

void polygons_add_ring(struct polygons *p, bool hole)
{
	p->rings = mem_grow(p->rings, &p->ring_cap, p->ring_count + 1, 4, sizeof *p->rings);
	p->rings[p->ring_count++] = (struct ring){p->corner_count, 0, hole};
}

void polygons_add_corner(struct polygons *p, double lon_deg, double lat_deg)
{
	p->corners =
	    mem_grow(p->corners, &p->corner_cap, p->corner_count + 1, 32, sizeof *p->corners);
	p->corners[p->corner_count][0] = lon_deg;
	p->corners[p->corner_count][1] = lat_deg;
	p->corner_count++;
	p->rings[p->ring_count - 1].count++;
}

size_t polygons_count(const struct polygons *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->ring_count; i++)
		n += !p->rings[i].hole;
	return n;
}

struct lonlat_box polygons_ring_box(const struct polygons *p, size_t ring)
{
	const struct ring *r = &p->rings[ring];
	struct lonlat_box box = {INFINITY, INFINITY, -INFINITY, -INFINITY};

	for (size_t i = r->first; i < r->first + r->count; i++) {
		box.west = fmin(box.west, p->corners[i][0]);
		box.east = fmax(box.east, p->corners[i][0]);
		box.south = fmin(box.south, p->corners[i][1]);
		box.north = fmax(box.north, p->corners[i][1]);
	}
	return box;
}

static void shift_ring(struct polygons *p, const struct ring *r, double by_deg)
{
	for (size_t i = r->first; by_deg != 0.0 && i < r->first + r->count; i++)
		p->corners[i][0] += by_deg;
}

/* false when the ring does not come back to where it began: it runs round a pole */
static bool unroll_ring(struct polygons *p, const struct ring *r)
{
	double(*c)[2] = p->corners + r->first;
	double *last = c[r->count - 1];

	for (size_t i = 1; i < r->count; i++) {
		double step = c[i][0] - c[i - 1][0];

		if (fabs(step) > 180.0)
			c[i][0] -= 360.0 * round(step / 360.0);
	}
	if (fabs(last[0] - c[0][0]) > 1.0)
		return false;
	last[0] = c[0][0];
	return true;
}

/* moves a hole by whole turns to where its outer ring is; one that fits nowhere stays */
static void align_hole(struct polygons *p, const struct lonlat_box *outer, size_t ring)
{
	struct lonlat_box hole = polygons_ring_box(p, ring);

	for (int turns = -3; turns <= 3; turns++) {
		double by = 360.0 * turns;

		if (hole.west + by >= outer->west && hole.east + by <= outer->east) {
			shift_ring(p, &p->rings[ring], by);
			return;
		}
	}
}

static enum status check_outer(const struct lonlat_box *box, struct diag *why)
{
	if (box->south <= -90.0 || box->north >= 90.0)
		return diag_set(why, ST_USAGE,
		                "a corner at a pole; expected an area without poles");
	if (box->east - box->west > 180.0)
		return diag_set(
		    why, ST_USAGE,
		    "more than 180 degrees of longitude; expected less than a hemisphere");
	return ST_OK;
}

enum status polygons_unroll(struct polygons *p, size_t outer, struct diag *why)
{
	struct lonlat_box box;
	enum status status;
	double home;

	for (size_t i = outer; i < p->ring_count; i++) {
		if (!unroll_ring(p, &p->rings[i]))
			return diag_set(
			    why, ST_USAGE,
			    "ring %zu runs round a pole; expected an area without poles",
			    i - outer + 1);
	}
	box = polygons_ring_box(p, outer);
	status = check_outer(&box, why);
	if (status)
		return status;
	for (size_t i = outer + 1; i < p->ring_count; i++)
		align_hole(p, &box, i);
	home = -360.0 * floor((box.west + 180.0) / 360.0);
	for (size_t i = outer; i < p->ring_count; i++)
		shift_ring(p, &p->rings[i], home);
	return ST_OK;
}

/*
 * Part of the sphere under a ring, sign by its sense: the strip between an edge and the equator is
 * dlon times the mean sine of its latitudes, exact for meridians and parallels.
 */
static double ring_fraction(const struct polygons *p, const struct ring *r)
{
	double sum = 0.0;

	for (size_t i = r->first + 1; i < r->first + r->count; i++) {
		const double *a = p->corners[i - 1];
		const double *b = p->corners[i];

		sum += (b[0] - a[0]) / 360.0 * (sin(a[1] * DEG) + sin(b[1] * DEG)) / 4.0;
	}
	return fabs(sum);
}

double polygons_fraction(const struct polygons *p)
{
	double sum = 0.0;

	for (size_t i = 0; i < p->ring_count; i++) {
		double part = ring_fraction(p, &p->rings[i]);

		sum += p->rings[i].hole ? -part : part;
	}
	return sum;
}

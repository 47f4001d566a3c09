/*
 * How zones are painted: every edge of an area, cut short, paints the cells near it; then the cells
 * inside are filled. A cell first holds the number of its area plus one, in the end that of its
 * zone.
 */
#include "geo/zone.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"
#include "geo/area_set.h"
#include "geo/sphere.h"

static const double CELL_DEG = 0.25;
static const double PIECE_DEG = 1.0;
/* corners closer together than this are taken as one stroke (a coast may have 100,000 of them) */
static const double STROKE_DEG = 0.02;
/*
 * How far a piece of 1 degree may lie off its chord, in radians: the chord is L^2 / 8 = 3.8e-5
 * below the sphere, and an edge straight in longitude and latitude leaves the great circle by up to
 * L^2 sin(lat) cos(lat) / 8 = 1.9e-5.
 */
static const double PIECE_SLACK_RAD = 6e-5;

struct canvas {
	struct zones *zones;
	uint8_t
	    parent[AREAS_MAX + 1]; /* union-find: the smallest owner of the same zone is the root */
	double row_sin[ZONE_ROWS]; /* of the cells' centres */
	double row_cos[ZONE_ROWS];
	double col_sin[ZONE_COLS];
	double col_cos[ZONE_COLS];
	double half_diagonal_rad[ZONE_ROWS];
	int row_low; /* painted rows */
	int row_high;
};

static double row_lat(int row)
{
	return (row + 0.5) * CELL_DEG - 90.0;
}

static double col_lon(int col)
{
	return (col + 0.5) * CELL_DEG - 180.0;
}

/* from a cell's centre to its farthest corners, those toward the equator */
static double half_diagonal(int row)
{
	double lat = row_lat(row);
	struct vec centre = sphere_unit(lat, 0.0);
	struct vec corner = sphere_unit(lat + (lat > 0 ? -CELL_DEG : CELL_DEG) / 2, CELL_DEG / 2);
	struct vec d = vec_sub(corner, centre);

	return sphere_angle(sqrt(vec_dot(d, d)));
}

static struct canvas *canvas_new(struct zones *zones)
{
	struct canvas *c = mem_new(1, sizeof *c);

	c->zones = zones;
	c->row_low = ZONE_ROWS;
	c->row_high = -1;
	for (unsigned i = 0; i <= AREAS_MAX; i++)
		c->parent[i] = (uint8_t)i;
	for (int row = 0; row < ZONE_ROWS; row++) {
		c->row_sin[row] = sin(row_lat(row) * DEG);
		c->row_cos[row] = cos(row_lat(row) * DEG);
		c->half_diagonal_rad[row] = half_diagonal(row);
	}
	for (int col = 0; col < ZONE_COLS; col++) {
		c->col_sin[col] = sin(col_lon(col) * DEG);
		c->col_cos[col] = cos(col_lon(col) * DEG);
	}
	return c;
}

static uint8_t root(const struct canvas *c, uint8_t owner)
{
	while (c->parent[owner] != owner)
		owner = c->parent[owner];
	return owner;
}

static void unite(struct canvas *c, uint8_t a, uint8_t b)
{
	uint8_t ra = root(c, a);
	uint8_t rb = root(c, b);

	if (ra < rb)
		c->parent[rb] = ra;
	else
		c->parent[ra] = rb;
}

/* an area's brush: who paints, and how far around */
struct brush {
	struct canvas *canvas;
	uint8_t owner;
	double margin_rad;
};

static bool needs_paint(const struct brush *b, int row, int col)
{
	uint8_t now = b->canvas->zones->cells[row][col];

	return !now || (now != b->owner && root(b->canvas, now) != root(b->canvas, b->owner));
}

static void paint(struct brush *b, int row, int col)
{
	uint8_t *cell = &b->canvas->zones->cells[row][col];

	if (*cell)
		unite(b->canvas, *cell, b->owner);
	else
		*cell = b->owner;
	if (row < b->canvas->row_low)
		b->canvas->row_low = row;
	if (row > b->canvas->row_high)
		b->canvas->row_high = row;
}

/* a short edge, and how far from it to paint before the cell's own size */
struct piece {
	struct vec a, b;
	struct lonlat_box box;
	double reach_rad;
};

static void paint_row(struct brush *b, const struct piece *p, int row, int col, int cols)
{
	const struct canvas *c = b->canvas;
	double chord = sphere_chord(p->reach_rad + c->half_diagonal_rad[row]) + PIECE_SLACK_RAD;

	for (; cols > 0; cols--, col = col + 1 == ZONE_COLS ? 0 : col + 1) {
		struct vec centre = {c->row_cos[row] * c->col_cos[col],
		                     c->row_cos[row] * c->col_sin[col], c->row_sin[row]};
		double t;

		if (needs_paint(b, row, col) &&
		    vec_to_segment(centre, p->a, p->b, &t) <= chord * chord)
			paint(b, row, col);
	}
}

/*
 * Half the width in longitude of a disk of radius r around latitude lat: asin(sin r / cos lat);
 * all longitudes when it takes in the pole.
 */
static double half_width_deg(double lat_deg, double radius_deg)
{
	if (lat_deg + radius_deg >= 89.9)
		return 180.0;
	return asin(fmin(1.0, sin(radius_deg * DEG) / cos(lat_deg * DEG))) / DEG;
}

static int clamp(double v, int low, int high)
{
	return v < low ? low : v > high ? high : (int)v;
}

static void paint_piece(struct brush *b, const struct piece *p)
{
	double radius = p->reach_rad / DEG + CELL_DEG; /* more than half a diagonal */
	double lat = fmax(fabs(p->box.south), fabs(p->box.north));
	double width = half_width_deg(lat, radius);
	double west = floor((p->box.west - width + 180.0) / CELL_DEG);
	double east = floor((p->box.east + width + 180.0) / CELL_DEG);
	int row = clamp(floor((p->box.south - radius + 90.0) / CELL_DEG), 0, ZONE_ROWS - 1);
	int last = clamp(floor((p->box.north + radius + 90.0) / CELL_DEG), 0, ZONE_ROWS - 1);
	int cols = clamp(east - west + 1, 1, ZONE_COLS);
	int col = (int)(west - ZONE_COLS * floor(west / ZONE_COLS));

	for (; row <= last; row++)
		paint_row(b, p, row, col, cols);
}

static struct piece piece_between(const double a[2], const double c[2], double reach_rad)
{
	return (struct piece){
	    sphere_unit(a[1], a[0]),
	    sphere_unit(c[1], c[0]),
	    {fmin(a[0], c[0]), fmin(a[1], c[1]), fmax(a[0], c[0]), fmax(a[1], c[1])},
	    reach_rad,
	};
}

/* an edge, cut into pieces short enough to be taken as straight */
static void paint_edge(struct brush *b, const double from[2], const double to[2], double slack_rad)
{
	double dlon = to[0] - from[0];
	double dlat = to[1] - from[1];
	int k = (int)fmax(1.0, ceil(hypot(dlon, dlat) / PIECE_DEG));

	for (int i = 0; i < k; i++) {
		double s = (double)i / k;
		double e = (double)(i + 1) / k;
		double start[2] = {from[0] + s * dlon, from[1] + s * dlat};
		double end[2] = {from[0] + e * dlon, from[1] + e * dlat};
		struct piece p =
		    piece_between(start, end, b->margin_rad + PIECE_SLACK_RAD + slack_rad);

		paint_piece(b, &p);
	}
}

static bool is_close(const double a[2], const double c[2])
{
	return fabs(a[0] - c[0]) <= STROKE_DEG && fabs(a[1] - c[1]) <= STROKE_DEG;
}

static void paint_ring(struct brush *b, const struct polygons *p, const struct ring *r)
{
	const double(*corner)[2] = (const double(*)[2])p->corners + r->first;
	size_t i = 0;

	while (i + 1 < r->count) {
		size_t j = i + 1;

		while (j + 1 < r->count && is_close(corner[i], corner[j + 1]))
			j++;
		/* what a stroke leaves out is no farther from its first corner than a square's
		 * diagonal */
		paint_edge(b, corner[i], corner[j], j > i + 1 ? STROKE_DEG * 1.5 * DEG : 0.0);
		i = j;
	}
}

static void fill_ring(struct brush *b, const struct area *area, size_t ring)
{
	struct lonlat_box box = polygons_ring_box(&area->polygons, ring);
	int last = clamp(floor((box.north + 90.0) / CELL_DEG), 0, ZONE_ROWS - 1);
	int west = (int)floor((box.west + 180.0) / CELL_DEG);
	int east = (int)floor((box.east + 180.0) / CELL_DEG);

	for (int row = clamp(floor((box.south + 90.0) / CELL_DEG), 0, ZONE_ROWS - 1); row <= last;
	     row++) {
		for (int i = west; i <= east; i++) {
			int col = i % ZONE_COLS;

			if (needs_paint(b, row, col) &&
			    shape_covers(area->shape, row_lat(row), col_lon(col)))
				paint(b, row, col);
		}
	}
}

static void paint_area(struct canvas *c, const struct area *area, uint8_t owner)
{
	/* the least radius, so that no distance on the ellipsoid is taken as more than it is */
	struct brush b = {c, owner, area->margin_nm / RADIUS_LEAST_NM};

	for (size_t i = 0; i < area->polygons.ring_count; i++) {
		const struct ring *ring = &area->polygons.rings[i];

		paint_ring(&b, &area->polygons, ring);
		if (!ring->hole)
			fill_ring(&b, area, i);
	}
}

/* zones that are neighbours, in a row, across the antimeridian or in the rows above, are one */
static void unite_neighbours(struct canvas *c)
{
	for (int row = c->row_low; row <= c->row_high; row++) {
		const uint8_t *here = c->zones->cells[row];
		const uint8_t *above = c->zones->cells[row + 1 < ZONE_ROWS ? row + 1 : row];

		for (int col = 0; col < ZONE_COLS; col++) {
			int east = col + 1 == ZONE_COLS ? 0 : col + 1;
			int west = col == 0 ? ZONE_COLS - 1 : col - 1;
			uint8_t around[] = {here[east], above[west], above[col], above[east]};

			for (size_t i = 0; here[col] && i < sizeof around; i++) {
				if (around[i] && around[i] != here[col])
					unite(c, here[col], around[i]);
			}
		}
	}
}

static void number_zones(struct canvas *c, size_t areas)
{
	uint8_t number[AREAS_MAX + 1] = {0};

	for (size_t i = 0; i < areas; i++) {
		uint8_t owner = (uint8_t)(i + 1);
		uint8_t first = root(c, owner);

		if (first == owner)
			number[owner] = ++c->zones->count;
		else
			number[owner] = number[first];
		c->zones->of_area[i] = number[owner];
	}
	for (int row = c->row_low; row <= c->row_high; row++) {
		for (int col = 0; col < ZONE_COLS; col++)
			c->zones->cells[row][col] = number[c->zones->cells[row][col]];
	}
}

static void bound_rows(struct zones *zones)
{
	for (int row = 0; row < ZONE_ROWS; row++) {
		for (int col = 0; col < ZONE_COLS; col++) {
			if (!zones->cells[row][col])
				continue;
			if (!zones->row_end[row])
				zones->row_first[row] = (uint16_t)col;
			zones->row_end[row] = (uint16_t)(col + 1);
		}
	}
}

struct zones *zones_new(const struct areas *areas)
{
	struct zones *zones = mem_new(1, sizeof *zones);
	struct canvas *c = canvas_new(zones);

	for (size_t i = 0; i < areas->count; i++)
		paint_area(c, &areas->items[i], (uint8_t)(i + 1));
	unite_neighbours(c);
	number_zones(c, areas->count);
	bound_rows(zones);
	free(c);
	return zones;
}

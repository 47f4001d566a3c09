#include "geo/nearest.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "geo/sphere.h"

/*
 * Pieces this long leave their chord by L^2 / 8R = 2 m at most, below it and to its side.
 * (0.08 degrees are 8.9 km.)
 */
static const double PIECE_DEG = 0.08;

enum { LEAF = 8, DEPTH_MAX = 48 };

struct piece {
	struct vec a, b; /* metres */
	double lonlat[4];
};

struct box {
	struct vec low, high;
};

struct node {
	struct box box;
	uint32_t first; /* a leaf's pieces */
	uint32_t count; /* 0: no leaf; the left child comes next */
	uint32_t right;
};

struct nearest {
	struct piece *pieces;
	size_t piece_count;
	size_t piece_cap;
	struct node *nodes;
	size_t node_count;
	size_t node_cap;
};

struct nearest *nearest_new(void)
{
	return mem_new(1, sizeof(struct nearest));
}

void nearest_free(struct nearest *nearest)
{
	if (!nearest)
		return;
	free(nearest->pieces);
	free(nearest->nodes);
	free(nearest);
}

static void add_piece(struct nearest *n, const double lonlat[4])
{
	struct piece *piece;

	n->pieces = mem_grow(n->pieces, &n->piece_cap, n->piece_count + 1, 1024, sizeof *n->pieces);
	piece = &n->pieces[n->piece_count++];
	memcpy(piece->lonlat, lonlat, sizeof piece->lonlat);
	piece->a = ellipsoid_point(lonlat[1], lonlat[0]);
	piece->b = ellipsoid_point(lonlat[3], lonlat[2]);
}

void nearest_add(struct nearest *nearest, const double a_lonlat[2], const double b_lonlat[2])
{
	double dlon = b_lonlat[0] - a_lonlat[0];
	double dlat = b_lonlat[1] - a_lonlat[1];
	size_t k = (size_t)fmax(1.0, ceil(hypot(dlon, dlat) / PIECE_DEG));

	for (size_t i = 0; i < k; i++) {
		double from = (double)i / (double)k;
		double to = (double)(i + 1) / (double)k;

		add_piece(nearest, (double[4]){a_lonlat[0] + from * dlon, a_lonlat[1] + from * dlat,
		                               a_lonlat[0] + to * dlon, a_lonlat[1] + to * dlat});
	}
}

static void box_take(struct box *box, struct vec v)
{
	box->low =
	    (struct vec){fmin(box->low.x, v.x), fmin(box->low.y, v.y), fmin(box->low.z, v.z)};
	box->high =
	    (struct vec){fmax(box->high.x, v.x), fmax(box->high.y, v.y), fmax(box->high.z, v.z)};
}

static const struct box NOTHING = {{INFINITY, INFINITY, INFINITY},
                                   {-INFINITY, -INFINITY, -INFINITY}};

/* twice the middle of a piece */
static struct vec middle2(const struct piece *p)
{
	return vec_along(p->a, 1.0, p->b);
}

/* the axis along which the middles are spread most */
static struct vec widest(const struct box *middles, double *halfway)
{
	struct vec size = vec_sub(middles->high, middles->low);
	struct vec axis = {0, 0, 1};

	if (size.x >= size.y && size.x >= size.z)
		axis = (struct vec){1, 0, 0};
	else if (size.y >= size.z)
		axis = (struct vec){0, 1, 0};
	*halfway = vec_dot(vec_along(middles->low, 1.0, middles->high), axis) / 2.0;
	return axis;
}

/* moves the pieces of the lower half of the widest axis to the front; returns how many */
static size_t partition(struct piece *pieces, size_t n)
{
	struct box middles = NOTHING;
	struct vec axis;
	double halfway;
	size_t low = 0;

	for (size_t i = 0; i < n; i++)
		box_take(&middles, middle2(&pieces[i]));
	axis = widest(&middles, &halfway);
	for (size_t i = 0; i < n; i++) {
		struct piece swap = pieces[i];

		if (vec_dot(middle2(&swap), axis) >= halfway)
			continue;
		pieces[i] = pieces[low];
		pieces[low++] = swap;
	}
	return low;
}

static uint32_t build(struct nearest *n, size_t first, size_t count, int depth)
{
	uint32_t at = (uint32_t)n->node_count++;
	struct node node = {NOTHING, (uint32_t)first, (uint32_t)count, 0};
	size_t low = 0;

	n->nodes = mem_grow(n->nodes, &n->node_cap, n->node_count, 256, sizeof *n->nodes);
	for (size_t i = first; i < first + count; i++) {
		box_take(&node.box, n->pieces[i].a);
		box_take(&node.box, n->pieces[i].b);
	}
	if (count > LEAF && depth < DEPTH_MAX)
		low = partition(n->pieces + first, count);
	if (low > 0 && low < count) {
		node.count = 0;
		build(n, first, low, depth + 1);
		node.right = build(n, first + low, count - low, depth + 1);
	}
	n->nodes[at] = node;
	return at;
}

void nearest_build(struct nearest *nearest)
{
	nearest->node_count = 0;
	if (nearest->piece_count)
		build(nearest, 0, nearest->piece_count, 0);
}

static double outside(double low, double high, double at)
{
	return at < low ? low - at : at > high ? at - high : 0.0;
}

static double to_box(const struct box *box, struct vec p)
{
	struct vec d = {outside(box->low.x, box->high.x, p.x),
	                outside(box->low.y, box->high.y, p.y),
	                outside(box->low.z, box->high.z, p.z)};

	return vec_dot(d, d);
}

struct found {
	double distance2;
	const struct piece *piece;
	double t;
};

static void search_leaf(const struct nearest *n, const struct node *leaf, struct vec p,
                        struct found *best)
{
	for (uint32_t i = leaf->first; i < leaf->first + leaf->count; i++) {
		double t;
		double d2 = vec_to_segment(p, n->pieces[i].a, n->pieces[i].b, &t);

		if (d2 < best->distance2)
			*best = (struct found){d2, &n->pieces[i], t};
	}
}

/* every step down leaves one sibling to be looked at later, so the stack is as deep as the tree */
static void search(const struct nearest *n, struct vec p, struct found *best)
{
	uint32_t stack[DEPTH_MAX + 2] = {0};
	size_t top = 1;

	while (top) {
		uint32_t at = stack[--top];
		const struct node *node = &n->nodes[at];
		bool right_first;

		if (to_box(&node->box, p) >= best->distance2)
			continue;
		if (node->count) {
			search_leaf(n, node, p, best);
			continue;
		}
		right_first =
		    to_box(&n->nodes[node->right].box, p) < to_box(&n->nodes[at + 1].box, p);
		stack[top++] = right_first ? at + 1 : node->right;
		stack[top++] = right_first ? node->right : at + 1;
	}
}

bool nearest_find(const struct nearest *nearest, double lat_deg, double lon_deg,
                  double *near_lat_deg, double *near_lon_deg)
{
	struct found best = {INFINITY, NULL, 0.0};
	const double *c;

	if (nearest->node_count)
		search(nearest, ellipsoid_point(lat_deg, lon_deg), &best);
	if (!best.piece)
		return false;
	c = best.piece->lonlat;
	*near_lon_deg = c[0] + best.t * (c[2] - c[0]);
	*near_lat_deg = c[1] + best.t * (c[3] - c[1]);
	return true;
}

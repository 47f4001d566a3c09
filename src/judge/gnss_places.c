#include "judge/gnss_places.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

/*
 * Distances here are on a sphere of the earth's mean radius: at most 0.6 % off, where the radii are
 * round numbers anyway.
 */
static const double RADIUS_NM = 3440.07;

void places_free(struct places *places)
{
	free(places->at);
	*places = (struct places){0};
}

void places_add(struct places *places, const struct place *place)
{
	places->at = mem_grow(places->at, &places->cap, places->count + 1, 64, sizeof *places->at);
	places->at[places->count++] = *place;
}

static int order(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int order_deg(double a, double b)
{
	return (a > b) - (a < b);
}

/* hour, row, longitude: what is searched by */
static int by_stretch(const struct place *x, int64_t hour, int32_t row, double lon_deg)
{
	if (x->hour != hour)
		return order(x->hour, hour);
	if (x->row != row)
		return order(x->row, row);
	return order_deg(x->lon_deg, lon_deg);
}

static int by_place(const void *a, const void *b)
{
	const struct place *x = a;
	const struct place *y = b;
	int c = by_stretch(x, y->hour, y->row, y->lon_deg);

	if (c)
		return c;
	if ((c = order_deg(x->lat_deg, y->lat_deg)))
		return c;
	if ((c = order(x->mmsi, y->mmsi)))
		return c;
	if ((c = order_deg(x->from_lat_deg, y->from_lat_deg)))
		return c;
	return order_deg(x->from_lon_deg, y->from_lon_deg);
}

static double reach_rad(const struct places *places)
{
	return places->radius_nm / RADIUS_NM;
}

static int32_t row_at(const struct places *places, double lat_deg)
{
	return (int32_t)floor((lat_deg + 90.0) * DEG / reach_rad(places));
}

void places_sort(struct places *places, double radius_nm)
{
	places->radius_nm = radius_nm;
	for (size_t i = 0; i < places->count; i++) {
		struct place *place = &places->at[i];

		place->unit = sphere_unit(place->lat_deg, place->lon_deg);
		place->row = row_at(places, place->lat_deg);
		place->core = false;
	}
	if (places->count)
		qsort(places->at, places->count, sizeof *places->at, by_place);
}

/* the first place that is not before this one */
static size_t lower(const struct places *places, int64_t hour, int32_t row, double lon_deg)
{
	size_t low = 0;
	size_t high = places->count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (by_stretch(&places->at[mid], hour, row, lon_deg) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

struct question {
	const struct places *places;
	int64_t hour;
	struct vec unit;
	double reach_deg; /* by how much longitude the radius reaches */
	double chord2;    /* the square of the chord under which the radius is seen */
	place_seen *seen;
	void *context;
};

/* false: stopped */
static bool show(const struct question *q, struct place *place)
{
	struct vec d = vec_sub(place->unit, q->unit);

	return vec_dot(d, d) > q->chord2 || q->seen(q->context, place);
}

/*
 * From the longitude outwards to both sides: where places crowd, what is near is seen before what
 * is only in the same stretch, and who looks for a few is soon done.
 */
static bool look_in_row(const struct question *q, int32_t row, double lon_deg)
{
	const struct places *places = q->places;
	size_t up = lower(places, q->hour, row, lon_deg);
	size_t down = up;
	bool above = true;
	bool below = true;

	while (above || below) {
		above = above && up < places->count &&
		        by_stretch(&places->at[up], q->hour, row, lon_deg + q->reach_deg) <= 0;
		if (above && !show(q, &places->at[up++]))
			return false;
		below =
		    below && down > 0 &&
		    by_stretch(&places->at[down - 1], q->hour, row, lon_deg - q->reach_deg) >= 0;
		if (below && !show(q, &places->at[--down]))
			return false;
	}
	return true;
}

/* by how many degrees of longitude the radius reaches; 180 where it takes in a pole */
static double reach_of_lon(const struct places *places, double lat_deg)
{
	double sine = sin(reach_rad(places)) / cos(lat_deg * DEG);

	if (fabs(lat_deg) * DEG + reach_rad(places) >= 90.0 * DEG || !(sine < 1.0))
		return 180.0;
	return asin(sine) / DEG + 1e-9;
}

bool places_near(const struct places *places, int64_t hour, double lat_deg, double lon_deg,
                 place_seen *seen, void *context)
{
	static const int ROWS[] = {0, -1, 1}; /* its own first, where what is near is likely */
	struct question q = {.places = places, .hour = hour, .seen = seen, .context = context};
	double lon = lon_normal(lon_deg);
	double chord;
	int32_t row;

	if (!places->count)
		return true;
	row = row_at(places, lat_deg);
	chord = sphere_chord(reach_rad(places));
	q.reach_deg = reach_of_lon(places, lat_deg);
	q.unit = sphere_unit(lat_deg, lon);
	q.chord2 = chord * chord;
	for (size_t i = 0; i < 3; i++) {
		/* the stretch goes round the earth */
		if (!look_in_row(&q, row + ROWS[i], lon) ||
		    (lon - q.reach_deg < -180.0 && !look_in_row(&q, row + ROWS[i], lon + 360.0)) ||
		    (lon + q.reach_deg >= 180.0 && !look_in_row(&q, row + ROWS[i], lon - 360.0)))
			return false;
	}
	return true;
}

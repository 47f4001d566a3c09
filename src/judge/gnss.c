#include "judge/gnss.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/utc.h"
#include "judge/gnss_jumps.h"
#include "judge/gnss_places.h"

static const double SPOT_NM = 2.0;   /* a false position, or a ring of them */
static const double REACH_NM = 20.0; /* what one transmitter disturbs, at least */

enum {
	OTHERS = 2,         /* that did the same: three in all */
	STEPS_PER_DEG = 60, /* marks are rounded to a mile, so that a thousand jumps are a few */
};

/* where and when positions are false */
struct gnss {
	struct places marks;
};

struct company {
	int64_t mmsi;
	int64_t other;
	int others; /* different ones, up to OTHERS */
};

static bool count_other(void *context, struct place *place)
{
	struct company *c = context;

	if (place->mmsi == c->mmsi || (c->others && place->mmsi == c->other))
		return true;
	c->other = place->mmsi;
	return ++c->others < OTHERS;
}

static bool is_not_core(void *context, struct place *place)
{
	(void)context;
	return !place->core;
}

static double rounded(double deg)
{
	return round(deg * STEPS_PER_DEG) / STEPS_PER_DEG;
}

static void add_mark(struct gnss *gnss, int64_t hour, double lat_deg, double lon_deg)
{
	places_add(&gnss->marks, &(struct place){
	                             .hour = hour,
	                             .lat_deg = rounded(lat_deg),
	                             .lon_deg = lon_normal(rounded(lon_deg)),
	                         });
}

/*
 * Marks the members of all clusters: places with two others' within the radius (cores), and those
 * that have a core in it. Cores are soon found where places are many, and where there are none
 * places are few: no place looks at more than some hundred others.
 */
static void mark_clusters(struct gnss *gnss, struct places *places, double radius_nm)
{
	places_sort(places, radius_nm);
	for (size_t i = 0; i < places->count; i++) {
		struct place *p = &places->at[i];
		struct company company = {.mmsi = p->mmsi};

		p->core =
		    !places_near(places, p->hour, p->lat_deg, p->lon_deg, count_other, &company);
	}
	for (size_t i = 0; i < places->count; i++) {
		const struct place *p = &places->at[i];

		if (!p->core &&
		    places_near(places, p->hour, p->lat_deg, p->lon_deg, is_not_core, NULL))
			continue;
		add_mark(gnss, p->hour, p->lat_deg, p->lon_deg);
		add_mark(gnss, p->hour, p->from_lat_deg, p->from_lon_deg);
	}
}

static void keep_on_land(struct places *jumps, struct coast *coast)
{
	size_t kept = 0;

	for (size_t i = 0; i < jumps->count; i++) {
		const struct place *p = &jumps->at[i];

		if (coast_distance_nm(coast, p->lat_deg, p->lon_deg) <= 0.0)
			jumps->at[kept++] = *p;
	}
	jumps->count = kept;
}

static bool same_mark(const struct place *a, const struct place *b)
{
	return a->hour == b->hour && !(a->lat_deg < b->lat_deg) && !(a->lat_deg > b->lat_deg) &&
	       !(a->lon_deg < b->lon_deg) && !(a->lon_deg > b->lon_deg);
}

static void sort_marks(struct places *marks)
{
	size_t kept = 0;

	places_sort(marks, REACH_NM);
	for (size_t i = 0; i < marks->count; i++) {
		if (!kept || !same_mark(&marks->at[kept - 1], &marks->at[i]))
			marks->at[kept++] = marks->at[i];
	}
	marks->count = kept;
}

static void keep_since(struct places *places, int64_t first)
{
	size_t kept = 0;

	for (size_t i = 0; i < places->count; i++) {
		if (places->at[i].hour >= first)
			places->at[kept++] = places->at[i];
	}
	places->count = kept;
}

struct gnss *gnss_find(const struct fleet *fleet, struct coast *coast)
{
	return gnss_since(fleet, coast, 0);
}

struct gnss *gnss_since(const struct fleet *fleet, struct coast *coast, int64_t since_ms)
{
	/* positions are false for an hour round each */
	int64_t first = utc_floor_div(since_ms, HOUR_MS) - 1;
	struct gnss *gnss = mem_new(1, sizeof *gnss);
	struct places jumps = {0};
	struct places dark = {0};

	jumps_find(fleet, first, &jumps, &dark);
	keep_since(&jumps, first);
	keep_since(&dark, first);
	mark_clusters(gnss, &jumps, SPOT_NM);
	keep_on_land(&jumps, coast);
	mark_clusters(gnss, &jumps, REACH_NM);
	mark_clusters(gnss, &dark, REACH_NM);
	sort_marks(&gnss->marks);
	places_free(&jumps);
	places_free(&dark);
	return gnss;
}

void gnss_free(struct gnss *gnss)
{
	if (!gnss)
		return;
	places_free(&gnss->marks);
	free(gnss);
}

static bool is_none(void *context, struct place *place)
{
	(void)context;
	(void)place;
	return false;
}

bool gnss_at(const struct gnss *gnss, int64_t t_ms, double lat_deg, double lon_deg)
{
	int64_t hour = utc_floor_div(t_ms, HOUR_MS);

	for (int64_t h = hour - 1; h <= hour + 1; h++) {
		if (!places_near(&gnss->marks, h, lat_deg, lon_deg, is_none, NULL))
			return true;
	}
	return false;
}

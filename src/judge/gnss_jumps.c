#include "judge/gnss_jumps.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/utc.h"
#include "geo/geodesic.h"

static const double MOST_KN = 60.0; /* more than any ship makes */
static const double SLACK_NM = 5.0;

/*
 * Nautical miles in a degree, of latitude at the poles, where it is longest: with this, the sum of
 * the differences in latitude and longitude is never less than the distance.
 */
static const double DEGREE_NM = 60.4;

enum {
	JUMP_HOURS = 3,   /* between heard hours; longer and the ship may have been anywhere */
	SHARED_HOURS = 3, /* of a day, with jumps: more are two ships */
	SHARED_SHARE = 3, /* and more than one in so many of the heard hours */
	SOUND_HOURS = 24, /* that a set must have worked before it fails */
	DAY_HOURS = 24,
	/* that bear on an hour: it may go on failing from 24 h before, and worked in those before
	   that */
	HOURS_BEFORE = 2 * SOUND_HOURS + 1,
	E7 = 10000000,
};

/* one heard hour of one of the vessel's tracks */
struct heard {
	int64_t hour;
	const struct presence_hour *cell;
};

/* a vessel's heard hours over all zones, in the order of time; used again for the next vessel */
struct hearing {
	struct heard *at;
	size_t count;
	size_t cap;
};

static int order(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int by_time(const void *a, const void *b)
{
	const struct heard *x = a;
	const struct heard *y = b;

	if (x->hour != y->hour)
		return order(x->hour, y->hour);
	if (x->cell->first_ms != y->cell->first_ms)
		return order(x->cell->first_ms, y->cell->first_ms);
	/* no two zones hold the same position */
	if (x->cell->first_lat_e7 != y->cell->first_lat_e7)
		return order(x->cell->first_lat_e7, y->cell->first_lat_e7);
	return order(x->cell->first_lon_e7, y->cell->first_lon_e7);
}

static void hear_track(struct hearing *h, const struct presence *presence, int64_t first)
{
	h->at = mem_grow(h->at, &h->cap, h->count + (size_t)presence->count * BLOCK_HOURS, 64,
	                 sizeof *h->at);
	for (uint32_t i = presence_from(presence, first); i < presence->count; i++) {
		int64_t hour = (int64_t)presence->at[i].index * BLOCK_HOURS;

		for (int k = 0; k < BLOCK_HOURS; k++) {
			const struct presence_hour *cell = &presence->at[i].block->hours[k];

			if (cell->satellite_minutes | cell->other_minutes)
				h->at[h->count++] = (struct heard){hour + k, cell};
		}
	}
}

static void hear(struct hearing *h, const struct shard *shard, const struct vessel *vessel,
                 int64_t first)
{
	int tracks = 0;

	h->count = 0;
	for (uint32_t i = vessel->track; i != FLEET_NONE; i = shard->tracks[i].next) {
		tracks += shard->tracks[i].presence.count > 0;
		hear_track(h, &shard->tracks[i].presence, first);
	}
	if (tracks > 1)
		qsort(h->at, h->count, sizeof *h->at, by_time);
}

static double lat_of(const struct presence_hour *cell)
{
	return (double)cell->first_lat_e7 / E7;
}

static double lon_of(const struct presence_hour *cell)
{
	return (double)cell->first_lon_e7 / E7;
}

static double allowed_nm(const struct heard *a, const struct heard *b)
{
	int64_t ms = (b->hour - a->hour) * HOUR_MS + b->cell->first_ms - a->cell->first_ms;

	return MOST_KN * (double)ms / (double)HOUR_MS + SLACK_NM;
}

/* the cheap test first: nearly all hours end with it */
static bool is_jump(const struct heard *a, const struct heard *b)
{
	double most_nm = allowed_nm(a, b);
	double d_lat = fabs(lat_of(b->cell) - lat_of(a->cell));
	double d_lon = fabs(lon_of(b->cell) - lon_of(a->cell));

	if (d_lon > 180.0)
		d_lon = 360.0 - d_lon;
	if ((d_lat + d_lon) * DEGREE_NM <= most_nm || b->hour - a->hour > JUMP_HOURS)
		return false;
	return geo_distance_nm(lat_of(a->cell), lon_of(a->cell), lat_of(b->cell), lon_of(b->cell)) >
	       most_nm;
}

/* a box in degrees, of the middles of its outermost cells; lon_min + 180 W or Greenwich */
struct box {
	double south, north, west, east;
};

static double box_deg(unsigned steps, double from_deg)
{
	return (steps + 0.5) / BOX_STEPS_PER_DEG + from_deg;
}

static struct box box_of(const struct presence_box *b)
{
	bool greenwich = b->east_max - b->east_min < b->lon_max - b->lon_min;

	return (struct box){
	    box_deg(b->lat_min, -90.0),
	    fmin(box_deg(b->lat_max, -90.0), 90.0),
	    greenwich ? box_deg(b->east_min, 0.0) : box_deg(b->lon_min, -180.0),
	    greenwich ? box_deg(b->east_max, 0.0) : box_deg(b->lon_max, -180.0),
	};
}

/* wider than a ship gets in an hour: then *corner is the one opposite to the first position */
static bool jumps_within(const struct presence_hour *cell, double *lat_deg, double *lon_deg)
{
	const double most_nm = MOST_KN + SLACK_NM;
	struct box box = box_of(&cell->box);
	double lon = lon_of(cell);

	if ((box.north - box.south + box.east - box.west) * DEGREE_NM <= most_nm ||
	    !(geo_distance_nm(box.south, box.west, box.north, box.east) > most_nm))
		return false;
	if (lon < box.west - 1.0) /* the box counts on beyond 180 */
		lon += 360.0;
	*lat_deg = lat_of(cell) - box.south > box.north - lat_of(cell) ? box.south : box.north;
	*lon_deg = lon_normal(lon - box.west > box.east - lon ? box.west : box.east);
	return true;
}

static void add_jump(struct places *jumps, int64_t mmsi, const struct heard *to, double lat_deg,
                     double lon_deg, const struct presence_hour *from)
{
	places_add(jumps, &(struct place){
	                      .hour = to->hour,
	                      .mmsi = mmsi,
	                      .lat_deg = lat_deg,
	                      .lon_deg = lon_normal(lon_deg),
	                      .from_lat_deg = lat_of(from),
	                      .from_lon_deg = lon_of(from),
	                  });
}

static void find_jumps(const struct hearing *h, int64_t mmsi, struct places *jumps)
{
	for (size_t i = 0; i < h->count; i++) {
		const struct heard *now = &h->at[i];
		double lat;
		double lon;

		if (i && is_jump(now - 1, now))
			add_jump(jumps, mmsi, now, lat_of(now->cell), lon_of(now->cell),
			         now[-1].cell);
		if (jumps_within(now->cell, &lat, &lon))
			add_jump(jumps, mmsi, now, lat, lon, now->cell);
	}
}

/* different hours in which the vessel was heard, of the day that ends with the i-th */
static int heard_hours(const struct hearing *h, size_t i)
{
	int64_t hour = h->at[i].hour;
	int count = 1;

	for (; i > 0 && h->at[i - 1].hour > hour - DAY_HOURS; i--)
		count += h->at[i - 1].hour != h->at[i].hour;
	return count;
}

/* likewise, of those in which it jumped */
static int jump_hours(const struct places *jumps, size_t first, size_t i)
{
	int64_t hour = jumps->at[i].hour;
	int count = 1;

	for (; i > first && jumps->at[i - 1].hour > hour - DAY_HOURS; i--)
		count += jumps->at[i - 1].hour != jumps->at[i].hour;
	return count;
}

/* the last of the hours heard up to this one, from *at on */
static size_t heard_at(const struct hearing *h, int64_t hour, size_t *at)
{
	while (*at + 1 < h->count && h->at[*at + 1].hour <= hour)
		(*at)++;
	return *at;
}

/* takes out, of the vessel's jumps from `first` on, those at which it is no witness: of the day
 * before, so that what comes later changes nothing */
static void drop_shared(const struct hearing *h, struct places *jumps, size_t first)
{
	size_t count = jumps->count - first;
	bool *shared = mem_new(count, sizeof *shared);
	size_t at = 0;
	size_t kept = first;

	for (size_t i = 0; i < count; i++) {
		int hours = jump_hours(jumps, first, first + i);

		shared[i] = hours > SHARED_HOURS &&
		            hours * SHARED_SHARE >
		                heard_hours(h, heard_at(h, jumps->at[first + i].hour, &at));
	}
	for (size_t i = 0; i < count; i++) {
		if (!shared[i])
			jumps->at[kept++] = jumps->at[first + i];
	}
	jumps->count = kept;
	free(shared);
}

/* a set's health on the way through its hours; HOUR_NONE is never */
struct health {
	int64_t sound_at; /* the last hour without HEARD_NO_GNSS */
	int64_t dark_at;  /* the last one with it */
	int64_t failed;   /* when it began to fail, as long as it goes on */
};

static bool has_failed(struct health *health, int64_t hour, bool dark)
{
	if (!dark) {
		health->sound_at = hour;
		health->failed = HOUR_NONE;
		return false;
	}
	if (health->failed == HOUR_NONE && health->sound_at >= hour - SOUND_HOURS &&
	    health->dark_at < hour - SOUND_HOURS)
		health->failed = hour;
	health->dark_at = hour;
	return health->failed != HOUR_NONE && hour - health->failed <= SOUND_HOURS;
}

static void find_dark(const struct hearing *h, int64_t mmsi, struct places *dark)
{
	struct health health = {HOUR_NONE, HOUR_NONE, HOUR_NONE};
	size_t end;

	for (size_t i = 0; i < h->count; i = end) {
		const struct heard *shown = NULL; /* the hour's first position that says so */

		for (end = i; end < h->count && h->at[end].hour == h->at[i].hour; end++) {
			if (!shown && h->at[end].cell->flags & HEARD_NO_GNSS)
				shown = &h->at[end];
		}
		if (has_failed(&health, h->at[i].hour, shown != NULL))
			add_jump(dark, mmsi, shown, lat_of(shown->cell), lon_of(shown->cell),
			         shown->cell);
	}
}

void jumps_find(const struct fleet *fleet, int64_t first_hour, struct places *jumps,
                struct places *dark)
{
	struct hearing h = {0};

	for (int s = 0; s < FLEET_SHARDS; s++) {
		const struct shard *shard = &fleet->shards[s];

		for (size_t v = 0; v < shard->vessel_count; v++) {
			size_t first = jumps->count;

			hear(&h, shard, &shard->vessels[v], first_hour - HOURS_BEFORE);
			find_jumps(&h, shard->vessels[v].mmsi, jumps);
			drop_shared(&h, jumps, first);
			find_dark(&h, shard->vessels[v].mmsi, dark);
		}
	}
	free(h.at);
}

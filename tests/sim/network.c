/* The stations of a run, the times when they fail, and what that means for a silence. */
#include <string.h>

#include "calendar.h"
#include "reception.h"

enum { SALT_WINDOWS = 14, SALT_GONE = 15, SALT_LAYOUT = 16, MOVED_M = 25000 };

/* metres of radio horizon of an antenna: 4120 sqrt(h) */
static int64_t horizon_of(int64_t height_m)
{
	return 4120 * (int64_t)isqrt((uint64_t)height_m * 10000) / 100;
}

static int64_t range_for(int64_t height_m, enum transponder kind)
{
	static const int32_t antenna_m[] = {
	    [CLASS_A] = 25,      [CLASS_B_SO] = 4, [CLASS_B_CS] = 4,
	    [BASE_STATION] = 60, [AID] = 9,        [SAR_AIRCRAFT] = 500,
	};
	int64_t range = horizon_of(height_m) + horizon_of(antenna_m[kind]);

	return kind == CLASS_B_SO || kind == CLASS_B_CS ? range * 63 / 100 : range;
}

static void draw_windows(struct network *n, struct rng *r, int64_t count, int station_too,
                         const struct options *o, int64_t end_ms)
{
	const struct span_opt *h = station_too ? &o->outage_h : &o->hole_h;
	struct window *w;
	int64_t span = end_ms - o->start_ms;
	int64_t i;

	for (i = 0; i < count && (n->count > 0 || !station_too); i++) {
		w = &n->windows[n->window_count++];
		w->from = o->start_ms + span / 20 + rng_range(r, 0, span * 8 / 10);
		w->to = w->from + rng_range(r, h->lo, h->hi) * (HOUR_MS / 1000) / 1000;
		w->station = station_too ? (int)rng_range(r, 0, n->count - 1) : -1;
	}
}

/* the table's station, or in another layout one like it not far away */
static void add_station(struct network *n, const struct options *o, int i)
{
	struct rng r = rng_stream((uint64_t)o->station_layout, (uint64_t)i, SALT_LAYOUT);
	struct place p = place_of_mdeg(stations[i].lat_mdeg, stations[i].lon_mdeg);
	int64_t height_m = stations[i].height_m;
	int64_t angle;
	int64_t far_m;
	int kind;

	if (o->station_layout > 0) {
		angle = rng_range(&r, 0, FULL_CIRCLE - 1);
		far_m = rng_range(&r, 0, MOVED_M);
		p = place_moved(p, far_m * (cos_q30(angle) >> 10) >> 20,
		                far_m * (sin_q30(angle) >> 10) >> 20);
		height_m = height_m * rng_range(&r, 600, 1500) / 1000;
	}
	n->at[n->count] = p;
	n->number[n->count] = n->count;
	for (kind = 0; kind < TRANSPONDERS; kind++)
		n->range_m[n->count][kind] = range_for(height_m, (enum transponder)kind);
	n->count++;
}

static bool goes_before(uint64_t seed, int a, int b)
{
	uint64_t x = rng_hash(seed, (uint64_t)a, SALT_GONE);
	uint64_t y = rng_hash(seed, (uint64_t)b, SALT_GONE);

	return x != y ? x < y : a < b;
}

/* takes out the given share, in hundred millionths, to the nearest whole station */
static void remove_stations(struct network *n, int64_t share)
{
	int64_t gone = (n->count * share + 50000000) / 100000000;
	int kept = 0;
	int before;
	int i;
	int k;

	for (i = 0; i < n->count; i++) {
		before = 0;
		for (k = 0; k < n->count; k++)
			before += goes_before(n->seed, k, i);
		if (before < gone)
			continue;
		n->at[kept] = n->at[i];
		memcpy(n->range_m[kept], n->range_m[i], sizeof(n->range_m[i]));
		n->number[kept++] = i;
	}
	n->count = kept;
}

void network_make(struct network *n, const struct options *o, int64_t end_ms)
{
	struct rng r = rng_stream((uint64_t)o->seed, 0, SALT_WINDOWS);
	int i;

	n->seed = (uint64_t)o->seed;
	n->satellites = o->satellites;
	n->density = o->density;
	n->shadows = o->shadows;
	n->rush = o->rush;
	n->count = 0;
	n->window_count = 0;
	for (i = 0; i < station_count && n->count < MAX_STATIONS; i++)
		if (stations[i].level <= o->stations)
			add_station(n, o, i);
	remove_stations(n, o->stations_gone);
	draw_windows(n, &r, o->outages, 1, o, end_ms);
	draw_windows(n, &r, o->holes, 0, o, end_ms);
}

int64_t hole_end(const struct network *n, int64_t t)
{
	int i;

	for (i = 0; i < n->window_count; i++)
		if (n->windows[i].station < 0 && n->windows[i].from <= t && t < n->windows[i].to)
			return n->windows[i].to;
	return 0;
}

int64_t hole_percent(const struct network *n, int64_t from, int64_t to)
{
	int64_t longest = 0;
	int64_t a;
	int64_t b;
	int i;

	for (i = 0; i < n->window_count; i++) {
		if (n->windows[i].station >= 0)
			continue;
		a = n->windows[i].from > from ? n->windows[i].from : from;
		b = n->windows[i].to < to ? n->windows[i].to : to;
		if (b - a > longest)
			longest = b - a;
	}
	return to > from ? longest * 100 / (to - from) : 0;
}

bool outage_near(const struct network *n, struct place p, int64_t from, int64_t to)
{
	int i;

	for (i = 0; i < n->window_count; i++)
		if (n->windows[i].station >= 0 && n->windows[i].from < to &&
		    from < n->windows[i].to &&
		    distance_m(n->at[n->windows[i].station], p) <
		        n->range_m[n->windows[i].station][CLASS_A])
			return true;
	return false;
}

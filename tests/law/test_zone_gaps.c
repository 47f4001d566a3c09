/*
 * The identity guard's two laws.
 *
 * 1. No honest ship gives a zone gap: 50,000 ships that sail at up to 35 kn over the rims of the
 *    built-in zones, weave over them, anchor on them, leave and come back days later elsewhere, and
 *    leave the Caspian only by the Volga, with reports from seconds to more than G apart. That
 * there must be none follows from how they are made: each is one ship. Their silences that the
 * guard had to look into are counted by hand, so that the test cannot pass by looking into none.
 * 2. A ship that falls silent in an area while a second ship is heard beyond the zone all the time
 *    gives exactly that zone gap, wherever they are, unless it is so near to the Volga that one
 * ship might go to and fro.
 *
 * Ship i at G number g has the seed g * 2^32 + i, which a failure names.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/utc.h"
#include "geo/geodesic.h"
#include "geo/sphere.h"
#include "law/random.h"
#include "track/gaps.h"

#define START INT64_C(1654084800000) /* 2022-06-01T12:00Z */

enum {
	SHIPS = 50000,
	TWINS = 3000,
	FLEET_SHIPS = 500, /* of one fleet: bounds memory */
	STOPS_MAX = 64,
	SEEN_MAX = 3000, /* reports of a ship */
	MMSI_FIRST = 273000001,
};

static const int64_t GAPS[] = {HOUR_MS, 6 * HOUR_MS, 12 * HOUR_MS};

/* a watch of both built-in areas for one G */
struct watch {
	int64_t gap_ms;
	struct areas *areas;
	struct zones *zones;
};

static struct watch watch_new(int64_t gap_ms)
{
	struct watch w = {gap_ms, areas_new(), NULL};

	assert_int_equal(areas_add(w.areas, "vladivostok", gap_ms, NULL), ST_OK);
	assert_int_equal(areas_add(w.areas, "caspian", gap_ms, NULL), ST_OK);
	w.zones = zones_new(w.areas);
	return w;
}

static void watch_free(struct watch *w)
{
	free(w->zones);
	areas_free(w->areas);
}

struct place {
	double lat, lon;
};

/* the Caspian's ships sail on this line alone: from the Sea of Azov by the canal and the Volga past
 * Astrakhan and Olya (ports.csv) to its south */
static const struct place WATERWAY[] = {{47.1, 39.3},  {47.5, 42.2},   {48.5, 44.6}, {48.0, 46.0},
                                        {47.5, 46.9},  {46.9, 47.6},   {46.6, 48.0}, {46.3, 48.0},
                                        {45.79, 47.6}, {44.76, 47.76}, {43.5, 49.0}, {42.0, 50.0},
                                        {40.8, 51.3},  {39.0, 51.5},   {37.6, 50.5}, {36.9, 51.5}};

enum { WATERWAY_POINTS = sizeof WATERWAY / sizeof *WATERWAY, RIVER_POINTS = 7 };

static const struct place OFF_VLADIVOSTOK = {42.3, 133.2};

/* where a ship goes, how fast, and how long it stays */
struct stop {
	struct place at;
	double kn;
	double stay_h;
	bool passed; /* without a stop */
};

struct seen {
	int64_t t_ms;
	struct place at;
	uint8_t zone;
	bool in_area;
};

struct ship {
	const struct watch *watch;
	struct random random;
	struct stop stops[STOPS_MAX];
	int stop_count;
	bool anchored;
	bool darts;      /* is heard where it stops, only */
	double swing_nm; /* how far a report may be off */
	int64_t step_ms; /* between reports, at most or always */
	bool regular;
	struct seen seen[SEEN_MAX];
	int seen_count;
};

/* [0, 1) */
static double chance(struct random *r)
{
	return (double)(random_next(r) >> 11) * 0x1p-53;
}

static double between(struct random *r, double low, double high)
{
	return low + (high - low) * chance(r);
}

static uint8_t zone_at(const struct watch *w, struct place p)
{
	double lon = lon_normal(p.lon);

	return zones_at(w->zones, p.lat, lon);
}

static bool in_area(const struct watch *w, struct place p)
{
	return zone_at(w, p) && (areas_contain(w->areas, 0, p.lat, p.lon) ||
	                         areas_contain(w->areas, 1, p.lat, p.lon));
}

static struct place away(struct place from, double azimuth_deg, double nm)
{
	struct place to;

	geo_direct(from.lat, from.lon, azimuth_deg, nm, &to.lat, &to.lon);
	return to;
}

/* the part f of the great circle from a to b, and their angle */
static struct place part_way(struct place a, struct place b, double f, double *angle)
{
	struct vec u = sphere_unit(a.lat, a.lon);
	struct vec v = sphere_unit(b.lat, b.lon);
	struct vec d = vec_sub(v, u);
	double theta = sphere_angle(sqrt(vec_dot(d, d)));
	double s = sin(theta);
	struct vec at = {0, 0, 0};
	struct place p = a;

	*angle = theta;
	if (s < 1e-12)
		return p;
	at = vec_along(at, sin((1 - f) * theta) / s, u);
	at = vec_along(at, sin(f * theta) / s, v);
	sphere_position(at, &p.lat, &p.lon);
	return p;
}

/* nautical miles from a to b, not less than over the ellipsoid */
static double at_most_nm(struct place a, struct place b)
{
	double angle;

	part_way(a, b, 0, &angle);
	return angle * RADIUS_MOST_NM;
}

static void go(struct ship *ship, struct place at, double stay_h)
{
	static const double KNOTS[] = {35, 35, 20, 12, 3};
	double kn = KNOTS[random_below(&ship->random, 5)];

	assert_true(ship->stop_count < STOPS_MAX);
	ship->stops[ship->stop_count++] = (struct stop){at, kn, stay_h, false};
}

static void pass(struct ship *ship, struct place at)
{
	go(ship, at, 0);
	ship->stops[ship->stop_count - 1].passed = true;
}

/* the place at index and fraction `x` of the waterway */
static struct place on_waterway(double x)
{
	int i = (int)x;
	double angle;

	if (i >= WATERWAY_POINTS - 1)
		return WATERWAY[WATERWAY_POINTS - 1];
	return part_way(WATERWAY[i], WATERWAY[i + 1], x - i, &angle);
}

/* along the waterway from x to y */
static void go_along(struct ship *ship, double x, double y, double stay_h)
{
	if (x < y) {
		for (double i = floor(x) + 1; i < y; i++)
			pass(ship, on_waterway(i));
	} else {
		for (double i = ceil(x) - 1; i > y; i--)
			pass(ship, on_waterway(i));
	}
	go(ship, on_waterway(y), stay_h);
}

/* where on the waterway the Caspian's zone ends, by bisection */
static double river_rim(const struct watch *w)
{
	double out = 2;
	double in = RIVER_POINTS;

	for (int i = 0; i < 40; i++) {
		double mid = (out + in) / 2;

		if (zone_at(w, on_waterway(mid)))
			in = mid;
		else
			out = mid;
	}
	return in;
}

/* how far off Vladivostok's zone ends in this direction */
static double sea_rim(const struct watch *w, double azimuth_deg)
{
	double in = 0;
	double out = 1500;

	for (int i = 0; i < 40; i++) {
		double mid = (in + out) / 2;

		if (zone_at(w, away(OFF_VLADIVOSTOK, azimuth_deg, mid)))
			in = mid;
		else
			out = mid;
	}
	return in;
}

enum way { WEAVE, ANCHOR, VOYAGE, DART, WAYS };

/* open sea: nothing but speed bounds these ships, not even land */
static void plan_open_sea(struct ship *ship, enum way way)
{
	static const double WIDTHS[] = {0.5, 5, 60, 400};
	struct random *r = &ship->random;
	double width = WIDTHS[random_below(r, 4)];
	double azimuth = between(r, 0, 360);
	double rim = sea_rim(ship->watch, azimuth);
	int turns = 2 + (int)random_below(r, 7);

	if (way == ANCHOR) {
		go(ship, away(OFF_VLADIVOSTOK, azimuth, rim), between(r, 10, 60));
		return;
	}
	for (int i = 0; way != VOYAGE && i < turns; i++) {
		double nm = fabs(rim + between(r, -width, width));

		go(ship, away(OFF_VLADIVOSTOK, azimuth, nm), random_once_in(r, 4) ? 9 : 0);
		azimuth += between(r, -width, width) / 40;
	}
	if (way != VOYAGE)
		return; /* nobody darts in and out of an open sea's area: its margin is too wide */
	go(ship, away(OFF_VLADIVOSTOK, between(r, 0, 360), between(r, 0, 120)), between(r, 0, 20));
	go(ship, away(OFF_VLADIVOSTOK, azimuth, rim + between(r, 0, 500)), between(r, 0, 300));
	go(ship, away(OFF_VLADIVOSTOK, between(r, 0, 360), between(r, 0, 120)), between(r, 0, 20));
}

/* how far along the waterway from x a ship gets in `nm` */
static double along(double x, double nm)
{
	while (x < WATERWAY_POINTS - 1) {
		double next = floor(x) + 1;
		double leg = at_most_nm(on_waterway(x), on_waterway(next));

		if (leg >= nm)
			return x + (next - x) * nm / leg;
		nm -= leg;
		x = next;
	}
	return x;
}

/*
 * In from the rim and out again at 35 kn, heard before, at the deepest point and after, within G:
 * the reports outside are one segment, in which the ship was inside. Twice, with days outside.
 */
static void plan_dart(struct ship *ship)
{
	struct random *r = &ship->random;
	double rim = river_rim(ship->watch) - 1e-6;
	double gap_h = (double)ship->watch->gap_ms / (double)HOUR_MS;

	ship->darts = true;
	go(ship, on_waterway(rim), 0);
	for (int i = 0; i < 2; i++) {
		double deep = along(rim, 35 * (gap_h - 0.01) / 2 * between(r, 0.7, 1));

		go_along(ship, rim, deep, 0);
		go_along(ship, deep, rim, gap_h * between(r, 2, 5));
	}
	for (int i = 0; i < ship->stop_count; i++)
		ship->stops[i].kn = 35;
}

static void plan_caspian(struct ship *ship, enum way way)
{
	struct random *r = &ship->random;
	double rim = river_rim(ship->watch);
	double width = random_once_in(r, 2) ? 0.05 : 1.5;
	double x = way == ANCHOR ? rim : between(r, RIVER_POINTS, WATERWAY_POINTS - 1);
	int turns = 2 + (int)random_below(r, 4);

	if (way == DART) {
		plan_dart(ship);
		return;
	}
	if (way == WEAVE)
		x = rim + between(r, 0, width);
	go(ship, on_waterway(x), way == ANCHOR ? between(r, 10, 60) : between(r, 0, 20));
	for (int i = 0; way != ANCHOR && i < turns; i++) {
		bool in = i % 2;
		double y = rim + (in ? 1 : -1) * between(r, 0, width);

		if (way == VOYAGE)
			y = in ? between(r, RIVER_POINTS - 0.5, WATERWAY_POINTS - 1)
			       : between(r, 0, rim);
		go_along(ship, x, y, random_once_in(r, 2) ? 0 : between(r, 0, 60));
		x = y;
		if (ship->stop_count > STOPS_MAX - WATERWAY_POINTS - 1)
			break;
	}
}

/* as received: the position a little off, the time floored to its second */
static void see(struct ship *ship, double hour, struct place true_place)
{
	struct place at = away(true_place, between(&ship->random, 0, 360),
	                       ship->swing_nm * chance(&ship->random));
	int64_t t_ms = START + (int64_t)floor(hour * 3600.0) * 1000;

	if (ship->seen_count == SEEN_MAX)
		return;
	ship->seen[ship->seen_count++] =
	    (struct seen){t_ms, at, zone_at(ship->watch, at), in_area(ship->watch, at)};
}

static double next_report(struct ship *ship, double hour)
{
	double step_h = (double)ship->step_ms / (double)HOUR_MS;

	if (ship->regular)
		return hour + step_h;
	/* now and then two within a second */
	return hour +
	       (random_once_in(&ship->random, 8) ? 1.0 / 7200 : step_h * chance(&ship->random));
}

/* reports from `hour` until the leg from a to b, of that many hours, has ended */
static double sail(struct ship *ship, struct place a, struct place b, double begin, double hours,
                   double hour)
{
	double angle;

	for (; hour <= begin + hours && ship->seen_count < SEEN_MAX;
	     hour = next_report(ship, hour)) {
		double f = hours > 0 ? (hour - begin) / hours : 1;

		see(ship, hour, part_way(a, b, f, &angle));
	}
	return hour;
}

static void sail_all(struct ship *ship)
{
	struct place at = ship->stops[0].at;
	double begin = 0;
	double hour = 0;

	for (int i = 0; i < ship->stop_count; i++) {
		const struct stop *s = &ship->stops[i];
		double hours = at_most_nm(at, s->at) / s->kn;

		if (ship->darts)
			hour = begin + hours;
		else
			hour = sail(ship, at, s->at, begin, hours, hour);
		begin += hours;
		if (ship->darts && !s->passed)
			see(ship, begin, s->at);
		if (!ship->darts || s->stay_h > 0)
			hour = sail(ship, s->at, s->at, begin, s->stay_h, hour);
		begin += s->stay_h;
		if (ship->darts && s->stay_h > 0)
			see(ship, begin, s->at);
		at = s->at;
	}
}

static void draw_ship(struct ship *ship, const struct watch *w, uint64_t seed)
{
	static const double STEPS[] = {0.08, 0.25, 0.6, 1, 1, 3}; /* of G */
	bool caspian = seed % 2;
	enum way way;

	ship->watch = w;
	ship->random = (struct random){seed};
	ship->stop_count = 0;
	ship->darts = false;
	ship->seen_count = 0;
	way = (enum way)random_below(&ship->random, WAYS);
	ship->anchored = way == ANCHOR;
	ship->swing_nm = ship->anchored ? 0.5 : 0.05;
	ship->step_ms = (int64_t)(STEPS[random_below(&ship->random, 6)] * (double)w->gap_ms);
	ship->regular = random_once_in(&ship->random, 3);
	if (caspian)
		plan_caspian(ship, way);
	else
		plan_open_sea(ship, way);
	sail_all(ship);
}

/* crossings of a rim under way, between two reports, and silences in a zone that the guard has to
 * look into */
struct tally {
	uint64_t crossings;
	uint64_t silences;
};

static void tally_ship(const struct ship *ship, struct tally *tally)
{
	const struct seen *last_in = NULL; /* the last report in a zone */
	bool elsewhere = false;            /* heard since */

	for (int i = 0; i < ship->seen_count; i++) {
		const struct seen *s = &ship->seen[i];

		tally->crossings += i > 0 && !ship->anchored && s->zone != s[-1].zone;
		if (!s->zone) {
			elsewhere = true;
			continue;
		}
		tally->silences += last_in && elsewhere &&
		                   s->t_ms - last_in->t_ms > ship->watch->gap_ms &&
		                   (s->in_area || last_in->in_area);
		last_in = s;
		elsewhere = false;
	}
}

static void add(struct batch *batch, const struct watch *w, int64_t mmsi, int64_t t_ms,
                struct place at)
{
	*batch_room(batch) = (struct position_report){
	    .mmsi = mmsi,
	    .fix = {.t_ms = t_ms, .lat_deg = at.lat, .lon_deg = fix_wrap_lon(at.lon)},
	    .has_position = true,
	};
	batch_add(batch, w->zones);
}

static void add_ship(struct fleet *fleet, struct batch *batch, const struct ship *ship,
                     int64_t mmsi)
{
	for (int i = 0; i < ship->seen_count; i++)
		add(batch, ship->watch, mmsi, ship->seen[i].t_ms, ship->seen[i].at);
	fleet_fold(fleet, batch);
}

static bool is_zone_gap(void *context, const struct gap *gap)
{
	(void)context;
	return gap->zone > 0;
}

static void find(struct fleet *fleet, const struct watch *w, int64_t as_of_ms, struct gaps *gaps)
{
	struct gaps_query query = {.min_gap_ms = w->gap_ms,
	                           .as_of_ms = as_of_ms,
	                           .areas = w->areas,
	                           .zones = w->zones,
	                           .keep = is_zone_gap};

	fleet_settle(fleet);
	gaps_find(fleet, &query, gaps);
}

static struct fleet *empty_fleet(const struct watch *w)
{
	struct fleet_params params = {w->gap_ms, w->zones, false};

	return fleet_new(&params);
}

static void honest_fleet(struct ship *ship, const struct watch *w, uint64_t seed, uint32_t count,
                         struct tally *tally)
{
	struct fleet *fleet = empty_fleet(w);
	struct batch batch;
	struct gaps gaps;

	batch_init(&batch);
	for (uint32_t i = 0; i < count; i++) {
		draw_ship(ship, w, seed + i);
		tally_ship(ship, tally);
		add_ship(fleet, &batch, ship, MMSI_FIRST + i);
	}
	batch_finish(fleet, &batch);
	find(fleet, w, START + 100 * DAY_MS, &gaps);
	if (gaps.count)
		fail_msg("seed %llu: an honest ship gives a zone gap, off %lld s, on %lld s",
		         (unsigned long long)(seed + (uint64_t)(gaps.at[0].mmsi - MMSI_FIRST)),
		         (long long)(gaps.at[0].off.t_ms - START) / 1000,
		         (long long)(gaps.at[0].on.t_ms - START) / 1000);
	gaps_free(&gaps);
	fleet_free(fleet);
}

static void honest_ships_give_none(void **state)
{
	struct ship *ship = mem_new(1, sizeof *ship);
	uint32_t ships = random_trials(SHIPS) / 3 + 1;
	struct tally tally = {0, 0};

	(void)state;
	for (uint64_t g = 0; g < 3; g++) {
		struct watch w = watch_new(GAPS[g]);

		for (uint32_t i = 0; i < ships; i += FLEET_SHIPS)
			honest_fleet(ship, &w, g << 32 | i, FLEET_SHIPS, &tally);
		watch_free(&w);
	}
	free(ship);
	print_message("%llu crossings, %llu silences in a zone while heard elsewhere\n",
	              (unsigned long long)tally.crossings, (unsigned long long)tally.silences);
	assert_true(tally.crossings >= 3 * (uint64_t)ships);
	assert_true(tally.silences >= ships / 10);
}

/* a place anywhere in an area proper, and one anywhere outside all zones */
static struct place anywhere(struct random *r, const struct watch *w, bool caspian, bool inside)
{
	struct place p;

	do {
		p = (struct place){between(r, caspian ? 36 : 40, caspian ? 48 : 45),
		                   between(r, caspian ? 46 : 129, caspian ? 56 : 138)};
		if (!inside)
			p = (struct place){between(r, -60, 70), between(r, -180, 180)};
	} while (inside ? !areas_contain(w->areas, caspian, p.lat, p.lon) : zone_at(w, p) != 0);
	return p;
}

/* one ship falls silent at `at` for `silence_ms` (or for good), the other goes on elsewhere */
static void add_twins(struct batch *batch, const struct watch *w, struct random *r, int64_t mmsi,
                      struct place at, int64_t silence_ms)
{
	struct place far = anywhere(r, w, false, false);
	int64_t end = START + 40 * DAY_MS;

	add(batch, w, mmsi, START, at);
	if (silence_ms) {
		for (int64_t t = START + silence_ms; t < end; t += w->gap_ms / 2)
			add(batch, w, mmsi, t, at);
	}
	for (int64_t t = START - w->gap_ms / 3; t < end + w->gap_ms;
	     t += w->gap_ms / (1 + random_below(r, 5)))
		add(batch, w, mmsi, t, far);
}

static void check_twins(const struct watch *w, uint64_t seed)
{
	struct random r = {seed};
	bool caspian = random_once_in(&r, 2);
	struct place at = anywhere(&r, w, caspian, true);
	int64_t longer = 1 + (int64_t)(random_next(&r) % (uint64_t)(20 * DAY_MS));
	int64_t silence_ms = random_once_in(&r, 4) ? 0 : w->gap_ms + longer;
	/* the Volga crosses the area's rim at 46.6 N 48 E, and the margin is 30 nm */
	double out_nm = geo_distance_nm(at.lat, at.lon, 46.6, 48) + 30;
	bool near = caspian && out_nm <= 35.0 * (double)w->gap_ms / (double)HOUR_MS / 2 + 5;
	struct fleet *fleet = empty_fleet(w);
	struct batch batch;
	struct gaps gaps;

	batch_init(&batch);
	add_twins(&batch, w, &r, MMSI_FIRST, at, silence_ms);
	batch_finish(fleet, &batch);
	find(fleet, w, START + 40 * DAY_MS, &gaps);
	if (gaps.count != 1 && !near)
		fail_msg("seed %llu: %zu zone gaps, expected 1", (unsigned long long)seed,
		         gaps.count);
	if (gaps.count) {
		assert_int_equal(gaps.at[0].off.t_ms, START);
		assert_true(gaps.at[0].open == !silence_ms);
		assert_int_equal(gaps.at[0].zone, w->zones->of_area[caspian]);
		if (silence_ms)
			assert_int_equal(gaps.at[0].on.t_ms, START + silence_ms);
	}
	gaps_free(&gaps);
	fleet_free(fleet);
}

static void two_ships_are_found(void **state)
{
	uint32_t trials = random_trials(TWINS) / 3 + 1;

	(void)state;
	for (uint64_t g = 0; g < 3; g++) {
		struct watch w = watch_new(GAPS[g]);

		for (uint32_t i = 0; i < trials; i++)
			check_twins(&w, (g + 8) << 32 | i);
		watch_free(&w);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(honest_ships_give_none),
	    cmocka_unit_test(two_ships_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

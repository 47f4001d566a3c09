/*
 * Zone gaps: two ships on one MMSI, told apart by what no one ship can have sailed; and the exits
 * of closed seas that this needs. Expectations are by hand: positions are round numbers in and far
 * from the built-in areas, times are hours since NOON, and distances follow from 60 nm to a degree
 * of latitude. What honest ships give (nothing) is tests/law/test_zone_gaps.c.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/utc.h"
#include "law/random.h"
#include "track/forget.h"
#include "track/gaps.h"

#define NOON INT64_C(1654084800000) /* 2022-06-01T12:00Z */

enum { MMSI = 273998987, OTHER_MMSI = 273998981, LEGS_MAX = 6, REPORTS_MAX = 2000 };

static struct areas *areas;
static struct zones *zones;

struct place {
	double lat, lon;
};

static const struct place VLADIVOSTOK = {42.8, 132.2}; /* in the area */
static const struct place MARGIN = {42.8, 139.0};      /* off Hokkaido: in its margin only */
static const struct place GUINEA = {4.0, 3.0};         /* the other end of the earth */
static const struct place ANZALI = {37.6, 50.0};       /* in the Caspian, 545 nm from the exit */
static const struct place OLYA = {45.8, 47.5};         /* 52 nm from the exit */
static const struct place VOLGA = {47.6, 46.9};        /* above the exit, 75 nm away, no zone */
static const struct place BLACK_SEA = {43.5, 35.0};    /* 600 nm from the Caspian's middle */

/* reports of one ship at one place, from one hour to another, one every half hour */
struct leg {
	double from_h;
	double to_h;
	struct place at;
};

static struct position_report reports[REPORTS_MAX];
static uint32_t report_count;

static int64_t at_hour(double h)
{
	return NOON + (int64_t)(h * (double)HOUR_MS);
}

static void report(int64_t mmsi, double h, struct place at)
{
	assert_true(report_count < REPORTS_MAX);
	reports[report_count++] = (struct position_report){
	    .mmsi = mmsi,
	    .fix = {.t_ms = at_hour(h), .lat_deg = at.lat, .lon_deg = at.lon},
	    .has_position = true,
	};
}

static void traffic(const struct leg *legs)
{
	report_count = 0;
	for (int i = 0; i < LEGS_MAX && legs[i].at.lat > 0; i++) {
		for (double h = legs[i].from_h; h <= legs[i].to_h; h += 0.5)
			report(MMSI, h, legs[i].at);
	}
}

static struct fleet *fold(int part, const uint32_t *order)
{
	struct fleet_params params = {6 * HOUR_MS, zones, false};
	struct fleet *fleet = fleet_new(&params);
	struct batch batch;

	batch_init(&batch);
	for (uint32_t i = 0; i < report_count; i++) {
		uint32_t n = order ? order[i] : i;

		if (part >= 0 && (int)(n % 2) != part)
			continue;
		*batch_room(&batch) = reports[n];
		batch_add(&batch, zones);
		if (batch.count == 64)
			fleet_fold(fleet, &batch);
	}
	batch_finish(fleet, &batch);
	fleet_settle(fleet);
	return fleet;
}

static bool any(void *context, const struct gap *gap)
{
	(void)context;
	(void)gap;
	return true;
}

static bool only_closed(void *context, const struct gap *gap)
{
	(void)context;
	return !gap->open;
}

static struct gaps_query query_at(double as_of_h)
{
	return (struct gaps_query){
	    .min_gap_ms = 6 * HOUR_MS,
	    .as_of_ms = at_hour(as_of_h),
	    .areas = areas,
	    .zones = zones,
	    .keep = any,
	};
}

static uint8_t zone_of(struct place at)
{
	return zones_at(zones, at.lat, at.lon);
}

/* the gap's off and on hours (on < 0: open) and its zone */
static void assert_gap(const struct gap *gap, double off_h, double on_h, uint8_t zone)
{
	assert_int_equal(gap->mmsi, MMSI);
	assert_int_equal(gap->zone, zone);
	assert_int_equal(gap->off.t_ms, at_hour(off_h));
	assert_true(gap->open == (on_h < 0));
	if (on_h >= 0)
		assert_int_equal(gap->on.t_ms, at_hour(on_h));
}

/* one way of two ships sharing an MMSI, or of one ship; as-of is hour 100 */
struct scene {
	const char *what;
	struct leg legs[LEGS_MAX];
	int found; /* gaps in all: 0 or 1 */
	double off_h;
	double on_h; /* < 0: open */
	bool ordinary;
};

static void check_scene(const struct scene *scene)
{
	struct gaps_query query = query_at(100);
	struct fleet *fleet;
	struct gaps gaps;

	traffic(scene->legs);
	fleet = fold(-1, NULL);
	gaps_find(fleet, &query, &gaps);
	if (gaps.count != (size_t)scene->found)
		fail_msg("%s: %zu gaps, expected %d", scene->what, gaps.count, scene->found);
	if (scene->found)
		assert_gap(&gaps.at[0], scene->off_h, scene->on_h,
		           scene->ordinary ? 0 : zone_of(scene->legs[0].at));
	gaps_free(&gaps);
	fleet_free(fleet);
}

static void two_ships_are_found(void **state)
{
	const struct scene SCENES[] = {
	    {"heard elsewhere all the time",
	     {{0, 24, VLADIVOSTOK}, {72, 96, VLADIVOSTOK}, {-10.2, 99, GUINEA}},
	     1,
	     24,
	     72,
	     false},
	    {"begins elsewhere soon after off",
	     {{0, 24, VLADIVOSTOK}, {72, 96, VLADIVOSTOK}, {25.2, 99, GUINEA}},
	     1,
	     24,
	     72,
	     false},
	    {"begins elsewhere at the instant of off",
	     {{0, 24, VLADIVOSTOK}, {72, 96, VLADIVOSTOK}, {24, 99, GUINEA}},
	     1,
	     24,
	     72,
	     false},
	    {"ends elsewhere soon before on, within the shortest gap of both",
	     {{0, 24, VLADIVOSTOK}, {72, 96, VLADIVOSTOK}, {-10.2, 71.8, GUINEA}},
	     1,
	     24,
	     72,
	     false},
	    {"off in the margin, on in the area",
	     {{0, 24, MARGIN}, {72, 96, VLADIVOSTOK}, {25.2, 99, GUINEA}},
	     1,
	     24,
	     72,
	     false},
	    {"in the Caspian, elsewhere all the time",
	     {{0, 24, ANZALI}, {72, 96, ANZALI}, {-10.2, 99, BLACK_SEA}},
	     1,
	     24,
	     72,
	     false},
	    {"in the Volga's mouth, and two hours later in the Black Sea",
	     {{0, 24, OLYA}, {72, 96, OLYA}, {26, 99, BLACK_SEA}},
	     1,
	     24,
	     72,
	     false},
	    {"out by the Volga, and in a hundred minutes back from the Black Sea",
	     {{0, 24, OLYA}, {72, 96, OLYA}, {28, 30, VOLGA}, {30.5, 70.5, BLACK_SEA}},
	     1,
	     24,
	     72,
	     false},
	    {"elsewhere before off and for an hour after it",
	     {{0, 24, OLYA}, {29, 96, OLYA}, {34, 96, OLYA}, {-10.2, 25.3, BLACK_SEA}},
	     0,
	     0,
	     0,
	     false},
	    {"likewise, and silent in the zone for more than G",
	     {{0, 24, OLYA}, {30.5, 96, OLYA}, {-10.2, 25.3, BLACK_SEA}},
	     1,
	     24,
	     30.5,
	     false},
	    {"open, elsewhere all the time",
	     {{0, 24, VLADIVOSTOK}, {-10.2, 99, GUINEA}},
	     1,
	     24,
	     -1,
	     false},
	    {"open, begins elsewhere soon after off",
	     {{0, 24, ANZALI}, {25.2, 99, BLACK_SEA}},
	     1,
	     24,
	     -1,
	     false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof SCENES / sizeof *SCENES; i++)
		check_scene(&SCENES[i]);
}

static void what_one_ship_can_do_is_none(void **state)
{
	const struct scene SCENES[] = {
	    {"one ship is heard", {{0, 24, VLADIVOSTOK}, {26, 99, VLADIVOSTOK}}, 0, 0, 0, false},
	    {"an ordinary gap shares the off fix and wins",
	     {{0, 24, VLADIVOSTOK}, {72, 99, VLADIVOSTOK}, {31, 99, GUINEA}},
	     1,
	     24,
	     31,
	     true},
	    {"both fall silent", {{0, 24, VLADIVOSTOK}, {-10.2, 23.8, GUINEA}}, 1, 24, -1, true},
	    {"in the margin only",
	     {{0, 24, MARGIN}, {72, 99, MARGIN}, {-10.2, 99, GUINEA}},
	     0,
	     0,
	     0,
	     false},
	    {"in the margin only, and no ship can have sailed there",
	     {{0, 24, MARGIN}, {72, 99, MARGIN}, {25.2, 99, GUINEA}},
	     0,
	     0,
	     0,
	     false},
	    {"out by the Volga for two days and back",
	     {{0, 24, OLYA}, {72, 99, OLYA}, {28, 68, VOLGA}},
	     0,
	     0,
	     0,
	     false},
	    {"out by the Volga, to the Black Sea and back, silent for no more than 6 h",
	     {{0, 24, OLYA}, {99, 99, OLYA}, {28, 30, VOLGA}, {36, 90, BLACK_SEA}, {94, 95, VOLGA}},
	     0,
	     0,
	     0,
	     false},
	    /* the limit that the header states: it may be one ship that goes to and fro */
	    {"a ship on the Volga all the time, and one in its mouth",
	     {{0, 24, OLYA}, {72, 99, OLYA}, {-10.2, 99, VOLGA}},
	     0,
	     0,
	     0,
	     false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof SCENES / sizeof *SCENES; i++)
		check_scene(&SCENES[i]);
}

static const struct leg SHARED[LEGS_MAX] = {
    {0, 24, {42.8, 132.2}}, {72, 96, {42.8, 132.2}}, {-10.2, 130, {4.0, 3.0}}};

static void ordinary_and_zone_gaps_in_order(void **state)
{
	struct gaps_query query = query_at(130);
	struct fleet *fleet;
	struct gaps gaps;

	(void)state;
	traffic(SHARED);
	report(OTHER_MMSI, 0, GUINEA);
	report(OTHER_MMSI, 24, GUINEA);
	report(OTHER_MMSI, 128, GUINEA);
	fleet = fold(-1, NULL);
	gaps_find(fleet, &query, &gaps);
	assert_int_equal(gaps.count, 4);
	assert_int_equal(gaps.at[0].mmsi, OTHER_MMSI);
	assert_int_equal(gaps.at[1].mmsi, OTHER_MMSI); /* the same off time, the smaller MMSI */
	assert_gap(&gaps.at[2], 24, 72, zone_of(VLADIVOSTOK));
	assert_gap(&gaps.at[3], 96, -1, zone_of(VLADIVOSTOK));
	assert_true(gaps.at[2].off.lat_deg == 42.8 && gaps.at[2].on.lon_deg == 132.2);
	gaps_free(&gaps);

	query.keep = only_closed;
	gaps_find(fleet, &query, &gaps);
	assert_int_equal(gaps.count, 3);
	gaps_free(&gaps);

	query.min_gap_ms = 48 * HOUR_MS; /* strictly longer */
	gaps_find(fleet, &query, &gaps);
	assert_int_equal(gaps.count, 1);
	assert_int_equal(gaps.at[0].mmsi, OTHER_MMSI);
	gaps_free(&gaps);

	query = query_at(130);
	query.areas = NULL;
	gaps_find(fleet, &query, &gaps);
	assert_int_equal(gaps.count, 2);
	gaps_free(&gaps);
	fleet_free(fleet);
}

static void as_of_decides_what_is_heard(void **state)
{
	struct gaps_query query = query_at(60);
	struct fleet *fleet;
	struct gaps gaps;

	(void)state;
	traffic(SHARED);
	fleet = fold(-1, NULL);
	gaps_find(fleet, &query, &gaps);
	assert_int_equal(gaps.count, 1);
	assert_gap(&gaps.at[0], 24, 72, zone_of(VLADIVOSTOK));
	assert_true(gaps.at[0].after_as_of);
	gaps_free(&gaps);

	query.as_of_given = true;
	gaps_find(fleet, &query, &gaps);
	assert_int_equal(gaps.count, 1);
	assert_gap(&gaps.at[0], 24, -1, zone_of(VLADIVOSTOK));
	assert_false(gaps.at[0].after_as_of);
	gaps_free(&gaps);

	query.as_of_ms = at_hour(30); /* not longer than the shortest gap */
	gaps_find(fleet, &query, &gaps);
	assert_int_equal(gaps.count, 0);
	gaps_free(&gaps);
	fleet_free(fleet);

	/* what begins elsewhere after a given as-of is not heard yet: the silence is ordinary */
	traffic((struct leg[LEGS_MAX]){{0, 24, VLADIVOSTOK}, {30, 99, GUINEA}});
	fleet = fold(-1, NULL);
	for (int given = 0; given < 2; given++) {
		query = query_at(given ? 30.1 : 99);
		query.as_of_given = given;
		gaps_find(fleet, &query, &gaps);
		assert_int_equal(gaps.count, 1);
		assert_gap(&gaps.at[0], 24, -1, zone_of(VLADIVOSTOK));
		gaps_free(&gaps);
	}
	query.as_of_ms = at_hour(29.9); /* silent for less than the shortest gap */
	gaps_find(fleet, &query, &gaps);
	assert_int_equal(gaps.count, 0);
	fleet_free(fleet);

	traffic((struct leg[LEGS_MAX]){{0, 24, VLADIVOSTOK}, {40, 99, GUINEA}});
	fleet = fold(-1, NULL);
	query.as_of_ms = at_hour(39);
	gaps_find(fleet, &query, &gaps);
	assert_int_equal(gaps.count, 1);
	assert_gap(&gaps.at[0], 24, -1, 0);
	gaps_free(&gaps);
	fleet_free(fleet);
}

static bool same_gap(const struct gap *a, const struct gap *b)
{
	return a->mmsi == b->mmsi && a->zone == b->zone && a->open == b->open &&
	       a->after_as_of == b->after_as_of && !fix_cmp(&a->off, &b->off) &&
	       (a->open || !fix_cmp(&a->on, &b->on));
}

/* the join of two fleets, each of every second report, both in any order */
static struct fleet *joined(struct random *random)
{
	uint32_t order[REPORTS_MAX];
	struct fleet *fleet;
	struct fleet *other;

	for (uint32_t i = 0; i < report_count; i++)
		order[i] = i;
	random_shuffle(random, order, report_count);
	fleet = fold(0, order);
	other = fold(1, order);
	fleet_join(fleet, other);
	fleet_free(other);
	return fleet;
}

static void order_and_splits_do_not_matter(void **state)
{
	struct gaps_query query = query_at(130);
	struct random random = {5};
	struct gaps gaps;
	struct gaps again;
	struct fleet *fleet;

	(void)state;
	traffic(SHARED);
	for (double h = 10; h < 130; h += 9.5)
		report(MMSI, h, ANZALI);
	fleet = fold(-1, NULL);
	gaps_find(fleet, &query, &gaps);
	fleet_free(fleet);
	assert_true(gaps.count > 5);
	for (int trial = 0; trial < 50; trial++) {
		fleet = joined(&random);
		gaps_find(fleet, &query, &again);
		assert_int_equal(again.count, gaps.count);
		for (size_t i = 0; i < gaps.count; i++)
			assert_true(same_gap(&gaps.at[i], &again.at[i]));
		gaps_free(&again);
		fleet_free(fleet);
	}
	gaps_free(&gaps);
}

/* off at hour 24; forgets what lies before the horizon */
static size_t found_after_forgetting(double horizon_h)
{
	struct gaps_query query = query_at(100);
	struct fleet *fleet = fold(-1, NULL);
	struct gaps gaps;
	size_t count;

	fleet_forget(fleet, at_hour(horizon_h));
	gaps_find(fleet, &query, &gaps);
	count = gaps.count;
	gaps_free(&gaps);
	fleet_free(fleet);
	return count;
}

/* what is known beyond the horizon is used, what is not is not made up */
static void forgotten_beginnings(void **state)
{
	(void)state;
	traffic((struct leg[LEGS_MAX]){
	    {0, 24, VLADIVOSTOK}, {72, 99, VLADIVOSTOK}, {-10.2, 99, GUINEA}});
	assert_int_equal(found_after_forgetting(12), 1); /* it went on across off */
	assert_int_equal(found_after_forgetting(40), 1); /* it went on across on */
	assert_int_equal(found_after_forgetting(72.5), 0);
	traffic((struct leg[LEGS_MAX]){{0, 24, VLADIVOSTOK}, {-10.2, 99, GUINEA}});
	assert_int_equal(found_after_forgetting(24), 1);
	/* whether it went on across off is not known, and in 75 h a ship makes 3,750 nm: Guinea is
	 * 6,900 nm away, but a place 2,000 nm away would do */
	assert_int_equal(found_after_forgetting(24.5), 1);
	traffic((struct leg[LEGS_MAX]){{0, 24, VLADIVOSTOK}, {-10.2, 99, {10, 132}}});
	assert_int_equal(found_after_forgetting(24), 1);
	assert_int_equal(found_after_forgetting(24.5), 0);
}

/* margins widened for a long G are exactly what 35 kn covers in it: in and out again is twice that
 */
static void a_margin_just_wide_enough(void **state)
{
	struct areas *wide = areas_new();
	struct zones *wide_zones;
	struct gaps_query query = query_at(300);
	struct fleet_params params = {24 * HOUR_MS, NULL, false};
	struct fleet *fleet;
	struct gaps gaps;
	struct batch batch;

	(void)state;
	assert_int_equal(areas_add(wide, "vladivostok", params.gap_ms, NULL), ST_OK);
	assert_true(areas_margin_nm(wide, 0) == 840.0);
	wide_zones = zones_new(wide);
	params.zones = query.zones = wide_zones;
	query.areas = wide;
	query.min_gap_ms = params.gap_ms;
	fleet = fleet_new(&params);
	traffic((struct leg[LEGS_MAX]){
	    {0, 100, VLADIVOSTOK}, {200, 290, VLADIVOSTOK}, {-30.2, 299, GUINEA}});
	batch_init(&batch);
	for (uint32_t i = 0; i < report_count; i++) {
		*batch_room(&batch) = reports[i];
		batch_add(&batch, wide_zones);
	}
	batch_finish(fleet, &batch);
	fleet_settle(fleet);
	gaps_find(fleet, &query, &gaps);
	assert_int_equal(gaps.count, 1);
	assert_gap(&gaps.at[0], 100, 200, 1);
	gaps_free(&gaps);
	fleet_free(fleet);
	free(wide_zones);
	areas_free(wide);
}

#define SEA_1(properties)                                                                          \
	"{\"type\":\"Feature\",\"properties\":{\"name\":\"sea\",\"margin_nm\":10,\"closed_"        \
	"sea\":" properties                                                                        \
	"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[10,0],[10,10],[0,10],"      \
	"[0,0]]]}}"

static enum status read_sea(struct areas *out, const char *text, struct diag *diag)
{
	return areas_restore(out, span_of(text), false, "x", diag);
}

static void the_way_out(void **state)
{
	struct areas *seas = areas_new();
	struct diag diag;

	(void)state;
	/* 9 degrees of latitude and 2 of longitude at 42 N: hypot(540, 95) and the margin */
	assert_true(fabs(areas_way_out_nm(areas, 1, 37.6, 50.0) - 578) < 6);
	assert_true(areas_way_out_nm(areas, 0, 42.8, 132.2) == 300.0);
	assert_int_equal(read_sea(seas, SEA_1("true"), &diag), ST_OK);
	assert_true(areas_way_out_nm(seas, 0, 5, 5) == 10.0);
	areas_free(seas);

	seas =
	    areas_new(); /* the nearer exit; it lies on the edge, so that the margin comes on top */
	assert_int_equal(read_sea(seas, SEA_1("true,\"exits\":[[10,0],[0,10]]"), &diag), ST_OK);
	assert_true(fabs(areas_way_out_nm(seas, 0, 2, 10) - 130) < 2);
	assert_true(fabs(areas_way_out_nm(seas, 0, 10, 3) - 187) < 3);
	areas_free(seas);

	seas = areas_new(); /* an exit outside: nothing is known of the way beyond it */
	assert_int_equal(read_sea(seas, SEA_1("true,\"exits\":[[10,-1]]"), &diag), ST_OK);
	assert_true(fabs(areas_way_out_nm(seas, 0, 1, 10) - 120) < 2);
	assert_true(areas_way_out_nm(seas, 0, 0, 10) >= 10.0);
	areas_free(seas);
}

static void exits_read_back(void **state)
{
	static const char TEXT[] = SEA_1("true,\"exits\":[[10,0],[-0.125,10],[359,-90]]");
	struct areas *seas = areas_new();
	struct areas *again = areas_new();
	struct diag diag;
	char *text;

	(void)state;
	assert_int_equal(read_sea(seas, TEXT, &diag), ST_OK);
	text = areas_geojson(seas, 0);
	assert_string_equal(text, TEXT);
	free(text);
	text = areas_geojson(areas, 1);
	assert_non_null(strstr(text, "\"closed_sea\":true,\"exits\":[[48,46.6]]}"));
	assert_int_equal(areas_restore(again, span_of(text), true, "x", &diag), ST_OK);
	assert_true(areas_way_out_nm(again, 0, 40, 51) == areas_way_out_nm(areas, 1, 40, 51));
	/* the exit lies on the rim: a little north of it is outside */
	assert_true(areas_contain(again, 0, 46.6, 48) && !areas_contain(again, 0, 46.61, 48));
	free(text);
	areas_free(seas);
	areas_free(again);
}

static void wrong_exits(void **state)
{
	static const struct {
		const char *text;
		const char *says;
	} CASES[] = {
	    {SEA_1("false,\"exits\":[[0,0]]"), "exits of an open sea; expected"},
	    {SEA_1("true,\"exits\":[]"), "expected an array of 1 to 16 positions"},
	    {SEA_1("true,\"exits\":7"), "expected an array of 1 to 16 positions"},
	    {SEA_1("true,\"exits\":{\"a\":[0,0]}"), "expected an array of 1 to 16 positions"},
	    {SEA_1("true,\"exits\":[[1,1],[1,1],[1,1],[1,1],[1,1],[1,1],[1,1],[1,1],[1,1],[1,1],"
	           "[1,1],[1,1],[1,1],[1,1],[1,1],[1,1],[1,1]]"),
	     "expected an array of 1 to 16 positions"},
	    {SEA_1("true,\"exits\":[7]"), "exit 1 cannot be used; expected [longitude, latitude]"},
	    {SEA_1("true,\"exits\":[[1,1],[1]]"), "exit 2 cannot be used; expected"},
	    {SEA_1("true,\"exits\":[[\"1\",1]]"), "exit 1 cannot be used; expected"},
	    {SEA_1("true,\"exits\":[[360.5,1]]"), "exit 1 cannot be used; expected"},
	    {SEA_1("true,\"exits\":[[1,-90.5]]"), "exit 1 cannot be used; expected"},
	    {SEA_1("true,\"exits\":[[1e999,1]]"), "exit 1 cannot be used; expected"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct areas *seas = areas_new();
		struct diag diag;

		assert_int_equal(read_sea(seas, CASES[i].text, &diag), ST_USAGE);
		if (!strstr(diag.text, CASES[i].says))
			fail_msg("case %zu: \"%s\" lacks \"%s\"", i, diag.text, CASES[i].says);
		assert_int_equal(areas_count(seas), 0);
		areas_free(seas);
	}
}

static int setup(void **state)
{
	(void)state;
	areas = areas_new();
	if (areas_add(areas, "vladivostok", 6 * HOUR_MS, NULL) ||
	    areas_add(areas, "caspian", 6 * HOUR_MS, NULL))
		return -1;
	zones = zones_new(areas);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	free(zones);
	areas_free(areas);
	return 0;
}

/* the places are where their comments say */
static void places(void **state)
{
	(void)state;
	assert_true(areas_contain(areas, 0, VLADIVOSTOK.lat, VLADIVOSTOK.lon));
	assert_true(!areas_contain(areas, 0, MARGIN.lat, MARGIN.lon) &&
	            zone_of(MARGIN) == zone_of(VLADIVOSTOK));
	assert_true(areas_contain(areas, 1, ANZALI.lat, ANZALI.lon));
	assert_true(areas_contain(areas, 1, OLYA.lat, OLYA.lon));
	assert_true(zone_of(OLYA) == zone_of(ANZALI) && zone_of(OLYA) != zone_of(VLADIVOSTOK));
	assert_true(!zone_of(GUINEA) && !zone_of(VOLGA) && !zone_of(BLACK_SEA));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(places),
	    cmocka_unit_test(two_ships_are_found),
	    cmocka_unit_test(what_one_ship_can_do_is_none),
	    cmocka_unit_test(ordinary_and_zone_gaps_in_order),
	    cmocka_unit_test(as_of_decides_what_is_heard),
	    cmocka_unit_test(order_and_splits_do_not_matter),
	    cmocka_unit_test(forgotten_beginnings),
	    cmocka_unit_test(a_margin_just_wide_enough),
	    cmocka_unit_test(the_way_out),
	    cmocka_unit_test(exits_read_back),
	    cmocka_unit_test(wrong_exits),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}

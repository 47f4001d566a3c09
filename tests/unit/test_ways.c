/*
 * Ways, by hand: positions on the straight line in latitude and longitude, courses at so many
 * knots; speeds and weights as judge/ways.h and the design (section 4) have them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "base/utc.h"
#include "judge/cell.h"
#include "judge/ways.h"
#include "law/random.h"

#define MIDNIGHT INT64_C(1654041600000) /* 2022-06-01T00:00Z */

static struct fix at_sea(double hour, double lat, double lon, float sog_kn)
{
	return (struct fix){.t_ms = MIDNIGHT + (int64_t)(hour * (double)HOUR_MS),
	                    .lat_deg = lat,
	                    .lon_deg = lon,
	                    .sog_kn = sog_kn,
	                    .known = KNOWN_SOG};
}

static struct ways ways_between(struct gap *gap, double speed_kn)
{
	struct ways ways;

	ways_of(&ways, gap, NULL, speed_kn);
	return ways;
}

static int find(const struct ways *w, bool held)
{
	for (int i = 0; i < w->count; i++) {
		if (held ? w->at[i].held : w->at[i].straight)
			return i;
	}
	return -1;
}

static void assert_at(const struct ways *w, int way, double leg_h, bool from_on, double lat,
                      double lon)
{
	uint32_t cell;

	assert_true(ways_cell(w, way, leg_h, from_on, &cell));
	assert_int_equal(cell, cell_of(lat, lon));
}

static void weights(void **state)
{
	struct random r = {2};

	(void)state;
	for (int trial = 0; trial < 5000; trial++) {
		struct gap gap = {.open = random_once_in(&r, 3)};
		double speed = random_once_in(&r, 3) ? 0 : random_below(&r, 60);
		double sum = 0;
		struct ways w;

		gap.off = at_sea(0, random_below(&r, 180) - 90.0, random_below(&r, 360) - 180.0,
		                 (float)random_below(&r, 40));
		gap.on = at_sea(1 + random_below(&r, 100), random_below(&r, 180) - 90.0,
		                random_below(&r, 360) - 180.0, (float)random_below(&r, 40));
		if (random_once_in(&r, 3))
			gap.on.lat_deg = gap.off.lat_deg + 0.01, gap.on.lon_deg = gap.off.lon_deg;
		gap.off.known = (uint8_t)random_below(&r, 32);
		gap.on.known = (uint8_t)random_below(&r, 32);
		w = ways_between(&gap, speed);
		assert_true(w.count > 0 && w.count <= WAYS_MAX);
		assert_true(w.speed_kn >= 8 && w.speed_kn <= 25);
		for (int i = 0; i < w.count; i++) {
			uint32_t cell = 0;

			sum += w.at[i].weight;
			assert_true(w.at[i].weight > 0);
			assert_true(hypot(w.at[i].north_nm_h, w.at[i].east_nm_h) <=
			            w.speed_kn + 1e-9);
			(void)ways_cell(&w, i, random_below(&r, 100), random_once_in(&r, 2), &cell);
			assert_true(cell < (uint32_t)CELL_ROWS * CELL_COLS);
		}
		assert_float_equal(sum, 1, 1e-12);
	}
}

/* what it was heard to make, of late or at off; at least 8 kn, at most 25 */
static void speeds(void **state)
{
	static const struct {
		double late, off, wanted;
	} CASES[] = {{0, 0, 8}, {12, 0, 12}, {9, 13, 13}, {14, 13, 14}, {40, 10, 25}, {0, 99, 25}};
	struct gap gap = {.open = true};

	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		gap.off = at_sea(0, 42, 132, (float)CASES[i].off);
		assert_float_equal(ways_between(&gap, CASES[i].late).speed_kn, CASES[i].wanted,
		                   1e-6);
	}
	gap.off.known = 0;
	assert_float_equal(ways_between(&gap, 0).speed_kn, 8, 0);
}

static void straight(void **state)
{
	struct gap gap = {.off = at_sea(0, 42, 132, 10), .on = at_sea(10, 43, 134, 10)};
	struct ways w = ways_between(&gap, 12);
	int way = find(&w, false);

	(void)state;
	assert_at(&w, way, 0, false, 42, 132);
	assert_at(&w, way, 5, false, 42.5, 133);
	assert_at(&w, way, 10, false, 43, 134);
	assert_at(&w, way, 0, true, 43, 134);
	assert_at(&w, way, 4, true, 42.6, 133.2);
	assert_at(&w, way, 10, true, 42, 132);
}

/* 0.4 degrees over 180, not 359.6 round the earth */
static void over_the_antimeridian(void **state)
{
	struct gap gap = {.off = at_sea(0, 10, 179.8, 10), .on = at_sea(4, 10, -179.8, 10)};
	struct ways w = ways_between(&gap, 12);
	int way = find(&w, false);

	(void)state;
	assert_at(&w, way, 1, false, 10, 179.9);
	assert_at(&w, way, 3, false, 10, -179.9);
	assert_at(&w, way, 3, true, 10, 179.9);
	gap.off.known |= KNOWN_COG;
	gap.off.cog_deg = 90;
	gap.on.lat_deg = 10.3; /* not straight on: then it may have held its course */
	w = ways_between(&gap, 25);
	way = find(&w, true);
	/* 4 h at 10 kn east in 10 N: 0.677 degrees */
	assert_at(&w, way, 4, false, 10, 180.477 - 360);
}

/* from off along its course; to on from where its course then points back */
static void held(void **state)
{
	struct gap gap = {.off = at_sea(0, 42, 132, 12), .on = at_sea(20, 42.5, 132, 6)};
	struct ways w;
	uint32_t cell;
	int way;

	(void)state;
	w = ways_between(&gap, 12);
	way = find(&w, true);
	assert_true(way >= 0);
	assert_false(ways_cell(&w, way, 1, false, &cell)); /* no course is known */
	gap.off.known |= KNOWN_COG;
	gap.on.known |= KNOWN_COG;
	gap.off.cog_deg = 180;
	gap.on.cog_deg = 0;
	w = ways_between(&gap, 12);
	assert_at(&w, way, 5, false, 41, 132);
	assert_at(&w, way, 5, true, 42, 132);
	gap.off.cog_deg = 90; /* 60 nm at 42 N are 1.3456 degrees */
	w = ways_between(&gap, 12);
	assert_at(&w, way, 5, false, 42, 133.3456);
	/* without a speed, the one it can be taken to make */
	gap.off.known = KNOWN_COG;
	w = ways_between(&gap, 15);
	assert_at(&w, way, 4, false, 42, 132 + 1.3456);
}

/* lay still, and still does or came back in its place; else it may have gone */
static void still(void **state)
{
	struct gap gap = {.off = at_sea(0, 42, 132, 0.2F), .on = at_sea(20, 42.01, 132, 0.2F)};
	struct ways w = ways_between(&gap, 12);

	(void)state;
	assert_true(w.still);
	assert_true(w.at[find(&w, false)].weight > 0.9);
	gap.on.lat_deg = 42.1; /* 6 nm away */
	assert_false(ways_between(&gap, 12).still);
	gap.on.lat_deg = 42.01;
	gap.on.sog_kn = 8;
	assert_false(ways_between(&gap, 12).still);
	gap.open = true;
	w = ways_between(&gap, 12);
	assert_true(w.still);
	assert_int_equal(find(&w, true), -1);
	gap.off.sog_kn = 8;
	assert_false(ways_between(&gap, 12).still);
	/* by its status where no speed is known */
	gap.off.known = KNOWN_NAV_STATUS;
	gap.off.nav_status = 5;
	assert_true(ways_between(&gap, 12).still);
	gap.off.nav_status = 0;
	assert_false(ways_between(&gap, 12).still);
}

/* an open gap: it stays, holds its course, or goes anywhere at its speed */
static void open_gap(void **state)
{
	static const int COURSES[] = {0, 90, 180, 270};
	struct gap gap = {.open = true, .off = at_sea(0, 42, 132, 12)};
	struct ways w = ways_between(&gap, 12);

	(void)state;
	for (int h = 0; h < 72; h += 9)
		assert_at(&w, find(&w, false), h, false, 42, 132);
	assert_int_equal(w.count, WAY_DIRECTIONS + 2);
	for (size_t i = 0; i < 4; i++) {
		double lat = 42 + cos(COURSES[i] * 0.017453292519943295) * 120 / 60;
		double lon =
		    132 + sin(COURSES[i] * 0.017453292519943295) * 120 / 60 / cos(0.7330383);
		bool found = false;

		for (int k = 0; k < w.count; k++) {
			uint32_t cell = 0;

			if (!w.at[k].held && ways_cell(&w, k, 10, false, &cell))
				found = found || cell == cell_of(lat + 1e-9, lon + 1e-9);
		}
		assert_true(found);
	}
}

/* a fast straight way leaves little for ways round, a slow one much */
static void rounds(void **state)
{
	struct gap gap = {.off = at_sea(0, 42, 132, 12), .on = at_sea(10, 44, 132, 12)};
	struct ways fast = ways_between(&gap, 12);
	struct ways slow;

	(void)state;
	assert_true(fast.at[find(&fast, false)].weight > 0.5);
	assert_float_equal(hypot(fast.at[1].north_nm_h, fast.at[1].east_nm_h), 0, 1);
	gap.on = at_sea(20, 42.5, 132, 12);
	slow = ways_between(&gap, 12);
	assert_true(slow.at[find(&slow, false)].weight < 0.5);
	/* 30 nm in 20 h are 1.5 kn straight on: sqrt(12^2 - 1.5^2) */
	assert_float_equal(
	    hypot(slow.at[slow.count - 1].north_nm_h, slow.at[slow.count - 1].east_nm_h), 11.906,
	    0.01);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(weights),  cmocka_unit_test(speeds),
	    cmocka_unit_test(straight), cmocka_unit_test(over_the_antimeridian),
	    cmocka_unit_test(held),     cmocka_unit_test(still),
	    cmocka_unit_test(open_gap), cmocka_unit_test(rounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

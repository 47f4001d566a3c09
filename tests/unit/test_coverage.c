/*
 * Coverage. That the judged vessel is left out is held against the same fleet without it; the rest
 * against judge/coverage.h: between what was seen there, what was seen around and a guess.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "judge/coverage.h"
#include "law/heard.h"
#include "unit/all_zones.h"

enum { FIRST = HEARD_HOUR / PERIOD_H, END = FIRST + 20 };

static void assert_same(const struct coverage *a, const struct coverage *b)
{
	for (int s = 0; s < STRATA; s++) {
		assert_true(fabs(a->heard[s] - b->heard[s]) <= 1e-12);
		assert_true(fabs(a->satellite[s] - b->satellite[s]) <= 1e-12);
	}
	assert_true(fabs(a->others - b->others) <= 1e-9);
}

/* of a fleet, without ship 0 if it is there */
static struct coverage cover(struct heard *h, int64_t first, int64_t end, double lat, double lon)
{
	struct fleet *fleet = heard_fleet(h, zones);
	struct traffic *traffic = traffic_new(fleet, 0, HEARD_MIDNIGHT + 400 * HOUR_MS);
	struct own own = {0};
	struct coverage coverage;
	const struct shard *shard;
	const struct vessel *vessel = fleet_vessel(fleet, HEARD_MMSI, &shard);

	if (vessel)
		own_add(&own, &fleet->clock, shard, vessel, first, end);
	coverage_at(traffic, &own, first, end, cell_of(lat, lon), &coverage);
	own_free(&own);
	traffic_free(traffic);
	fleet_free(fleet);
	return coverage;
}

static void hear_random(struct random *r, struct heard *h, int ship, int from, int to, uint32_t in)
{
	for (int hour = from; hour < to; hour++) {
		struct fix *fix;

		if (!random_once_in(r, in))
			continue;
		fix =
		    heard_add(h, ship, HEARD_MIDNIGHT + hour * HOUR_MS + 5 * MINUTE_MS,
		              42 + random_below(r, 80) / 100.0, 132 + random_below(r, 80) / 100.0);
		fix->sog_kn = (float)(random_below(r, 3) * 3);
		fix->ais_class = (uint8_t)(ship % 3);
		fix->source = (uint8_t)random_below(r, 3);
	}
}

/* the feed is up in some hours more, and in all in which ship 0 is heard, whether it is there or
 * not: its own hours would tell that else */
static void hear_far_away(struct random *r, struct heard *with, struct heard *without)
{
	size_t count = with->count;
	uint64_t seed = random_next(r);

	for (size_t i = 0; i < count; i++) {
		if (with->at[i].mmsi == HEARD_MMSI) {
			heard_add(with, 999, with->at[i].fix.t_ms, -70, -60);
			heard_add(without, 999, with->at[i].fix.t_ms, -70, -60);
		}
	}
	for (int both = 0; both < 2; both++) {
		struct random same = {seed};

		for (int hour = -10; hour < 140; hour++) {
			if (!random_once_in(&same, 4))
				heard_up(both ? with : without, hour, hour + 1);
		}
	}
}

/* steady and seldom heard, so that long silences lie across the ends of what is read */
static void leaves_itself_out(void **state)
{
	struct random r = {5};

	(void)state;
	for (int trial = 0; trial < 300; trial++) {
		struct heard with = {0};
		struct heard without = {0};
		int64_t first = FIRST + random_below(&r, 10);
		int64_t end = first + random_below(&r, 10);
		double lat = 42 + random_below(&r, 80) / 100.0;
		uint64_t seed = random_next(&r);
		struct coverage a;
		struct coverage b;

		for (int both = 0; both < 2; both++) {
			struct random same = {seed};

			for (int ship = 1; ship < 6; ship++)
				hear_random(&same, both ? &with : &without, ship, 0, 120, 3);
		}
		hear_random(&r, &with, 0, 0, 120, trial % 2 ? 2 : 20);
		hear_far_away(&r, &with, &without);
		a = cover(&with, first, end, lat, 132.4);
		b = cover(&without, first, end, lat, 132.4);
		assert_same(&a, &b);
	}
}

/* nobody anywhere: one guess for all, neither nought nor certain, and nobody to say so */
static void nobody(void **state)
{
	struct heard h = {0};
	struct coverage c = cover(&h, FIRST, END, 42.5, 132.5);

	(void)state;
	for (int s = 0; s < STRATA; s++) {
		assert_true(c.heard[s] > 0.1 && c.heard[s] < 0.5);
		assert_float_equal(c.heard[s], c.heard[0], 1e-12);
		assert_true(c.satellite[s] > 0 && c.satellite[s] < 0.5);
	}
	assert_float_equal(c.others, 0, 0);
	/* far away tells nothing: three degrees are more than two squares of one */
	heard_still(&h, 1, 0, 100, 45.6, 132.5);
	assert_float_equal(cover(&h, FIRST, END, 42.5, 132.5).heard[0], c.heard[0], 1e-12);
}

/* one heard in every hour, or in every fourth, of four days */
static struct coverage seen_at(int every, double lat)
{
	struct heard h = {0};

	heard_up(&h, -10, 110);
	for (int hour = 0; hour < 96; hour += every)
		heard_add(&h, 1, HEARD_MIDNIGHT + hour * HOUR_MS, 42.5, 132.5);
	return cover(&h, FIRST, END, lat, 132.5);
}

static void as_seen(void **state)
{
	struct coverage guess = seen_at(1, -20);
	struct coverage always = seen_at(1, 42.5);
	struct coverage seldom = seen_at(4, 42.5);

	(void)state;
	assert_true(always.heard[STRATUM_A] > 0.93 && always.heard[STRATUM_A] < 1);
	assert_true(fabs(seldom.heard[STRATUM_A] - 0.25) < 0.05);
	/* its own class under way or still tells something of the other; class B nothing */
	assert_true(always.heard[STRATUM_A_STILL] > seldom.heard[STRATUM_A_STILL]);
	assert_true(always.heard[STRATUM_A_STILL] > guess.heard[STRATUM_A_STILL]);
	assert_float_equal(always.heard[STRATUM_B], guess.heard[STRATUM_B], 1e-12);
	/* never heard by satellites, which are asked only where stations fail */
	assert_true(seldom.satellite[STRATUM_A] < guess.satellite[STRATUM_A]);
	/* 96 hours, three after the last and three before the first */
	assert_float_equal(always.others, 96 + 3, 3);
}

/* farther from where it was seen, nearer to the guess */
static void toward_the_surroundings(void **state)
{
	static const double LATS[] = {42.5, 42.63, 42.76, 43.5, 45.5};
	double last = 1;

	(void)state;
	for (size_t i = 0; i < sizeof LATS / sizeof *LATS; i++) {
		double heard = seen_at(1, LATS[i]).heard[STRATUM_A];

		assert_true(heard < last);
		last = heard;
	}
	assert_float_equal(last, seen_at(1, -20).heard[STRATUM_A], 1e-12);
}

/* the more hours, the nearer to what they say */
static void more_hours_weigh_more(void **state)
{
	double last = 0;

	(void)state;
	for (int hours = 6; hours <= 96; hours *= 2) {
		struct heard h = {0};
		double heard;

		heard_up(&h, -10, 110);
		for (int hour = 0; hour < hours; hour++)
			heard_add(&h, 1, HEARD_MIDNIGHT + hour * HOUR_MS, 42.5, 132.5);
		heard = cover(&h, FIRST, FIRST + hours / PERIOD_H, 42.5, 132.5).heard[STRATUM_A];
		assert_true(heard > last && heard < 1);
		last = heard;
	}
}

/* two satellites' hours: as satellites hear it, and stations not */
static void satellites(void **state)
{
	struct heard h = {0};
	struct coverage c;

	(void)state;
	heard_up(&h, -10, 110);
	for (int hour = 0; hour < 96; hour += 2)
		heard_add(&h, 1, HEARD_MIDNIGHT + hour * HOUR_MS, 42.5, 132.5)->source =
		    SOURCE_SATELLITE;
	c = cover(&h, FIRST, END, 42.5, 132.5);
	assert_true(c.heard[STRATUM_A] < 0.05);
	assert_true(fabs(c.satellite[STRATUM_A] - 0.5) < 0.06);
}

static int apart(int row, int col, int to_row, int to_col)
{
	return cells_apart(cell_join(row, col), cell_join(to_row, to_col), 0);
}

/* hours in which the whole feed was silent are not held against a place */
static void the_feed_was_down(void **state)
{
	struct heard h = {0};
	struct coverage c;

	(void)state;
	for (int hour = 0; hour < 96; hour += 2)
		heard_add(&h, 1, HEARD_MIDNIGHT + hour * HOUR_MS, 42.5, 132.5);
	c = cover(&h, FIRST, END, 42.5, 132.5);
	assert_true(c.heard[STRATUM_A] > 0.9);
	assert_float_equal(c.others, 48, 0);
}

/* round 180 degrees and at the poles; a plain re-count over a small grid */
static void near_cells(void **state)
{
	static const int COLS[] = {0, 1, 2, 3, 100, CELL_COLS - 3, CELL_COLS - 1};

	(void)state;
	for (size_t i = 0; i < 7; i++) {
		for (size_t k = 0; k < 7; k++) {
			for (int reach = 0; reach < 4; reach++) {
				bool near = false;

				for (int step = -reach; step <= reach; step++)
					near = near ||
					       (COLS[i] + step + CELL_COLS) % CELL_COLS == COLS[k];
				assert_int_equal(apart(5, COLS[i], 5, COLS[k]) <= reach, near);
				assert_int_equal(apart(5, COLS[i], 7, COLS[k]) <= reach,
				                 near && reach >= 2);
			}
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(leaves_itself_out),
	    cmocka_unit_test(nobody),
	    cmocka_unit_test(as_seen),
	    cmocka_unit_test(toward_the_surroundings),
	    cmocka_unit_test(more_hours_weigh_more),
	    cmocka_unit_test(satellites),
	    cmocka_unit_test(the_feed_was_down),
	    cmocka_unit_test(near_cells),
	};

	return cmocka_run_group_tests(tests, begin_all, end_all);
}

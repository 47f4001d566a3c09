/*
 * Plans: the same from the same fleet, however it was put together; within their bounds; what they
 * take out, held against a search through all losses; and the truth of gaps, by hand.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/utc.h"
#include "run/selftest_label.h"
#include "run/selftest_plan.h"

#define START INT64_C(1654041600000) /* 2022-06-01 */
#define GAP   (6 * HOUR_MS)

enum { SHIPS = 60, DAYS = 8, FIRST_MMSI = 273998000, STEP_MIN = 20 };

struct world {
	struct areas *areas;
	struct zones *zones;
};

static int make_world(void **state)
{
	struct world *w = mem_new(1, sizeof *w);

	w->areas = areas_new();
	assert_int_equal(areas_add(w->areas, "40,135,100", GAP, NULL), ST_OK);
	w->zones = zones_new(w->areas);
	*state = w;
	return 0;
}

static int free_world(void **state)
{
	struct world *w = *state;

	areas_free(w->areas);
	free(w->zones);
	free(w);
	return 0;
}

/* a ship that lies still; the odd ones lie outside the area, in its margin */
static void put(struct batch *batch, const struct zones *zones, int ship, int64_t t_ms)
{
	*batch_room(batch) = (struct position_report){
	    .mmsi = FIRST_MMSI + ship,
	    .fix = {.t_ms = t_ms,
	            .lat_deg = 39.2 + 0.025 * ship,
	            .lon_deg = ship % 2 ? 139 : 134.5 + 0.01 * ship},
	    .has_position = true,
	};
	batch_add(batch, zones);
}

/* all ships over `hours`, in time order or against it */
static struct fleet *fleet_of(const struct world *w, int hours, bool backwards)
{
	struct fleet_params params = {GAP, w->zones, false};
	struct fleet *fleet = fleet_new(&params);
	int reports = hours * 60 / STEP_MIN;
	struct batch batch;

	batch_init(&batch);
	for (int i = 0; i < reports * SHIPS; i++) {
		int k = backwards ? reports * SHIPS - 1 - i : i;

		put(&batch, w->zones, k % SHIPS,
		    START + (int64_t)(k / SHIPS) * STEP_MIN * MINUTE_MS);
		if (i % 1000 == 999)
			fleet_fold(fleet, &batch);
	}
	batch_finish(fleet, &batch);
	fleet_settle(fleet);
	return fleet;
}

static struct plan *plan_of(const struct world *w, const struct fleet *fleet, uint64_t seed)
{
	struct plan_params params = {.fleet = fleet, .areas = w->areas, .seed = seed};

	assert_true(fleet_feed_time(fleet, &params.as_of_ms));
	return plan_new(&params);
}

static bool same(const struct plan *a, const struct plan *b)
{
	if (a->switch_off_count != b->switch_off_count || a->loss_count != b->loss_count)
		return false;
	for (size_t i = 0; i < a->switch_off_count; i++) {
		const struct switch_off *x = &a->switch_offs[i];
		const struct switch_off *y = &b->switch_offs[i];

		if (x->mmsi != y->mmsi || x->begin_ms != y->begin_ms || x->end_ms != y->end_ms)
			return false;
	}
	for (size_t i = 0; i < a->loss_count; i++) {
		const struct loss *x = &a->losses[i];
		const struct loss *y = &b->losses[i];

		if (x->begin_ms != y->begin_ms || x->end_ms != y->end_ms || x->key != y->key ||
		    x->lat_deg != y->lat_deg || x->radius_nm != y->radius_nm || x->rate != y->rate)
			return false;
	}
	return true;
}

static void one_plan_whatever_the_order(void **state)
{
	const struct world *w = *state;
	struct fleet *forth = fleet_of(w, DAYS * 24, false);
	struct fleet *back = fleet_of(w, DAYS * 24, true);
	struct plan *a = plan_of(w, forth, 1);
	struct plan *b = plan_of(w, back, 1);
	struct plan *other = plan_of(w, forth, 2);

	assert_true(a->switch_off_count >= 2);
	assert_true(a->loss_count >= 2);
	assert_true(same(a, b));
	assert_false(same(a, other));
	plan_free(a);
	plan_free(b);
	plan_free(other);
	fleet_free(forth);
	fleet_free(back);
}

static void switch_offs_keep_bounds(const struct plan *plan, int64_t end_ms)
{
	double hours = 0;

	for (size_t i = 0; i < plan->switch_off_count; i++) {
		const struct switch_off *off = &plan->switch_offs[i];

		assert_true(i == 0 || plan->switch_offs[i - 1].mmsi < off->mmsi);
		/* the ships in the margin are not judged */
		assert_int_equal((off->mmsi - FIRST_MMSI) % 2, 0);
		assert_true(off->begin_ms > START && off->end_ms <= end_ms);
		assert_true(off->end_ms - off->begin_ms >= GAP + GAP / 20 - 1);
		hours += (double)(off->end_ms - off->begin_ms) / (double)HOUR_MS;
	}
	/* two in a hundred vessel-hours, but for a single one */
	assert_true(plan->switch_off_count == 1 || hours <= 0.02 * (double)plan->vessel_hours);
}

static void losses_keep_bounds(const struct plan *plan)
{
	size_t holes = 0;

	for (size_t i = 0; i < plan->loss_count; i++) {
		const struct loss *loss = &plan->losses[i];
		int64_t length_ms = loss->end_ms - loss->begin_ms;

		holes += loss->everywhere;
		assert_true(loss->rate >= 0.5 && loss->rate <= 1);
		if (loss->everywhere) {
			assert_true(length_ms > GAP && length_ms <= 2 * GAP);
			continue;
		}
		assert_true(length_ms >= GAP * 3 / 10 - 1 && length_ms <= 3 * DAY_MS);
		assert_true(loss->radius_nm >= 10 && loss->radius_nm <= 60);
	}
	assert_int_equal(holes, plan->hole_count);
}

static void within_bounds(void **state)
{
	const struct world *w = *state;
	struct fleet *fleet = fleet_of(w, DAYS * 24, false);

	for (uint64_t seed = 0; seed < 30; seed++) {
		struct plan *plan = plan_of(w, fleet, seed);

		assert_int_equal(plan->vessel_hours, SHIPS * DAYS * 24);
		switch_offs_keep_bounds(plan, START + DAYS * DAY_MS);
		losses_keep_bounds(plan);
		plan_free(plan);
	}
	fleet_free(fleet);
}

/* eleven hours hold no twelve of continuous reports */
static void none_in_a_short_feed(void **state)
{
	const struct world *w = *state;
	struct fleet *fleet = fleet_of(w, 11, false);
	struct plan *plan = plan_of(w, fleet, 1);

	assert_int_equal(plan->switch_off_count, 0);
	plan_free(plan);
	fleet_free(fleet);
	fleet = fleet_of(w, 0, false);
	plan =
	    plan_new(&(struct plan_params){.fleet = fleet, .areas = w->areas, .as_of_ms = START});
	assert_int_equal(plan->switch_off_count + plan->loss_count, 0);
	assert_false(plan_drops(plan, &(struct position_report){.mmsi = 1}));
	plan_free(plan);
	fleet_free(fleet);
}

static struct plan *plan_by_hand(const struct switch_off *offs, size_t off_count,
                                 const struct loss *losses, size_t loss_count)
{
	struct plan *plan = mem_new(1, sizeof *plan);

	plan->switch_offs = mem_new(off_count + 1, sizeof *offs);
	plan->losses = mem_new(loss_count + 1, sizeof *losses);
	if (off_count)
		memcpy(plan->switch_offs, offs, off_count * sizeof *offs);
	if (loss_count)
		memcpy(plan->losses, losses, loss_count * sizeof *losses);
	plan->switch_off_count = off_count;
	plan->loss_count = loss_count;
	plan_index(plan);
	return plan;
}

static bool drops(const struct plan *plan, int64_t mmsi, int64_t t_ms, double lat, double lon)
{
	struct position_report report = {
	    .mmsi = mmsi,
	    .fix = {.t_ms = t_ms, .lat_deg = lat, .lon_deg = lon},
	    .has_position = true,
	};

	return plan_drops(plan, &report);
}

static void takes_out_what_it_says(void **state)
{
	static const struct switch_off OFF = {7, START, START + HOUR_MS};
	static const struct loss LOSSES[] = {
	    /* 30 nm of latitude are half a degree */
	    {.begin_ms = START + DAY_MS,
	     .end_ms = START + 2 * DAY_MS,
	     .lat_deg = 40,
	     .lon_deg = 179.9,
	     .radius_nm = 30,
	     .rate = 1},
	    {.begin_ms = START + 3 * DAY_MS,
	     .end_ms = START + 4 * DAY_MS,
	     .everywhere = true,
	     .rate = 1},
	};
	struct plan *plan = plan_by_hand(&OFF, 1, LOSSES, 2);
	struct position_report no_position = {.mmsi = 8, .fix.t_ms = START + DAY_MS};

	(void)state;
	assert_true(drops(plan, 7, START, 0, 0));
	assert_true(drops(plan, 7, START + HOUR_MS - 1, 0, 0));
	assert_false(drops(plan, 7, START + HOUR_MS, 0, 0));
	assert_false(drops(plan, 8, START, 0, 0));
	assert_true(drops(plan, 8, START + DAY_MS, 40.49, 179.9));
	assert_false(drops(plan, 8, START + DAY_MS, 40.51, 179.9));
	/* over the antimeridian: 0.4 degrees are 18 nm here */
	assert_true(drops(plan, 8, START + DAY_MS, 40, -179.7));
	assert_false(drops(plan, 8, START + DAY_MS - 1, 40, 179.9));
	assert_false(drops(plan, 8, START + 2 * DAY_MS, 40, 179.9));
	assert_true(drops(plan, 8, START + 3 * DAY_MS, -70, 0));
	assert_false(plan_drops(plan, &no_position));
	no_position.fix.t_ms = START + 3 * DAY_MS;
	assert_true(plan_drops(plan, &no_position));
	assert_int_equal(plan_hole_ms(plan, START, START + 3 * DAY_MS + HOUR_MS), HOUR_MS);
	assert_int_equal(plan_hole_ms(plan, START, START + DAY_MS), 0);
	plan_free(plan);
}

/* of 10,000 minutes about 7,000; the same ones each time, and a minute whole */
static void a_rate_is_a_share_of_minutes(void **state)
{
	static const struct loss LOSS = {.begin_ms = START,
	                                 .end_ms = START + 10000 * MINUTE_MS,
	                                 .lat_deg = 40,
	                                 .lon_deg = 135,
	                                 .radius_nm = 10,
	                                 .rate = 0.7,
	                                 .key = 12345};
	struct plan *plan = plan_by_hand(NULL, 0, &LOSS, 1);
	int count = 0;

	(void)state;
	for (int i = 0; i < 10000; i++) {
		bool lost = drops(plan, 7, START + i * MINUTE_MS, 40, 135);

		assert_int_equal(lost, drops(plan, 7, START + i * MINUTE_MS + 59999, 40, 135));
		count += lost;
	}
	/* six standard deviations of a binomial with 10,000 trials */
	assert_in_range(count, 7000 - 6 * 46, 7000 + 6 * 46);
	plan_free(plan);
}

/* the index against a search through all */
static void the_index_misses_none(void **state)
{
	enum { LOSSES = 150 };
	struct loss losses[LOSSES];
	struct loss_index index;
	uint64_t x = 1;

	(void)state;
	for (int i = 0; i < LOSSES; i++) {
		x = x * UINT64_C(6364136223846793005) + 1;
		losses[i] = (struct loss){.begin_ms = START + (int64_t)(x >> 40) * 100};
		losses[i].end_ms = losses[i].begin_ms + (int64_t)(x % 1000) * MINUTE_MS;
	}
	loss_index_make(&index, losses, LOSSES);
	for (int64_t t = START - DAY_MS; t < START + 30 * DAY_MS; t += 7 * MINUTE_MS) {
		size_t count;
		const uint32_t *at = loss_index_at(&index, t, &count);
		size_t wanted = 0;
		size_t found = 0;

		for (size_t i = 0; i < LOSSES; i++)
			wanted += t >= losses[i].begin_ms && t < losses[i].end_ms;
		for (size_t i = 0; i < count; i++) {
			assert_true(i == 0 || at[i] > at[i - 1]);
			found += t >= losses[at[i]].begin_ms && t < losses[at[i]].end_ms;
		}
		assert_int_equal(wanted, found);
	}
	loss_index_free(&index);
}

/* hours from START */
static struct gap gap_of(int64_t mmsi, int off_h, int on_h)
{
	return (struct gap){
	    .mmsi = mmsi, .off.t_ms = START + off_h * HOUR_MS, .on.t_ms = START + on_h * HOUR_MS};
}

static enum truth truth_of(const struct old_gaps *old, const struct plan *plan, int64_t mmsi,
                           int off_h, int on_h)
{
	struct gap gap = gap_of(mmsi, off_h, on_h);

	return gap_truth(old, plan, &gap);
}

static void truth_by_hand(void **state)
{
	/* vessel 7: switched off from 10 to 20; gaps there before of 7: 30-40, of 8: 30-40, 50- */
	static const struct switch_off OFF = {7, START + 10 * HOUR_MS, START + 20 * HOUR_MS};
	struct gap before[] = {gap_of(8, 30, 40), gap_of(7, 30, 40), gap_of(8, 50, 0),
	                       gap_of(8, 2, 9)};
	struct gaps gaps = {before, 4, 4};
	struct plan *plan = plan_by_hand(&OFF, 1, NULL, 0);
	struct old_gaps old;
	struct gap open = gap_of(8, 50, 0);
	struct gap zone = gap_of(9, 1, 8);

	(void)state;
	before[2].open = open.open = true;
	before[3].zone = zone.zone = 1;
	old_gaps_init(&old, &gaps, START + 100 * HOUR_MS);
	assert_int_equal(truth_of(&old, plan, 7, 9, 21), TRUTH_OFF);
	assert_int_equal(truth_of(&old, plan, 7, 1, 20), TRUTH_OFF);
	/* ten of twenty hours are no more than half */
	assert_int_equal(truth_of(&old, plan, 7, 10, 30), TRUTH_MIXED);
	assert_int_equal(truth_of(&old, plan, 7, 19, 28), TRUTH_MIXED);
	assert_int_equal(truth_of(&old, plan, 7, 20, 28), TRUTH_LOST);
	assert_int_equal(truth_of(&old, plan, 7, 30, 40), TRUTH_BEFORE);
	assert_int_equal(truth_of(&old, plan, 8, 9, 21), TRUTH_LOST);
	assert_int_equal(truth_of(&old, plan, 8, 30, 40), TRUTH_BEFORE);
	/* longer than it was, or touching it */
	assert_int_equal(truth_of(&old, plan, 8, 29, 40), TRUTH_MIXED);
	assert_int_equal(truth_of(&old, plan, 8, 39, 47), TRUTH_MIXED);
	assert_int_equal(truth_of(&old, plan, 8, 40, 47), TRUTH_LOST);
	/* the old zone gap of 8 does not count, and of a new one nothing is said */
	assert_int_equal(truth_of(&old, plan, 8, 1, 8), TRUTH_LOST);
	assert_int_equal(gap_truth(&old, plan, &zone), TRUTH_MIXED);
	assert_int_equal(gap_truth(&old, plan, &open), TRUTH_BEFORE);
	assert_int_equal(truth_of(&old, plan, 8, 60, 70), TRUTH_MIXED);
	open.mmsi = 9;
	assert_int_equal(gap_truth(&old, plan, &open), TRUTH_LOST);
	assert_int_equal(truth_of(&old, plan, 1, 9, 21), TRUTH_LOST);
	old_gaps_free(&old);
	plan_free(plan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(one_plan_whatever_the_order),
	    cmocka_unit_test(within_bounds),
	    cmocka_unit_test(none_in_a_short_feed),
	    cmocka_unit_test(takes_out_what_it_says),
	    cmocka_unit_test(a_rate_is_a_share_of_minutes),
	    cmocka_unit_test(the_index_misses_none),
	    cmocka_unit_test(truth_by_hand),
	};

	return cmocka_run_group_tests(tests, make_world, free_world);
}

/*
 * Traffic and periods against a plain re-count: every sighting of every ship is told by
 * sightings_of (which test_sighting.c holds against a count by hand), and looked at one by one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "judge/traffic.h"
#include "law/heard.h"
#include "unit/all_zones.h"

enum { HOURS = 60, SHIPS = 30, TRIALS = 150 };

/* all sightings, and whose */
struct plain {
	struct sighting *at;
	const struct vessel **whose;
	size_t count, cap, whose_cap;
	const struct vessel *vessel;
};

static void keep(void *context, const struct sighting *s)
{
	struct plain *p = context;

	p->at = mem_grow(p->at, &p->cap, p->count + 1, 64, sizeof *p->at);
	p->whose = mem_grow(p->whose, &p->whose_cap, p->count + 1, 64, sizeof(void *));
	p->whose[p->count] = p->vessel;
	p->at[p->count++] = *s;
}

static void recount(struct plain *p, const struct fleet *fleet, int64_t first_hour,
                    int64_t end_hour)
{
	*p = (struct plain){0};
	for (int s = 0; s < FLEET_SHARDS; s++) {
		const struct shard *shard = &fleet->shards[s];

		for (size_t i = 0; i < shard->vessel_count; i++) {
			p->vessel = &shard->vessels[i];
			sightings_of(&fleet->clock, shard, p->vessel, first_hour, end_hour, keep,
			             p);
		}
	}
}

static void plain_free(struct plain *p)
{
	free(p->at);
	free(p->whose);
}

/* cells between two, the short way round */
static int ring(uint32_t a, uint32_t b, int shift)
{
	int rows = abs((cell_row(a) >> shift) - (cell_row(b) >> shift));
	int cols = abs((cell_col(a) >> shift) - (cell_col(b) >> shift));
	int turn = CELL_COLS >> shift;

	if (turn - cols < cols)
		cols = turn - cols;
	return rows > cols ? rows : cols;
}

static void count(struct tally *tally, const struct sighting *s, double weight)
{
	tally->present[s->stratum] += weight;
	if (s->satellite)
		tally->satellite[s->stratum] += weight;
	else if (s->heard)
		tally->heard[s->stratum] += weight;
}

static void assert_same(const struct tally *a, const struct tally *b)
{
	for (int s = 0; s < STRATA; s++) {
		assert_float_equal(a->present[s], b->present[s], 1e-9);
		assert_float_equal(a->heard[s], b->heard[s], 1e-9);
		assert_float_equal(a->satellite[s], b->satellite[s], 1e-9);
	}
}

/* where a trial's ships are: off Vladivostok, round 180 degrees, at either pole */
static void middle(int trial, double *lat, double *lon)
{
	static const double LATS[] = {42.5, 10, 89.5, -89.5, 0};
	static const double LONS[] = {132, 180, 30, -179.9, 0};

	*lat = LATS[trial % 5];
	*lon = LONS[trial % 5];
}

static double near_by(struct random *r, double deg, double spread)
{
	return deg + spread * (random_below(r, 10000) / 5000.0 - 1);
}

static struct fleet *random_fleet(struct random *r, int trial)
{
	struct heard h = {0};
	double lat;
	double lon;

	middle(trial, &lat, &lon);
	for (int i = 0; i < 400; i++) {
		double at = fmax(-90, fmin(90, near_by(r, lat, 0.8)));
		int64_t ms = (int64_t)random_below(r, HOURS * 60) * MINUTE_MS;
		struct fix *fix = heard_add(&h, (int)random_below(r, SHIPS), HEARD_MIDNIGHT + ms,
		                            at, fix_wrap_lon(near_by(r, lon, 0.8)));

		fix->sog_kn = (float)(random_below(r, 3) * 3);
		fix->ais_class = (uint8_t)random_below(r, 3);
		fix->source = (uint8_t)random_below(r, 3);
	}
	return heard_fleet(&h, zones);
}

static uint32_t random_cell(struct random *r, int trial)
{
	double lat;
	double lon;

	middle(trial, &lat, &lon);
	lat = fmax(-90, fmin(90, near_by(r, lat, 1)));
	return cell_of(lat, fix_wrap_lon(near_by(r, lon, 1)));
}

static void check_hour(struct random *r, int trial, const struct traffic *t, const struct plain *p)
{
	uint32_t cell = random_cell(r, trial);
	int64_t hour = HEARD_HOUR + (int)random_below(r, HOURS + 10) - 5;
	int far = (int)random_below(r, 6);
	struct traffic_reach reach = {.near = (int)random_below(r, (uint32_t)far + 1),
	                              .far = far,
	                              .near_weight = 1 + random_below(r, 3),
	                              .far_weight = random_below(r, 5) / 4.0};
	struct tally got = {.present = {1}};
	struct tally wanted = {.present = {1}};

	for (size_t i = 0; i < p->count; i++) {
		int away = ring(cell_of(p->at[i].lat_deg, p->at[i].lon_deg), cell, 0);

		if (p->at[i].hour == hour && away <= far)
			count(&wanted, &p->at[i],
			      away <= reach.near ? reach.near_weight : reach.far_weight);
	}
	traffic_hour(t, hour, cell, &reach, &got);
	assert_same(&got, &wanted);
}

static void check_past(struct random *r, int trial, const struct traffic *t, const struct plain *p)
{
	enum { REACH = 3 };
	uint32_t cell = random_cell(r, trial);
	int64_t first = HEARD_HOUR / PERIOD_H - 2 + random_below(r, 12);
	int64_t end = first + random_below(r, 10);
	struct tally got[REACH + 1] = {{.present = {0}}};
	struct tally wanted[REACH + 1] = {{.present = {0}}};
	struct tally wide;
	struct tally wide_wanted = {.present = {0}};

	for (size_t i = 0; i < p->count; i++) {
		uint32_t at = cell_of(p->at[i].lat_deg, p->at[i].lon_deg);

		if (p->at[i].hour < first * PERIOD_H || p->at[i].hour >= end * PERIOD_H)
			continue;
		for (int reach = 0; reach <= REACH; reach++) {
			if (ring(at, cell, 0) <= reach)
				count(&wanted[reach], &p->at[i], 1);
		}
		if (ring(at, cell, WIDE_SHIFT) <= 1)
			count(&wide_wanted, &p->at[i], 1);
	}
	traffic_past(t, first, end, cell, REACH, got, &wide);
	for (int reach = 0; reach <= REACH; reach++)
		assert_same(&got[reach], &wanted[reach]);
	assert_same(&wide, &wide_wanted);
}

/* what traffic_vessels told */
struct told {
	const struct vessel *at[SHIPS];
	size_t count;
	size_t most; /* then it has had enough */
};

static bool take(void *context, const struct shard *shard, const struct vessel *vessel)
{
	struct told *told = context;

	assert_true(told->count < SHIPS);
	assert_ptr_equal(vessel, &shard->vessels[vessel - shard->vessels]);
	for (size_t i = 0; i < told->count; i++)
		assert_ptr_not_equal(told->at[i], vessel);
	told->at[told->count++] = vessel;
	return told->count < told->most;
}

/* those heard, each once, in any order; the first of them when a few are enough */
static void check_vessels(struct random *r, int trial, const struct traffic *t,
                          const struct plain *p)
{
	uint32_t cell = random_cell(r, trial);
	int64_t hour = HEARD_HOUR + random_below(r, HOURS);
	int reach = (int)random_below(r, 5);
	struct told told = {.most = SHIPS + 1};
	struct told few = {.most = 1 + random_below(r, 3)};
	size_t wanted = 0;

	traffic_vessels(t, hour, cell, reach, take, &told);
	traffic_vessels(t, hour, cell, reach, take, &few);
	assert_int_equal(few.count, few.most < told.count ? few.most : told.count);
	assert_memory_equal(few.at, told.at, few.count * sizeof(void *));
	for (size_t i = 0; i < p->count; i++) {
		bool found = false;

		if (p->at[i].hour != hour || !p->at[i].heard ||
		    ring(cell_of(p->at[i].lat_deg, p->at[i].lon_deg), cell, 0) > reach)
			continue;
		wanted++;
		for (size_t k = 0; k < told.count; k++)
			found = found || told.at[k] == p->whose[i];
		assert_true(found);
	}
	assert_int_equal(told.count, wanted);
}

static void random_fleets(void **state)
{
	struct random r = {3};

	(void)state;
	for (int trial = 0; trial < TRIALS; trial++) {
		struct fleet *fleet = random_fleet(&r, trial);
		int64_t as_of_ms = HEARD_MIDNIGHT + (20 + random_below(&r, HOURS)) * HOUR_MS;
		int64_t since_ms =
		    trial % 3 ? 0 : HEARD_MIDNIGHT + random_below(&r, 15 * 60) * MINUTE_MS;
		int64_t first_hour = since_ms ? since_ms / HOUR_MS : HEARD_HOUR - 1000;
		struct traffic *t = traffic_new(fleet, since_ms, as_of_ms);
		struct plain p;

		recount(&p, fleet, first_hour, as_of_ms / HOUR_MS + 1);
		assert_true(p.count > 20);
		for (int i = 0; i < 60; i++) {
			check_hour(&r, trial, t, &p);
			check_past(&r, trial, t, &p);
			check_vessels(&r, trial, t, &p);
		}
		plain_free(&p);
		traffic_free(t);
		fleet_free(fleet);
	}
}

static const struct traffic_reach HERE = {0, 0, 1, 1};
static const struct traffic_reach THREE = {3, 3, 1, 1};

/* no hour later than as-of; a fleet of nothing; clocks decades apart */
static void ends(void **state)
{
	struct heard h = {0};
	struct fleet *fleet = heard_fleet(&h, zones);
	struct traffic *t = traffic_new(fleet, 0, HEARD_MIDNIGHT);
	uint32_t cell = cell_of(42, 132);
	struct tally tally = {.present = {0}};
	struct tally none = {.present = {0}};

	(void)state;
	traffic_hour(t, HEARD_HOUR, cell, &THREE, &tally);
	assert_memory_equal(&tally, &none, sizeof none);
	traffic_free(t);
	fleet_free(fleet);
	heard_still(&h, 0, 0, 10, 42, 132);
	heard_add(&h, 1, UTC_MIN_MS, 42, 132);
	heard_add(&h, 2, UTC_MAX_MS, 42, 132);
	fleet = heard_fleet(&h, zones);
	t = traffic_new(fleet, 0, HEARD_MIDNIGHT + 5 * HOUR_MS);
	for (int hour = 3; hour < 9; hour++) {
		tally = none;
		traffic_hour(t, HEARD_HOUR + hour, cell, &HERE, &tally);
		assert_int_equal((int)tally.heard[STRATUM_A_STILL], hour <= 5);
	}
	traffic_free(t);
	t = traffic_new(fleet, 0, UTC_MAX_MS);
	tally = none;
	traffic_hour(t, utc_floor_div(UTC_MAX_MS, HOUR_MS), cell, &HERE, &tally);
	assert_int_equal((int)tally.heard[STRATUM_A], 1);
	traffic_free(t);
	t = traffic_new(fleet, 0, UTC_MIN_MS);
	traffic_free(t);
	fleet_free(fleet);
}

enum { CROWD = 300, TAKEN = 20 };

struct names {
	int64_t at[TAKEN];
	size_t count;
};

static bool take_name(void *context, const struct shard *shard, const struct vessel *vessel)
{
	struct names *names = context;

	(void)shard;
	names->at[names->count++] = vessel->mmsi;
	return names->count < TAKEN;
}

/* of a crowd in one cell the same ones, in whatever order they came, and not the first in order */
static void a_crowd(void **state)
{
	uint32_t order[CROWD];
	struct names names[3] = {{.count = 0}};
	struct random r = {11};
	int64_t sum = 0;

	(void)state;
	for (uint32_t i = 0; i < CROWD; i++)
		order[i] = i;
	for (int again = 0; again < 3; again++) {
		struct heard h = {0};
		struct fleet *fleet;
		struct traffic *t;

		for (int i = 0; i < CROWD; i++)
			heard_add(&h, (int)order[i], HEARD_MIDNIGHT, 42, 132);
		fleet = heard_fleet(&h, zones);
		t = traffic_new(fleet, 0, HEARD_MIDNIGHT + HOUR_MS);
		traffic_vessels(t, HEARD_HOUR, cell_of(42, 132), 0, take_name, &names[again]);
		assert_int_equal(names[again].count, TAKEN);
		assert_memory_equal(names[again].at, names[0].at, sizeof names[0].at);
		traffic_free(t);
		fleet_free(fleet);
		random_shuffle(&r, order, CROWD);
	}
	/* the mean of twenty of 300 is 149.5, s.d. 19 */
	for (int i = 0; i < TAKEN; i++)
		sum += names[0].at[i] - HEARD_MMSI;
	assert_in_range(sum / TAKEN, 75, 225);
}

/* squares of 8 cells; only what is asked for; sums that go on */
static void periods_by_hand(void **state)
{
	struct periods p;
	struct tally got[2] = {{.present = {0}}};

	(void)state;
	periods_init(&p, 3);
	periods_at(&p, cell_join(0, 0), 10)->present[1] += 5;
	periods_at(&p, cell_join(7, 7), 10)->heard[1] += 2;
	periods_at(&p, cell_join(8, CELL_COLS - 1), 11)->present[1] += 3; /* next to it, by 180 W */
	periods_at(&p, cell_join(0, 3), 14)->present[1] += 7;
	periods_sum(&p, 10, 14, cell_join(3, 5), 1, got);
	assert_float_equal(got[0].present[1], 5, 0);
	assert_float_equal(got[0].heard[1], 2, 0);
	assert_float_equal(got[1].present[1], 8, 0);
	memset(got, 0, sizeof got);
	periods_sum(&p, 11, 15, cell_join(3, 5), 1, got);
	assert_float_equal(got[0].present[1], 7, 0);
	assert_float_equal(got[0].heard[1], 0, 0);
	assert_float_equal(got[1].present[1], 10, 0);
	memset(got, 0, sizeof got);
	periods_sum(&p, 12, 12, cell_join(3, 5), 1, got);
	periods_sum(&p, -5, 3, cell_join(3, 5), 1, got);
	assert_float_equal(got[1].present[1], 0, 0);
	periods_free(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(random_fleets),
	    cmocka_unit_test(ends),
	    cmocka_unit_test(a_crowd),
	    cmocka_unit_test(periods_by_hand),
	};

	return cmocka_run_group_tests(tests, begin_all, end_all);
}

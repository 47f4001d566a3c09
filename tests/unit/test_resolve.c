/*
 * Minutes heard before and after a gap, where part of the presence was forgotten: the same as
 * before, or unknown where the 12 hours reach into forgotten ones. By hand, then at random against
 * the same fleet with all of its presence.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "law/traffic.h"
#include "run/resolve.h"
#include "track/forget.h"

#define NOON INT64_C(1654084800000) /* 2022-06-01T12:00Z */

enum { SHIP = 273000001, TRIALS = 2000 };

static struct resolver resolver;
static struct zones *zones;
/* the minutes heard are the fleet's: no judgement changes them */
static const struct judgement UNJUDGED = {.verdict = VERDICT_UNCLEAR};

static void add(struct batch *batch, int64_t t_ms, double lat_deg)
{
	*batch_room(batch) = (struct position_report){
	    .mmsi = SHIP,
	    .fix = {.t_ms = t_ms, .lat_deg = lat_deg, .lon_deg = 5},
	    .has_position = true,
	};
	batch_add(batch, zones);
}

/* heard in zone 1 every hour from NOON - 20 h to NOON, silent for 8 h, heard for another 15 */
static struct fleet *heard_twice(bool everywhere)
{
	struct fleet_params params = {HOUR_MS, zones, everywhere};
	struct fleet *fleet = fleet_new(&params);
	struct batch batch;

	batch_init(&batch);
	for (int h = -20; h <= 23; h++) {
		if (h <= 0 || h >= 8)
			add(&batch, NOON + h * HOUR_MS, 10);
	}
	batch_finish(fleet, &batch);
	return fleet;
}

static void heard_elsewhere(struct fleet *fleet, int64_t from_ms, int64_t to_ms)
{
	struct batch batch;

	batch_init(&batch);
	for (int64_t t = from_ms; t <= to_ms; t += HOUR_MS)
		add(&batch, t, -10);
	batch_finish(fleet, &batch);
}

static bool keep_closed(void *context, const struct gap *gap)
{
	(void)context;
	return !gap->open;
}

/* of the only gap of a fleet, which is freed, after forgetting */
static void expect_heard(struct fleet *fleet, int64_t horizon_ms, int before, int after)
{
	struct gaps_query query = {.min_gap_ms = HOUR_MS, .keep = keep_closed};
	struct record record;
	struct gaps gaps;

	fleet_forget(fleet, horizon_ms);
	gaps_find(fleet, &query, &gaps);
	assert_int_equal(gaps.count, 1);
	resolver.fleet = fleet;
	resolve_record(&resolver, &gaps.at[0], &UNJUDGED, &record);
	assert_int_equal(record.heard_min_12h_before, before);
	assert_int_equal(record.heard_min_12h_after, after);
	gaps_free(&gaps);
	fleet_free(fleet);
}

/* the 720 minutes that end with 12:00 begin with 00:01, in the hour that begins 12 h before */
static void hour_of_the_first_minute(void **state)
{
	(void)state;
	expect_heard(heard_twice(false), FLEET_KEEPS_ALL, 12, 12);
	expect_heard(heard_twice(false), NOON - 12 * HOUR_MS, 12, 12);
	expect_heard(heard_twice(false), NOON - 12 * HOUR_MS + 1, -1, 12);
	expect_heard(heard_twice(false), NOON + 8 * HOUR_MS, -1, 12);
	expect_heard(heard_twice(true), NOON - 12 * HOUR_MS + 1, -1, 12);
}

/* on in the middle of an hour that began before the horizon */
static void hour_of_on(void **state)
{
	struct fleet *fleet = heard_twice(false);
	struct batch batch;

	(void)state;
	batch_init(&batch);
	add(&batch, NOON + 7 * HOUR_MS + 30 * MINUTE_MS, 10);
	batch_finish(fleet, &batch);
	expect_heard(fleet, NOON + 7 * HOUR_MS + 1, -1, -1);
}

/* a segment elsewhere, where no presence is kept, whose beginning was forgotten */
static void heard_elsewhere_before(void **state)
{
	struct fleet *fleet = heard_twice(false);

	(void)state;
	heard_elsewhere(fleet, NOON - 18 * HOUR_MS, NOON - 12 * HOUR_MS); /* a minute too early */
	expect_heard(fleet, NOON - 14 * HOUR_MS, 12, 12);
	fleet = heard_twice(false);
	heard_elsewhere(fleet, NOON - 18 * HOUR_MS, NOON - 11 * HOUR_MS);
	expect_heard(fleet, NOON - 14 * HOUR_MS, -1, 12);
	fleet = heard_twice(true);
	heard_elsewhere(fleet, NOON - 18 * HOUR_MS, NOON - 11 * HOUR_MS);
	expect_heard(fleet, NOON - 14 * HOUR_MS, 12, 12);
}

static bool keep_all(void *context, const struct gap *gap)
{
	(void)context;
	(void)gap;
	return true;
}

/* equal; or unknown, with the hour of the window's first minute forgotten */
static void expect_same_or_unknown(uint64_t seed, int part, int whole, int64_t first_minute,
                                   int64_t horizon_ms)
{
	bool forgotten = utc_floor_div(first_minute, 60) * HOUR_MS < horizon_ms;

	if (part != (forgotten ? -1 : whole))
		fail_msg("seed %llu: %d heard, expected %d", (unsigned long long)seed, part,
		         forgotten ? -1 : whole);
}

static void compare(uint64_t seed, const struct fleet *whole, const struct fleet *part)
{
	struct gaps_query query = {
	    .min_gap_ms = whole->params.gap_ms, .as_of_ms = UTC_MAX_MS, .keep = keep_all};
	struct gaps gaps;

	gaps_find(part, &query, &gaps);
	for (size_t i = 0; i < gaps.count; i++) {
		const struct gap *gap = &gaps.at[i];
		struct record a;
		struct record b;

		resolver.fleet = whole;
		resolve_record(&resolver, gap, &UNJUDGED, &a);
		resolver.fleet = part;
		resolve_record(&resolver, gap, &UNJUDGED, &b);
		expect_same_or_unknown(seed, b.heard_min_12h_before, a.heard_min_12h_before,
		                       gap->off.t_ms / MINUTE_MS - 719, part->horizon_ms);
		expect_same_or_unknown(seed, b.heard_min_12h_after, a.heard_min_12h_after,
		                       gap->on.t_ms / MINUTE_MS,
		                       gap->open ? FLEET_KEEPS_ALL : part->horizon_ms);
	}
	gaps_free(&gaps);
}

static void at_random(void **state)
{
	struct traffic *traffic = mem_new(1, sizeof *traffic);
	uint32_t trials = random_trials(TRIALS);

	(void)state;
	for (uint32_t i = 0; i < trials; i++) {
		uint64_t seed = UINT64_C(31) << 32 | i;
		uint8_t parts[TRAFFIC_MAX];
		struct random r = {seed};
		struct fleet *whole;
		struct fleet *part;

		memset(parts, 1, sizeof parts);
		traffic_draw(&r, zones, traffic);
		whole = traffic_fleet(&r, traffic, parts, 1);
		part = traffic_fleet(&r, traffic, parts, 1);
		fleet_settle(whole);
		fleet_forget(part, traffic->at[random_below(&r, traffic->count)].fix.t_ms +
		                       (int64_t)random_below(&r, 14) * HOUR_MS - 7 * HOUR_MS);
		compare(seed, whole, part);
		fleet_free(whole);
		fleet_free(part);
	}
	free(traffic);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(hour_of_the_first_minute),
	    cmocka_unit_test(hour_of_on),
	    cmocka_unit_test(heard_elsewhere_before),
	    cmocka_unit_test(at_random),
	};
	struct areas *areas = areas_new();
	int failed;

	zones = traffic_zones();
	resolver = (struct resolver){
	    .areas = areas, .zones = zones, .coast = coast_new(), .as_of_ms = UTC_MAX_MS};
	resolver.nearby = nearby_new(resolver.coast);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	nearby_free(resolver.nearby);
	coast_free(resolver.coast);
	areas_free(areas);
	free(zones);
	return failed;
}

/* The feed clock by hand: what is kept of an hour, and feed time with few ships, many, and wrong
 * clocks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utc.h"
#include "track/clock.h"

#define NOON INT64_C(1654084800000) /* 2022-06-01T12:00Z */
#define LATE INT64_C(2114380800000) /* 2037-01-01T00:00Z */

static void expect_entry(const struct clock_hour *hour, uint32_t i, int64_t t_ms, int64_t mmsi)
{
	assert_true(i < hour->count);
	assert_int_equal(hour->at[i].t_ms, t_ms);
	assert_int_equal(hour->at[i].mmsi, mmsi);
}

static void expect_feed_time(const struct clock *clock, size_t vessels, int64_t want)
{
	int64_t t = -1;

	assert_true(clock_feed_time(clock, vessels, &t));
	assert_int_equal(t, want);
}

/* three ships per hour, latest first, each with its latest time; ties to the smaller MMSI */
static void hours(void **state)
{
	struct clock clock = {0};

	(void)state;
	clock_add(&clock, NOON + 50, 5);
	clock_add(&clock, NOON + 10, 5);
	clock_add(&clock, NOON + 40, 4);
	clock_add(&clock, NOON + 40, 3);
	clock_add(&clock, NOON + 40, 9);
	clock_add(&clock, NOON + 30, 1);
	clock_add(&clock, NOON + HOUR_MS - 1, 9);
	clock_add(&clock, NOON + HOUR_MS, 7);
	assert_int_equal(clock.count, 2);
	assert_int_equal(clock.hours[0].hour, NOON / HOUR_MS);
	assert_int_equal(clock.hours[0].count, CLOCK_KEEP);
	expect_entry(&clock.hours[0], 0, NOON + HOUR_MS - 1, 9);
	expect_entry(&clock.hours[0], 1, NOON + 50, 5);
	expect_entry(&clock.hours[0], 2, NOON + 40, 3);
	assert_int_equal(clock.hours[1].count, 1);
	clock_free(&clock);
}

static void joined(void **state)
{
	struct clock a = {0};
	struct clock b = {0};

	(void)state;
	clock_add(&a, NOON + 1, 1);
	clock_add(&a, NOON + 2, 2);
	clock_add(&b, NOON + 3, 1);
	clock_add(&b, NOON + 2, 3);
	clock_add(&b, NOON + 2 * HOUR_MS, 1);
	clock_join(&a, &b);
	clock_join(&a, &b);
	assert_int_equal(a.count, 2);
	expect_entry(&a.hours[0], 0, NOON + 3, 1);
	expect_entry(&a.hours[0], 1, NOON + 2, 2);
	expect_entry(&a.hours[0], 2, NOON + 2, 3);
	assert_int_equal(a.hours[0].count, 3);
	clock_free(&a);
	clock_free(&b);
}

static void nothing_heard(void **state)
{
	struct clock clock = {0};
	int64_t t;

	(void)state;
	assert_false(clock_feed_time(&clock, 0, &t));
	assert_false(clock_feed_time(&clock, 20, &t));
	clock_free(&clock);
}

/* under ten ships: the greatest time whose hour has another heard hour within a day */
static void small_feeds(void **state)
{
	struct clock clock = {0};

	(void)state;
	clock_add(&clock, NOON + 5, 1);
	expect_feed_time(&clock, 1, NOON + 5); /* alone, but there is no other */
	clock_add(&clock, LATE, 1);
	expect_feed_time(&clock, 1, LATE); /* two lone hours: the greatest */
	clock_add(&clock, NOON + 24 * HOUR_MS, 1);
	expect_feed_time(&clock, 1, NOON + 24 * HOUR_MS);
	clock_free(&clock);
	clock_add(&clock, NOON, 1);
	clock_add(&clock, NOON + 25 * HOUR_MS, 1);
	clock_add(&clock, NOON - 24 * HOUR_MS, 1);
	expect_feed_time(&clock, 9, NOON); /* 25 hours on is too far */
	clock_free(&clock);
}

/* from ten ships: the greatest time with three ships in the six hours from it */
static void large_feeds(void **state)
{
	struct clock clock = {0};

	(void)state;
	for (int64_t m = 1; m <= 12; m++)
		clock_add(&clock, NOON + m, m);
	expect_feed_time(&clock, 12, NOON + 10);
	expect_feed_time(&clock, 9, NOON + 12); /* one hour, alone: the greatest */
	clock_add(&clock, LATE, 1);
	clock_add(&clock, LATE + 1, 2);
	clock_add(&clock, LATE + HOUR_MS, 2);
	expect_feed_time(&clock, 12, NOON + 10); /* two wrong clocks move nothing */
	expect_feed_time(&clock, 9, LATE + HOUR_MS);
	clock_add(&clock, LATE + 6 * HOUR_MS, 3); /* three within exactly six hours do */
	expect_feed_time(&clock, 12, LATE);
	clock_free(&clock);
}

static void six_hours_and_no_more(void **state)
{
	struct clock clock = {0};

	(void)state;
	clock_add(&clock, NOON, 1);
	clock_add(&clock, NOON + HOUR_MS, 2);
	clock_add(&clock, NOON + 6 * HOUR_MS + 1, 3);
	expect_feed_time(&clock, 10, NOON + 6 * HOUR_MS + 1); /* no such t: as a small feed */
	clock_add(&clock, NOON + 1, 1);
	expect_feed_time(&clock, 10, NOON + 1);
	clock_free(&clock);
}

/* three ships bear each other out, however many the feed has; two do not */
static void three_witnesses(void **state)
{
	struct clock clock = {0};
	int64_t t = -1;

	(void)state;
	assert_false(clock_witnessed(&clock, &t));
	clock_add(&clock, NOON, 1);
	clock_add(&clock, NOON + HOUR_MS, 1);
	clock_add(&clock, NOON + 2 * HOUR_MS, 2);
	assert_false(clock_witnessed(&clock, &t));
	assert_int_equal(t, -1);
	clock_add(&clock, NOON + 7 * HOUR_MS, 3);
	assert_true(clock_witnessed(&clock, &t));
	assert_int_equal(t, NOON + HOUR_MS); /* 1, 2 and 3 in exactly six hours */
	clock_add(&clock, LATE, 1);
	clock_add(&clock, LATE, 2);
	assert_true(clock_witnessed(&clock, &t));
	assert_int_equal(t, NOON + HOUR_MS);
	clock_free(&clock);
}

/* an hour goes when it begins before the horizon, and its reports may come again */
static void forgotten_hours(void **state)
{
	struct clock clock = {0};
	int64_t t;

	(void)state;
	clock_forget(&clock, NOON);
	clock_add(&clock, LATE, 4);
	clock_add(&clock, NOON - 1, 1);
	clock_add(&clock, NOON + 1, 2);
	clock_add(&clock, NOON + HOUR_MS, 3);
	clock_forget(&clock, NOON);
	assert_int_equal(clock.count, 3);
	clock_forget(&clock, NOON + 1);
	assert_int_equal(clock.count, 2);
	expect_feed_time(&clock, 1, LATE); /* two lone hours: NOON no longer goes with the next */
	clock_add(&clock, NOON + 1, 2);
	clock_add(&clock, NOON + HOUR_MS + 1, 3);
	assert_int_equal(clock.count, 3);
	expect_feed_time(&clock, 1, NOON + HOUR_MS + 1);
	clock_forget(&clock, INT64_MAX);
	assert_int_equal(clock.count, 0);
	assert_false(clock_feed_time(&clock, 1, &t));
	clock_add(&clock, NOON, 1);
	expect_feed_time(&clock, 1, NOON);
	clock_free(&clock);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(hours),           cmocka_unit_test(joined),
	    cmocka_unit_test(nothing_heard),   cmocka_unit_test(small_feeds),
	    cmocka_unit_test(large_feeds),     cmocka_unit_test(six_hours_and_no_more),
	    cmocka_unit_test(three_witnesses), cmocka_unit_test(forgotten_hours),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

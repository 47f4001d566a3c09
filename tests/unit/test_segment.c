/*
 * Segments, by hand: G is 100 ms, a fix is told by its time. tests/law holds them against their
 * definition at random.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "track/segment.h"

enum { G = 100 };

static void add_fix(struct segments *set, struct tip *tip, const struct fix *fix)
{
	if (!tip_add(tip, fix, G))
		segments_add(set, tip, fix, G);
}

static void add_times(struct segments *set, const int *times, size_t count)
{
	struct tip tip = TIP_NONE;

	for (size_t i = 0; i < count; i++)
		add_fix(set, &tip, &(struct fix){.t_ms = times[i]});
	segments_settle(set, &tip, G);
	assert_true(tip.first_ms == TIP_NONE.first_ms);
	assert_int_equal(set->sorted, set->count);
}

/* ends: first, last, first, last ... */
static void expect_ends(const struct segments *set, const int *ends, size_t count)
{
	assert_int_equal(set->count, count / 2);
	for (size_t i = 0; i < count / 2; i++) {
		assert_int_equal(set->at[i].first.t_ms, ends[2 * i]);
		assert_int_equal(set->at[i].last.t_ms, ends[2 * i + 1]);
	}
}

#define LIST(...) (const int[]){__VA_ARGS__}, sizeof((const int[]){__VA_ARGS__}) / sizeof(int)

static void expect_segments(const int *times, size_t time_count, const int *ends, size_t end_count)
{
	struct segments set = {0};

	add_times(&set, times, time_count);
	expect_ends(&set, ends, end_count);
	segments_free(&set);
}

static void gap_of_exactly_g(void **state)
{
	(void)state;
	expect_segments(LIST(1000), LIST(1000, 1000));
	expect_segments(LIST(1000, 1100), LIST(1000, 1100));
	expect_segments(LIST(1000, 1101), LIST(1000, 1000, 1101, 1101));
	expect_segments(LIST(1100, 1000), LIST(1000, 1100));
	expect_segments(LIST(1101, 1000), LIST(1000, 1000, 1101, 1101));
	expect_segments(LIST(1000, 1100, 1200, 1301), LIST(1000, 1200, 1301, 1301));
}

/* a fix between two segments that reaches both, one of them, neither */
static void fix_in_a_gap(void **state)
{
	(void)state;
	expect_segments(LIST(1000, 1200, 1100), LIST(1000, 1200));
	expect_segments(LIST(1000, 1201, 1100), LIST(1000, 1100, 1201, 1201));
	expect_segments(LIST(1000, 1201, 1101), LIST(1000, 1000, 1101, 1201));
	expect_segments(LIST(1000, 1300, 1150), LIST(1000, 1000, 1150, 1150, 1300, 1300));
}

static void any_order(void **state)
{
	static const int STEPS[] = {1000, 1050, 1120, 1300, 1350, 1800, 1900, 2001, 2500};
	int times[9];

	(void)state;
	for (unsigned order = 0; order < 9 * 8; order++) { /* t[i * k + c mod 9], k prime to 9 */
		static const unsigned K[] = {1, 2, 4, 5, 7, 8};

		for (unsigned i = 0; i < 9; i++)
			times[i] = STEPS[(i * K[order % 6] + order / 6) % 9];
		expect_segments(times, 9,
		                LIST(1000, 1120, 1300, 1350, 1800, 1900, 2001, 2001, 2500, 2500));
	}
}

/* of several fixes at one instant the smallest is kept, at either end, wherever it comes in */
static void smallest_at_an_instant(void **state)
{
	static const double LATS[] = {5, 3, 4, 3.5, 6};

	(void)state;
	for (unsigned rotate = 0; rotate < 5; rotate++) {
		struct segments set = {0};
		struct tip tip = TIP_NONE;

		for (unsigned i = 0; i < 5; i++) {
			double lat = LATS[(i + rotate) % 5];

			add_fix(&set, &tip, &(struct fix){.t_ms = 2000, .lat_deg = lat});
			add_fix(&set, &tip, &(struct fix){.t_ms = 2050, .lat_deg = 10 - lat});
			add_fix(&set, &tip, &(struct fix){.t_ms = 2080, .lat_deg = lat});
		}
		segments_settle(&set, &tip, G);
		assert_int_equal(set.count, 1);
		assert_true(set.at[0].first.lat_deg == 3);
		assert_true(set.at[0].last.lat_deg == 3);
		segments_free(&set);
	}
}

/* what is not known sorts last; the order goes by time, lat, lon, then the rest */
static void order_of_fixes(void **state)
{
	const struct fix base = {.t_ms = 5, .lat_deg = 1, .lon_deg = 2};
	struct fix b = base;

	(void)state;
	assert_int_equal(fix_cmp(&base, &b), 0);
	b.lon_deg = 3;
	assert_true(fix_cmp(&base, &b) < 0);
	b.lat_deg = 0;
	assert_true(fix_cmp(&base, &b) > 0);
	b.t_ms = 6;
	assert_true(fix_cmp(&base, &b) < 0);
	b = base;
	b.known = KNOWN_SOG;
	b.sog_kn = 30;
	assert_true(fix_cmp(&b, &base) < 0);
	b = base;
	b.known = KNOWN_COG;
	assert_true(fix_cmp(&b, &base) < 0);
	b = base;
	b.ais_class = CLASS_B;
	assert_true(fix_cmp(&b, &base) < 0);
	b = base;
	b.source = SOURCE_SATELLITE;
	assert_true(fix_cmp(&base, &b) > 0);
}

static void wrapped_longitudes(void **state)
{
	(void)state;
	assert_true(fix_wrap_lon(180) == -180);
	assert_true(fix_wrap_lon(-180) == -180);
	assert_true(fix_wrap_lon(360) == 0);
	assert_true(fix_wrap_lon(359.5) == -0.5);
	assert_true(fix_wrap_lon(179.9999) == 179.9999);
	assert_true(fix_wrap_lon(-180.5) == 179.5);
	assert_true(fix_wrap_lon(540) == -180);
	assert_true(1 / fix_wrap_lon(-0.0) > 0); /* no -0 */
	assert_true(fix_wrap_lon(-180.00000000000003) < 180);
}

static void joins(void **state)
{
	struct segments a = {0};
	struct segments b = {0};
	struct segments none = {0};

	(void)state;
	add_times(&a, LIST(1000, 1400, 1450, 2000));
	add_times(&b, LIST(1100, 1300, 1301, 1700));
	segments_join(&a, &none, G);
	expect_ends(&a, LIST(1000, 1000, 1400, 1450, 2000, 2000));
	segments_join(&a, &b, G);
	expect_ends(&a, LIST(1000, 1100, 1300, 1450, 1700, 1700, 2000, 2000));
	segments_join(&none, &b, G);
	expect_ends(&none, LIST(1100, 1100, 1300, 1301, 1700, 1700));
	segments_free(&a);
	segments_free(&b);
	segments_free(&none);
}

/* a long tail in falling order: memory is bounded by the segments, not by the fixes */
static void falling_times(void **state)
{
	enum { COUNT = 20000 };
	struct segments set = {0};
	struct tip tip = TIP_NONE;

	(void)state;
	for (int i = COUNT; i-- > 0;)
		add_fix(&set, &tip, &(struct fix){.t_ms = (int64_t)i * 101});
	segments_settle(&set, &tip, G);
	assert_int_equal(set.count, COUNT);
	for (int i = COUNT; i-- > 0;)
		add_fix(&set, &tip, &(struct fix){.t_ms = (int64_t)i * 101 + 50});
	segments_settle(&set, &tip, G);
	assert_int_equal(set.count, 1);
	assert_int_equal(set.at[0].last.t_ms, (COUNT - 1) * 101 + 50);
	segments_free(&set);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(gap_of_exactly_g),
	    cmocka_unit_test(fix_in_a_gap),
	    cmocka_unit_test(any_order),
	    cmocka_unit_test(smallest_at_an_instant),
	    cmocka_unit_test(order_of_fixes),
	    cmocka_unit_test(wrapped_longitudes),
	    cmocka_unit_test(joins),
	    cmocka_unit_test(falling_times),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

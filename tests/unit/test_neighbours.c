/*
 * Neighbours, counted by hand: off is at 10:30, six hours after it are looked at, so until 17:00.
 * heard: again later than half an hour after off; silent: last heard within half an hour of off.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "judge/neighbours.h"
#include "law/heard.h"
#include "unit/all_zones.h"

static void hear(struct heard *h, int ship, int minute, double lat)
{
	heard_add(h, ship, HEARD_MIDNIGHT + 10 * HOUR_MS + minute * MINUTE_MS, lat, 132.5);
}

/* of ship 0, last heard at 10:30; the reports go */
static struct neighbours look(struct heard *h, int hours)
{
	struct neighbours found;
	struct fleet *fleet;
	struct traffic *traffic;
	struct gap gap = {.mmsi = HEARD_MMSI, .open = true};

	hear(h, 0, 30, 42.5);
	gap.off = h->at[h->count - 1].fix;
	fleet = heard_fleet(h, zones);
	traffic = traffic_new(fleet, 0, HEARD_MIDNIGHT + 48 * HOUR_MS);
	neighbours_at(traffic, &gap, hours, &found);
	traffic_free(traffic);
	fleet_free(fleet);
	return found;
}

/* a ship last heard `first` minutes past ten, and once more at `second`; 0: not */
static void assert_one(int first, int second, int hours, int heard, int silent)
{
	struct heard h = {0};
	struct neighbours found;

	hear(&h, 1, first, 42.5);
	if (second)
		hear(&h, 1, second, 42.5);
	found = look(&h, hours);
	assert_int_equal(found.heard, heard);
	assert_int_equal(found.silent, silent);
}

static void one(void **state)
{
	(void)state;
	assert_one(30, 0, 6, 0, 1);
	assert_one(0, 0, 6, 0, 1);   /* half an hour before */
	assert_one(59, 0, 6, 0, 1);  /* after it, within the hour */
	assert_one(30, 60, 6, 0, 1); /* half an hour after: silent since then */
	assert_one(30, 61, 6, 1, 0);
	assert_one(5, 7 * 60 - 1, 6, 1, 0);
	assert_one(5, 7 * 60, 6, 0, 1); /* 17:00 is not looked at */
	assert_one(5, 2 * 60 - 1, 1, 1, 0);
	assert_one(5, 2 * 60, 1, 0, 1);
	assert_one(-1, 0, 6, 0, 0); /* not in the hour of off */
	assert_one(-1, 90, 6, 0, 0);
}

/* silent more than half an hour before off, though heard in its hour: neither */
static void silent_before(void **state)
{
	struct heard h = {0};
	struct neighbours found;
	struct gap gap = {.mmsi = HEARD_MMSI, .open = true};
	struct fleet *fleet;
	struct traffic *traffic;

	(void)state;
	hear(&h, 1, 19, 42.5);
	hear(&h, 2, 20, 42.5);
	hear(&h, 0, 50, 42.5);
	gap.off = h.at[2].fix;
	fleet = heard_fleet(&h, zones);
	traffic = traffic_new(fleet, 0, HEARD_MIDNIGHT + 48 * HOUR_MS);
	neighbours_at(traffic, &gap, 6, &found);
	assert_int_equal(found.heard, 0);
	assert_int_equal(found.silent, 1);
	traffic_free(traffic);
	fleet_free(fleet);
}

/* three cells of an eighth of a degree away, and no farther; itself never */
static void where(void **state)
{
	struct heard h = {0};
	struct neighbours found;

	(void)state;
	for (int cell = -6; cell <= 6; cell++) {
		hear(&h, 10 + cell, 31, 42.55 + cell * 0.125);
		hear(&h, 10 + cell, 200, 42.55);
	}
	hear(&h, 0, 5, 42.5);
	found = look(&h, 6);
	assert_int_equal(found.heard, 7); /* the seven cells */
	assert_int_equal(found.silent, 0);
}

/* more than are looked at: those of fewer cells; in one cell a sample */
static void a_crowd(void **state)
{
	struct heard h = {0};
	struct neighbours found;

	(void)state;
	/* as many as are looked at, and one more */
	for (int one_more = 0; one_more < 2; one_more++) {
		for (int ship = 1; ship <= 60; ship++)
			hear(&h, ship, 31, 42.55);
		for (int ship = 61; ship <= NEIGHBOURS_MAX + one_more; ship++)
			hear(&h, ship, 31, 42.55 + 0.25);
		found = look(&h, 6);
		assert_int_equal(found.heard, 0);
		assert_int_equal(found.silent, one_more ? 60 : NEIGHBOURS_MAX);
	}
	for (int ship = 1; ship <= 1000; ship++) {
		hear(&h, ship, 31, 42.55);
		hear(&h, ship, 100 + ship % 2 * 1000, 42.55);
	}
	found = look(&h, 6);
	assert_int_equal(found.heard + found.silent, NEIGHBOURS_MAX);
	assert_true(found.heard > 30 && found.silent > 30); /* a sample of halves: 50, s.d. 5 */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(one),
	    cmocka_unit_test(silent_before),
	    cmocka_unit_test(where),
	    cmocka_unit_test(a_crowd),
	};

	return cmocka_run_group_tests(tests, begin_all, end_all);
}

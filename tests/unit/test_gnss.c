/*
 * Falsified positions. Traffic is made by hand: ships off Vladivostok, on open sea by data/coast
 * unless it says land; a jump of theirs is 95 to 120 nm, where 60 kn and 5 nm allow 65 in an hour.
 * Expectations are the rule of judge/gnss.h; what is near what is held against all pairs.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/utc.h"
#include "judge/gnss.h"
#include "judge/gnss_places.h"
#include "law/random.h"
#include "law/traffic.h"

#define MIDNIGHT INT64_C(1654041600000) /* 2022-06-01T00:00Z */
#define MMSI     INT64_C(273998900)

struct position {
	double lat, lon;
};

/* where ships are: 10 to 20 nm apart; and where they are thrown to */
static const struct position SEA[] = {
    {42.3, 132.0}, {42.1, 131.7}, {42.2, 132.3}, {42.4, 132.6}, {41.95, 132.1}};
static const struct position SPOT = {41.0, 133.9};
/* north of Ussuriysk, 5 to 10 nm apart: more than a spot */
static const struct position LAND[] = {{43.9, 132.0}, {43.9, 132.15}, {44.0, 132.1}};

static struct zones *zones;
static struct coast *coast;

static int begin_all(void **state)
{
	(void)state;
	zones = traffic_zones();
	coast = coast_new();
	return 0;
}

static int end_all(void **state)
{
	(void)state;
	free(zones);
	coast_free(coast);
	return 0;
}

/* reports on their way into a fleet */
struct heard {
	struct position_report *at;
	size_t count;
	size_t cap;
};

static void hear_fix(struct heard *h, int ship, int minute, struct position p, uint8_t second)
{
	h->at = mem_grow(h->at, &h->cap, h->count + 1, 64, sizeof *h->at);
	h->at[h->count++] = (struct position_report){
	    .mmsi = MMSI + ship,
	    .fix = {.t_ms = MIDNIGHT + minute * MINUTE_MS,
	            .lat_deg = p.lat,
	            .lon_deg = p.lon,
	            .second = second,
	            .known = KNOWN_SECOND},
	    .has_position = true,
	};
}

/* five minutes past the hour */
static void hear(struct heard *h, int ship, int hour, struct position p)
{
	hear_fix(h, ship, hour * 60 + 5, p, 30);
}

/* every hour of [from, to), but not those in which it is elsewhere */
static void hear_at_sea(struct heard *h, int ship, int from, int to, int elsewhere)
{
	for (int hour = from; hour < to; hour++) {
		if (hour != elsewhere)
			hear(h, ship, hour, SEA[ship % 5]);
	}
}

static struct fleet *fleet_of(const struct heard *h, bool backwards)
{
	struct fleet_params params = {HOUR_MS, zones, true};
	struct fleet *fleet = fleet_new(&params);
	struct batch batch;

	batch_init(&batch);
	for (size_t i = 0; i < h->count; i++) {
		*batch_room(&batch) = h->at[backwards ? h->count - 1 - i : i];
		batch_add(&batch, zones);
	}
	batch_finish(fleet, &batch);
	fleet_settle(fleet);
	return fleet;
}

/* frees the reports */
static struct gnss *find(struct heard *h)
{
	struct fleet *fleet = fleet_of(h, false);
	struct gnss *gnss = gnss_find(fleet, coast);

	fleet_free(fleet);
	free(h->at);
	*h = (struct heard){0};
	return gnss;
}

static bool at(const struct gnss *gnss, int hour, struct position p)
{
	return gnss_at(gnss, MIDNIGHT + hour * HOUR_MS + 30 * MINUTE_MS, p.lat, p.lon);
}

/* frees it */
static void assert_nothing(struct gnss *gnss)
{
	for (int hour = -2; hour < 60; hour++) {
		assert_false(at(gnss, hour, SPOT));
		for (size_t i = 0; i < 5; i++)
			assert_false(at(gnss, hour, SEA[i]));
		for (size_t i = 0; i < 3; i++)
			assert_false(at(gnss, hour, LAND[i]));
	}
	gnss_free(gnss);
}

/* `ships` of them in hour 6 at a spot, or on a ring round it */
static struct heard thrown(int ships, double ring_nm)
{
	static const double TURN = 6.283185307179586;
	struct heard h = {0};

	for (int ship = 0; ship < ships; ship++) {
		struct position p = {SPOT.lat + ring_nm / 60 * cos(TURN * ship / ships),
		                     SPOT.lon + ring_nm / 45.3 * sin(TURN * ship / ships)};

		hear_at_sea(&h, ship, 0, 12, 6);
		hear(&h, ship, 6, p);
	}
	return h;
}

static void to_one_spot(void **state)
{
	struct heard h = thrown(3, 0);
	struct gnss *gnss = find(&h);

	(void)state;
	for (int hour = 0; hour < 12; hour++) {
		bool near = hour >= 5 && hour <= 7;

		assert_int_equal(at(gnss, hour, SPOT), near);
		assert_int_equal(at(gnss, hour, SEA[0]), near);
		assert_int_equal(at(gnss, hour, SEA[2]), near);
	}
	/* 18 and 22 nm south of the spot; and half way from the ships to it */
	assert_true(at(gnss, 6, (struct position){SPOT.lat - 18.0 / 60, SPOT.lon}));
	assert_false(at(gnss, 6, (struct position){SPOT.lat - 22.0 / 60, SPOT.lon}));
	assert_false(at(gnss, 6, (struct position){41.6, 133.1}));
	gnss_free(gnss);
}

static void to_a_ring(void **state)
{
	struct heard h = thrown(5, 1.5);
	struct gnss *gnss = find(&h);

	(void)state;
	assert_true(at(gnss, 6, SPOT));
	assert_true(at(gnss, 6, SEA[4]));
	gnss_free(gnss);
	h = thrown(3, 10); /* each somewhere else */
	assert_nothing(find(&h));
}

/* the second has two others within 2 nm, the first and third have one: all three are members */
static void in_a_row(void **state)
{
	struct heard h = {0};
	struct gnss *gnss;

	(void)state;
	for (int ship = 0; ship < 3; ship++) {
		struct position p = {SPOT.lat + ship * 1.9 / 60, SPOT.lon};
		struct position home = {41.3 + ship * 0.5, 132};

		for (int hour = 0; hour < 12; hour++)
			hear(&h, ship, hour, hour == 6 ? p : home);
	}
	gnss = find(&h);
	for (int ship = 0; ship < 3; ship++)
		assert_true(at(gnss, 6, (struct position){41.3 + ship * 0.5, 132}));
	assert_false(at(gnss, 6, (struct position){40.8, 132}));
	gnss_free(gnss);
}

static void too_few(void **state)
{
	struct heard h = thrown(2, 0);

	(void)state;
	assert_nothing(find(&h));
	h = thrown(1, 0); /* one ship, three times there in that hour */
	hear_fix(&h, 0, 6 * 60 + 20, SEA[0], 30);
	hear_fix(&h, 0, 6 * 60 + 40, SPOT, 30);
	assert_nothing(find(&h));
	for (int ship = 0; ship < 3; ship++) { /* three, but an hour apart */
		hear_at_sea(&h, ship, 0, 12, 2 + 3 * ship);
		hear(&h, ship, 2 + 3 * ship, SPOT);
	}
	assert_nothing(find(&h));
}

/* 55 kn together, and ships that are heard again after hours: nothing that cannot be */
static void fast_but_honest(void **state)
{
	struct heard h = {0};

	(void)state;
	for (int ship = 0; ship < 4; ship++) {
		for (int hour = 0; hour < 4; hour++)
			hear(&h, ship, hour, (struct position){39.5 + hour * 55.0 / 60, 134});
		hear_at_sea(&h, 4 + ship, 0, 3, -1);
		hear(&h, 4 + ship, 8, SPOT);
		/* four hours and 540 nm: wherever it was, nobody heard it get there */
		hear_at_sea(&h, 8 + ship, 0, 3, -1);
		hear(&h, 8 + ship, 6, (struct position){33, 132});
	}
	assert_nothing(find(&h));
}

static void within_the_hour(void **state)
{
	struct heard h = {0};
	struct gnss *gnss;

	(void)state;
	for (int ship = 0; ship < 3; ship++) {
		hear_at_sea(&h, ship, 0, 12, -1);
		hear_fix(&h, ship, 6 * 60 + 30, SPOT, 30);
	}
	gnss = find(&h);
	assert_true(at(gnss, 6, SPOT));
	assert_true(at(gnss, 6, SEA[1]));
	assert_false(at(gnss, 8, SPOT));
	gnss_free(gnss);
}

static void onto_land(void **state)
{
	struct heard h = {0};
	struct gnss *gnss;

	(void)state;
	for (int ship = 0; ship < 3; ship++) {
		assert_true(coast_distance_nm(coast, LAND[ship].lat, LAND[ship].lon) <= 0);
		hear_at_sea(&h, ship, 0, 12, 6);
		hear(&h, ship, 6, LAND[ship]);
	}
	gnss = find(&h);
	assert_true(at(gnss, 6, LAND[1]));
	assert_true(at(gnss, 6, SEA[0]));
	assert_false(at(gnss, 8, SEA[0]));
	gnss_free(gnss);
	for (int ship = 0; ship < 3; ship++) { /* the same, at sea */
		struct position p = {LAND[ship].lat - 3, LAND[ship].lon + 1.9};

		assert_true(coast_distance_nm(coast, p.lat, p.lon) > 0);
		hear_at_sea(&h, ship, 0, 12, 6);
		hear(&h, ship, 6, p);
	}
	assert_nothing(find(&h));
}

/* `ships` show a UTC second from hour `from` to `to`; before and after, an ordinary one */
static struct gnss *dark(int ships, int from, int to, uint8_t second)
{
	struct heard h = {0};

	for (int ship = 0; ship < ships; ship++) {
		for (int hour = 0; hour < 50; hour++)
			hear_fix(&h, ship, hour * 60 + 5, SEA[ship],
			         hour >= from && hour < to ? second : 59);
	}
	return find(&h);
}

static void without_gnss(void **state)
{
	(void)state;
	for (uint8_t second = 61; second <= 63; second++) {
		struct gnss *gnss = dark(3, 6, 10, second);

		for (int hour = 0; hour < 15; hour++)
			assert_int_equal(at(gnss, hour, SEA[0]), hour >= 5 && hour <= 10);
		assert_false(at(gnss, 6, SPOT));
		gnss_free(gnss);
	}
	assert_nothing(dark(3, 6, 10, 60)); /* no time, which says nothing of the position */
	assert_nothing(dark(2, 6, 10, 63));
}

static void defective_sets(void **state)
{
	struct heard h = {0};
	struct gnss *gnss;

	(void)state;
	assert_nothing(dark(5, 0, 50, 63)); /* never heard to work */
	for (int ship = 0; ship < 5; ship++) {
		for (int hour = 0; hour < 50; hour++) /* now and then */
			hear_fix(&h, ship, hour * 60 + 5, SEA[ship], hour % 10 ? 20 : 62);
	}
	assert_nothing(find(&h));
	gnss = dark(3, 6, 50, 63); /* for good: after a day it is the set */
	assert_true(at(gnss, 30, SEA[0]));
	assert_false(at(gnss, 32, SEA[0]));
	gnss_free(gnss);
}

/*
 * Four numbers, each sent by a ship off Vladivostok and one in the same far port: that they are no
 * witnesses is told by the day before, so not in the first hours.
 */
static void shared_numbers(void **state)
{
	struct heard h = {0};
	struct gnss *gnss;

	(void)state;
	for (int ship = 0; ship < 4; ship++) {
		for (int hour = 0; hour < 24; hour++) {
			hear(&h, ship, hour, SEA[ship]);
			if (hour % 2)
				hear_fix(&h, ship, hour * 60 + 40, SPOT, 30);
		}
	}
	gnss = find(&h);
	for (int hour = 8; hour < 24; hour++)
		assert_false(at(gnss, hour, SPOT));
	gnss_free(gnss);
}

/* six hours to and fro, after a whole day heard in peace: still a witness */
static void long_interference(void **state)
{
	struct heard h = {0};
	struct gnss *gnss;

	(void)state;
	for (int ship = 0; ship < 3; ship++) {
		hear_at_sea(&h, ship, 0, 48, -1);
		for (int hour = 30; hour < 36; hour++)
			hear_fix(&h, ship, hour * 60 + 30, SPOT, 30);
	}
	gnss = find(&h);
	for (int hour = 0; hour < 48; hour++)
		assert_int_equal(at(gnss, hour, SEA[0]), hour >= 29 && hour <= 36);
	gnss_free(gnss);
}

/* from the zone of 20-40 N into the one beyond 100 E: two tracks, one vessel */
static void across_zones(void **state)
{
	struct heard h = {0};
	struct gnss *gnss;

	(void)state;
	for (int ship = 0; ship < 3; ship++) {
		for (int hour = 0; hour < 5; hour++)
			hear(&h, ship, hour, (struct position){30 + ship * 0.2, 99});
		hear(&h, ship, 5, (struct position){30, 102});
	}
	gnss = find(&h);
	assert_true(at(gnss, 5, (struct position){30, 102}));
	assert_true(at(gnss, 5, (struct position){30.4, 99}));
	gnss_free(gnss);
}

/* over the antimeridian a short way is no jump, and a jump is found on both sides */
static void antimeridian(void **state)
{
	struct heard h = {0};
	struct zones *regions = zones;
	struct gnss *gnss;

	(void)state;
	zones = mem_new(1, sizeof *zones); /* none: both sides are one track */
	for (int ship = 0; ship < 3; ship++) {
		hear_fix(&h, ship, 5, (struct position){45, 179.9}, 30);
		hear_fix(&h, ship, 35, (struct position){45, -179.9}, 30);
		hear_fix(&h, ship, 65, (struct position){45, 179.95}, 30);
		hear_fix(&h, ship, 125, (struct position){45, -179.95}, 30);
	}
	gnss = find(&h);
	for (int hour = 0; hour < 4; hour++)
		assert_false(at(gnss, hour, (struct position){45, 179.9}));
	gnss_free(gnss);
	for (int ship = 0; ship < 3; ship++) { /* on both sides within the hour, and far off */
		hear_fix(&h, ship, 5, (struct position){45, 179.5}, 30);
		hear_fix(&h, ship, 35, (struct position){45, -179.5}, 30);
		hear_fix(&h, ship, 50, (struct position){45, 177}, 30);
	}
	gnss = find(&h);
	assert_true(at(gnss, 0, (struct position){45, 177}));
	gnss_free(gnss);
	for (int ship = 0; ship < 3; ship++) {
		hear_fix(&h, ship, 5, (struct position){45 + ship * 0.2, 177}, 30);
		hear_fix(&h, ship, 35, (struct position){45, ship % 2 ? -179.99 : 179.99}, 30);
	}
	gnss = find(&h);
	assert_true(at(gnss, 0, (struct position){45, -179.8}));
	assert_true(at(gnss, 0, (struct position){45, 179.8}));
	assert_false(at(gnss, 0, (struct position){45, -179.5}));
	gnss_free(gnss);
	free(zones);
	zones = regions;
}

/* a verdict must not depend on the order in which reports came */
static void any_order(void **state)
{
	struct random r = {5};

	(void)state;
	for (int trial = 0; trial < 200; trial++) {
		struct heard h = {0};
		struct fleet *fleets[2];
		struct gnss *gnss[2];

		for (int i = 0; i < 150; i++) {
			struct position p = random_once_in(&r, 4) ? SPOT : SEA[random_below(&r, 5)];

			hear_fix(&h, (int)random_below(&r, 8), (int)random_below(&r, 24 * 60), p,
			         random_once_in(&r, 9) ? 63 : 1);
		}
		for (int k = 0; k < 2; k++) {
			fleets[k] = fleet_of(&h, k);
			gnss[k] = gnss_find(fleets[k], coast);
			fleet_free(fleets[k]);
		}
		for (int hour = -1; hour < 26; hour++) {
			assert_int_equal(at(gnss[0], hour, SPOT), at(gnss[1], hour, SPOT));
			for (size_t i = 0; i < 5; i++)
				assert_int_equal(at(gnss[0], hour, SEA[i]),
				                 at(gnss[1], hour, SEA[i]));
		}
		gnss_free(gnss[0]);
		gnss_free(gnss[1]);
		free(h.at);
	}
}

struct tally {
	const struct places *places;
	bool *seen;
};

static bool tick(void *context, struct place *place)
{
	const struct tally *tally = context;

	tally->seen[place - tally->places->at] = true;
	return true;
}

/* near and far, round the poles and the antimeridian */
static struct place random_place(struct random *r)
{
	static const double LATS[] = {0, 43, 89.9, -90, 90, -60};
	static const double LONS[] = {-180, 179.99, 0, 132, -179.9};
	double lat = LATS[random_below(r, 6)] + (random_below(r, 2001) - 1000.0) / 1500;
	double lon = LONS[random_below(r, 5)] + (random_below(r, 2001) - 1000.0) / 1500;

	if (random_once_in(r, 4))
		lon = random_below(r, 36000) / 100.0 - 180;
	return (struct place){.hour = random_below(r, 2),
	                      .lat_deg = fmax(-90, fmin(lat, 90)),
	                      .lon_deg = lon_normal(lon)};
}

/* angles between unit vectors against every place; the radius in degrees of 60.0405 nm */
static void near_against_all(void **state)
{
	enum { PLACES = 400 };
	struct random r = {11};
	bool seen[PLACES];
	int found = 0;

	(void)state;
	for (int trial = 0; trial < 300; trial++) {
		double radius_nm = trial % 2 ? 2 : 20;
		struct places places = {0};
		struct place p = random_place(&r);
		struct vec u = sphere_unit(p.lat_deg, p.lon_deg);
		struct tally tally = {&places, seen};

		for (int i = 0; i < PLACES; i++) {
			struct place place = random_place(&r);

			places_add(&places, &place);
		}
		places_sort(&places, radius_nm);
		memset(seen, 0, sizeof seen);
		assert_true(places_near(&places, p.hour, p.lat_deg, p.lon_deg, tick, &tally));
		for (int i = 0; i < PLACES; i++) {
			struct vec v = sphere_unit(places.at[i].lat_deg, places.at[i].lon_deg);
			struct vec d = vec_sub(u, v);
			double nm = sphere_angle(sqrt(vec_dot(d, d))) / DEG * 60.0405;

			if (fabs(nm - radius_nm) < 0.001)
				continue;
			assert_int_equal(seen[i], places.at[i].hour == p.hour && nm < radius_nm);
			found += seen[i];
		}
		places_free(&places);
	}
	assert_true(found > 300);
}

/* thirty thousand ships thrown to one place: all found, and the test ends */
static void a_crowd(void **state)
{
	struct heard h = {0};
	struct gnss *gnss;

	(void)state;
	for (int ship = 0; ship < 30000; ship++) {
		double east = ship % 1000 / 1000.0;

		hear(&h, ship, 0, (struct position){42 + ship / 1000 / 100.0, 132 + east / 10});
		hear(&h, ship, 1, (struct position){41 + ship / 1000 / 1000.0, 134 + east});
	}
	gnss = find(&h);
	assert_true(at(gnss, 1, (struct position){41, 134.5}));
	assert_true(at(gnss, 0, (struct position){42, 132}));
	assert_false(at(gnss, 3, (struct position){42, 132}));
	gnss_free(gnss);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(to_one_spot),       cmocka_unit_test(to_a_ring),
	    cmocka_unit_test(in_a_row),          cmocka_unit_test(too_few),
	    cmocka_unit_test(fast_but_honest),   cmocka_unit_test(within_the_hour),
	    cmocka_unit_test(onto_land),         cmocka_unit_test(without_gnss),
	    cmocka_unit_test(defective_sets),    cmocka_unit_test(shared_numbers),
	    cmocka_unit_test(long_interference), cmocka_unit_test(across_zones),
	    cmocka_unit_test(antimeridian),      cmocka_unit_test(any_order),
	    cmocka_unit_test(near_against_all),  cmocka_unit_test(a_crowd),
	};

	return cmocka_run_group_tests(tests, begin_all, end_all);
}

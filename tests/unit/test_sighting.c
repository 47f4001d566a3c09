/*
 * Sightings: expectations worked by hand from judge/sighting.h. Ships are heard five minutes past
 * an hour; the middle of another lies n hours and 25 minutes after that.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "judge/sighting.h"
#include "law/heard.h"
#include "unit/all_zones.h"

enum { SEEN_MAX = 512, ALL = 200 };

/* what was told, by hour since HEARD_MIDNIGHT */
struct seen {
	struct sighting at[SEEN_MAX];
	int count;
};

static void keep(void *context, const struct sighting *s)
{
	struct seen *seen = context;

	assert_true(seen->count < SEEN_MAX);
	if (seen->count)
		assert_true(s->hour > seen->at[seen->count - 1].hour);
	seen->at[seen->count++] = *s;
}

/* of ship 0, as it is; the reports go */
static struct seen look_alone(struct heard *h, int from, int to)
{
	struct fleet *fleet = heard_fleet(h, zones);
	const struct shard *shard;
	const struct vessel *vessel = fleet_vessel(fleet, HEARD_MMSI, &shard);
	struct seen seen = {.count = 0};

	sightings_of(&fleet->clock, shard, vessel, HEARD_HOUR + from, HEARD_HOUR + to, keep, &seen);
	fleet_free(fleet);
	return seen;
}

/* of ship 0, in a feed that is always up */
static struct seen look(struct heard *h, int from, int to)
{
	heard_up(h, -60, ALL + 60);
	return look_alone(h, from, to);
}

static void assert_told_alike(const struct sighting *a, const struct sighting *b)
{
	assert_int_equal(a->hour, b->hour);
	assert_float_equal(a->lat_deg, b->lat_deg, 0);
	assert_float_equal(a->lon_deg, b->lon_deg, 0);
	assert_int_equal(a->stratum, b->stratum);
	assert_int_equal(a->heard, b->heard);
	assert_int_equal(a->satellite, b->satellite);
}

static const struct sighting *at(const struct seen *seen, int hour)
{
	for (int i = 0; i < seen->count; i++) {
		if (seen->at[i].hour == HEARD_HOUR + hour)
			return &seen->at[i];
	}
	return NULL;
}

static void hear(struct heard *h, int hour, double lat, double lon)
{
	heard_add(h, 0, HEARD_MIDNIGHT + hour * HOUR_MS + 5 * MINUTE_MS, lat, lon);
}

static void assert_place(const struct sighting *s, double lat, double lon)
{
	assert_non_null(s);
	assert_float_equal(s->lat_deg, lat, 1e-5);
	assert_float_equal(s->lon_deg, lon, 2e-5);
}

/* three hours after, and no more; it goes on as it went */
static void after(void **state)
{
	struct heard h = {0};
	struct seen seen;

	(void)state;
	hear(&h, 10, 42, 132);
	hear(&h, 11, 42.2, 132.1);
	seen = look(&h, 11, ALL);
	assert_int_equal(seen.count, 4);
	assert_true(at(&seen, 11)->heard);
	assert_place(at(&seen, 11), 42.2, 132.1);
	for (int n = 1; n <= 3; n++) {
		double hours = n + 25.0 / 60;

		assert_false(at(&seen, 11 + n)->heard);
		assert_place(at(&seen, 11 + n), 42.2 + 0.2 * hours, 132.1 + 0.1 * hours);
	}
}

/* four hours before the last: no course; it is taken to stay */
static void no_course(void **state)
{
	struct heard h = {0};
	struct seen seen;

	(void)state;
	hear(&h, 10, 42, 132);
	hear(&h, 14, 42.2, 132.1);
	seen = look(&h, 15, ALL);
	assert_int_equal(seen.count, 3);
	for (int hour = 15; hour < 18; hour++)
		assert_place(at(&seen, hour), 42.2, 132.1);
}

/* three silent hours between two heard ones: on the line, at their middles */
static void between(void **state)
{
	struct heard h = {0};
	struct seen seen;

	(void)state;
	hear(&h, 10, 42, 132);
	hear(&h, 14, 42.4, 132.8);
	seen = look(&h, 10, 15);
	assert_int_equal(seen.count, 5);
	for (int n = 1; n <= 3; n++) {
		double part = (n + 25.0 / 60) / 4;

		assert_false(at(&seen, 10 + n)->heard);
		assert_place(at(&seen, 10 + n), 42 + 0.4 * part, 132 + 0.8 * part);
	}
}

/* eight silent hours: three after, two of which nothing is known, three before */
static void apart(void **state)
{
	struct heard h = {0};
	struct seen seen;

	(void)state;
	hear(&h, 10, 42, 132);
	hear(&h, 19, 43, 133);
	seen = look(&h, 10, 20);
	assert_int_equal(seen.count, 8);
	for (int hour = 11; hour <= 13; hour++)
		assert_place(at(&seen, hour), 42, 132);
	assert_null(at(&seen, 14));
	assert_null(at(&seen, 15));
	for (int hour = 16; hour <= 18; hour++) {
		assert_false(at(&seen, hour)->heard);
		assert_place(at(&seen, hour), 43, 133);
	}
	/* five: each hour is told once, by the earlier report as far as it reaches */
	hear(&h, 30, 42, 132);
	hear(&h, 36, 43, 133);
	seen = look(&h, 30, 37);
	assert_int_equal(seen.count, 7);
	assert_place(at(&seen, 33), 42, 132);
	assert_place(at(&seen, 34), 43, 133);
	assert_place(at(&seen, 35), 43, 133);
}

/* by way of 180 degrees, not round the earth */
static void antimeridian(void **state)
{
	struct heard h = {0};
	struct seen seen;

	(void)state;
	hear(&h, 10, 10, 179.8);
	hear(&h, 12, 10, -179.8);
	seen = look(&h, 10, 16);
	assert_int_equal(seen.count, 6);
	assert_place(at(&seen, 11), 10, 179.8 + 0.4 * (85.0 / 120) - 360);
	assert_place(at(&seen, 13), 10, -179.8 + 0.2 * 85.0 / 60);
	hear(&h, 40, 10, -179.9);
	hear(&h, 41, 10, 179.9);
	seen = look(&h, 41, 43);
	assert_place(at(&seen, 42), 10, 179.9 - 0.2 * 85.0 / 60);
}

/* to the pole and not beyond */
static void pole(void **state)
{
	struct heard h = {0};
	struct seen seen;

	(void)state;
	hear(&h, 10, 89, 0);
	hear(&h, 11, 89.9, 0);
	seen = look(&h, 12, 15);
	assert_int_equal(seen.count, 3);
	for (int hour = 12; hour < 15; hour++)
		assert_place(at(&seen, hour), 90, 0);
}

static uint8_t stratum_of(uint8_t ais_class, float sog_kn, uint8_t known)
{
	struct heard h = {0};
	struct seen seen;
	struct fix *fix = heard_add(&h, 0, HEARD_MIDNIGHT, 42, 132);

	fix->ais_class = ais_class;
	fix->sog_kn = sog_kn;
	fix->known = known;
	seen = look(&h, 0, 4);
	assert_int_equal(seen.count, 4);
	assert_int_equal(seen.at[3].stratum, seen.at[0].stratum);
	return seen.at[0].stratum;
}

static void strata(void **state)
{
	struct heard h = {0};
	struct seen seen;

	(void)state;
	assert_int_equal(stratum_of(CLASS_A, 10, KNOWN_SOG), STRATUM_A);
	assert_int_equal(stratum_of(CLASS_A, 3, KNOWN_SOG), STRATUM_A_STILL);
	assert_int_equal(stratum_of(CLASS_A, 3.1F, KNOWN_SOG), STRATUM_A);
	assert_int_equal(stratum_of(CLASS_A, 0, 0), STRATUM_A);
	assert_int_equal(stratum_of(CLASS_UNKNOWN, 10, KNOWN_SOG), STRATUM_A);
	assert_int_equal(stratum_of(CLASS_B, 10, KNOWN_SOG), STRATUM_B);
	assert_int_equal(stratum_of(CLASS_B, 1, KNOWN_SOG), STRATUM_B_STILL);
	/* the greatest speed of the hour; class A where it says both */
	heard_add(&h, 0, HEARD_MIDNIGHT, 42, 132)->sog_kn = 1;
	heard_add(&h, 0, HEARD_MIDNIGHT + 10 * MINUTE_MS, 42, 132)->ais_class = CLASS_B;
	seen = look(&h, 0, 1);
	assert_int_equal(seen.at[0].stratum, STRATUM_A);
}

/* of an hour's reports some by satellite, some not, some not said */
static void satellites(void **state)
{
	static const struct {
		uint8_t a, b;
		bool satellite;
	} CASES[] = {
	    {SOURCE_SATELLITE, SOURCE_SATELLITE, true},
	    {SOURCE_SATELLITE, SOURCE_TERRESTRIAL, false},
	    {SOURCE_SATELLITE, SOURCE_UNKNOWN, false},
	    {SOURCE_TERRESTRIAL, SOURCE_TERRESTRIAL, false},
	    {SOURCE_UNKNOWN, SOURCE_UNKNOWN, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct heard h = {0};
		struct seen seen;

		heard_add(&h, 0, HEARD_MIDNIGHT, 42, 132)->source = CASES[i].a;
		heard_add(&h, 0, HEARD_MIDNIGHT + 9 * MINUTE_MS, 42, 132)->source = CASES[i].b;
		seen = look(&h, 0, 2);
		assert_int_equal(seen.count, 2);
		assert_int_equal(at(&seen, 0)->satellite, CASES[i].satellite);
		assert_false(at(&seen, 1)->satellite);
	}
}

/* hours in which nobody at all was heard tell nothing; the others the same as ever */
static void nobody_heard(void **state)
{
	struct heard h = {0};
	struct seen seen;

	(void)state;
	hear(&h, 10, 42, 132);
	hear(&h, 14, 42.4, 132.8);
	heard_up(&h, 12, 13);
	heard_up(&h, 16, 17);
	seen = look_alone(&h, 0, 40);
	assert_int_equal(seen.count, 4);
	assert_true(at(&seen, 10)->heard && at(&seen, 14)->heard);
	assert_place(at(&seen, 12), 42 + 0.4 * (2 + 25.0 / 60) / 4,
	             132 + 0.8 * (2 + 25.0 / 60) / 4);
	assert_place(at(&seen, 16), 42.4, 132.8);
}

/* [first, end), whatever lies on either side, is what the whole says of these hours */
static void any_range(void **state)
{
	struct random r = {7};

	(void)state;
	for (int trial = 0; trial < 400; trial++) {
		struct heard h = {0};
		struct fleet *fleet;
		const struct shard *shard;
		const struct vessel *vessel;
		struct seen all = {.count = 0};
		struct seen part = {.count = 0};
		int from = (int)random_below(&r, 110) - 5;
		int to = from + (int)random_below(&r, 40);
		int k = 0;

		for (int hour = 20; hour < 100; hour++) {
			if (random_once_in(&r, trial % 2 ? 3 : 12))
				hear(&h, hour, 42 + hour * 0.1, 132 + random_below(&r, 9) * 0.1);
		}
		hear(&h, 100, 42, 132);
		for (int hour = 0; hour < 120; hour++) {
			if (random_once_in(&r, 2))
				heard_up(&h, hour, hour + 1);
		}
		fleet = heard_fleet(&h, zones);
		vessel = fleet_vessel(fleet, HEARD_MMSI, &shard);
		sightings_of(&fleet->clock, shard, vessel, HEARD_HOUR - 50, HEARD_HOUR + 200, keep,
		             &all);
		sightings_of(&fleet->clock, shard, vessel, HEARD_HOUR + from, HEARD_HOUR + to, keep,
		             &part);
		for (int i = 0; i < all.count; i++) {
			int64_t hour = all.at[i].hour - HEARD_HOUR;

			if (hour < from || hour >= to)
				continue;
			assert_true(k < part.count);
			assert_told_alike(&all.at[i], &part.at[k++]);
		}
		assert_int_equal(k, part.count);
		fleet_free(fleet);
	}
}

/* over a rim: one ship, heard in one hour once, and unheard only where no zone heard it */
static void over_a_rim(void **state)
{
	static const double RIMS[] = {42.25, 42.5};
	struct random r = {9};
	struct zones *one = zones;
	struct zones *three = heard_zones(RIMS, 2);

	(void)state;
	for (int trial = 0; trial < 300; trial++) {
		uint64_t seed = random_next(&r);
		struct seen seen[2];

		for (int cut = 0; cut < 2; cut++) {
			struct random same = {seed};
			struct heard h = {0};

			for (int i = 0; i < 30; i++) {
				int64_t ms = random_below(&same, 60 * 60) * MINUTE_MS;

				heard_add(&h, 0, HEARD_MIDNIGHT + ms,
				          42 + random_below(&same, 75) / 100.0, 132)
				    ->sog_kn = (float)random_below(&same, 8);
			}
			zones = cut ? three : one;
			seen[cut] = look(&h, -10, 70);
		}
		assert_int_equal(seen[0].count, seen[1].count);
		for (int i = 0; i < seen[0].count; i++)
			assert_told_alike(&seen[0].at[i], &seen[1].at[i]);
	}
	zones = one;
	free(three);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(after),        cmocka_unit_test(no_course),
	    cmocka_unit_test(between),      cmocka_unit_test(apart),
	    cmocka_unit_test(antimeridian), cmocka_unit_test(pole),
	    cmocka_unit_test(strata),       cmocka_unit_test(satellites),
	    cmocka_unit_test(any_range),    cmocka_unit_test(over_a_rim),
	    cmocka_unit_test(nobody_heard),
	};

	return cmocka_run_group_tests(tests, begin_all, end_all);
}

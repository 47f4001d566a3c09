/* Presence by hand: masks, boxes, first reports, across hours, midnight and the antimeridian. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utc.h"
#include "track/presence.h"

/* 2024-02-29T23:00Z: 474,791 hours after 1970 (19,782 days of 24 and 23) */
#define HOUR  INT64_C(474791)
#define START (HOUR * HOUR_MS)

struct heard {
	struct presence presence;
	struct presence_now now;
	struct arena arena;
};

static void begin(struct heard *h)
{
	*h = (struct heard){.now.index = HOUR_NONE};
}

static void end(struct heard *h)
{
	presence_free(&h->presence);
	arena_free(&h->arena);
}

static void add(struct heard *h, struct fix fix)
{
	presence_add(&h->presence, &h->now, &h->arena, &fix);
}

static void settle(struct heard *h)
{
	presence_settle(&h->presence, &h->now, &h->arena);
	assert_int_equal(h->now.index, HOUR_NONE);
}

static uint64_t minutes_of(const struct heard *h, int64_t hour)
{
	uint64_t bits = 0;

	presence_minutes(&h->presence, hour, 1, &bits);
	return bits;
}

static void minutes(void **state)
{
	struct heard h;
	const struct presence_hour *cell;

	(void)state;
	begin(&h);
	add(&h, (struct fix){.t_ms = START + 59 * MINUTE_MS + 59999});
	add(&h, (struct fix){.t_ms = START});
	add(&h, (struct fix){.t_ms = START + 59999, .source = SOURCE_TERRESTRIAL});
	add(&h, (struct fix){.t_ms = START + MINUTE_MS, .source = SOURCE_SATELLITE});
	add(&h, (struct fix){.t_ms = START + MINUTE_MS, .source = SOURCE_SATELLITE});
	add(&h, (struct fix){.t_ms = START + HOUR_MS}); /* midnight */
	settle(&h);
	cell = presence_at(&h.presence, HOUR);
	assert_non_null(cell);
	assert_true(cell->other_minutes == (UINT64_C(1) << 59 | 1));
	assert_true(cell->satellite_minutes == 2);
	assert_true(minutes_of(&h, HOUR) == (UINT64_C(1) << 59 | 3));
	assert_true(minutes_of(&h, HOUR + 1) == 1);
	assert_null(presence_at(&h.presence, HOUR - 1));
	assert_null(presence_at(&h.presence, HOUR + 2));
	assert_null(presence_at(&h.presence, INT64_C(1) << 40));
	assert_true(minutes_of(&h, 0) == 0);
	end(&h);
}

static void flags_and_speed(void **state)
{
	struct heard h;
	const struct presence_hour *cell;

	(void)state;
	begin(&h);
	add(&h, (struct fix){.t_ms = START + 5, .ais_class = CLASS_B});
	settle(&h);
	assert_int_equal(presence_at(&h.presence, HOUR)->flags, HEARD_CLASS_B);
	add(&h, (struct fix){.t_ms = START + 1,
	                     .ais_class = CLASS_A,
	                     .source = SOURCE_SATELLITE,
	                     .sog_kn = 12.5F,
	                     .known = KNOWN_SOG});
	add(&h,
	    (struct fix){
	        .t_ms = START + 9, .source = SOURCE_TERRESTRIAL, .sog_kn = 3, .known = KNOWN_SOG});
	settle(&h);
	cell = presence_at(&h.presence, HOUR);
	assert_int_equal(cell->flags, HEARD_CLASS_A | HEARD_CLASS_B | HEARD_SATELLITE |
	                                  HEARD_TERRESTRIAL | HEARD_SPEED);
	assert_true(cell->sog_kn == 12.5F);
	end(&h);
}

static uint8_t flags_of_second(uint8_t second, uint8_t known)
{
	struct heard h;
	uint8_t flags;

	begin(&h);
	add(&h, (struct fix){.t_ms = START, .second = 5, .known = KNOWN_SECOND});
	add(&h, (struct fix){.t_ms = START + 1, .second = second, .known = known});
	settle(&h);
	flags = presence_at(&h.presence, HOUR)->flags;
	end(&h);
	return flags;
}

/* ITU-R M.1371-5 table 48: 60 no time stamp, 61 manual, 62 dead reckoning, 63 inoperative */
static void without_gnss(void **state)
{
	(void)state;
	assert_int_equal(flags_of_second(59, KNOWN_SECOND), 0);
	assert_int_equal(flags_of_second(60, KNOWN_SECOND), 0);
	assert_int_equal(flags_of_second(61, KNOWN_SECOND), HEARD_NO_GNSS);
	assert_int_equal(flags_of_second(62, KNOWN_SECOND), HEARD_NO_GNSS);
	assert_int_equal(flags_of_second(63, KNOWN_SECOND | KNOWN_SOG),
	                 HEARD_NO_GNSS | HEARD_SPEED);
	assert_int_equal(flags_of_second(63, 0), 0);
}

/* the smallest of (time, lat, lon), in 1e-7 degree */
static void first_report(void **state)
{
	static const struct fix FIXES[] = {
	    {.t_ms = START + 7, .lat_deg = -10, .lon_deg = 1},
	    {.t_ms = START + 5, .lat_deg = 43.1234567, .lon_deg = 131.98765432},
	    {.t_ms = START + 5, .lat_deg = 43.1234567, .lon_deg = 131.98765431},
	    {.t_ms = START + 5, .lat_deg = 44, .lon_deg = -100},
	};

	(void)state;
	for (size_t rotate = 0; rotate < 4; rotate++) {
		struct heard h;
		const struct presence_hour *cell;

		begin(&h);
		for (size_t i = 0; i < 4; i++)
			add(&h, FIXES[(i + rotate) % 4]);
		settle(&h);
		cell = presence_at(&h.presence, HOUR);
		assert_int_equal(cell->first_ms, 5);
		assert_int_equal(cell->first_lat_e7, 431234567);
		assert_int_equal(cell->first_lon_e7, 1319876543);
		end(&h);
	}
}

/* steps of 1/180 degree: 43.5 N is (43.5 + 90) * 180 = 24,030 from the pole */
static void boxes(void **state)
{
	struct heard h;
	const struct presence_hour *cell;

	(void)state;
	begin(&h);
	add(&h, (struct fix){.t_ms = START, .lat_deg = 43.5, .lon_deg = 179.5});
	add(&h, (struct fix){.t_ms = START + 1, .lat_deg = 43.505, .lon_deg = -179.5});
	add(&h, (struct fix){.t_ms = START + 1, .lat_deg = 43.506, .lon_deg = 179.75});
	settle(&h);
	cell = presence_at(&h.presence, HOUR);
	assert_int_equal(cell->box.lat_min, 24030);
	assert_int_equal(cell->box.lat_max, 24031); /* 43.506 lies 1.08 steps north */
	assert_int_equal(cell->box.lon_min, 90);    /* half a degree east of 180 W */
	assert_int_equal(cell->box.lon_max, 359 * 180 + 135);
	assert_int_equal(cell->box.east_min,
	                 179 * 180 + 90); /* across the antimeridian it is narrow */
	assert_int_equal(cell->box.east_max, 180 * 180 + 90);
	end(&h);
	begin(&h);
	add(&h, (struct fix){.t_ms = START, .lat_deg = 90, .lon_deg = -180});
	add(&h, (struct fix){.t_ms = START, .lat_deg = -90, .lon_deg = 179.99999999999997});
	settle(&h);
	cell = presence_at(&h.presence, HOUR);
	assert_int_equal(cell->box.lat_min, 0);
	assert_int_equal(cell->box.lat_max, 180 * 180);
	assert_int_equal(cell->box.lon_min, 0);
	assert_int_equal(cell->box.lon_max, BOX_TURN - 1);
	assert_int_equal(cell->box.east_min, BOX_TURN / 2 - 1);
	assert_int_equal(cell->box.east_max, BOX_TURN / 2);
	end(&h);
}

static void many_hours_and_a_join(void **state)
{
	uint64_t bits[520] = {[15] = 1};
	struct heard a;
	struct heard b;

	(void)state;
	begin(&a);
	begin(&b);
	for (int64_t i = 0; i < 500; i++) {
		int64_t hour = i * 37 % 500; /* every hour once, in no order */

		add(i % 2 ? &a : &b,
		    (struct fix){.t_ms = (HOUR + hour) * HOUR_MS + hour % 60 * MINUTE_MS});
	}
	settle(&a);
	settle(&b);
	presence_join(&a.presence, &a.arena, &b.presence);
	presence_join(&a.presence, &a.arena, &b.presence);
	for (int64_t hour = 0; hour < 500; hour++)
		assert_true(minutes_of(&a, HOUR + hour) == UINT64_C(1) << hour % 60);
	/* in one walk, over hours before and after; they are added to what is there */
	presence_minutes(&a.presence, HOUR - 10, 520, bits);
	for (int64_t i = 0; i < 520; i++) {
		uint64_t want = i < 10 || i >= 510 ? 0 : UINT64_C(1) << (i - 10) % 60;

		assert_true(bits[i] == (want | (i == 15)));
	}
	for (uint32_t i = 1; i < a.presence.count; i++)
		assert_true(a.presence.at[i - 1].index < a.presence.at[i].index);
	end(&a);
	end(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(minutes),      cmocka_unit_test(flags_and_speed),
	    cmocka_unit_test(without_gnss), cmocka_unit_test(first_report),
	    cmocka_unit_test(boxes),        cmocka_unit_test(many_hours_and_a_join),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

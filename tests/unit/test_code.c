/*
 * The bytes of saved files: numbers by hand (LEB128 and zigzag as their definitions have them), and
 * fixes, minutes and hours of presence, usual and nasty, that must read back bit for bit.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "law/canonical.h"
#include "law/random.h"
#include "state/fix_code.h"
#include "state/hour_code.h"
#include "state/minute_code.h"
#include "state/time_code.h"

static struct span bytes_of(const struct code_out *out)
{
	return (struct span){out->bytes, out->len};
}

static void assert_bytes(struct code_out *out, const char *bytes, size_t len)
{
	assert_int_equal(out->len, len);
	assert_memory_equal(out->bytes, bytes, len);
	out->len = 0;
}

static void numbers_by_hand(void **state)
{
	struct code_out out = {0};

	(void)state;
	code_byte(&out, 0xAB);
	assert_bytes(&out, "\xAB", 1);
	code_varint(&out, 127);
	code_varint(&out, 128);
	code_varint(&out, 300);
	assert_bytes(&out, "\x7F\x80\x01\xAC\x02", 5);
	code_varint(&out, UINT64_MAX);
	assert_bytes(&out, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01", 10);
	code_signed(&out, 0);
	code_signed(&out, -1);
	code_signed(&out, 1);
	code_signed(&out, -64);
	code_signed(&out, 64);
	assert_bytes(&out, "\x00\x01\x02\x7F\x80\x01", 6);
	code_u32(&out, 0x01020304);
	code_u64(&out, UINT64_C(0x0102030405060708));
	assert_bytes(&out, "\x04\x03\x02\x01\x08\x07\x06\x05\x04\x03\x02\x01", 12);
	code_double(&out, 1.0); /* IEEE 754: 0x3FF0000000000000 */
	code_float(&out, -2.0F);
	assert_bytes(&out, "\0\0\0\0\0\0\xF0\x3F\0\0\0\xC0", 12);
	code_text(&out, SPAN("abc"));
	code_text(&out, SPAN(""));
	code_raw(&out, SPAN("d"));
	assert_bytes(&out, "\3abc\0d", 6);
	code_time(&out, 5000);
	code_time(&out, 5001);
	assert_bytes(&out, "\x0A\x93\x4E", 3);
	free(out.bytes);
}

static void numbers_read_back(void **state)
{
	static const int64_t NUMBERS[] = {0,         1,         -1,        63,       64,
	                                  -64,       -65,       8191,      8192,     -8193,
	                                  INT32_MAX, INT32_MIN, INT64_MAX, INT64_MIN};
	enum { COUNT = sizeof NUMBERS / sizeof *NUMBERS };
	struct code_out out = {0};
	struct code_in in;

	(void)state;
	for (int i = 0; i < COUNT; i++) {
		code_signed(&out, NUMBERS[i]);
		code_varint(&out, (uint64_t)NUMBERS[i]);
		code_u64(&out, (uint64_t)NUMBERS[i]);
	}
	in = code_in_of(bytes_of(&out));
	for (int i = 0; i < COUNT; i++) {
		assert_true(code_get_signed(&in) == NUMBERS[i]);
		assert_true(code_get_varint(&in) == (uint64_t)NUMBERS[i]);
		assert_true(code_get_u64(&in) == (uint64_t)NUMBERS[i]);
	}
	assert_int_equal(code_left(&in), 0);
	assert_false(in.bad);
	code_get_byte(&in);
	assert_true(in.bad);
	free(out.bytes);
}

/* a varint that is longer than it need be, too long, or cut short; a text longer than the rest */
static void bad_bytes(void **state)
{
	static const struct span VARINTS[] = {
	    SPAN(""),
	    SPAN("\x80"),
	    SPAN("\x80\x00"),
	    SPAN("\xFF\x80\x00"),
	    SPAN("\xFF\xFF"),
	    SPAN("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x02"),
	    SPAN("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01"),
	};
	struct code_in in;

	(void)state;
	for (size_t i = 0; i < sizeof VARINTS / sizeof *VARINTS; i++) {
		in = code_in_of(VARINTS[i]);
		assert_int_equal(code_get_varint(&in), 0);
		assert_true(in.bad);
		assert_int_equal(code_get_byte(&in), 0);
		assert_int_equal(code_left(&in), 0);
	}
	in = code_in_of(SPAN("\4abc"));
	assert_null(code_get_text(&in).ptr);
	assert_true(in.bad);
	in = code_in_of(SPAN("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01"
	                     "abc"));
	assert_null(code_get_text(&in).ptr);
	assert_true(in.bad);
	in = code_in_of(SPAN("\1\2\3"));
	assert_int_equal(code_get_u32(&in), 0);
	assert_true(in.bad);
	in = code_in_of(SPAN("abc"));
	assert_int_equal(code_get_raw(&in, 3).len, 3);
	assert_false(in.bad);
	assert_null(code_get_raw(&in, 1).ptr);
	assert_true(in.bad);
}

static uint64_t random_minutes(struct random *r)
{
	uint64_t minutes = 0;
	uint32_t count = random_below(r, 12);

	for (uint32_t i = 0; i < count; i++)
		minutes |= UINT64_C(1) << random_below(r, 60);
	switch (random_below(r, 5)) {
	case 0:
		return 0;
	case 1:
		return ALL_MINUTES;
	case 2:
		return ~minutes & ALL_MINUTES;
	case 3:
		return random_next(r) & ALL_MINUTES;
	default:
		return minutes;
	}
}

static void minutes_by_hand(void **state)
{
	struct code_out out = {0};

	(void)state;
	minutes_encode(&out, minutes_mode(0), 0);
	minutes_encode(&out, minutes_mode(ALL_MINUTES), ALL_MINUTES);
	assert_int_equal(out.len, 0);
	minutes_encode(&out, minutes_mode(5), 5);
	assert_bytes(&out, "\x00\x82", 2);
	minutes_encode(&out, minutes_mode(ALL_MINUTES / 2), ALL_MINUTES / 2);
	assert_bytes(&out, "\xBB", 1); /* 59 is missing */
	minutes_encode(&out, minutes_mode(0xFF), 0xFF);
	assert_bytes(&out, "\xFF\0\0\0\0\0\0\0", 8);
	free(out.bytes);
}

static void minutes_refused(void **state)
{
	static const struct {
		unsigned mode;
		struct span bytes;
	} BAD[] = {
	    {MINUTES_LIST, SPAN("")},
	    {MINUTES_LIST, SPAN("\1")},
	    {MINUTES_LIST, SPAN("\1\x81")},
	    {MINUTES_LIST, SPAN("\2\x81")},
	    {MINUTES_LIST, SPAN("\xBC")},
	    {MINUTES_MISSING, SPAN("\1")},
	    {MINUTES_BITS, SPAN("\0\0\0\0\0\0\0\x10")},
	};

	(void)state;
	for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
		struct code_in in = code_in_of(BAD[i].bytes);
		uint64_t minutes;

		assert_false(minutes_decode(&in, BAD[i].mode, &minutes) && !in.bad);
	}
}

static double random_degrees(struct random *r, double most)
{
	double deg = ((double)random_below(r, 2000001) / 1000000 - 1) * most;

	switch (random_below(r, 6)) {
	case 0:
		return round(deg * 1e5) / 1e5 + 0.0;
	case 1:
		return round(deg * 600000) / 600000.0 + 0.0;
	case 2:
		return deg + 1e-13;
	case 3:
		return random_below(r, 2) ? 0.0 : 5e-324;
	case 4:
		return random_below(r, 2) ? -most : nextafter(most, 0);
	default:
		return deg;
	}
}

static float random_speed(struct random *r, float most)
{
	switch (random_below(r, 4)) {
	case 0:
		return (float)(random_below(r, (uint32_t)(most * 10)) / 10.0);
	case 1:
		return (float)random_below(r, 1000000) / 1000000 * most;
	case 2:
		return random_below(r, 2) ? 1e-40F : nextafterf(most, 0);
	default:
		return 0;
	}
}

static struct fix random_fix(struct random *r)
{
	struct fix fix = {
	    .lat_deg = random_degrees(r, 90),
	    .lon_deg = random_degrees(r, 180),
	    .ais_class = (uint8_t)random_below(r, 3),
	    .source = (uint8_t)random_below(r, 3),
	    .known = (uint8_t)random_below(r, 32),
	};

	if (fix.known & KNOWN_SOG)
		fix.sog_kn = random_speed(r, 102.3F);
	if (fix.known & KNOWN_COG)
		fix.cog_deg = random_speed(r, 360);
	if (fix.known & KNOWN_HEADING)
		fix.heading_deg = (uint16_t)random_below(r, 360);
	if (fix.known & KNOWN_NAV_STATUS)
		fix.nav_status = (uint8_t)random_below(r, 15);
	if (fix.known & KNOWN_SECOND)
		fix.second = (uint8_t)random_below(r, 64);
	return fix;
}

static void assert_same_fix(const struct fix *a, const struct fix *b)
{
	struct canonical x = {0};
	struct canonical y = {0};

	canonical_fix(&x, a);
	canonical_fix(&y, b);
	assert_true(canonical_equal(&x, &y));
	free(x.bytes);
	free(y.bytes);
}

static void fixes_read_back(void **state)
{
	struct random r = {1};
	struct code_out out = {0};
	uint32_t trials = random_trials(100000);

	(void)state;
	for (uint32_t i = 0; i < trials; i++) {
		struct fix before = random_fix(&r);
		struct fix fix = random_fix(&r);
		struct fix again = {0};
		struct code_in in;

		out.len = 0;
		fix_encode(&out, &before, &fix);
		assert_false(out.bad);
		in = code_in_of(bytes_of(&out));
		assert_true(fix_decode(&in, &before, &again));
		assert_int_equal(code_left(&in), 0);
		assert_same_fix(&fix, &again);
	}
	free(out.bytes);
}

/* a position of five decimals 0.001 degrees on, 12.3 kn, 45.6 degrees: head 2, steps 3 and 3, ...
 */
static void fixes_are_short(void **state)
{
	struct fix before = {.lat_deg = 43.1, .lon_deg = 131.9};
	struct fix fix = {.lat_deg = 43.101,
	                  .lon_deg = 131.901,
	                  .sog_kn = 12.3F,
	                  .cog_deg = 45.6F,
	                  .known = KNOWN_SOG | KNOWN_COG};
	struct code_out out = {0};

	(void)state;
	fix_encode(&out, &before, &fix);
	assert_int_equal(out.len, 2 + 3 + 3 + 1 + 2);
	free(out.bytes);
}

static void refuse_fix(struct fix fix)
{
	struct fix before = {0};
	struct fix again = {0};
	struct code_out out = {0};
	struct code_in in;

	fix_encode(&out, &before, &fix);
	assert_true(out.bad); /* nor would it be saved */
	in = code_in_of(bytes_of(&out));
	assert_false(fix_decode(&in, &before, &again));
	free(out.bytes);
}

static void fixes_refused(void **state)
{
	(void)state;
	refuse_fix((struct fix){.lat_deg = 90.1});
	refuse_fix((struct fix){.lat_deg = -90.0000001});
	refuse_fix((struct fix){.lon_deg = 180});
	refuse_fix((struct fix){.lon_deg = -180.5});
	refuse_fix((struct fix){.lat_deg = -0.0});
	refuse_fix((struct fix){.lon_deg = -0.0});
	refuse_fix((struct fix){.sog_kn = -1, .known = KNOWN_SOG});
	refuse_fix((struct fix){.sog_kn = NAN, .known = KNOWN_SOG});
	refuse_fix((struct fix){.sog_kn = INFINITY, .known = KNOWN_SOG});
	refuse_fix((struct fix){.sog_kn = -0.0F, .known = KNOWN_SOG});
	refuse_fix((struct fix){.cog_deg = 360, .known = KNOWN_COG});
	refuse_fix((struct fix){.cog_deg = NAN, .known = KNOWN_COG});
	refuse_fix((struct fix){.heading_deg = 360, .known = KNOWN_HEADING});
	refuse_fix((struct fix){.nav_status = 15, .known = KNOWN_NAV_STATUS});
	refuse_fix((struct fix){.second = 64, .known = KNOWN_SECOND});
	refuse_fix((struct fix){.ais_class = 3});
	refuse_fix((struct fix){.source = 3});
}

struct hours {
	struct presence presence;
	struct presence_now now;
	struct arena arena;
};

static void free_hours(struct hours *h)
{
	presence_free(&h->presence);
	arena_free(&h->arena);
}

/* hours as reports make them, some on both sides of Greenwich and of the antimeridian */
static void random_hours(struct random *r, struct hours *h)
{
	int64_t hour = TIME_LEAST_MS / HOUR_MS + random_below(r, 900000);
	uint32_t count = random_below(r, 8);

	*h = (struct hours){.now.index = HOUR_NONE};
	for (uint32_t i = 0; i < count; i++) {
		uint32_t reports = 1 + random_below(r, random_once_in(r, 4) ? 90 : 5);
		bool seconds = random_below(r, 2);
		struct fix at = random_fix(r);

		hour += random_once_in(r, 3) ? random_below(r, 3000) : 1;
		for (uint32_t k = 0; k < reports; k++) {
			struct fix fix = random_fix(r);

			fix.t_ms = hour * HOUR_MS + random_below(r, 3600) * 1000 +
			           (seconds ? 0 : random_below(r, 1000));
			if (!random_once_in(r, 20)) { /* most stay near the first */
				fix.lat_deg = at.lat_deg;
				fix.lon_deg = at.lon_deg;
			}
			presence_add(&h->presence, &h->now, &h->arena, &fix);
		}
	}
	presence_settle(&h->presence, &h->now, &h->arena);
}

static void hours_read_back(void **state)
{
	struct random r = {2};
	struct code_out out = {0};
	struct canonical x = {0};
	struct canonical y = {0};
	uint32_t trials = random_trials(20000);

	(void)state;
	for (uint32_t i = 0; i < trials; i++) {
		struct hours h;
		struct hours again = {0};
		struct code_in in;

		random_hours(&r, &h);
		out.len = 0;
		x.len = 0;
		y.len = 0;
		hours_encode(&out, &h.presence);
		assert_false(out.bad);
		in = code_in_of(bytes_of(&out));
		assert_true(hours_decode(&in, &again.presence, &again.arena));
		assert_int_equal(code_left(&in), 0);
		canonical_presence(&x, &h.presence);
		canonical_presence(&y, &again.presence);
		assert_true(canonical_equal(&x, &y));
		free_hours(&h);
		free_hours(&again);
	}
	free(out.bytes);
	free(x.bytes);
	free(y.bytes);
}

/* all values of the minutes' forms, alone and together */
static void minutes_read_back(void **state)
{
	struct random r = {3};
	struct code_out out = {0};

	(void)state;
	for (int i = 0; i < 20000; i++) {
		uint64_t minutes = random_minutes(&r);
		uint64_t again = 1;
		struct code_in in;

		out.len = 0;
		minutes_encode(&out, minutes_mode(minutes), minutes);
		in = code_in_of(bytes_of(&out));
		assert_true(minutes_decode(&in, minutes_mode(minutes), &again));
		assert_true(minutes == again && !in.bad && !code_left(&in));
		assert_true(out.len <= 8);
	}
	free(out.bytes);
}

/* the earliest hour there can be, 1989-12-31T00:00Z, and one report in it */
static struct presence_hour plain_hour(void)
{
	return (struct presence_hour){
	    .other_minutes = 1,
	    .first_lat_e7 = 431000000,
	    .first_lon_e7 = 1319000000,
	    .box = {23958, 23958, 56142, 56142, 23742, 23742}, /* (43.1 + 90) * 180, ... */
	};
}

static bool hour_reads_back(int64_t number, struct presence_hour hour)
{
	struct hours h = {0};
	struct hours again = {0};
	struct code_out out = {0};
	struct code_in in;
	bool good;

	*presence_put(&h.presence, &h.arena, number) = hour;
	hours_encode(&out, &h.presence);
	in = code_in_of(bytes_of(&out));
	good = hours_decode(&in, &again.presence, &again.arena);
	assert_true(good == !out.bad); /* what would be refused is not saved */
	free(out.bytes);
	free_hours(&h);
	free_hours(&again);
	return good;
}

static bool plain_reads_back(struct presence_hour hour)
{
	return hour_reads_back(TIME_LEAST_MS / HOUR_MS, hour);
}

/* flags that no report sets have no spelling of their own: that they are not saved must do */
static bool plain_is_saved(struct presence_hour hour)
{
	struct hours h = {0};
	struct code_out out = {0};

	*presence_put(&h.presence, &h.arena, TIME_LEAST_MS / HOUR_MS) = hour;
	hours_encode(&out, &h.presence);
	free(out.bytes);
	free_hours(&h);
	return !out.bad;
}

static void hours_refused(void **state)
{
	struct presence_hour hour;

	(void)state;
	assert_true(plain_reads_back(plain_hour()));
	assert_false(hour_reads_back(TIME_LEAST_MS / HOUR_MS - 1, plain_hour()));
	assert_true(hour_reads_back(TIME_MOST_MS / HOUR_MS - 1, plain_hour()));
	assert_false(hour_reads_back(TIME_MOST_MS / HOUR_MS, plain_hour()));
	hour = plain_hour();
	hour.other_minutes = UINT64_C(1) << 60;
	assert_false(plain_reads_back(hour));
	hour = plain_hour();
	hour.first_lat_e7 = 900000001;
	assert_false(plain_reads_back(hour));
	hour = plain_hour();
	hour.first_lon_e7 = -1800000001;
	assert_false(plain_reads_back(hour));
	hour = plain_hour();
	hour.box.lat_min = 23960; /* beyond its own first position, and its other end */
	assert_false(plain_reads_back(hour));
	hour = plain_hour();
	hour.box.lat_max = 180 * BOX_STEPS_PER_DEG + 1;
	assert_false(plain_reads_back(hour));
	hour = plain_hour();
	hour.box.lon_max = BOX_TURN;
	assert_false(plain_reads_back(hour));
	hour = plain_hour();
	hour.box.lon_min = 100; /* on both sides of Greenwich, which its other ends do not say */
	hour.box.east_max = 200;
	assert_false(plain_reads_back(hour));
	hour = plain_hour();
	assert_true(plain_is_saved(hour));
	hour.flags = HEARD_SATELLITE; /* but no minute */
	assert_false(plain_is_saved(hour));
	hour = plain_hour();
	hour.satellite_minutes = 1; /* but no flag */
	assert_false(plain_is_saved(hour));
	hour = plain_hour();
	hour.flags = HEARD_SPEED;
	hour.sog_kn = NAN;
	assert_false(plain_reads_back(hour));
	hour.sog_kn = 12.5F;
	assert_true(plain_reads_back(hour));
}

/* the flags' byte: 32 for the hour that follows, 64 for the grid of 1e-5 degrees */
static unsigned flags_byte(struct presence_hour hour)
{
	struct hours h = {0};
	struct code_out out = {0};
	unsigned byte;

	assert_true(plain_reads_back(hour));
	*presence_put(&h.presence, &h.arena, 400000) = hour;
	hours_encode(&out, &h.presence);
	byte = (unsigned char)out.bytes[1] & 63U;
	free(out.bytes);
	free_hours(&h);
	return byte;
}

/* six flags in five bits: HEARD_SATELLITE as format 1 has it, or turned over for HEARD_NO_GNSS */
static void hours_without_gnss(void **state)
{
	struct presence_hour hour = plain_hour();

	(void)state;
	assert_int_equal(flags_byte(hour), 0);
	hour.flags = HEARD_NO_GNSS;
	assert_int_equal(flags_byte(hour), HEARD_SATELLITE);
	hour.flags = HEARD_NO_GNSS | HEARD_CLASS_B | HEARD_TERRESTRIAL;
	assert_int_equal(flags_byte(hour), HEARD_SATELLITE | HEARD_CLASS_B | HEARD_TERRESTRIAL);
	hour.satellite_minutes = 1;
	hour.flags = HEARD_CLASS_A | HEARD_SATELLITE;
	assert_int_equal(flags_byte(hour), HEARD_CLASS_A | HEARD_SATELLITE);
	hour.flags = HEARD_CLASS_A | HEARD_SATELLITE | HEARD_NO_GNSS;
	assert_int_equal(flags_byte(hour), HEARD_CLASS_A);
	hour.flags = 64;
	assert_false(plain_is_saved(hour));
}

/*
 * The second hour of a track: form and flags 2, five minutes 5, the second 1, lat (10,000 steps of
 * 1e-5 degrees) 3, lon 1, box 4, speed 1.
 */
static void hours_are_short(void **state)
{
	struct hours h = {0};
	struct code_out out = {0};
	struct presence_hour hour = plain_hour();
	size_t first;

	(void)state;
	*presence_put(&h.presence, &h.arena, 400000) = hour;
	hours_encode(&out, &h.presence);
	first = out.len;
	out.len = 0;
	hour.other_minutes = 0x1F;
	hour.first_lat_e7 += 1000000; /* six nm to the north */
	hour.flags = HEARD_SPEED | HEARD_CLASS_A;
	hour.sog_kn = 6.3F;
	hour.box.lat_min = 23975;
	hour.box.lat_max = 23990;
	*presence_put(&h.presence, &h.arena, 400001) = hour;
	hours_encode(&out, &h.presence);
	assert_int_equal(out.len - first, 2 + 5 + 1 + 3 + 1 + 4 + 1);
	free(out.bytes);
	free_hours(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(numbers_by_hand),    cmocka_unit_test(numbers_read_back),
	    cmocka_unit_test(bad_bytes),          cmocka_unit_test(minutes_by_hand),
	    cmocka_unit_test(minutes_read_back),  cmocka_unit_test(minutes_refused),
	    cmocka_unit_test(fixes_read_back),    cmocka_unit_test(fixes_are_short),
	    cmocka_unit_test(fixes_refused),      cmocka_unit_test(hours_read_back),
	    cmocka_unit_test(hours_refused),      cmocka_unit_test(hours_are_short),
	    cmocka_unit_test(hours_without_gnss),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

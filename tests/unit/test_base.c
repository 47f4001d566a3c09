/*
 * Spans, numbers, times, durations, memory, the map. Numbers as text are Python's: repr(float), and
 * for 2,000 random doubles FNV-1a of all their reprs; reading them back must give the same bits.
 * Days and times are those of Python's datetime in UTC. The rest is by hand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/duration.h"
#include "base/embed.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/span.h"
#include "base/status.h"
#include "base/utc.h"
#include "law/random.h"

static double double_of(uint64_t bits)
{
	double value;

	memcpy(&value, &bits, sizeof value);
	return value;
}

static uint64_t bits_of(double value)
{
	uint64_t bits;

	memcpy(&bits, &value, sizeof bits);
	return bits;
}

/* python3: repr(struct.unpack('<d', struct.pack('<Q', bits))[0]) */
static const struct {
	uint64_t bits;
	const char *text;
} REPRS[] = {
    {UINT64_C(0x0000000000000000), "0.0"},
    {UINT64_C(0x8000000000000000), "-0.0"},
    {UINT64_C(0x3ff0000000000000), "1.0"},
    {UINT64_C(0xbff0000000000000), "-1.0"},
    {UINT64_C(0x3fb999999999999a), "0.1"},
    {UINT64_C(0x3fd5555555555555), "0.3333333333333333"},
    {UINT64_C(0x3fe5555555555555), "0.6666666666666666"},
    {UINT64_C(0x4046b33333333333), "45.4"},
    {UINT64_C(0x40607ccccccccccd), "131.9"},
    {UINT64_C(0x430c6bf526340000), "1000000000000000.0"},
    {UINT64_C(0x4341c37937e08000), "1e+16"},
    {UINT64_C(0x437b69b4ba630f35), "1.2345678901234568e+17"},
    {UINT64_C(0x4340000000000000), "9007199254740992.0"},
    {UINT64_C(0x3f1a36e2eb1c432d), "0.0001"},
    {UINT64_C(0x3ee4f8b588e368f1), "1e-05"},
    {UINT64_C(0x3f202e4b6ce5dc68), "0.00012345"},
    {UINT64_C(0x7fefffffffffffff), "1.7976931348623157e+308"},
    {UINT64_C(0x0010000000000000), "2.2250738585072014e-308"},
    {UINT64_C(0x4480f0cf064dd592), "1e+22"},
    {UINT64_C(0x44b52d02c7e14af6), "1e+23"},
    {UINT64_C(0x3fd3333333333334), "0.30000000000000004"},
    {UINT64_C(0x4059000000000000), "100.0"},
    {UINT64_C(0x54b249ad2594c37d), "1e+100"},
    {UINT64_C(0xbe8421f5f40d8376), "-1.5e-07"},
    {UINT64_C(0x4011666666666666), "4.35"},
    {UINT64_C(0x4005666666666666), "2.675"},
    {UINT64_C(0x41b1de784a000000), "299792458.0"},
    {UINT64_C(0x4059933333333333), "102.3"},
    {UINT64_C(0x40767fffffffffff), "359.99999999999994"},
    {UINT64_C(0x4066800000000001), "180.00000000000003"},
    {UINT64_C(0xf2a74de452e6b438), "-1.989032661366619e+244"},
    {UINT64_C(0x6513270e269e0d37), "7.761117632285041e+178"},
    {UINT64_C(0x0c5c7fd0a6a3a450), "3.980498358697587e-249"},
    {UINT64_C(0xd23f0824128b2f33), "-1.5432835417340557e+88"},
    {UINT64_C(0x1818e811892f902b), "1.3647584518757569e-192"},
    {UINT64_C(0x9531985d5d9dc9f8), "-1.3701135617873088e-206"},
    {UINT64_C(0xe8e25d940ed90475), "-1.7160537630466207e+197"},
    {UINT64_C(0x36f675cc81e74ef5), "6.294675241195386e-44"},
    {UINT64_C(0x1600a35a099950d8), "1.0613447212142254e-202"},
    {UINT64_C(0x6b0d549b6f03675a), "4.708325160387546e+207"},
    {UINT64_C(0x3d9c172411e20b8f), "6.387016158513563e-12"},
    {UINT64_C(0x8d116ece1738f7d9), "-9.973130378568733e-246"},
    {UINT64_C(0x0f21ddb66cad4a26), "8.779753225680271e-236"},
    {UINT64_C(0x90c192cfd3ac94af), "-5.795503248498993e-228"},
    {UINT64_C(0xf28c105d1fb17c23), "-5.988180159386011e+243"},
    {UINT64_C(0xa170b33839263059), "-1.306052388527796e-147"},
    {UINT64_C(0x953f48f1a09f76b5), "-2.436117699484841e-206"},
    {UINT64_C(0x0fd630f1f29d0da9), "2.233386999150174e-232"},
    {UINT64_C(0x95e60af593bd04cf), "-3.51527970626667e-203"},
    {UINT64_C(0x0cb1e29c658cda14), "1.5987381841032883e-247"},
    {UINT64_C(0x3898d190f9ebdacc), "4.6678633181812096e-36"},
    {UINT64_C(0x8e81973e0becd7b0), "-8.441872792105456e-239"},
    {UINT64_C(0x2217beaddbc496cb), "1.9015657400796622e-144"},
    {UINT64_C(0x6b4cb2424a23d596), "7.370437700706684e+208"},
    {UINT64_C(0x8a6a63ec24ede6a4), "-1.7163996725272777e-258"},
    {UINT64_C(0x922766581e27a1c0), "-3.2367190832119987e-221"},
    {UINT64_C(0x8f6d05584ef8aa38), "-2.2818334634712625e-234"},
    {UINT64_C(0xae97ba94d0eda82f), "-3.0536383926309363e-84"},
    {UINT64_C(0x1a61dbe22e44158b), "1.3449551894627777e-181"},
    {UINT64_C(0x923a736994e3bf91), "-7.317495976062606e-221"},
    {UINT64_C(0x301850c5a38fd547), "5.249822308814304e-77"},
    {UINT64_C(0x18f135d25f557203), "1.5450754142984396e-188"},
    {UINT64_C(0xb64ce4228c38fb29), "-3.953625698224792e-47"},
    {UINT64_C(0x907a70c31012f037), "-2.72491267476498e-229"},
};

static void repr_is_python_s(void **state)
{
	char text[NUM_TEXT_SIZE];
	double back;

	(void)state;
	for (size_t i = 0; i < sizeof REPRS / sizeof *REPRS; i++) {
		int length = num_repr(double_of(REPRS[i].bits), text);

		assert_int_equal(length, strlen(REPRS[i].text));
		assert_memory_equal(text, REPRS[i].text, (size_t)length);
		assert_true(num_double(span_of(REPRS[i].text), &back));
		assert_true(bits_of(back) == REPRS[i].bits);
	}
}

static void digest(uint64_t *hash, const char *text, int length)
{
	for (int i = 0; i < length; i++)
		*hash = (*hash ^ (unsigned char)text[i]) * UINT64_C(0x100000001b3);
	*hash = (*hash ^ '\n') * UINT64_C(0x100000001b3);
}

/* 2,000 finite doubles of random bits, and 2,000 longitudes; drawn alike in Python */
static void repr_of_random_doubles(void **state)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	struct random r = {1};
	char text[NUM_TEXT_SIZE];
	double back;

	(void)state;
	for (int n = 0; n < 2000;) {
		double value = double_of(random_next(&r));
		int length;

		if (!isfinite(value))
			continue;
		length = num_repr(value, text);
		digest(&hash, text, length);
		assert_true(num_double((struct span){text, (size_t)length}, &back));
		assert_true(bits_of(back) == bits_of(value));
		n++;
	}
	assert_true(hash == UINT64_C(0x3789c20f85f787d2));
	hash = UINT64_C(0xcbf29ce484222325);
	r = (struct random){1};
	for (int n = 0; n < 2000; n++) {
		double value = (double)(random_next(&r) >> 11) / 9007199254740992.0 * 360 - 180;

		digest(&hash, text, num_repr(value, text));
	}
	assert_true(hash == UINT64_C(0x9f8038560f5b79b0));
}

static void doubles_read(void **state)
{
	static const struct {
		const char *text;
		double value;
	} GOOD[] = {
	    {"0", 0},
	    {"-0", -0.0},
	    {"+1.5", 1.5},
	    {"1.", 1},
	    {".5", 0.5},
	    {"-.5e1", -5},
	    {"1e3", 1000},
	    {"1E+3", 1000},
	    {"1e-3", 0.001},
	    {"00012", 12},
	    {"102.3000030518", 102.3000030518},
	    {"0.1000000000000000055511151231257827021181583404541015625", 0.1},
	    {"9007199254740993", 9007199254740992.0},
	    {"123456789012345678901234567890", 1.2345678901234568e29},
	    {"1e400", HUGE_VAL},
	    {"1e-400", 0},
	    {"179769313486231580793e288", 1.7976931348623157e308},
	    {"8.41e21", 8.41e21},
	    {"1e23", 1e23},
	    {"0.000000000000000000000000000001", 1e-30},
	};
	static const char *const BAD[] = {"",    " ",   "1 ",    " 1",  "+",    "-",
	                                  ".",   "e5",  "1e",    "1e+", "0x10", "inf",
	                                  "nan", "1,5", "1.5.2", "--1", "1_000"};
	double value;

	(void)state;
	for (size_t i = 0; i < sizeof GOOD / sizeof *GOOD; i++) {
		assert_true(num_double(span_of(GOOD[i].text), &value));
		assert_true(bits_of(value) == bits_of(GOOD[i].value));
	}
	value = 7;
	for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
		assert_false(num_double(span_of(BAD[i]), &value));
	assert_true(value == 7);
}

static void integers_read(void **state)
{
	static const char *const BAD[] = {"",
	                                  "+",
	                                  "-",
	                                  "1.0",
	                                  " 1",
	                                  "1 ",
	                                  "9223372036854775808",
	                                  "-9223372036854775809",
	                                  "99999999999999999999",
	                                  "0x1"};
	int64_t value = 0;

	(void)state;
	assert_true(num_int(SPAN("9223372036854775807"), &value));
	assert_true(value == INT64_MAX);
	assert_true(num_int(SPAN("-9223372036854775808"), &value));
	assert_true(value == INT64_MIN);
	assert_true(num_int(SPAN("+007"), &value));
	assert_int_equal(value, 7);
	for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
		assert_false(num_int(span_of(BAD[i]), &value));
	assert_int_equal(value, 7);
}

/* python3: '%.Nf' % v, with zeros dropped by hand */
static void significant_digits(void **state)
{
	static const struct {
		double value;
		int digits;
		const char *text;
	} CASES[] = {
	    {0, 2, "0"},
	    {-0.0, 2, "0"},
	    {1, 1, "1"},
	    {-0.0034499, 2, "-0.0034"},
	    {0.00012345678, 6, "0.000123457"},
	    {9.96e-5, 2, "0.0001"},
	    {-1.2345e-5, 2, "-1.2e-05"},
	    {5e-324, 6, "4.94066e-324"},
	    {149.99, 2, "150"},
	    {149.99, 6, "149.99"},
	    {999999, 6, "999999"},
	    {999999.5, 6, "1e+06"},
	    {-3.04e6, 2, "-3e+06"},
	    {1.25e100, 3, "1.25e+100"},
	};
	char text[NUM_TEXT_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		int length = num_significant(CASES[i].value, CASES[i].digits, text);

		assert_string_equal(text, CASES[i].text);
		assert_int_equal(length, strlen(text));
	}
}

static void fixed_decimals(void **state)
{
	static const struct {
		double value;
		int decimals;
		const char *text;
	} CASES[] = {
	    {0, 3, "0"},
	    {-0.0, 3, "0"},
	    {-0.0004, 3, "0"},
	    {1.5, 0, "2"},
	    {2.5, 0, "2"},
	    {2.676, 2, "2.68"},
	    {12.30, 2, "12.3"},
	    {100, 0, "100"},
	    {100, 2, "100"},
	    {-43.12345678, 5, "-43.12346"},
	    {1e-9, 9, "0.000000001"},
	    {1e15, 2, "1000000000000000.0"},
	};
	char text[NUM_TEXT_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		int length = num_fixed(CASES[i].value, CASES[i].decimals, text);

		assert_string_equal(text, CASES[i].text);
		assert_int_equal(length, strlen(CASES[i].text));
	}
}

static void days_and_dates(void **state)
{
	(void)state;
	assert_int_equal(utc_days(1970, 1, 1), 0);
	assert_int_equal(utc_days(1969, 12, 31), -1);
	assert_int_equal(utc_days(2000, 2, 29), 11016);
	assert_int_equal(utc_days(2024, 2, 29), 19782);
	assert_int_equal(utc_days(1900, 3, 1), -25508);
	assert_int_equal(utc_days(2100, 1, 1), 47482);
	assert_int_equal(utc_days(1, 1, 1), -719162);
	assert_int_equal(utc_days(9999, 12, 31), 2932896);
	assert_true(utc_date_valid(2024, 2, 29));
	assert_true(utc_date_valid(2000, 2, 29));
	assert_false(utc_date_valid(1900, 2, 29));
	assert_false(utc_date_valid(2023, 2, 29));
	assert_false(utc_date_valid(2023, 4, 31));
	assert_false(utc_date_valid(2023, 0, 1));
	assert_false(utc_date_valid(2023, 13, 1));
	assert_false(utc_date_valid(2023, 1, 0));
	assert_int_equal(utc_floor_div(-1, HOUR_MS), -1);
	assert_int_equal(utc_floor_div(-3600000, HOUR_MS), -1);
	assert_int_equal(utc_floor_div(-3600001, HOUR_MS), -2);
	assert_int_equal(utc_floor_div(3599999, HOUR_MS), 0);
}

static void times_as_text(void **state)
{
	static const struct {
		int64_t t_ms;
		const char *text;
	} CASES[] = {
	    {0, "1970-01-01T00:00:00Z"},
	    {-1, "1969-12-31T23:59:59.999Z"},
	    {INT64_C(1709251199999), "2024-02-29T23:59:59.999Z"},
	    {INT64_C(1654041602000), "2022-06-01T00:00:02Z"},
	    {INT64_C(4102444799001), "2099-12-31T23:59:59.001Z"},
	    {INT64_C(951782400000), "2000-02-29T00:00:00Z"},
	    {INT64_C(-2203891200000), "1900-03-01T00:00:00Z"},
	    {INT64_C(253402214400000), "9999-12-31T00:00:00Z"},
	    {UTC_MIN_MS, "1990-01-01T00:00:00Z"},
	    {UTC_MAX_MS, "2100-01-01T00:00:00Z"},
	};
	char text[UTC_TEXT_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		int length = utc_format(CASES[i].t_ms, text);

		assert_string_equal(text, CASES[i].text);
		assert_int_equal(length, strlen(CASES[i].text));
	}
}

/* there and back for every day of 1990 to 2100 */
static void every_day(void **state)
{
	static const int LENGTHS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int64_t days = utc_days(1990, 1, 1);
	char want[64];
	char text[UTC_TEXT_SIZE];

	(void)state;
	for (int year = 1990; year < 2101; year++) {
		for (int month = 1; month <= 12; month++) {
			int leap = month == 2 && year % 4 == 0 && year != 2100;

			for (int day = 1; day <= LENGTHS[month - 1] + leap; day++, days++) {
				assert_int_equal(utc_days(year, month, day), days);
				snprintf(want, sizeof want, "%d-%02d-%02dT00:00:00Z", year, month,
				         day);
				utc_format(days * DAY_MS, text);
				assert_string_equal(text, want);
			}
		}
	}
}

static void durations(void **state)
{
	static const struct {
		const char *text;
		int64_t ms;
	} GOOD[] = {
	    {"90m", 5400000},  {"6h", 21600000},
	    {"2d", 172800000}, {"1.5h", 5400000},
	    {"1w", 604800000}, {"0s", 0},
	    {"0.001s", 1},     {"10000d", INT64_C(864000000000)},
	};
	static const char *const BAD[] = {"",       "h",    "6",  "6 h",   "-1h", "6y",
	                                  "10001d", "1e9w", "6H", "1h30m", "nanh"};
	int64_t ms = -1;

	(void)state;
	for (size_t i = 0; i < sizeof GOOD / sizeof *GOOD; i++) {
		assert_true(duration_parse(span_of(GOOD[i].text), &ms));
		assert_int_equal(ms, GOOD[i].ms);
	}
	for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
		assert_false(duration_parse(span_of(BAD[i]), &ms));
}

static void spans(void **state)
{
	struct span head;
	struct span tail;
	char buf[4];

	(void)state;
	assert_true(span_eq(span_of(NULL), SPAN("")));
	assert_true(span_cmp(SPAN("a"), SPAN("ab")) < 0);
	assert_true(span_cmp(SPAN("b"), SPAN("ab")) > 0);
	assert_true(span_cmp(SPAN("\xFF"), SPAN("a")) > 0); /* bytes are not signed */
	assert_int_equal(span_cmp(SPAN("ab"), SPAN("ab")), 0);
	assert_true(span_eq_nocase(SPAN("NaN"), SPAN("nAn")));
	assert_false(
	    span_eq_nocase(SPAN("[\xC3\x84"), SPAN("{\xC3\xA4"))); /* ASCII letters alone */
	assert_true(span_starts(SPAN("abc"), SPAN("ab")));
	assert_false(span_starts(SPAN("a"), SPAN("ab")));
	assert_true(span_eq(span_trim(SPAN(" \t\r\n\v\fa b \n")), SPAN("a b")));
	assert_int_equal(span_trim(SPAN("   ")).len, 0);
	assert_true(span_cut(SPAN("a,b,c"), ',', &head, &tail));
	assert_true(span_eq(head, SPAN("a")) && span_eq(tail, SPAN("b,c")));
	assert_false(span_cut(SPAN("abc"), ',', &head, &tail));
	assert_true(span_eq(head, SPAN("abc")) && tail.len == 0);
	assert_true(span_copy(SPAN("abc"), buf, sizeof buf));
	assert_string_equal(buf, "abc");
	assert_false(span_copy(SPAN("abcd"), buf, sizeof buf));
	assert_string_equal(buf, "abc");
}

static void maps(void **state)
{
	enum { KEYS = 5000 };
	struct map map = {0};

	(void)state;
	assert_true(map_get(&map, 0) == MAP_NONE);
	for (uint32_t i = 0; i < KEYS; i++) {
		assert_true(map_get(&map, (uint64_t)i << 32) == MAP_NONE);
		map_put(&map, (uint64_t)i << 32, i);
	}
	for (uint32_t i = 0; i < KEYS; i++)
		assert_int_equal(map_get(&map, (uint64_t)i << 32), i);
	assert_true(map_get(&map, 1) == MAP_NONE);
	assert_true(map_get(&map, UINT64_MAX) == MAP_NONE);
	map_free(&map);
	assert_true(map_get(&map, 0) == MAP_NONE);
}

/* the hash is of the bytes and their number, wherever they lie */
static void hashes(void **state)
{
	char bytes[64];
	char moved[65];
	uint64_t seen[64];

	(void)state;
	memset(bytes, 'x', sizeof bytes);
	memcpy(moved + 1, bytes, sizeof bytes);
	for (size_t len = 0; len < sizeof bytes; len++) {
		seen[len] = hash_bytes(UINT64_C(0x0123456789abcdef), (struct span){bytes, len});
		assert_true(seen[len] == hash_bytes(UINT64_C(0x0123456789abcdef),
		                                    (struct span){moved + 1, len}));
		for (size_t i = 0; i < len; i++)
			assert_true(seen[i] != seen[len]);
		for (size_t i = 0; i < len; i++) {
			bytes[i] ^= 1;
			assert_true(seen[len] != hash_bytes(UINT64_C(0x0123456789abcdef),
			                                    (struct span){bytes, len}));
			bytes[i] ^= 1;
		}
	}
	assert_true(hash_seed() == hash_seed());
}

static void memory(void **state)
{
	struct arena arena = {0};
	size_t cap = 0;
	int *list = mem_grow(NULL, &cap, 1, 8, sizeof *list);
	char *big;

	(void)state;
	assert_int_equal(cap, 8);
	list = mem_grow(list, &cap, 9, 8, sizeof *list);
	assert_int_equal(cap, 16);
	free(list);
	for (size_t size = 0; size < 300; size++) {
		char *p = arena_new(&arena, size);

		assert_int_equal((uintptr_t)p % sizeof(void *), 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(p[i], 0);
		memset(p, 'x', size);
		arena_span(&arena, (struct span){p, size % 3});
	}
	big = arena_new(&arena, 5000000);
	big[4999999] = 1;
	assert_string_equal(arena_string(&arena, SPAN("text")), "text");
	assert_true(span_eq(arena_span(&arena, SPAN("text")), SPAN("text")));
	arena_free(&arena);
	assert_string_equal(arena_string(&arena, SPAN("")), "");
	arena_free(&arena);
}

static void embedded_files(void **state)
{
	struct span mid = embed_find("mid.csv");
	struct embedded file;
	size_t count = 0;

	(void)state;
	assert_true(span_starts(mid, SPAN("mid,")));
	assert_null(embed_find("no such file").ptr);
	for (; embed_at(count, &file); count++)
		assert_true(embed_find(file.name).ptr == file.bytes.ptr);
	assert_true(count > 5);
}

static void diagnostics(void **state)
{
	struct diag diag;
	char text[700];

	(void)state;
	assert_int_equal(diag_set(&diag, ST_USAGE, "%d of %s", 3, "four"), ST_USAGE);
	assert_string_equal(diag.text, "3 of four");
	memset(text, 'y', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	diag_set(&diag, ST_FAILED, "%s", text);
	assert_int_equal(strlen(diag.text), sizeof diag.text - 1);
	assert_int_equal(diag_set(NULL, ST_FAILED, "nobody hears"), ST_FAILED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(repr_is_python_s),
	    cmocka_unit_test(repr_of_random_doubles),
	    cmocka_unit_test(doubles_read),
	    cmocka_unit_test(integers_read),
	    cmocka_unit_test(fixed_decimals),
	    cmocka_unit_test(significant_digits),
	    cmocka_unit_test(days_and_dates),
	    cmocka_unit_test(times_as_text),
	    cmocka_unit_test(every_day),
	    cmocka_unit_test(durations),
	    cmocka_unit_test(spans),
	    cmocka_unit_test(maps),
	    cmocka_unit_test(hashes),
	    cmocka_unit_test(memory),
	    cmocka_unit_test(embedded_files),
	    cmocka_unit_test(diagnostics),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

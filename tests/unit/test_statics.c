/*
 * Identity fields as exports write them. '@' pads AIS text (M.1371-5, 6-bit ASCII 0); 9074729 is
 * the valid IMO number of Resolution A.1117(30)'s example; the words for "nothing" are those of
 * real exports.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ais/statics.h"

static void expect(enum static_kind kind, const char *raw, const char *want)
{
	char buf[STATIC_MAX];
	struct span value = statics_value(kind, span_of(raw), buf);

	if (!span_eq(value, span_of(want)))
		fail_msg("\"%s\" is \"%.*s\", expected \"%s\"", raw, (int)value.len, value.ptr,
		         want);
}

static void absent_words(void **state)
{
	static const char *const WORDS[] = {"",    "NaN",  "nan",       "None",
	                                    "\\N", "NULL", "Unknown",   "n/a",
	                                    "-99", "-",    "Undefined", "UNKNOWN VALUE"};

	(void)state;
	for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
		assert_true(value_absent(span_of(WORDS[i])));
		expect(STATIC_NAME, WORDS[i], "");
		expect(STATIC_TYPE, WORDS[i], "");
	}
	assert_false(value_absent(SPAN("0")));
	assert_false(value_absent(SPAN("NANCY")));
	assert_false(value_absent(SPAN("UNKNOWN SHIP")));
}

static void names(void **state)
{
	(void)state;
	expect(STATIC_NAME, "NO SHIP", "NO SHIP");
	expect(STATIC_NAME, "  NO SHIP @@@@@", "NO SHIP");
	expect(STATIC_NAME, "@@@@@@", "");
	expect(STATIC_NAME, "NO@SHIP", "NO");
	expect(STATIC_NAME, " \t ", "");
	expect(STATIC_CALLSIGN, " CALL1 ", "CALL1");
}

static void imo_numbers(void **state)
{
	(void)state;
	expect(STATIC_IMO, "9074729", "9074729");
	expect(STATIC_IMO, " IMO9074729 ", "9074729");
	expect(STATIC_IMO, "imo 9074729", "9074729");
	expect(STATIC_IMO, "9074728", "");
	expect(STATIC_IMO, "0", "");
	expect(STATIC_IMO, "907472", "");
	expect(STATIC_IMO, "90747290", "");
	expect(STATIC_IMO, "Unknown", "");
}

static void types(void **state)
{
	(void)state;
	expect(STATIC_TYPE, "70", "70");
	expect(STATIC_TYPE, "070", "70");
	expect(STATIC_TYPE, "70.0", "70");
	expect(STATIC_TYPE, "7e1", "70");
	expect(STATIC_TYPE, "0", "");
	expect(STATIC_TYPE, "-1", "");
	expect(STATIC_TYPE, "70.5", "");
	expect(STATIC_TYPE, "Cargo", "Cargo");
}

/* at most 80 bytes, and no character cut in two: 79 letters and an e with an acute accent */
static void long_names(void **state)
{
	char raw[STATIC_MAX + 30];
	char buf[STATIC_MAX];

	(void)state;
	memset(raw, 'x', sizeof raw);
	assert_int_equal(statics_value(STATIC_NAME, (struct span){raw, sizeof raw}, buf).len,
	                 STATIC_MAX);
	raw[STATIC_MAX - 1] = '\xC3';
	raw[STATIC_MAX] = '\xA9';
	assert_int_equal(statics_value(STATIC_NAME, (struct span){raw, sizeof raw}, buf).len,
	                 STATIC_MAX - 1);
	assert_int_equal(statics_value(STATIC_NAME, (struct span){raw, STATIC_MAX - 1}, buf).len,
	                 STATIC_MAX - 1);
	memset(raw, '\x80', sizeof raw); /* no UTF-8 at all: must end somewhere */
	assert_true(statics_value(STATIC_NAME, (struct span){raw, sizeof raw}, buf).len <=
	            STATIC_MAX);
}

static void fields(void **state)
{
	const struct statics statics = {
	    .name = SPAN("a"), .callsign = SPAN("b"), .imo = SPAN("c"), .type = SPAN("d")};

	(void)state;
	assert_true(span_eq(statics_field(&statics, STATIC_NAME), SPAN("a")));
	assert_true(span_eq(statics_field(&statics, STATIC_CALLSIGN), SPAN("b")));
	assert_true(span_eq(statics_field(&statics, STATIC_IMO), SPAN("c")));
	assert_true(span_eq(statics_field(&statics, STATIC_TYPE), SPAN("d")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(absent_words), cmocka_unit_test(names),
	    cmocka_unit_test(imo_numbers),  cmocka_unit_test(types),
	    cmocka_unit_test(long_names),   cmocka_unit_test(fields),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

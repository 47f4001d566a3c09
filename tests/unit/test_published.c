/*
 * What published rules would have said, and who need not send. Expectations: the numbers of the
 * rules in judge/published.h, on both sides of each; ITU-R M.1371-5 table 53; ship types as the
 * Danish Maritime Authority and others spell them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "judge/published.h"
#include "judge/voluntary.h"

static void assert_says(enum published_rule rule, double silence_h, double off_shore_nm,
                        int minutes, const char *answer)
{
	struct published_facts facts = {silence_h, off_shore_nm, minutes};

	assert_string_equal(published_say(rule, &facts), answer);
}

static void gfw(void **state)
{
	(void)state;
	assert_says(PUBLISHED_GFW, 12, 50.1, 14, "yes");
	assert_says(PUBLISHED_GFW, 11.99, 50.1, 14, "no:duration");
	assert_says(PUBLISHED_GFW, 12, 50, 14, "no:shore");
	assert_says(PUBLISHED_GFW, 12, 50.1, 13, "no:positions");
	assert_says(PUBLISHED_GFW, 500, 0, 720, "no:shore");
}

/* what is known decides before what is not */
static void gfw_unknown(void **state)
{
	(void)state;
	assert_says(PUBLISHED_GFW, 12, NAN, 14, "unknown:shore");
	assert_says(PUBLISHED_GFW, 12, 60, -1, "unknown:positions");
	assert_says(PUBLISHED_GFW, 12, NAN, -1, "unknown:shore");
	assert_says(PUBLISHED_GFW, 12, NAN, 13, "no:positions");
	assert_says(PUBLISHED_GFW, 12, 10, -1, "no:shore");
	assert_says(PUBLISHED_GFW, 6, NAN, -1, "no:duration");
	assert_says(PUBLISHED_GFW, NAN, 60, 14, "no:duration");
}

static void by_duration(void **state)
{
	(void)state;
	assert_says(PUBLISHED_SKYLIGHT, 6, NAN, -1, "yes");
	assert_says(PUBLISHED_SKYLIGHT, 5.1, 60, 14,
	            "no:duration"); /* 5 h 6 min, its own example */
	assert_says(PUBLISHED_LLOYDS, 30, NAN, -1, "yes");
	assert_says(PUBLISHED_LLOYDS, 29.9, 60, 14, "no:duration");
}

static void names(void **state)
{
	(void)state;
	assert_string_equal(published_name(PUBLISHED_GFW), "gfw");
	assert_string_equal(published_name(PUBLISHED_SKYLIGHT), "skylight");
	assert_string_equal(published_name(PUBLISHED_LLOYDS), "lloyds");
	assert_null(published_name(PUBLISHED_RULES));
}

static void codes(void **state)
{
	static const char *const YES[] = {"30", "35", "36", "37", "55", " 30 "};
	static const char *const NO[] = {"",   "0",  "3",  "29", "31",  "34",
	                                 "38", "50", "70", "89", "300", "-30"};

	(void)state;
	for (size_t i = 0; i < sizeof YES / sizeof *YES; i++)
		assert_true(voluntary(CLASS_A, span_of(YES[i])));
	for (size_t i = 0; i < sizeof NO / sizeof *NO; i++)
		assert_false(voluntary(CLASS_A, span_of(NO[i])));
}

static void words(void **state)
{
	static const char *const YES[] = {"Fishing",  "fishing vessel",  "Military",
	                                  "Sailing",  "Pleasure Craft",  "LAW ENFORCEMENT",
	                                  "pleasure", "Law enforcement", "sailing "};
	static const char *const NO[] = {"Cargo",        "Tanker", "Passenger", "Lawson",
	                                 "Fish carrier", "Fishin", "Undefined", "HSC"};

	(void)state;
	for (size_t i = 0; i < sizeof YES / sizeof *YES; i++)
		assert_true(voluntary(CLASS_A, span_of(YES[i])));
	for (size_t i = 0; i < sizeof NO / sizeof *NO; i++)
		assert_false(voluntary(CLASS_UNKNOWN, span_of(NO[i])));
}

static void class_b(void **state)
{
	(void)state;
	assert_true(voluntary(CLASS_B, SPAN("70")));
	assert_true(voluntary(CLASS_B, SPAN("")));
	assert_false(voluntary(CLASS_A, SPAN("70")));
	assert_false(voluntary(CLASS_UNKNOWN, SPAN("")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(gfw),     cmocka_unit_test(gfw_unknown), cmocka_unit_test(by_duration),
	    cmocka_unit_test(names),   cmocka_unit_test(codes),       cmocka_unit_test(words),
	    cmocka_unit_test(class_b),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Reasons: what stands in the text, by hand; and what does not fit whole is left out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "judge/reasons.h"
#include "law/random.h"

static const struct span NONE = {NULL, 0};

static void in_order(void **state)
{
	struct reasons r = {.len = 0};

	(void)state;
	assert_string_equal(r.text, "");
	reasons_add(&r, "gnss", NONE);
	assert_string_equal(r.text, "gnss");
	reasons_add(&r, "berth_roundtrip", span_of("Rajin"));
	reasons_add(&r, "gfw", span_of("no:shore"));
	assert_string_equal(r.text, "gnss;berth_roundtrip:Rajin;gfw:no:shore");
	assert_int_equal(r.len, strlen(r.text));
}

/* details of every length round the end: whole or not at all, always ended */
static void bounds(void **state)
{
	char detail[2 * REASONS_SIZE];

	(void)state;
	memset(detail, 'x', sizeof detail);
	for (size_t len = 0; len < sizeof detail; len++) {
		struct reasons r = {.len = 0};
		size_t before;

		reasons_add(&r, "first", NONE);
		before = r.len;
		reasons_add(&r, "code", (struct span){detail, len});
		assert_int_equal(r.len, strlen(r.text));
		assert_true(r.len < REASONS_SIZE);
		if (r.len != before)
			assert_int_equal(r.len, before + strlen(";code") + (len ? 1 + len : 0));
		/* ten bytes that surely fit are not left out */
		if (len < REASONS_SIZE - 20)
			assert_true(r.len > before);
	}
}

static size_t put(char *text, size_t len, const char *bytes, size_t count)
{
	memcpy(text + len, bytes, count);
	return len + count;
}

static void many(void **state)
{
	struct random random = {1};

	(void)state;
	for (int trial = 0; trial < 2000; trial++) {
		struct reasons r = {.len = 0};
		char wanted[64 * 40];
		size_t len = 0;

		for (int i = 0; i < 40; i++) {
			struct span detail = {"abcdefghijklmnop", random_below(&random, 16)};
			size_t before = r.len;

			reasons_add(&r, "code", detail);
			if (r.len == before)
				continue;
			len = put(wanted, len, ";code", 5);
			len = put(wanted, len, ":", detail.len > 0);
			len = put(wanted, len, detail.ptr, detail.len);
		}
		wanted[len] = '\0';
		assert_string_equal(r.text, wanted + 1);
		assert_true(r.len > REASONS_SIZE - 24);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(in_order),
	    cmocka_unit_test(bounds),
	    cmocka_unit_test(many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

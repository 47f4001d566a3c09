/*
 * text/json. Expectations: json.h's promises; what is JSON by RFC 8259; lines and columns counted
 * by hand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "text/json.h"

static struct json *parse(const char *text)
{
	struct json *doc;
	struct diag diag;

	assert_int_equal(json_parse(span_of(text), &doc, &diag), ST_OK);
	assert_non_null(doc);
	return doc;
}

static void values_of_each_kind(void **state)
{
	struct json *doc =
	    parse("{\"s\":\"a\\u00e9\",\"n\":-1.5e2,\"t\":true,\"f\":false,\"z\":null,"
	          "\"a\":[1,2],\"o\":{}}");
	double number = 7;
	bool flag = true;

	(void)state;
	assert_true(json_is_object(doc));
	assert_true(span_eq(json_string(json_get(doc, "s")), SPAN("a\xC3\xA9")));
	assert_true(json_number(json_get(doc, "n"), &number) && number == -150.0);
	assert_true(json_bool(json_get(doc, "t"), &flag) && flag);
	assert_true(json_bool(json_get(doc, "f"), &flag) && !flag);
	assert_true(json_is_array(json_get(doc, "a")));
	assert_true(json_is_object(json_get(doc, "o")));
	assert_non_null(json_get(doc, "z"));
	json_free(doc);
}

static void wrong_kinds_give_nothing(void **state)
{
	struct json *doc = parse("{\"s\":\"1\",\"n\":1,\"huge\":1e999}");
	double number = 7;
	bool flag = true;

	(void)state;
	assert_false(json_number(json_get(doc, "s"), &number));
	assert_false(json_number(json_get(doc, "huge"), &number));
	assert_false(json_number(NULL, &number));
	assert_true(number == 7.0);
	assert_false(json_bool(json_get(doc, "n"), &flag));
	assert_null(json_string(json_get(doc, "n")).ptr);
	assert_null(json_string(NULL).ptr);
	assert_null(json_get(json_get(doc, "s"), "x"));
	assert_null(json_get(NULL, "x"));
	assert_null(json_get(doc, "S")); /* names are exact */
	assert_null(json_first(json_get(doc, "s")));
	assert_int_equal(json_count(json_get(doc, "n")), 0);
	assert_null(json_next(NULL));
	assert_null(json_name(NULL));
	json_free(doc);
}

static void members_in_their_order(void **state)
{
	struct json *doc = parse("{\"b\":[10,20,30],\"a\":0}");
	const struct json *first = json_first(doc);
	const struct json *list = json_get(doc, "b");
	double sum = 0;

	(void)state;
	assert_int_equal(json_count(doc), 2);
	assert_string_equal(json_name(first), "b");
	assert_string_equal(json_name(json_next(first)), "a");
	assert_null(json_next(json_next(first)));
	for (const struct json *v = json_first(list); v; v = json_next(v)) {
		double n;

		assert_null(json_name(v));
		assert_true(json_number(v, &n));
		sum = sum * 10 + n;
	}
	assert_true(sum == 1230.0);
	json_free(doc);
}

static void errors_say_line_and_column(void **state)
{
	static const struct {
		const char *text;
		const char *place;
	} CASES[] = {
	    {"", "1:1: "},
	    {"{\"a\": tru}", "1:7: "},
	    {"{\n  \"a\": 1,\n  \"b\" 2\n}", "3:7: "},
	    {"[1,2", "1:5: "},
	    {"[1] x", "1:5: "},
	    {"[1,]", "1:4: "},
	    {"{\"a\":1,\n }", "2:2: "},
	    {"{a:1}", "1:2: "},
	    {"{ \"a }", "1:4: "},
	    {"[\"\xC3\xA9\xC3\xA9\", ?]", "1:8: "}, /* columns are characters */
	};

	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct json *doc = NULL;
		struct diag diag;

		assert_int_equal(json_parse(span_of(CASES[i].text), &doc, &diag), ST_USAGE);
		assert_null(doc);
		if (strncmp(diag.text, CASES[i].place, strlen(CASES[i].place)) != 0)
			fail_msg("\"%s\" gave \"%s\", expected %s", CASES[i].text, diag.text,
			         CASES[i].place);
		assert_non_null(strstr(diag.text, "expected JSON"));
	}
}

static void hostile_texts(void **state)
{
	enum { DEEP = 100000 };
	struct json *doc;
	char *deep = malloc(DEEP);

	(void)state;
	assert_int_equal(json_parse(SPAN("[1]\0"), &doc, NULL), ST_USAGE);
	assert_int_equal(json_parse((struct span){NULL, 0}, &doc, NULL), ST_USAGE);
	memset(deep, '[', DEEP);
	assert_int_equal(json_parse((struct span){deep, DEEP}, &doc, NULL), ST_USAGE);
	free(deep);
	/* an unfinished object at the very end of a block, where a reader may not look further */
	for (size_t cut = 0; cut < 9; cut++) {
		char *tight = malloc(cut + 1);

		memcpy(tight, "{\"1\":1,\"2", cut);
		assert_int_equal(json_parse((struct span){tight, cut}, &doc, NULL), ST_USAGE);
		free(tight);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(values_of_each_kind),    cmocka_unit_test(wrong_kinds_give_nothing),
	    cmocka_unit_test(members_in_their_order), cmocka_unit_test(errors_say_line_and_column),
	    cmocka_unit_test(hostile_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

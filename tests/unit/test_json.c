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
#include "text/json_cut.h"

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

static bool parses(struct span text, struct json **doc)
{
	/* in a block of its own, so that reading past the end is seen */
	char *copy = malloc(text.len + 1);
	bool ok;

	memcpy(copy, text.ptr, text.len);
	copy = realloc(copy, text.len ? text.len : 1);
	ok = json_parse_record((struct span){copy, text.len}, doc);
	assert_int_equal(ok, *doc != NULL);
	free(copy);
	return ok;
}

static void records(void **state)
{
	static const char *const RECORDS[] = {
	    "{}",
	    " {\"a\":1} \r\n",
	    "{\"a\":{\"b\":[1,{\"c\":null}]}}",
	    "{\"a\":\"\\u00e9}\"}",
	};
	static const char *const NONE[] = {
	    "",
	    " ",
	    "[1]",
	    "1",
	    "{",
	    "{\"a\":1",
	    "{\"a\":}",
	    "{\"a\":1}}",
	    "{\"a\":1} x",
	    "{\"a\" 1}",
	    "{\"a\":1,}",
	    "{'a':1}",
	    "{a:1}",
	    "{\"a\":tru}",
	    "{\"a\":1}{\"b\":2}",
	    "{\"1\":1,",
	    "{\"a\":\"\\ud800\"}",
	    "{\"a\":\"\\udc00\\ud800\"}",
	    "{\"a\":\"\\x\"}",
	};
	struct json *doc;

	(void)state;
	for (size_t i = 0; i < sizeof RECORDS / sizeof *RECORDS; i++) {
		if (!parses(span_of(RECORDS[i]), &doc))
			fail_msg("refused: %s", RECORDS[i]);
		json_free(doc);
	}
	for (size_t i = 0; i < sizeof NONE / sizeof *NONE; i++) {
		if (parses(span_of(NONE[i]), &doc))
			fail_msg("read: %s", NONE[i]);
	}
	assert_false(parses(SPAN("{\"a\":1\0}"), &doc));
	assert_false(json_parse_record((struct span){NULL, 0}, &doc));
}

/* the words that Python's json module writes; in strings they are text */
static void words_for_numbers(void **state)
{
	struct json *doc;
	double number;

	(void)state;
	assert_true(
	    parses(SPAN("{\"a\":NaN,\"NaN\":[NaN,-Infinity,Infinity,1],\"b\":\"NaN \\\" NaN\","
	                "\"c\":-NaN,\"d\":2}"),
	           &doc));
	assert_int_equal(json_count(doc), 5);
	assert_false(json_number(json_get(doc, "a"), &number));
	assert_null(json_string(json_get(doc, "a")).ptr);
	assert_int_equal(json_count(json_get(doc, "NaN")), 4);
	assert_true(span_eq(json_string(json_get(doc, "b")), SPAN("NaN \" NaN")));
	assert_true(json_number(json_get(doc, "d"), &number) && number == 2);
	json_free(doc);
	/* nothing but words: the longest that null can make of a text */
	assert_true(
	    parses(SPAN("{\"a\":[NaN,NaN,NaN,NaN,NaN,NaN,NaN,NaN,NaN,NaN,NaN,NaN,NaN]}"), &doc));
	assert_int_equal(json_count(json_get(doc, "a")), 13);
	json_free(doc);
	assert_false(parses(SPAN("{\"a\":NaNN}"), &doc));
	assert_false(parses(SPAN("{\"a\":nan}"), &doc));
	assert_false(parses(SPAN("{NaN:1}"), &doc));
	assert_false(parses(SPAN("{\"a\":\"NaN}"), &doc));
}

/* {"a":{"a":...{}...}}, `depth` objects or arrays in all */
static struct span nested(int depth, bool arrays, char *text)
{
	size_t n = 0;

	for (int i = 0; i < depth; i++) {
		const char *open = i && arrays ? "[" : !arrays && i == depth - 1 ? "{" : "{\"a\":";

		memcpy(text + n, open, strlen(open));
		n += strlen(open);
	}
	for (int i = depth - 1; i >= 0; i--)
		text[n++] = i && arrays ? ']' : '}';
	return (struct span){text, n};
}

static void depth_is_bounded(void **state)
{
	char *text = malloc(JSON_RECORD_MAX);
	struct json *doc;

	(void)state;
	for (int arrays = 0; arrays < 2; arrays++) {
		assert_true(parses(nested(JSON_DEPTH_MAX, arrays, text), &doc));
		json_free(doc);
		assert_false(parses(nested(JSON_DEPTH_MAX + 1, arrays, text), &doc));
		assert_false(parses(nested(2000, arrays, text), &doc));
		assert_false(parses(nested(150000, arrays, text), &doc));
	}
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(values_of_each_kind),    cmocka_unit_test(wrong_kinds_give_nothing),
	    cmocka_unit_test(members_in_their_order), cmocka_unit_test(errors_say_line_and_column),
	    cmocka_unit_test(hostile_texts),          cmocka_unit_test(records),
	    cmocka_unit_test(words_for_numbers),      cmocka_unit_test(depth_is_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

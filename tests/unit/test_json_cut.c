/*
 * text/json_cut. Expectations: the rules of json_cut.h, and for well-formed streams what any JSON
 * parser would say; the records of each case were marked by hand. The law: however a text is cut
 * into pieces, the records are the same.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/json_cut.h"

/* the records of a text, as far as they are kept, each followed by a line feed */
struct found {
	char text[4096];
	size_t len;
	size_t count;
	size_t longest;
	char rest[256]; /* what is left at the end, blanks aside */
};

static void keep(struct found *found, struct span record)
{
	found->count++;
	if (record.len > found->longest)
		found->longest = record.len;
	if (found->len + record.len + 1 > sizeof found->text)
		return;
	if (record.len)
		memcpy(found->text + found->len, record.ptr, record.len);
	found->text[found->len + record.len] = '\n';
	found->len += record.len + 1;
}

/*
 * Reads as a program does that gets `pieces[i % count]` bytes at a time: it keeps what was not
 * taken in, and gives up a record when that is longer than JSON_RECORD_MAX.
 */
static void cut_in_pieces(struct span text, const size_t *pieces, size_t count, struct found *found)
{
	struct json_cut cut = {0};
	size_t begin = 0;
	size_t end = 0;

	*found = (struct found){.len = 0};
	for (size_t i = 0; end < text.len; i++) {
		size_t piece = pieces[i % count];
		bool more = true;

		end = text.len - end < piece ? text.len : end + piece;
		while (more) {
			size_t len = end - begin;
			/* in a block of its own, so that reading past the end is seen */
			char *copy = malloc(len ? len : 1);
			struct json_record record;
			size_t taken;

			memcpy(copy, text.ptr + begin, len);
			taken = json_cut_next(&cut, copy, len, &more, &record);
			assert_true(taken <= len);
			if (more) {
				assert_true(record.start + record.len <= taken);
				keep(found, (struct span){copy + record.start, record.len});
			}
			free(copy);
			begin += taken;
		}
		if (end - begin > JSON_RECORD_MAX) {
			keep(found, (struct span){NULL, 0});
			found->longest = end - begin;
			json_cut_skip(&cut);
		}
	}
	span_copy(span_trim((struct span){text.ptr + begin, text.len - begin}), found->rest,
	          sizeof found->rest);
}

static void cut_whole(struct span text, struct found *found)
{
	size_t all = text.len ? text.len : 1;

	cut_in_pieces(text, &all, 1, found);
}

static const struct {
	const char *text;
	const char *records; /* each with a line feed behind it */
	const char *rest;
} CASES[] = {
    {"", "", ""},
    {" \r\n\t", "", ""},
    {"[]", "", ""},
    {"[ ]\n", "", ""},
    {"{\"mmsi\":1}", "{\"mmsi\":1}\n", ""},
    {"{\"mmsi\":1}\n{\"mmsi\":2}\n", "{\"mmsi\":1}\n{\"mmsi\":2}\n", ""},
    {"{\"mmsi\":1}\r\n\r\n{\"mmsi\":2}\r\n", "{\"mmsi\":1}\n{\"mmsi\":2}\n", ""},
    {"{\"mmsi\":1},\n{\"mmsi\":2},\n", "{\"mmsi\":1}\n{\"mmsi\":2}\n", ""},
    {"{\"mmsi\":1}{\"mmsi\":2} {}", "{\"mmsi\":1}\n{\"mmsi\":2}\n{}\n", ""},
    {"[{\"mmsi\":1},{\"mmsi\":2}]", "{\"mmsi\":1}\n{\"mmsi\":2}\n", ""},
    {"[\n  {\n    \"mmsi\": 1\n  },\n  {\"mmsi\":2}\n]\n",
     "{\n    \"mmsi\": 1\n  }\n{\"mmsi\":2}\n", ""},
    {"\xEF\xBB\xBF{\"mmsi\":1}", "{\"mmsi\":1}\n", ""},
    {"\xEF\xBB\xBF[{\"mmsi\":1}]", "{\"mmsi\":1}\n", ""},
    {"\xEF\xBB\xBF\xEF\xBB\xBF{\"mmsi\":1}\xEF\xBB\xBF", "{\"mmsi\":1}\n", ""},
    {"\x1E{\"mmsi\":1}\n\x1E{\"mmsi\":2}\n", "{\"mmsi\":1}\n{\"mmsi\":2}\n", ""},
    /* braces, brackets and quotes in strings */
    {"{\"a\":\"}{][\\\"\",\"b\":\"\\\\\"}{\"c\":\"\\\\\\\"}\"}",
     "{\"a\":\"}{][\\\"\",\"b\":\"\\\\\"}\n{\"c\":\"\\\\\\\"}\"}\n", ""},
    /* wrappers */
    {"{\"type\":\"FeatureCollection\",\"features\":[{\"mmsi\":1},{\"mmsi\":2}]}",
     "{\"mmsi\":1}\n{\"mmsi\":2}\n", ""},
    {"{\"data\":{\"vessels\":{\"page\":{\"next\":true},\"nodes\":[{\"id\":1},{\"id\":2}]}}}{\"id\":"
     "3}",
     "{\"id\":1}\n{\"id\":2}\n{\"id\":3}\n", ""},
    {"{\"features\":[{\"a\":1}],\"bbox\":[1,2],\"crs\":{\"name\":\"x\"},\"more\":[{\"b\":2}]}",
     "{\"a\":1}\n{\"name\":\"x\"}\n{\"b\":2}\n", ""},
    {"{\"bbox\":[1,[2,3]],\"features\":[{\"a\":1}]}", "{\"a\":1}\n", ""},
    {"{\"pages\":[{\"rows\":[{\"mmsi\":1}]},{\"rows\":[{\"mmsi\":2}]}],\"n\":2}",
     "{\"mmsi\":1}\n{\"mmsi\":2}\n", ""},
    {"[{\"ERROR\":false,\"FORMAT\":\"AIS\"},[{\"MMSI\":1},{\"MMSI\":2}]]",
     "{\"ERROR\":false,\"FORMAT\":\"AIS\"}\n{\"MMSI\":1}\n{\"MMSI\":2}\n", ""},
    {"{\"time\":\"]}\\\"\",\"vessels\":[{\"mmsi\":1}],\"next\":\"[{}]\\\\\"}{\"mmsi\":2}",
     "{\"mmsi\":1}\n{\"mmsi\":2}\n", ""},
    {"{\"mmsi_count\":2,\"MMSIs\":3,\"num_mmsi\":1,\"mmsi_list\":[1],\"v\":[{\"a\":1},{\"b\":2}]}",
     "{\"a\":1}\n{\"b\":2}\n", ""},
    {"{\"mmsi_num\":2,\"v\":[{\"a\":1}]}", "{\"mmsi_num\":2,\"v\":[{\"a\":1}]}\n", ""},
    /* what stands behind the array */
    {"{\"v\":[{\"a\":1}],\"p\":{\"q\":{\"mmsi\":3}},\"n\":\"mmsi\",\"o\":[1,\"mmsi\"]}{}",
     "{\"a\":1}\n{\"q\":{\"mmsi\":3}}\n{}\n", ""},
    {"[{\"t\":[{\"x\":1}],\"n\":[2], \"mmsi\" : 1,\"v\":[{\"y\":2}]},{\"mmsi\":2}]",
     "{\"x\":1}\n\"mmsi\" : 1,\"v\":[{\"y\":2}]}\n{\"mmsi\":2}\n", ""},
    {"{\"d\":{\"t\":[{\"x\":1}],\"imo\":1},\"u\":[{\"y\":2}],\"ssvid\":3}{\"z\":1}",
     "{\"x\":1}\n\"imo\":1}\n{\"y\":2}\n\"ssvid\":3}\n{\"z\":1}\n", ""},
    {"{\"t\":[{\"x\":1}],\"a name that is far longer than any name that tells of a vessel, by "
     "mmsi\":1}",
     "{\"x\":1}\n", ""},
    {"{\"empty\":[]}", "{\"empty\":[]}\n", ""},
    {"{\"features\":[]}{\"features\":[{}]}", "{\"features\":[]}\n{}\n", ""},
    /* records that hold arrays of objects */
    {"{\"class\":\"AIS\",\"mmsi\":1,\"areas\":[{\"x\":1}]}",
     "{\"class\":\"AIS\",\"mmsi\":1,\"areas\":[{\"x\":1}]}\n", ""},
    {"{\"SSVID\":1,\"a\":[{}]}{\"UserID\":1,\"a\":[{}]}{\"imo\":1,\"a\":[{}]}{\"ship_Mmsi_no\":1,"
     "\"a\":[{}]}",
     "{\"SSVID\":1,\"a\":[{}]}\n{\"UserID\":1,\"a\":[{}]}\n{\"imo\":1,\"a\":[{}]}\n"
     "{\"ship_Mmsi_no\":1,\"a\":[{}]}\n",
     ""},
    {"{\"MetaData\":{\"MMSI\":1},\"a\":[{}]}", "{\"MetaData\":{\"MMSI\":1},\"a\":[{}]}\n", ""},
    /* a value is no name, nor is an element */
    {"{\"a\":\"mmsi\",\"b\":[\"mmsi\",\"imo\"],\"c\":[{\"d\":1}]}", "{\"d\":1}\n", ""},
    {"{\"a\":[[{\"d\":1}]]}", "{\"a\":[[{\"d\":1}]]}\n", ""},
    /* what is no JSON */
    {"hello\n{\"mmsi\":1}\n", "hello\n{\"mmsi\":1}\n", ""},
    {"\"mmsi\":1}\n{\"mmsi\":2}\n# end", "\"mmsi\":1}\n{\"mmsi\":2}\n", "# end"},
    {"{\"mmsi\":1}]}\n{\"mmsi\":2}", "{\"mmsi\":1}\n{\"mmsi\":2}\n", ""},
    {"1 2\n{}", "1 2\n{}\n", ""},
    /* a line's end breaks a string, and the record with it */
    {"[{\"mmsi\":1,\"name\":\"A\n{\"mmsi\":2},\n{\"mmsi\":3}]",
     "{\"mmsi\":1,\"name\":\"A\n{\"mmsi\":2}\n{\"mmsi\":3}\n", ""},
    {"{\"a\":\"\\\n{\"mmsi\":2}", "{\"a\":\"\\\n{\"mmsi\":2}\n", ""},
    /* a brace where no value can stand ends a record that was not closed */
    {"[{\"mmsi\":1,\"lat\":4,{\"mmsi\":2},{\"mmsi\":3}]",
     "{\"mmsi\":1,\"lat\":4,\n{\"mmsi\":2}\n{\"mmsi\":3}\n", ""},
    {"[\n {\"mmsi\":1,\"lat\":4,\n {\"mmsi\":2},\n {\"mmsi\":3}\n]",
     "{\"mmsi\":1,\"lat\":4,\n \n{\"mmsi\":2}\n{\"mmsi\":3}\n", ""},
    {"[{\"mmsi\":1,\"a\":[1,\"t\":2},{\"mmsi\":2},{\"mmsi\":3}]{}",
     "{\"mmsi\":1,\"a\":[1,\"t\":2},\n{\"mmsi\":2}\n{\"mmsi\":3}\n{}\n", ""},
    {"{\"v\":[{\"mmsi\":1,\"d\" {\"x\":1}}, {\"mmsi\":2}]}",
     "{\"mmsi\":1,\"d\" \n{\"x\":1}\n{\"mmsi\":2}\n", ""},
    {"{\"mmsi\":1,\"lat\":4\n{\"mmsi\":2}", "{\"mmsi\":1,\"lat\":4\n\n{\"mmsi\":2}\n", ""},
    /* quotation marks too many or too few */
    {"[{\"mmsi\":1,\"n\":\"A\"B\",\"t\":\"x\"},{\"mmsi\":2}]",
     "{\"mmsi\":1,\"n\":\"A\"B\",\"t\":\"x\"}\n{\"mmsi\":2}\n", ""},
    {"[{\"mmsi\":1,\"n\":\"A,\"t\":\"x\",\"u\":[]},{\"mmsi\":2}]",
     "{\"mmsi\":1,\"n\":\"A,\"t\":\"x\",\"u\":[]}\n{\"mmsi\":2}\n", ""},
    {"[{\"mmsi\":1,\"n\":A\",\"t\":\"x\"},{\"mmsi\":2}]",
     "{\"mmsi\":1,\"n\":A\",\"t\":\"x\"}\n{\"mmsi\":2}\n", ""},
    /* and where one can it does not */
    {"{\"mmsi\":1,\"a\":\n{\"b\":[\n{\n},\n{\"c\":[[1],\n{}]}]}}",
     "{\"mmsi\":1,\"a\":\n{\"b\":[\n{\n},\n{\"c\":[[1],\n{}]}]}}\n", ""},
    /* cut off */
    {"[{\"mmsi\":1},{\"mmsi\":2,\"na", "{\"mmsi\":1}\n", "{\"mmsi\":2,\"na"},
    {"{\"features\":[{\"mmsi\":1},", "{\"mmsi\":1}\n", ""},
    {"{\"features\":[{\"mmsi\":1},{\"mm", "{\"mmsi\":1}\n", "{\"mm"},
    {"{\"type\":\"FeatureCollection\",\"feat", "", "{\"type\":\"FeatureCollection\",\"feat"},
    {"\xEF\xBB", "", "\xEF\xBB"},
};

static void check(size_t i, const struct found *found, const char *how)
{
	char text[sizeof found->text + 1];

	span_copy((struct span){found->text, found->len}, text, sizeof text);
	if (strcmp(text, CASES[i].records) != 0)
		fail_msg("%s, %s:\n%sexpected\n%s", CASES[i].text, how, text, CASES[i].records);
	if (strcmp(found->rest, CASES[i].rest) != 0)
		fail_msg("%s, %s: left \"%s\", expected \"%s\"", CASES[i].text, how, found->rest,
		         CASES[i].rest);
}

static void records_by_hand(void **state)
{
	struct found found;

	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		cut_whole(span_of(CASES[i].text), &found);
		check(i, &found, "whole");
	}
}

/* pieces of one size, and one cut at every byte */
static void records_in_pieces(void **state)
{
	struct found found;
	char how[40];

	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct span text = span_of(CASES[i].text);

		for (size_t size = 1; size <= text.len; size++) {
			size_t two[] = {size, text.len};

			snprintf(how, sizeof how, "pieces of %zu", size);
			cut_in_pieces(text, two, 1, &found);
			check(i, &found, how);
			snprintf(how, sizeof how, "cut at %zu", size);
			cut_in_pieces(text, two, 2, &found);
			check(i, &found, how);
		}
	}
}

static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223; /* Numerical Recipes, 7.1 */
	return *seed >> 16;
}

/* texts of what matters to the cutter, well formed or not, in random pieces */
static void law_of_pieces(void **state)
{
	static const char *const TOKENS[] = {
	    "{", "}",      "[",    "]",         "\"",   "\\",       "\n",  ",",
	    ":", "\"a\":", "1",    "\"mmsi\":", "[{",   "}]",       "},{", "\x1E",
	    " ", "\"b\"",  "\xEF", "\xBB",      "\xBF", "\"imo\":", "x\n", "{\"mmsi\":1}"};
	enum { TRIALS = 20000, TOKENS_MAX = 60, COUNT = sizeof TOKENS / sizeof *TOKENS };
	uint32_t seed = 20260119;

	(void)state;
	for (int trial = 0; trial < TRIALS; trial++) {
		char text[TOKENS_MAX * 12];
		size_t len = 0;
		size_t pieces[5];
		struct found whole;
		struct found found;

		for (uint32_t n = next_random(&seed) % TOKENS_MAX; n; n--) {
			const char *token = TOKENS[next_random(&seed) % COUNT];

			memcpy(text + len, token, strlen(token));
			len += strlen(token);
		}
		for (int i = 0; i < 5; i++)
			pieces[i] = 1 + next_random(&seed) % (trial % 2 ? 5 : 40);
		cut_whole((struct span){text, len}, &whole);
		cut_in_pieces((struct span){text, len}, pieces, 5, &found);
		if (found.count != whole.count || found.len != whole.len ||
		    memcmp(found.text, whole.text, whole.len) != 0 ||
		    strcmp(found.rest, whole.rest) != 0)
			fail_msg("trial %d: pieces give other records of\n%.*s", trial, (int)len,
			         text);
	}
}

/* a text that is being written */
struct out {
	char text[20000];
	size_t len;
	uint32_t seed;
};

static void put(struct out *out, const char *text)
{
	size_t n = strlen(text);

	assert_true(out->len + n <= sizeof out->text);
	memcpy(out->text + out->len, text, n);
	out->len += n;
}

static void put_blank(struct out *out)
{
	static const char *const BLANKS[] = {"", "", "", " ", "\n", "\n  ", "\r\n\t", " \n\n "};

	put(out, BLANKS[next_random(&out->seed) % 8]);
}

/* any value of RFC 8259, with blanks wherever they may stand */
static void put_value(struct out *out, int depth)
{
	static const char *const SIMPLE[] = {"1",  "-2.5e3",  "true",         "null",
	                                     "\"", "\"}{,\"", "\"\\\"{\\n\"", "\"mmsi\""};
	uint32_t kind = next_random(&out->seed) % (depth < 5 && out->len < 9000 ? 6 : 3);
	uint32_t count = next_random(&out->seed) % 4;

	put_blank(out);
	if (kind < 3) {
		const char *simple = SIMPLE[next_random(&out->seed) % 8];

		put(out, strcmp(simple, "\"") == 0 ? "\"\\\\\"" : simple);
	} else {
		put(out, kind == 3 ? "[" : "{");
		for (uint32_t i = 0; i < count; i++) {
			put(out, i ? "," : "");
			put_blank(out);
			put(out, kind == 3 ? "" : i % 2 ? "\"a\"" : "\"mmsi\"");
			put_blank(out);
			put(out, kind == 3 ? "" : ":");
			put_value(out, depth + 1);
		}
		put_blank(out);
		put(out, kind == 3 ? "]" : "}");
	}
	put_blank(out);
}

/* however good JSON is laid out, a record that names its vessel first is never split */
static void law_of_good_json(void **state)
{
	struct out *out = malloc(sizeof *out);
	struct found expected;
	struct found found;

	(void)state;
	out->seed = 20260120;
	for (int trial = 0; trial < 3000; trial++) {
		size_t pieces[3];

		expected = (struct found){.len = 0};
		out->len = 0;
		put(out, trial % 3 ? trial % 3 == 1 ? "[" : "{\"n\":{\"x\":1},\"v\":[" : "");
		for (int i = 0; i < 3; i++) {
			size_t begin;

			put_blank(out);
			put(out, i ? "," : "");
			put_blank(out);
			begin = out->len;
			put(out, "{\"mmsi\":");
			put_value(out, 2);
			put(out, ",\"more\":");
			put_value(out, 2);
			put(out, "}");
			keep(&expected, (struct span){out->text + begin, out->len - begin});
		}
		put(out, trial % 3 ? trial % 3 == 1 ? "]" : "],\"after\":[1,\"a\"]}" : "");
		for (int i = 0; i < 3; i++)
			pieces[i] = 1 + next_random(&out->seed) % (trial % 2 ? 20000 : 60);
		cut_in_pieces((struct span){out->text, out->len}, pieces, 3, &found);
		if (found.count != 3 || found.len != expected.len ||
		    memcmp(found.text, expected.text, found.len) != 0 || found.rest[0])
			fail_msg("trial %d: %zu records of\n%.*s", trial, found.count,
			         (int)out->len, out->text);
	}
	free(out);
}

/* handed in with less than was looked at, a record is looked at from its beginning */
static void texts_that_shrink(void **state)
{
	static const char *const TEXTS[] = {
	    "{\"a\":{\"mmsi\":1,\"b\":[{\"c\":\"}]\\\"\"}]}}",
	    "[{\"mmsi\":1,\"b\":[[{\"c\":2}]]}",
	    "{\"n\":1,\"v\":[{\"mmsi\":2,\"b\":{}}",
	    "{\"v\":[{\"x\":1}],\"mmsi\":{\"a\":[1]}}",
	};

	(void)state;
	for (size_t t = 0; t < 4; t++) {
		size_t all = strlen(TEXTS[t]);

		for (size_t first = 1; first < all; first++) {
			for (size_t less = 0; less < first; less++) {
				struct json_cut cut = {0};
				struct json_record record;
				bool more = true;
				size_t at = 0;
				size_t len;
				char *copy;

				while (more)
					at += json_cut_next(&cut, TEXTS[t] + at, first - at, &more,
					                    &record);
				len = less < first - at ? less : first - at;
				copy = malloc(len + 1);
				memcpy(copy, TEXTS[t] + at, len);
				copy = realloc(copy, len ? len : 1);
				assert_true(json_cut_next(&cut, copy, len, &more, &record) <= len);
				assert_false(more);
				free(copy);
				do
					at += json_cut_next(&cut, TEXTS[t] + at, all - at, &more,
					                    &record);
				while (more && at < all);
				assert_true(more);
				assert_int_equal(at, all);
			}
		}
	}
}

/* a record of `len` bytes, then two small ones */
static struct span big(size_t len, const char *head, const char *after)
{
	size_t tail = strlen(after);
	char *text = malloc(len + tail);

	memset(text, ' ', len);
	memcpy(text, head, strlen(head));
	text[len - 1] = '}';
	memcpy(text + len, after, tail);
	return (struct span){text, len + tail};
}

/* whole or in pieces, a record over the limit is one record, and nothing behind it is lost */
static void records_over_the_limit(void **state)
{
	static const size_t LENGTHS[] = {JSON_RECORD_MAX, JSON_RECORD_MAX + 1, 3 * JSON_RECORD_MAX};
	static const size_t PIECES[] = {4 * JSON_RECORD_MAX, 65536, 300001};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		for (size_t p = 0; p < 3; p++) {
			struct span text =
			    big(LENGTHS[i], "{\"mmsi\":1,\"a\":[[", "\n{\"b\":1}{\"c\":2}");
			struct found found;

			/* close what the head opens */
			memcpy((char *)(uintptr_t)text.ptr + LENGTHS[i] - 3, "]]}", 3);
			cut_in_pieces(text, &PIECES[p], 1, &found);
			assert_int_equal(found.count, 3);
			assert_int_equal(found.longest > JSON_RECORD_MAX,
			                 LENGTHS[i] > JSON_RECORD_MAX);
			assert_non_null(
			    memmem(found.text, found.len, "{\"b\":1}\n{\"c\":2}\n", 16));
			assert_string_equal(found.rest, "");
			free((char *)(uintptr_t)text.ptr);
		}
	}
}

/* an array of 8 MB is cut in little memory, and a record that never ends costs no other document */
static void long_streams(void **state)
{
	enum { RECORDS = 400000 };
	static const size_t PIECES[] = {4096, 1 << 24};
	char *text = malloc(RECORDS * 24 + 2);
	size_t len = 0;
	struct found found;

	(void)state;
	text[len++] = '[';
	for (int i = 0; i < RECORDS; i++)
		len += (size_t)sprintf(text + len, "{\"mmsi\":%d},", 200000000 + i);
	text[len - 1] = ']';
	cut_in_pieces((struct span){text, len}, &PIECES[0], 1, &found);
	assert_int_equal(found.count, RECORDS);
	assert_string_equal(found.rest, "");
	free(text);

	text = malloc(4 * JSON_RECORD_MAX);
	for (int p = 0; p < 2; p++) {
		len = (size_t)sprintf(text, "{\"mmsi\":1, \"never\":{\n");
		memset(text + len, ' ', 2 * JSON_RECORD_MAX);
		len += 2 * JSON_RECORD_MAX;
		len += (size_t)sprintf(text + len, "\n{\n\"mmsi\":2}\n{\"mmsi\":3}\n");
		cut_in_pieces((struct span){text, len}, &PIECES[p], 1, &found);
		assert_int_equal(found.count, 3);
		assert_non_null(
		    memmem(found.text, found.len, "{\n\"mmsi\":2}\n{\"mmsi\":3}\n", 23));
	}
	free(text);
}

static void deep_nesting(void **state)
{
	enum { DEPTH = 300000 };
	static const size_t PIECE = 1000;
	char *text = malloc(2 * DEPTH + 40);
	size_t len = 0;
	struct found found;

	(void)state;
	/* in a record: given whole, for the parser to refuse */
	len = (size_t)sprintf(text, "{\"a\":");
	memset(text + len, '[', DEPTH);
	memset(text + len + DEPTH, ']', DEPTH);
	len += 2 * (size_t)DEPTH;
	len += (size_t)sprintf(text + len, "}{\"mmsi\":2}");
	cut_in_pieces((struct span){text, len}, &PIECE, 1, &found);
	assert_int_equal(found.count, 2);
	assert_int_equal(found.longest, 2 * DEPTH + 6);
	/* around records */
	memset(text, '[', DEPTH);
	len = DEPTH + (size_t)sprintf(text + DEPTH, "{\"mmsi\":2},{\"mmsi\":3}");
	cut_in_pieces((struct span){text, len}, &PIECE, 1, &found);
	assert_int_equal(found.count, 2);
	free(text);
}

static void lines_or_not(void **state)
{
	static const struct {
		const char *head;
		bool lines;
	} HEADS[] = {
	    {"{\"mmsi\":1}\n{\"mmsi\":2}\n", true},
	    {"{\"mmsi\":1}\r\n{\"mmsi\":2}\r\n", true},
	    {"{\"mmsi\":1},\n{\"mmsi\":2},\n", true},
	    {"\xEF\xBB\xBF{\"mmsi\":1}\n", true},
	    {"\x1E{\"mmsi\":1}\n\x1E{\"mmsi\":2}\n", true},
	    {"\n\n  {\"mmsi\":1}  \n{\"mmsi\":2}\n", true},
	    {"{\"mmsi\":1}", true},
	    {"{\"mmsi\":1}\n{\"mmsi\":", true},
	    {"lat\":1}\n{\"mmsi\":1}\n", true},         /* cut off at its beginning */
	    {"{\"mmsi\":1,\"la\n{\"mmsi\":1}\n", true}, /* and at its end */
	    {"{\"mmsi\":1,\n{\"mmsi\":1}\n", true},
	    {"{\"mmsi\":1,\n \"p\":\n {\"lat\":1}\n}\n", false},
	    {"{\"features\":[\n{\"mmsi\":1},\n", false},
	    {"{\"features\":[{\"mmsi\":1},\n{\"mmsi\":2},\n", false},
	    {"{\"mmsi\":1}{\"mmsi\":2}\n", false},
	    {"[{\"mmsi\":1}]\n", false},
	    {"[\n{\"mmsi\":1},\n{\"mmsi\":2}\n]\n", false},
	    {"{\n\"mmsi\":1\n}\n{\n\"mmsi\":2\n}\n", false},
	    {"{\"features\":[{\"mmsi\":1}]}\n", false},
	    {"{\"mmsi\":1", false},
	    {"mmsi,lat,lon\n", false},
	    {"", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof HEADS / sizeof *HEADS; i++) {
		if (json_is_lines(span_of(HEADS[i].head)) != HEADS[i].lines)
			fail_msg("%s: expected %s", HEADS[i].head,
			         HEADS[i].lines ? "lines" : "none");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(records_by_hand),   cmocka_unit_test(records_in_pieces),
	    cmocka_unit_test(law_of_pieces),     cmocka_unit_test(records_over_the_limit),
	    cmocka_unit_test(long_streams),      cmocka_unit_test(deep_nesting),
	    cmocka_unit_test(lines_or_not),      cmocka_unit_test(law_of_good_json),
	    cmocka_unit_test(texts_that_shrink),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

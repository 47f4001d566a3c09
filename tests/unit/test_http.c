/*
 * What src/net decides without a network: public names, header files, dates, heads of answers, and
 * how a body is put together. Dates are RFC 9110's example and Python's
 * calendar.timegm(email.utils.parsedate(text)); ranges are RFC 9110's; the rest is by hand. The
 * body is tried against 20,000 random servers that keep to RFC 9110 and break off anywhere: what
 * comes out must be one of the server's bodies, whole.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "law/random.h"
#include "net/http.h"
#include "net/http_answer.h"
#include "net/http_body.h"
#include "net/http_curl.h"
#include "net/http_date.h"
#include "net/http_hash.h"
#include "net/http_headers.h"

static void urls(void **state)
{
	static const char *const yes[] = {"http://a/", "HTTPS://a", "http:", "https:x"};
	static const char *const no[] = {"",          "http",      "ftp://a", "a/http://",
	                                 " http://a", "file:///a", "File:x",  "-"};

	(void)state;
	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
		assert_true(http_is_url(yes[i]));
	for (size_t i = 0; i < sizeof no / sizeof *no; i++)
		assert_false(http_is_url(no[i]));
}

static void public_names(void **state)
{
	static const struct {
		const char *url;
		const char *name;
	} cases[] = {
	    {"https://example.com/a/b.csv.gz", "https://example.com/a/b.csv.gz"},
	    {"https://example.com", "https://example.com"},
	    {"https://example.com?key=secret", "https://example.com?..."},
	    {"https://example.com/a?key=secret#x", "https://example.com/a?..."},
	    {"https://example.com/a#secret?x", "https://example.com/a"},
	    {"https://user:secret@example.com:8443/a", "https://example.com:8443/a"},
	    {"https://secret@example.com/a@b", "https://example.com/a@b"},
	    {"https://user:sec@ret@example.com/a", "https://example.com/a"},
	    {"https://user:sec/ret@example.com/a", "https://..."},
	    {"https://user:1/ret@example.com/a", "https://..."},
	    {"https://user:sec?ret@example.com/a", "https://..."},
	    {"https://user:sec#ret@example.com/a", "https://..."},
	    {"https:///user:secret@example.com/a", "https://..."},
	    {"https:user:secret@example.com/a", "https:..."},
	    {"https://", "https://..."},
	    {"http://[::1]:80/a", "http://[::1]:80/a"},
	    {"http://[::1]/a", "http://[::1]/a"},
	    {"http://[::1]secret/a", "http://..."},
	    {"http://a/b\x1b[31m\n c\xc3\xa9", "http://a/b%1B[31m%0A%20c%C3%A9"},
	    {"file:///tmp/secret", "..."},
	    {"anything secret", "..."},
	    {"", "..."},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *name = http_public_name(cases[i].url);

		assert_string_equal(name, cases[i].name);
		free(name);
	}
}

static void parts_of_urls(void **state)
{
	struct web_url url;
	struct web_url same;

	(void)state;
	assert_true(web_url_parse("HTTPS://us%65r:p%40ss@Example.COM/a?b", &url));
	assert_int_equal(url.scheme, WEB_HTTPS);
	assert_string_equal(url.origin, "https://example.com:443");
	assert_string_equal(url.user, "user");
	assert_string_equal(url.password, "p@ss");
	assert_null(strstr(url.text, "ser"));
	assert_true(web_url_parse("https://example.com:443/c", &same));
	assert_string_equal(same.origin, url.origin);
	web_url_free(&same);
	assert_true(web_url_parse("https://example.com:8443/c", &same));
	assert_string_not_equal(same.origin, url.origin);
	web_url_free(&same);
	web_url_free(&url);
	assert_false(web_url_parse("http://a\nb/", &url));
	assert_null(url.text);
	assert_null(web_redirect_wrong(WEB_HTTP, WEB_HTTPS));
	assert_null(web_redirect_wrong(WEB_HTTPS, WEB_HTTPS));
	assert_null(web_redirect_wrong(WEB_HTTP, WEB_HTTP));
	assert_non_null(web_redirect_wrong(WEB_HTTPS, WEB_HTTP));
	assert_non_null(web_redirect_wrong(WEB_HTTP, WEB_OTHER));
	assert_non_null(web_redirect_wrong(WEB_HTTPS, WEB_OTHER));
}

static void header_files(void **state)
{
	static const char good[] = "\xEF\xBB\xBF# key\r\n\r\nX-Key:  a b \r\n \t\nEmpty:\nA:b:c";
	struct http_headers headers;
	struct diag diag = {""};

	(void)state;
	assert_int_equal(http_headers_parse(SPAN(good), "h", &headers, &diag), ST_OK);
	assert_int_equal(headers.count, 3);
	assert_string_equal(headers.lines[0], "X-Key: a b");
	assert_string_equal(headers.lines[1], "Empty:");
	assert_string_equal(headers.lines[2], "A: b:c");
	http_headers_free(&headers);
}

static void bad_header_files(void **state)
{
	static const struct {
		struct span text;
		const char *message;
	} cases[] = {
	    {{"ok: 1\nsecret\n", 13}, "h:2: no colon; \"Name: value\" was expected"},
	    {{"secret key: 1\n", 14}, "h:1: no header name before the colon; "},
	    {{": secret\n", 9}, "h:1: no header name before the colon; "},
	    {{" secret: 1\n", 11}, "h:1: no header name before the colon; "},
	    {{"a\0b: secret\n", 12}, "h:1: no header name before the colon; "},
	    {{"a: sec\0ret\n", 11}, "h:1: a control character in the value"},
	    {{"a: sec\rret\n", 11}, "h:1: a control character in the value"},
	    {{"a: sec\x7fret\n", 11}, "h:1: a control character in the value"},
	    {{"#\n\nRANGE: bytes=0-\n", 19}, "h:3: a header that only this program may set"},
	    {{"Accept-Encoding: br", 19}, "h:1: a header that only this program may set"},
	    {{"# nothing\n", 10}, "h: no header in it; lines \"Name: value\" were expected"},
	    {{"", 0}, "h: no header in it; lines \"Name: value\" were expected"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct http_headers headers;
		struct diag diag = {""};

		assert_int_equal(http_headers_parse(cases[i].text, "h", &headers, &diag), ST_USAGE);
		assert_memory_equal(diag.text, cases[i].message, strlen(cases[i].message));
		assert_null(strstr(diag.text, "secret"));
		assert_int_equal(headers.count, 0);
	}
}

/* a line of 8 KiB and 100 of them will do, one byte and one line more will not */
static void large_header_files(void **state)
{
	static char text[HTTP_HEADER_LINE_MAX + 2];
	struct http_headers headers;
	struct diag diag = {""};
	size_t len = 0;

	(void)state;
	memset(text, 'a', sizeof text);
	text[1] = ':';
	assert_int_equal(
	    http_headers_parse((struct span){text, HTTP_HEADER_LINE_MAX}, "h", &headers, &diag),
	    ST_OK);
	http_headers_free(&headers);
	assert_int_equal(
	    http_headers_parse((struct span){text, HTTP_HEADER_LINE_MAX + 1}, "h", &headers, &diag),
	    ST_USAGE);
	for (int i = 0; i <= HTTP_HEADERS_MAX; i++) {
		memcpy(text + len, "a:b\n", 4);
		len += 4;
	}
	assert_int_equal(http_headers_parse((struct span){text, len}, "h", &headers, &diag),
	                 ST_USAGE);
	assert_string_equal(diag.text, "h:101: more than 100 headers");
	assert_int_equal(http_headers_parse((struct span){text, len - 4}, "h", &headers, &diag),
	                 ST_OK);
	assert_int_equal(headers.count, 100);
	http_headers_free(&headers);
}

static void dates(void **state)
{
	static const struct {
		const char *text;
		int64_t t_s;
	} good[] = {
	    {"Sun, 06 Nov 1994 08:49:37 GMT", 784111777},
	    {"Sunday, 06-Nov-94 08:49:37 GMT", 784111777},
	    {"Sun Nov  6 08:49:37 1994", 784111777},
	    {"Sun Nov 16 08:49:37 1994", 784975777},
	    {"Thu, 29 Feb 2024 23:59:59 GMT", 1709251199},
	    {"Monday, 01-Jan-24 00:00:00 GMT", 1704067200},
	    {"Thu, 01 Jan 1970 00:00:00 GMT", 0},
	};
	static const char *const bad[] = {
	    "",
	    "0",
	    "Sun, 6 Nov 1994 08:49:37 GMT",
	    "Sun, 06 Nov 1994 08:49:37",
	    "Sun, 06 Nov 1994 08:49:37 UTC",
	    "Sun, 06 Nov 1994 24:49:37 GMT",
	    "Sun, 31 Nov 1994 08:49:37 GMT",
	    "Sun, 29 Feb 2023 08:49:37 GMT",
	    "Sun, 06 Nov 1994 08:49:37 GMT ",
	    "Sun, 06 nov 1994 08:49:37 GMT",
	    "S, 06 Nov 1994 08:49:37 GMT",
	    "Sun, 06 Nov -994 08:49:37 GMT",
	};
	int64_t t_ms;

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		assert_true(http_date_parse(span_of(good[i].text), &t_ms));
		assert_int_equal(t_ms, good[i].t_s * 1000);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(http_date_parse(span_of(bad[i]), &t_ms));
}

static void ranges(void **state)
{
	static const char *const bad[] = {
	    "",           "bytes",         "bytes 0-4",     "bytes 4-0/10",
	    "bytes */*",  "bytes 0-10/10", "lines 0-4/10",  "bytes -4/10",
	    "bytes 0-/9", "bytes 0-4/+10", "bytes 0-4/10 ", "bytes 0-99999999999999999999/*",
	};
	struct http_range range;

	(void)state;
	assert_true(http_range_parse(SPAN("bytes 42-1233/1234"), &range));
	assert_true(range.whole_known && !range.unsatisfied);
	assert_int_equal(range.first, 42);
	assert_int_equal(range.last, 1233);
	assert_int_equal(range.total, 1234);
	assert_true(http_range_parse(SPAN("BYTES 42-1233/*"), &range));
	assert_false(range.whole_known);
	assert_true(http_range_parse(SPAN("bytes */1234"), &range));
	assert_true(range.unsatisfied);
	assert_int_equal(range.total, 1234);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(http_range_parse(span_of(bad[i]), &range));
}

/* lines are cut at | */
static struct http_answer answer_of(const char *lines)
{
	struct http_answer answer;
	struct span text = span_of(lines);
	bool more = true;

	http_answer_start(&answer);
	answer.status = 200;
	while (more) {
		struct span line;

		more = span_cut(text, '|', &line, &text);
		http_answer_field(&answer, line);
	}
	return answer;
}

#define MODIFIED "Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT"

static void validators(void **state)
{
	static const struct {
		const char *lines;
		const char *validator;
	} cases[] = {
	    {"ETag: \"a\"", "\"a\""},
	    {"etag:\"a\"|" MODIFIED "|Date: Sun, 06 Nov 1994 08:49:39 GMT", "\"a\""},
	    {"ETag: W/\"a\"", NULL},
	    {"ETag: a", NULL},
	    {"ETag: \"a", NULL},
	    {"ETag: \"", NULL},
	    {"ETag: \"a b\"", NULL},
	    {"ETag: \"a\x01\"", NULL},
	    {MODIFIED, NULL},
	    {MODIFIED "|Date: Sun, 06 Nov 1994 08:49:37 GMT", NULL},
	    {MODIFIED "|Date: Sun, 06 Nov 1994 08:49:38 GMT", "Sun, 06 Nov 1994 08:49:37 GMT"},
	    {"ETag: W/\"a\"|" MODIFIED "|Date: Sun Nov  6 08:49:39 1994",
	     "Sun, 06 Nov 1994 08:49:37 GMT"},
	    {"Last-Modified: yesterday|Date: Sun, 06 Nov 1994 08:49:38 GMT", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct http_answer answer = answer_of(cases[i].lines);
		const char *validator = http_answer_validator(&answer);

		assert_true((validator == NULL) == (cases[i].validator == NULL));
		if (validator)
			assert_string_equal(validator, cases[i].validator);
	}
}

static void answers(void **state)
{
	struct http_answer a = answer_of("Content-Length: 10, 10|content-length:10");

	(void)state;
	assert_int_equal(a.length, 10);
	assert_null(a.wrong);
	a = answer_of("Transfer-Encoding: Chunked ");
	assert_null(a.wrong);
	assert_true(a.chunked);
	assert_true(a.length == HTTP_UNKNOWN);
	assert_int_equal(answer_of("Content-Encoding: X-GZip").coding, HTTP_GZIP);
	assert_int_equal(answer_of("Content-Encoding: identity, zstd").coding, HTTP_ZSTD);
	assert_int_equal(answer_of("Content-Encoding: gzip, gzip").coding, HTTP_CODING_OTHER);
	assert_int_equal(answer_of("Content-Encoding: br").coding, HTTP_CODING_OTHER);
	assert_int_equal(answer_of("Content-Encoding:").coding, HTTP_PLAIN);
}

/* by RFC 9112 sections 5.1, 6.1, 6.3 and 7.4, and RFC 9110 section 8.6 */
static void wrong_answers(void **state)
{
	static const struct {
		const char *lines;
		const char *wrong;
	} cases[] = {
	    {"Content-Length: 10|Content-Length: 11", "a Content-Length that is no number"},
	    {"Content-Length: -1", "a Content-Length that is no number"},
	    {"Content-Length:", "a Content-Length that is no number"},
	    {"Content-Length: 9223372036854775808", "a Content-Length that is no number"},
	    {"Content-Length: 10|Transfer-Encoding: chunked", "both Transfer-Encoding and"},
	    {"Transfer-Encoding: chunked|Content-Length: 10", "both Transfer-Encoding and"},
	    {"Transfer-Encoding: identity", "an unsupported transfer coding"},
	    {"Transfer-Encoding: gzip", "an unsupported transfer coding"},
	    {"Transfer-Encoding: gzip, chunked", "an unsupported transfer coding"},
	    {"Transfer-Encoding: chunked, chunked", "an unsupported transfer coding"},
	    {"Transfer-Encoding: chunked|Transfer-Encoding: chunked", "an unsupported transfer"},
	    {"Transfer-Encoding:", "an unsupported transfer coding"},
	    {"Content-Length : 10", "a blank before a header's colon"},
	    {"Content-Length\t: 10", "a blank before a header's colon"},
	    {"X-Any  : 10", "a blank before a header's colon"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct http_answer answer = answer_of(cases[i].lines);

		if (!answer.wrong || strncmp(answer.wrong, cases[i].wrong, strlen(cases[i].wrong)))
			fail_msg("%s: %s", cases[i].lines, answer.wrong ? answer.wrong : "right");
	}
	/* neither is a header's name */
	assert_null(answer_of("X-Any: 10| 11 : 12|: 13|\t: 14| : 15").wrong);
}

static void differences(void **state)
{
	static const char SUNDAY[] = MODIFIED;
	static const char MONDAY[] = "Last-Modified: Mon, 07 Nov 1994 08:49:37 GMT";
	/* the same second */
	static const char OLD_STYLE[] = "Last-Modified: Sun Nov  6 08:49:37 1994";
	const struct {
		const char *a, *b;
		bool differ;
	} cases[] = {
	    {"ETag: \"a\"", "ETag: \"b\"", true},
	    {"ETag: \"a\"", "ETag: \"a\"", false},
	    {"ETag: W/\"a\"", "ETag: W/\"b\"", true},
	    {"ETag: W/\"a\"", "ETag: W/\"a\"", false},
	    {"ETag: W/\"a\"", "ETag: \"a\"", true},
	    {"ETag: \"a\"", "X: y", false},
	    {"ETag: \"a\"", SUNDAY, false},
	    {SUNDAY, MONDAY, true},
	    {SUNDAY, OLD_STYLE, false},
	    {SUNDAY, "X: y", false},
	    {"X: y", "X: z", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct http_answer a = answer_of(cases[i].a);
		struct http_answer b = answer_of(cases[i].b);

		assert_int_equal(http_answer_differs(&a, &b), cases[i].differ);
		assert_int_equal(http_answer_differs(&b, &a), cases[i].differ);
	}
}

/* takes the answer and n bytes of its body, all of them 'x' */
static enum http_step give(struct http_body *body, int status, const char *lines, size_t n,
                           struct diag *why)
{
	struct http_answer answer = answer_of(lines);
	enum http_step step;
	size_t got;

	answer.status = status;
	step = http_body_answer(body, &answer, status != 200, why);
	while (step == STEP_BODY && n) {
		assert_int_equal(http_body_want(body, 1), 1);
		step = http_body_bytes(body, "x", 1, &got, why);
		n--;
	}
	return step;
}

#define PART "Content-Range: bytes 4-9/"

/*
 * A second answer after one that broke behind 4 bytes of, where it told that, 10. STEP_BODY: it is
 * taken; its bytes are then still to come, and at least those it must bring.
 */
static void second_answers(void **state)
{
	static const struct {
		const char *first;
		int status;
		const char *second;
		bool taken;
		uint64_t end;
	} cases[] = {
	    {"Content-Length: 10|ETag: \"a\"", 206, PART "10|ETag: \"a\"", true, 10},
	    {"Content-Length: 10|ETag: \"a\"", 206, PART "10", true, 10},
	    {"Content-Length: 10|ETag: \"a\"", 206, PART "*", true, 10},
	    {"Content-Length: 10|ETag: \"a\"", 206, PART "10|ETag: \"b\"", false, 0},
	    {"Content-Length: 10|ETag: \"a\"", 206, PART "11", false, 0},
	    {"Content-Length: 9|ETag: \"a\"", 206, PART "*", false, 0},
	    {"ETag: \"a\"", 206, PART "*", true, 10},
	    {"ETag: W/\"a\"|" MODIFIED, 206, PART "10|ETag: W/\"b\"|" MODIFIED, false, 0},
	    {MODIFIED, 206, PART "10|Last-Modified: Mon, 07 Nov 1994 08:49:37 GMT", false, 0},
	    {MODIFIED, 206, PART "10|" MODIFIED, true, 10},
	    {"Content-Length: 10", 416, "Content-Range: bytes */4", false, 0},
	    {"Content-Length: 10", 416, "Content-Range: bytes */10", false, 0},
	    {"X: y", 416, "Content-Range: bytes */4", true, HTTP_UNKNOWN},
	    {"X: y", 416, "Content-Range: bytes */5", false, 0},
	    {"ETag: \"a\"", 416, "Content-Range: bytes */4|ETag: \"b\"", false, 0},
	    {"Content-Length: 10", 200, "Content-Length: 10", true, 10},
	    {"Content-Length: 10", 200, "X: y", true, 10},
	    {"Content-Length: 10", 200, "Transfer-Encoding: chunked", true, 10},
	    {"Content-Length: 10", 200, "Content-Length: 9", false, 0},
	    {"Content-Length: 10", 200, "Content-Length: 11", false, 0},
	    {"X: y", 200, "Content-Length: 11", true, 11},
	    {"X: y", 200, "Content-Length: 3", false, 0},
	    {"X: y", 200, "X: y", true, HTTP_UNKNOWN},
	    {"ETag: W/\"a\"", 200, "ETag: W/\"b\"", false, 0},
	    {"ETag: W/\"a\"", 200, "ETag: W/\"a\"", true, HTTP_UNKNOWN},
	    {MODIFIED, 200, "Last-Modified: Mon, 07 Nov 1994 08:49:37 GMT", false, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct http_body body;
		struct diag why = {""};
		enum http_step step;

		http_body_start(&body, 0);
		assert_int_equal(give(&body, 200, cases[i].first, 4, &why), STEP_BODY);
		step = give(&body, cases[i].status, cases[i].second, 0, &why);
		if (step != (cases[i].taken ? STEP_BODY : STEP_FAIL))
			fail_msg("%s, %d %s: %d %s", cases[i].first, cases[i].status,
			         cases[i].second, step, why.text);
		if (step == STEP_FAIL)
			assert_string_equal(why.text, "it changed while it was read");
		else
			assert_true(body.end == cases[i].end);
	}
}

/* what an answer does not repeat is not forgotten, whatever a third one says */
static void third_answers(void **state)
{
	static const char *const thirds[] = {"ETag: \"b\"", "Content-Length: 9",
	                                     "Last-Modified: Mon, 07 Nov 1994 08:49:37 GMT"};
	struct http_body body;
	struct diag why;

	(void)state;
	for (size_t i = 0; i < sizeof thirds / sizeof *thirds; i++) {
		http_body_start(&body, 0);
		assert_int_equal(
		    give(&body, 200, "Content-Length: 10|ETag: \"a\"|" MODIFIED, 4, &why),
		    STEP_BODY);
		assert_int_equal(give(&body, 200, "X: y", 5, &why), STEP_BODY);
		assert_int_equal(body.delivered, 5);
		/* the bytes are of an answer that had none */
		assert_null(http_body_validator(&body));
		assert_int_equal(give(&body, 200, thirds[i], 0, &why), STEP_FAIL);
	}
}

/* nor is what only a part told; and nothing is taken from a head that is wrong */
static void parts_and_wrong_heads(void **state)
{
	static const int statuses[] = {200, 206, 416};
	struct http_body body;
	struct diag why;

	(void)state;
	http_body_start(&body, 0);
	assert_int_equal(give(&body, 200, "ETag: \"a\"", 4, &why), STEP_BODY);
	assert_int_equal(give(&body, 206, PART "10|" MODIFIED, 0, &why), STEP_BODY);
	assert_int_equal(
	    give(&body, 206, PART "10|Last-Modified: Mon, 07 Nov 1994 08:49:37 GMT", 0, &why),
	    STEP_FAIL);
	for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
		http_body_start(&body, 0);
		assert_int_equal(give(&body, statuses[i], "Content-Length : 10", 0, &why),
		                 STEP_FAIL);
		assert_string_equal(why.text, "a blank before a header's colon");
	}
}

static void waits(void **state)
{
	struct http_answer a = answer_of("Retry-After: 7");

	(void)state;
	assert_int_equal(http_answer_wait(&a, 0), 7);
	a = answer_of("Retry-After: Sun, 06 Nov 1994 08:49:37 GMT");
	assert_int_equal(http_answer_wait(&a, INT64_C(784111770500)), 7);
	assert_int_equal(http_answer_wait(&a, INT64_C(784111777000)), 0);
	assert_int_equal(http_answer_wait(&a, INT64_C(1784111777000)), 0);
	/* the server's clock counts, not ours */
	a = answer_of("Retry-After: Sun, 06 Nov 1994 08:49:37 GMT|"
	              "Date: Sun, 06 Nov 1994 08:49:07 GMT");
	assert_int_equal(http_answer_wait(&a, 0), 30);
	a = answer_of("Retry-After: soon");
	assert_int_equal(http_answer_wait(&a, 0), HTTP_NO_WAIT);
	a = answer_of("Retry-After: -5");
	assert_int_equal(http_answer_wait(&a, 0), HTTP_NO_WAIT);
}

static void running_hashes(void **state)
{
	char text[100];

	(void)state;
	for (size_t i = 0; i < sizeof text; i++)
		text[i] = (char)(i * 37);
	for (size_t a = 0; a <= sizeof text; a++) {
		struct http_hash one;
		struct http_hash two;

		http_hash_start(&one);
		http_hash_start(&two);
		http_hash_add(&one, (struct span){text, sizeof text});
		http_hash_add(&two, (struct span){text, a});
		assert_true(http_hash_same(&one, &two) == (a == sizeof text));
		http_hash_add(&two, (struct span){text + a, sizeof text - a});
		assert_true(http_hash_same(&one, &two));
		if (a < sizeof text) {
			text[a] ^= 1;
			http_hash_start(&two);
			http_hash_add(&two, (struct span){text, sizeof text});
			assert_false(http_hash_same(&one, &two));
			text[a] ^= 1;
		}
	}
}

enum { BODY_MAX = 400 };

/* a server that has one body, and at some time another, and validators that are true */
struct model {
	struct random random;
	char bodies[2][BODY_MAX];
	size_t lens[2];
	int now;
	bool ranges, tells_total;
	enum { NO_TAG, STRONG_TAG, WEAK_TAG } tags;
	unsigned tells_length; /* of four answers */
};

static uint64_t below(struct model *m, uint64_t n)
{
	return random_next(&m->random) % n;
}

static void model_start(struct model *m, uint64_t seed)
{
	size_t alike;

	*m = (struct model){.random = {seed}};
	alike = below(m, BODY_MAX);

	for (int b = 0; b < 2; b++) {
		m->lens[b] = below(m, BODY_MAX);
		for (size_t i = 0; i < BODY_MAX; i++)
			m->bodies[b][i] = b && i < alike ? m->bodies[0][i] : (char)below(m, 256);
	}
	m->ranges = below(m, 4) > 0;
	m->tags = below(m, 4) ? (below(m, 4) ? STRONG_TAG : WEAK_TAG) : NO_TAG;
	m->tells_length = (unsigned)below(m, 5);
	m->tells_total = below(m, 2);
}

/* the answer to a request, and the bytes of its body */
static struct http_answer model_answer(struct model *m, const struct http_body *body,
                                       struct span *bytes)
{
	const char *validator = http_body_validator(body);
	struct http_answer answer;
	size_t len;

	if (below(m, 8) == 0)
		m->now = 1;
	len = m->lens[m->now];
	*bytes = (struct span){m->bodies[m->now], len};
	http_answer_start(&answer);
	answer.status = 200;
	if (m->tags)
		snprintf(answer.etag, sizeof answer.etag, "%s\"%d\"",
		         m->tags == WEAK_TAG ? "W/" : "", m->now);
	if (validator && m->ranges && strcmp(validator, answer.etag) == 0) {
		size_t first = (size_t)body->delivered;
		size_t part = len - (first < len ? first : len);

		answer.has_range = true;
		answer.range.total = len;
		if (!part) {
			answer.status = 416;
			answer.range.whole_known = answer.range.unsatisfied = true;
			return answer;
		}
		if (below(m, 2))
			part = 1 + (size_t)below(m, part);
		answer.status = 206;
		answer.range.whole_known = m->tells_total;
		answer.range.first = first;
		answer.range.last = first + part - 1;
		*bytes = (struct span){m->bodies[m->now] + first, part};
	}
	if (below(m, 4) < m->tells_length)
		answer.length = bytes->len;
	return answer;
}

/* gives the answer's bytes in pieces, perhaps not all; a length that is not told may not be cut */
static enum http_step model_send(struct model *m, struct http_body *body, struct span bytes,
                                 char *out)
{
	bool cut = below(m, 3) > 0;
	size_t limit = cut ? below(m, bytes.len + 1) : bytes.len;
	enum http_step step = STEP_BODY;
	struct diag why;

	for (size_t at = 0; step == STEP_BODY && at < limit;) {
		size_t n = http_body_want(body, 1 + (size_t)below(m, 50));
		size_t got;

		/* as http.c does with more bytes than were promised */
		if (n == 0)
			return STEP_FAIL;
		n = n < limit - at ? n : limit - at;
		step = http_body_bytes(body, bytes.ptr + at, n, &got, &why);
		memcpy(out + body->delivered - got, bytes.ptr + at, got);
		at += n;
	}
	if (step != STEP_BODY)
		return step;
	if (limit < bytes.len || (body->end == HTTP_UNKNOWN ? cut : body->at < body->end))
		return STEP_AGAIN;
	return http_body_end(body, &why);
}

static void random_servers(void **state)
{
	uint64_t whole = 0;
	uint64_t resumed = 0;
	uint64_t changed = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 20000; seed++) {
		enum http_step step = STEP_AGAIN;
		char out[BODY_MAX + 1];
		struct http_body body;
		struct model m;
		int requests = 0;

		model_start(&m, seed);
		http_body_start(&body, 0);
		while (step == STEP_AGAIN && requests++ < 60) {
			struct span bytes;
			struct http_answer answer = model_answer(&m, &body, &bytes);
			struct diag why;

			resumed += answer.status == 206;
			step = http_body_answer(&body, &answer, answer.status != 200, &why);
			if (step == STEP_BODY && !body.ended)
				step = model_send(&m, &body, bytes, out);
		}
		changed += step == STEP_FAIL;
		assert_true(step != STEP_FAIL || m.now == 1);
		if (!body.ended)
			continue;
		whole++;
		assert_true(
		    (body.delivered == m.lens[0] && memcmp(out, m.bodies[0], m.lens[0]) == 0) ||
		    (body.delivered == m.lens[1] && memcmp(out, m.bodies[1], m.lens[1]) == 0));
	}
	/* the test is worth something only if all of these happen often */
	assert_true(whole > 10000 && resumed > 5000 && changed > 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(urls),
	    cmocka_unit_test(public_names),
	    cmocka_unit_test(parts_of_urls),
	    cmocka_unit_test(header_files),
	    cmocka_unit_test(bad_header_files),
	    cmocka_unit_test(large_header_files),
	    cmocka_unit_test(dates),
	    cmocka_unit_test(ranges),
	    cmocka_unit_test(validators),
	    cmocka_unit_test(answers),
	    cmocka_unit_test(wrong_answers),
	    cmocka_unit_test(differences),
	    cmocka_unit_test(second_answers),
	    cmocka_unit_test(third_answers),
	    cmocka_unit_test(parts_and_wrong_heads),
	    cmocka_unit_test(waits),
	    cmocka_unit_test(running_hashes),
	    cmocka_unit_test(random_servers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

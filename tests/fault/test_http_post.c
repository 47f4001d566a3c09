/*
 * Posts to tests/fault/server.py, which fails, lingers and breaks off in every way its head lists
 * under /post, and notes what arrived: each body at least once, first arrivals in order, again only
 * with the same key and the same bytes, and nothing of it anywhere else. The queue of state/due.h
 * is driven through the same, also killed between two bodies. No network but 127.0.0.1.
 *
 * AISGAP_SLOW=1 also waits for an answer that takes a minute.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "net/http.h"
#include "net/http_post.h"
#include "state/due.h"

enum { URL_SIZE = 600, PATH_SIZE = 200, ARRIVALS_MAX = 200 };

static const char NDJSON[] = "application/x-ndjson";
static const struct span NONE = {"", 0};
static const char KEY[] = "0123456789abcdef0123456789abcdef";
static const char BODY[] = "{\"gap_id\":\"made up\"}\n";

static struct {
	pid_t pid;
	unsigned port, other;
	char dir[PATH_SIZE];
} server;

static struct http_post_options quick(void)
{
	return (struct http_post_options){.header_file = NULL, .pause_ms = 5, .answer_s = 20};
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static struct http_post *open_url(const char *url, const struct http_post_options *options)
{
	struct http_post *post = NULL;
	struct diag diag = {""};

	if (http_post_open(url, options, &post, &diag) != ST_OK)
		fail_msg("%s: %s", url, diag.text);
	return post;
}

static struct http_post *open_path(const char *path, const struct http_post_options *options)
{
	char url[URL_SIZE + 50];

	snprintf(url, sizeof url, "http://127.0.0.1:%u%s", server.port, path);
	return open_url(url, options);
}

static enum status send_to(const char *path, const struct http_post_options *options,
                           struct span body, struct diag *diag)
{
	struct http_post *post = open_path(path, options);
	enum status status = http_post_send(post, NDJSON, KEY, body, diag);

	http_post_close(post);
	return status;
}

/* what the server tells of paths that begin so: /got, /seen */
static char *ask(const char *what, const char *path, size_t *len)
{
	struct http_options options = {.pause_ms = 5};
	struct http *http = NULL;
	struct diag diag;
	char url[URL_SIZE + 50];
	char *bytes = NULL;
	size_t cap = 0;
	size_t got = 1;

	snprintf(url, sizeof url, "http://127.0.0.1:%u/%s?%s", server.port, what, path);
	assert_int_equal(http_open(url, &options, &http, &diag), ST_OK);
	for (*len = 0; got; *len += got) {
		bytes = mem_grow(bytes, &cap, *len + 65536, 65536, 1);
		assert_int_equal(http_read(http, bytes + *len, 65536, &got, &diag), ST_OK);
	}
	http_close(http);
	return bytes;
}

static bool seen(const char *path, const char *text)
{
	size_t len;
	char *heads = ask("seen", path, &len);
	bool has = memmem(heads, len, text, strlen(text)) != NULL;

	free(heads);
	return has;
}

struct arrival {
	char method[16], key[64], type[64];
	struct span body;
};

struct arrivals {
	struct arrival at[ARRIVALS_MAX];
	size_t count;
	char *bytes;
};

static struct arrivals arrived(const char *path)
{
	struct arrivals all = {.count = 0};
	size_t len;
	struct span rest;

	all.bytes = ask("got", path, &len);
	for (rest = (struct span){all.bytes, len}; rest.len;) {
		struct arrival *a = &all.at[all.count++];
		struct span line;
		char text[200];
		size_t size;

		assert_true(all.count < ARRIVALS_MAX);
		assert_true(span_cut(rest, '\n', &line, &rest));
		span_copy(line, text, sizeof text);
		assert_int_equal(
		    sscanf(text, "%15s %63s %63s %zu", a->method, a->key, a->type, &size), 4);
		assert_true(size < rest.len);
		a->body = (struct span){rest.ptr, size};
		assert_int_equal(rest.ptr[size], '\n');
		rest = (struct span){rest.ptr + size + 1, rest.len - size - 1};
	}
	return all;
}

/* so many arrivals, each with the same method, key, type and bytes */
static void must_have_arrived(const char *path, size_t count, struct span body)
{
	struct arrivals all = arrived(path);

	if (all.count != count)
		fail_msg("%s: %zu arrivals instead of %zu", path, all.count, count);
	for (size_t i = 0; i < count; i++) {
		assert_string_equal(all.at[i].method, "POST");
		/* in quotes: a string by RFC 8941 */
		assert_string_equal(all.at[i].key, "\"0123456789abcdef0123456789abcdef\"");
		assert_string_equal(all.at[i].type, NDJSON);
		assert_true(span_eq(all.at[i].body, body));
	}
	free(all.bytes);
}

static void must_succeed(const char *path, struct span body, size_t count)
{
	struct http_post_options options = quick();
	struct diag diag = {""};

	if (send_to(path, &options, body, &diag) != ST_OK)
		fail_msg("%s: %s", path, diag.text);
	must_have_arrived(path, count, body);
}

static void must_fail(const char *path, const struct http_post_options *options, size_t count,
                      const char *why)
{
	struct diag diag = {""};
	enum status status = send_to(path, options, span_of(BODY), &diag);
	char name[100];

	snprintf(name, sizeof name, "http://127.0.0.1:%u/post/", server.port);
	if (status != ST_FAILED || !strstr(diag.text, why) ||
	    strncmp(diag.text, name, strlen(name)) != 0)
		fail_msg("%s: status %d, \"%s\" instead of \"%s\"", path, status, diag.text, why);
	must_have_arrived(path, count, span_of(BODY));
}

static char *big_body(size_t len)
{
	char *bytes = mem_new(len, 1);

	for (size_t i = 0; i < len; i++)
		bytes[i] = (char)((i * 2654435761u) >> 13);
	return bytes;
}

static void whole_bodies(void **state)
{
	static const size_t sizes[] = {1, 1000, 65536, 1024 * 1024 + 1, 5000001};
	char *bytes = big_body(5000001);
	char path[100];

	(void)state;
	must_succeed("/post/ok/empty", SPAN(""), 1);
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		snprintf(path, sizeof path, "/post/ok/size/%zu", sizes[i]);
		must_succeed(path, (struct span){bytes, sizes[i]}, 1);
		assert_false(seen(path, "Expect"));
	}
	free(bytes);
}

static void head_of_request(void **state)
{
	(void)state;
	must_succeed("/post/ok/head", span_of(BODY), 1);
	assert_true(seen("/post/ok/head", "POST /post/ok/head HTTP/1.1\n"));
	assert_true(seen("/post/ok/head", "\nContent-Length: 21\n"));
	assert_true(seen("/post/ok/head", "\nContent-Type: application/x-ndjson\n"));
	assert_true(
	    seen("/post/ok/head", "\nIdempotency-Key: \"0123456789abcdef0123456789abcdef\"\n"));
	assert_true(seen("/post/ok/head", "\nUser-Agent: aisgap/"));
	assert_false(seen("/post/ok/head", "Expect"));
	assert_false(seen("/post/ok/head", "Encoding"));
	assert_false(seen("/post/ok/head", "x-www-form"));
}

/* path, and how often the body arrives before the server has said so */
static const struct {
	const char *path;
	size_t arrivals;
} GOOD[] = {
    {"/post/status/200", 1},
    {"/post/status/201", 1},
    {"/post/status/202", 1},
    {"/post/status/204", 1},
    {"/post/status/206", 1},
    {"/post/status/299", 1},
    {"/post/noise/x", 1},
    {"/post/flaky/x", 2},
    {"/post/lost/x", 2},
    {"/post/halfhead/x", 2},
    {"/post/resets/x", 1},
    {"/post/busy/408/1", 2},
    {"/post/busy/425/1", 2},
    {"/post/busy/429/1", 2},
    {"/post/busy/500/4", 5},
    {"/post/busy/501/1", 2},
    {"/post/busy/502/2", 3},
    {"/post/busy/504/3", 4},
    {"/post/busy/599/1", 2},
    {"/post/wait/503/1/0/x", 2},
    /* the head decides: what comes of the answer's body is nothing to us */
    {"/post/cutbody/x", 1},
    {"/post/endless/x", 1},
};

static void good_ends(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof GOOD / sizeof *GOOD; i++)
		must_succeed(GOOD[i].path, span_of(BODY), GOOD[i].arrivals);
}

#define MOVED "what is posted goes only to the URL that was given"

static const struct {
	const char *path;
	size_t arrivals;
	const char *why;
} BAD[] = {
    {"/post/status/400", 1, ": 400 Bad Request"},
    {"/post/status/401", 1, ": 401 Unauthorized"},
    {"/post/status/403", 1, ": 403 Forbidden"},
    {"/post/status/404", 1, ": 404 Not Found"},
    {"/post/status/409", 1, ": 409"},
    {"/post/status/410", 1, ": 410 Gone"},
    {"/post/status/413", 1, ": 413"},
    {"/post/status/422", 1, ": 422"},
    {"/post/status/600", 1, ": 600"},
    {"/post/status/999", 1, ": 999"},
    {"/post/status/300", 1, ": 300, a redirect; " MOVED},
    {"/post/status/304", 1, ": 304 Not Modified"},
    {"/post/moved/x", 1, ": 301, a redirect; " MOVED},
    {"/post/to/http:%2F%2F%20%2F", 1, ": 307, a redirect; " MOVED},
    {"/post/to/file:%2F%2F%2Fetc%2Fpasswd", 1, ": 307, a redirect to ...; " MOVED},
    {"/post/busy/503/9", 5, ": 503 Service Unavailable; 5 tries in a row failed"},
    {"/post/busy/408/9", 5, ": 408 Request Timeout; 5 tries in a row failed"},
    {"/post/wait/429/9/3600", 1, ": 429 Too Many Requests, and it is to be asked again only after"},
    {"/post/wait/503/9/Fri,%2001%20Jan%202100%2000:00:00%20GMT", 1, "(Retry-After)"},
};

static void bad_ends(void **state)
{
	struct http_post_options options = quick();

	(void)state;
	for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
		must_fail(BAD[i].path, &options, BAD[i].arrivals, BAD[i].why);
	options.tries = 1;
	must_fail("/post/busy/503/9/once", &options, 1, ": 503 Service Unavailable");
}

static void waiting(void **state)
{
	struct http_post_options options = quick();
	struct diag diag = {""};
	double begin = now();

	(void)state;
	must_succeed("/post/wait/429/1/1/x", span_of(BODY), 2);
	assert_true(now() - begin >= 1);
	/* 100 + 200 + 400 ms */
	options.pause_ms = 100;
	begin = now();
	assert_int_equal(send_to("/post/busy/503/3/pause", &options, span_of(BODY), &diag), ST_OK);
	assert_true(now() - begin >= 0.7);
}

/* a server that takes its time, longer and shorter than is waited */
static void time_outs(void **state)
{
	struct http_post_options options = quick();
	struct diag diag = {""};
	double begin = now();
	char *bytes = big_body(50000000);

	(void)state;
	must_succeed("/post/late/2", span_of(BODY), 1);
	assert_true(now() - begin >= 2);
	options.answer_s = 1;
	assert_int_equal(send_to("/post/latefirst/3", &options, span_of(BODY), &diag), ST_OK);
	must_have_arrived("/post/latefirst/3", 2, span_of(BODY));
	options.tries = 1;
	begin = now();
	must_fail("/post/late/3/too", &options, 1, ": nothing came for too long (time-out)");
	must_fail("/post/drip/x", &options, 1, ": nothing came for too long (time-out)");
	assert_int_equal(send_to("/post/unread/x", &options, (struct span){bytes, 50000000}, &diag),
	                 ST_FAILED);
	assert_non_null(strstr(diag.text, ": it did not take the whole body (time-out)"));
	assert_true(now() - begin < 9);
	free(bytes);
}

static void after_a_minute(void **state)
{
	struct http_post_options options = {.header_file = NULL};
	struct diag diag = {""};

	(void)state;
	if (!getenv("AISGAP_SLOW")) {
		print_message("skipped: an answer after a minute (AISGAP_SLOW=1)\n");
		skip();
	}
	if (send_to("/post/late/62", &options, span_of(BODY), &diag) != ST_OK)
		fail_msg("%s", diag.text);
	must_have_arrived("/post/late/62", 1, span_of(BODY));
}

/* the server may still be reading what was on its way when we were done; at most 10 s */
static void wait_for(const char *path)
{
	size_t count = 0;

	for (int i = 0; i < 100 && !count; i++) {
		struct timespec pause = {.tv_nsec = i ? 100000000 : 0};
		struct arrivals all;

		nanosleep(&pause, NULL);
		all = arrived(path);
		count = all.count;
		free(all.bytes);
	}
}

/* an answer that comes before the body is read does not cut the body short */
static void early_answers(void **state)
{
	struct http_post_options options = quick();
	struct diag diag = {""};
	char *bytes = big_body(20000000);
	double begin;

	(void)state;
	assert_int_equal(
	    send_to("/post/early/big", &options, (struct span){bytes, 20000000}, &diag), ST_OK);
	assert_int_equal(send_to("/post/early/small", &options, span_of(BODY), &diag), ST_OK);
	wait_for("/post/early/big");
	must_have_arrived("/post/early/big", 1, (struct span){bytes, 20000000});
	wait_for("/post/early/small");
	must_have_arrived("/post/early/small", 1, span_of(BODY));
	assert_int_equal(send_to("/post/deaf/x", &options, (struct span){bytes, 20000000}, &diag),
	                 ST_OK);
	begin = now();
	must_succeed("/post/open/x", span_of(BODY), 1);
	assert_true(now() - begin < 9);
	free(bytes);
}

static void not_listening(void **state)
{
	static const char *const urls[] = {"http://127.0.0.1:1/hook?key=secret",
	                                   "http://user:secret@does-not-exist.invalid/"};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct http_post_options options = quick();
		struct http_post *post = open_url(urls[i], &options);
		struct diag diag = {""};

		assert_int_equal(http_post_send(post, NDJSON, KEY, span_of(BODY), &diag),
		                 ST_FAILED);
		assert_non_null(strstr(diag.text, "; 5 tries in a row failed"));
		assert_null(strstr(diag.text, "secret"));
		http_post_close(post);
	}
}

static void bad_urls(void **state)
{
	static const char *const urls[] = {
	    "",
	    "http://",
	    "ftp://127.0.0.1/secret?x",
	    "file:///tmp/x",
	    "http://user:secret/word@127.0.0.1/",
	    "http://127.0.0.1:99999/",
	};

	(void)state;
	for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
		struct http_post_options options = quick();
		struct http_post *post = (struct http_post *)1;
		struct diag diag = {""};

		assert_int_equal(http_post_open(urls[i], &options, &post, &diag), ST_USAGE);
		assert_null(post);
		assert_non_null(strstr(diag.text, "not a URL; http:// or https:// was expected"));
		assert_null(strstr(diag.text, "secret"));
	}
	http_post_close(NULL);
}

static void write_text(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

/* from the file, from the environment, from both; those of the file go before */
static void header_lines(void **state)
{
	struct http_post_options options = quick();
	char file[PATH_SIZE + 20];
	struct diag diag = {""};

	(void)state;
	snprintf(file, sizeof file, "%s/headers", server.dir);
	write_text(file, "# made up\r\nX-Key: the-key\r\nX-Empty:\r\nX-Both: of-file\n");
	options.header_text = SPAN("X-Text: the-text\nx-both: of-text\n");
	assert_int_equal(send_to("/post/flaky/text", &options, span_of(BODY), &diag), ST_OK);
	assert_true(seen("/post/flaky/text", "\nX-Text: the-text\n"));
	assert_true(seen("/post/flaky/text", "\nx-both: of-text\n"));
	options.header_file = file;
	assert_int_equal(send_to("/post/ok/both", &options, span_of(BODY), &diag), ST_OK);
	assert_true(seen("/post/ok/both", "\nX-Key: the-key\n"));
	assert_true(seen("/post/ok/both", "\nX-Empty:\n"));
	assert_true(seen("/post/ok/both", "\nX-Text: the-text\n"));
	assert_true(seen("/post/ok/both", "\nX-Both: of-file\n"));
	assert_false(seen("/post/ok/both", "of-text"));
	options.header_text = SPAN("");
	assert_int_equal(send_to("/post/ok/file", &options, span_of(BODY), &diag), ST_OK);
	assert_true(seen("/post/ok/file", "\nX-Key: the-key\n"));
	assert_false(seen("/post/ok/file", "the-text"));
}

static void bad_header_lines(void **state)
{
	static const struct {
		const char *text;
		const char *why;
	} cases[] = {
	    {"X-Key: ok\nthe-secret", "AISGAP_POST_HEADERS:2: no colon"},
	    {"the secret: x", "AISGAP_POST_HEADERS:1: no header name"},
	    {"X-Key: secret\001", "AISGAP_POST_HEADERS:1: a control character"},
	    {"Content-Length: secret", "AISGAP_POST_HEADERS:1: a header that only this"},
	    {"Expect: secret", "AISGAP_POST_HEADERS:1: a header that only this"},
	    {"content-type: secret",
	     "AISGAP_POST_HEADERS: a header that only this program may set"},
	    {"X: 1\nIDEMPOTENCY-KEY: secret", "Idempotency-Key"},
	    {"Content-Encoding:", "Content-Encoding"},
	    {"\n# secret\n", "AISGAP_POST_HEADERS: no header in it"},
	};
	char file[PATH_SIZE + 20];

	(void)state;
	snprintf(file, sizeof file, "%s/bad", server.dir);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct http_post_options options = quick();
		struct http_post *post = NULL;
		struct diag diag = {""};

		options.header_text = span_of(cases[i].text);
		assert_int_equal(http_post_open("http://127.0.0.1/", &options, &post, &diag),
		                 ST_USAGE);
		assert_null(post);
		if (!strstr(diag.text, cases[i].why) || strstr(diag.text, "secret"))
			fail_msg("\"%s\" instead of \"%s\"", diag.text, cases[i].why);
		write_text(file, cases[i].text);
		options.header_text = SPAN("");
		options.header_file = file;
		assert_int_equal(http_post_open("http://127.0.0.1/", &options, &post, &diag),
		                 ST_USAGE);
		assert_memory_equal(diag.text, file, strlen(file));
		assert_null(strstr(diag.text, "secret"));
	}
}

/* with all that is secret in play: nothing of it, and nothing of the body, goes elsewhere */
static void secrets(void **state)
{
	static const char *const paths[] = {"to", "to/same"};
	struct http_post_options options = quick();
	char url[URL_SIZE];
	char elsewhere[100];
	struct diag diag = {""};
	struct http_post *post;

	(void)state;
	options.header_text = SPAN("X-Key: the-key-secret");
	for (size_t i = 0; i < 2; i++) {
		snprintf(url, sizeof url,
		         "http://user:secret@127.0.0.1:%u/post/to/"
		         "http:%%2F%%2Feve:hidden@127.0.0.1:%u%%2Fpost%%2Fok%%2F%zu%%3Ftoken=hidden"
		         "?key=secret",
		         server.port, i ? server.port : server.other, i);
		post = open_url(url, &options);
		assert_int_equal(http_post_send(post, NDJSON, KEY, span_of(BODY), &diag),
		                 ST_FAILED);
		http_post_close(post);
		snprintf(elsewhere, sizeof elsewhere,
		         ": 307, a redirect to http://127.0.0.1:%u/post/ok/%zu?...; ",
		         i ? server.port : server.other, i);
		if (!strstr(diag.text, elsewhere))
			fail_msg("%s: %s", paths[i], diag.text);
		assert_null(strstr(diag.text, "secret"));
		snprintf(elsewhere, sizeof elsewhere, "/post/ok/%zu", i);
		must_have_arrived(elsewhere, 0, SPAN(""));
		assert_false(seen(elsewhere, "POST"));
	}
	assert_true(seen("/post/to/", "the-key-secret"));
	assert_true(seen("/post/to/", "Basic dXNlcjpzZWNyZXQ=")); /* base64 of user:secret */
}

/* .netrc is read as for downloads; a user that the URL names goes before it */
static void netrc(void **state)
{
	struct http_post_options options = quick();
	char file[PATH_SIZE + 20];
	char url[URL_SIZE];
	struct diag diag = {""};
	struct http_post *post;

	(void)state;
	snprintf(file, sizeof file, "%s/.netrc", server.dir);
	write_text(file, "machine 127.0.0.1 login net password rc\n");
	assert_int_equal(send_to("/post/ok/netrc", &options, span_of(BODY), &diag), ST_OK);
	assert_true(seen("/post/ok/netrc", "Basic bmV0OnJj")); /* base64 of net:rc */
	snprintf(url, sizeof url, "http://user:pass@127.0.0.1:%u/post/ok/named", server.port);
	post = open_url(url, &options);
	assert_int_equal(http_post_send(post, NDJSON, KEY, span_of(BODY), &diag), ST_OK);
	http_post_close(post);
	assert_true(seen("/post/ok/named", "Basic dXNlcjpwYXNz"));
	assert_int_equal(remove(file), 0);
}

/* heads that never end, and what is no HTTP */
static void broken_heads(void **state)
{
	static const struct {
		const char *path;
		const char *why;
	} cases[] = {
	    {"/raw/nothing", "the connection was closed before any answer; 5 tries"},
	    {"/raw/half", "the connection was closed within the headers; 5 tries"},
	    {"/raw/halfend", "the connection was closed within the headers; 5 tries"},
	    {"/raw/garbage", "its answer is not HTTP/1.x"},
	    {"/raw/http09", "its answer is not HTTP/1.x"},
	    {"/raw/hugeline", "head is too long"},
	    {"/raw/manyheaders", "head is longer than 128 KiB"},
	    {"/raw/switch", ": 101"},
	    {"/raw/control", ": 302, a redirect; "},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct http_post_options options = quick();
		struct diag diag = {""};
		enum status status = send_to(cases[i].path, &options, span_of(BODY), &diag);

		if (status != ST_FAILED || !strstr(diag.text, cases[i].why))
			fail_msg("%s: %d \"%s\"", cases[i].path, status, diag.text);
	}
}

enum { ITEMS = 12 };

static void item_text(int i, char *text, size_t size)
{
	snprintf(text, size, "{\"n\":%d}\n", i);
}

static struct due *read_due(const char *path)
{
	struct due *due = NULL;
	struct diag diag = {""};

	if (due_read(path, &due, &diag) != ST_OK)
		fail_msg("%s", diag.text);
	return due;
}

static struct due *queue(const char *path, int from, int to)
{
	struct due *due = read_due(path);
	struct diag diag = {""};
	char text[32];

	for (int i = from; i < to; i++) {
		item_text(i, text, sizeof text);
		due_add(due, NONE, NDJSON, span_of(text));
	}
	assert_int_equal(due_save(path, due, &diag), ST_OK);
	return due;
}

static int index_of(const struct arrival *arrival, int items)
{
	char text[32];

	for (int i = 0; i < items; i++) {
		item_text(i, text, sizeof text);
		if (span_eq(arrival->body, span_of(text)))
			return i;
	}
	fail_msg("a body that was never queued");
	return -1;
}

/*
 * All items came, each for the first time after the one before, again only with the key of the
 * first time, no two with the same; at most `again` arrivals more than there are items.
 */
static void must_be_in_order(const char *path, int items, size_t again)
{
	struct arrivals all = arrived(path);
	const char *keys[ITEMS] = {NULL};
	int next = 0;

	assert_in_range(items, 1, ITEMS);
	for (size_t i = 0; i < all.count; i++) {
		int n = index_of(&all.at[i], items);

		assert_in_range(n, 0, next);
		if (n < 0 || n >= ITEMS) /* no item at all */
			continue;
		if (n == next)
			keys[next++] = all.at[i].key;
		assert_string_equal(all.at[i].key, keys[n]);
		assert_true(n == 0 || strcmp(keys[n], keys[n - 1]) != 0);
		/* nothing is sent again once the next was taken */
		assert_true(n >= next - 1);
		assert_string_equal(all.at[i].method, "POST");
		assert_string_equal(all.at[i].type, NDJSON);
	}
	assert_int_equal(next, items);
	if (all.count > (size_t)items + again)
		fail_msg("%s: %zu arrivals of %d items", path, all.count, items);
	free(all.bytes);
}

static void due_path(char *path, size_t size, const char *name)
{
	snprintf(path, size, "%s/%s.due", server.dir, name);
}

/* every other request fails, is lost after it arrived, or is never read */
static void delivery(void **state)
{
	static const struct {
		const char *path;
		size_t again;
	} servers[] = {
	    {"/post/ok/list", 0},           {"/post/flaky/list", ITEMS}, {"/post/lost/list", ITEMS},
	    {"/post/halfhead/list", ITEMS}, {"/post/resets/list", 0},    {"/post/cutbody/list", 0},
	};
	char path[PATH_SIZE + 20];

	(void)state;
	due_path(path, sizeof path, "list");
	for (size_t i = 0; i < sizeof servers / sizeof *servers; i++) {
		struct http_post_options options = quick();
		struct http_post *post = open_path(servers[i].path, &options);
		struct due *due = queue(path, 0, ITEMS);
		struct diag diag = {""};

		if (due_deliver(due, path, post, &diag) != ST_OK)
			fail_msg("%s: %s", servers[i].path, diag.text);
		assert_int_equal(due_count(due), 0);
		assert_int_not_equal(access(path, F_OK), 0);
		must_be_in_order(servers[i].path, ITEMS, servers[i].again);
		due_free(due);
		http_post_close(post);
	}
}

/* what cannot be delivered stays, and goes first the next time; a list without a file too */
static void stays_due(void **state)
{
	struct http_post_options options = quick();
	struct http_post *post = open_path("/post/busy/503/13/later", &options);
	struct diag diag = {""};
	char path[PATH_SIZE + 20];
	struct due *due;

	(void)state;
	due_path(path, sizeof path, "stays");
	due = queue(path, 0, 3);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(due_deliver(due, path, post, &diag), ST_FAILED);
		assert_int_equal(due_count(due), 3);
		assert_non_null(strstr(diag.text,
		                       "503 Service Unavailable; 5 tries in a row failed; "
		                       "3 posts are still due ("));
		assert_non_null(strstr(diag.text, path));
		due_free(due);
		due = read_due(path);
		assert_int_equal(due_count(due), 3);
	}
	due_free(due);
	due = queue(path, 3, 5);
	assert_int_equal(due_deliver(due, path, post, &diag), ST_OK);
	must_be_in_order("/post/busy/503/13/later", 5, 13);
	due_free(due);
	http_post_close(post);
	post = open_path("/post/status/400/list", &options);
	due = queue(path, 0, 2);
	assert_int_equal(due_deliver(due, NULL, post, &diag), ST_FAILED);
	assert_null(strstr(diag.text, "due"));
	assert_int_equal(due_count(due), 2);
	due_free(due);
	http_post_close(post);
	assert_int_equal(remove(path), 0);
}

/* a server that takes a body after which the list cannot be saved */
static void saving_fails(void **state)
{
	struct http_post_options options = quick();
	struct http_post *post = open_path("/post/ok/unsaved", &options);
	struct due *due;
	struct diag diag = {""};
	char path[PATH_SIZE + 20];

	(void)state;
	due_path(path, sizeof path, "unsaved");
	due = queue(path, 0, 3);
	assert_int_equal(due_deliver(due, "/nonexistent/x.due", post, &diag), ST_FAILED);
	assert_non_null(strstr(diag.text, "/nonexistent/x.due: "));
	must_be_in_order("/post/ok/unsaved", 1, 0);
	due_free(due);
	due = read_due(path);
	assert_int_equal(due_count(due), 3);
	assert_int_equal(due_deliver(due, path, post, &diag), ST_OK);
	must_be_in_order("/post/ok/unsaved", 3, 1);
	due_free(due);
	http_post_close(post);
}

static pid_t deliver_in_child(const char *path, const char *url_path)
{
	pid_t pid = fork();
	struct http_post_options options = quick();
	struct http_post *post;
	struct due *due;
	struct diag diag;

	if (pid)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	post = open_path(url_path, &options);
	due = read_due(path);
	_exit(due_deliver(due, path, post, &diag) == ST_OK ? 0 : 1);
}

/* kill -9 at any moment of a delivery; the next run carries on from the file */
static void killed(void **state)
{
	static const char url_path[] = "/post/late/0.03/killed";
	char path[PATH_SIZE + 20];
	size_t kills = 0;
	int status = -1;

	(void)state;
	due_path(path, sizeof path, "killed");
	due_free(queue(path, 0, ITEMS));
	for (long ms = 7; kills < 40; ms = (ms * 37 + 11) % 160) {
		pid_t pid = deliver_in_child(path, url_path);
		struct timespec wait = {.tv_nsec = ms * 1000000};

		assert_true(pid > 0);
		nanosleep(&wait, NULL);
		kill(pid, SIGKILL);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		if (WIFEXITED(status))
			break;
		kills++;
		due_free(read_due(path));
	}
	if (!WIFEXITED(status))
		assert_int_equal(waitpid(deliver_in_child(path, url_path), &status, 0) > 0, 1);
	assert_int_equal(WEXITSTATUS(status), 0);
	assert_true(kills > 0);
	must_be_in_order(url_path, ITEMS, kills);
	assert_int_not_equal(access(path, F_OK), 0);
}

static void run_server(int out)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	dup2(out, STDOUT_FILENO);
	execlp("python3", "python3", "tests/fault/server.py", (char *)NULL);
	_exit(127);
}

static int start(void **state)
{
	static const char *const proxies[] = {"http_proxy", "https_proxy", "HTTPS_PROXY",
	                                      "all_proxy",  "ALL_PROXY",   "no_proxy",
	                                      "NO_PROXY"};
	int ends[2];
	FILE *in;

	(void)state;
	for (size_t i = 0; i < sizeof proxies / sizeof *proxies; i++)
		unsetenv(proxies[i]);
	snprintf(server.dir, sizeof server.dir, "/tmp/aisgap-post.XXXXXX");
	if (!mkdtemp(server.dir) || pipe(ends) != 0)
		return -1;
	/* whose .netrc would be read */
	setenv("HOME", server.dir, 1);
	server.pid = fork();
	if (server.pid == 0)
		run_server(ends[1]);
	close(ends[1]);
	in = fdopen(ends[0], "r");
	if (!in || fscanf(in, "%u %u", &server.port, &server.other) != 2)
		return -1;
	fclose(in);
	return 0;
}

static int stop(void **state)
{
	char command[PATH_SIZE + 20];

	(void)state;
	if (server.pid > 0) {
		kill(server.pid, SIGKILL);
		waitpid(server.pid, NULL, 0);
	}
	snprintf(command, sizeof command, "rm -r %s", server.dir);
	return system(command);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(whole_bodies),   cmocka_unit_test(head_of_request),
	    cmocka_unit_test(good_ends),      cmocka_unit_test(bad_ends),
	    cmocka_unit_test(waiting),        cmocka_unit_test(time_outs),
	    cmocka_unit_test(after_a_minute), cmocka_unit_test(early_answers),
	    cmocka_unit_test(not_listening),  cmocka_unit_test(bad_urls),
	    cmocka_unit_test(header_lines),   cmocka_unit_test(bad_header_lines),
	    cmocka_unit_test(secrets),        cmocka_unit_test(netrc),
	    cmocka_unit_test(broken_heads),   cmocka_unit_test(delivery),
	    cmocka_unit_test(stays_due),      cmocka_unit_test(saving_fails),
	    cmocka_unit_test(killed),
	};

	return cmocka_run_group_tests(tests, start, stop);
}

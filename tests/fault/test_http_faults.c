/*
 * Downloads from tests/fault/server.py, which misbehaves in every way its head lists: the body that
 * it stands for, byte by byte by its formula (body_byte), or a clear error; never a part or a mix.
 * No network but 127.0.0.1.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
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

enum { URL_SIZE = 600, PATH_SIZE = 200 };

static struct {
	pid_t pid;
	unsigned port, other, tls;
	char dir[PATH_SIZE];
} server;

/* the formula of server.py's body_bytes */
static char body_byte(uint64_t i, uint32_t seed)
{
	uint32_t v = ((uint32_t)(i / 4) + seed * 1000003u) * 2654435761u + 12345u;

	v ^= v >> 15;
	return (char)(v >> (i % 4 * 8));
}

static struct http_options quick(void)
{
	return (struct http_options){.header_file = NULL, .stall_s = 2, .pause_ms = 5};
}

/* a whole download */
struct download {
	enum status status;
	char *bytes;
	size_t len, cap;
	uint64_t size;
	char etag[64];
	struct diag diag;
};

static void read_all(struct http *http, struct download *d, size_t block)
{
	size_t got = 1;

	while (d->status == ST_OK && got) {
		d->bytes = mem_grow(d->bytes, &d->cap, d->len + block, 4096, 1);
		d->status = http_read(http, d->bytes + d->len, block, &got, &d->diag);
		assert_true(got <= block);
		assert_true(d->status == ST_OK || got == 0);
		d->len += got;
	}
}

static struct download fetch_url(const char *url, const struct http_options *options, size_t block)
{
	struct download d = {.status = ST_OK};
	struct http *http = NULL;

	d.status = http_open(url, options, &http, &d.diag);
	assert_true((d.status == ST_OK) == (http != NULL));
	if (http) {
		read_all(http, &d, block);
		d.size = http_size(http);
		snprintf(d.etag, sizeof d.etag, "%s", http_etag(http));
	}
	http_close(http);
	return d;
}

static struct download fetch(const char *path, const struct http_options *options)
{
	char url[URL_SIZE + 50];

	snprintf(url, sizeof url, "http://127.0.0.1:%u%s", server.port, path);
	return fetch_url(url, options, 10000);
}

static void must_be_beginning(const char *path, const struct download *d)
{
	for (size_t i = 0; i < d->len; i++) {
		if (d->bytes[i] != body_byte(i, 0))
			fail_msg("%s: byte %zu of %zu is wrong", path, i, d->len);
	}
}

static void must_be_whole(const char *path, const struct download *d, size_t len)
{
	if (d->status != ST_OK)
		fail_msg("%s: %s", path, d->diag.text);
	if (d->len != len)
		fail_msg("%s: %zu bytes instead of %zu", path, d->len, len);
	must_be_beginning(path, d);
}

static void must_fail(const char *path, const struct download *d, const char *why)
{
	if (d->status != ST_FAILED || !strstr(d->diag.text, why))
		fail_msg("%s: status %d, %zu bytes, \"%s\" instead of \"%s\"", path, d->status,
		         d->len, d->diag.text, why);
}

/* 300,007 bytes are five drops and a part of a word */
static void right_bodies(void **state)
{
	static const char *const paths[] = {
	    "/body/300007",
	    "/body-chunked/300007",
	    "/body-nolength/300007",
	    "/body-noise/300007",
	    "/body-keep/300007",
	    "/body-drop-etag/300007",
	    "/body-drop-modified/300007",
	    "/body-drop-etag-chunked/300007",
	    "/body-drop-etag-nolength/300007",
	    "/body-cut-etag/300007",
	    "/body-drop-cut-etag/300007",
	    "/body-drop-once/300007",
	    "/body-drop-once-norange-etag/300007",
	    "/body-drop-once-weak/300007",
	    "/body-drop-once-fresh/300007",
	    "/body-drop-grow/300007",
	    "/body-drop-grow-weak/300007",
	    "/body-drop-grow-norange-etag/300007",
	    "/body-drop-grow-nolength-weak/300007",
	    "/body-lastbyte/300007",
	    "/body-lastbyte-etag/300007",
	    "/body-smallpart-drop-etag/300007",
	    "/body-startotal-drop-etag/300007",
	    "/body-startotal-drop-etag-chunked/300007",
	    "/body-startotal-smallpart-drop-etag-chunked/300007",
	    "/body-dropclose-once/300007",
	    "/body-dropclose-etag/300007",
	    "/body-drop-once-forgets/300007",
	    "/body-drop-once-rechunks/300007",
	    "/body-drop-once-etag-startotal-forgets/300007",
	    "/body-etag/1000000",
	    "/busy/503/2/300007",
	    "/busy/500/4/300007",
	    "/busy/502/1/300007",
	    "/busy/504/1/300007",
	    "/chain/10/300007",
	    "/to?/body-drop-etag/300007?moved",
	};

	(void)state;
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		struct http_options options = quick();
		struct download d = fetch(paths[i], &options);

		must_be_whole(paths[i], &d, strstr(paths[i], "1000000") ? 1000000 : 300007);
		free(d.bytes);
	}
}

static void empty_bodies(void **state)
{
	static const char *const paths[] = {"/body/0", "/body-chunked/0", "/body-nolength/0"};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct http_options options = quick();
		struct download d = fetch(paths[i], &options);

		must_be_whole(paths[i], &d, 0);
		free(d.bytes);
	}
}

/* what the reader asks at a time changes nothing; 1 byte and more than libcurl holds */
static void block_sizes(void **state)
{
	static const size_t blocks[] = {1, 7, 65536, 1000000};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct http_options options = quick();
		char url[URL_SIZE];
		struct download d;

		snprintf(url, sizeof url, "http://127.0.0.1:%u/body-drop-grow/300007?block=%zu",
		         server.port, blocks[i]);
		d = fetch_url(url, &options, blocks[i]);
		must_be_whole(url, &d, 300007);
		free(d.bytes);
	}
}

#define CHANGED "changed while it was read (after 65536 bytes)"

static const struct {
	const char *path;
	const char *why;
} ERRORS[] = {
    {"/body-drop/300007", "5 tries in a row failed (after 65536 bytes)"},
    {"/body-drop-weak/300007", "5 tries in a row failed (after 65536 bytes)"},
    {"/body-drop-fresh/300007", "5 tries in a row failed (after 65536 bytes)"},
    {"/body-drop-etag-norange/300007", "5 tries in a row failed (after 65536 bytes)"},
    {"/body-cut/300007", "the connection broke; 5 tries in a row failed (after 300007 bytes)"},
    {"/body-long/300007", "the connection was closed before the body's end; 5 tries"},
    {"/body-long-etag/300007", "changed while it was read (after 300007 bytes)"},
    {"/body-short/300007", "more bytes came than Content-Length"},
    {"/body-short-etag-drop/100000", "changed while it was read"},
    {"/body-drop-once-etag-changes/300007", "changed while it was read (after 65536 bytes)"},
    {"/body-drop-once-changes/300007", "changed while it was read"},
    {"/body-drop-once-etag-norange-liar/300007", "changed while it was read"},
    {"/body-drop-once-etag-changeslen/300007", "changed while it was read"},
    /* validators of the 206, of the second 200 */
    {"/body-drop-modified-blind-tail-newdate/300007", CHANGED},
    {"/body-drop-weak-modified-blind-tail-newtag/300007", CHANGED},
    {"/body-drop-etag-blind-tail-newtag/300007", CHANGED},
    {"/body-drop-once-weak-tail-newtag/300007", CHANGED},
    {"/body-drop-once-fresh-tail-newdate/300007", CHANGED},
    {"/body-drop-once-norange-etag-tail-newtag/300007", CHANGED},
    /* a length that was told once */
    {"/body-drop-etag-nopart/300007", CHANGED},
    {"/body-drop-once-most/300007", CHANGED},
    {"/body-drop-once-etag-startotal-most/300007", "changed while it was read (after 225005"},
    {"/body-drop-once-etag-startotal-changeslen/300007", CHANGED},
    {"/body-drop-once-forgets-most/300007", "closed before the body's end; 5 tries"},
    {"/body-drop-once-rechunks-most/300007", "closed before the body's end; 5 tries"},
    {"/body-drop-once-forgets-changeslen/300007", "more bytes came than"},
    /* heads that hide how long the body is */
    {"/body-dropclose/300007", "closed before the body's end; 5 tries"},
    {"/body-dropclose-identity/300007", "unsupported transfer coding"},
    {"/body-dropclose-tegzip/300007", "unsupported transfer coding"},
    {"/body-dropclose-blank/300007", "a blank before a header's colon"},
    {"/body-dropclose-tab/300007", "a blank before a header's colon"},
    {"/body-both/300007", "both Transfer-Encoding and Content-Length"},
    {"/body-chunked-identity/300007", "unsupported transfer coding"},
    {"/body-drop-etag-wrongpart/300007", "begins elsewhere"},
    {"/body-drop-etag-wronglist/300007", "without a Content-Range"},
    {"/body-unasked/300007", "206 Partial Content, though no part was asked for"},
    {"/body-twolengths/300007", "a Content-Length that is no number, or several"},
    {"/body-badlength/300007", "a Content-Length that is no number, or several"},
    {"/body-br/300007", "a Content-Encoding other than gzip or zstd"},
    {"/busy/503/5/10", "503 Service Unavailable; 5 tries in a row failed"},
    {"/wait/429/1/3600/10", "429 Too Many Requests, and it is to be asked again only after 3600 s"},
    {"/wait/503/1/Fri,%2001%20Jan%202100%2000:00:00%20GMT/10", "(Retry-After)"},
    {"/status/404", ": 404 Not Found"},
    {"/status/403", ": 403 Forbidden"},
    {"/status/401", ": 401 Unauthorized"},
    {"/status/204", ": 204 No Content"},
    {"/status/205", ": 205 Reset Content"},
    {"/status/206", "206 Partial Content, though no part was asked for"},
    {"/status/304", ": 304 Not Modified"},
    {"/status/416", ": 416 Range Not Satisfiable"},
    {"/status/299", ": 299"},
    {"/status/999", ": 999"},
    {"/to?file:///etc/passwd", "a redirect to a scheme other than http and https"},
    {"/to?FILE:///etc/passwd", "a redirect to a scheme other than http and https"},
    {"/to?ftp://127.0.0.1/x", "a redirect to a scheme other than http and https"},
    {"/to?javascript://x", "a redirect to a scheme other than http and https"},
    {"/to?http://%20/", "a redirect to what is no URL"},
    {"/loop", "more than 10 redirects"},
    {"/chain/11/10", "more than 10 redirects"},
    {"/nolocation", "a redirect without a Location"},
    {"/raw/nothing", "the connection was closed before any answer; 5 tries"},
    {"/raw/garbage", "its answer is not HTTP/1.x"},
    {"/raw/http09", "its answer is not HTTP/1.x"},
    {"/raw/half", ": the connection was closed within the headers; 5 tries"},
    {"/raw/halfhead", ": the connection was closed within the headers; 5 tries"},
    {"/raw/halfend", ": the connection was closed within the headers; 5 tries"},
    {"/raw/hugeline", "head is too long"},
    {"/raw/manyheaders", "head is longer than 128 KiB"},
    {"/raw/badchunk", ": "},
    {"/raw/switch", ": 101"},
    {"/raw/control", "a redirect to what is no URL"},
    {"/raw/nullocation", ": "},
    {"/headers", "head is longer than 128 KiB"},
};

static void errors(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof ERRORS / sizeof *ERRORS; i++) {
		struct http_options options = quick();
		struct download d = fetch(ERRORS[i].path, &options);

		must_fail(ERRORS[i].path, &d, ERRORS[i].why);
		assert_null(strstr(d.diag.text, "passwd"));
		for (const char *c = d.diag.text; *c; c++)
			assert_true(*c >= 0x20 && *c < 0x7f);
		if (strncmp(ERRORS[i].path, "/body", 5) == 0)
			must_be_beginning(ERRORS[i].path, &d);
		free(d.bytes);
	}
}

/* a failure stays: nothing comes after it */
static void failure_stays(void **state)
{
	struct http_options options = quick();
	struct http *http = NULL;
	struct diag diag = {""};
	char url[URL_SIZE];
	char buf[1000];
	size_t got = 1;

	(void)state;
	snprintf(url, sizeof url, "http://127.0.0.1:%u/body-short/2000", server.port);
	assert_int_equal(http_open(url, &options, &http, &diag), ST_OK);
	assert_int_equal(http_read(http, buf, sizeof buf, &got, &diag), ST_OK);
	assert_int_equal(got, 1000);
	for (int i = 0; i < 3; i++) {
		diag.text[0] = '\0';
		assert_int_equal(http_read(http, buf, sizeof buf, &got, &diag), ST_FAILED);
		assert_int_equal(got, 0);
		assert_non_null(strstr(diag.text, "more bytes came"));
	}
	http_close(http);
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void waiting(void **state)
{
	static const char *const slow[] = {"/body-slow/300007", "/body-stall-etag/300007"};
	struct http_options options = quick();
	double begin = now();
	struct download d = fetch("/wait/429/1/1/300007", &options);

	(void)state;
	must_be_whole("Retry-After: 1", &d, 300007);
	assert_true(now() - begin >= 1);
	free(d.bytes);
	for (size_t i = 0; i < 2; i++) {
		d = fetch(slow[i], &options);
		must_be_whole(slow[i], &d, 300007);
		free(d.bytes);
	}
}

/* the bytes go up as they are sent; a plain part of a packed body is not taken for a part of it */
static void packed(void **state)
{
	static const char *const paths[] = {"/body-gzip-drop-etag/300007",
	                                    "/body-gzip-drop-grow/300007",
	                                    "/body-dropgz-etag-once/300007"};
	struct http_options options = quick();
	struct download whole = fetch("/body-gzip/300007", &options);

	(void)state;
	assert_int_equal(whole.status, ST_OK);
	assert_true(whole.len > 200000);
	assert_memory_equal(whole.bytes, "\x1f\x8b", 2);
	for (size_t i = 0; i < 3; i++) {
		struct download d = fetch(paths[i], &options);

		if (d.status != ST_OK)
			fail_msg("%s: %s", paths[i], d.diag.text);
		assert_int_equal(d.len, whole.len);
		assert_memory_equal(d.bytes, whole.bytes, whole.len);
		free(d.bytes);
	}
	free(whole.bytes);
}

static void size_and_etag(void **state)
{
	struct http_options options = quick();
	struct download d = fetch("/body-etag/1000", &options);

	(void)state;
	assert_int_equal(d.size, 1000);
	assert_string_equal(d.etag, "\"10000\"");
	free(d.bytes);
	d = fetch("/body-weak-chunked/1000", &options);
	assert_string_equal(d.etag, "W/\"10000\"");
	assert_int_equal(d.size, 1000);
	free(d.bytes);
}

static void limits(void **state)
{
	struct http_options options = quick();
	struct download d;

	(void)state;
	options.max_bytes = 1000;
	d = fetch("/body/1000", &options);
	must_be_whole("as much as is allowed", &d, 1000);
	free(d.bytes);
	d = fetch("/body-nolength/1000", &options);
	must_be_whole("as much as is allowed, length unknown", &d, 1000);
	free(d.bytes);
	d = fetch("/body/1001", &options);
	must_fail("a byte more", &d, "--max-bytes");
	assert_int_equal(d.len, 0);
	d = fetch("/body-chunked/1001", &options);
	must_fail("a byte more, length unknown", &d, "--max-bytes");
	assert_int_equal(d.len, 1000);
	free(d.bytes);
	options.max_bytes = 3000000;
	d = fetch("/endless", &options);
	must_fail("endless", &d, "--max-bytes");
	assert_int_equal(d.len, 3000000);
	free(d.bytes);
}

static void write_text(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

/* whether the heads of the requests whose path begins so hold that text */
static void check_seen(const char *path_begins, const char *text, bool seen)
{
	struct http_options options = quick();
	char path[100];
	struct download d;

	snprintf(path, sizeof path, "/seen?%s", path_begins);
	d = fetch(path, &options);
	assert_int_equal(d.status, ST_OK);
	assert_true(d.len > 20);
	assert_true((memmem(d.bytes, d.len, text, strlen(text)) != NULL) == seen);
	free(d.bytes);
}

/* headers and credentials go to the origin that the user named, and to no other */
static void secrets(void **state)
{
	struct http_options options = quick();
	char file[PATH_SIZE + 20];
	char url[URL_SIZE];
	struct download d;

	(void)state;
	snprintf(file, sizeof file, "%s/headers", server.dir);
	write_text(file, "# made up\r\nX-Key: the-key\r\nX-Empty:\r\n");
	options.header_file = file;
	d = fetch("/body-sees-drop-etag/300007", &options);
	must_be_whole("key", &d, 300007);
	free(d.bytes);
	d = fetch("/to?/body-sees-drop-etag/300007?same", &options);
	must_be_whole("key, redirect within the origin", &d, 300007);
	free(d.bytes);
	check_seen("/body-sees-drop-etag/300007?same", "X-Empty:", true);
	snprintf(url, sizeof url,
	         "http://user:pass@127.0.0.1:%u/to?http://127.0.0.1:%u/body-drop-etag/300007?cross",
	         server.port, server.other);
	d = fetch_url(url, &options, 10000);
	must_be_whole("redirect to another origin", &d, 300007);
	free(d.bytes);
	check_seen("/to?http://127.0.0.1", "the-key", true);
	check_seen("/to?http://127.0.0.1", "dXNlcjpwYXNz", true); /* base64 of user:pass */
	check_seen("/body-drop-etag/300007?cross", "GET ", true);
	check_seen("/body-drop-etag/300007?cross", "the-key", false);
	check_seen("/body-drop-etag/300007?cross", "uthorization", false);
	snprintf(
	    url, sizeof url,
	    "http://user:pass@127.0.0.1:%u/to?http://eve:evil@127.0.0.1:%u/status/404?back%%3fx",
	    server.port, server.port);
	d = fetch_url(url, &options, 10000);
	must_fail("credentials of a Location", &d, "404");
	assert_null(strstr(d.diag.text, "pass"));
	check_seen("/status/404?back", "dXNlcjpwYXNz", true);
	check_seen("/body/300007", "Accept-Encoding: gzip, zstd, identity;q=0.5", true);
	check_seen("/body/300007", "User-Agent: aisgap/", true);
}

static void header_file_errors(void **state)
{
	struct http_options options = quick();
	char file[PATH_SIZE + 20];
	struct download d;

	(void)state;
	snprintf(file, sizeof file, "%s/bad", server.dir);
	write_text(file, "X-Key: the-key\nthe-secret\n");
	options.header_file = file;
	d = fetch("/body/10", &options);
	assert_int_equal(d.status, ST_USAGE);
	assert_non_null(strstr(d.diag.text, "/bad:2: "));
	assert_null(strstr(d.diag.text, "secret"));
	options.header_file = server.dir;
	d = fetch("/body/10", &options);
	assert_int_equal(d.status, ST_USAGE);
	options.header_file = "/nonexistent/file";
	d = fetch("/body/10", &options);
	assert_int_equal(d.status, ST_USAGE);
	assert_string_equal(d.diag.text, "/nonexistent/file: No such file or directory");
}

static void certificates(void **state)
{
	struct http_options options = quick();
	char url[URL_SIZE];
	struct download d;

	(void)state;
	if (!server.tls) {
		print_message("skipped: no openssl program to make a certificate with\n");
		skip();
	}
	snprintf(url, sizeof url, "https://127.0.0.1:%u/body/10?key=secret", server.tls);
	d = fetch_url(url, &options, 10000);
	must_fail("self-signed", &d, "its TLS certificate cannot be verified");
	assert_null(strstr(d.diag.text, "secret"));
	assert_null(strstr(d.diag.text, "tries"));
	snprintf(url, sizeof url, "/to?https://127.0.0.1:%u/body/10", server.tls);
	d = fetch(url, &options);
	must_fail("redirect to self-signed", &d, "its TLS certificate cannot be verified");
	/* TLS spoken to by http */
	snprintf(url, sizeof url, "http://127.0.0.1:%u/body/10", server.tls);
	d = fetch_url(url, &options, 10000);
	must_fail("http to TLS", &d, ": ");
}

static void addresses(void **state)
{
	static const struct {
		const char *url;
		enum status status;
		const char *why;
	} cases[] = {
	    {"http://127.0.0.1:1/x?key=secret", ST_FAILED, "5 tries in a row failed"},
	    {"http://does-not-exist.invalid/", ST_FAILED, "5 tries in a row failed"},
	    {"http://", ST_USAGE, "not a URL"},
	    {"http://user:secret/word@127.0.0.1/", ST_USAGE, "http://...: not a URL"},
	    {"http://127.0.0.1:99999/", ST_USAGE, "not a URL"},
	    {"http://127.0.0.1/a b", ST_USAGE, "not a URL"},
	    {"file:///etc/passwd", ST_USAGE, "not a URL"},
	    {"File:/etc/passwd", ST_USAGE, "not a URL"},
	    {"ftp://127.0.0.1/x", ST_USAGE, "not a URL"},
	    {"", ST_USAGE, "not a URL"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct http_options options = quick();
		struct download d = fetch_url(cases[i].url, &options, 100);

		if (d.status != cases[i].status || !strstr(d.diag.text, cases[i].why))
			fail_msg("%s: %d %s", cases[i].url, d.status, d.diag.text);
		assert_null(strstr(d.diag.text, "secret"));
	}
}

/* a file that the server has, as the golden tests ask for theirs */
static void files(void **state)
{
	struct http_options options = quick();
	char path[URL_SIZE];
	struct download d;

	(void)state;
	snprintf(path, sizeof path, "%s/plain file", server.dir);
	write_text(path, "t,mmsi\n1,2\n");
	d = fetch("/files-drop-etag/plain%20file", &options);
	assert_int_equal(d.status, ST_OK);
	assert_int_equal(d.size, 11);
	assert_int_equal(d.len, 11);
	assert_memory_equal(d.bytes, "t,mmsi\n1,2\n", 11);
	free(d.bytes);
}

/* one that is not read to its end, and one that is closed while the server sends on */
static void given_up(void **state)
{
	struct http_options options = quick();
	struct http *http = NULL;
	struct diag diag;
	char url[URL_SIZE];
	char buf[100];
	size_t got;

	(void)state;
	snprintf(url, sizeof url, "http://127.0.0.1:%u/endless", server.port);
	assert_int_equal(http_open(url, &options, &http, &diag), ST_OK);
	http_close(http);
	assert_int_equal(http_open(url, &options, &http, &diag), ST_OK);
	assert_int_equal(http_read(http, buf, sizeof buf, &got, &diag), ST_OK);
	http_close(http);
	http_close(NULL);
}

static void *fetch_in_thread(void *path)
{
	struct http_options options = quick();
	struct download *d = mem_new(1, sizeof *d);

	*d = fetch(path, &options);
	return d;
}

/* .netrc is read as curl does; a user that the URL names goes before it */
static void netrc(void **state)
{
	struct http_options options = quick();
	char file[PATH_SIZE + 20];
	char url[URL_SIZE];
	struct download d;

	(void)state;
	snprintf(file, sizeof file, "%s/.netrc", server.dir);
	write_text(file, "machine 127.0.0.1 login net password rc\n");
	d = fetch("/body/10?netrc", &options);
	must_be_whole("with .netrc", &d, 10);
	free(d.bytes);
	check_seen("/body/10?netrc", "Basic bmV0OnJj", true); /* base64 of net:rc */
	snprintf(url, sizeof url, "http://user:pass@127.0.0.1:%u/body/10?named", server.port);
	d = fetch_url(url, &options, 100);
	must_be_whole("with .netrc and a user", &d, 10);
	free(d.bytes);
	check_seen("/body/10?named", "Basic dXNlcjpwYXNz", true);
	assert_int_equal(remove(file), 0);
}

/* several at once */
static void threads(void **state)
{
	static char paths[4][50];
	pthread_t ids[4];

	(void)state;
	for (int i = 0; i < 4; i++) {
		snprintf(paths[i], sizeof paths[i], "/body-drop-etag/300007?thread%d", i);
		assert_int_equal(pthread_create(&ids[i], NULL, fetch_in_thread, paths[i]), 0);
	}
	for (int i = 0; i < 4; i++) {
		void *d;

		assert_int_equal(pthread_join(ids[i], &d), 0);
		must_be_whole(paths[i], d, 300007);
		free(((struct download *)d)->bytes);
		free(d);
	}
}

static void make_certificate(char *cert, char *key, size_t size)
{
	char command[3 * PATH_SIZE + 300];

	snprintf(cert, size, "%s/cert.pem", server.dir);
	snprintf(key, size, "%s/key.pem", server.dir);
	snprintf(command, sizeof command,
	         "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 "
	         "-addext subjectAltName=IP:127.0.0.1 -out %s -keyout %s >/dev/null 2>&1",
	         cert, key);
	if (system(command) != 0)
		cert[0] = '\0';
}

static void run_server(const char *cert, const char *key, int out)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	dup2(out, STDOUT_FILENO);
	if (cert[0])
		execlp("python3", "python3", "tests/fault/server.py", "--tls", cert, key,
		       server.dir, (char *)NULL);
	else
		execlp("python3", "python3", "tests/fault/server.py", server.dir, (char *)NULL);
	_exit(127);
}

static int start(void **state)
{
	static const char *const proxies[] = {"http_proxy", "https_proxy", "HTTPS_PROXY",
	                                      "all_proxy",  "ALL_PROXY",   "no_proxy",
	                                      "NO_PROXY"};
	char cert[PATH_SIZE + 20];
	char key[PATH_SIZE + 20];
	int ends[2];
	FILE *in;

	(void)state;
	for (size_t i = 0; i < sizeof proxies / sizeof *proxies; i++)
		unsetenv(proxies[i]);
	snprintf(server.dir, sizeof server.dir, "/tmp/aisgap-http.XXXXXX");
	if (!mkdtemp(server.dir) || pipe(ends) != 0)
		return -1;
	/* whose .netrc would be read */
	setenv("HOME", server.dir, 1);
	make_certificate(cert, key, sizeof cert);
	server.pid = fork();
	if (server.pid == 0)
		run_server(cert, key, ends[1]);
	close(ends[1]);
	in = fdopen(ends[0], "r");
	if (!in || fscanf(in, "%u %u %u", &server.port, &server.other, &server.tls) != 3)
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
	    cmocka_unit_test(right_bodies),  cmocka_unit_test(empty_bodies),
	    cmocka_unit_test(block_sizes),   cmocka_unit_test(errors),
	    cmocka_unit_test(failure_stays), cmocka_unit_test(waiting),
	    cmocka_unit_test(packed),        cmocka_unit_test(size_and_etag),
	    cmocka_unit_test(limits),        cmocka_unit_test(secrets),
	    cmocka_unit_test(addresses),     cmocka_unit_test(header_file_errors),
	    cmocka_unit_test(certificates),  cmocka_unit_test(files),
	    cmocka_unit_test(given_up),      cmocka_unit_test(threads),
	    cmocka_unit_test(netrc),
	};

	return cmocka_run_group_tests(tests, start, stop);
}

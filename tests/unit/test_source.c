/*
 * Where bytes come from: files by path and by file: URL. The forms of the URL are those of RFC 8089
 * (section 2 and appendix B, without what is of other systems), escapes those of RFC 3986 section
 * 2.1; the rest is by hand. tests/fault/test_http_faults.c downloads.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/mem.h"
#include "fuzz/split_text.h"
#include "input/file_url.h"

/* a path is read in pieces; peeking takes nothing out */
static void files(void **state)
{
	struct source *source;
	struct diag diag;
	struct memory_file file = memory_file_new();
	char buf[8];
	size_t got;

	(void)state;
	memory_file_set(&file, "0123456789", 10);
	assert_int_equal(source_open(file.path, NULL, &source, &diag), ST_OK);
	assert_string_equal(source_name(source), file.path);
	assert_int_equal(source_size(source), 10);
	assert_true(span_eq(source_peek(source, 4), SPAN("0123")));
	assert_true(span_eq(source_peek(source, 100), SPAN("0123456789")));
	assert_true(span_eq(source_peek(source, 1), SPAN("0123456789")));
	assert_int_equal(source_read(source, buf, sizeof buf, &got, &diag), ST_OK);
	assert_int_equal(got, 8);
	assert_int_equal(source_read(source, buf, sizeof buf, &got, &diag), ST_OK);
	assert_int_equal(got, 2);
	assert_memory_equal(buf, "89", 2);
	assert_int_equal(source_read(source, buf, sizeof buf, &got, &diag), ST_OK);
	assert_int_equal(got, 0);
	source_close(source);
	close(file.fd);
}

static void expect_unopened(const char *path, enum status status, const char *message)
{
	struct source *source = NULL;
	struct diag diag = {""};

	if (source_open(path, NULL, &source, &diag) != status || source ||
	    !strstr(diag.text, message))
		fail_msg("%s: \"%s\" instead of \"%s\"", path, diag.text, message);
}

static void unopened(void **state)
{
	(void)state;
	expect_unopened("/", ST_FAILED, "/: is a directory");
	expect_unopened("/no/such/file", ST_FAILED, "/no/such/file: No such file");
	expect_unopened("FILE:///", ST_FAILED, "/: is a directory");
	expect_unopened("file:///no/such%20file", ST_FAILED, "/no/such file: No such file");
	expect_unopened("file://elsewhere/x", ST_USAGE, "a host other than localhost");
	/* no URL, and so a path */
	expect_unopened("file", ST_FAILED, "file: No such file");
	expect_unopened("./file:/x", ST_FAILED, "./file:/x: No such file");
}

static void file_urls(void **state)
{
	static const struct {
		const char *url;
		const char *path;
	} cases[] = {
	    {"file:///a/b.csv", "/a/b.csv"},
	    {"file:/a/b.csv", "/a/b.csv"},
	    {"file://localhost/a/b.csv", "/a/b.csv"},
	    {"FILE://LocalHost/A", "/A"},
	    {"File:/", "/"},
	    {"file:////a", "//a"},
	    {"file:///a%20b%2Bc%2bd%25e", "/a b+c+d%e"},
	    {"file:///%3f%23%2541", "/?#%41"},
	    {"file:///%01%7F%FF%c3%a9", "/\x01\x7f\xff\xc3\xa9"},
	    {"file:///a+b c\xc3\xa9:@&=\\", "/a+b c\xc3\xa9:@&=\\"},
	    {"file:/%2F/..", "///.."},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct diag diag = {""};
		char *path;

		assert_true(file_url_is(cases[i].url));
		if (file_url_path(cases[i].url, &path, &diag) != ST_OK)
			fail_msg("%s: %s", cases[i].url, diag.text);
		assert_string_equal(path, cases[i].path);
		free(path);
	}
}

static void no_file_urls(void **state)
{
	static const char *const no[] = {
	    "", "-", "file", "file/", " file:///a", "files:/a", "/file:/a", "http://a/", "fil\xc5:",
	};

	(void)state;
	for (size_t i = 0; i < sizeof no / sizeof *no; i++)
		assert_false(file_url_is(no[i]));
}

#define HOST  ": a host other than localhost, whose files cannot be read; file:///PATH was expected"
#define PATH  ": no path that begins with /; file:///PATH was expected"
#define HEX   ": two hex digits were expected here; in a path a % is written %25"
#define NUL   ": %00 was found here, which no path can hold"
#define QUERY ": a ? was found here, and no file has a query; in a path it is written %3F"
#define MARK  ": a # was found here, and a file is read whole; in a path it is written %23"

/* whole messages: the URL up to the fault, and nothing of what comes behind it */
static void refused_file_urls(void **state)
{
	static const struct {
		const char *url;
		const char *message;
	} cases[] = {
	    {"file://example.com/a", "file://example.com..." HOST},
	    {"file://a.csv", "file://a.csv..." HOST},
	    {"file://127.0.0.1/a", "file://127.0.0.1..." HOST},
	    {"file://localhost:80/a", "file://localhost..." HOST},
	    {"file://localhost./a", "file://localhost...." HOST},
	    {"file://user:secret@localhost/a", "file://user..." HOST},
	    {"file://user:sec/ret@localhost/a", "file://user..." HOST},
	    {"file://%6cocalhost/a", "file://%6cocalhost..." HOST},
	    {"file:", "file:" PATH},
	    {"file://", "file://" PATH},
	    {"file://localhost", "file://localhost" PATH},
	    {"file://localhost?secret", "file://localhost..." PATH},
	    {"file:a/secret", "file:..." PATH},
	    {"file:%2Fsecret", "file:..." PATH},
	    {"file:#secret", "file:..." PATH},
	    {"file:///a%", "file:///a..." HEX},
	    {"file:///a%4", "file:///a..." HEX},
	    {"file:///a%4gsecret", "file:///a..." HEX},
	    {"file:///%%20", "file:///..." HEX},
	    {"file:///a% 1", "file:///a..." HEX},
	    {"file:///a%-1", "file:///a..." HEX},
	    {"file:///a%00secret", "file:///a..." NUL},
	    {"file:///a?secret", "file:///a..." QUERY},
	    {"file:///a?", "file:///a..." QUERY},
	    {"file:///a#secret?", "file:///a..." MARK},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct diag diag = {""};
		char *path = diag.text;

		assert_true(file_url_is(cases[i].url));
		if (file_url_path(cases[i].url, &path, &diag) != ST_USAGE)
			fail_msg("%s is accepted", cases[i].url);
		assert_null(path);
		assert_string_equal(diag.text, cases[i].message);
	}
}

/* 10,000 bytes in front of the fault: the message keeps 200 of them, and the reason */
static void long_file_url(void **state)
{
	char url[10001] = "file:///";
	struct diag diag;
	char *path;

	(void)state;
	memset(url + 8, 'a', sizeof url - 9);
	assert_int_equal(file_url_path(url, &path, NULL), ST_OK);
	assert_string_equal(path, url + 7);
	free(path);
	url[sizeof url - 2] = '#';
	assert_int_equal(file_url_path(url, &path, &diag), ST_USAGE);
	assert_memory_equal(diag.text, url, 200);
	assert_string_equal(diag.text + 200, "..." MARK);
}

/* a megabyte through a file: URL, of which libcurl's file: gave 256 KiB, in blocks of all sizes */
static void large_file(void **state)
{
	enum { SIZE = 1000000 };
	static const size_t blocks[] = {4096, 65536, 3000001};
	char *text = mem_new(SIZE, 1);
	char *read = mem_new(SIZE + 1, 1);
	struct memory_file file = memory_file_new();
	struct source *source;
	char url[80];

	(void)state;
	for (size_t i = 0; i < SIZE; i++)
		text[i] = (char)(i * 2654435761u >> 13);
	memory_file_set(&file, text, SIZE);
	snprintf(url, sizeof url, "file://localhost/%%70%s", file.path + 2);
	for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
		size_t len = 0;
		size_t got = 1;

		assert_int_equal(source_open(url, NULL, &source, NULL), ST_OK);
		assert_string_equal(source_name(source), file.path);
		assert_int_equal(source_size(source), SIZE);
		assert_int_equal(source_peek(source, 300000).len, 300000);
		while (got) {
			size_t want = SIZE + 1 - len < blocks[i] ? SIZE + 1 - len : blocks[i];

			assert_int_equal(source_read(source, read + len, want, &got, NULL), ST_OK);
			len += got;
		}
		assert_int_equal(len, SIZE);
		assert_memory_equal(read, text, SIZE);
		assert_int_equal(source_taken(source), SIZE);
		source_close(source);
	}
	close(file.fd);
	free(text);
	free(read);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(files),
	    cmocka_unit_test(unopened),
	    cmocka_unit_test(file_urls),
	    cmocka_unit_test(no_file_urls),
	    cmocka_unit_test(refused_file_urls),
	    cmocka_unit_test(long_file_url),
	    cmocka_unit_test(large_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

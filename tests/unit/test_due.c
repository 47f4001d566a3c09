/*
 * The list of what is still to be posted and its file. The key that is expected below is what
 * `printf 'application/json\n{}' | md5sum` prints; all else follows from state/due.h.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "state/code.h"
#include "state/container.h"
#include "state/due.h"

enum { PATH_SIZE = 200 };

static const char NDJSON[] = "application/x-ndjson";
static const char JSON[] = "application/json";
static const struct span NONE = {"", 0};
static const char KEY[] = "0123456789abcdef0123456789abcdef";

static char dir[PATH_SIZE];
static char path[PATH_SIZE + 20];

static struct due *read_due(void)
{
	struct due *due = NULL;
	struct diag diag = {""};

	if (due_read(path, &due, &diag) != ST_OK)
		fail_msg("%s", diag.text);
	assert_non_null(due);
	return due;
}

static void save(const struct due *due)
{
	struct diag diag = {""};

	if (due_save(path, due, &diag) != ST_OK)
		fail_msg("%s", diag.text);
}

static void must_be_first(const struct due *due, const char *type, struct span body)
{
	const struct due_item *item = due_first(due);

	assert_non_null(item);
	assert_string_equal(item->content_type, type);
	assert_true(span_eq(item->body, body));
	assert_int_equal(strlen(item->key), 32);
}

static void missing_file(void **state)
{
	struct due *due = read_due();

	(void)state;
	assert_int_equal(due_count(due), 0);
	assert_null(due_first(due));
	due_drop_first(due);
	due_free(due);
	due_free(NULL);
}

static void there_and_back(void **state)
{
	static const char bytes[] = "a\0b\nc\xff";
	struct span bodies[] = {SPAN("{}"), {bytes, 6}, SPAN(""), SPAN("{}")};
	const char *const types[] = {JSON, NDJSON, "application/geo+json", NDJSON};
	struct due *due = read_due();
	struct stat st;

	(void)state;
	for (size_t i = 0; i < 4; i++)
		due_add(due, NONE, types[i], bodies[i]);
	save(due);
	due_free(due);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	due = read_due();
	assert_int_equal(due_count(due), 4);
	assert_string_equal(due_first(due)->key, "a20e4c8f5a0196ab23ccd5c37995c015");
	for (size_t i = 0; i < 4; i++) {
		must_be_first(due, types[i], bodies[i]);
		due_drop_first(due);
		save(due);
		due_free(due);
		due = read_due();
		assert_int_equal(due_count(due), 3 - i);
	}
	due_free(due);
	assert_int_not_equal(stat(path, &st), 0);
}

/* a run that is repeated before anything could be posted queues nothing twice */
static void same_again(void **state)
{
	struct due *due = read_due();
	char key[33];

	(void)state;
	due_add(due, NONE, NDJSON, SPAN("{\"a\":1}\n"));
	due_add(due, NONE, NDJSON, SPAN("{\"a\":1}\n"));
	assert_int_equal(due_count(due), 1);
	memcpy(key, due_first(due)->key, sizeof key);
	due_add(due, NONE, JSON, SPAN("{\"a\":1}\n"));
	assert_int_equal(due_count(due), 2);
	/* only the last: what came between makes it another message */
	due_add(due, NONE, NDJSON, SPAN("{\"a\":1}\n"));
	assert_int_equal(due_count(due), 3);
	due_drop_first(due);
	assert_string_not_equal(due_first(due)->key, key);
	due_drop_first(due);
	assert_string_equal(due_first(due)->key, key);
	/* one that was dropped is no longer the last */
	due_drop_first(due);
	due_add(due, NONE, NDJSON, SPAN("{\"a\":1}\n"));
	assert_int_equal(due_count(due), 1);
	/* the same body of another occasion is another message */
	due_add(due, SPAN("2"), NDJSON, SPAN("{\"a\":1}\n"));
	assert_int_equal(due_count(due), 2);
	due_drop_first(due);
	assert_string_not_equal(due_first(due)->key, key);
	due_free(due);
}

/* type and body do not run into one another */
static void keys_differ(void **state)
{
	struct due *due = read_due();

	(void)state;
	due_add(due, NONE, JSON, SPAN("x"));
	due_add(due, NONE, JSON, SPAN("y"));
	due_add(due, NONE, NDJSON, SPAN("y"));
	assert_int_equal(due_count(due), 3);
	due_free(due);
}

/* as --follow uses it: never empty, never much in it */
static void long_use(void **state)
{
	struct due *due = read_due();
	char text[32];
	char first[32];

	(void)state;
	for (int i = 0; i < 5000; i++) {
		snprintf(text, sizeof text, "{\"n\":%d}", i);
		due_add(due, NONE, JSON, span_of(text));
		if (i < 3)
			continue;
		snprintf(first, sizeof first, "{\"n\":%d}", i - 3);
		must_be_first(due, JSON, span_of(first));
		due_drop_first(due);
		assert_int_equal(due_count(due), 3);
	}
	due_free(due);
}

static void empty_list_removes(void **state)
{
	struct due *due = read_due();
	struct diag diag;
	char other[PATH_SIZE + 40];

	(void)state;
	save(due); /* missing is fine */
	due_add(due, NONE, JSON, SPAN("{}"));
	save(due);
	assert_int_equal(access(path, F_OK), 0);
	due_drop_first(due);
	save(due);
	assert_int_not_equal(access(path, F_OK), 0);
	snprintf(other, sizeof other, "%s/none/x", dir);
	assert_int_equal(due_save(other, due, &diag), ST_OK);
	assert_int_equal(due_save(dir, due, &diag), ST_FAILED);
	due_add(due, NONE, JSON, SPAN("{}"));
	assert_int_equal(due_save(other, due, &diag), ST_FAILED);
	assert_non_null(strstr(diag.text, "No such file"));
	due_free(due);
}

static void must_refuse(const char *why)
{
	struct due *due = (struct due *)1;
	struct diag diag = {""};

	assert_int_equal(due_read(path, &due, &diag), ST_FAILED);
	assert_null(due);
	if (!strstr(diag.text, why) || strncmp(diag.text, path, strlen(path)) != 0)
		fail_msg("\"%s\" instead of \"%s\"", diag.text, why);
}

/* one section: its tag; key and type of an item, or the body */
struct section {
	uint32_t tag;
	const char *key;
	const char *text;
	const char *more;
};

static void write_sections(const struct section *sections, size_t count)
{
	struct container_out *out;
	struct diag diag;

	assert_int_equal(container_create(path, "AISG.DUE", 1, &out, &diag), ST_OK);
	for (size_t i = 0; i < count && sections[i].tag; i++) {
		struct code_out code = {.bytes = NULL};

		code_raw(&code, span_of(sections[i].key));
		if (sections[i].tag == 1)
			code_text(&code, span_of(sections[i].text));
		code_raw(&code, span_of(sections[i].more));
		container_put(out, sections[i].tag, (struct span){code.bytes, code.len});
		free(code.bytes);
	}
	assert_int_equal(container_commit(out, &diag), ST_OK);
}

/* right checksums, wrong content */
static void hostile_content(void **state)
{
	static const struct {
		struct section sections[3];
		const char *why;
	} cases[] = {
	    {{{1, KEY, "text/html", NULL}, {2, NULL, NULL, "x"}}, "a content type that is never"},
	    {{{1, KEY, "application/json\r\nX-Evil: 1", NULL}}, "a content type that is never"},
	    {{{1, KEY, "", NULL}}, "a content type that is never"},
	    {{{1, "0123456789ABCDEF0123456789ABCDEF", JSON, NULL}}, "a key that is none"},
	    {{{1, "\"\r\nX-Evil: 1\r\nX-More: abcdefghij", JSON, NULL}}, "a key that is none"},
	    {{{1, "0123", JSON, NULL}}, "an item of the wrong length"},
	    {{{1, KEY, JSON, "more"}}, "an item of the wrong length"},
	    {{{1, NULL, NULL, NULL}}, "an item of the wrong length"},
	    {{{1, KEY, JSON, NULL}}, "an item without a body"},
	    {{{2, NULL, NULL, "x"}}, "a section that does not belong there"},
	    {{{1, KEY, JSON, NULL}, {1, KEY, JSON, NULL}}, "a section that does not belong there"},
	    {{{1, KEY, JSON, NULL}, {3, NULL, NULL, "x"}}, "a section that does not belong there"},
	    {{{1, KEY, JSON, NULL}, {2, NULL, NULL, "x"}, {2, NULL, NULL, "x"}},
	     "a section that does not belong there"},
	};
	const struct section good[] = {{1, KEY, JSON, NULL}, {2, NULL, NULL, "x"}};
	struct due *due;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		write_sections(cases[i].sections, 3);
		must_refuse(cases[i].why);
	}
	write_sections(good, 2);
	due = read_due();
	must_be_first(due, JSON, SPAN("x"));
	/* the key of the file counts, whoever made it: a body keeps its key */
	assert_string_equal(due_first(due)->key, KEY);
	due_free(due);
	assert_int_equal(remove(path), 0);
}

static void foreign_files(void **state)
{
	struct container_out *out;
	struct diag diag;
	int fd;

	(void)state;
	assert_int_equal(container_create(path, "AISGSENT", 1, &out, &diag), ST_OK);
	assert_int_equal(container_commit(out, &diag), ST_OK);
	must_refuse("this is not a list of what is to be posted");
	assert_int_equal(container_create(path, "AISG.DUE", 2, &out, &diag), ST_OK);
	assert_int_equal(container_commit(out, &diag), ST_OK);
	must_refuse("written by a newer aisgap");
	assert_int_equal(remove(path), 0);
	/* refused before any of it is read: all of it is a hole */
	fd = open(path, O_WRONLY | O_CREAT, 0600);
	assert_true(fd >= 0);
	assert_int_equal(ftruncate(fd, (off_t)DUE_BYTES_MAX + (off_t)DUE_ITEMS_MAX * 1024), 0);
	close(fd);
	must_refuse("more than 1 GB");
	assert_int_equal(remove(path), 0);
}

static size_t file_bytes(char *bytes, size_t size)
{
	FILE *f = fopen(path, "rb");
	size_t len;

	assert_non_null(f);
	len = fread(bytes, 1, size, f);
	assert_true(len < size);
	fclose(f);
	return len;
}

static void write_file(const char *bytes, size_t len)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

/* each bit of a file of two items, and each place at which it can end */
static void damage(void **state)
{
	struct due *due = read_due();
	char bytes[1000];
	size_t len;

	(void)state;
	due_add(due, NONE, JSON, SPAN("{\"type\":\"made up\"}"));
	due_add(due, NONE, NDJSON, SPAN("{}\n{}\n"));
	save(due);
	due_free(due);
	len = file_bytes(bytes, sizeof bytes);
	for (size_t i = 0; i < len * 8; i++) {
		bytes[i / 8] = (char)(bytes[i / 8] ^ (1 << i % 8));
		write_file(bytes, len);
		must_refuse("");
		bytes[i / 8] = (char)(bytes[i / 8] ^ (1 << i % 8));
	}
	for (size_t i = 0; i < len; i++) {
		write_file(bytes, i);
		must_refuse("");
	}
	write_file(bytes, len + 1);
	must_refuse("more follows");
	write_file(bytes, len);
	due_free(read_due());
	assert_int_equal(remove(path), 0);
}

/* what could not be read again is not written */
static void limits(void **state)
{
	struct due *due = read_due();
	struct diag diag;
	char text[32];
	struct stat before;
	struct stat after;

	(void)state;
	for (int i = 0; i < DUE_ITEMS_MAX; i++) {
		snprintf(text, sizeof text, "%d", i);
		due_add(due, NONE, JSON, span_of(text));
	}
	save(due);
	assert_int_equal(stat(path, &before), 0);
	due_add(due, NONE, JSON, SPAN("one more"));
	assert_int_equal(due_save(path, due, &diag), ST_FAILED);
	assert_non_null(strstr(diag.text, "more than 100,000"));
	assert_int_equal(stat(path, &after), 0);
	assert_true(before.st_ino == after.st_ino && before.st_size == after.st_size);
	due_free(due);
	due = read_due();
	assert_int_equal(due_count(due), DUE_ITEMS_MAX);
	must_be_first(due, JSON, SPAN("0"));
	due_free(due);
	assert_int_equal(remove(path), 0);
}

/* one more item than may be, with right checksums */
static void too_many(void **state)
{
	struct container_out *out;
	struct diag diag;
	struct code_out item = {.bytes = NULL};

	(void)state;
	code_raw(&item, span_of(KEY));
	code_text(&item, span_of(JSON));
	assert_int_equal(container_create(path, "AISG.DUE", 1, &out, &diag), ST_OK);
	for (int i = 0; i <= DUE_ITEMS_MAX; i++) {
		container_put(out, 1, (struct span){item.bytes, item.len});
		container_put(out, 2, SPAN("x"));
	}
	assert_int_equal(container_commit(out, &diag), ST_OK);
	must_refuse("more than 100,000 items");
	free(item.bytes);
	assert_int_equal(remove(path), 0);
}

static int start(void **state)
{
	(void)state;
	snprintf(dir, sizeof dir, "/tmp/aisgap-due.XXXXXX");
	if (!mkdtemp(dir))
		return -1;
	snprintf(path, sizeof path, "%s/s.due", dir);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	return rmdir(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(missing_file),    cmocka_unit_test(there_and_back),
	    cmocka_unit_test(same_again),      cmocka_unit_test(keys_differ),
	    cmocka_unit_test(long_use),        cmocka_unit_test(empty_list_removes),
	    cmocka_unit_test(hostile_content), cmocka_unit_test(foreign_files),
	    cmocka_unit_test(damage),          cmocka_unit_test(limits),
	    cmocka_unit_test(too_many),
	};

	return cmocka_run_group_tests(tests, start, stop);
}

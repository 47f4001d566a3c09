/*
 * Files of sections: what is put comes back; whatever is flipped, cut off, moved or added is
 * refused with a message that says what to do, and the file is left alone.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/digest.h"
#include "state/code.h"
#include "state/container.h"
#include "unit/temp_dir.h"

#define MAGIC "AISGTEST"

static struct temp_dir dir;

static int begin(void **state)
{
	(void)state;
	temp_open(&dir);
	return 0;
}

static int end(void **state)
{
	(void)state;
	temp_close(&dir);
	return 0;
}

/* three sections, one of them empty */
static void make(const char *path, uint32_t version)
{
	struct container_out *out;

	assert_int_equal(container_create(path, MAGIC, version, &out, NULL), ST_OK);
	container_put(out, 7, SPAN("first"));
	container_put(out, 0x44434241, SPAN(""));
	container_put(out, 7, SPAN("the third one"));
	assert_int_equal(container_commit(out, NULL), ST_OK);
}

static enum status read_all(const char *path, struct diag *diag)
{
	struct container_in *in;
	struct span payload;
	uint32_t tag;
	enum status status = container_open(path, MAGIC, 1, "a test", &in, diag);

	if (status)
		return status;
	assert_non_null(in);
	do
		status = container_next(in, &tag, &payload, diag);
	while (!status && tag);
	container_close(in);
	return status;
}

static void reads_back(void **state)
{
	const char *path = temp_path(&dir, "file");
	struct container_in *in;
	struct span payload;
	struct diag diag;
	uint32_t tag;

	(void)state;
	make(path, 1);
	assert_int_equal(container_open(path, MAGIC, 3, "a test", &in, &diag), ST_OK);
	assert_int_equal(container_version(in), 1);
	assert_int_equal(container_next(in, &tag, &payload, &diag), ST_OK);
	assert_int_equal(tag, 7);
	assert_true(span_eq(payload, SPAN("first")));
	assert_int_equal(container_section(in), 12);
	assert_int_equal(container_next(in, &tag, &payload, &diag), ST_OK);
	assert_int_equal(tag, 0x44434241);
	assert_int_equal(payload.len, 0);
	assert_int_equal(container_next(in, &tag, &payload, &diag), ST_OK);
	assert_true(span_eq(payload, SPAN("the third one")));
	assert_int_equal(container_damaged(in, "why", &diag), ST_FAILED);
	assert_non_null(strstr(diag.text, "damaged at byte 73 (why)")); /* 12 + 28 + 5 + 28 */
	assert_int_equal(container_next(in, &tag, &payload, &diag), ST_OK);
	assert_int_equal(tag, 0);
	container_close(in);
	container_close(NULL);
}

/* the layout of the head file, byte by byte; digests by the MD5 of the parts as it says */
static void layout(void **state)
{
	const char *path = temp_path(&dir, "file");
	unsigned char digest[DIGEST_SIZE];
	struct span bytes;
	struct span parts[3];

	(void)state;
	make(path, 1);
	bytes = temp_read(path);
	assert_int_equal(bytes.len, 12 + 4 * 28 + 5 + 13 + 8);
	assert_memory_equal(bytes.ptr, "AISGTEST\1\0\0\0\7\0\0\0\5\0\0\0\0\0\0\0", 24);
	assert_memory_equal(bytes.ptr + 40, "first", 5);
	digest_md5(&(struct span){bytes.ptr, 12}, 1, digest);
	parts[0] = (struct span){(const char *)digest, DIGEST_SIZE};
	parts[1] = (struct span){bytes.ptr + 12, 12};
	parts[2] = SPAN("first");
	digest_md5(parts, 3, digest);
	assert_memory_equal(bytes.ptr + 24, digest, DIGEST_SIZE);
	assert_memory_equal(bytes.ptr + bytes.len - 8, "\3\0\0\0\0\0\0\0", 8);
	free((char *)bytes.ptr);
}

/* refused, with the path and `what` in the message, and the file as it was */
static void assert_refused(struct span bytes, const char *what)
{
	const char *path = temp_path(&dir, "file");
	struct diag diag = {""};
	struct span after;

	temp_write(path, bytes);
	assert_int_equal(read_all(path, &diag), ST_FAILED);
	assert_true(span_starts(span_of(diag.text), span_of(path)));
	if (!strstr(diag.text, what))
		print_error("%s\n", diag.text);
	assert_non_null(strstr(diag.text, what));
	after = temp_read(path);
	assert_true(span_eq(after, bytes));
	assert_int_equal(temp_count(&dir), 1);
	free((char *)after.ptr);
}

static void damaged(void **state)
{
	struct span bytes;
	char *copy;

	(void)state;
	make(temp_path(&dir, "file"), 1);
	bytes = temp_read(temp_path(&dir, "file"));
	copy = mem_new(bytes.len + 1, 1);
	for (size_t len = 0; len < bytes.len; len++)
		assert_refused((struct span){bytes.ptr, len}, "damaged at byte");
	for (size_t bit = 0; bit < bytes.len * 8; bit++) {
		memcpy(copy, bytes.ptr, bytes.len);
		copy[bit / 8] = (char)(copy[bit / 8] ^ 1 << bit % 8);
		assert_refused((struct span){copy, bytes.len}, ": ");
	}
	memcpy(copy, bytes.ptr, bytes.len);
	assert_refused((struct span){copy, bytes.len + 1}, "more follows");
	free(copy);
	free((char *)bytes.ptr);
}

/* the second and the third section change places; each is whole */
static void moved(void **state)
{
	struct span bytes;
	char *copy;

	(void)state;
	make(temp_path(&dir, "file"), 1);
	bytes = temp_read(temp_path(&dir, "file"));
	copy = mem_new(bytes.len, 1);
	memcpy(copy, bytes.ptr, bytes.len);
	memcpy(copy + 45, bytes.ptr + 73, 41);
	memcpy(copy + 86, bytes.ptr + 45, 28);
	assert_refused((struct span){copy, bytes.len}, "checksum");
	/* the second is left out */
	memcpy(copy + 45, bytes.ptr + 73, bytes.len - 73);
	assert_refused((struct span){copy, bytes.len - 28}, "checksum");
	free(copy);
	free((char *)bytes.ptr);
}

/* a length that no file has, its checksum right */
static void huge_length(void **state)
{
	struct code_out out = {0};
	unsigned char digest[DIGEST_SIZE];

	(void)state;
	memset(digest, 0, sizeof digest);
	code_raw(&out, SPAN(MAGIC));
	code_u32(&out, 1);
	code_u32(&out, 7);
	code_u64(&out, UINT64_MAX - 3);
	code_raw(&out, (struct span){(const char *)digest, DIGEST_SIZE});
	assert_refused((struct span){out.bytes, out.len}, "damaged at byte 12 (cut short)");
	free(out.bytes);
}

static void other_files(void **state)
{
	const char *path = temp_path(&dir, "file");
	struct diag diag;
	struct container_in *in = (struct container_in *)&diag;

	(void)state;
	assert_int_equal(container_open(path, MAGIC, 1, "a test", &in, &diag), ST_OK);
	assert_null(in); /* no such file */
	assert_refused(SPAN(""), "damaged at byte 0 (empty)");
	assert_refused(SPAN("MMSI,time,lat,lon\n"), "this is not a test of aisgap");
	assert_refused(SPAN("AISGT"), "damaged at byte 0 (cut short)");
	assert_refused(SPAN("X"), "this is not a test of aisgap");
	assert_refused(SPAN(MAGIC "\0\0\0\0"), "format 0");
	make(path, 2);
	assert_int_equal(read_all(path, &diag), ST_FAILED);
	assert_non_null(strstr(diag.text, "newer aisgap (format 2; this one reads up to 1)"));
	assert_int_equal(unlink(path), 0);
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_int_equal(read_all(path, &diag), ST_FAILED);
	assert_non_null(strstr(diag.text, "a pipe or device"));
	assert_int_equal(read_all(dir.path, &diag), ST_FAILED);
	assert_non_null(strstr(diag.text, "a directory"));
	assert_int_equal(read_all("/dev/null", &diag), ST_FAILED);
	assert_int_equal(read_all("/dev/null/x", &diag), ST_FAILED);
	assert_string_equal(diag.text, "/dev/null/x: Not a directory");
}

static void aborted(void **state)
{
	const char *path = temp_path(&dir, "file");
	struct container_out *out;
	struct diag diag;

	(void)state;
	make(path, 1);
	assert_int_equal(container_create(path, MAGIC, 1, &out, NULL), ST_OK);
	container_put(out, 1, SPAN("new"));
	container_abort(out);
	container_abort(NULL);
	assert_int_equal(read_all(path, &diag), ST_OK);
	assert_int_equal(temp_count(&dir), 1);
	assert_int_equal(container_create("/nonexistent/x", MAGIC, 1, &out, &diag), ST_FAILED);
	assert_null(out);
}

/* RFC 1321, A.5 */
static void digests(void **state)
{
	const struct span parts[] = {SPAN("message"), SPAN(""), SPAN(" digest")};
	unsigned char digest[DIGEST_SIZE];
	char hex[DIGEST_HEX_SIZE];

	(void)state;
	digest_md5(parts, 3, digest);
	digest_hex(digest, hex);
	assert_string_equal(hex, "f96b697d7cb7938d525a2f31aaf161d0");
	digest_md5(NULL, 0, digest);
	digest_hex(digest, hex);
	assert_string_equal(hex, "d41d8cd98f00b204e9800998ecf8427e");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(reads_back, begin, end),
	    cmocka_unit_test_setup_teardown(layout, begin, end),
	    cmocka_unit_test_setup_teardown(damaged, begin, end),
	    cmocka_unit_test_setup_teardown(moved, begin, end),
	    cmocka_unit_test_setup_teardown(huge_length, begin, end),
	    cmocka_unit_test_setup_teardown(other_files, begin, end),
	    cmocka_unit_test_setup_teardown(aborted, begin, end),
	    cmocka_unit_test(digests),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

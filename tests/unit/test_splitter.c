/*
 * The splitter: blocks by hand, their kinds and offsets, many threads. test_source.c tries what it
 * reads from, test_rows.c holds the rows against libcsv. A record may have 262,144 bytes
 * (record.h).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <string.h>

#include "base/mem.h"
#include "fuzz/split_text.h"
#include "text/json_cut.h"
#include "text/record.h"

struct reading {
	struct memory_file file;
	struct source *source;
	struct splitter *splitter;
	struct block_buffer buffer;
	struct block block;
};

static void begin_after(struct reading *r, const char *text, size_t len, size_t block_size,
                        char delimiter, size_t skip)
{
	*r = (struct reading){.file = memory_file_new()};
	memory_file_set(&r->file, text, len);
	assert_int_equal(source_open(r->file.path, NULL, &r->source, NULL), ST_OK);
	r->splitter = splitter_new(r->source, block_size, SPLIT_ROWS, delimiter, skip);
}

static void begin(struct reading *r, const char *text, size_t len, size_t block_size)
{
	begin_after(r, text, len, block_size, ',', 0);
}

static void end_with(struct reading *r, enum status status)
{
	assert_int_equal(splitter_status(r->splitter, NULL), status);
	splitter_free(r->splitter);
	source_close(r->source);
	block_buffer_free(&r->buffer);
	close(r->file.fd);
}

static void end(struct reading *r)
{
	end_with(r, ST_OK);
}

static void expect_block(struct reading *r, uint64_t offset, size_t len, enum block_kind kind)
{
	assert_true(splitter_next(r->splitter, &r->buffer, &r->block));
	assert_int_equal(r->block.offset, offset);
	assert_int_equal(r->block.len, len);
	assert_int_equal(r->block.kind, kind);
	assert_int_equal(splitter_offset(r->splitter), offset + len);
}

static void expect_no_block(struct reading *r)
{
	assert_false(splitter_next(r->splitter, &r->buffer, &r->block));
	assert_false(splitter_next(r->splitter, &r->buffer, &r->block));
}

/* eight records of ten bytes; six of them fit into 64 */
static void whole_records(void **state)
{
	char text[80];
	struct reading r;

	(void)state;
	for (int i = 0; i < 8; i++)
		memcpy(text + 10 * i, "1,2,3,456\n", 10);
	begin(&r, text, sizeof text, 64);
	expect_block(&r, 0, 60, BLOCK_PLAIN);
	assert_memory_equal(r.block.text, text, 60);
	expect_block(&r, 60, 20, BLOCK_PLAIN);
	expect_no_block(&r);
	end(&r);
	begin(&r, text, sizeof text - 1, 64); /* without the last terminator */
	expect_block(&r, 0, 60, BLOCK_PLAIN);
	expect_block(&r, 60, 10, BLOCK_PLAIN);
	expect_block(&r, 70, 9, BLOCK_PLAIN);
	expect_no_block(&r);
	end(&r);
	begin(&r, text, 0, 64);
	expect_no_block(&r);
	end(&r);
}

/* what was peeked at is not taken out; a header is passed over */
static void after_a_header(void **state)
{
	static const char TEXT[] = "head;er\n1;2\n3;4\n";
	struct reading r;

	(void)state;
	begin_after(&r, TEXT, sizeof TEXT - 1, 64, ';', 8);
	expect_block(&r, 8, 8, BLOCK_PLAIN);
	assert_memory_equal(r.block.text, "1;2\n3;4\n", 8);
	expect_no_block(&r);
	end(&r);
}

/* a quoted field longer than the block: the block grows to hold the record */
static void quoted_newlines(void **state)
{
	char text[300];
	struct reading r;

	(void)state;
	memset(text, '\n', sizeof text);
	memcpy(text, "a,b\n\"", 5);
	memcpy(text + 250, "\",c\nd,e\n", 8);
	begin(&r, text, 258, 64);
	expect_block(&r, 0, 4, BLOCK_QUOTED);
	expect_block(&r, 4, 254, BLOCK_QUOTED);
	expect_no_block(&r);
	end(&r);
}

static void open_quote_at_the_end(void **state)
{
	static const char TEXT[] = "a,1\nb,\"2\nc,3\n";
	struct reading r;

	(void)state;
	begin(&r, TEXT, sizeof TEXT - 1, 64);
	expect_block(&r, 0, 4, BLOCK_QUOTED);
	expect_block(&r, 4, 9, BLOCK_SUSPECT);
	expect_no_block(&r);
	end(&r);
}

/* a record of exactly so many bytes is one, one byte more is left out up to its end */
static void longest_record(void **state)
{
	char *text = mem_new(RECORD_MAX + 100, 1);
	struct reading r;

	(void)state;
	memset(text, 'x', RECORD_MAX + 1);
	memcpy(text + RECORD_MAX, "\nabc\n", 5);
	begin(&r, text, RECORD_MAX + 5, 64);
	expect_block(&r, 0, RECORD_MAX + 1, BLOCK_PLAIN);
	expect_block(&r, RECORD_MAX + 1, 4, BLOCK_PLAIN);
	expect_no_block(&r);
	end(&r);
	memcpy(text + RECORD_MAX, "xxxxx\nabc\n", 10);
	begin(&r, text, RECORD_MAX + 10, 64);
	expect_block(&r, 0, RECORD_WINDOW, BLOCK_TOO_LONG);
	assert_true(splitter_next(r.splitter, &r.buffer, &r.block)); /* the rest is skipped */
	assert_int_equal(r.block.offset, RECORD_MAX + 5);
	assert_memory_equal(r.block.text, "\nabc\n", 5);
	expect_no_block(&r);
	end(&r);
	free(text);
}

/* a quote never closed: the lines of its first 262,145 bytes are suspect, then all is well again */
static void open_quote_in_a_long_file(void **state)
{
	enum { LINES = 80000 };
	char *text = mem_new(4 * LINES, 1);
	struct reading r;
	uint64_t sum = 0;

	(void)state;
	for (size_t i = 0; i < LINES; i++)
		memcpy(text + 4 * i, "a,1\n", 4);
	text[0] = '"';
	begin(&r, text, 4 * LINES, 4096);
	expect_block(&r, 0, RECORD_MAX, BLOCK_SUSPECT);
	sum = r.block.len;
	while (splitter_next(r.splitter, &r.buffer, &r.block)) {
		assert_int_equal(r.block.kind, BLOCK_PLAIN);
		assert_int_equal(r.block.offset, sum);
		sum += r.block.len;
	}
	assert_int_equal(sum, 4 * LINES);
	end(&r);
	free(text);
}

struct counter {
	struct splitter *splitter;
	uint64_t bytes;
	uint64_t sum; /* of the numbers in the rows */
};

static void *count(void *context)
{
	struct counter *c = context;
	struct block_buffer buffer = {0};
	struct block block;

	while (splitter_next(c->splitter, &buffer, &block)) {
		c->bytes += block.len;
		assert_int_equal(block.len % 8, 0);
		for (size_t i = 0; i < block.len; i += 8)
			c->sum += (uint64_t)strtoul(block.text + i, NULL, 10);
	}
	block_buffer_free(&buffer);
	return NULL;
}

/* 50,000 rows of seven digits: every one is given to one of four threads */
static void threads(void **state)
{
	enum { ROWS = 50000, THREADS = 4 };
	char *text = mem_new(8 * ROWS + 1, 1);
	struct counter counters[THREADS] = {{NULL, 0, 0}};
	pthread_t ids[THREADS];
	struct reading r;
	uint64_t bytes = 0;
	uint64_t sum = 0;

	(void)state;
	for (size_t i = 0; i < ROWS; i++)
		snprintf(text + 8 * i, 9, "%07zu\n", i);
	begin(&r, text, 8 * ROWS, 1000);
	for (int i = 0; i < THREADS; i++) {
		counters[i].splitter = r.splitter;
		pthread_create(&ids[i], NULL, count, &counters[i]);
	}
	for (int i = 0; i < THREADS; i++) {
		pthread_join(ids[i], NULL);
		bytes += counters[i].bytes;
		sum += counters[i].sum;
	}
	assert_int_equal(bytes, 8 * ROWS);
	assert_int_equal(sum, (uint64_t)ROWS * (ROWS - 1) / 2);
	end(&r);
	free(text);
}

/* a record to each line, whatever quotes stand in it */
static void lines(void **state)
{
	static const char TEXT[] = "{\"a\":\"\n\"b\n\nc";
	struct reading r;

	(void)state;
	begin(&r, TEXT, sizeof TEXT - 1, 64);
	splitter_free(r.splitter);
	source_close(r.source);
	assert_int_equal(source_open(r.file.path, NULL, &r.source, NULL), ST_OK);
	r.splitter = splitter_new(r.source, 64, SPLIT_LINES, ',', 0);
	expect_block(&r, 0, sizeof TEXT - 2, BLOCK_PLAIN);
	expect_block(&r, sizeof TEXT - 2, 1, BLOCK_PLAIN);
	expect_no_block(&r);
	end(&r);
}

/* collects the records of a JSON text cut into blocks of so many bytes, joined by '|' */
static void json_records(const char *text, size_t block_size, char *joined)
{
	struct reading r;
	size_t used = 0;

	begin(&r, text, strlen(text), block_size);
	splitter_free(r.splitter);
	source_close(r.source);
	assert_int_equal(source_open(r.file.path, NULL, &r.source, NULL), ST_OK);
	r.splitter = splitter_new(r.source, block_size, SPLIT_JSON, ',', 0);
	while (splitter_next(r.splitter, &r.buffer, &r.block)) {
		for (size_t i = 0; i < r.block.record_count; i++) {
			const struct json_record *record = &r.block.records[i];

			/* its offset in the input is where it stands in the text */
			assert_memory_equal(text + r.block.offset + record->start,
			                    r.block.text + record->start, record->len);
			memcpy(joined + used, r.block.text + record->start, record->len);
			used += record->len;
			joined[used++] = '|';
		}
	}
	joined[used] = '\0';
	/* the text ends within a record, which is told as what it is: cut off */
	end_with(&r, ST_FAILED);
}

/* objects in an array, in a wrapper, and one that the end cuts off; by hand */
static void json(void **state)
{
	static const char TEXT[] =
	    " [ {\"mmsi\":1,\"n\":\"}]\"} ,\n {\"mmsi\":2,\"p\":{\"lat\":[1,2]}}]\n"
	    "{\"type\":\"FeatureCollection\",\"features\":[{\"mmsi\":3},{\"mmsi\":4}]}"
	    "{\"mmsi\":5} {\"mmsi\":6,";
	static const char EXPECTED[] =
	    "{\"mmsi\":1,\"n\":\"}]\"}|{\"mmsi\":2,\"p\":{\"lat\":[1,2]}}|{\"mmsi\":3}|"
	    "{\"mmsi\":4}|{\"mmsi\":5}|{\"mmsi\":6,|";
	char joined[sizeof TEXT + 10];

	(void)state;
	for (size_t block_size = 64; block_size < 400; block_size += 7) {
		json_records(TEXT, block_size, joined);
		assert_string_equal(joined, EXPECTED);
	}
}

/* a pipe gives what it has in pieces; a block is filled all the same */
static void pipes(void **state)
{
	struct reading r = {.file = {.fd = -1}};
	char path[40];
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	snprintf(path, sizeof path, "/proc/self/fd/%d", ends[0]);
	assert_int_equal(source_open(path, NULL, &r.source, NULL), ST_OK);
	assert_int_equal(source_size(r.source), 0);
	assert_int_equal(write(ends[1], "a,1\nb,", 6), 6);
	assert_int_equal(write(ends[1], "2\n", 2), 2);
	close(ends[1]);
	r.splitter = splitter_new(r.source, 64, SPLIT_ROWS, ',', 0);
	expect_block(&r, 0, 8, BLOCK_PLAIN);
	expect_no_block(&r);
	splitter_free(r.splitter);
	source_close(r.source);
	block_buffer_free(&r.buffer);
	close(ends[0]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(whole_records),   cmocka_unit_test(after_a_header),
	    cmocka_unit_test(quoted_newlines), cmocka_unit_test(open_quote_at_the_end),
	    cmocka_unit_test(longest_record),  cmocka_unit_test(open_quote_in_a_long_file),
	    cmocka_unit_test(threads),         cmocka_unit_test(pipes),
	    cmocka_unit_test(lines),           cmocka_unit_test(json),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * Rows of delimited text. What they should be comes from libcsv, run over the whole text in one go:
 * random texts over a small alphabet, cut into blocks of random sizes, must give its rows and
 * fields. The scan's kernels are held against the plain one. Broken texts (quotes never closed,
 * endless lines) must give the same rows whatever the block size. Seeds are the number of the
 * trial.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fuzz/split_text.h"
#include "fuzz/whole_csv.h"
#include "law/random.h"
#include "text/record.h"

enum { TRIALS = 200000, TEXT_MAX = 400 };

static const char DELIMITERS[] = {',', ';', '\t', '|', ' '};

static void list_row(void *listing, const struct row *row)
{
	if (row->fault != ROW_FINE)
		fail_msg("row at %llu: fault %d", (unsigned long long)row->offset, (int)row->fault);
	for (uint32_t i = 0; i < row->count; i++)
		listing_field(listing, row_field(row, i));
	listing_row(listing);
}

/* mostly what matters to the rules, the delimiter first; sometimes any byte at all */
static char draw_byte(struct random *r, char delimiter, bool quotes)
{
	static const char ALPHABET[] = "\"\"\r\n\n \tab1,;|\xC3\xA9\xFF";

	for (;;) {
		uint32_t i = random_below(r, sizeof ALPHABET + 6); /* its terminator is a NUL */
		char c = i < sizeof ALPHABET ? ALPHABET[i] : delimiter;

		if (random_once_in(r, 60))
			c = (char)random_below(r, 256);
		if (c != '"' || quotes)
			return c;
	}
}

static size_t draw_text(struct random *r, char delimiter, char *text)
{
	size_t len = random_below(r, random_once_in(r, 4) ? TEXT_MAX : 24);
	bool quotes = !random_once_in(r, 3);

	for (size_t i = 0; i < len; i++)
		text[i] = draw_byte(r, delimiter, quotes);
	return len;
}

static void print_text(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		print_error("%02X ", (unsigned char)text[i]);
	print_error("\n");
}

static void rows_are_those_of_libcsv(void **state)
{
	struct memory_file file = memory_file_new();
	struct listing want = {0};
	struct listing got = {0};
	struct rows rows = {0};
	char text[TEXT_MAX];
	uint32_t trials = random_trials(TRIALS);
	uint32_t compared = 0;

	(void)state;
	for (uint32_t seed = 0; compared < trials; seed++) {
		struct random r = {seed};
		char delimiter = DELIMITERS[random_below(&r, sizeof DELIMITERS)];
		size_t len = draw_text(&r, delimiter, text);

		if (listing_libcsv(&want, text, len, delimiter))
			continue; /* ends inside quotes */
		compared++;
		memory_file_set(&file, text, len);
		got.len = 0;
		split_text(&file, 0, delimiter, BLOCK_SIZE_LEAST + random_below(&r, 100), &rows,
		           list_row, &got);
		if (got.len == want.len && (!got.len || !memcmp(got.bytes, want.bytes, got.len)))
			continue;
		print_text(text, len);
		fail_msg("seed %u, delimiter %d: rows differ", seed, delimiter);
	}
	rows_free(&rows);
	free(want.bytes);
	free(got.bytes);
	close(file.fd);
}

static void expect_scan(const struct scan *got, const struct scan *want, const char *kernel)
{
	if (got->end_count != want->end_count || got->record_count != want->record_count)
		fail_msg("%s: %zu ends in %zu records, expected %zu in %zu", kernel, got->end_count,
		         got->record_count, want->end_count, want->record_count);
	if (got->end_count)
		assert_memory_equal(got->ends, want->ends, got->end_count * sizeof *got->ends);
	if (got->record_count)
		assert_memory_equal(got->records, want->records,
		                    got->record_count * sizeof *got->records);
}

static void check_scan(const struct scan *scan, const char *text, size_t len, char delimiter)
{
	size_t end = 0;
	size_t record = 0;

	for (size_t i = 0; i < len; i++) {
		bool terminator = text[i] == '\n' || text[i] == '\r';

		if (terminator)
			assert_int_equal(scan->records[record++], end);
		if (terminator || text[i] == delimiter)
			assert_int_equal(scan->ends[end++], i);
	}
	assert_int_equal(end, scan->end_count);
	assert_int_equal(record, scan->record_count);
}

/* every kernel against the plain one, and that against a loop over the bytes */
static void kernels_agree(void **state)
{
	struct scan want = {0};
	struct scan got = {0};
	char text[TEXT_MAX];

	(void)state;
	assert_string_equal(scan_kernel_at(0)->name, "plain");
	assert_null(scan_kernel_at(9));
	for (uint32_t seed = 0; seed < random_trials(20000); seed++) {
		struct random r = {seed};
		char delimiter = DELIMITERS[random_below(&r, sizeof DELIMITERS)];
		size_t len = draw_text(&r, delimiter, text);

		scan_reserve(&want, (uint32_t)len);
		scan_kernel_at(0)->run(&want, text, (uint32_t)len, delimiter);
		check_scan(&want, text, len, delimiter);
		for (size_t k = 1; scan_kernel_at(k); k++) {
			scan_reserve(&got, (uint32_t)len);
			scan_kernel_at(k)->run(&got, text, (uint32_t)len, delimiter);
			expect_scan(&got, &want, scan_kernel_at(k)->name);
		}
	}
	scan_free(&want);
	scan_free(&got);
}

/* lengths around the 64 bytes that a kernel sees at once, all of them delimiters or all terminators
 */
static void scan_of_dense_text(void **state)
{
	struct scan scan = {0};
	char text[200];

	(void)state;
	for (size_t len = 0; len <= sizeof text; len++) {
		memset(text, ',', sizeof text);
		scan_text(&scan, text, (uint32_t)len, ',');
		assert_int_equal(scan.record_count, len > 0);
		assert_int_equal(scan.end_count, len ? len + 1 : 0); /* one given at the end */
		memset(text, '\n', sizeof text);
		scan_text(&scan, text, (uint32_t)len, ',');
		assert_int_equal(scan.record_count, len);
		assert_int_equal(scan.end_count, len);
	}
	scan_free(&scan);
}

/* rows with their place and fault, of a text that may be broken */
static void list_any_row(void *listing, const struct row *row)
{
	listing_put(listing, &row->offset, sizeof row->offset);
	listing_put(listing, &row->fault, sizeof row->fault);
	for (uint32_t i = 0; i < row->count; i++)
		listing_field(listing, row_field(row, i));
	listing_row(listing);
}

/* the same rows at every block size */
static void expect_any_size(const char *text, size_t len, char delimiter, const char *what)
{
	static const size_t SIZES[] = {16 << 20, 64, 100, 4096, 131072, 262144, 262145, 300000};
	struct memory_file file = memory_file_new();
	struct listing want = {0};
	struct listing got = {0};
	struct rows rows = {0};

	memory_file_set(&file, text, len);
	split_text(&file, 0, delimiter, SIZES[0], &rows, list_any_row, &want);
	for (size_t i = 1; i < sizeof SIZES / sizeof *SIZES; i++) {
		got.len = 0;
		split_text(&file, 0, delimiter, SIZES[i], &rows, list_any_row, &got);
		if (got.len != want.len || (got.len && memcmp(got.bytes, want.bytes, got.len)))
			fail_msg("%s: rows at block size %zu differ", what, SIZES[i]);
	}
	rows_free(&rows);
	free(want.bytes);
	free(got.bytes);
	close(file.fd);
}

/* short texts, most of which leave a quote open */
static void broken_texts_at_any_size(void **state)
{
	char text[2 * TEXT_MAX];
	char what[40];

	(void)state;
	for (uint32_t seed = 0; seed < random_trials(1000); seed++) {
		struct random r = {UINT64_C(1) << 40 | seed};
		char delimiter = DELIMITERS[random_below(&r, sizeof DELIMITERS)];
		size_t len = random_below(&r, sizeof text);

		for (size_t i = 0; i < len; i++)
			text[i] = draw_byte(&r, delimiter, true);
		snprintf(what, sizeof what, "seed %u", seed);
		expect_any_size(text, len, delimiter, what);
	}
}

/* one piece of a long text: a few rows, a long line, an open quote, a quoted field over many lines
 */
static size_t draw_piece(struct random *r, char *to, size_t room)
{
	static const uint32_t LONG[] = {RECORD_MAX - 2, RECORD_MAX - 1, RECORD_MAX,
	                                RECORD_MAX + 1, RECORD_MAX + 2, 2 * RECORD_MAX + 7};
	uint32_t kind = random_below(r, 6);
	size_t n = kind < 2 ? random_below(r, 3000) : LONG[random_below(r, 6)];

	if (n + 4 > room)
		n = random_below(r, (uint32_t)room / 2);
	for (size_t i = 0; i < n; i++)
		to[i] = i % 9 == 4 ? ',' : 'x';
	for (size_t i = 40; (kind < 2 || kind > 4) && i < n; i += 40 + random_below(r, 60))
		to[i] = '\n';
	if (kind >= 3 && n > 2)
		to[0] = '"';
	if (kind == 4 && n > 2)
		to[n - 1] = '"';
	if (kind == 5 && n > 2 && random_once_in(r, 2))
		to[random_below(r, (uint32_t)n)] = '"';
	to[n++] = '\n';
	return n;
}

static void long_texts_at_any_size(void **state)
{
	enum { ROOM = 1500000 };
	char *text = mem_new(ROOM, 1);
	char what[40];

	(void)state;
	for (uint32_t seed = 0; seed < 36; seed++) {
		struct random r = {UINT64_C(2) << 40 | seed};
		uint32_t pieces = 1 + random_below(&r, 7);
		size_t len = 0;

		for (uint32_t i = 0; i < pieces && ROOM - len > 100; i++)
			len += draw_piece(&r, text + len, ROOM - len);
		len -= random_once_in(&r, 3); /* sometimes without the last terminator */
		snprintf(what, sizeof what, "seed %u of %zu bytes", seed, len);
		expect_any_size(text, len, ',', what);
	}
	free(text);
}

/* what one row should be; fault and fields joined by '/' */
struct expected_row {
	uint64_t offset;
	const char *fields;
	enum row_fault fault;
};

struct expectation {
	const struct expected_row *at;
	size_t left;
};

static void expect_row(void *context, const struct row *row)
{
	struct expectation *e = context;
	char joined[200] = "";

	assert_true(e->left > 0);
	for (uint32_t i = 0; i < row->count; i++) {
		struct span s = span_trim(row_field(row, i));
		size_t at = strlen(joined);

		snprintf(joined + at, sizeof joined - at, "%s%.*s", i ? "/" : "", (int)s.len,
		         s.ptr);
	}
	assert_string_equal(joined, e->at->fields);
	assert_int_equal(row->offset, e->at->offset);
	assert_int_equal(row->fault, e->at->fault);
	e->at++;
	e->left--;
}

static void expect_rows(const char *text, size_t start, const struct expected_row *want, size_t n)
{
	struct memory_file file = memory_file_new();

	memory_file_set(&file, text, strlen(text));
	for (size_t size = BLOCK_SIZE_LEAST; size < 70; size++) {
		struct expectation e = {want, n};
		struct rows rows = {0};

		split_text(&file, start, ',', size, &rows, expect_row, &e);
		assert_int_equal(e.left, 0);
		rows_free(&rows);
	}
	close(file.fd);
}

#define EXPECT_ROWS(text, start, ...)                                                              \
	expect_rows(text, start, (const struct expected_row[]){__VA_ARGS__},                       \
	            sizeof((const struct expected_row[]){__VA_ARGS__}) /                           \
	                sizeof(struct expected_row))

/* by hand */
static void rows_by_hand(void **state)
{
	(void)state;
	EXPECT_ROWS("a,b\r\n\r\n  \n1,,\n,\n", 0, {0, "a/b", ROW_FINE}, {10, "1//", ROW_FINE},
	            {14, "/", ROW_FINE});
	EXPECT_ROWS("head\n a , b ", 5, {5, "a/b", ROW_FINE});
	EXPECT_ROWS("\"x,1\",\"a \"\"b\"\"\"\n\"two\nlines\",z\n", 0, {0, "x,1/a \"b\"", ROW_FINE},
	            {16, "two\nlines/z", ROW_FINE});
	/* a quote in the middle of a field is a byte like any other */
	EXPECT_ROWS("5\" pipe,2\nnext,3\n", 0, {0, "5\" pipe/2", ROW_FINE},
	            {10, "next/3", ROW_FINE});
	EXPECT_ROWS("\"\"\n\n", 0, {0, "", ROW_FINE});
	/* never closed: the line with the quote is a fault, the others are rows */
	EXPECT_ROWS("a,1\n\"b,2\nc,3\n", 0, {0, "a/1", ROW_FINE}, {4, "\"b,2", ROW_OPEN_QUOTE},
	            {9, "c/3", ROW_FINE});
}

static void empty_text(void **state)
{
	struct memory_file file = memory_file_new();
	struct expectation none = {NULL, 0};
	struct rows rows = {0};

	(void)state;
	memory_file_set(&file, "", 0);
	split_text(&file, 0, ',', 64, &rows, expect_row, &none);
	memory_file_set(&file, "\n\r\n  \n", 6);
	split_text(&file, 0, ',', 64, &rows, expect_row, &none);
	rows_free(&rows);
	close(file.fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(rows_by_hand),
	    cmocka_unit_test(empty_text),
	    cmocka_unit_test(rows_are_those_of_libcsv),
	    cmocka_unit_test(kernels_agree),
	    cmocka_unit_test(scan_of_dense_text),
	    cmocka_unit_test(broken_texts_at_any_size),
	    cmocka_unit_test(long_texts_at_any_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * state/sent: what was delivered, kept in a file. Expectations: what sent.h promises; the layout
 * that sent_file.c and container.h describe; what the writers made of the same record before it was
 * kept. Vessels are none: MMSIs are random numbers.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/utc.h"
#include "law/random.h"
#include "report/columns.h"
#include "report/gap_id.h"
#include "report/writer.h"
#include "run/changes.h"
#include "state/code.h"
#include "state/container.h"
#include "state/sent.h"
#include "state/sent_check.h"

static const char MAGIC[8] = "AISGSENT";
static const char ADVICE[] = "; without it every gap is delivered once more";

enum { SETTINGS = 1, COLUMNS = 2, ROWS = 3 };

static char directory[256]; /* made by set_up */
static char path[300];
static char other[300];

/* in memory where that can be had: thousands of files are synced */
static int set_up(void **state)
{
	const char *parent = getenv("TMPDIR");

	(void)state;
	if (!parent)
		parent = access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm";
	snprintf(directory, sizeof directory, "%s/aisgap-sent-XXXXXX", parent);
	if (!mkdtemp(directory))
		return -1;
	snprintf(path, sizeof path, "%s/s.sent", directory);
	snprintf(other, sizeof other, "%s/other.sent", directory);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	unlink(path);
	unlink(other);
	return rmdir(directory);
}

/* bytes as a feed may hold them: letters, blanks, quotes, controls, halves of characters */
static struct span random_text(struct random *r, char bytes[300])
{
	static const char SOME[] = "AB;,\"'=+ \t\n\x01\x7F\x80\xC3\xA9\xE2\x80\xA6\xAE\xF0<&\\";
	size_t len = random_below(r, random_once_in(r, 8) ? 300 : 12);

	for (size_t i = 0; i < len; i++)
		bytes[i] = SOME[random_below(r, sizeof SOME - 1)];
	return (struct span){bytes, len};
}

static struct fix random_fix(struct random *r, int64_t t_ms)
{
	return (struct fix){
	    .t_ms = t_ms,
	    .lat_deg = random_below(r, 1800001) / 10000.0 - 90,
	    .lon_deg = random_below(r, 3600000) / 10000.0 - 180,
	    .sog_kn = (float)random_below(r, 1000) / 10,
	    .known = random_once_in(r, 2) ? KNOWN_SOG : 0,
	    .ais_class = (uint8_t)random_below(r, 3),
	};
}

/* what one record borrows */
struct texts {
	char name[300];
	char port[300];
	char area[300];
};

static struct record random_record(struct random *r, struct gap *gap, struct texts *texts)
{
	bool open = random_once_in(r, 3);
	int64_t off = UTC_MIN_MS + (int64_t)(random_next(r) % (uint64_t)(100000 * HOUR_MS));
	struct record record = {
	    .open = open,
	    .verdict = random_once_in(r, 2) ? "unheard" : NULL,
	    .confidence = random_once_in(r, 2) ? random_below(r, 1001) / 1000.0 : NAN,
	    .reasons = random_once_in(r, 4) ? SPAN("berth;after_as_of") : SPAN(""),
	    .area = random_text(r, texts->area),
	    .mmsi = (int64_t)(random_next(r) >> random_below(r, 64)) - 1000,
	    .imo = random_once_in(r, 2) ? 9074729 : 0,
	    .name = random_text(r, texts->name),
	    .flag = random_once_in(r, 2) ? "ZZ" : "",
	    .off = {.fix = random_fix(r, off),
	            .port = random_text(r, texts->port),
	            .port_nm = random_below(r, 1000) / 10.0,
	            .shore_nm = random_once_in(r, 2) ? NAN : random_below(r, 1000) / 7.0},
	    .on = {.port_nm = NAN, .shore_nm = NAN},
	    .duration_h = NAN,
	    .distance_nm = NAN,
	    .implied_speed_kn = NAN,
	    .heard_min_12h_before = (int)random_below(r, 721) - 1,
	    .heard_min_12h_after = -1,
	    .likelihood_ratio = pow(10, random_below(r, 700) / 10.0 - 35),
	    .p_silent_if_on = random_once_in(r, 4) ? NAN : pow(10, -(double)random_below(r, 30)),
	    .others_heard = (int)random_below(r, 100) - 1,
	    .others_silent = (int)random_below(r, 100) - 1,
	};

	if (!open) {
		int64_t length = 1 + (int64_t)random_below(r, 1000000000);

		record.on.fix = random_fix(r, off + length);
		record.on.port = SPAN("EXAMPLE PORT");
		record.on.port_nm = 0.5;
		record.duration_h = random_below(r, 10000) / 10.0;
		record.distance_nm = random_below(r, 10000) / 3.0;
		record.implied_speed_kn = random_below(r, 10000) / 7.0;
	}
	*gap = (struct gap){.mmsi = record.mmsi,
	                    .off = record.off.fix,
	                    .on = record.on.fix,
	                    .zone = (uint8_t)random_below(r, 3),
	                    .open = open};
	gap_id(gap->mmsi, &gap->off, gap->zone, record.gap_id);
	return record;
}

static void add_random(struct sent *sent, struct random *r, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct texts texts;
		struct gap gap;
		struct record record = random_record(r, &gap, &texts);

		sent_add(sent, &gap, &record);
	}
	sent_sort(sent);
}

static struct sent random_list(uint64_t seed, size_t count)
{
	struct sent sent = {.count = 0};
	struct random r = {seed};

	sent.settings = arena_span(&sent.arena, SPAN("area vladivostok\nmin-gap 6h\n"));
	add_random(&sent, &r, count);
	return sent;
}

/* the row's value in a column, to be changed by a test */
static struct span *value_of(const struct sent *sent, size_t row, const char *name)
{
	size_t i = 0;

	assert_non_null(column_find(span_of(name), &i));
	return (struct span *)(uintptr_t)&sent->rows[row].values[i];
}

static void assert_same_list(const struct sent *a, const struct sent *b)
{
	assert_true(span_eq(a->settings, b->settings));
	assert_int_equal(a->count, b->count);
	for (size_t i = 0; i < a->count; i++) {
		const struct sent_row *x = &a->rows[i];
		const struct sent_row *y = &b->rows[i];

		assert_true(x->mmsi == y->mmsi && x->off_ms == y->off_ms && x->on_ms == y->on_ms);
		assert_true(x->zone == y->zone && x->open == y->open);
		for (size_t c = 0; c < column_count(); c++) {
			assert_true(!x->values[c].ptr == !y->values[c].ptr);
			assert_true(span_eq(x->values[c], y->values[c]));
		}
	}
}

/* all bytes of a file, to be freed */
static char *bytes_of(const char *file_path, size_t *len)
{
	FILE *file = fopen(file_path, "rb");
	struct stat st;
	char *bytes;

	assert_non_null(file);
	assert_int_equal(fstat(fileno(file), &st), 0);
	*len = (size_t)st.st_size;
	bytes = malloc(*len + 1);
	assert_int_equal(fread(bytes, 1, *len, file), *len);
	fclose(file);
	return bytes;
}

static void put_bytes(const char *file_path, const char *bytes, size_t len)
{
	FILE *file = fopen(file_path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
}

static void expect_refused(const char *why)
{
	struct sent sent = {.count = 0};
	struct diag diag = {""};
	bool exists = false;

	assert_int_equal(sent_read(path, &sent, &exists, &diag), ST_FAILED);
	assert_true(exists);
	if (!strstr(diag.text, why))
		print_error("no \"%s\" in: %s\n", why, diag.text);
	assert_non_null(strstr(diag.text, why));
	assert_memory_equal(diag.text, path, strlen(path));
	assert_non_null(strstr(diag.text, ADVICE));
	assert_null(sent.rows);
	assert_int_equal(sent.count, 0);
	assert_null(sent.arena.blocks);
	assert_null(sent.settings.ptr);
}

static void no_file_is_an_empty_list(void **state)
{
	struct sent sent = {.count = 0};
	bool exists = true;

	(void)state;
	unlink(path);
	assert_int_equal(sent_read(path, &sent, &exists, NULL), ST_OK);
	assert_false(exists);
	assert_int_equal(sent.count, 0);
	sent_free(&sent);
}

/* 2500 rows take three sections */
static void what_was_written_is_read(void **state)
{
	static const size_t COUNTS[] = {0, 1, 5, 1024, 2500};

	(void)state;
	for (size_t i = 0; i < sizeof COUNTS / sizeof COUNTS[0]; i++) {
		struct sent sent = random_list(i, COUNTS[i]);
		struct sent back = {.count = 0};
		bool exists = false;
		struct diag diag = {""};
		char *first;
		char *second;
		size_t first_len;
		size_t second_len;

		assert_int_equal(sent_write(path, &sent, &diag), ST_OK);
		if (sent_read(path, &back, &exists, &diag) != ST_OK)
			fail_msg("%s", diag.text);
		assert_true(exists);
		assert_same_list(&sent, &back);
		assert_int_equal(sent_write(other, &back, NULL), ST_OK);
		first = bytes_of(path, &first_len);
		second = bytes_of(other, &second_len);
		assert_int_equal(first_len, second_len);
		assert_memory_equal(first, second, first_len);
		free(first);
		free(second);
		sent_free(&sent);
		sent_free(&back);
	}
}

/* a list that is read back must never be refused for what a ship chose to send */
static void whatever_a_ship_sends_is_kept(void **state)
{
	struct sent sent = random_list(77, random_trials(20000));

	(void)state;
	for (size_t i = 0; i < sent.count; i++) {
		const char *fault = sent_fault(&sent.rows[i]);

		if (fault)
			fail_msg("row %zu: %s", i, fault);
	}
	sent_free(&sent);
}

static void rows_stand_by_id_and_once(void **state)
{
	struct sent sent = {.count = 0};
	struct random twice[2] = {{5}, {5}};

	(void)state;
	add_random(&sent, &twice[0], 50);
	add_random(&sent, &twice[1], 50);
	assert_int_equal(sent.count, 50);
	for (size_t i = 1; i < sent.count; i++)
		assert_true(span_cmp(sent_gap_id(&sent.rows[i - 1]), sent_gap_id(&sent.rows[i])) <
		            0);
	sent_free(&sent);
}

static char *written(const struct writer *writer, const struct record *record)
{
	static const struct report_head head = {.from_ms = INT64_MIN,
	                                        .to_ms = INT64_MIN,
	                                        .min_gap_ms = 6 * HOUR_MS,
	                                        .everywhere = true,
	                                        .by = "overlap"};
	static const struct writer_options options = {NULL, 0, 0, false};
	struct sink *sink = sink_memory();
	void *state = writer->begin(sink, &head, &options);
	char *text;

	writer->row(state, sink, record);
	writer->end(state, sink);
	text = mem_string(sink_bytes(sink));
	sink_close(sink, NULL, NULL);
	return text;
}

/* (a table rounds what was rounded before, so its numbers here have few decimals) */
static void a_kept_record_is_written_as_before(void **state)
{
	struct random r = {11};

	(void)state;
	for (uint32_t trial = random_trials(2000); trial; trial--) {
		struct sent sent = {.count = 0};
		struct texts texts;
		struct gap gap;
		struct record record = random_record(&r, &gap, &texts);
		struct record kept;

		sent_add(&sent, &gap, &record);
		sent_record(&sent.rows[0], &kept);
		for (size_t i = 0; writer_at(i); i++) {
			char *before = written(writer_at(i), &record);
			char *after = written(writer_at(i), &kept);

			/* the table shows a list as one text */
			if (i || !memchr(texts.area, ';', record.area.len))
				assert_string_equal(before, after);
			free(before);
			free(after);
		}
		sent_free(&sent);
	}
}

static void every_flipped_bit_is_noticed(void **state)
{
	struct sent sent = random_list(3, 20);
	struct random r = {3};
	size_t len;
	char *bytes;

	(void)state;
	assert_int_equal(sent_write(path, &sent, NULL), ST_OK);
	bytes = bytes_of(path, &len);
	for (uint32_t trial = random_trials(3000); trial; trial--) {
		size_t at = random_below(&r, (uint32_t)len);
		char bit = (char)(1 << random_below(&r, 8));

		bytes[at] = (char)(bytes[at] ^ bit);
		put_bytes(path, bytes, len);
		expect_refused("");
		bytes[at] = (char)(bytes[at] ^ bit);
	}
	free(bytes);
	sent_free(&sent);
}

static void every_cut_is_noticed(void **state)
{
	struct sent sent = random_list(4, 2);
	size_t len;
	char *bytes;

	(void)state;
	assert_int_equal(sent_write(path, &sent, NULL), ST_OK);
	bytes = bytes_of(path, &len);
	for (size_t i = 0; i < len; i++) {
		put_bytes(path, bytes, i);
		expect_refused("");
	}
	free(bytes);
	sent_free(&sent);
}

static void put_container(const char *magic, uint32_t version, const uint32_t *tags,
                          const struct span *payloads, size_t count)
{
	struct container_out *out;

	assert_int_equal(container_create(path, magic, version, &out, NULL), ST_OK);
	for (size_t i = 0; i < count; i++)
		container_put(out, tags[i], payloads[i]);
	assert_int_equal(container_commit(out, NULL), ST_OK);
}

static void other_files_are_refused(void **state)
{
	(void)state;
	put_bytes(path, "", 0);
	expect_refused("");
	put_bytes(path, "mmsi,time\n1,2\n", 14);
	expect_refused("a list of what was delivered");
	put_container("AISGAPST", 1, NULL, NULL, 0);
	expect_refused("a list of what was delivered");
	put_container(MAGIC, 2, NULL, NULL, 0);
	expect_refused("newer aisgap");
}

/* the file of one random row whose value in a column is this; true when it is read */
static bool takes_value(const char *column, struct span value, bool open)
{
	struct sent sent = {.count = 0};
	struct sent back = {.count = 0};
	struct random r = {open ? 1 : 2};
	bool exists;
	bool taken;

	do {
		sent_free(&sent);
		add_random(&sent, &r, 1);
	} while (sent.rows[0].open != open);
	*value_of(&sent, 0, column) = value;
	assert_int_equal(sent_write(path, &sent, NULL), ST_OK);
	taken = sent_read(path, &back, &exists, NULL) == ST_OK;
	if (!taken)
		expect_refused("");
	sent_free(&back);
	sent_free(&sent);
	return taken;
}

static void a_value_must_be_one_of_its_column(void **state)
{
	static const struct {
		const char *column;
		struct span value;
	} bad[] = {
	    {"gap_id", SPAN("")},
	    {"gap_id", SPAN("0123456789abcdef0123456789abcde")},
	    {"gap_id", SPAN("0123456789ABCDEF0123456789abcdef")},
	    {"gap_id", SPAN("0123456789abcdef0123456789abcdef0")},
	    {"status", SPAN("")},
	    {"status", SPAN("open")}, /* of a closed gap */
	    {"status", SPAN("closed\n")},
	    {"mmsi", SPAN("")},
	    {"mmsi", SPAN("1")},
	    {"imo", SPAN("+9074729")},
	    {"imo", SPAN("01")},
	    {"imo", SPAN("-")},
	    {"imo", SPAN("1\0")},
	    {"imo", SPAN(" 1")},
	    {"off_sog_kn", SPAN("1.")},
	    {"off_sog_kn", SPAN(".5")},
	    {"off_sog_kn", SPAN("1e")},
	    {"off_sog_kn", SPAN("1e+")},
	    {"off_sog_kn", SPAN("1e999")},
	    {"off_sog_kn", SPAN("nan")},
	    {"off_sog_kn", SPAN("0x10")},
	    {"off_sog_kn", SPAN("1,2")},
	    {"off_sog_kn", SPAN("1.000000000000000000000000000000000000000000000000")},
	    {"off_lat", SPAN("")},
	    {"off_lat", SPAN("90.5")},
	    {"off_lon", SPAN("-180.5")},
	    {"on_lat", SPAN("")},
	    {"on_lon", SPAN("1e300")},
	    {"off_time", SPAN("")},
	    {"off_time", SPAN("2026-01-06T12:14:05Z")},
	    {"on_time", SPAN("2026")},
	    {"flag", SPAN("=A")},
	    {"verdict", SPAN("=off")},
	    {"verdict", SPAN("off\n")},
	    {"confidence", SPAN("high")},
	    {"likelihood_ratio", SPAN("inf")},
	    {"others_heard", SPAN("+7")},
	    {"flag", SPAN("A,B")},
	    {"flag", SPAN("A\"")},
	    {"name", SPAN("A\nB")},
	    {"name", SPAN("A ")},
	    {"name", SPAN("\x1B[2J")},
	    {"name", SPAN("\xC3")},
	    {"area", SPAN("a;")},
	    {"area", SPAN("a;;b")},
	    {"area", SPAN(";")},
	    {"area", SPAN("a;b ")},
	};
	static const struct {
		const char *column;
		struct span value;
	} good[] = {
	    {"imo", SPAN("")},
	    {"imo", SPAN("9074729")},
	    {"off_sog_kn", SPAN("1e-05")},
	    {"off_sog_kn", SPAN("-0.5E+3")},
	    {"flag", SPAN("NOT_KNOWN")},
	    {"verdict", SPAN("")},
	    {"verdict", SPAN("off")},
	    {"confidence", SPAN("0.999")},
	    {"likelihood_ratio", SPAN("1.2e-05")},
	    {"others_silent", SPAN("0")},
	    {"name", SPAN("=1,\"")},
	    {"area", SPAN("a;b:path")},
	    {"off_lat", SPAN("-90")},
	};
	char name[COLUMN_TEXT_CHARS + 1];

	(void)state;
	memset(name, 'X', sizeof name);
	assert_true(takes_value("name", (struct span){name, sizeof name - 1}, false));
	assert_false(takes_value("name", (struct span){name, sizeof name}, false));
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
		assert_true(takes_value(good[i].column, good[i].value, false));
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		if (takes_value(bad[i].column, bad[i].value, false))
			fail_msg("%s: '%s' was taken", bad[i].column, bad[i].value.ptr);
	}
	assert_false(takes_value("on_lat", SPAN("1"), true));
	assert_false(takes_value("on_time", SPAN("2026-01-06T12:14:05Z"), true));
	assert_true(takes_value("off_lat", SPAN("1"), true));
}

static void a_row_must_tell_one_story(void **state)
{
	struct sent sent = random_list(6, 3);
	struct sent_row *row = &sent.rows[1];
	struct sent_row was;

	(void)state;
	row->open = false;
	row->on_ms = row->off_ms + 1;
	was = *row;
	row->on_ms = row->off_ms;
	assert_string_equal(sent_fault(row), "a time is out of range");
	*row = was;
	row->on_ms = INT64_MAX;
	assert_string_equal(sent_fault(row), "a time is out of range");
	*row = was;
	row->off_ms = INT64_MIN;
	assert_string_equal(sent_fault(row), "a time is out of range");
	*row = was;
	row->mmsi++;
	assert_non_null(sent_fault(row));
	*row = was;
	/* out of order, and twice */
	sent.rows[1] = sent.rows[2];
	assert_int_equal(sent_write(path, &sent, NULL), ST_OK);
	expect_refused("rows are out of order");
	sent_free(&sent);
}

/* the names of all columns but the one left out, and as many besides; then a row of texts for them
 */
static struct code_out columns_payload(const char *without, const char *const *more, size_t count)
{
	struct code_out code = {.bytes = NULL};
	size_t left_out = column_find(span_of(without), NULL) ? 1 : 0;

	code_varint(&code, column_count() - COLUMN_GAP_ID - left_out + count);
	for (size_t i = COLUMN_GAP_ID; i < column_count(); i++) {
		if (strcmp(column_at(i)->name, without) != 0)
			code_text(&code, span_of(column_at(i)->name));
	}
	for (size_t i = 0; i < count; i++)
		code_text(&code, span_of(more[i]));
	return code;
}

/* without all of them where `without` is NULL */
static struct code_out row_payload(const struct sent_row *row, const char *without, size_t more)
{
	struct code_out code = {.bytes = NULL};

	code_signed(&code, row->mmsi);
	code_signed(&code, row->off_ms);
	code_byte(&code, row->zone);
	code_byte(&code, row->open);
	if (!row->open)
		code_signed(&code, row->on_ms);
	for (size_t i = COLUMN_GAP_ID; without && i < column_count(); i++) {
		if (strcmp(column_at(i)->name, without) != 0)
			code_text(&code, row->values[i]);
	}
	for (size_t i = 0; i < more; i++)
		code_text(&code, SPAN("=1\n"));
	return code;
}

static struct span span_in(const struct code_out *code)
{
	return (struct span){code->bytes, code->len};
}

static void put_parts(const struct code_out *columns, const struct code_out *rows)
{
	const uint32_t tags[] = {SETTINGS, COLUMNS, ROWS};
	const struct span payloads[] = {SPAN("x"), span_in(columns), span_in(rows)};

	put_container(MAGIC, 1, tags, payloads, 3);
}

/* a file of a version that has other columns: what it does not have is not known here */
static void columns_are_matched_by_name(void **state)
{
	static const char *const MORE[] = {"tonnage", "", "draught_m"};
	struct sent sent = random_list(8, 1);
	struct sent back = {.count = 0};
	struct code_out columns = columns_payload("heard_min_12h_before", MORE, 3);
	struct code_out row = row_payload(&sent.rows[0], "heard_min_12h_before", 3);
	struct record record;
	bool exists;

	(void)state;
	put_parts(&columns, &row);
	assert_int_equal(sent_read(path, &back, &exists, NULL), ST_OK);
	assert_int_equal(back.count, 1);
	assert_null(value_of(&back, 0, "heard_min_12h_before")->ptr);
	*value_of(&sent, 0, "heard_min_12h_before") = (struct span){NULL, 0};
	sent.settings = SPAN("x");
	assert_same_list(&sent, &back);
	sent_record(&back.rows[0], &record);
	assert_null(strstr(record.gap_id, "="));
	free(columns.bytes);
	free(row.bytes);
	sent_free(&sent);
	sent_free(&back);
}

static bool is_evidence(const char *column)
{
	static const char *const NAMES[] = {"verdict",        "confidence",   "likelihood_ratio",
	                                    "p_silent_if_on", "others_heard", "others_silent"};

	for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
		if (!strcmp(column, NAMES[i]))
			return true;
	}
	return false;
}

/* the list as a version wrote it that did not judge */
static void write_before_verdicts(const struct sent *sent)
{
	struct code_out columns = {.bytes = NULL};
	struct code_out rows = {.bytes = NULL};
	size_t count = 0;

	for (size_t i = COLUMN_GAP_ID; i < column_count(); i++)
		count += !is_evidence(column_at(i)->name);
	assert_int_equal(count, column_count() - COLUMN_GAP_ID - 6);
	code_varint(&columns, count);
	for (size_t i = COLUMN_GAP_ID; i < column_count(); i++) {
		if (!is_evidence(column_at(i)->name))
			code_text(&columns, span_of(column_at(i)->name));
	}
	for (size_t row = 0; row < sent->count; row++) {
		struct code_out head = row_payload(&sent->rows[row], NULL, 0);

		code_raw(&rows, span_in(&head));
		free(head.bytes);
		for (size_t i = COLUMN_GAP_ID; i < column_count(); i++) {
			if (!is_evidence(column_at(i)->name))
				code_text(&rows, sent->rows[row].values[i]);
		}
	}
	put_parts(&columns, &rows);
	free(columns.bytes);
	free(rows.bytes);
}

/* the first run that judges must not call every gap of years revised */
static void a_list_of_before_verdicts_is_no_revision(void **state)
{
	static const struct changes_rules RULES = {.horizon_ms = INT64_MIN};
	struct sent sent = random_list(21, 200);
	struct sent back = {.count = 0};
	struct changes changes = {NULL, 0, 0};
	struct record record;
	bool exists;

	(void)state;
	write_before_verdicts(&sent);
	assert_int_equal(sent_read(path, &back, &exists, NULL), ST_OK);
	assert_int_equal(back.count, 200);
	assert_null(value_of(&back, 7, "verdict")->ptr);
	changes_find(&back, &sent, &RULES, &changes);
	assert_int_equal(changes.count, 0);
	/* the next run compares them */
	assert_int_equal(sent_write(path, &sent, NULL), ST_OK);
	sent_free(&back);
	assert_int_equal(sent_read(path, &back, &exists, NULL), ST_OK);
	*value_of(&sent, 7, "verdict") = SPAN("gnss");
	changes_find(&back, &sent, &RULES, &changes);
	assert_int_equal(changes.count, 1);
	assert_string_equal(changes.at[0].kind, "revised");
	sent_record(changes.at[0].row, &record);
	assert_true(isnan(record.confidence) && record.others_heard == -1);
	changes_free(&changes);
	sent_free(&sent);
	sent_free(&back);
}

static void columns_that_make_no_list_are_refused(void **state)
{
	static const char *const TWICE[] = {"imo"};
	static const char *const CHANGE[] = {"former_gap_id"};
	struct sent sent = random_list(9, 1);
	static const char *const NEEDED[] = {"gap_id", "mmsi", "off_lat", "on_lon", "status"};
	struct code_out row = row_payload(&sent.rows[0], "", 1);
	struct code_out columns = columns_payload("", TWICE, 1);

	(void)state;
	put_parts(&columns, &row);
	expect_refused("a column is named twice");
	free(columns.bytes);
	columns = columns_payload("", CHANGE, 1);
	put_parts(&columns, &row);
	expect_refused("none of a gap");
	columns.len--;
	put_parts(&columns, &row);
	expect_refused("do not fill their section");
	free(columns.bytes);
	columns = columns_payload("", NULL, 0);
	code_byte(&columns, 0);
	put_parts(&columns, &row);
	expect_refused("do not fill their section");
	columns.len = 0;
	code_varint(&columns, UINT64_MAX);
	put_parts(&columns, &row);
	expect_refused("too many columns");
	free(columns.bytes);
	for (size_t i = 0; i < sizeof NEEDED / sizeof NEEDED[0]; i++) {
		columns = columns_payload(NEEDED[i], NULL, 0);
		put_parts(&columns, &row);
		expect_refused("a column is missing");
		free(columns.bytes);
	}
	free(row.bytes);
	sent_free(&sent);
}

static void sections_have_an_order(void **state)
{
	static const struct {
		uint32_t tags[4];
		size_t count;
	} bad[] = {
	    {{0}, 0},
	    {{SETTINGS}, 1},
	    {{COLUMNS, SETTINGS}, 2},
	    {{SETTINGS, ROWS}, 2},
	    {{SETTINGS, SETTINGS, COLUMNS}, 3},
	    {{SETTINGS, COLUMNS, COLUMNS}, 3},
	    {{SETTINGS, COLUMNS, ROWS, COLUMNS}, 4},
	    {{SETTINGS, COLUMNS, ROWS, 4}, 4},
	    {{SETTINGS, COLUMNS, 4}, 3},
	    {{SETTINGS, COLUMNS, UINT32_MAX}, 3},
	};
	struct code_out columns = columns_payload("", NULL, 0);
	const struct span payload_of[] = {SPAN(""), SPAN("x"), span_in(&columns), SPAN("")};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct span payloads[4];

		for (size_t s = 0; s < bad[i].count; s++)
			payloads[s] = payload_of[bad[i].tags[s] <= ROWS ? bad[i].tags[s] : 0];
		put_container(MAGIC, 1, bad[i].tags, payloads, bad[i].count);
		expect_refused("a section is");
	}
	free(columns.bytes);
}

static void rows_fill_their_section(void **state)
{
	struct sent sent = random_list(12, 1);
	struct code_out columns = columns_payload("", NULL, 0);
	struct code_out head = {.bytes = NULL};
	struct code_out row;

	(void)state;
	sent.rows[0].open = false;
	row = row_payload(&sent.rows[0], "", 0);
	row.len--;
	put_parts(&columns, &row);
	expect_refused("a row is cut off");
	row.len++;
	code_byte(&row, 0);
	put_parts(&columns, &row);
	expect_refused("a row is cut off");
	row.len--;
	/* neither open nor closed */
	code_signed(&head, sent.rows[0].mmsi);
	code_signed(&head, sent.rows[0].off_ms);
	assert_int_equal(row.bytes[head.len + 1], 0);
	row.bytes[head.len + 1] = 2;
	put_parts(&columns, &row);
	expect_refused("a row is cut off");
	free(head.bytes);
	free(columns.bytes);
	free(row.bytes);
	sent_free(&sent);
}

/*
 * Checksums hold off accidents, not strangers: payloads broken at random, with checksums that fit,
 * are refused or give rows that every writer can take.
 */
static void whatever_passes_the_checksums_is_harmless(void **state)
{
	struct sent sent = random_list(10, 4);
	struct code_out columns = columns_payload("", NULL, 0);
	struct code_out rows = {.bytes = NULL};
	struct random r = {10};
	uint32_t trials = random_trials(4000);
	uint32_t taken = 0;

	(void)state;
	for (size_t i = 0; i < sent.count; i++) {
		struct code_out row = row_payload(&sent.rows[i], "", 0);

		code_raw(&rows, span_in(&row));
		free(row.bytes);
	}
	for (uint32_t trial = 0; trial < trials; trial++) {
		struct code_out *part = random_once_in(&r, 6) ? &columns : &rows;
		size_t at = random_below(&r, (uint32_t)part->len);
		char byte = part->bytes[at];
		size_t len = part->len;
		struct sent back = {.count = 0};
		bool exists;

		part->bytes[at] = (char)random_next(&r);
		if (random_once_in(&r, 10))
			part->len = at;
		put_parts(&columns, &rows);
		if (sent_read(path, &back, &exists, NULL) == ST_OK)
			taken++;
		for (size_t i = 0; i < back.count; i++) {
			struct record record;

			sent_record(&back.rows[i], &record);
			for (size_t w = 0; writer_at(w); w++)
				free(written(writer_at(w), &record));
		}
		sent_free(&back);
		part->bytes[at] = byte;
		part->len = len;
	}
	assert_in_range(taken, trials / 100, trials - trials / 10);
	free(columns.bytes);
	free(rows.bytes);
	sent_free(&sent);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(no_file_is_an_empty_list),
	    cmocka_unit_test(what_was_written_is_read),
	    cmocka_unit_test(whatever_a_ship_sends_is_kept),
	    cmocka_unit_test(rows_stand_by_id_and_once),
	    cmocka_unit_test(a_kept_record_is_written_as_before),
	    cmocka_unit_test(every_flipped_bit_is_noticed),
	    cmocka_unit_test(every_cut_is_noticed),
	    cmocka_unit_test(other_files_are_refused),
	    cmocka_unit_test(a_value_must_be_one_of_its_column),
	    cmocka_unit_test(a_row_must_tell_one_story),
	    cmocka_unit_test(columns_are_matched_by_name),
	    cmocka_unit_test(a_list_of_before_verdicts_is_no_revision),
	    cmocka_unit_test(columns_that_make_no_list_are_refused),
	    cmocka_unit_test(sections_have_an_order),
	    cmocka_unit_test(rows_fill_their_section),
	    cmocka_unit_test(whatever_passes_the_checksums_is_harmless),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}

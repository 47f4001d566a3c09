/*
 * report: columns and writers. Expectations: RFC 4180, RFC 8259 and RFC 7946 for the formats;
 * number spellings from Python's repr; crossing latitudes and table layouts by hand. The vessel is
 * none: 123456 is no ship's MMSI.
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

#include "report/columns.h"
#include "report/writer.h"

static const struct report_head HEAD = {
    .from_ms = INT64_MIN,
    .to_ms = INT64_MIN,
    .as_of_ms = INT64_C(1767787200000), /* 2026-01-07T12:00:00Z */
    .min_gap_ms = 6 * 3600 * INT64_C(1000),
    .areas = (const char *const[]){"vladivostok", "caspian"},
    .area_count = 2,
};

static const struct writer_options PLAIN = {NULL, 0, 0, false};

/* off 2026-01-06T12:14:05.250Z, on twelve and a half hours later */
static struct record closed_gap(void)
{
	struct record record = {
	    .gap_id = "0123456789abcdef0123456789abcdef",
	    .verdict = "unclear",
	    .confidence = 0.25,
	    .reasons = SPAN(""),
	    .area = SPAN("vladivostok"),
	    .mmsi = 123456,
	    .name = SPAN("EXAMPLE ONE"),
	    .flag = "",
	    .off = {.fix = {.t_ms = INT64_C(1767701645250),
	                    .lat_deg = 42.31,
	                    .lon_deg = 131.9,
	                    .sog_kn = 12.3f,
	                    .known = KNOWN_SOG,
	                    .ais_class = CLASS_A},
	            .port = SPAN("Slavyanka"),
	            .port_nm = 24.638,
	            .shore_nm = NAN},
	    .on = {.fix = {.t_ms = INT64_C(1767746645250), .lat_deg = -0.5, .lon_deg = 1e-5},
	           .port_nm = NAN,
	           .shore_nm = NAN},
	    .duration_h = 12.5,
	    .distance_nm = 7412.25,
	    .implied_speed_kn = 592.98,
	    .heard_min_12h_before = 0,
	    .heard_min_12h_after = -1,
	    .likelihood_ratio = 3,
	    .p_silent_if_on = NAN,
	    .others_heard = 7,
	    .others_silent = -1,
	};

	return record;
}

static struct record open_gap(void)
{
	struct record record = closed_gap();

	record.open = true;
	record.duration_h = record.distance_nm = record.implied_speed_kn = NAN;
	memset(&record.on, 0, sizeof record.on);
	return record;
}

/* what a writer makes of these records; freed by the caller */
static char *written_under(const struct report_head *head, const char *format,
                           const struct writer_options *options, const struct record *records,
                           size_t count)
{
	const struct writer *writer = writer_find(format);
	struct sink *sink = sink_memory();
	void *state = writer->begin(sink, head, options);
	struct span bytes;
	char *text;

	for (size_t i = 0; i < count; i++)
		writer->row(state, sink, &records[i]);
	writer->end(state, sink);
	bytes = sink_bytes(sink);
	text = malloc(bytes.len + 1);
	span_copy(bytes, text, bytes.len + 1);
	sink_close(sink, NULL, NULL);
	return text;
}

static char *written(const char *format, const struct writer_options *options,
                     const struct record *records, size_t count)
{
	return written_under(&HEAD, format, options, records, count);
}

static void expect_written(const char *format, const struct writer_options *options,
                           const struct record *records, size_t count, const char *want)
{
	char *text = written(format, options, records, count);

	assert_string_equal(text, want);
	free(text);
}

static void expect_holds(const char *format, const struct record *record, const char *want)
{
	char *text = written(format, &PLAIN, record, 1);

	if (!strstr(text, want))
		print_error("no %s in %s\n", want, text);
	assert_non_null(strstr(text, want));
	free(text);
}

/* the cell of one column as CSV writes it, with its line end */
static void expect_csv(const char *column, const struct record *record, const char *want)
{
	unsigned char columns[COLUMNS_MAX];
	struct writer_options options = {columns, 0, 0, false};
	char expected[200];

	assert_int_equal(
	    columns_parse(span_of(column), false, columns, &options.column_count, NULL), ST_OK);
	snprintf(expected, sizeof expected, "%s\n%s\n", column, want);
	expect_written("csv", &options, record, 1, expected);
}

static void columns_are_read_in_the_order_given(void **state)
{
	unsigned char columns[COLUMNS_MAX];
	size_t count;

	(void)state;
	assert_int_equal(columns_parse(SPAN("mmsi, gap_id,OFF_TIME"), false, columns, &count, NULL),
	                 ST_OK);
	assert_int_equal(count, 3);
	assert_string_equal(column_at(columns[0])->name, "mmsi");
	assert_string_equal(column_at(columns[1])->name, "gap_id");
	assert_string_equal(column_at(columns[2])->name, "off_time");
}

static void wrong_columns_are_told_with_the_right_ones(void **state)
{
	unsigned char columns[COLUMNS_MAX];
	struct diag diag;
	size_t count;

	(void)state;
	assert_int_equal(columns_parse(SPAN("mmsi,n\033ome"), false, columns, &count, &diag),
	                 ST_USAGE);
	assert_non_null(strstr(diag.text, "no column \"nome\""));
	assert_non_null(strstr(diag.text, "gap_id,status,"));
	assert_non_null(strstr(diag.text, ",others_silent"));
	assert_int_equal(columns_parse(SPAN(""), false, columns, &count, &diag), ST_USAGE);
	assert_int_equal(columns_parse(SPAN("mmsi,"), false, columns, &count, &diag), ST_USAGE);
	assert_int_equal(columns_parse(SPAN("mmsi,mmsi"), false, columns, &count, &diag), ST_USAGE);
	assert_string_equal(diag.text, "column \"mmsi\" is named twice");
}

static void columns_of_changes_are_named_with_changes_alone(void **state)
{
	unsigned char columns[COLUMNS_MAX];
	struct diag diag;
	size_t count;

	(void)state;
	assert_int_equal(columns_parse(SPAN("mmsi,change"), false, columns, &count, &diag),
	                 ST_USAGE);
	assert_string_equal(diag.text, "--columns: \"change\" is there with --changes alone");
	assert_int_equal(columns_parse(SPAN("former_gap_id"), false, columns, &count, &diag),
	                 ST_USAGE);
	assert_int_equal(
	    columns_parse(SPAN("mmsi,change,former_gap_id"), true, columns, &count, &diag), ST_OK);
	assert_int_equal(count, 3);
	assert_int_equal(columns[1], COLUMN_CHANGE);
	assert_int_equal(columns[2], COLUMN_FORMER_GAP_ID);
	columns_parse(SPAN("nome"), false, columns, &count, &diag);
	assert_non_null(strstr(diag.text, "there are gap_id,"));
	columns_parse(SPAN("nome"), true, columns, &count, &diag);
	assert_non_null(strstr(diag.text, "there are change,former_gap_id,gap_id,"));
	assert_non_null(strstr(diag.text, ",others_silent"));
}

static void columns_stand_where_their_names_say(void **state)
{
	(void)state;
	assert_string_equal(column_at(COLUMN_CHANGE)->name, "change");
	assert_string_equal(column_at(COLUMN_FORMER_GAP_ID)->name, "former_gap_id");
	assert_string_equal(column_at(COLUMN_GAP_ID)->name, "gap_id");
	assert_non_null(column_at(column_count() - 1));
	assert_null(column_at(column_count()));
}

static char *read_file(const char *directory, const char *name)
{
	char path[1024];
	FILE *file;
	char *text;

	snprintf(path, sizeof path, "%s/%s", directory, name);
	file = fopen(path, "r");
	if (!file)
		return NULL;
	text = calloc(1, 1 << 20);
	assert_true(fread(text, 1, (1 << 20) - 1, file) > 0);
	fclose(file);
	return text;
}

static void the_schema_tells_what_the_columns_tell(void **state)
{
	const struct column *column;
	char *schema = read_file("data/schema", "gap.schema.json");

	(void)state;
	if (!schema) {
		print_message("not run from the top of the tree\n");
		skip();
	}
	for (size_t i = 0; (column = column_at(i)); i++) {
		char member[300];

		snprintf(member, sizeof member, "\"%s\"", column->name);
		assert_non_null(strstr(schema, member));
		snprintf(member, sizeof member, "\"description\": \"%s\"", column->meaning);
		assert_non_null(strstr(schema, member));
	}
	free(schema);
}

static void writers_are_found_by_name_and_by_ending(void **state)
{
	(void)state;
	assert_string_equal(writer_find("geojson")->name, "geojson");
	assert_null(writer_find("CSV"));
	assert_string_equal(writer_for_path("out/today.JSON")->name, "json");
	assert_string_equal(writer_for_path("a.b/c.jsonl")->name, "ndjson");
	assert_null(writer_for_path("dir.csv/file"));
	assert_null(writer_for_path("csv"));
	assert_null(writer_for_path("x."));
	assert_string_equal(writer_at(0)->name, "table");
	assert_null(writer_at(5));
}

static void csv_numbers_read_back(void **state)
{
	struct record record = closed_gap();

	(void)state;
	expect_csv("off_lat", &record, "42.31");
	expect_csv("off_lon", &record, "131.9");
	expect_csv("on_lat", &record, "-0.5");
	expect_csv("on_lon", &record, "1e-05");
	expect_csv("off_sog_kn", &record, "12.3");
	expect_csv("off_cog_deg", &record, "");
	expect_csv("off_port_nm", &record, "24.64");
	expect_csv("off_shore_nm", &record, "");
	expect_csv("off_time", &record, "2026-01-06T12:14:05.250Z");
	expect_csv("duration_h", &record, "12.5");
	expect_csv("heard_min_12h_before", &record, "0");
	expect_csv("heard_min_12h_after", &record, "");
	expect_csv("mmsi", &record, "123456");
	expect_csv("imo", &record, "");
	record.mmsi = -7;
	expect_csv("mmsi", &record, "-7");
}

/* evidence is neither certain nor exact: what is shown is bounded, and has few digits */
static void evidence_is_rounded(void **state)
{
	static const struct {
		double value;
		const char *confidence;
		const char *likelihood_ratio;
		const char *p_silent_if_on;
	} cases[] = {
	    {0.5, "0.5", "0.5", "0.5"},
	    {0.97349, "0.973", "0.97", "0.97"},
	    {0.9735000001, "0.974", "0.97", "0.97"},
	    {0.0034499, "0.003", "0.0034", "0.0034"},
	    {0.00009949, "0.001", "9.9e-05", "9.9e-05"},
	    {0.0000996, "0.001", "0.0001", "0.0001"},
	    {1.2345e-5, "0.001", "1.2e-05", "1.2e-05"},
	    {1e-300, "0.001", "1e-09", "1e-09"},
	    {0, "0.001", "1e-09", "1e-09"},
	    {-1, "0.001", "1e-09", "1e-09"},
	    {0.9996, "0.999", "1", "1"},
	    {1, "0.999", "1", "1"},
	    {1.26, "0.999", "1.3", "1"},
	    {99.6, "0.999", "100", "1"},
	    {124.9, "0.999", "120", "1"},
	    {949999, "0.999", "950000", "1"},
	    {996000, "0.999", "1e+06", "1"},
	    {34567890, "0.999", "3.5e+07", "1"},
	    {1.7e308, "0.999", "1e+09", "1"},
	    {INFINITY, "0.999", "1e+09", "1"},
	    {NAN, "", "", ""},
	};
	struct record record = closed_gap();

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		record.confidence = cases[i].value;
		record.likelihood_ratio = cases[i].value;
		record.p_silent_if_on = cases[i].value;
		expect_csv("confidence", &record, cases[i].confidence);
		expect_csv("likelihood_ratio", &record, cases[i].likelihood_ratio);
		expect_csv("p_silent_if_on", &record, cases[i].p_silent_if_on);
	}
}

static void evidence_is_there_while_a_gap_is_open(void **state)
{
	struct record record = open_gap();

	(void)state;
	record.p_silent_if_on = 0.02;
	record.others_silent = 0;
	expect_csv("verdict", &record, "unclear");
	expect_csv("confidence", &record, "0.25");
	expect_csv("likelihood_ratio", &record, "3");
	expect_csv("p_silent_if_on", &record, "0.02");
	expect_csv("others_heard", &record, "7");
	expect_csv("others_silent", &record, "0");
	record.verdict = NULL;
	expect_csv("verdict", &record, "");
	record.verdict = "";
	expect_csv("verdict", &record, "");
}

static void csv_quotes_and_disarms_texts(void **state)
{
	static const struct {
		struct span raw;
		const char *cell;
	} cases[] = {
	    {SPAN("PLAIN"), "PLAIN"},
	    {SPAN("A,B"), "\"A,B\""},
	    {SPAN("SAY \"HI\""), "\"SAY \"\"HI\"\"\""},
	    {SPAN("=1+1"), "'=1+1"},
	    {SPAN("  +7"), "'+7"},
	    {SPAN("-A"), "'-A"},
	    {SPAN("@A,"), "\"'@A,\""},
	    {SPAN("\t=A"), "'=A"},
	    {SPAN("\0=A"), "'=A"},
	    {SPAN("\xE2\x80\xAE=A"), "'=A"},
	    {SPAN("\xC2\xA0=A"), "'\xC2\xA0=A"},
	    {SPAN("\xEF\xBC\x9D"
	          "A"),
	     "'\xEF\xBC\x9D"
	     "A"},
	    {SPAN("'T HOEN"), "''T HOEN"},
	    {SPAN("A\r\nB"), "A  B"},
	    {SPAN("A=B"), "A=B"},
	    {SPAN("\xFF"), "\xEF\xBF\xBD"},
	};
	struct record record = closed_gap();

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		record.name = cases[i].raw;
		expect_csv("name", &record, cases[i].cell);
	}
	record.area = SPAN("=a;;b\"c");
	expect_csv("area", &record, "\"'=a;b\"\"c\"");
}

static void a_long_name_is_bounded(void **state)
{
	char name[10000];
	char want[130];
	struct record record = closed_gap();

	(void)state;
	memset(name, 'X', sizeof name);
	record.name = (struct span){name, sizeof name};
	memset(want, 'X', 119);
	memcpy(want + 119, "\xE2\x80\xA6", 4);
	expect_csv("name", &record, want);
}

static void nothing_of_an_open_gap_depends_on_as_of(void **state)
{
	static const char *const empty[] = {
	    "on_time",    "on_lat",      "on_sog_kn",        "on_port",     "on_port_nm",
	    "duration_h", "distance_nm", "implied_speed_kn", "on_shore_nm", "heard_min_12h_after"};
	struct record record = open_gap();

	(void)state;
	record.on = closed_gap().on;
	record.duration_h = 99;
	record.heard_min_12h_after = 5;
	for (size_t i = 0; i < sizeof empty / sizeof empty[0]; i++)
		expect_csv(empty[i], &record, "");
	expect_csv("status", &record, "open");
}

static void json_says_what_it_covers(void **state)
{
	(void)state;
	expect_written("json", &PLAIN, NULL, 0,
	               "{\"schema_version\":1,\"as_of\":\"2026-01-07T12:00:00Z\",\"min_gap_h\":6,"
	               "\"areas\":[\"vladivostok\",\"caspian\"],\"gaps\":[]}\n");
}

static void json_says_what_was_asked_for(void **state)
{
	struct report_head head = HEAD;
	char *text;

	(void)state;
	head.prior = 0.1;
	head.filters[0] = "123456";
	head.filters[REPORT_FILTERS - 1] = "off,unclear";
	text = written_under(&head, "json", &PLAIN, NULL, 0);
	assert_string_equal(text,
	                    "{\"schema_version\":1,\"as_of\":\"2026-01-07T12:00:00Z\","
	                    "\"min_gap_h\":6,\"prior\":0.1,\"areas\":[\"vladivostok\",\"caspian\"],"
	                    "\"filters\":{\"mmsi\":\"123456\",\"verdict\":\"off,unclear\"},"
	                    "\"gaps\":[]}\n");
	free(text);
}

static void json_has_null_for_what_is_unknown(void **state)
{
	struct record record = open_gap();

	(void)state;
	record.reasons = SPAN("a;b");
	expect_written(
	    "ndjson", &PLAIN, &record, 1,
	    "{\"gap_id\":\"0123456789abcdef0123456789abcdef\",\"status\":\"open\","
	    "\"verdict\":\"unclear\",\"confidence\":0.25,"
	    "\"reasons\":[\"a\",\"b\"],\"area\":[\"vladivostok\"],\"mmsi\":123456,\"imo\":null,"
	    "\"name\":\"EXAMPLE ONE\",\"callsign\":null,\"flag\":null,\"ship_type\":null,"
	    "\"ais_class\":\"A\",\"off_time\":\"2026-01-06T12:14:05.250Z\",\"off_lat\":42.31,"
	    "\"off_lon\":131.9,\"off_sog_kn\":12.3,\"off_cog_deg\":null,\"off_nav_status\":null,"
	    "\"off_port\":\"Slavyanka\",\"off_port_nm\":24.64,\"off_shore_nm\":null,"
	    "\"on_time\":null,\"on_lat\":null,\"on_lon\":null,\"on_sog_kn\":null,"
	    "\"on_cog_deg\":null,\"on_nav_status\":null,\"on_port\":null,\"on_port_nm\":null,"
	    "\"on_shore_nm\":null,\"duration_h\":null,\"distance_nm\":null,"
	    "\"implied_speed_kn\":null,\"heard_min_12h_before\":0,"
	    "\"heard_min_12h_after\":null,\"likelihood_ratio\":3,\"p_silent_if_on\":null,"
	    "\"others_heard\":7,\"others_silent\":null}\n");
}

static void json_texts_are_safe_in_a_page(void **state)
{
	struct record record = closed_gap();

	(void)state;
	record.name = SPAN("</script>&\"\\\x01\n");
	expect_holds("json", &record, "\"name\":\"\\u003c/script\\u003e\\u0026\\\"\\\\\",");
	record.name = SPAN(" \x1B \t");
	expect_holds("json", &record, "\"name\":null,");
	record.area = SPAN("");
	expect_holds("json", &record, "\"area\":[],");
}

/* both ends 1 degree from the line, latitudes 10 and 12: it is met at 11 */
static void geojson_cuts_lines_at_the_antimeridian(void **state)
{
	struct record record = closed_gap();

	(void)state;
	record.off.fix.lat_deg = 10;
	record.off.fix.lon_deg = 179;
	record.on.fix.lat_deg = 12;
	record.on.fix.lon_deg = -179;
	expect_holds("geojson", &record,
	             "{\"type\":\"MultiLineString\",\"coordinates\":[[[179.0,10.0],[180.0,11.0]],"
	             "[[-180.0,11.0],[-179.0,12.0]]]}");
	/* 3 degrees to go and 1 behind: three quarters of the way */
	record.off.fix.lon_deg = -177;
	record.on.fix.lon_deg = 179;
	expect_holds("geojson", &record,
	             "[[[-177.0,10.0],[-180.0,11.5]],[[180.0,11.5],[179.0,12.0]]]");
}

/* 185 degrees one way are 175 the other, of which 85 lie before the line: 35 * 85 / 175 = 17 */
static void geojson_takes_the_shorter_way_round(void **state)
{
	struct record record = closed_gap();

	(void)state;
	record.off.fix.lat_deg = 0;
	record.off.fix.lon_deg = 95;
	record.on.fix.lat_deg = 35;
	record.on.fix.lon_deg = -90;
	expect_holds("geojson", &record,
	             "[[[95.0,0.0],[180.0,17.0]],[[-180.0,17.0],[-90.0,35.0]]]");
	record.on.fix.lon_deg = -85;
	expect_holds("geojson", &record, "[[95.0,0.0],[-85.0,35.0]]");
}

static void geojson_needs_no_cut_at_a_lines_end(void **state)
{
	struct record record = closed_gap();

	(void)state;
	record.off.fix.lat_deg = 10;
	record.off.fix.lon_deg = -180;
	record.on.fix.lat_deg = 12;
	record.on.fix.lon_deg = 179;
	expect_holds("geojson", &record,
	             "{\"type\":\"LineString\",\"coordinates\":[[180.0,10.0],[179.0,12.0]]}");
	record.on.fix.lon_deg = -179;
	expect_holds("geojson", &record, "[[-180.0,10.0],[-179.0,12.0]]");
	record.open = true;
	expect_holds("geojson", &record, "{\"type\":\"Point\",\"coordinates\":[-180.0,10.0]}");
}

static void a_table_holds_what_one_reads_first(void **state)
{
	struct record records[] = {closed_gap(), open_gap()};

	(void)state;
	records[1].verdict = "off";
	records[1].confidence = 1;
	records[1].flag = "ZZ";
	records[1].off.fix.lat_deg = -42.309;
	records[1].off.fix.lon_deg = -0.004;
	expect_written(
	    "table", &PLAIN, records, 2,
	    "area         verdict  confidence    mmsi  name         flag  off_time           "
	    "on_time            "
	    "duration_h  off_position    off_port           on_position  on_port\n"
	    "vladivostok  unclear        0.25  123456  EXAMPLE ONE        2026-01-06 12:14Z  "
	    "2026-01-07 00:44Z  "
	    "      12.5  42.31N 131.90E  Slavyanka 24.6 nm  0.50S 0.00E\n"
	    "vladivostok  off           0.999  123456  EXAMPLE ONE  ZZ    2026-01-06 12:14Z  "
	    "still silent       "
	    "      open  42.31S 0.00W    Slavyanka 24.6 nm\n"
	    "2 gaps longer than 6 h, 1 still silent at 2026-01-07 12:00Z\n");
}

/*
 * Widths by hand. 48: area 9, mmsi 6, off_time 17, duration_h 10 and three times 2 between. 73: at
 * their narrowest area 8 and name 12 make, with verdict 7, 70; of the 3 left, area gets 2 and
 * name 1.
 */
static void a_narrow_table_keeps_what_matters(void **state)
{
	struct writer_options narrow = {NULL, 0, 48, true};
	struct writer_options wider = {NULL, 0, 73, false};
	struct record record = closed_gap();

	(void)state;
	expect_written("table", &narrow, &record, 1,
	               "\033[1marea         mmsi  off_time           duration_h\033[0m\n"
	               "vladivos\xE2\x80\xA6  123456  2026-01-06 12:14Z        12.5\n"
	               "1 gap longer than 6 h, 0 still silent at 2026-01-07 12:00Z\n");
	record.name = SPAN("\xE6\x97\xA5\xE6\x9C\xAC MARU EXAMPLE");
	expect_written(
	    "table", &wider, &record, 1,
	    "area        verdict    mmsi  name           off_time           duration_h\n"
	    "vladivost\xE2\x80\xA6  unclear  123456  \xE6\x97\xA5\xE6\x9C\xAC MARU EX\xE2\x80\xA6  "
	    "2026-01-06 12:14Z        12.5\n"
	    "1 gap longer than 6 h, 0 still silent at 2026-01-07 12:00Z\n");
}

static void a_table_of_chosen_columns_has_just_those(void **state)
{
	static unsigned char columns[COLUMNS_MAX];
	struct writer_options options = {columns, 0, 10, false};
	struct record record = open_gap();

	(void)state;
	columns_parse(SPAN("on_time,off_lat,mmsi"), false, columns, &options.column_count, NULL);
	expect_written("table", &options, &record, 1,
	               "on_time       off_lat    mmsi\n"
	               "still silent    42.31  123456\n"
	               "1 gap longer than 6 h, 1 still silent at 2026-01-07 12:00Z\n");
}

static void a_table_without_gaps_says_so(void **state)
{
	(void)state;
	expect_written("table", &PLAIN, NULL, 0,
	               "0 gaps longer than 6 h, 0 still silent at 2026-01-07 12:00Z\n");
}

/* reasons are many; one of them is of a time */
static void a_table_marks_a_time_after_as_of(void **state)
{
	static unsigned char columns[COLUMNS_MAX];
	struct writer_options options = {columns, 0, 0, false};
	struct record record = closed_gap();

	(void)state;
	columns_parse(SPAN("on_time,off_time"), false, columns, &options.column_count, NULL);
	record.reasons = SPAN("berth;after_as_of");
	expect_written("table", &options, &record, 1,
	               "on_time             off_time\n"
	               "2026-01-07 00:44Z*  2026-01-06 12:14Z\n"
	               "1 gap longer than 6 h, 0 still silent at 2026-01-07 12:00Z\n"
	               "* heard again only after that time: the clock of that report may be "
	               "wrong\n");
	record.reasons = SPAN("berth;not_after_as_of;few_others");
	expect_written("table", &options, &record, 1,
	               "on_time            off_time\n"
	               "2026-01-07 00:44Z  2026-01-06 12:14Z\n"
	               "1 gap longer than 6 h, 0 still silent at 2026-01-07 12:00Z\n");
}

static struct report_head changes_head(void)
{
	struct report_head head = HEAD;

	head.changes = true;
	return head;
}

static void expect_change(const char *format, const struct record *record, const char *want)
{
	struct report_head head = changes_head();
	char *text = written_under(&head, format, &PLAIN, record, 1);

	if (!strstr(text, want))
		print_error("no %s in %s\n", want, text);
	assert_non_null(strstr(text, want));
	free(text);
}

static void changes_come_first_in_every_format(void **state)
{
	struct record record = closed_gap();

	(void)state;
	record.change = "revised";
	memcpy(record.former_gap_id, "fedcba9876543210fedcba9876543210", 33);
	expect_change(
	    "csv", &record,
	    "change,former_gap_id,gap_id,status,verdict,confidence,reasons,area,mmsi,imo,name,");
	expect_change("csv", &record,
	              "\nrevised,fedcba9876543210fedcba9876543210,"
	              "0123456789abcdef0123456789abcdef,closed,unclear,0.25,,vladivostok,123456,");
	expect_change("ndjson", &record,
	              "{\"change\":\"revised\",\"former_gap_id\":"
	              "\"fedcba9876543210fedcba9876543210\","
	              "\"gap_id\":\"0123456789abcdef0123456789abcdef\",\"status\":\"closed\",");
	expect_change("json", &record, ",\"min_gap_h\":6,\"changes\":true,\"areas\":[");
	expect_change("json", &record, "\"gaps\":[\n{\"change\":\"revised\",\"former_gap_id\":\"f");
	expect_change("geojson", &record, ",\"min_gap_h\":6,\"changes\":true,\"areas\":[");
	expect_change("geojson", &record,
	              "\"properties\":{\"change\":\"revised\",\"former_gap_id\":\"f");
	expect_change("table", &record, "change   area         verdict  confidence    mmsi  name ");
	expect_change("table", &record,
	              "\nrevised  vladivostok  unclear        0.25  123456  EXAMPLE ONE");
	expect_change("table", &record,
	              "\n1 change of gaps longer than 6 h, as of 2026-01-07 12:00Z\n");
	record.former_gap_id[0] = '\0';
	expect_change("csv", &record, "\nrevised,,0123456789abcdef0123456789abcdef,");
	expect_change("ndjson", &record, "{\"change\":\"revised\",\"former_gap_id\":null,");
}

static void a_report_without_changes_has_none_of_their_columns(void **state)
{
	struct record record = closed_gap();

	(void)state;
	record.change = "opened";
	for (size_t i = 0; writer_at(i); i++) {
		char *text = written(writer_at(i)->name, &PLAIN, &record, 1);

		assert_null(strstr(text, "change"));
		assert_null(strstr(text, "former"));
		assert_null(strstr(text, "opened"));
		free(text);
	}
}

/* chosen columns are just those, with changes too */
static void a_change_is_a_column_like_others(void **state)
{
	unsigned char columns[COLUMNS_MAX];
	struct writer_options options = {columns, 0, 0, false};
	struct report_head head = changes_head();
	struct record record = open_gap();
	char *text;

	(void)state;
	record.change = "opened";
	columns_parse(SPAN("mmsi,change"), true, columns, &options.column_count, NULL);
	text = written_under(&head, "csv", &options, &record, 1);
	assert_string_equal(text, "mmsi,change\n123456,opened\n");
	free(text);
	text = written_under(&head, "table", &options, &record, 1);
	assert_string_equal(text, "  mmsi  change\n123456  opened\n"
	                          "1 change of gaps longer than 6 h, as of 2026-01-07 12:00Z\n");
	free(text);
}

/* what was delivered is shown, whatever else the record holds */
static void kept_values_come_before_the_records_own(void **state)
{
	struct span kept[COLUMNS_MAX] = {{NULL, 0}};
	struct record record = closed_gap();
	char *text;
	size_t i;

	(void)state;
	column_find(SPAN("name"), &i);
	kept[i] = SPAN("BEFORE");
	column_find(SPAN("verdict"), &i);
	kept[i] = SPAN("off");
	column_find(SPAN("off_time"), &i);
	kept[i] = SPAN("2025-12-31T00:00:59Z");
	column_find(SPAN("area"), &i);
	kept[i] = SPAN("caspian;other");
	record.change = "expired";
	record.kept = kept;
	expect_change("ndjson", &record, "{\"change\":\"expired\",\"former_gap_id\":null,");
	expect_change("ndjson", &record,
	              "\"area\":[\"caspian\",\"other\"],\"mmsi\":null,\"imo\":null,"
	              "\"name\":\"BEFORE\",\"callsign\":null,");
	expect_change("csv", &record, ",caspian;other,,,BEFORE,");
	expect_change(
	    "table", &record,
	    "expired  caspian;other  off                        BEFORE        2025-12-31 00:00Z ");
	text = written("table", &PLAIN, &record, 1);
	assert_null(strstr(text, "Z  still silent"));
	free(text);
	record.open = true;
	column_find(SPAN("on_lat"), &i);
	kept[i] = SPAN("1.5");
	expect_change("ndjson", &record, "\"on_lat\":null,");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(columns_are_read_in_the_order_given),
	    cmocka_unit_test(wrong_columns_are_told_with_the_right_ones),
	    cmocka_unit_test(columns_of_changes_are_named_with_changes_alone),
	    cmocka_unit_test(columns_stand_where_their_names_say),
	    cmocka_unit_test(the_schema_tells_what_the_columns_tell),
	    cmocka_unit_test(writers_are_found_by_name_and_by_ending),
	    cmocka_unit_test(csv_numbers_read_back),
	    cmocka_unit_test(evidence_is_rounded),
	    cmocka_unit_test(evidence_is_there_while_a_gap_is_open),
	    cmocka_unit_test(csv_quotes_and_disarms_texts),
	    cmocka_unit_test(a_long_name_is_bounded),
	    cmocka_unit_test(nothing_of_an_open_gap_depends_on_as_of),
	    cmocka_unit_test(json_says_what_it_covers),
	    cmocka_unit_test(json_says_what_was_asked_for),
	    cmocka_unit_test(json_has_null_for_what_is_unknown),
	    cmocka_unit_test(json_texts_are_safe_in_a_page),
	    cmocka_unit_test(geojson_cuts_lines_at_the_antimeridian),
	    cmocka_unit_test(geojson_takes_the_shorter_way_round),
	    cmocka_unit_test(geojson_needs_no_cut_at_a_lines_end),
	    cmocka_unit_test(a_table_holds_what_one_reads_first),
	    cmocka_unit_test(a_narrow_table_keeps_what_matters),
	    cmocka_unit_test(a_table_of_chosen_columns_has_just_those),
	    cmocka_unit_test(a_table_without_gaps_says_so),
	    cmocka_unit_test(a_table_marks_a_time_after_as_of),
	    cmocka_unit_test(changes_come_first_in_every_format),
	    cmocka_unit_test(a_report_without_changes_has_none_of_their_columns),
	    cmocka_unit_test(a_change_is_a_column_like_others),
	    cmocka_unit_test(kept_values_come_before_the_records_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

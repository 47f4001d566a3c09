/*
 * From text to reports. Sentinels are those of ITU-R M.1371-5, table 48 (lat 91, lon 181, 102.3 kn,
 * 360 degrees, heading 511, status 15) as exports write them, some through single precision; MMSIs
 * are of the forms in M.585-9. Times are Python's. No number here belongs to a ship.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "ais/row.h"
#include "ais/statics.h"
#include "base/mem.h"
#include "input/header.h"

#define NOAA                                                                                       \
	"MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign,VesselType,Status,"     \
	"Length,Width,Draft,Cargo,TransceiverClass\n"
#define DANISH                                                                                     \
	"# Timestamp,Type of mobile,MMSI,Latitude,Longitude,Navigational status,ROT,SOG,COG,"      \
	"Heading,IMO,Callsign,Name,Ship type\n"
#define PLAIN "mmsi,time,lat,lon\n"
#define T0    INT64_C(1654041602000) /* 2022-06-01T00:00:02Z */

/* the row reader under test: every test is run with each that this processor has */
static row_fn *read_report;

/* one export with its rows, as a worker reads it */
struct input {
	char *text;
	struct header header;
	struct row_plan plan;
	struct row_cache cache;
	struct rows rows;
	struct position_report report;
	struct row_reading reading;
	enum row_outcome outcome;
};

static struct input *input_of(const char *header, const char *rows)
{
	struct column_options *options = column_options_new();
	struct input *in = mem_new(1, sizeof *in);
	size_t len = strlen(header) + strlen(rows);
	struct diag diag = {""};
	struct block block;

	in->text = mem_new(len + BLOCK_PADDING, 1);
	memcpy(in->text, header, strlen(header));
	memcpy(in->text + strlen(header), rows, strlen(rows));
	if (header_detect((struct span){in->text, len}, "test", options, &in->header, &diag) !=
	    ST_OK)
		fail_msg("%s", diag.text);
	column_options_free(options);
	assert_int_equal(in->header.bytes, strlen(header));
	in->plan.map = in->header.map;
	in->plan.when.order = in->header.map.order;
	row_plan_finish(&in->plan);
	block = (struct block){.text = in->text + in->header.bytes,
	                       .len = len - in->header.bytes,
	                       .offset = in->header.bytes,
	                       .kind = strchr(rows, '"') ? BLOCK_QUOTED : BLOCK_PLAIN};
	rows_begin(&in->rows, &block, in->header.delimiter);
	return in;
}

static bool next(struct input *in)
{
	struct row row;

	if (!rows_next(&in->rows, &row))
		return false;
	in->outcome = read_report(&in->plan, &row, &in->cache, &in->report, &in->reading);
	return true;
}

static void done(struct input *in)
{
	assert_false(next(in));
	rows_free(&in->rows);
	free(in->text);
	free(in);
}

static enum row_outcome outcome_of(const char *header, const char *row, bool any_id)
{
	struct input *in = input_of(header, row);
	enum row_outcome outcome;

	in->plan.any_id = any_id;
	assert_true(next(in));
	outcome = in->outcome;
	done(in);
	return outcome;
}

static void expect_outcome(const char *header, const char *row, enum row_outcome want)
{
	enum row_outcome got = outcome_of(header, row, false);

	if (got != want)
		fail_msg("%s: %s, expected %s", row, row_outcome_info(got)->key,
		         row_outcome_info(want)->key);
}

static void whole_row(void **state)
{
	struct input *in =
	    input_of(NOAA, "273998992,2022-06-01T00:00:02,35.10072,-129.04816,12.5,"
	                   "197.9,322.0,NO SHIP,IMO9074729,CALL1,70,5,10,5,1,70,A\n");
	const struct fix *fix = &in->report.fix;

	(void)state;
	assert_true(next(in));
	assert_int_equal(in->outcome, ROW_USED);
	assert_int_equal(in->report.mmsi, 273998992);
	assert_true(in->report.has_position);
	assert_int_equal(in->reading.when, WHEN_CERTAIN);
	assert_int_equal(in->reading.t_ms[0], T0);
	assert_true(fix->lat_deg == 35.10072);
	assert_true(fix->lon_deg == -129.04816);
	assert_true(fix->sog_kn == 12.5F);
	assert_true(fix->cog_deg == 197.9F);
	assert_int_equal(fix->heading_deg, 322);
	assert_int_equal(fix->nav_status, 5);
	assert_int_equal(fix->ais_class, CLASS_A);
	assert_int_equal(fix->source, SOURCE_UNKNOWN);
	assert_int_equal(fix->known, KNOWN_SOG | KNOWN_COG | KNOWN_HEADING | KNOWN_NAV_STATUS);
	assert_true(span_eq(in->report.statics.name, SPAN("NO SHIP")));
	assert_true(span_eq(in->report.statics.imo, SPAN("IMO9074729")));
	assert_true(span_eq(in->report.statics.callsign, SPAN("CALL1")));
	assert_true(span_eq(in->report.statics.type, SPAN("70")));
	assert_true(span_eq(in->report.statics.whole, SPAN("NO SHIP,IMO9074729,CALL1,70")));
	done(in);
}

static void every_outcome(void **state)
{
	(void)state;
	expect_outcome(PLAIN, "273998992,2022-06-01T00:00:02,1,2\n", ROW_USED);
	expect_outcome(PLAIN, "273998992,2022-06-01T00:00:02,,\n", ROW_NO_POSITION);
	expect_outcome(PLAIN, "273998992,2022-06-01T00:00:02,0,0\n", ROW_NULL_POSITION);
	expect_outcome(PLAIN, "273998992,2022-06-01T00:00:02,0.0,-0.0\n", ROW_NULL_POSITION);
	expect_outcome(PLAIN, "2730001,2022-06-01T00:00:02,1,2\n", ROW_BASE_STATION);
	expect_outcome(PLAIN, "002730001,2022-06-01T00:00:02,1,2\n", ROW_BASE_STATION);
	expect_outcome(PLAIN, "992731234,2022-06-01T00:00:02,1,2\n", ROW_AID);
	expect_outcome(PLAIN, "111273123,2022-06-01T00:00:02,1,2\n", ROW_SAR);
	expect_outcome(PLAIN, "027312345,2022-06-01T00:00:02,1,2\n", ROW_GROUP);
	expect_outcome(PLAIN, "827312345,2022-06-01T00:00:02,1,2\n", ROW_HANDHELD);
	expect_outcome(PLAIN, "970123456,2022-06-01T00:00:02,1,2\n", ROW_DISTRESS);
	expect_outcome(PLAIN, "982731234,2022-06-01T00:00:02,1,2\n", ROW_CRAFT);
	expect_outcome(PLAIN, "999999999,2022-06-01T00:00:02,1,2\n", ROW_NOT_A_SHIP);
	expect_outcome(PLAIN, "-2146018332,2022-06-01T00:00:02,1,2\n", ROW_NOT_A_SHIP);
	expect_outcome(PLAIN, "NaN,2022-06-01T00:00:02,1,2\n", ROW_NOT_A_SHIP);
	expect_outcome(PLAIN, "273998992,2022-06-01T00:00:02,1\n", ROW_SHORT);
	expect_outcome(PLAIN, "27399899x,2022-06-01T00:00:02,1,2\n", ROW_BAD_MMSI);
	expect_outcome(PLAIN, "273998992.5,2022-06-01T00:00:02,1,2\n", ROW_BAD_MMSI);
	expect_outcome(PLAIN, "273998992,2022-06-31T00:00:02,1,2\n", ROW_BAD_TIME);
	expect_outcome(PLAIN, "273998992,,1,2\n", ROW_NO_TIME);
	expect_outcome(PLAIN, "273998992,NULL,1,2\n", ROW_NO_TIME);
	expect_outcome(PLAIN, "273998992,soon,1,2\n", ROW_BAD_TIME);
	expect_outcome(PLAIN, "273998992,2022-06-01T00:00:02,x,2\n", ROW_BAD_POSITION);
	expect_outcome(PLAIN, "273998992,2022-06-01T00:00:02,90.01,2\n", ROW_OUT_OF_RANGE);
	expect_outcome(PLAIN, "273998992,2022-06-01T00:00:02,1,360.01\n", ROW_OUT_OF_RANGE);
	expect_outcome(PLAIN, "273998992,2022-06-01T00:00:02,1,-180.01\n", ROW_OUT_OF_RANGE);
}

/* without a position a report that names the ship feeds its identity */
static void static_rows(void **state)
{
	struct input *in = input_of(NOAA, "273998992,2022-06-01T00:00:02,91,181,102.3,360,511,"
	                                  "NO SHIP,,,,15,,,,,B\n");

	(void)state;
	assert_true(next(in));
	assert_int_equal(in->outcome, ROW_STATIC);
	assert_false(in->report.has_position);
	assert_int_equal(in->reading.t_ms[0], T0);
	done(in);
	expect_outcome(NOAA, "273998992,2022-06-01T00:00:02,91,181,0,0,511,,,,,15,,,,,\n",
	               ROW_NO_POSITION);
	expect_outcome(NOAA,
	               "273998992,2022-06-01T00:00:02,,,0,0,511,Unknown,NaN,\\N,None,15,,,,,\n",
	               ROW_NO_POSITION);
}

static void station_types(void **state)
{
	(void)state;
	expect_outcome(DANISH, "13/03/2024 00:00:01,Base Station,219000001,55,12,,,,,,,,,\n",
	               ROW_BASE_STATION);
	expect_outcome(DANISH, "13/03/2024 00:00:01,AtoN,219000001,55,12,,,,,,,,,\n", ROW_AID);
	expect_outcome(DANISH, "13/03/2024 00:00:01,SAR Airborne,219000001,55,12,,,,,,,,,\n",
	               ROW_SAR);
	expect_outcome(
	    DANISH, "13/03/2024 00:00:01,Search and Rescue Transponder,219000001,55,12,,,,,,,,,\n",
	    ROW_DISTRESS);
	expect_outcome(DANISH, "13/03/2024 00:00:01,Class B,219000001,55,12,,,,,,,,,\n", ROW_USED);
	expect_outcome("mmsi,time,lat,lon,message_nr\n", "219000001,2022-06-01T00:00:02,1,2,4\n",
	               ROW_BASE_STATION);
	expect_outcome("mmsi,time,lat,lon,message_nr\n", "219000001,2022-06-01T00:00:02,1,2,21\n",
	               ROW_AID);
}

/* what the fields sog, cog, heading, status are read as; known 0 is "not available" */
static void expect_motion(const char *fields, int known, float sog, float cog, int heading,
                          int status)
{
	char row[200];
	struct input *in;
	const struct fix *fix;

	snprintf(row, sizeof row, "273998992,2022-06-01T00:00:02,1,2,%s\n", fields);
	in = input_of("mmsi,time,lat,lon,sog,cog,heading,status\n", row);
	assert_true(next(in));
	assert_int_equal(in->outcome, ROW_USED);
	fix = &in->report.fix;
	if (fix->known != known || fix->sog_kn != sog || fix->cog_deg != cog ||
	    fix->heading_deg != heading || fix->nav_status != status)
		fail_msg("%s: known %d, %g kn, %g deg, heading %d, status %d", fields, fix->known,
		         (double)fix->sog_kn, (double)fix->cog_deg, fix->heading_deg,
		         fix->nav_status);
	done(in);
}

static void motion_sentinels(void **state)
{
	const int all = KNOWN_SOG | KNOWN_COG | KNOWN_HEADING | KNOWN_NAV_STATUS;

	(void)state;
	expect_motion("0,0,0,0", all, 0, 0, 0, 0);
	expect_motion("102.2,359.9,359,14", all, 102.2F, 359.9F, 359, 14);
	expect_motion("102.3,360,511,15", 0, 0, 0, 0, 0);
	expect_motion("102.3000030518,360.0,511.0,15", 0, 0, 0, 0, 0);
	expect_motion("102.29999999999998,359.99999999999994,511.0000001,15", 0, 0, 0, 0, 0);
	expect_motion("1023,3600,-1,-1", 0, 0, 0, 0, 0);
	expect_motion("-99,-99,-99,-99", 0, 0, 0, 0, 0);
	expect_motion("NaN,nan,\\N,None", 0, 0, 0, 0, 0);
	expect_motion(",,,", 0, 0, 0, 0, 0);
	expect_motion("12.3 kn,45.5 deg,17,Under way using engine", all, 12.3F, 45.5F, 17, 0);
	expect_motion("12.3kts,45.5\xC2\xB0,17,0", all, 12.3F, 45.5F, 17, 0);
	expect_motion("12.3 Knots,45.5deg,17.0,0", all, 12.3F, 45.5F, 17, 0);
	expect_motion("-0.0,-0.0,-0.0,At anchor", all, 0, 0, 0, 1);
}

static void expect_position(const char *lat_lon, double lat, double lon)
{
	char row[200];
	struct input *in;

	snprintf(row, sizeof row, "273998992;2022-06-01T00:00:02;%s\n", lat_lon);
	in = input_of("mmsi;time;lat;lon\n", row);
	assert_true(next(in));
	if (in->outcome != ROW_USED)
		fail_msg("%s: %s", lat_lon, row_outcome_info(in->outcome)->key);
	assert_true(in->report.fix.lat_deg == lat);
	assert_true(in->report.fix.lon_deg == lon);
	assert_false(signbit(in->report.fix.lat_deg) && lat == 0);
	assert_false(signbit(in->report.fix.lon_deg) && lon == 0);
	done(in);
}

/* hemispheres, degree signs, decimal commas, longitudes from 0 to 360, numbers of any length */
static void positions(void **state)
{
	(void)state;
	expect_position("43.1;131.9", 43.1, 131.9);
	expect_position("-43.12345678;-131.9", -43.12345678, -131.9);
	expect_position("39.01888 N;77.5 W", 39.01888, -77.5);
	expect_position("39.01888S;77.5E", -39.01888, 77.5);
	expect_position("39.01888\xC2\xB0 N;77.5\xC2\xB0W", 39.01888, -77.5);
	expect_position("57,717413;11,5", 57.717413, 11.5);
	expect_position(" 57.5 ;\t11.5 ", 57.5, 11.5);
	expect_position("10;360", 10, 0);
	expect_position("10;180", 10, -180);
	expect_position("10;200.5", 10, -159.5);
	expect_position("-0.0;5", 0, 5);
	expect_position("5;-0", 5, 0);
	expect_position("90;0", 90, 0);
	expect_position("-90;-180", -90, -180);
	expect_position("4.31e1;+131.9", 43.1, 131.9);
	expect_position("43.123456789012345;131.98765432109876", 43.123456789012345,
	                131.98765432109876);
	expect_position("00043.1;.5", 43.1, 0.5);
	expect_position("5.;6.", 5, 6);
	expect_position("43.12345678;131.123456789", 43.12345678, 131.123456789);
}

static void position_sentinels(void **state)
{
	(void)state;
	expect_outcome(PLAIN, "273998992,2022-06-01T00:00:02,91,2\n", ROW_NO_POSITION);
	expect_outcome(PLAIN, "273998992,2022-06-01T00:00:02,1,181\n", ROW_NO_POSITION);
	expect_outcome(PLAIN, "273998992,2022-06-01T00:00:02,91.0000030518,181.0\n",
	               ROW_NO_POSITION);
	expect_outcome(PLAIN, "273998992,2022-06-01T00:00:02,90.99999999,1\n", ROW_NO_POSITION);
	expect_outcome(PLAIN, "273998992,2022-06-01T00:00:02,NaN,NaN\n", ROW_NO_POSITION);
	expect_outcome(PLAIN, "273998992,2022-06-01T00:00:02,\\N,\\N\n", ROW_NO_POSITION);
	expect_outcome(PLAIN, "273998992,2022-06-01T00:00:02,None,None\n", ROW_NO_POSITION);
	expect_outcome(PLAIN, "273998992,2022-06-01T00:00:02, , \n", ROW_NO_POSITION);
}

/* units of 1/600000 degree, M.1371's own: 43.1 N is 25,860,000 */
static void raw_units(void **state)
{
	struct input *in = input_of(PLAIN, "273998992,2022-06-01T00:00:02,25860000,79140000\n"
	                                   "273998992,2022-06-01T00:00:02,1000.5,2\n");

	(void)state;
	assert_true(next(in));
	assert_int_equal(in->outcome, ROW_OUT_OF_RANGE);
	assert_int_equal(in->reading.notes, NOTE_RAW_UNITS);
	assert_true(next(in));
	assert_int_equal(in->outcome, ROW_OUT_OF_RANGE);
	assert_int_equal(in->reading.notes, 0);
	done(in);
}

/* decimal commas without quotes; an unquoted comma in a name does no harm to the position */
static void more_fields_than_the_header(void **state)
{
	(void)state;
	assert_int_equal(outcome_of(PLAIN, "367777550,2022-06-01T00:00:02,43,05,132,02\n", false),
	                 ROW_EXTRA);
	assert_int_equal(outcome_of(PLAIN, "367777550,2022-06-01T00:00:02,43.05,132.02,x\n", false),
	                 ROW_USED);
	assert_int_equal(outcome_of(PLAIN, "367777550,2022-06-01T00:00:02,43,132,\n", false),
	                 ROW_USED);
}

static void any_ids(void **state)
{
	static const struct {
		const char *row;
		int64_t id;
	} IDS[] = {
	    {"-2146018332.000,2022-06-01T00:00:02,1,2\n", INT64_C(-2146018332)},
	    {"3.66996430e8,2022-06-01T00:00:02,1,2\n", 366996430},
	    {" 42 ,2022-06-01T00:00:02,1,2\n", 42},
	    {"9007199254740991,2022-06-01T00:00:02,1,2\n", INT64_C(9007199254740991)},
	};

	(void)state;
	for (size_t i = 0; i < sizeof IDS / sizeof *IDS; i++) {
		struct input *in = input_of(PLAIN, IDS[i].row);

		in->plan.any_id = true;
		assert_true(next(in));
		assert_int_equal(in->outcome, ROW_USED);
		assert_true(in->report.mmsi == IDS[i].id);
		done(in);
	}
	/* as a spreadsheet rounds it: several ships would become one */
	assert_int_equal(outcome_of(PLAIN, "2.74E+08,2022-06-01T00:00:02,1,2\n", true),
	                 ROW_BAD_MMSI);
	assert_int_equal(outcome_of(PLAIN, "9007199254740992,2022-06-01T00:00:02,1,2\n", true),
	                 ROW_BAD_MMSI);
	assert_int_equal(outcome_of(PLAIN, "992731234,2022-06-01T00:00:02,1,2\n", true), ROW_USED);
}

/* rows that share a minute with the row before, and rows that only seem to */
static void cached_minutes(void **state)
{
	static const struct {
		const char *time;
		int64_t t_ms; /* -1 cannot be read */
	} TIMES[] = {
	    {"2022-06-01T00:00:02", T0},
	    {"2022-06-01T00:00:59", T0 + 57000},
	    {"2022-06-01T00:00:60", T0 + 58000}, /* a leap second counts on */
	    {"2022-06-01T00:00:61", -1},
	    {"2022-06-01T00:00:0x", -1},
	    {"2022-06-01T00:00:5", -1},
	    {"2022-06-01T00:01:00", T0 + 58000},
	    {"2022-06-01T00:01:00Z", T0 + 58000},
	    {"2022-06-01T00:01:00.5", T0 + 58500},
	    {"2022-06-01 00:01:01", T0 + 59000},
	    {"2022-06-01T00:01:02", T0 + 60000},
	    {"2022-06-01T01:01:02", T0 + 3660000},
	    {"2022-06-02T01:01:02", T0 + 90060000},
	    {"1654041602", T0},
	};
	char rows[1200] = "";
	struct input *in;

	(void)state;
	for (size_t i = 0; i < sizeof TIMES / sizeof *TIMES; i++) {
		size_t at = strlen(rows);

		snprintf(rows + at, sizeof rows - at, "273998992,%s,1,2\n", TIMES[i].time);
	}
	in = input_of(PLAIN, rows);
	for (size_t i = 0; i < sizeof TIMES / sizeof *TIMES; i++) {
		bool good = TIMES[i].t_ms >= 0;

		assert_true(next(in));
		if ((in->outcome == ROW_USED) != good ||
		    (good && in->reading.t_ms[0] != TIMES[i].t_ms))
			fail_msg("%s: %s, %lld", TIMES[i].time, row_outcome_info(in->outcome)->key,
			         (long long)in->reading.t_ms[0]);
		assert_true(!good || in->reading.t_ms[1] == TIMES[i].t_ms);
	}
	done(in);
}

static void day_and_month(void **state)
{
	struct input *in = input_of(PLAIN, "273998992,03/04/2020 00:00:00,1,2\n"
	                                   "273998992,13/04/2020 00:00:00,1,2\n"
	                                   "273998992,04/13/2020 00:00:00,1,2\n");

	(void)state;
	assert_true(next(in));
	assert_int_equal(in->reading.when, WHEN_EITHER);
	assert_int_equal(in->reading.t_ms[0], INT64_C(1585872000000)); /* 3 April */
	assert_int_equal(in->reading.t_ms[1], INT64_C(1583280000000)); /* 4 March */
	assert_true(next(in));
	assert_int_equal(in->reading.when, WHEN_ONLY_DAY_FIRST);
	assert_true(next(in));
	assert_int_equal(in->reading.when, WHEN_ONLY_MONTH_FIRST);
	done(in);
	in = input_of(DANISH, "03/04/2020 00:00:00,Class A,219000001,55,12,,,,,,,,,\n");
	assert_true(next(in));
	assert_int_equal(in->reading.when, WHEN_CERTAIN);
	assert_int_equal(in->reading.t_ms[0], INT64_C(1585872000000));
	assert_int_equal(in->report.fix.ais_class, CLASS_A);
	done(in);
}

static void quoted_rows(void **state)
{
	struct input *in = input_of(
	    NOAA, "\"273998992\",\"2022-06-01T00:00:02\",\"35.5\",\" 129.5 \",\"1,5\",2,3,"
	          "\"NO, \"\"SHIP\"\"\",,CALL1,,0,,,,,\"B\"\n"
	          "273998992,2022-06-01T00:00:03,35.5,129.5,,,,\"TWO\nLINES\",,,,,,,,,A\n");

	(void)state;
	assert_true(next(in));
	assert_int_equal(in->outcome, ROW_USED);
	assert_int_equal(in->report.mmsi, 273998992);
	assert_true(in->report.fix.lon_deg == 129.5);
	assert_true(in->report.fix.sog_kn == 1.5F);
	assert_int_equal(in->report.fix.ais_class, CLASS_B);
	assert_true(span_eq(in->report.statics.name, SPAN("NO, \"SHIP\"")));
	assert_true(next(in));
	assert_int_equal(in->reading.t_ms[0], T0 + 1000);
	assert_true(span_eq(in->report.statics.name, SPAN("TWO\nLINES")));
	done(in);
}

static void faults(void **state)
{
	struct input *in = input_of(PLAIN, "273998992,2022-06-01T00:00:02,1,2\n");
	uint32_t ends[] = {UINT32_MAX, 3};
	struct row row = {.base = in->text, .ends = ends + 1, .count = 1, .fault = ROW_TOO_LONG};

	(void)state;
	assert_int_equal(read_report(&in->plan, &row, &in->cache, &in->report, &in->reading),
	                 ROW_LONG);
	row.fault = ROW_OPEN_QUOTE;
	assert_int_equal(read_report(&in->plan, &row, &in->cache, &in->report, &in->reading),
	                 ROW_QUOTE);
	assert_true(next(in));
	done(in);
	for (int i = 0; i < ROW_OUTCOMES; i++) {
		assert_non_null(row_outcome_info((enum row_outcome)i)->key);
		assert_non_null(row_outcome_info((enum row_outcome)i)->text);
	}
}

static void source_and_second(void **state)
{
	struct input *in = input_of("mmsi,time,lat,lon,source,second\n",
	                            "273998992,2022-06-01T00:00:02,1,2,SAT,59\n"
	                            "273998992,2022-06-01T00:00:02,1,2,g,64\n");

	(void)state;
	assert_true(next(in));
	assert_int_equal(in->report.fix.source, SOURCE_SATELLITE);
	assert_int_equal(in->report.fix.second, 59);
	assert_int_equal(in->report.fix.known, KNOWN_SECOND);
	assert_true(next(in));
	assert_int_equal(in->report.fix.source, SOURCE_TERRESTRIAL);
	assert_int_equal(in->report.fix.known, 0);
	done(in);
}

/* exactEarth's layout: milliseconds stand beside the time, and the message number tells the class
 */
static void millisecond_column(void **state)
{
	struct input *in = input_of("MMSI,Message_ID,Repeat_indicator,Time,Millisecond,SOG,"
	                            "Longitude,Latitude,COG,Heading\n",
	                            "273998992,1,0,20220601_000002,250,1.5,129.5,35.5,2,3\n"
	                            "273998992,18,0,20220601_000002,1000,1.5,129.5,35.5,2,3\n"
	                            "273998992,5,0,20220601_000002,,1.5,129.5,35.5,2,3\n");

	(void)state;
	assert_true(next(in));
	assert_int_equal(in->reading.t_ms[0], T0 + 250);
	assert_int_equal(in->reading.t_ms[1], T0 + 250);
	assert_int_equal(in->report.fix.ais_class, CLASS_A);
	assert_true(in->report.fix.lat_deg == 35.5);
	assert_true(next(in));
	assert_int_equal(in->reading.t_ms[0], T0); /* 1000 is no millisecond */
	assert_int_equal(in->report.fix.ais_class, CLASS_B);
	assert_true(next(in));
	assert_int_equal(in->reading.t_ms[0], T0);
	done(in);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(whole_row),
	    cmocka_unit_test(every_outcome),
	    cmocka_unit_test(static_rows),
	    cmocka_unit_test(station_types),
	    cmocka_unit_test(motion_sentinels),
	    cmocka_unit_test(positions),
	    cmocka_unit_test(position_sentinels),
	    cmocka_unit_test(raw_units),
	    cmocka_unit_test(more_fields_than_the_header),
	    cmocka_unit_test(any_ids),
	    cmocka_unit_test(cached_minutes),
	    cmocka_unit_test(day_and_month),
	    cmocka_unit_test(quoted_rows),
	    cmocka_unit_test(faults),
	    cmocka_unit_test(source_and_second),
	    cmocka_unit_test(millisecond_column),
	};

	int failed = 0;

	for (size_t i = 0; row_kernel_at(i); i++) {
		print_message("row reader %s\n", row_kernel_at(i)->name);
		read_report = row_kernel_at(i)->run;
		failed += cmocka_run_group_tests(tests, NULL, NULL);
	}
	return failed;
}

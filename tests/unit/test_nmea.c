/*
 * ais/nmea: whole logs. The messages are made up by an encoder of a few lines of Python (M.1371-5
 * annex 8, IEC 61162-1), whose input is the expectation: ship 273998987 at 43 N 132 E (messages 1,
 * second in the name), ship 273998988, base station 002734999. Times by Python's datetime. The real
 * logs below AISGAP_CORPUS: see corpus_logs.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ais/nmea.h"
#include "base/hash.h"
#include "base/mem.h"

#define NOON  INT64_C(1622548800000) /* 2021-06-01T12:00:00Z */
#define NONE  INT64_MIN
#define POS03 "!AIVDM,1,1,,A,145CTRhP1a9L?p0HVe@3Q2n60000,0*02"
#define POS10 "!AIVDM,1,1,,A,145CTRhP1a9L?p0HVe@3Q2nD0000,0*70"
#define POS20 "!AIVDM,1,1,,A,145CTRhP1a9L?p0HVe@3Q2n`0000,0*54"
#define POS30 "!AIVDM,1,1,,A,145CTRhP1a9L?p0HVe@3Q2nt0000,0*40"
#define POS40 "!AIVDM,1,1,,A,145CTRhP1a9L?p0HVe@3Q2o@0000,0*75"
#define POS58 "!AIVDM,1,1,,A,145CTRhP1a9L?p0HVe@3Q2ol0000,0*59"
#define POS60 "!AIVDM,1,1,,A,145CTRhP1a9L?p0HVe@3Q2op0000,0*45" /* second 60: none */
/* the other ship's, at second 12 */
#define OTHER "!AIVDM,1,1,,B,145CTS0P1a9MI7PHgo<3Q2nH0000,0*31"
/* base station at 11:59:58, 12:00:07, :08, :18 and 12:01:03, 12:10:18, :19, :29; the ship's answer
 * (11) at 12:00:08 */
#define BASE1158 "!AIVDM,1,1,,A,402VsUivEPcsraL?p0HVe@100000,0*60"
#define BASE07   "!AIVDM,1,1,,A,402VsUivEPd07aL?p0HVe@100000,0*61"
#define BASE18   "!AIVDM,1,1,,A,402VsUivEPd0BaL?p0HVe@100000,0*14"
#define BASE1018 "!AIVDM,1,1,,A,402VsUivEPd:BaL?p0HVe@100000,0*1E"
#define BASE1019 "!AIVDM,1,1,,A,402VsUivEPd:CaL?p0HVe@100000,0*1F"
#define BASE1029 "!AIVDM,1,1,,A,402VsUivEPd:MaL?p0HVe@100000,0*11"
/* with the year 2035: another base station, a ship that sends message 4, a ship's answer; 12:00:08
 * and 12:00:18 */
#define STRANGER08     "!AIVDM,1,1,,A,402VwOiw=Pd08aL?p0HVe@100000,0*09"
#define STRANGER18     "!AIVDM,1,1,,A,402VwOiw=Pd0BaL?p0HVe@100000,0*73"
#define SHIP_AS_BASE08 "!AIVDM,1,1,,A,445CTS1w=Pd08aL?p0HVe@100000,0*78"
#define SHIP_AS_BASE18 "!AIVDM,1,1,,A,445CTS1w=Pd0BaL?p0HVe@100000,0*02"
#define WRONG_ANSWER08 "!AIVDM,1,1,,A,;45CTS1w=Pd08aL?p0HVe@100000,0*77"
#define WRONG_ANSWER18 "!AIVDM,1,1,,A,;45CTS1w=Pd0BaL?p0HVe@100000,0*0D"
#define BASE08         "!AIVDM,1,1,,A,402VsUivEPd089KjU0HbG`100000,0*77"
#define BASE103        "!AIVDM,1,1,,A,402VsUivEPd139KjU0HbG`100000,0*7D"
#define ANSWER         "!AIVDM,1,1,,A,;45CTRivEPd089KjU0HbG`100000,0*4E"
/* message 5 of the ship, sequence ids 1, 2 and none; of the other ship with 1 and 2 */
#define HEAD5   ",A,545CTRh0Bm`MD9QS401<Tn0tpD00000000000016<PD::40Ht=kSmj1D,0"
#define TAIL5   ",A,Q@0000000000000,2"
#define ST1_1   "!AIVDM,2,1,1" HEAD5 "*63"
#define ST1_2   "!AIVDM,2,2,1" TAIL5 "*34"
#define ST2_2   "!AIVDM,2,2,2" TAIL5 "*37"
#define OTHER5  ",A,545CTS000001D9QS801<Tn1ALt00000000000016<PD::40Ht=kSmj1D,0"
#define OST1_1  "!AIVDM,2,1,1" OTHER5 "*0D"
#define OST2_1  "!AIVDM,2,1,2" OTHER5 "*0E"
#define NAME24A "!AIVDM,1,1,,A,H45CTS1<Tn1ALt0000000000000,2*66" /* 160 bits */
/* Gatehouse's clock at 12:00:00.010, with the checksum of POS10, of POS20, of ST1_1, of both parts
 * of it, 00 and none */
#define GHP10   "$PGHP,1,2021,6,1,12,0,0,10,338,2,,1,70*2A"
#define GHP20   "$PGHP,1,2021,6,1,12,0,0,10,338,2,,1,54*2C"
#define GHP_ST1 "$PGHP,1,2021,6,1,12,0,0,10,338,2,,1,63*28"
#define GHP_ST  "$PGHP,1,2021,6,1,12,0,0,10,338,2,,1,57*2F"
#define GHP_OWN "$PGHP,1,2021,6,1,12,0,0,10,338,2,,1,00*2D"
#define GHP_ANY "$PGHP,1,2021,6,1,12,0,0,10,338,2,,1,*2D"

struct reader {
	struct nmea *nmea;
	enum row_outcome outcome;
	struct position_report report;
	struct row_reading reading;
	uint64_t count[ROW_OUTCOMES];
	uint64_t messages;
	uint64_t timed;
	uint64_t derived;
};

static struct reader reader_new(bool has_clock)
{
	struct nmea_options options = {.has_clock = has_clock};

	return (struct reader){.nmea = nmea_new(&options)};
}

static bool feed(struct reader *r, struct span line)
{
	if (!nmea_line(r->nmea, line, &r->outcome, &r->report, &r->reading))
		return false;
	r->count[r->outcome]++;
	r->messages += r->reading.message > 0;
	r->timed += r->reading.message > 0 && r->reading.when == WHEN_CERTAIN;
	r->derived += (r->reading.notes & NOTE_DERIVED_TIME) != 0;
	return true;
}

static void expect(struct reader *r, const char *line, enum row_outcome outcome)
{
	assert_true(feed(r, span_of(line)));
	if (r->outcome != outcome)
		print_error("\"%s\" gave outcome %d\n", line, (int)r->outcome);
	assert_int_equal(r->outcome, outcome);
}

/* a line that is used, or static, at a time; NONE for ROW_NO_TIME */
static void expect_at(struct reader *r, const char *line, int64_t t_ms)
{
	assert_true(feed(r, span_of(line)));
	if ((r->reading.when == WHEN_CERTAIN ? r->reading.t_ms[0] : NONE) != t_ms)
		print_error("\"%s\" is at %lld\n", line, (long long)r->reading.t_ms[0]);
	if (t_ms == NONE) {
		assert_int_equal(r->outcome, ROW_NO_TIME);
		assert_int_equal(r->reading.when, WHEN_BAD);
		return;
	}
	assert_true(r->outcome == ROW_USED || r->outcome == ROW_STATIC);
	assert_int_equal(r->reading.when, WHEN_CERTAIN);
	assert_int_equal(r->reading.t_ms[0], t_ms);
	assert_int_equal(r->reading.t_ms[1], t_ms);
}

static void expect_name(struct reader *r, int64_t mmsi, const char *name)
{
	assert_int_equal(r->reading.message, 5);
	assert_int_equal(r->report.mmsi, mmsi);
	assert_int_equal(r->report.statics.name.len, strlen(name));
	assert_memory_equal(r->report.statics.name.ptr, name, strlen(name));
}

static void test_report(void **state)
{
	struct reader r = reader_new(true);

	(void)state;
	expect_at(&r, "1622548812 " POS10, NOON + 12000);
	assert_int_equal(r.outcome, ROW_USED);
	assert_int_equal(r.reading.message, 1);
	assert_int_equal(r.report.mmsi, 273998987);
	assert_true(r.report.has_position);
	assert_float_equal(r.report.fix.lat_deg, 43.0, 1e-9);
	assert_float_equal(r.report.fix.lon_deg, 132.0, 1e-9);
	assert_int_equal(r.report.fix.second, 10);
	assert_int_equal(r.reading.notes, 0);
	expect(&r, POS10, ROW_NO_TIME);
	assert_true(r.report.has_position); /* decode prints it all the same */
	assert_int_equal(r.reading.message, 1);
	expect(&r, "# comment", ROW_NOT_AIS);
	assert_int_equal(r.reading.message, 0);
	assert_false(feed(&r, SPAN(" \r")));
	assert_false(feed(&r, SPAN("")));
	nmea_free(r.nmea);
	nmea_free(NULL);
}

/* ---- every row of the table in facts/aivdm.md; those of one sentence are in test_sentence.c ----
 */

static void parts_with_different_sequence_ids(void **state)
{
	struct reader r = reader_new(false);

	(void)state;
	expect(&r, ST1_1, ROW_PART);
	expect(&r, ST2_2, ROW_PART);
	assert_int_equal(r.messages, 0);
	assert_int_equal(nmea_lone_parts(r.nmea), 2);
	nmea_free(r.nmea);
}

static void single_line_sentence_between_two_parts(void **state)
{
	struct reader r = reader_new(true);

	(void)state;
	expect(&r, "1622548800 " ST1_1, ROW_PART);
	expect_at(&r, "1622548800 " POS10, NOON);
	expect_at(&r, "1622548801 " ST1_2, NOON);
	expect_name(&r, 273998987, "SIM ONE");
	nmea_free(r.nmea);
}

static void two_messages_interleaved_on_one_channel(void **state)
{
	struct reader r = reader_new(true);

	(void)state;
	expect(&r, "1622548800 " ST1_1, ROW_PART);
	expect(&r, "1622548800 " OST2_1, ROW_PART);
	expect_at(&r, "1622548800 " ST2_2, NOON);
	expect_name(&r, 273998988, "SIM TWO");
	expect_at(&r, "1622548800 " ST1_2, NOON);
	expect_name(&r, 273998987, "SIM ONE");
	nmea_free(r.nmea);
}

static void parts_in_reverse_order(void **state)
{
	struct reader r = reader_new(true);

	(void)state;
	expect(&r, "1622548801 " ST1_2, ROW_PART);
	expect_at(&r, "1622548800 " ST1_1, NOON + 1000);
	expect_name(&r, 273998987, "SIM ONE");
	nmea_free(r.nmea);
}

/* a sequence id comes round again */
static void parts_far_apart(void **state)
{
	struct reader r = reader_new(true);

	(void)state;
	expect(&r, ST1_1, ROW_PART);
	for (int i = 0; i < 200; i++)
		expect(&r, POS10, ROW_NO_TIME);
	expect(&r, ST1_2, ROW_PART);
	assert_int_equal(nmea_lone_parts(r.nmea), 2);
	nmea_free(r.nmea);
}

static void bad_checksum(void **state)
{
	struct reader r = reader_new(true);

	(void)state;
	expect(&r, "1622548800 !AIVDM,1,1,,A,145CTRhP1a9L?p0HVe@3Q2nD0000,0*71", ROW_CHECKSUM);
	assert_int_equal(r.reading.message, 0);
	nmea_free(r.nmea);
}

static void no_checksum(void **state)
{
	struct reader r = reader_new(true);

	(void)state;
	expect(&r, "1622548800 !AIVDM,1,1,,A,145CTRhP1a9L?p0HVe@3Q2nD0000,0", ROW_USED);
	assert_int_equal(r.reading.notes, NOTE_NO_CHECKSUM);
	nmea_free(r.nmea);
}

static void lower_case_checksum_hex(void **state)
{
	struct reader r = reader_new(false);

	(void)state;
	/* POS10 with a nonsense character: its sum is 70 ^ '0' ^ '|' = 3C; the payload is refused
	 * only where the checksum was not */
	expect(&r, "!AIVDM,1,1,,A,145CTRhP1a9L?p0HVe@3Q2nD000|,0*3c", ROW_PAYLOAD);
	expect(&r, "!AIVDM,1,1,,A,145CTRhP1a9L?p0HVe@3Q2nD000|,0*3C", ROW_PAYLOAD);
	expect(&r, "!AIVDM,1,1,,A,145CTRhP1a9L?p0HVe@3Q2nD000|,0*3d", ROW_CHECKSUM);
	nmea_free(r.nmea);
}

static void any_talker_and_channel(void **state)
{
	static const char *const HEADS[] = {"!BSVDM,1,1,,B", "!ABVDM,1,1,,1", "!SAVDM,1,1,,2",
	                                    "!BYVDO,1,1,,",  "!SSVDM,1,1,,C", "!--VDM,1,1,7,A"};
	struct reader r = reader_new(true);
	char line[128];

	(void)state;
	for (size_t i = 0; i < sizeof HEADS / sizeof *HEADS; i++) {
		snprintf(line, sizeof line, "1622548800 %s,145CTRhP1a9L?p0HVe@3Q2nD0000,0",
		         HEADS[i]);
		expect_at(&r, line, NOON);
	}
	nmea_free(r.nmea);
}

static void illegal_payload_character(void **state)
{
	/* the 64 are 0 to W and ` to w (IEC 61162-1, M.1371 annex 8) */
	static const char BAD[] = "XYZ[\\]^_x~/. %\x7f\x80\xff";
	struct reader r = reader_new(true);
	char line[128];

	(void)state;
	for (const char *c = BAD; *c; c++) {
		snprintf(line, sizeof line,
		         "1622548800 !AIVDM,1,1,,A,145CTRhP1a9L?p0HVe@3Q2nD000%c,0", *c);
		expect(&r, line, ROW_PAYLOAD);
	}
	for (const char *c = "0W`w"; *c; c++) {
		snprintf(line, sizeof line,
		         "1622548800 !AIVDM,1,1,,A,145CTRhP1a9L?p0HVe@3Q2nD000%c,0", *c);
		expect(&r, line, ROW_USED);
	}
	expect(&r, "1622548800 !AIVDM,1,1,,A,145CTRhP1a9L?p0HVe@3Q2nD000!,0", ROW_SENTENCE);
	nmea_free(r.nmea);
}

static void type_1_of_164_bits(void **state)
{
	struct reader r = reader_new(true);

	(void)state;
	/* 168 bits are 28 characters; 27 and 2 bits of the last */
	expect(&r, "1622548800 !AIVDM,1,1,,A,145CTRhP1a9L?p0HVe@3Q2nD0000,4", ROW_PAYLOAD);
	expect(&r, "1622548800 !AIVDM,1,1,,A,145CTRhP1a9L?p0HVe@3Q2nD0000,0", ROW_USED);
	nmea_free(r.nmea);
}

static void type_24_a_of_160_and_168_bits(void **state)
{
	struct reader r = reader_new(true);

	(void)state;
	expect_at(&r, "1622548800 " NAME24A, NOON);
	assert_int_equal(r.outcome, ROW_STATIC);
	assert_int_equal(r.report.statics.name.len, 7);
	assert_memory_equal(r.report.statics.name.ptr, "SIM TWO", 7);
	expect_at(&r, "1622548800 !AIVDM,1,1,,A,H45CTS1<Tn1ALt00000000000000,0", NOON);
	assert_memory_equal(r.report.statics.name.ptr, "SIM TWO", 7);
	nmea_free(r.nmea);
}

static void type_27_of_other_lengths(void **state)
{
	struct reader r = reader_new(true);

	(void)state;
	/* 96 bits are 16 characters; what they say does not matter here */
	expect(&r, "1622548800 !AIVDM,1,1,,A,K45CTRh0000000,0", ROW_PAYLOAD);
	expect(&r, "1622548800 !AIVDM,1,1,,A,K45CTRh00000000000000,0", ROW_PAYLOAD);
	expect(&r, "1622548800 !AIVDM,1,1,,A,K45CTRh000000000,0", ROW_NULL_POSITION);
	nmea_free(r.nmea);
}

/* ---- times ---- */

static void test_carried_time(void **state)
{
	struct reader r = reader_new(true);

	(void)state;
	expect(&r, GHP10, ROW_NOT_AIS);
	expect_at(&r, POS10, NOON + 10);
	expect_at(&r, POS10, NONE); /* the next sentence only */
	expect(&r, GHP10, ROW_NOT_AIS);
	expect(&r, "# comment", ROW_NOT_AIS);
	assert_false(feed(&r, SPAN(" \r")));
	expect_at(&r, POS10, NOON + 10);
	expect(&r, GHP10, ROW_NOT_AIS); /* its own time is better */
	expect_at(&r, "1622548805 " POS10, NOON + 5000);
	expect_at(&r, POS10, NONE);
	expect(&r, GHP_ANY, ROW_NOT_AIS); /* of a sentence that it does not name */
	expect_at(&r, POS20, NOON + 10);
	nmea_free(r.nmea);
}

/* whatever line stands between, it may be the sentence that the time belongs to */
static void carried_time_ends_with_any_line(void **state)
{
	static const char *const BETWEEN[] = {
	    "!AIVDM,1,1,,A,145CTRhP1a9L?p0HVe@3Q2nD0000,0*71",
	    "$GPGGA,120000,,,,,0,00,,,M,,M,,*66",
	    "?AIVDM,1,1,,A,145CTRhP1a9L?p0HVe@3Q2nD0000,0*70",
	    "?PGHP,1,2021,6,1,20,0,0,10,338,2,,1,70*29",
	    "$PGHP,1,2021,6,1,20,0,0,10,338,2,,1,70*00",
	    "text",
	    "\\s:rSIM1*5D\\",
	};
	struct reader r = reader_new(true);

	(void)state;
	for (size_t i = 0; i < sizeof BETWEEN / sizeof *BETWEEN; i++) {
		expect(&r, GHP10, ROW_NOT_AIS);
		feed(&r, span_of(BETWEEN[i]));
		expect_at(&r, POS10, NONE);
	}
	nmea_free(r.nmea);
}

/* a log that lost the line between: the clock names its sentence by its checksum */
static void carried_time_knows_its_sentence(void **state)
{
	struct reader r = reader_new(true);

	(void)state;
	expect(&r, GHP10, ROW_NOT_AIS);
	expect_at(&r, POS20, NONE);
	expect_at(&r, POS10, NONE);
	expect(&r, GHP20, ROW_NOT_AIS);
	expect_at(&r, POS20, NOON + 10);
	/* without a checksum its sum is counted all the same: that of POS10 is 70 */
	expect(&r, GHP10, ROW_NOT_AIS);
	expect_at(&r, "!AIVDM,1,1,,A,145CTRhP1a9L?p0HVe@3Q2nD0000,0", NOON + 10);
	expect(&r, GHP20, ROW_NOT_AIS);
	expect_at(&r, "!AIVDM,1,1,,A,145CTRhP1a9L?p0HVe@3Q2nD0000,0", NONE);
	expect(&r, GHP_OWN, ROW_NOT_AIS); /* 00: the own ship's */
	expect_at(&r, "!AIVDO,1,1,,A,145CTRhP1a9L?p0HVe@3Q2nD0000,0*72", NOON + 10);
	expect(&r, GHP_OWN, ROW_NOT_AIS);
	expect_at(&r, POS10, NONE);
	nmea_free(r.nmea);
}

/* the checksums of a message's parts XORed, as in corpus/nmea/aislib, or each part's own */
static void carried_time_of_parts(void **state)
{
	struct reader r = reader_new(true);

	(void)state;
	expect(&r, GHP_ST, ROW_NOT_AIS);
	expect(&r, ST1_1, ROW_PART);
	expect_at(&r, ST1_2, NOON + 10);
	expect(&r, GHP_ST, ROW_NOT_AIS);
	expect(&r, OST1_1, ROW_PART); /* not the message that the clock is about */
	expect_at(&r, ST1_2, NONE);
	expect(&r, GHP_ST1, ROW_NOT_AIS);
	expect(&r, ST1_1, ROW_PART);
	expect(&r, "$PGHP,1,2021,6,1,12,0,1,10,338,2,,1,34", ROW_NOT_AIS);
	expect_at(&r, ST1_2, NOON + 10);
	expect(&r, GHP_ANY, ROW_NOT_AIS);
	expect(&r, ST1_1, ROW_PART);
	expect_at(&r, ST1_2, NOON + 10);
	nmea_free(r.nmea);
}

/* a log whose writer was cut off in the middle of a line, and went on behind it later: the second
 * sentence has nothing of the first line */
static void appended_log(void **state)
{
	static const char *const LINES[] = {
	    "2021-06-01T12:00:00Z !AIVDM,1,1,,A,145CTRhP1a92021-06-01T20:00:00Z " POS10,
	    "1622548800 !AIVDM,1,1,,A,145CTRhP1a91622577600 " POS10,
	    "1622548800,!AIVDM,1,1,,A,145CTRhP1a91622577600," POS10,
	    "\\c:1622548800*5F\\!AIVDM,1,1,,A,145CTRhP1a9\\c:1622577600*5D\\" POS10,
	    "\\c:1622548800*5F\\!AIVDM,1,1,,A,145CTRhP1a9\\c:1622577600*05D\\" POS10,
	    "1622548800 !AI1622577600 " POS10,
	    "1622548800 !1622577600 " POS10,
	    "1622548800 $GPGGA,120000,,1622577600 " POS10,
	    "1622548800," POS10 "1622577600," POS10,
	    "1622548800," POS10 "1622577600,!AI",
	    "1622548800," POS10 "1622577600,$GPGGA,1200",
	    POS10 "$PGHP,1,2010,6,11,11,46,11,390,231,45,992190934,1,2B*5B",
	};
	struct reader r = reader_new(true);

	(void)state;
	for (size_t i = 0; i < sizeof LINES / sizeof *LINES; i++) {
		expect(&r, LINES[i], ROW_SENTENCE);
		assert_int_equal(r.reading.when, WHEN_BAD);
	}
	nmea_free(r.nmea);
}

static void test_derived_time(void **state)
{
	struct reader r = reader_new(false);

	(void)state;
	expect_at(&r, POS10, NONE); /* nothing is known yet */
	expect(&r, BASE07, ROW_BASE_STATION);
	expect_at(&r, POS10, NONE); /* one alone may be wrong */
	expect_at(&r, NAME24A, NONE);
	expect(&r, BASE08, ROW_BASE_STATION);
	assert_int_equal(r.derived, 0);
	expect_at(&r, POS10, NOON + 10000);
	assert_int_equal(r.reading.notes, NOTE_DERIVED_TIME);
	expect_at(&r, POS60, NONE); /* no second */
	expect_at(&r, NAME24A, NOON + 8000);
	assert_int_equal(r.reading.notes, NOTE_DERIVED_TIME);
	expect_at(&r, OTHER, NOON + 12000);
	expect_at(&r, POS10, NOON + 10000); /* a little out of order */
	expect_at(&r, POS58, NOON + 58000);
	expect_at(&r, POS10, NONE); /* the next minute, or the one after */
	expect_at(&r, POS58, NONE);
	expect_at(&r, NAME24A, NONE);
	expect(&r, BASE103, ROW_BASE_STATION);
	expect_at(&r, POS10, NOON + 70000);
	expect_at(&r, POS58, NOON + 118000);
	nmea_free(r.nmea);
}

static void test_derived_time_at_the_edges(void **state)
{
	struct reader r = reader_new(false);

	(void)state;
	expect(&r, BASE07, ROW_BASE_STATION);
	expect(&r, BASE08, ROW_BASE_STATION);
	expect_at(&r, POS03, NONE); /* 8 - 5: not over, but too early to be sure */
	expect_at(&r, POS10, NOON + 10000);
	expect(&r, BASE103, ROW_BASE_STATION);
	expect_at(&r, POS03, NOON + 63000);
	expect_at(&r, "1622548800 " POS20, NOON); /* its own time is better */
	assert_int_equal(r.reading.notes, 0);
	nmea_free(r.nmea);
	r = reader_new(false);
	expect(&r, BASE18, ROW_BASE_STATION);
	expect(&r, BASE103, ROW_BASE_STATION); /* at second 3, 58 may be the minute before, */
	expect_at(&r, POS58, NONE);
	expect_at(&r, POS10, NOON + 70000); /* but not at second 10 */
	expect_at(&r, POS58, NOON + 118000);
	nmea_free(r.nmea);
}

/* only base stations' clocks are others' */
static void minute_is_not_a_ships(void **state)
{
	static const char *const SHIPS[] = {SHIP_AS_BASE08, SHIP_AS_BASE18, WRONG_ANSWER08,
	                                    WRONG_ANSWER18};
	struct reader r = reader_new(false);

	(void)state;
	for (size_t i = 0; i < sizeof SHIPS / sizeof *SHIPS; i++) {
		expect(&r, SHIPS[i], i < 2 ? ROW_BASE_STATION : ROW_USED);
		expect_at(&r, POS20, NONE);
	}
	expect(&r, BASE07, ROW_BASE_STATION);
	expect(&r, BASE08, ROW_BASE_STATION);
	for (size_t i = 0; i < sizeof SHIPS / sizeof *SHIPS; i++) {
		expect(&r, SHIPS[i], i < 2 ? ROW_BASE_STATION : ROW_USED);
		expect_at(&r, POS20, NOON + 20000);
	}
	nmea_free(r.nmea);
}

/* a base station whose time is not the last one's is believed when the next confirms it */
static void minute_of_a_strange_base_station(void **state)
{
	struct reader r = reader_new(false);

	(void)state;
	expect(&r, STRANGER08, ROW_BASE_STATION);
	expect(&r, STRANGER08, ROW_BASE_STATION); /* heard by two receivers */
	expect_at(&r, POS20, NONE);
	expect(&r, BASE07, ROW_BASE_STATION);
	expect_at(&r, POS20, NONE);
	expect(&r, STRANGER18, ROW_BASE_STATION); /* other reports came between */
	expect_at(&r, POS20, NONE);
	expect(&r, BASE07, ROW_BASE_STATION);
	expect(&r, BASE08, ROW_BASE_STATION);
	expect_at(&r, POS20, NOON + 20000);
	expect(&r, STRANGER08, ROW_BASE_STATION);
	expect_at(&r, POS20, NONE);
	expect(&r, BASE18, ROW_BASE_STATION);
	expect_at(&r, POS20, NOON + 20000);
	expect(&r, STRANGER18, ROW_BASE_STATION);
	expect_at(&r, POS20, NONE);
	nmea_free(r.nmea);
}

static void minute_before_and_long_after(void **state)
{
	struct reader r = reader_new(false);

	(void)state;
	expect(&r, BASE07, ROW_BASE_STATION);
	expect(&r, BASE18, ROW_BASE_STATION);
	expect(&r, BASE1018, ROW_BASE_STATION); /* 10 min */
	expect_at(&r, POS20, NOON + 620000);
	expect(&r, BASE1158, ROW_BASE_STATION); /* the log begins again? */
	expect_at(&r, POS20, NONE);
	expect(&r, BASE18, ROW_BASE_STATION); /* it does */
	expect_at(&r, POS20, NOON + 20000);
	expect(&r, BASE1019, ROW_BASE_STATION); /* 10 min and 1 s */
	expect_at(&r, POS20, NONE);
	expect(&r, BASE1029, ROW_BASE_STATION);
	expect_at(&r, POS30, NOON + 630000);
	nmea_free(r.nmea);
}

/* through a pause, seconds may happen to rise */
static void minute_ends_after_60_sentences(void **state)
{
	struct reader r = reader_new(false);

	(void)state;
	expect(&r, BASE07, ROW_BASE_STATION);
	expect(&r, BASE08, ROW_BASE_STATION);
	for (int i = 0; i < 20; i++) {
		expect(&r, "# comment", ROW_NOT_AIS);
		expect_at(&r, POS20, NOON + 20000);
		expect(&r, "!AIVDM,1,1,,A,145CTRhP1a9", ROW_SENTENCE);
		expect_at(&r, NAME24A, NOON + 8000);
	}
	expect_at(&r, POS20, NONE);
	expect_at(&r, NAME24A, NONE);
	expect(&r, BASE18, ROW_BASE_STATION);
	expect_at(&r, POS20, NOON + 20000);
	nmea_free(r.nmea);
}

static void test_no_derived_time_with_a_clock(void **state)
{
	struct reader r = reader_new(true);

	(void)state;
	expect(&r, BASE07, ROW_BASE_STATION);
	expect(&r, BASE08, ROW_BASE_STATION);
	expect_at(&r, POS10, NONE);
	expect_at(&r, NAME24A, NONE);
	/* message 11 carries its own time; the line's is better */
	expect_at(&r, ANSWER, NOON + 8000);
	assert_int_equal(r.outcome, ROW_USED);
	assert_int_equal(r.reading.message, 11);
	assert_int_equal(r.reading.notes, 0);
	expect_at(&r, "1622548801 " ANSWER, NOON + 1000);
	nmea_free(r.nmea);
	r = reader_new(false);
	expect_at(&r, ANSWER, NOON + 8000);
	expect_at(&r, ANSWER, NOON + 8000);
	expect_at(&r, POS10, NONE); /* but tells it to no other */
	nmea_free(r.nmea);
}

static void test_other_outcomes_need_no_time(void **state)
{
	struct reader r = reader_new(false);

	(void)state;
	expect(&r, BASE08, ROW_BASE_STATION);
	expect(&r, "!AIVDM,1,1,,A,>45CTRh0,0", ROW_OTHER); /* 14: text */
	expect(&r, "!AIVDM,1,1,,B,,0*25", ROW_PAYLOAD);
	nmea_free(r.nmea);
}

static void test_style_reaches_the_times(void **state)
{
	struct when_style style = {.order = WHEN_DAY_FIRST};
	struct nmea_options options = {.when = &style, .has_clock = true};
	struct reader r = {.nmea = nmea_new(&options)};
	struct reader open = reader_new(true);

	(void)state;
	expect_at(&r, "01/06/2021 12:00:00," POS10, NOON);
	expect(&open, "01/06/2021 12:00:00," POS10, ROW_USED);
	assert_int_equal(open.reading.when, WHEN_EITHER);
	assert_int_equal(open.reading.t_ms[0], NOON);
	nmea_free(r.nmea);
	nmea_free(open.nmea);
}

/* ---- memory ---- */

static void test_texts_live_until_forgotten(void **state)
{
	struct reader r = reader_new(true);
	struct position_report kept;

	(void)state;
	expect(&r, "1622548800 " ST1_1, ROW_PART);
	expect(&r, "1622548800 " ST1_2, ROW_STATIC);
	kept = r.report;
	for (int i = 0; i < 5000; i++) {
		expect(&r, "1622548800 " OST1_1, ROW_PART);
		expect(&r, "1622548800 " ST1_2, ROW_STATIC);
	}
	assert_int_equal(kept.statics.name.len, 7);
	assert_memory_equal(kept.statics.name.ptr, "SIM ONE", 7);
	assert_memory_equal(kept.statics.callsign.ptr, "UBXX1", 5);
	assert_memory_equal(kept.statics.imo.ptr, "1234567", 7);
	nmea_forget(r.nmea);
	nmea_forget(r.nmea);
	expect(&r, "1622548800 " OST1_1, ROW_PART);
	expect(&r, "1622548800 " ST1_2, ROW_STATIC);
	expect_name(&r, 273998988, "SIM TWO");
	nmea_free(r.nmea);
}

static void test_bad_tags_are_noted(void **state)
{
	struct reader r = reader_new(true);

	(void)state;
	expect_at(&r, "\\c:1622548800*5F\\" POS10, NOON);
	assert_int_equal(r.reading.notes, 0);
	expect_at(&r, "\\c:1622548800*5E\\" POS10, NONE);
	assert_int_equal(r.reading.notes, NOTE_BAD_TAG);
	nmea_free(r.nmea);
}

/* ---- laws ---- */

static const char *const LOG[] = {
    "1622548800 " POS10,
    "1622548801 " ST1_1,
    "1622548801 " OTHER,
    "1622548802 " OST2_1,
    "# comment",
    "1622548802 " ST1_2,
    GHP20,
    POS20,
    "1622548803 " ST2_2,
    "1622548803 " BASE08,
    "text",
    "1622548804 " NAME24A,
};
enum { LOG_LINES = sizeof LOG / sizeof *LOG };

/* what a reader gave, whatever the order: a sum over mixed fields */
static uint64_t print_of(const struct reader *r)
{
	uint64_t print = (uint64_t)r->outcome << 56 ^ (uint64_t)r->reading.message << 48;

	print = hash_mix(print ^ (uint64_t)r->report.mmsi);
	print = hash_mix(print ^ (uint64_t)r->reading.t_ms[0] ^ (uint64_t)r->reading.when << 60);
	print = hash_mix(print ^ r->report.fix.second ^ r->reading.notes);
	return hash_bytes(print, r->report.statics.name);
}

static uint64_t run(struct reader *r, const char *const *lines, size_t count)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < count; i++) {
		feed(r, span_of(lines[i]));
		if (r->reading.message)
			sum += print_of(r);
	}
	return sum;
}

/* the same log twice, by one reader: twice the reports */
static void twice_gives_twice(void **state)
{
	struct reader once = reader_new(true);
	struct reader twice = reader_new(true);
	uint64_t sum = run(&once, LOG, LOG_LINES);

	(void)state;
	assert_int_equal(run(&twice, LOG, LOG_LINES), sum);
	assert_int_equal(run(&twice, LOG, LOG_LINES), sum);
	assert_int_equal(once.count[ROW_USED], 3);
	assert_int_equal(once.count[ROW_STATIC], 3);
	for (int i = 0; i < ROW_OUTCOMES; i++)
		assert_int_equal(twice.count[i], once.count[i] * 2);
	nmea_free(once.nmea);
	nmea_free(twice.nmea);
}

/* neighbouring lines that have their own times may change places: the same reports */
static void independent_lines_commute(void **state)
{
	struct reader once = reader_new(true);
	uint64_t sum = run(&once, LOG, LOG_LINES);

	(void)state;
	for (size_t i = 0; i + 1 < LOG_LINES; i++) {
		const char *lines[LOG_LINES];
		struct reader r;

		memcpy(lines, LOG, sizeof lines);
		if (lines[i] == LOG[6] || lines[i + 1] == LOG[6] || lines[i] == LOG[7])
			continue; /* $PGHP, and what it times */
		lines[i] = LOG[i + 1];
		lines[i + 1] = LOG[i];
		r = reader_new(true);
		assert_int_equal(run(&r, lines, LOG_LINES), sum);
		nmea_free(r.nmea);
	}
	nmea_free(once.nmea);
}

/* lines and forgetting: a caller forgets at the end of each of its blocks, wherever that is */
static void blocks_do_not_matter(void **state)
{
	struct reader once = reader_new(true);
	uint64_t sum = run(&once, LOG, LOG_LINES);

	(void)state;
	for (size_t cut = 0; cut <= LOG_LINES; cut++) {
		struct reader r = reader_new(true);
		uint64_t got = run(&r, LOG, cut);

		nmea_forget(r.nmea);
		assert_int_equal(got + run(&r, LOG + cut, LOG_LINES - cut), sum);
		nmea_free(r.nmea);
	}
	nmea_free(once.nmea);
}

/* ---- an input's head ---- */

static void test_heads(void **state)
{
	static const char *const LOGS[] = {
	    POS10,
	    "# comment\n\n$GPGGA,120000,,,,,0,00,,,M,,M,,*66\n" POS10 "\n",
	    "1622548800 " POS10 "\r\n",
	    "\xef\xbb\xbf" POS10,
	    "[2021-06-01 12:00:00] " POS10,
	    "\\s:rSIM1*5D\\" ST1_1 "\n",
	    "time,source,sentence\n2021-06-01 12:00:00,rx,\"" POS10 "\"\n",
	    "!AIVDM,1,1,,A,145CTRhP1a9L?p0HVe@3Q2nD0000,0*71\n",
	    GHP10 "\n" POS10 "\n",
	};
	static const char *const OTHERS[] = {
	    "",
	    "\n",
	    "mmsi,lat,lon\n273998987,43,132\n",
	    "{\"nmea\":[\"" POS10 "\"]}\n",
	    "[{\"nmea\":[\n\"" POS10 "\"\n]}]",
	    " \n{\"a\":1}\n" POS10,
	    "[\"" POS10 "\"]",
	    "$GPGGA,120000,,,,,0,00,,,M,,M,,*66\n",
	    "# " POS10 "\n",
	    "!AIVDM,1,1\n",
	};
	static const char *const CLOCKS[] = {
	    POS10 "\n1622548800 " POS10 "\n",
	    GHP10 "\n" POS10 "\n",
	    "\\c:1622548800*5F\\" POS10,
	    POS10 ",r003669946,1622548800\r\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof LOGS / sizeof *LOGS; i++)
		assert_true(nmea_is_log(span_of(LOGS[i])));
	for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++)
		assert_false(nmea_is_log(span_of(OTHERS[i])));
	for (size_t i = 0; i < sizeof CLOCKS / sizeof *CLOCKS; i++)
		assert_true(nmea_head_has_clock(span_of(CLOCKS[i]), NULL));
	assert_false(nmea_head_has_clock(SPAN(BASE08 "\n" ANSWER "\n" POS10 "\n"), NULL));
	assert_false(nmea_head_has_clock(SPAN("1622548800\n2021-06-01 12:00:00 text\n"), NULL));
}

/* ---- real logs ---- */

struct log {
	const char *name;
	bool clock;
	uint64_t lines;    /* not blank */
	uint64_t messages; /* of at least six bits, whatever their type */
	uint64_t timed; /* of these, with a time of their own, their station's or their $PGHP's */
	uint64_t lone;  /* parts whose message is not whole */
};

/*
 * Counted by a Python script that knows nothing of this program: regular expressions for sentences
 * and times, an XOR of the bytes for checksums, and a dictionary of parts by talker, count,
 * sequence id and channel. Corrected by hand: timestamped and gatehouse have a second $PGHP line
 * whose year was changed but not its checksum.
 */
static const struct log LOGS[] = {
    {"libais/tagblock.nmea", true, 5, 4, 4, 0},
    {"libais/typeexamples.nmea", true, 26, 26, 26, 0},
    {"libais/test.aivdm", true, 310, 261, 261, 0},
    {"pyais/timestamped.ais", true, 9, 4, 1, 0},
    {"pyais/gatehouse.nmea", true, 9, 4, 1, 0},
    {"pyais/messages.ais", false, 8, 6, 0, 0},
    {"pyais/nmea_data_sample.txt", false, 898, 778, 0, 20},
    {"aislib/replay_dump.txt", true, 108, 50, 50, 0},
    {"aislib/stream_example.txt", true, 8551, 4051, 4051, 0},
    {"aislib/decode_encode_messages.txt", false, 646, 601, 0, 0},
    {"aislib/ais250.txt", false, 243, 235, 0, 0},
    {"gpsd/sample.aivdm", true, 1120, 102, 3, 0},
    {"gpsd/ais-18-27.log", false, 280, 276, 0, 0},
    {"gpsd/ais-nmea.log", false, 1500, 171, 0, 0},
    {"gpsd/ais-raw-messages.log", false, 121, 109, 0, 0},
    {"gpsd/ais_unpack_sixbit.log", false, 27, 13, 0, 0},
    {"gpsd/ait250.log", false, 155, 74, 0, 0},
    {"aisparser/seattle.log", false, 636, 614, 0, 0},
    {"aisparser/tidemsg8.log", false, 356, 178, 0, 0},
    {"go-ais/aistest.nmea", true, 998, 906, 906, 6},
};

static struct span read_whole(const char *name)
{
	FILE *file = fopen(name, "rb");
	char *bytes = NULL;
	size_t len = 0;

	assert_non_null(file);
	while (!feof(file) && !ferror(file)) {
		bytes = mem_resize(bytes, len + 65536, 1);
		len += fread(bytes + len, 1, 65536, file);
	}
	assert_false(ferror(file));
	fclose(file);
	return (struct span){bytes, len};
}

static void check_log(const struct log *log, struct span whole)
{
	struct reader r = reader_new(log->clock);
	uint64_t lines = 0;
	struct span line;

	assert_true(nmea_is_log(whole));
	assert_int_equal(nmea_head_has_clock(whole, NULL), log->clock);
	while (whole.len) {
		span_cut(whole, '\n', &line, &whole);
		lines += feed(&r, line);
	}
	assert_int_equal(lines, log->lines);
	assert_int_equal(r.messages, log->messages);
	assert_int_equal(r.timed - r.derived, log->timed);
	assert_int_equal(nmea_lone_parts(r.nmea), log->lone);
	assert_int_equal(r.count[ROW_CHECKSUM], 0);
	nmea_free(r.nmea);
}

static void corpus_logs(void **state)
{
	const char *corpus = getenv("AISGAP_CORPUS");
	char name[512];

	(void)state;
	if (!corpus) {
		print_message("AISGAP_CORPUS is not set\n");
		skip();
	}
	for (size_t i = 0; i < sizeof LOGS / sizeof *LOGS; i++) {
		struct span whole;

		snprintf(name, sizeof name, "%s/nmea/%s", corpus, LOGS[i].name);
		print_message("%s\n", LOGS[i].name);
		whole = read_whole(name);
		check_log(&LOGS[i], whole);
		free((char *)whole.ptr);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_report),
	    cmocka_unit_test(parts_with_different_sequence_ids),
	    cmocka_unit_test(single_line_sentence_between_two_parts),
	    cmocka_unit_test(two_messages_interleaved_on_one_channel),
	    cmocka_unit_test(parts_in_reverse_order),
	    cmocka_unit_test(parts_far_apart),
	    cmocka_unit_test(bad_checksum),
	    cmocka_unit_test(no_checksum),
	    cmocka_unit_test(lower_case_checksum_hex),
	    cmocka_unit_test(any_talker_and_channel),
	    cmocka_unit_test(illegal_payload_character),
	    cmocka_unit_test(type_1_of_164_bits),
	    cmocka_unit_test(type_24_a_of_160_and_168_bits),
	    cmocka_unit_test(type_27_of_other_lengths),
	    cmocka_unit_test(test_carried_time),
	    cmocka_unit_test(carried_time_ends_with_any_line),
	    cmocka_unit_test(carried_time_knows_its_sentence),
	    cmocka_unit_test(carried_time_of_parts),
	    cmocka_unit_test(appended_log),
	    cmocka_unit_test(test_derived_time),
	    cmocka_unit_test(test_derived_time_at_the_edges),
	    cmocka_unit_test(minute_is_not_a_ships),
	    cmocka_unit_test(minute_of_a_strange_base_station),
	    cmocka_unit_test(minute_before_and_long_after),
	    cmocka_unit_test(minute_ends_after_60_sentences),
	    cmocka_unit_test(test_no_derived_time_with_a_clock),
	    cmocka_unit_test(test_other_outcomes_need_no_time),
	    cmocka_unit_test(test_style_reaches_the_times),
	    cmocka_unit_test(test_texts_live_until_forgotten),
	    cmocka_unit_test(test_bad_tags_are_noted),
	    cmocka_unit_test(twice_gives_twice),
	    cmocka_unit_test(independent_lines_commute),
	    cmocka_unit_test(blocks_do_not_matter),
	    cmocka_unit_test(test_heads),
	    cmocka_unit_test(corpus_logs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

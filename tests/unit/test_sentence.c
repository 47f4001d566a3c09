/*
 * ais/sentence, ais/fragments: lines of logs taken apart, parts put together.
 *
 * The sentences are made up (an encoder of a few lines of Python, by M.1371-5 annex 8 and IEC
 * 61162-1; MMSI 273998987 and 273998988); their checksums are that encoder's. The wrappers are
 * spelled as in the logs of corpus/nmea and in facts/formats.md 22. Times: 1622548800 is
 * 2021-06-01T12:00:00Z by Python's datetime.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ais/fragments.h"
#include "ais/sentence.h"

#define NOON   INT64_C(1622548800000)
#define BODY   "!AIVDM,1,1,,A,145CTRhP1a9L?p0HVe@3Q2nD0000,0"
#define SINGLE BODY "*70"
#define PART1  "!AIVDM,2,1,1,A,545CTRh0Bm`MD9QS401<Tn0tpD00000000000016<PD::40Ht=kSmj1D,0*63"
#define PART2  "!AIVDM,2,2,1,A,Q@0000000000000,2*34"

static struct sentence read_line(const char *line, enum row_outcome expected)
{
	struct sentence s;
	enum row_outcome got = sentence_read(span_of(line), NULL, &s);

	if (got != expected)
		print_error("\"%s\" gave outcome %d\n", line, (int)got);
	assert_int_equal(got, expected);
	return s;
}

static void expect_span(struct span got, const char *expected)
{
	assert_int_equal(got.len, strlen(expected));
	assert_memory_equal(got.ptr, expected, got.len);
}

static void expect_time(const char *line, int64_t t_ms)
{
	struct sentence s = read_line(line, ROW_USED);

	if (s.when != WHEN_CERTAIN || s.t_ms[0] != t_ms)
		print_error("\"%s\" is timed %d, %lld\n", line, (int)s.when, (long long)s.t_ms[0]);
	assert_int_equal(s.when, WHEN_CERTAIN);
	assert_int_equal(s.t_ms[0], t_ms);
	assert_int_equal(s.t_ms[1], t_ms);
}

static void expect_no_time(const char *line)
{
	struct sentence s = read_line(line, ROW_USED);

	if (s.when != WHEN_BAD)
		print_error("\"%s\" is timed %lld\n", line, (long long)s.t_ms[0]);
	assert_int_equal(s.when, WHEN_BAD);
}

static void test_fields(void **state)
{
	struct sentence s = read_line(SINGLE, ROW_USED);

	(void)state;
	assert_memory_equal(s.talker, "AI", 2);
	assert_false(s.own || s.grouped || s.clock);
	assert_int_equal(s.parts, 1);
	assert_int_equal(s.part, 1);
	assert_int_equal(s.sequence, -1);
	assert_int_equal(s.channel, 'A');
	expect_span(s.payload, "145CTRhP1a9L?p0HVe@3Q2nD0000");
	assert_int_equal(s.fill, 0);
	assert_true(s.checksum);
	assert_int_equal(s.when, WHEN_BAD);
	assert_int_equal(s.station.len, 0);
	s = read_line(PART2, ROW_USED);
	assert_int_equal(s.parts, 2);
	assert_int_equal(s.part, 2);
	assert_int_equal(s.sequence, 1);
	assert_int_equal(s.fill, 2);
	s = read_line("!AIVDO,1,1,,,145CTRhP1a9L?p0HVe@3Q2nD0000,0", ROW_USED);
	assert_true(s.own);
	assert_int_equal(s.channel, 0);
	s = read_line("!AIVDM,1,1,,B,,0*25", ROW_USED); /* as one in corpus/nmea/pyais */
	assert_int_equal(s.payload.len, 0);
}

/* facts/aivdm.md: "bad checksum" */
static void test_bad_checksum(void **state)
{
	(void)state;
	read_line(BODY "*71", ROW_CHECKSUM);
	read_line(BODY "*7", ROW_CHECKSUM);
	read_line(BODY "*", ROW_CHECKSUM);
	read_line(BODY "*7G", ROW_CHECKSUM);
	read_line("!AIVDM,1,1,,A,145CTRhP1a9L?p0HVe@3Q2nE0000,0*70", ROW_CHECKSUM);
	read_line(BODY "*70\x9d\x9a", ROW_USED); /* noise behind it, as in corpus/nmea/aislib */
}

/* facts/aivdm.md: "no checksum" */
static void test_no_checksum(void **state)
{
	(void)state;
	assert_false(read_line(BODY, ROW_USED).checksum);
	assert_false(read_line(BODY ",1622548800", ROW_USED).checksum);
	assert_true(read_line(SINGLE, ROW_USED).checksum);
	read_line(BODY "13", ROW_SENTENCE);
}

/* facts/aivdm.md: "lower-case checksum hex" */
static void test_lower_case_checksum(void **state)
{
	(void)state;
	read_line("!AIVDM,1,1,,A,7,0*2D", ROW_CHECKSUM); /* the sum of these bytes is 11 */
	read_line("!AIVDM,1,1,,A,7,0*11", ROW_USED);
	read_line("!AIVDM,1,1,,A,Z,0*7C", ROW_USED);
	read_line("!AIVDM,1,1,,A,Z,0*7c", ROW_USED);
}

/* facts/aivdm.md: "talkers other than AI, channel letters, empty channel" */
static void test_talkers_and_channels(void **state)
{
	static const char *const TALKERS[] = {"AI", "BS", "AB", "SA", "BY", "SS",
	                                      "AN", "AR", "AS", "AT", "AX", "--"};
	static const char CHANNELS[] = "ABCD12ab";
	char line[100];

	(void)state;
	for (size_t i = 0; i < sizeof TALKERS / sizeof *TALKERS; i++) {
		struct sentence s;

		snprintf(line, sizeof line, "!%sVDM,1,1,,B,13,0", TALKERS[i]);
		s = read_line(line, ROW_USED);
		assert_memory_equal(s.talker, TALKERS[i], 2);
	}
	for (const char *c = CHANNELS; *c; c++) {
		snprintf(line, sizeof line, "!AIVDM,1,1,,%c,13,0", *c);
		assert_int_equal(read_line(line, ROW_USED).channel, *c);
	}
	assert_int_equal(read_line("!AIVDM,1,1,,,13,0", ROW_USED).channel, 0);
}

static void test_no_sentence(void **state)
{
	static const char *const BAD[] = {
	    "!AIVDM,0,1,,A,13,0",
	    "!AIVDM,1,0,,A,13,0",
	    "!AIVDM,1,2,,A,13,0",
	    "!AIVDM,a,1,,A,13,0",
	    "!AIVDM,1,1,x,A,13,0",
	    "!AIVDM,1,1,,AB,13,0",
	    "!AIVDM,1,1,,A,13,6",
	    "!AIVDM,1,1,,A,13,",
	    "!AIVDM,1,1,,A,13",
	    "!AIVDM,1,1,,A",
	    "!AIVDM,1,1",
	    "!AIVDM,",
	    "!AIVDM",
	    "!",
	    "text!",
	    "!AIVDM,10,1,,A,13,0",
	    "!AIVDM,1,1,12,A,13,0",
	    "!AIVDM,,,,,,",
	};
	static const char *const OTHER[] = {
	    "# !AIVDM,1,1,,A,13,0",
	    "#",
	    "$GPGGA,120000,,,,,0,00,,,M,,M,,*66",
	    "some text",
	    "\\s:rSIM1,c:1622548800*2E\\",
	    "!AITXT,01,01,91,FREE*41",
	    "$AITXT,hello!",
	    "\\g:2-2-9*00\\$ARVSI,r1,,233948.825272,1831,-97,0*24",
	    "AIVDM,1,1,,A,13,0",
	    "\xef\xbb\xbf# comment !",
	    "",
	    "  \r",
	};

	(void)state;
	for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
		read_line(BAD[i], ROW_SENTENCE);
	for (size_t i = 0; i < sizeof OTHER / sizeof *OTHER; i++)
		read_line(OTHER[i], ROW_NOT_AIS);
}

/* one of two would be dropped unseen, or get the other's time (test_nmea's appended_log) */
static void test_two_sentences(void **state)
{
	static const char *const LINES[] = {
	    "!AIVDM,1,1,,A,145CTRhP1a9L" SINGLE,
	    "!AIVDM,1" SINGLE,
	    "1622548800 !" SINGLE,
	    "$GPGGA,1200" SINGLE,
	    "1622548800 $" SINGLE "$G",
	    "$GPGGA,1622548800," SINGLE,
	    "!AITXT,01,01,91,FREE*41" SINGLE,
	    SINGLE SINGLE,
	    PART1 "\\r\\n" PART2,
	    SINGLE "!",
	    SINGLE "\\c:1622548800*5F\\!AI",
	    SINGLE "$PGHP,1,2021,6,1,12,0,0,10,338,2,,1,09*24",
	    "!AIVDM,1,1,,A,145CTRhP1a9L!AIVDM,1,1,,A,13,0*00",
	};

	(void)state;
	for (size_t i = 0; i < sizeof LINES / sizeof *LINES; i++)
		assert_int_equal(read_line(LINES[i], ROW_SENTENCE).when, WHEN_BAD);
	expect_time("5 $,1622548800 " SINGLE " $ 5", NOON); /* no sentences */
}

/* what one wrapper holds is not what another sentence's fields are read from */
static void test_tag_blocks(void **state)
{
	struct sentence s = read_line("\\s:rSIM1,c:1622548800*2E\\" SINGLE, ROW_USED);

	(void)state;
	expect_span(s.station, "rSIM1");
	assert_int_equal(s.t_ms[0], NOON);
	assert_int_equal(s.bad_tags, 0);
	expect_time("\\c:1622548800*5F\\" SINGLE, NOON);
	expect_time("\\c:1622548800123*6F\\" SINGLE, NOON + 123);
	expect_time("\\c:1622548800\\" SINGLE, NOON); /* no checksum */
	expect_time("\\c:1622548800*5f\\" SINGLE, NOON);
	/* Orbcomm's text is for want of better */
	expect_time("\\s:rSIM1,q:u,c:1622548800,T:2000-01-01 00.00.00*5C\\" SINGLE, NOON);
	expect_time("\\T:2021-06-01 12.00.00*4B\\" SINGLE, NOON);
	expect_no_time("\\c:12415440354\\" SINGLE); /* no such second after 1990, no such ms */
	expect_no_time("\\c:100*00\\" SINGLE);
	expect_no_time("\\c:1622548800*5F" SINGLE); /* not closed */
	expect_no_time("\\c:,s:,g:\\" SINGLE);
	expect_no_time("\\\\\\\\" SINGLE);
}

static void test_several_tag_blocks(void **state)
{
	struct sentence s = read_line("\\s:rSIM1*5D\\\\c:1622548800*5F\\" SINGLE, ROW_USED);

	(void)state;
	expect_span(s.station, "rSIM1");
	assert_int_equal(s.t_ms[0], NOON);
	s = read_line("\\s:rSIM1*5D\\c:1622548800*5F\\" SINGLE, ROW_USED);
	expect_span(s.station, "rSIM1");
	assert_int_equal(s.t_ms[0], NOON);
	/* a relay writes its own before the receiver's: the nearer one counts */
	expect_time("\\s:relay,c:1622549999\\\\c:1622548800*5F\\" SINGLE, NOON);
}

static void test_bad_tag_checksum(void **state)
{
	struct sentence s = read_line("\\s:rSIM1,c:1622548800*2F\\" SINGLE, ROW_USED);

	(void)state;
	assert_int_equal(s.bad_tags, 1);
	assert_int_equal(s.when, WHEN_BAD);
	assert_int_equal(s.station.len, 0);
	s = read_line("\\g:1-2-73874*A\\" SINGLE, ROW_USED); /* as in corpus/nmea/pyais */
	assert_int_equal(s.bad_tags, 1);
	assert_false(s.grouped);
	s = read_line("\\s:rSIM1*5D\\\\c:1622548800*00\\" SINGLE, ROW_USED);
	assert_int_equal(s.bad_tags, 1);
	assert_int_equal(s.when, WHEN_BAD);
	expect_span(s.station, "rSIM1");
}

static void test_groups(void **state)
{
	static const char *const BAD[] = {"1-2",   "1-2-",   "0-2-5",   "3-2-5",
	                                  "a-2-5", "1-2-5x", "1-2-5-6", "1-2-1234567890123456789"};
	struct sentence s = read_line("\\g:1-2-1604,s:rSIM1,c:1622548800*5F\\" PART1, ROW_USED);
	char line[200];

	(void)state;
	assert_true(s.grouped);
	assert_int_equal(s.group_part, 1);
	assert_int_equal(s.group_parts, 2);
	assert_int_equal(s.group_id, 1604);
	assert_int_equal(s.t_ms[0], NOON);
	for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
		snprintf(line, sizeof line, "\\g:%s\\" SINGLE, BAD[i]);
		assert_false(read_line(line, ROW_USED).grouped);
	}
}

/* US Coast Guard: the number behind the station is when the station heard it */
static void test_trailers(void **state)
{
	struct sentence s = read_line(SINGLE ",d-109,S2105,t115956.00,T56.13718694,r003669946,"
	                                     "1622548800,1622548741",
	                              ROW_USED);

	(void)state;
	expect_span(s.station, "r003669946");
	assert_int_equal(s.t_ms[0], NOON);
	s = read_line(SINGLE ",b003669794,1622548800", ROW_USED);
	expect_span(s.station, "b003669794");
	assert_int_equal(s.t_ms[0], NOON);
	expect_span(read_line(SINGLE ",rSIM_1-2,1622548800", ROW_USED).station, "rSIM_1-2");
	expect_time(SINGLE ",1622548800", NOON);
	expect_no_time(SINGLE ",d-109,S2105,t115956.00,T56.13718694,r003669946");
	assert_int_equal(read_line(SINGLE ",,,\"", ROW_USED).station.len, 0);
	/* a tag block is believed first */
	s = read_line("\\s:rSIM1,c:1622548800*2E\\" SINGLE ",r2,1622549999", ROW_USED);
	expect_span(s.station, "rSIM1");
	assert_int_equal(s.t_ms[0], NOON);
}

static void test_prefixes(void **state)
{
	(void)state;
	expect_time("1622548800 " SINGLE, NOON);
	expect_time("1622548800.250 " SINGLE, NOON + 250);
	expect_time("1622548800123 " SINGLE, NOON + 123);
	expect_time("1622548800123456 " SINGLE, NOON + 123);
	expect_time("1622548800123456789 " SINGLE, NOON + 123); /* go-ais */
	expect_time("\xef\xbb\xbf"
	            "1622548800 " SINGLE,
	            NOON);
	expect_time("2021-06-01T12:00:00Z " SINGLE, NOON);
	expect_time("2021-06-01 12:00:00," SINGLE, NOON);
	expect_time("2021-06-01T14:00:00.5+02:00;" SINGLE, NOON + 500);
	expect_time("[2021-06-01 12:00:00] " SINGLE, NOON);
	expect_time("INFO 2021-06-01 12:00:00.123 rx1: " SINGLE, NOON + 123);
	expect_time("2021-06-01T12:00:00Z rx1 " SINGLE, NOON);
	expect_time("17,rx1,2021-06-01 12:00:00,\"" SINGLE "\"", NOON);
	/* OpenCPN's VDR */
	expect_time("2021-06-01T12:00:00.000Z,AIS,TCP:rx:1,\"" SINGLE "\"", NOON);
	expect_time("1622548800 \\s:rSIM1*5D\\" SINGLE, NOON);
	/* what is nearer to the receiver is believed first */
	expect_time("1622549999 \\c:1622548800*5F\\" SINGLE, NOON);
	expect_time("1622549999 " SINGLE ",r003669946,1622548800", NOON);
	expect_no_time("rx1 " SINGLE);
	expect_no_time("273998987," SINGLE); /* no time after 1990 */
	expect_no_time("2021-06-01 " SINGLE);
}

/* sentence first, its time in a column behind */
static void test_suffixes(void **state)
{
	(void)state;
	expect_time(SINGLE ",2021-06-01T12:00:00Z", NOON);
	expect_time(SINGLE ",2021-06-01 12:00:00", NOON);
	expect_time("\"" SINGLE "\",\"2021-06-01 12:00:00\"", NOON);
	expect_time("\"" SINGLE "\";1622548800123", NOON + 123);
	expect_time(SINGLE "\t2021-06-01 12:00:00\trx", NOON);
	expect_time(SINGLE " 2021-06-01T12:00:00Z", NOON);
	expect_time(BODY ",2021-06-01T12:00:00Z", NOON);
	expect_time(SINGLE "\x9d,1622548800", NOON);
	expect_no_time(SINGLE "1622548800,"); /* the next line's, without its sentence */
	expect_time("  " SINGLE ",7,2021-06-01T12:00:00Z \r\r", NOON);
}

/* a day-first date beside the sentence is read as the input's other dates are */
static void test_style(void **state)
{
	struct when_style style = {.order = WHEN_DAY_FIRST};
	struct sentence s;

	(void)state;
	sentence_read(span_of("01/06/2021 12:00:00 " SINGLE), &style, &s);
	assert_int_equal(s.when, WHEN_CERTAIN);
	assert_int_equal(s.t_ms[0], NOON);
	sentence_read(span_of("01/06/2021 12:00:00 " SINGLE), NULL, &s);
	assert_int_equal(s.when, WHEN_EITHER);
	/* but c: is Unix time whatever the option says */
	style.format = "Y-m-d";
	sentence_read(span_of("\\c:1622548800*5F\\" SINGLE), &style, &s);
	assert_int_equal(s.t_ms[0], NOON);
}

static void test_gatehouse(void **state)
{
	static const char *const BAD[] = {
	    "$PGHP,1,2021,6,1,12,0,0,10,338,2,,1,09*25",
	    "$PGHP,1,2021,2,30,12,0,0,10,338,2,,1,09*12",
	    "$PGHP,1,2021,6,1,24,0,0,10,338,2,,1,09",
	    "$PGHP,1,2021,6,1,12,0,0",
	    "$PGHP,1,1989,6,1,12,0,0,10,338,2,,1,09",
	    "$PGHP,2,2021,6,1,12,0,0,10,338,2,,1,09",
	    "$PGHP,1,2021,6,1,12,0,,10,338,2,,1,09",
	    "$PGHP,1,20210,6,1,12,0,0,10,338,2,,1,09",
	    "$PGHP,1,2021,-6,1,12,0,0,10,338,2,,1,09",
	    "$PGHP",
	};
	/* clocks that do not tell the checksum of their sentence */
	static const char *const UNTOLD[] = {
	    "$PGHP,1,2021,6,1,12,0,0,10,338,2,,1,*2D",
	    "$PGHP,1,2021,6,1,12,0,0,10,338,2,,1,5*18",
	    "$PGHP,1,2021,6,1,12,0,0,10,338,2,,1",
	    "$PGHP,1,2021,6,1,12,0,0,10,33",
	    "$PGHP,1,2021,6,1,12,0,0,10,",
	    "$PGHP,1,2021,6,1,12,0,0,10,338,2,,1,0G",
	    "$PGHP,1,2021,6,1,12,0,0,10,338,2,,1,09,09",
	};
	struct sentence s = read_line("$PGHP,1,2021,6,1,12,0,0,10,338,2,,1,09*24", ROW_NOT_AIS);

	(void)state;
	assert_true(s.clock);
	assert_int_equal(s.when, WHEN_CERTAIN);
	assert_int_equal(s.t_ms[0], NOON + 10);
	assert_int_equal(s.due, 0x09);
	s = read_line("$PGHP,1,2021,6,1,12,0,0,10,338,2,,1,4e", ROW_NOT_AIS);
	assert_true(s.clock);
	assert_int_equal(s.due, 0x4e);
	for (size_t i = 0; i < sizeof UNTOLD / sizeof *UNTOLD; i++) {
		s = read_line(UNTOLD[i], ROW_NOT_AIS);
		assert_true(s.clock);
		assert_int_equal(s.due, -1);
	}
	s = read_line(SINGLE, ROW_USED);
	assert_int_equal(s.sum, 0x70);
	assert_int_equal(s.due, -1);
	for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
		assert_false(read_line(BAD[i], ROW_NOT_AIS).clock);
}

/* every beginning of a line is read without looking behind it (under a sanitizer) */
static void test_every_cut(void **state)
{
	static const char LINE[] = "x 1622548800 \\g:1-2-1604,s:rSIM1,c:1622548800*5F\\" PART1
	                           ",d-109,r003669946,1622548800,\"2021-06-01 12:00:00\"";
	struct sentence s;

	(void)state;
	for (size_t n = 0; n < sizeof LINE; n++) {
		char *copy = malloc(n ? n : 1);

		assert_non_null(copy);
		memcpy(copy, LINE, n);
		sentence_read((struct span){copy, n}, NULL, &s);
		free(copy);
	}
	sentence_read((struct span){NULL, 0}, NULL, &s);
}

/* ---- fragments ---- */

struct join {
	struct fragments *fragments;
	struct bits bits;
	struct sentence last;
};

static enum fragments_result add(struct join *join, const char *line)
{
	join->last = read_line(line, ROW_USED);
	assert_true(join->last.parts > 1);
	return fragments_add(join->fragments, &join->last, &join->bits);
}

static struct join *join_new(void)
{
	struct join *join = calloc(1, sizeof *join);

	assert_non_null(join);
	join->fragments = fragments_new();
	return join;
}

static void join_free(struct join *join)
{
	fragments_free(join->fragments);
	free(join);
}

static void test_join_bits(void **state)
{
	struct join *join = join_new();

	(void)state;
	assert_int_equal(add(join, PART1), FRAGMENTS_WAITING);
	assert_int_equal(fragments_lone(join->fragments), 1);
	assert_int_equal(add(join, PART2), FRAGMENTS_WHOLE);
	assert_int_equal(fragments_lone(join->fragments), 0);
	assert_int_equal(join->bits.count, 424); /* M.1371-5 message 5 */
	assert_int_equal(bits_unsigned(&join->bits, 8, 30), 273998987);
	/* fill bits of an earlier part are cut off there: 6 - 2, then 6 */
	assert_int_equal(add(join, "!AIVDM,2,1,2,A,0,2"), FRAGMENTS_WAITING);
	assert_int_equal(add(join, "!AIVDM,2,2,2,A,w,0"), FRAGMENTS_WHOLE);
	assert_int_equal(join->bits.count, 10);
	assert_int_equal(bits_unsigned(&join->bits, 0, 10), 63);
	/* a character that is none of the 64 */
	assert_int_equal(add(join, "!AIVDM,2,1,3,A,0~,0"), FRAGMENTS_WAITING);
	assert_int_equal(add(join, "!AIVDM,2,2,3,A,w,0"), FRAGMENTS_BROKEN);
	assert_int_equal(fragments_lone(join->fragments), 0);
	join_free(join);
}

static void test_nine_parts(void **state)
{
	struct join *join = join_new();
	char line[64];

	(void)state;
	for (int i = 9; i >= 1; i--) {
		snprintf(line, sizeof line, "!AIVDM,9,%d,,A,%d,0", i, i);
		assert_int_equal(add(join, line), i > 1 ? FRAGMENTS_WAITING : FRAGMENTS_WHOLE);
	}
	assert_int_equal(join->bits.count, 54);
	for (uint32_t i = 0; i < 9; i++)
		assert_int_equal(bits_unsigned(&join->bits, i * 6, 6), i + 1);
	join_free(join);
}

static void test_strangers(void **state)
{
	static const char *const OTHERS[] = {
	    "!AIVDM,2,2,2,A,Q@0000000000000,2", /* sequence */
	    "!AIVDM,2,2,,A,Q@0000000000000,2",
	    "!AIVDM,2,2,1,B,Q@0000000000000,2",
	    "!AIVDM,2,2,1,,Q@0000000000000,2",
	    "!BSVDM,2,2,1,A,Q@0000000000000,2",
	    "!AIVDM,3,2,1,A,Q@0000000000000,2",
	    "!AIVDO,2,2,1,A,Q@0000000000000,2",
	    "\\s:rSIM1*5D\\!AIVDM,2,2,1,A,Q@0000000000000,2",
	    "\\g:2-2-1604*5E\\!AIVDM,2,2,1,A,Q@0000000000000,2",
	};
	struct join *join = join_new();

	(void)state;
	assert_int_equal(add(join, PART1), FRAGMENTS_WAITING);
	for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++)
		assert_int_equal(add(join, OTHERS[i]), FRAGMENTS_WAITING);
	assert_int_equal(add(join, PART2), FRAGMENTS_WHOLE);
	assert_int_equal(fragments_lone(join->fragments), sizeof OTHERS / sizeof *OTHERS);
	join_free(join);
}

static void test_groups_join(void **state)
{
	struct join *join = join_new();

	(void)state;
	/* the later line leaves out source, time and channel, and comes first */
	assert_int_equal(add(join, "\\g:2-2-1604*5E\\!AIVDM,2,2,1,,Q@0000000000000,2"),
	                 FRAGMENTS_WAITING);
	assert_int_equal(add(join, "\\g:1-2-1605\\" PART1), FRAGMENTS_WAITING);
	assert_int_equal(add(join, "\\g:1-2-1604,s:rSIM1,c:1622548800*5F\\" PART1),
	                 FRAGMENTS_WHOLE);
	assert_int_equal(join->last.t_ms[0], NOON);
	assert_int_equal(fragments_lone(join->fragments), 1);
	/* two sources with one group number */
	assert_int_equal(add(join, "\\g:1-2-7,s:r1\\" PART1), FRAGMENTS_WAITING);
	assert_int_equal(add(join, "\\g:2-2-7,s:r2\\" PART2), FRAGMENTS_WAITING);
	assert_int_equal(add(join, "\\g:2-2-7,s:r1\\" PART2), FRAGMENTS_WHOLE);
	join_free(join);
}

/* a Coast Guard log names the station at the last part only (corpus/nmea/gpsd/sample.aivdm) */
static void test_source_at_one_part(void **state)
{
	struct join *join = join_new();

	(void)state;
	assert_int_equal(add(join, PART1), FRAGMENTS_WAITING);
	assert_int_equal(add(join, PART2 ",b003660465"), FRAGMENTS_WHOLE);
	assert_int_equal(add(join, "\\s:rSIM1*5D\\" PART1), FRAGMENTS_WAITING);
	assert_int_equal(add(join, PART2), FRAGMENTS_WHOLE);
	/* but not across another sentence, which may be the one that it belongs to */
	assert_int_equal(add(join, PART1), FRAGMENTS_WAITING);
	fragments_pass(join->fragments);
	assert_int_equal(add(join, PART2 ",b003660465"), FRAGMENTS_WAITING);
	fragments_pass(join->fragments);
	/* and not when one of its own source waits */
	assert_int_equal(add(join, PART1), FRAGMENTS_WAITING);
	assert_int_equal(add(join, PART1 ",b003660465"), FRAGMENTS_WHOLE);
	assert_int_equal(fragments_lone(join->fragments), 2);
	join_free(join);
}

static void test_repeated_part(void **state)
{
	struct join *join = join_new();

	(void)state;
	assert_int_equal(add(join, "!AIVDM,2,1,1,A,0,0"), FRAGMENTS_WAITING);
	assert_int_equal(add(join, PART1), FRAGMENTS_WAITING);
	assert_int_equal(fragments_lone(join->fragments), 2);
	assert_int_equal(add(join, PART2), FRAGMENTS_WHOLE);
	assert_int_equal(join->bits.count, 424);
	assert_int_equal(fragments_lone(join->fragments), 1);
	join_free(join);
}

static void test_waits_in_time(void **state)
{
	struct join *join = join_new();

	(void)state;
	assert_int_equal(add(join, PART1 ",1622548800"), FRAGMENTS_WAITING);
	assert_int_equal(add(join, PART2 ",1622548810"), FRAGMENTS_WHOLE);
	assert_int_equal(join->last.t_ms[0], NOON); /* of the part that came first */
	assert_int_equal(add(join, PART1 ",1622548800"), FRAGMENTS_WAITING);
	assert_int_equal(add(join, PART2 ",1622548811"), FRAGMENTS_WAITING);
	assert_int_equal(fragments_lone(join->fragments), 2);
	assert_int_equal(add(join, PART1 ",1622548801"), FRAGMENTS_WHOLE);
	assert_int_equal(add(join, PART1 ",1622548811"), FRAGMENTS_WAITING);
	assert_int_equal(add(join, PART2 ",1622548800"), FRAGMENTS_WAITING);
	assert_int_equal(add(join, PART1 ",1622548800"), FRAGMENTS_WHOLE);
	assert_int_equal(fragments_lone(join->fragments), 2);
	/* with times, however many sentences stand between; the first has none */
	assert_int_equal(add(join, PART2), FRAGMENTS_WAITING);
	assert_int_equal(add(join, PART1 ",1622548801"), FRAGMENTS_WHOLE);
	assert_int_equal(join->last.t_ms[0], NOON + 1000);
	join_free(join);
}

static void test_waits_in_sentences(void **state)
{
	struct join *join = join_new();

	(void)state;
	for (int between = 199; between <= 200; between++) {
		assert_int_equal(add(join, PART1), FRAGMENTS_WAITING);
		for (int i = 0; i < between; i++)
			fragments_pass(join->fragments);
		assert_int_equal(add(join, PART2),
		                 between == 199 ? FRAGMENTS_WHOLE : FRAGMENTS_WAITING);
	}
	assert_int_equal(fragments_lone(join->fragments), 2);
	join_free(join);
}

static void test_open_sets_are_bounded(void **state)
{
	struct join *join = join_new();
	char line[64];

	(void)state;
	for (int i = 0; i <= FRAGMENTS_OPEN_MAX; i++) {
		snprintf(line, sizeof line, "\\s:r%d\\!AIVDM,2,1,1,A,1,0", i);
		assert_int_equal(add(join, line), FRAGMENTS_WAITING);
	}
	assert_int_equal(fragments_lone(join->fragments), FRAGMENTS_OPEN_MAX + 1);
	/* the oldest is gone, the second oldest is not */
	assert_int_equal(add(join, "\\s:r1\\!AIVDM,2,2,1,A,1,0"), FRAGMENTS_WHOLE);
	assert_int_equal(add(join, "\\s:r0\\!AIVDM,2,2,1,A,1,0"), FRAGMENTS_WAITING);
	assert_int_equal(fragments_lone(join->fragments), FRAGMENTS_OPEN_MAX + 1);
	join_free(join);
}

static void test_too_long(void **state)
{
	struct join *join = join_new();
	struct sentence s = read_line("!AIVDM,3,1,1,A,1,0", ROW_USED);
	char payload[SIXBIT_CHARS_MAX + 1];

	(void)state;
	memset(payload, '0', sizeof payload);
	s.payload = (struct span){payload, SIXBIT_CHARS_MAX};
	assert_int_equal(fragments_add(join->fragments, &s, &join->bits), FRAGMENTS_WAITING);
	s.part = 2;
	s.payload.len = 1;
	assert_int_equal(fragments_add(join->fragments, &s, &join->bits), FRAGMENTS_BROKEN);
	assert_int_equal(fragments_lone(join->fragments), 1);
	s.part = 3;
	s.payload.len = sizeof payload;
	assert_int_equal(fragments_add(join->fragments, &s, &join->bits), FRAGMENTS_BROKEN);
	assert_int_equal(fragments_lone(join->fragments), 1);
	join_free(join);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_fields),
	    cmocka_unit_test(test_bad_checksum),
	    cmocka_unit_test(test_no_checksum),
	    cmocka_unit_test(test_lower_case_checksum),
	    cmocka_unit_test(test_talkers_and_channels),
	    cmocka_unit_test(test_no_sentence),
	    cmocka_unit_test(test_two_sentences),
	    cmocka_unit_test(test_tag_blocks),
	    cmocka_unit_test(test_several_tag_blocks),
	    cmocka_unit_test(test_bad_tag_checksum),
	    cmocka_unit_test(test_groups),
	    cmocka_unit_test(test_trailers),
	    cmocka_unit_test(test_prefixes),
	    cmocka_unit_test(test_suffixes),
	    cmocka_unit_test(test_style),
	    cmocka_unit_test(test_gatehouse),
	    cmocka_unit_test(test_every_cut),
	    cmocka_unit_test(test_join_bits),
	    cmocka_unit_test(test_nine_parts),
	    cmocka_unit_test(test_strangers),
	    cmocka_unit_test(test_groups_join),
	    cmocka_unit_test(test_source_at_one_part),
	    cmocka_unit_test(test_repeated_part),
	    cmocka_unit_test(test_waits_in_time),
	    cmocka_unit_test(test_waits_in_sentences),
	    cmocka_unit_test(test_open_sets_are_bounded),
	    cmocka_unit_test(test_too_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

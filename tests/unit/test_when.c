/*
 * Report times. The expected milliseconds are Python's: datetime(..., tzinfo=timezone.utc), and for
 * zones zoneinfo with fold=0. Times yet to come in Oslo, New York and Dublin hold as long as the tz
 * database keeps today's rules for them. The spellings are those of real exports.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ais/when.h"
#include "base/utc.h"

#define LATE_JULY INT64_C(1625165511000) /* 2021-07-01T18:51:51Z */

static void expect(const char *text, const struct when_style *style, enum when_result result,
                   int64_t day_first, int64_t month_first)
{
	int64_t t[2] = {-1, -1};
	struct when_style with_dates = style ? *style : (struct when_style){0};
	enum when_result got;

	with_dates.date_alone = true;
	got = when_parse(span_of(text), &with_dates, t);

	if (got != result)
		print_error("\"%s\" gave result %d\n", text, (int)got);
	assert_int_equal(got, result);
	if (result == WHEN_CERTAIN || result == WHEN_EITHER || result == WHEN_ONLY_DAY_FIRST)
		assert_int_equal(t[0], day_first);
	if (result == WHEN_CERTAIN || result == WHEN_EITHER || result == WHEN_ONLY_MONTH_FIRST)
		assert_int_equal(t[1], month_first);
}

/* a report that names only its day has no time: midnight would invent gaps */
static void dates_alone(void **state)
{
	static const char *const DATES[] = {"2021-07-01", "20210701", "01/09/2025", "15.08.2019"};
	struct when_style style = {0};
	int64_t t[2];

	(void)state;
	for (size_t i = 0; i < sizeof DATES / sizeof *DATES; i++)
		assert_int_equal(when_parse(span_of(DATES[i]), &style, t), WHEN_BAD);
	/* six digits of seconds, as a spreadsheet leaves them */
	assert_int_equal(when_parse(SPAN("1.74079E+09"), &style, t), WHEN_BAD);
}

static void certain_spellings(void **state)
{
	static const struct {
		const char *text;
		int64_t t_ms;
	} cases[] = {
	    {"2022-06-01T00:00:02", INT64_C(1654041602000)},
	    {"2022-06-01 00:00:02", INT64_C(1654041602000)},
	    {"2022-06-01_00:00:02", INT64_C(1654041602000)},
	    {"2022-06-01t00:00:02z", INT64_C(1654041602000)},
	    {"  2022-06-01T00:00:02\r\n", INT64_C(1654041602000)},
	    {"2022-06-01T00:00:02Z", INT64_C(1654041602000)},
	    {"2022-06-01T00:00:02.999999999", INT64_C(1654041602999)},
	    {"2022-06-01T00:00:02,5", INT64_C(1654041602500)},
	    {"2022-06-01T00:00:02.0009", INT64_C(1654041602000)},
	    {"2022-06-01T09:00:02+09:00", INT64_C(1654041602000)},
	    {"2022-06-01T09:00:02.25+0900", INT64_C(1654041602250)},
	    {"2022-05-31 21:00:02-03", INT64_C(1654041602000)},
	    {"2022-05-31 20:30:02 -0330", INT64_C(1654041602000)},
	    {"2022-06-01 00:00:02 UTC", INT64_C(1654041602000)},
	    {"2022-06-01 00:00:02 GMT", INT64_C(1654041602000)},
	    {"2022-06-01 00:00:02UTC", INT64_C(1654041602000)},
	    {"2022-06-01 00:00:02 +0000 UTC", INT64_C(1654041602000)},
	    {"2022-06-01 09:00:02 +0900 KST", INT64_C(1654041602000)},
	    {"2026-01-19 02:41:51.011109855 +0000 UTC", INT64_C(1768790511011)},
	    {"2026-04-20T00:00:00+00:00", INT64_C(1776643200000)},
	    {"20210701_185151", LATE_JULY},
	    {"20210701185151", LATE_JULY},
	    {"20210701185151.0", LATE_JULY},
	    {"20210701185151250", LATE_JULY + 250},
	    {"20210701T185151Z", LATE_JULY},
	    {"20210701T185151.5+0000", LATE_JULY + 500},
	    {"20210701 18:51:51", LATE_JULY},
	    {"2021-07-01 185151", LATE_JULY},
	    {"202107011851", LATE_JULY - 51000},
	    {"20210701", INT64_C(1625097600000)},
	    {"2021-07-01", INT64_C(1625097600000)},
	    {"2021/7/1", INT64_C(1625097600000)},
	    {"15.08.2019 00:06:54", INT64_C(1565827614000)},
	    {"5.8.2019 0:06", INT64_C(1564963560000)},
	    {"2018-07-01 0:00", INT64_C(1530403200000)},
	    {"2025/4/21 00:01", INT64_C(1745193660000)},
	    {"2014-12-10 00.41.53", INT64_C(1418172113000)},
	    {"2014-12-10 00.41.53.750", INT64_C(1418172113750)},
	    {"2014-12-10 00.41", INT64_C(1418172060000)},
	    {"02-Jan-2023 12:04:54 AM", INT64_C(1672617894000)},
	    {"1704412120", INT64_C(1704412120000)},
	    {"1704412120.0", INT64_C(1704412120000)},
	    {"1777908449.351", INT64_C(1777908449351)},
	    {"1777908449.3519999", INT64_C(1777908449351)},
	    {"1.704412120E+09", INT64_C(1704412120000)},
	    {"17044121200000e-4", INT64_C(1704412120000)},
	    {"1715598131198", INT64_C(1715598131198)},
	    {"1715598131198.9", INT64_C(1715598131198)},
	    {"1.715598131198E12", INT64_C(1715598131198)},
	    {"1715598131198765", INT64_C(1715598131198)},
	    {"1715598131198765432", INT64_C(1715598131198)},
	    {"2016-12-31T23:59:60Z", INT64_C(1483228800000)},
	    {"2016-12-31T23:59:60.5", INT64_C(1483228800500)},
	    {"2020-02-29 12:00:00", INT64_C(1582977600000)},
	    {"2000-02-29 12:00:00", INT64_C(951825600000)},
	    {"1990-01-01 00:00:00", UTC_MIN_MS},
	    {"2099-12-31 23:59:59.999", UTC_MAX_MS - 1},
	    {"1989-12-31 23:30:00-01:00", UTC_MIN_MS + 30 * MINUTE_MS},
	    {"2100-01-01 08:59:59+09:00", UTC_MAX_MS - 1000},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		expect(cases[i].text, NULL, cases[i].t_ms < 0 ? WHEN_BAD : WHEN_CERTAIN,
		       cases[i].t_ms, cases[i].t_ms);
}

static void no_times(void **state)
{
	static const char *const cases[] = {
	    "",
	    " ",
	    "Unknown",
	    "NaN",
	    "\\N",
	    "T",
	    "Z",
	    "-",
	    "2021",
	    "2021-07",
	    "2021-07-01T",
	    "2021-07-01T18",
	    "2021-07-01 18:5",
	    "2021-07-01 18:51:5",
	    "2021-07-01 24:00:00",
	    "2021-07-01 18:60:00",
	    "2021-07-01 18:51:61",
	    "2021-02-29 00:00:00",
	    "2100-02-29 00:00",
	    "2021-13-01 00:00:00",
	    "2021-00-10",
	    "2021-01-00",
	    "2021-06-31T00:00:00",
	    "31.02.2021",
	    "15.13.2019 00:06:54",
	    "31/02/2021",
	    "13/13/2021",
	    "21-07-01 00:00:00",
	    "01/07/21 10:00",
	    "1/2/23",
	    "2021-07/01",
	    "2021-07-01 18:51.51.",
	    "2021-07-01 18:51:51.",
	    "2021-07-01 18:51:51 PST",
	    "2021-07-01 18:51:51+",
	    "2021-07-01 18:51:51+9",
	    "2021-07-01 18:51:51+24:00",
	    "2021-07-01 18:51:51+09:60",
	    "2021-07-01 18:51:51ZZ",
	    "2021-07-01Z",
	    "2021-07-01x18:51:51",
	    "1/02/2023 13:04:54 AM",
	    "1/02/2023 0:04:54 PM",
	    "0",
	    "10",
	    "59",
	    "63",
	    "-1704412120",
	    "1704412120x",
	    "1e400",
	    "1e-400",
	    "1.2.3",
	    "631151999.999",
	    "4102444800",
	    "1989-12-31 23:59:59",
	    "2100-01-01 00:00:00",
	    "9999-12-31 00:00:00",
	    "2021-07-01 18:51:51\n2",
	    "999999999999999999999999999999999999",
	    "0.000000000000000000000000000000017e41x",

	    "20210732",
	    "20211301_000000",
	    "12021-07-01",
	    "2022-06-01T00:00:02 +0000 utc?",
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		expect(cases[i], NULL, WHEN_BAD, 0, 0);
}

static void day_or_month_first(void **state)
{
	static const struct when_style day = {.order = WHEN_DAY_FIRST};
	static const struct when_style month = {.order = WHEN_MONTH_FIRST};
	static const struct when_style day_word = {.format = "day-first"};
	static const struct when_style month_word = {.format = "month-first"};
	const int64_t september = INT64_C(1756684800000); /* 2025-09-01 */
	const int64_t january = INT64_C(1736380800000);   /* 2025-01-09 */
	const int64_t suez = INT64_C(1616199720000);      /* 2021-03-20T00:22:00Z */

	(void)state;
	expect("01/09/2025 00:00:00", NULL, WHEN_EITHER, september, january);
	expect("1-9-2025 0:00", NULL, WHEN_EITHER, september, january);
	expect("01/09/2025 00:00:00", &day, WHEN_CERTAIN, september, september);
	expect("01/09/2025 00:00:00", &month, WHEN_CERTAIN, january, january);
	expect("01/09/2025 00:00:00", &day_word, WHEN_CERTAIN, september, september);
	expect("01/09/2025", &month_word, WHEN_CERTAIN, january, january);
	expect("20/03/2021 00:22", NULL, WHEN_ONLY_DAY_FIRST, suez, 0);
	expect("03/20/2021 00:22", NULL, WHEN_ONLY_MONTH_FIRST, 0, suez);
	expect("03/20/2021 00:22", &day, WHEN_BAD, 0, 0);
	expect("20/03/2021 00:22", &month, WHEN_BAD, 0, 0);
	expect("26/04/2018_11:19:25", NULL, WHEN_ONLY_DAY_FIRST, INT64_C(1524741565000), 0);
	expect("07/07/2021 00:00:00", NULL, WHEN_CERTAIN, INT64_C(1625616000000),
	       INT64_C(1625616000000));
	expect("1/02/2023 12:04:54 AM", NULL, WHEN_EITHER, INT64_C(1675209894000),
	       INT64_C(1672617894000));
	expect("1/02/2023 12:04:54 PM", &day, WHEN_CERTAIN, INT64_C(1675253094000),
	       INT64_C(1675253094000));
	expect("1/02/2023, 12:04:54\xE2\x80\xAFpm", &day, WHEN_CERTAIN, INT64_C(1675253094000),
	       INT64_C(1675253094000));
	/* the order says nothing of dates that begin with the year, and a point means day first */
	expect("2025-09-01", &day, WHEN_CERTAIN, september, september);
	expect("01.09.2025", NULL, WHEN_CERTAIN, september, september);
	/* at the edge of what is valid */
	expect("01/12/1990 00:00:00 +0000", NULL, WHEN_EITHER, INT64_C(660009600000),
	       INT64_C(632102400000));
	expect("12/01/1989 00:00:00", NULL, WHEN_BAD, 0, 0);
}

static void formats(void **state)
{
	static const struct {
		const char *format;
		const char *text;
		int64_t t_ms;
	} cases[] = {
	    {"%Y-%m-%dT%H:%M:%S", "2021-07-01T18:51:51", LATE_JULY},
	    {"%FT%T", "2021-07-01T18:51:51", LATE_JULY},
	    {"%F %T.%f%z", "2021-07-01 18:51:51.2509+00:00", LATE_JULY + 250},
	    {"%Y%m%d%H%M%S", "20210701185151", LATE_JULY},
	    {"%d%m%y %H%M%S", "010721 185151", LATE_JULY},
	    {"%y-%j", "21-182", INT64_C(1625097600000)},
	    {"%Y-%j", "2020-366", INT64_C(1609372800000)},
	    {"%Y-%j", "2021-366", -1},
	    {"%Y-%j", "2021-0", -1},
	    {"%d %b %Y %I:%M:%S %p", "1 July 2021 6:51:51 PM", LATE_JULY},
	    {"%b %d, %Y %T", "JUL 1, 2021 18:51:51", LATE_JULY},
	    {"%s", "1625165511", LATE_JULY},
	    {"%s.%f", "1625165511.25", LATE_JULY + 250},
	    {"%s", "5", -1},
	    {"at %F%%%T", "at 2021-07-01%18:51:51", LATE_JULY},
	    {"%F %T %z", "2021-07-02 03:51:51 +0900", LATE_JULY},
	    {"%F %T", "2021-07-01 18:51:51Z", -1},
	    {"%F %T", "2021-07-01 25:51:51", -1},
	    {"%F %T", "2021-02-30 05:51:51", -1},
	    {"%F %T", "2021-07-01", -1},
	    {"epoch-s", "1625165511.5", LATE_JULY + 500},
	    {"epoch-s", "1625165511000", -1},
	    {"epoch-ms", "1625165511000", LATE_JULY},
	    {"epoch-ms", "1625165511", -1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct when_style style = {.format = cases[i].format};
		struct diag diag = {""};

		assert_int_equal(when_format_check(cases[i].format, &diag), ST_OK);
		expect(cases[i].text, &style, cases[i].t_ms < 0 ? WHEN_BAD : WHEN_CERTAIN,
		       cases[i].t_ms, cases[i].t_ms);
	}
}

static void wrong_formats(void **state)
{
	static const char *const cases[] = {
	    "", "iso", "dayfirst", "%", "%F %", "%Q", "%H:%M", "%Y-%m", "%m-%d", "%Y %H", "%E",
	};
	struct diag diag;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		diag.text[0] = '\0';
		assert_int_equal(when_format_check(cases[i], &diag), ST_USAGE);
		assert_true(diag.text[0] != '\0');
	}
}

static void offsets(void **state)
{
	static const struct {
		const char *name;
		int64_t offset_ms;
	} cases[] = {
	    {"UTC", 0},
	    {"gmt", 0},
	    {"Z", 0},
	    {"+09:00", 9 * HOUR_MS},
	    {"+0900", 9 * HOUR_MS},
	    {"+09", 9 * HOUR_MS},
	    {"-0330", -(3 * HOUR_MS + 30 * MINUTE_MS)},
	};
	static const char *const wrong[] = {
	    "",    "+9",      "+24:00",    "+09:60",        "+090",        "+09:0",
	    "9",   "/UTC",    "..",        "../etc/passwd", "Asia/../UTC", "Asia/",
	    "A b", "Nowhere", "+09:00:00", "Europe/Oslo\n", "Asia",        "zone.tab",
	};
	struct zone_rules *rules;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		assert_int_equal(zone_rules_load(cases[i].name, &rules, NULL), ST_OK);
		assert_int_equal(zone_rules_to_utc(rules, LATE_JULY),
		                 LATE_JULY - cases[i].offset_ms);
		zone_rules_free(rules);
	}
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		struct diag diag = {""};

		assert_int_equal(zone_rules_load(wrong[i], &rules, &diag), ST_USAGE);
		assert_null(rules);
		assert_true(diag.text[0] != '\0');
	}
}

/* clocks forward (the gap is read by the offset before), back (the first of both), and long after
 */
static void zones(void **state)
{
	static const struct {
		const char *zone;
		const char *local;
		int64_t t_ms;
	} cases[] = {
	    {"Asia/Seoul", "2022-06-01 09:00:00", INT64_C(1654041600000)},
	    {"Asia/Seoul", "1990-01-01 09:30:00", INT64_C(631153800000)},
	    {"Asia/Seoul", "2099-12-31 23:59:59", INT64_C(4102412399000)},
	    {"Europe/Oslo", "2022-01-15 12:00:00", INT64_C(1642244400000)},
	    {"Europe/Oslo", "2022-03-27 01:59:59", INT64_C(1648342799000)},
	    {"Europe/Oslo", "2022-03-27 02:00:00", INT64_C(1648342800000)},
	    {"Europe/Oslo", "2022-03-27 02:30:00", INT64_C(1648344600000)},
	    {"Europe/Oslo", "2022-03-27 02:59:59", INT64_C(1648346399000)},
	    {"Europe/Oslo", "2022-03-27 03:00:00", INT64_C(1648342800000)},
	    {"Europe/Oslo", "2022-10-30 01:59:59", INT64_C(1667087999000)},
	    {"Europe/Oslo", "2022-10-30 02:00:00", INT64_C(1667088000000)},
	    {"Europe/Oslo", "2022-10-30 02:59:59", INT64_C(1667091599000)},
	    {"Europe/Oslo", "2022-10-30 03:00:00", INT64_C(1667095200000)},
	    {"Europe/Oslo", "2090-07-15 12:00:00", INT64_C(3803796000000)},
	    {"Europe/Oslo", "2090-03-26 02:59:59", INT64_C(3794176799000)},
	    {"Europe/Oslo", "2090-03-26 03:00:00", INT64_C(3794173200000)},
	    {"Europe/Oslo", "2090-10-29 02:59:59", INT64_C(3812921999000)},
	    {"Europe/Oslo", "2090-10-29 03:00:00", INT64_C(3812925600000)},
	    {"America/New_York", "2006-04-02 01:59:59", INT64_C(1143961199000)},
	    {"America/New_York", "2006-04-02 02:30:00", INT64_C(1143963000000)},
	    {"America/New_York", "2007-03-11 02:30:00", INT64_C(1173598200000)},
	    {"America/New_York", "2007-03-11 03:00:00", INT64_C(1173596400000)},
	    {"America/New_York", "2007-11-04 01:59:59", INT64_C(1194155999000)},
	    {"America/New_York", "2007-11-04 02:00:00", INT64_C(1194159600000)},
	    {"America/New_York", "2050-07-01 00:00:00", INT64_C(2540260800000)},
	    {"America/New_York", "2050-12-01 00:00:00", INT64_C(2553483600000)},
	    {"Asia/Tehran", "2021-03-21 23:59:59", INT64_C(1616358599000)},
	    {"Asia/Tehran", "2021-03-22 00:30:00", INT64_C(1616360400000)},
	    {"Asia/Tehran", "2021-03-22 01:00:00", INT64_C(1616358600000)},
	    {"Asia/Tehran", "2021-09-21 23:30:00", INT64_C(1632250800000)},
	    {"Asia/Tehran", "2021-09-22 00:00:00", INT64_C(1632256200000)},
	    {"Asia/Tehran", "2022-07-01 00:00:00", INT64_C(1656617400000)},
	    {"Europe/Astrakhan", "2010-03-28 02:30:00", INT64_C(1269732600000)},
	    {"Europe/Astrakhan", "2011-07-01 00:00:00", INT64_C(1309464000000)},
	    {"Europe/Astrakhan", "2014-10-26 01:30:00", INT64_C(1414272600000)},
	    {"Europe/Astrakhan", "2020-01-01 00:00:00", INT64_C(1577822400000)},
	    {"Europe/Dublin", "2022-01-01 00:00:00", INT64_C(1640995200000)},
	    {"Europe/Dublin", "2022-07-01 00:00:00", INT64_C(1656630000000)},
	    {"Europe/Dublin", "2040-07-01 00:00:00", INT64_C(2224710000000)},
	    {"Australia/Lord_Howe", "2022-04-03 01:45:00", INT64_C(1648910700000)},
	    {"Pacific/Apia", "2011-12-30 12:00:00", INT64_C(1325282400000)},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct zone_rules *rules;
		struct when_style style = {.order = WHEN_ORDER_UNKNOWN};

		if (zone_rules_load(cases[i].zone, &rules, NULL) != ST_OK) {
			print_message("no time zone %s on this system\n", cases[i].zone);
			skip();
		}
		style.zone = rules;
		expect(cases[i].local, &style, WHEN_CERTAIN, cases[i].t_ms, cases[i].t_ms);
		zone_rules_free(rules);
	}
}

static void named_zone_wins(void **state)
{
	struct zone_rules *rules;
	struct when_style style = {.order = WHEN_DAY_FIRST};

	(void)state;
	assert_int_equal(zone_rules_load("+09:00", &rules, NULL), ST_OK);
	style.zone = rules;
	expect("2021-07-01T18:51:51Z", &style, WHEN_CERTAIN, LATE_JULY, LATE_JULY);
	expect("2021-07-01T18:51:51", &style, WHEN_CERTAIN, LATE_JULY - 9 * HOUR_MS,
	       LATE_JULY - 9 * HOUR_MS);
	expect("01/07/2021 18:51:51", &style, WHEN_CERTAIN, LATE_JULY - 9 * HOUR_MS,
	       LATE_JULY - 9 * HOUR_MS);
	expect("1625165511", &style, WHEN_CERTAIN, LATE_JULY, LATE_JULY);
	zone_rules_free(rules);
}

/* every second day, 1990 to 2099, against the calendar of base/utc: the quick one must agree */
static void calendars_agree(void **state)
{
	(void)state;
	for (int64_t t = UTC_MIN_MS; t < UTC_MAX_MS; t += 2 * DAY_MS - 12345 * 7) {
		char text[UTC_TEXT_SIZE];
		int64_t got[2];

		utc_format(t, text);
		assert_int_equal(when_parse(span_of(text), NULL, got), WHEN_CERTAIN);
		assert_int_equal(got[0], t);
	}
}

/* mutated spellings: a result is in range, and certain means one reading (the sanitizers watch) */
static void mutations(void **state)
{
	static const char *const seeds[] = {
	    "2022-06-01T00:00:02.5Z", "15.08.2019 00:06:54",
	    "20210701_185151",        "1.700000000e9",
	    "1/02/2023 12:04:54 AM",  "2026-01-19 02:41:51.011109855 +0000 UTC",
	    "1715598131198765",       "02-Jan-2023 1:04",
	};
	static const char letters[] = "0123456789:-/. TZ+_eEAMPUC,\xC2\xA0\0";
	static const struct when_style styles[] = {{.order = WHEN_ORDER_UNKNOWN},
	                                           {.order = WHEN_DAY_FIRST},
	                                           {.format = "%F %T.%f%z"},
	                                           {.format = "%d/%m/%y %I%p"}};
	uint64_t random = 88172645463325252u;

	(void)state;
	for (int i = 0; i < 200000; i++) {
		char text[48];
		struct span seed = span_of(seeds[i % 8]);
		int64_t t[2] = {UTC_MIN_MS, UTC_MIN_MS};
		enum when_result result;

		memcpy(text, seed.ptr, seed.len);
		for (int k = 0; k < 3; k++) {
			random ^= random << 13; /* xorshift64, Marsaglia 2003 */
			random ^= random >> 7;
			random ^= random << 17;
			text[random % seed.len] = letters[(random >> 20) % (sizeof letters - 1)];
		}
		seed = (struct span){text, seed.len - (random >> 40) % 3};
		result = when_parse(seed, &styles[(random >> 50) % 4], t);
		if (result == WHEN_BAD)
			continue;
		assert_in_range(t[0], UTC_MIN_MS, UTC_MAX_MS - 1);
		assert_in_range(t[1], UTC_MIN_MS, UTC_MAX_MS - 1);
		assert_true(result != WHEN_CERTAIN || t[0] == t[1]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(dates_alone),     cmocka_unit_test(certain_spellings),
	    cmocka_unit_test(no_times),        cmocka_unit_test(day_or_month_first),
	    cmocka_unit_test(formats),         cmocka_unit_test(wrong_formats),
	    cmocka_unit_test(offsets),         cmocka_unit_test(zones),
	    cmocka_unit_test(named_zone_wins), cmocka_unit_test(calendars_agree),
	    cmocka_unit_test(mutations),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * What an input is, by its first bytes: the magic numbers of the formats' own specifications, and
 * the first lines of the logs and exports that facts about AIS feeds describe.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "input/format.h"

static void expect(const char *text, enum input_format format)
{
	enum input_format found;
	struct diag diag;

	if (format_detect(span_of(text), "feed", &found, &diag) != ST_OK)
		fail_msg("%s", diag.text);
	if (found != format)
		fail_msg("%s: %s", text, format_name(found));
}

static void formats(void **state)
{
	(void)state;
	expect("mmsi,time,lat,lon\n", FORMAT_CSV);
	expect("no table at all\n", FORMAT_CSV);
	expect("{\"mmsi\":1}\n", FORMAT_JSON);
	expect("\xEF\xBB\xBF [\n{\"mmsi\":1}]", FORMAT_JSON);
	expect("\x1E{\"mmsi\":1}\n", FORMAT_JSON);
	expect("!AIVDM,1,1,,A,0,0*00\n", FORMAT_NMEA);
	expect("\\s:x,c:1418172113*00\\!AIVDM,1,1,,B,13F?Vv700<DJuLEtvep`iToV0<00,0*78\n",
	       FORMAT_NMEA);
	expect("# a comment\n\n$PGHP,1,2008,5,9,0,0,0,10,338,2,,1,09*17\n"
	       "!BSVDM,1,1,,B,15NBj>PP1gG>1PVKTDTUJOv00<0M,0*09\n",
	       FORMAT_NMEA);
	expect("1550303566167726840 !AIVDM,1,1,,B,10bb7q@P0lPGHlVMhbl0Qgw>2>`<,0*7F\n",
	       FORMAT_NMEA);
	expect("[2025-03-01 00:00:10] !AIVDM,1,1,,B,10bb7q@P0lPGHlVMhbl0Qgw>2>`<,0*7F\n",
	       FORMAT_NMEA);
	expect("<14>Mar  1 host: !AIVDM,1,1,,B,10bb7q@P0lPGHlVMhbl0Qgw>2>`<,0*7F\n", FORMAT_NMEA);
	/* JSON with sentences in it is JSON */
	expect("{\"class\":\"AIS\",\"nmea\":[\"!AIVDM,1,1,,A,0,0*00\"]}\n", FORMAT_JSON);
}

static void expect_refused(const char *text, size_t len, const char *because)
{
	enum input_format found;
	struct diag diag = {""};

	assert_int_equal(format_detect((struct span){text, len}, "feed", &found, &diag),
	                 ST_NO_FEED);
	if (!strstr(diag.text, because) || strncmp(diag.text, "feed: ", 6) != 0)
		fail_msg("\"%s\" does not say \"%s\"", diag.text, because);
}

static void refused(void **state)
{
	(void)state;
	expect_refused("", 0, "empty");
	expect_refused("\xFF\xFEm\0m\0s\0i\0", 10, "UTF-16");
	expect_refused("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16, "binary");
	expect_refused("<!DOCTYPE html>", 15, "HTML");
	expect_refused("PAR1\x15\x04", 6, "Parquet");
	expect_refused("SQLite format 3\0\x10", 17, "SQLite");
	expect_refused("7z\xBC\xAF\x27\x1C\0\x04", 8, "7z");
}

static void names(void **state)
{
	(void)state;
	assert_int_equal(format_find(SPAN("csv")), FORMAT_CSV);
	assert_int_equal(format_find(SPAN("json")), FORMAT_JSON);
	assert_int_equal(format_find(SPAN("nmea")), FORMAT_NMEA);
	assert_int_equal(format_find(SPAN("")), FORMAT_DETECT);
	assert_int_equal(format_find(SPAN("CSV ")), FORMAT_DETECT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(formats),
	    cmocka_unit_test(refused),
	    cmocka_unit_test(names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

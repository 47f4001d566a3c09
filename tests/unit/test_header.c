/*
 * How inputs are laid out: headers of real exports (NOAA, Danish Maritime Authority, Kystverket)
 * under every delimiter, with byte order marks and preambles, and what is no export. Offsets are
 * counted by hand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "base/mem.h"
#include "input/header.h"

static enum status detect(const char *text, size_t len, const char *map, struct header *header,
                          struct diag *diag)
{
	struct column_options *options = column_options_new();
	char *copy = mem_new(len + 1, 1);
	enum status status = ST_OK;

	*diag = (struct diag){""};
	*header = (struct header){0};
	if (len)
		memcpy(copy, text, len);
	for (; map && *map; map += strlen(map) + 1)
		assert_int_equal(column_options_map(options, map, diag), ST_OK);
	status = header_detect((struct span){copy, len}, "feed.csv", options, header, diag);
	column_options_free(options);
	free(copy);
	return status;
}

static void expect_header(const char *text, size_t bytes, char delimiter, int mmsi, int time,
                          int lat, int lon)
{
	struct header header;
	struct diag diag;

	if (detect(text, strlen(text), NULL, &header, &diag) != ST_OK)
		fail_msg("%s", diag.text);
	assert_int_equal(header.bytes, bytes);
	assert_int_equal(header.delimiter, delimiter);
	assert_int_equal(header.map.field[FIELD_MMSI].column, mmsi);
	assert_int_equal(header.map.field[FIELD_TIME].column, time);
	assert_int_equal(header.map.field[FIELD_LAT].column, lat);
	assert_int_equal(header.map.field[FIELD_LON].column, lon);
}

static void delimiters(void **state)
{
	(void)state;
	expect_header("mmsi,time,lat,lon\n1,2,3,4\n", 18, ',', 0, 1, 2, 3);
	expect_header("lon;lat;time;mmsi\r\n", 18, ';', 3, 2, 1, 0);
	expect_header("mmsi\ttime\tlat\tlon\n", 18, '\t', 0, 1, 2, 3);
	expect_header("mmsi|time|lat|lon", 17, '|', 0, 1, 2, 3);
	expect_header("mmsi time lat lon\n", 18, ' ', 0, 1, 2, 3);
	/* a decimal comma in the rows does not make the comma the delimiter */
	expect_header("mmsi;time;lat;lon\n273998992;2022-06-01;1,5;2,5\n", 18, ';', 0, 1, 2, 3);
}

static void real_headers(void **state)
{
	static const char NOAA[] =
	    "MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign,VesselType,Status,"
	    "Length,Width,Draft,Cargo,TransceiverClass\n";
	static const char DANISH[] =
	    "# Timestamp,Type of mobile,MMSI,Latitude,Longitude,Navigational status,ROT,SOG,COG,"
	    "Heading,IMO,Callsign,Name,Ship type,Cargo type,Width,Length\n";
	static const char NORWAY[] = "mmsi;imo_nr;length;date_time_utc;lon;lat;sog;cog;"
	                             "true_heading;nav_status;message_nr;source\n";

	(void)state;
	expect_header(NOAA, sizeof NOAA - 1, ',', 0, 1, 2, 3);
	expect_header(DANISH, sizeof DANISH - 1, ',', 2, 0, 3, 4);
	expect_header(NORWAY, sizeof NORWAY - 1, ';', 0, 3, 5, 4);
}

static void marks_preambles_and_quotes(void **state)
{
	(void)state;
	expect_header("\xEF\xBB\xBFmmsi,time,lat,lon\n", 21, ',', 0, 1, 2, 3);
	expect_header("\xEF\xBB\xBF\"mmsi\",\"time\",\"lat\",\"lon\"\r\n", 29, ',', 0, 1, 2, 3);
	expect_header("Export of 1 June\n\nby nobody; for all\nmmsi,time,lat,lon\n1,2,3,4\n", 55,
	              ',', 0, 1, 2, 3);
	expect_header("\n\r\nmmsi,time,lat,lon\n", 21, ',', 0, 1, 2, 3);
	expect_header("\"a\nname\",mmsi,time,lat,lon\n", 27, ',', 1, 2, 3, 4);
}

static void names_as_found(void **state)
{
	struct header header;
	struct diag diag;

	(void)state;
	assert_int_equal(detect("MMSI, BaseDateTime ,LAT,LON\n", 28, NULL, &header, &diag), ST_OK);
	assert_string_equal(header.found[FIELD_MMSI], "MMSI");
	assert_string_equal(header.found[FIELD_TIME], "BaseDateTime");
	assert_string_equal(header.found[FIELD_SOG], "");
	assert_int_equal(header.map.columns, 4);
}

static void expect_refused(const char *text, size_t len, const char *because)
{
	struct header header;
	struct diag diag;

	assert_int_equal(detect(text, len, NULL, &header, &diag), ST_NO_FEED);
	if (!strstr(diag.text, because) || strncmp(diag.text, "feed.csv: ", 10) != 0)
		fail_msg("\"%s\" does not say \"%s\"", diag.text, because);
}

static void no_feeds(void **state)
{
	(void)state;
	expect_refused("\n\r\n\n", 4, "no rows");
	expect_refused("a,b,c\nd,e,f\n", 12, "");
	expect_refused("mmsi,lat,lon\nx,y,z\n", 19, "time");
	expect_refused("273998992,2022-06-01 00:00:00,43.1,131.9\n", 41, "--map");
}

static void columns_by_hand(void **state)
{
	static const char ROW[] = "273998992;2022-06-01 00:00:00;43.1;131.9\n";
	struct header header;
	struct diag diag;

	(void)state;
	if (detect(ROW, sizeof ROW - 1, "mmsi=1\0time=2\0lat=3\0lon=4\0", &header, &diag) != ST_OK)
		fail_msg("%s", diag.text);
	assert_int_equal(header.bytes, 0);
	assert_int_equal(header.delimiter, ';');
	assert_int_equal(header.map.field[FIELD_LON].column, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(delimiters),
	    cmocka_unit_test(real_headers),
	    cmocka_unit_test(marks_preambles_and_quotes),
	    cmocka_unit_test(names_as_found),
	    cmocka_unit_test(no_feeds),
	    cmocka_unit_test(columns_by_hand),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

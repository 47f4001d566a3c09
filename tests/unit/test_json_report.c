/*
 * ais/json_report. The spelling of each dialect is that of its documentation or of real bytes
 * (named beside it); ships and values are made up, and what they must come out as was worked out by
 * hand. The counts of the corpus are those of Python's json module, by the rules that the test
 * states.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ais/json_report.h"
#include "ais/statics.h"
#include "base/num.h"
#include "base/utc.h"
#include "text/json.h"
#include "text/json_cut.h"

static struct column_options *columns;

static int set_up(void **state)
{
	(void)state;
	columns = column_options_new();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	column_options_free(columns);
	return 0;
}

static struct json_reader *reader(const char *context)
{
	struct json_reader_options options = {.columns = columns, .context = span_of(context)};

	return json_reader_new(&options);
}

/* a record in a block of its own, so that reading past the end is seen */
static enum row_outcome read_record(struct json_reader *r, const char *text,
                                    struct position_report *report, struct row_reading *reading)
{
	size_t len = strlen(text);
	char *copy = malloc(len ? len : 1);
	enum row_outcome outcome;

	memcpy(copy, text, len);
	*report = (struct position_report){.mmsi = 0};
	*reading = (struct row_reading){.when = WHEN_BAD};
	outcome = json_reader_read(r, (struct span){copy, len}, report, reading);
	free(copy);
	return outcome;
}

static size_t put_number(char *out, size_t at, size_t size, const char *name, double value,
                         bool known)
{
	char text[NUM_TEXT_SIZE];

	if (!known)
		return at;
	num_fixed(value, 4, text);
	return at + (size_t)snprintf(out + at, size - at, " %s=%s", name, text);
}

static size_t put_static(char *out, size_t at, size_t size, const char *name, enum static_kind kind,
                         const struct statics *statics)
{
	char buf[STATIC_MAX];
	struct span value = statics_value(kind, statics_field(statics, kind), buf);

	if (!value.len)
		return at;
	return at +
	       (size_t)snprintf(out + at, size - at, " %s=%.*s", name, (int)value.len, value.ptr);
}

/* a report as text: what is not known is not shown */
static void show(const struct position_report *report, const struct row_reading *reading, char *out,
                 size_t size)
{
	static const char *const CLASSES[] = {"", " A", " B"};
	static const char *const SOURCES[] = {"", " ter", " sat"};
	const struct fix *fix = &report->fix;
	char when[UTC_TEXT_SIZE] = "never";
	bool at_sea = report->has_position;
	size_t n;

	if (reading->when == WHEN_CERTAIN)
		utc_format(reading->t_ms[0], when);
	n = (size_t)snprintf(out, size, "%lld %s", (long long)report->mmsi, when);
	n = put_number(out, n, size, "lat", fix->lat_deg, at_sea);
	n = put_number(out, n, size, "lon", fix->lon_deg, at_sea);
	n = put_number(out, n, size, "sog", (double)fix->sog_kn,
	               at_sea && (fix->known & KNOWN_SOG));
	n = put_number(out, n, size, "cog", (double)fix->cog_deg,
	               at_sea && (fix->known & KNOWN_COG));
	n = put_number(out, n, size, "hdg", fix->heading_deg,
	               at_sea && (fix->known & KNOWN_HEADING));
	n = put_number(out, n, size, "nav", fix->nav_status,
	               at_sea && (fix->known & KNOWN_NAV_STATUS));
	n = put_number(out, n, size, "sec", fix->second, at_sea && (fix->known & KNOWN_SECOND));
	n += (size_t)snprintf(out + n, size - n, "%s%s", CLASSES[fix->ais_class],
	                      SOURCES[fix->source]);
	n = put_static(out, n, size, "name", STATIC_NAME, &report->statics);
	n = put_static(out, n, size, "call", STATIC_CALLSIGN, &report->statics);
	n = put_static(out, n, size, "imo", STATIC_IMO, &report->statics);
	put_static(out, n, size, "type", STATIC_TYPE, &report->statics);
}

/* how each record must come out: the report as show() has it, or what else became of it */
struct expectation {
	const char *record;
	const char *report; /* NULL: only the outcome counts */
	enum row_outcome outcome;
};

static void check(const char *context, const struct expectation *list, size_t count)
{
	struct json_reader *r = reader(context);

	for (size_t i = 0; i < count; i++) {
		struct position_report report;
		struct row_reading reading;
		char text[400];
		enum row_outcome outcome = read_record(r, list[i].record, &report, &reading);

		if (outcome != list[i].outcome)
			fail_msg("%s\nis %s, expected %s", list[i].record,
			         row_outcome_info(outcome)->key,
			         row_outcome_info(list[i].outcome)->key);
		if (!list[i].report)
			continue;
		show(&report, &reading, text, sizeof text);
		if (strcmp(text, list[i].report) != 0)
			fail_msg("%s\nis       %s\nexpected %s", list[i].record, text,
			         list[i].report);
	}
	json_reader_free(r);
}

#define CHECK(context, list) check(context, list, sizeof(list) / sizeof *(list))

/* github.com/aisstream/ais-message-models type-definition.yaml; formats.md 9 */
#define META                                                                                       \
	"\"MetaData\":{\"MMSI\":273998987,\"MMSI_String\":273998987,\"ShipName\":\"SIM ONE       " \
	" "                                                                                        \
	"     \",\"latitude\":43.1,\"longitude\":132.1,"                                           \
	"\"time_utc\":\"2026-01-19 02:41:51.011109855 +0000 UTC\"}"
#define STREAM(kind, body)                                                                         \
	"{\"MessageType\":\"" kind "\"," META ",\"Message\":{\"" kind "\":{" body "}}}"

static void aisstream(void **state)
{
	static const struct expectation RECORDS[] = {
	    {STREAM(
	         "PositionReport",
	         "\"MessageID\":1,\"RepeatIndicator\":0,\"UserID\":273998987,\"Valid\":true,"
	         "\"NavigationalStatus\":0,\"RateOfTurn\":-128,\"Sog\":11.3,"
	         "\"PositionAccuracy\":true,\"Longitude\":132.25,\"Latitude\":42.9,\"Cog\":187.4,"
	         "\"TrueHeading\":511,\"Timestamp\":50,\"Raim\":false"),
	     "273998987 2026-01-19T02:41:51.011Z lat=42.9 lon=132.25 sog=11.3 cog=187.4 nav=0 "
	     "sec=50 A "
	     "name=SIM ONE",
	     ROW_USED},
	    {STREAM(
	         "StandardClassBPositionReport",
	         "\"MessageID\":18,\"UserID\":273998987,\"Valid\":true,\"Spare1\":0,\"Sog\":102.3,"
	         "\"Longitude\":132.25,\"Latitude\":42.9,\"Cog\":360,\"TrueHeading\":90,"
	         "\"Timestamp\":7,\"ClassBUnit\":true"),
	     "273998987 2026-01-19T02:41:51.011Z lat=42.9 lon=132.25 hdg=90 sec=7 B name=SIM ONE",
	     ROW_USED},
	    {STREAM("ExtendedClassBPositionReport",
	            "\"MessageID\":19,\"UserID\":273998987,\"Valid\":true,\"Sog\":4,"
	            "\"Longitude\":132.25,\"Latitude\":42.9,\"Cog\":12,\"TrueHeading\":11,"
	            "\"Timestamp\":7,\"Name\":\"SIM TWO@@@@\",\"Type\":37,"
	            "\"Dimension\":{\"A\":1,\"B\":2,\"C\":3,\"D\":4}"),
	     "273998987 2026-01-19T02:41:51.011Z lat=42.9 lon=132.25 sog=4 cog=12 hdg=11 sec=7 B "
	     "name=SIM TWO type=37",
	     ROW_USED},
	    {STREAM(
	         "LongRangeAisBroadcastMessage",
	         "\"MessageID\":27,\"UserID\":273998987,\"Valid\":true,\"PositionAccuracy\":false,"
	         "\"NavigationalStatus\":3,\"Longitude\":132.25,\"Latitude\":42.9,\"Sog\":63,"
	         "\"Cog\":511,\"PositionLatency\":false"),
	     "273998987 2026-01-19T02:41:51.011Z lat=42.9 lon=132.25 nav=3 name=SIM ONE", ROW_USED},
	    {STREAM("ShipStaticData",
	            "\"MessageID\":5,\"UserID\":273998987,\"Valid\":true,\"AisVersion\":2,"
	            "\"ImoNumber\":9999993,\"CallSign\":\"SIM1   \",\"Name\":\"SIM ONE     \","
	            "\"Type\":70,\"Dimension\":{\"A\":1,\"B\":2,\"C\":3,\"D\":4},"
	            "\"Eta\":{\"Month\":1,\"Day\":2,\"Hour\":3,\"Minute\":4},"
	            "\"MaximumStaticDraught\":5.1,\"Destination\":\"RAJIN\""),
	     "273998987 2026-01-19T02:41:51.011Z A name=SIM ONE call=SIM1 imo=9999993 type=70",
	     ROW_STATIC},
	    {STREAM("StaticDataReport",
	            "\"MessageID\":24,\"UserID\":273998987,\"Valid\":true,\"Reserved\":0,"
	            "\"PartNumber\":true,\"ReportA\":{\"Valid\":false,\"Name\":\"\"},"
	            "\"ReportB\":{\"Valid\":true,\"ShipType\":36,\"VendorIDName\":\"SIM\","
	            "\"VenderIDModel\":1,\"CallSign\":\"SIM2\",\"FixType\":0}"),
	     "273998987 2026-01-19T02:41:51.011Z B call=SIM2 type=36", ROW_STATIC},
	    {STREAM("BaseStationReport",
	            "\"MessageID\":4,\"UserID\":273998987,\"UtcYear\":2026,\"Longitude\":132.25,"
	            "\"Latitude\":42.9"),
	     NULL, ROW_BASE_STATION},
	    {STREAM("AidsToNavigationReport", "\"MessageID\":21,\"UserID\":992738987,\"Type\":1"),
	     NULL, ROW_AID},
	    {STREAM("StandardSearchAndRescueAircraftReport",
	            "\"MessageID\":9,\"UserID\":273998987,\"Longitude\":132.25,\"Latitude\":42.9"),
	     NULL, ROW_SAR},
	    {STREAM("GnssBroadcastBinaryMessage",
	            "\"MessageID\":17,\"UserID\":273998987,\"Longitude\":132.25,\"Latitude\":42.9"),
	     NULL, ROW_OTHER},
	    {STREAM("Interrogation", "\"MessageID\":15,\"UserID\":273998987"), NULL, ROW_OTHER},
	    {"{\"error\":\"Api Key Is Not Valid\"}", NULL, ROW_OTHER},
	};

	(void)state;
	CHECK(NULL, RECORDS);
}

/* formats.md 21; rxtime as in the receiver's HTTP posts */
static void ais_catcher(void **state)
{
	static const struct expectation RECORDS[] = {
	    {"{\"class\":\"AIS\",\"device\":\"AIS-catcher\",\"version\":68,\"rxuxtime\":1777908449."
	     "351,"
	     "\"scaled\":true,\"channel\":\"B\",\"nmea\":[\"!AIVDM,x\"],\"type\":1,\"mmsi\":"
	     "273998987,"
	     "\"status\":0,\"turn\":0,\"speed\":10.400001,\"lon\":132.701442,\"lat\":42.338295,"
	     "\"course\":187.5,\"heading\":188,\"second\":16}",
	     "273998987 2026-05-04T15:27:29.351Z lat=42.3383 lon=132.7014 sog=10.4 cog=187.5 "
	     "hdg=188 "
	     "nav=0 sec=16 A",
	     ROW_USED},
	    {"{\"class\":\"AIS\",\"device\":\"AIS-catcher\",\"toa\":1777908440,\"rxuxtime\":"
	     "1777908449,"
	     "\"type\":18,\"mmsi\":273998987,\"speed\":1,\"lon\":132.7,\"lat\":42.3}",
	     "273998987 2026-05-04T15:27:20Z lat=42.3 lon=132.7 sog=1 B", ROW_USED},
	    {"{\"class\":\"AIS\",\"device\":\"AIS-catcher\",\"rxtime\":\"20260119024151\","
	     "\"scaled\":true,"
	     "\"type\":3,\"mmsi\":273998987,\"speed\":1,\"lon\":132.7,\"lat\":42.3}",
	     "273998987 2026-01-19T02:41:51Z lat=42.3 lon=132.7 sog=1 A", ROW_USED},
	    {"{\"class\":\"AIS\",\"device\":\"AIS-catcher\",\"rxuxtime\":1777908449,\"type\":5,"
	     "\"mmsi\":273998987,\"imo\":9999993,\"callsign\":\"SIM1\",\"shipname\":\"SIM ONE\","
	     "\"shiptype\":70,\"eta\":\"01-02T03:04Z\"}",
	     "273998987 2026-05-04T15:27:29Z A name=SIM ONE call=SIM1 imo=9999993 type=70",
	     ROW_STATIC},
	    {"{\"class\":\"AIS\",\"device\":\"AIS-catcher\",\"rxuxtime\":1777908449,\"type\":8,"
	     "\"mmsi\":273998987,\"lon\":132.7,\"lat\":42.3}",
	     NULL, ROW_OTHER},
	};

	(void)state;
	CHECK(NULL, RECORDS);
}

/* corpus nmea/gpsd sample.aivdm.js.chk and .ju.chk, nmea/libais tagblock.json */
static void gpsdecode(void **state)
{
	static const struct expectation RECORDS[] = {
	    {"{\"class\":\"AIS\",\"device\":\"stdin\",\"type\":1,\"repeat\":0,\"mmsi\":273998987,"
	     "\"scaled\":true,\"status\":0,\"status_text\":\"Under way using engine\","
	     "\"turn\":\"fastleft\",\"speed\":12.3,\"accuracy\":true,\"lon\":132.5,\"lat\":42.25,"
	     "\"course\":224.0,\"heading\":215,\"second\":33,\"raim\":false,\"radio\":34017}",
	     "273998987 never lat=42.25 lon=132.5 sog=12.3 cog=224 hdg=215 nav=0 sec=33 A",
	     ROW_NO_TIME},
	    {"{\"class\":\"AIS\",\"device\":\"stdin\",\"type\":1,\"repeat\":0,\"mmsi\":273998987,"
	     "\"scaled\":false,\"status\":0,\"speed\":123,\"lon\":79500000,\"lat\":25350000,"
	     "\"course\":2240,\"heading\":215,\"second\":33}",
	     "273998987 never lat=42.25 lon=132.5 sog=12.3 cog=224 hdg=215 nav=0 sec=33 A",
	     ROW_NO_TIME},
	    {"{\"class\":\"AIS\",\"device\":\"stdin\",\"type\":27,\"repeat\":1,\"mmsi\":273998987,"
	     "\"scaled\":false,\"status\":3,\"lon\":79500,\"lat\":25350,\"speed\":12,\"course\":"
	     "224}",
	     "273998987 never lat=42.25 lon=132.5 sog=12 cog=224 nav=3", ROW_NO_TIME},
	    {"{\"class\":\"AIS\",\"device\":\"stdin\",\"type\":27,\"repeat\":1,\"mmsi\":273998987,"
	     "\"scaled\":true,\"status\":3,\"lon\":132.5,\"lat\":42.25,\"speed\":63,\"course\":"
	     "224}",
	     "273998987 never lat=42.25 lon=132.5 cog=224 nav=3", ROW_NO_TIME},
	    {"{\"class\":\"AIS\",\"device\":\"stdin\",\"type\":5,\"mmsi\":273998987,\"scaled\":"
	     "false,"
	     "\"imo\":9999993,\"callsign\":\"SIM1\",\"shipname\":\"SIM ONE\",\"shiptype\":70,"
	     "\"eta\":\"05-15T14:00Z\",\"draught\":122}",
	     "273998987 never A name=SIM ONE call=SIM1 imo=9999993 type=70", ROW_NO_TIME},
	    {"{\"class\":\"AIS\",\"device\":\"stdin\",\"type\":11,\"mmsi\":273998987,\"scaled\":"
	     "false,"
	     "\"timestamp\":\"2026-01-19T02:41:51Z\",\"lon\":79500000,\"lat\":25350000}",
	     "273998987 2026-01-19T02:41:51Z lat=42.25 lon=132.5", ROW_USED},
	    {"{\"class\":\"AIS\",\"device\":\"stdin\",\"type\":4,\"mmsi\":273998987,\"scaled\":"
	     "true,"
	     "\"timestamp\":\"2026-01-19T02:41:51Z\",\"lon\":132.5,\"lat\":42.25}",
	     NULL, ROW_BASE_STATION},
	    {"{\"tagblock_timestamp\":\"2026-01-19T02:41:51.000000Z\",\"class\":\"AIS\",\"type\":1,"
	     "\"scaled\":true,\"mmsi\":273998987,\"lon\":132.5,\"lat\":42.25,\"speed\":1.5}",
	     "273998987 2026-01-19T02:41:51Z lat=42.25 lon=132.5 sog=1.5 A", ROW_USED},
	    {"{\"class\":\"VERSION\",\"release\":\"3.22\"}", NULL, ROW_OTHER},
	};

	(void)state;
	CHECK(NULL, RECORDS);
}

/* pyais -j, libais (formats.md 21, corpus nmea/libais) */
static void decoders(void **state)
{
	static const struct expectation RECORDS[] = {
	    {"{\"msg_type\":1,\"repeat\":0,\"mmsi\":273998987,\"status\":3,\"turn\":0.0,\"speed\":"
	     "0.1,"
	     "\"accuracy\":0,\"lon\":132.5,\"lat\":42.25,\"course\":219.3,\"heading\":1,\"second\":"
	     "59,"
	     "\"maneuver\":0,\"spare_1\":\"b''\",\"raim\":false,\"radio\":2281}",
	     "273998987 never lat=42.25 lon=132.5 sog=0.1 cog=219.3 hdg=1 nav=3 sec=59 A",
	     ROW_NO_TIME},
	    {"{\"id\":1,\"repeat_indicator\":0,\"mmsi\":273998987,\"nav_status\":0,"
	     "\"rot_over_range\":false,\"rot\":0.0,\"sog\":8.5,\"position_accuracy\":0,\"x\":132.5,"
	     "\"y\":42.25,\"cog\":35.5,\"true_heading\":511,\"timestamp\":56,"
	     "\"tagblock_timestamp\":1768790511}",
	     "273998987 2026-01-19T02:41:51Z lat=42.25 lon=132.5 sog=8.5 cog=35.5 nav=0 sec=56 A",
	     ROW_USED},
	    {"{\"id\":1,\"repeat_indicator\":0,\"mmsi\":273998987,\"x\":132.5,\"y\":42.25,\"sog\":"
	     "1,"
	     "\"cog\":2,\"true_heading\":3,\"timestamp\":56}",
	     "273998987 never lat=42.25 lon=132.5 sog=1 cog=2 hdg=3 sec=56 A", ROW_NO_TIME},
	    {"{\"id\":5,\"repeat_indicator\":0,\"mmsi\":273998987,\"ais_version\":0,\"imo_num\":"
	     "9999993,"
	     "\"callsign\":\"SIM1\",\"name\":\"SIM ONE@@@\",\"type_and_cargo\":70,"
	     "\"tagblock_timestamp\":1768790511}",
	     "273998987 2026-01-19T02:41:51Z A name=SIM ONE call=SIM1 imo=9999993 type=70",
	     ROW_STATIC},
	    {"{\"id\":8,\"repeat_indicator\":0,\"mmsi\":273998987,\"dac\":1,\"fi\":31,\"x\":132.5,"
	     "\"y\":42.25,\"tagblock_timestamp\":1768790511}",
	     NULL, ROW_OTHER},
	};

	(void)state;
	CHECK(NULL, RECORDS);
}

/* formats.md 6, 7 */
static void northern_services(void **state)
{
	static const struct expectation RECORDS[] = {
	    {"{\"mmsi\":273998987,\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\","
	     "\"coordinates\":[22.119075,60.454183]},\"properties\":{\"mmsi\":273998987,\"sog\":0."
	     "5,"
	     "\"cog\":360.0,\"navStat\":8,\"rot\":-128,\"posAcc\":true,\"raim\":true,\"heading\":"
	     "219,"
	     "\"timestamp\":10,\"timestampExternal\":1715598131198}}",
	     "273998987 2024-05-13T11:02:11.198Z lat=60.4542 lon=22.1191 sog=0.5 hdg=219 nav=8 "
	     "sec=10",
	     ROW_USED},
	    {"{\"mmsi\":273998987,\"sog\":0.5,\"cog\":12,\"navStat\":8,\"posAcc\":true,\"raim\":"
	     "true,"
	     "\"heading\":219,\"timestamp\":10,\"timestampExternal\":1715598131198,\"lon\":22.5,"
	     "\"lat\":60.5}",
	     "273998987 2024-05-13T11:02:11.198Z lat=60.5 lon=22.5 sog=0.5 cog=12 hdg=219 nav=8 "
	     "sec=10",
	     ROW_USED},
	    {"{\"mmsi\":273998987,\"sog\":0.5,\"cog\":12,\"navStat\":8,\"posAcc\":true,\"raim\":"
	     "true,"
	     "\"heading\":219,\"timestamp\":10,\"lon\":22.5,\"lat\":60.5}",
	     "273998987 never lat=60.5 lon=22.5 sog=0.5 cog=12 hdg=219 nav=8 sec=10", ROW_NO_TIME},
	    {"{\"courseOverGround\":42.9,\"latitude\":59.729342,\"longitude\":5.481622,"
	     "\"rateOfTurn\":0,\"shipType\":30,\"speedOverGround\":12.1,\"trueHeading\":42,"
	     "\"navigationalStatus\":0,\"mmsi\":273998987,\"msgtime\":\"2026-04-20T00:00:00+00:"
	     "00\","
	     "\"name\":\"SIM \\\"A, B\\\"\\n\"}",
	     "273998987 2026-04-20T00:00:00Z lat=59.7293 lon=5.4816 sog=12.1 cog=42.9 hdg=42 nav=0 "
	     "name=SIM \"A, B\" type=30",
	     ROW_USED},
	};

	(void)state;
	CHECK(NULL, RECORDS);
}

#define HUB_KEYS                                                                                   \
	"\"MMSI\":273998987,\"ROT\":0,\"HEADING\":90,\"NAVSTAT\":1,\"IMO\":9999993,"               \
	"\"NAME\":\"SIM ONE\",\"CALLSIGN\":\"SIM1\",\"TYPE\":70,\"A\":1,\"B\":2,\"C\":3,\"D\":4,"  \
	"\"PAC\":1,\"DEST\":\"RAJIN\""

/* aishub.net/api (formats.md 8) */
static void aishub(void **state)
{
	static const struct expectation HUMAN[] = {
	    {"{" HUB_KEYS ",\"TIME\":\"2021-07-09 12:08:05 GMT\",\"LONGITUDE\":5.03802,"
	     "\"LATITUDE\":43.4,\"COG\":12.5,\"SOG\":3.2,\"DRAUGHT\":4.1,\"ETA\":\"07-10 12:00\"}",
	     "273998987 2021-07-09T12:08:05Z lat=43.4 lon=5.038 sog=3.2 cog=12.5 hdg=90 nav=1 "
	     "name=SIM ONE call=SIM1 imo=9999993 type=70",
	     ROW_USED},
	};
	static const struct expectation RAW[] = {
	    {"{" HUB_KEYS ",\"TIME\":\"1625832485\",\"LONGITUDE\":3022815,\"LATITUDE\":26040000,"
	     "\"COG\":125,\"SOG\":32,\"DRAUGHT\":41,\"ETA\":435072}",
	     "273998987 2021-07-09T12:08:05Z lat=43.4 lon=5.038 sog=3.2 cog=12.5 hdg=90 nav=1 "
	     "name=SIM ONE call=SIM1 imo=9999993 type=70",
	     ROW_USED},
	    {"{" HUB_KEYS ",\"TIME\":\"1625832485\",\"LONGITUDE\":3022815,\"LATITUDE\":26040000,"
	     "\"COG\":3600,\"SOG\":1023,\"DRAUGHT\":41,\"ETA\":435072}",
	     "273998987 2021-07-09T12:08:05Z lat=43.4 lon=5.038 hdg=90 nav=1 name=SIM ONE "
	     "call=SIM1 "
	     "imo=9999993 type=70",
	     ROW_USED},
	};
	struct position_report report;
	struct row_reading reading;
	struct json_reader *r = reader(NULL);

	(void)state;
	CHECK(NULL, HUMAN);
	CHECK("{\"ERROR\":false,\"USERNAME\":\"AH_SIM\",\"FORMAT\":\"HUMAN\",\"RECORDS\":1}",
	      HUMAN);
	CHECK("{\"ERROR\":false,\"USERNAME\":\"AH_SIM\",\"FORMAT\":\"AIS\",\"RECORDS\":1}", RAW);
	/* without its first record it can only be told that these are no degrees */
	assert_int_equal(read_record(r, RAW[0].record, &report, &reading), ROW_OUT_OF_RANGE);
	assert_int_equal(reading.notes, NOTE_RAW_UNITS);
	json_reader_free(r);
}

/* MarineTraffic, VesselFinder, Spire, GFW (formats.md 10, 13, 14, 15; for nesting see the profiles)
 */
static void providers(void **state)
{
	static const struct expectation RECORDS[] = {
	    {"{\"MMSI\":\"273998987\",\"IMO\":\"9999993\",\"SHIP_ID\":\"1\",\"LAT\":\"42.25\","
	     "\"LON\":\"132.5\",\"SPEED\":\"123\",\"HEADING\":\"511\",\"COURSE\":\"224\","
	     "\"STATUS\":\"0\",\"TIMESTAMP\":\"2026-01-19T02:41:51\",\"DSRC\":\"TER\"}",
	     "273998987 2026-01-19T02:41:51Z lat=42.25 lon=132.5 sog=12.3 cog=224 nav=0 ter "
	     "imo=9999993",
	     ROW_USED},
	    {"{\"mmsi\":273998987,\"status\":0,\"stationId\":81,\"speed\":180,\"lon\":132.5,"
	     "\"lat\":42.25,\"course\":144,\"heading\":144,\"rot\":\"\",\"timestamp\":1768790511}",
	     "273998987 2026-01-19T02:41:51Z lat=42.25 lon=132.5 sog=18 cog=144 hdg=144 nav=0",
	     ROW_USED},
	    {"{\"AIS\":{\"MMSI\":273998987,\"TIMESTAMP\":\"2026-01-19 02:41:51 UTC\","
	     "\"LATITUDE\":42.25,\"LONGITUDE\":132.5,\"COURSE\":360.0,\"SPEED\":0.0,\"HEADING\":"
	     "511,"
	     "\"NAVSTAT\":1,\"IMO\":9999993,\"NAME\":\"SIM ONE\",\"CALLSIGN\":\"SIM1\",\"TYPE\":60,"
	     "\"ETA\":\"2026-02-01 00:00:00\",\"SRC\":\"TER\"},\"MASTERDATA\":{\"NAME\":\"X\"}}",
	     "273998987 2026-01-19T02:41:51Z lat=42.25 lon=132.5 sog=0 nav=1 ter name=SIM ONE "
	     "call=SIM1 "
	     "imo=9999993 type=60",
	     ROW_USED},
	    {"{\"created_at\":\"2026-01-19T03:00:00Z\",\"timestamp\":\"2026-01-19T02:41:51Z\","
	     "\"mmsi\":273998987,\"msg_type\":1,\"latitude\":42.25,\"longitude\":132.5,\"speed\":"
	     "12.3,"
	     "\"course\":224,\"heading\":215,\"rot\":0,\"imo\":9999993,\"name\":\"SIM ONE\","
	     "\"collection_type\":\"satellite\"}",
	     "273998987 2026-01-19T02:41:51Z lat=42.25 lon=132.5 sog=12.3 cog=224 hdg=215 A sat "
	     "name=SIM ONE imo=9999993",
	     ROW_USED},
	    {"{\"id\":\"0a\",\"updateTimestamp\":\"2026-01-19T04:00:00Z\",\"staticData\":{"
	     "\"aisClass\":\"A\",\"flag\":\"RU\",\"name\":\"SIM ONE\",\"callsign\":\"SIM1\","
	     "\"timestamp\":\"2026-01-18T00:00:00Z\",\"shipType\":\"GENERAL_CARGO\","
	     "\"mmsi\":273998987,\"imo\":9999993,\"dimensions\":{\"a\":1}},\"lastPositionUpdate\":{"
	     "\"accuracy\":\"HIGH\",\"collectionType\":\"TERRESTRIAL\",\"course\":224,"
	     "\"heading\":215,\"latitude\":42.25,\"longitude\":132.5,\"speed\":12.3,"
	     "\"timestamp\":\"2026-01-19T02:41:51.000Z\","
	     "\"updateTimestamp\":\"2026-01-19T04:00:00Z\"},\"currentVoyage\":{"
	     "\"timestamp\":\"2026-01-17T00:00:00Z\"}}",
	     "273998987 2026-01-19T02:41:51Z lat=42.25 lon=132.5 sog=12.3 cog=224 hdg=215 A ter "
	     "name=SIM ONE call=SIM1 imo=9999993 type=GENERAL_CARGO",
	     ROW_USED},
	    {"{\"staticData\":{\"name\":\"SIM ONE\",\"timestamp\":\"2026-01-18T00:00:00Z\","
	     "\"mmsi\":273998987},\"lastPositionUpdate\":null}",
	     "273998987 2026-01-18T00:00:00Z name=SIM ONE", ROW_STATIC},
	    {"{\"Index\":1,\"msgid\":\"a\",\"source\":\"orbcomm\",\"type\":\"AIS.1\","
	     "\"ssvid\":\"273998987\",\"timestamp\":\"2026-01-19T02:41:51+00:00\",\"lon\":132.5,"
	     "\"lat\":42.25,\"speed\":102.3000030518,\"course\":224.6000061035,\"heading\":511.0,"
	     "\"shipname\":null,\"receiver_type\":\"satellite\",\"length\":NaN,\"status\":0.0}",
	     "273998987 2026-01-19T02:41:51Z lat=42.25 lon=132.5 cog=224.6 nav=0 A sat", ROW_USED},
	    {"{\"msgid\":\"a\",\"type\":\"AIS.5\",\"ssvid\":\"273998987\","
	     "\"timestamp\":\"2026-01-19T02:41:51+00:00\",\"lon\":NaN,\"lat\":NaN,\"speed\":NaN,"
	     "\"course\":NaN,\"heading\":NaN,\"shipname\":\"SIM "
	     "ONE\",\"receiver_type\":\"satellite\"}",
	     "273998987 2026-01-19T02:41:51Z A sat name=SIM ONE", ROW_STATIC},
	};

	(void)state;
	CHECK(NULL, RECORDS);
}

/* no profile: names alone, at any depth */
static void any_object(void **state)
{
	static const struct expectation RECORDS[] = {
	    {"{\"mmsi\":273998987,\"time\":\"2026-01-19T02:41:51Z\",\"lat\":42.25,\"lon\":132.5}",
	     "273998987 2026-01-19T02:41:51Z lat=42.25 lon=132.5", ROW_USED},
	    {"{\"vessel\":{\"mmsi\":\"273998987\",\"name\":\"SIM "
	     "ONE\"},\"position\":{\"lat\":\"42.25\","
	     "\"lon\":\"132.5\",\"time\":1768790511000}}",
	     "273998987 2026-01-19T02:41:51Z lat=42.25 lon=132.5 name=SIM ONE", ROW_USED},
	    {"{\"type\":\"Feature\",\"id\":7,\"geometry\":{\"type\":\"Point\",\"coordinates\":[132."
	     "5,42.25]}"
	     ",\"properties\":{\"mmsi\":273998987,\"timestamp\":\"2026-01-19T02:41:51Z\",\"sog\":3}"
	     "}",
	     "273998987 2026-01-19T02:41:51Z lat=42.25 lon=132.5 sog=3", ROW_USED},
	    {"{\"id\":9,\"mmsi\":273998987,\"last_known_position\":{\"timestamp\":"
	     "\"2026-01-19T02:41:51Z\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[132.5,42."
	     "25]}}}",
	     "273998987 2026-01-19T02:41:51Z lat=42.25 lon=132.5", ROW_USED},
	    /* a time that stands elsewhere may be any time */
	    {"{\"mmsi\":273998987,\"voyage\":{\"eta\":{\"timestamp\":\"2026-02-01T00:00:00Z\"}},"
	     "\"position\":{\"lat\":42.25,\"lon\":132.5}}",
	     "273998987 never lat=42.25 lon=132.5", ROW_NO_TIME},
	    /* a position that is another's: a receiver's, a port's, an older one */
	    {"{\"mmsi\":273998987,\"time\":1768790511,\"name\":\"SIM\",\"receiver\":{\"lat\":42.25,"
	     "\"lon\":132.5}}",
	     "273998987 2026-01-19T02:41:51Z name=SIM", ROW_STATIC},
	    {"{\"mmsi\":273998987,\"time\":1768790511,\"destination\":{\"name\":\"PORT\","
	     "\"imo\":9999993,\"callsign\":\"X1\",\"lat\":42.25,\"lon\":132.5}}",
	     NULL, ROW_OTHER},
	    {"{\"mmsi\":273998987,\"time\":1768790511,\"prev\":{\"lat\":40},\"longitude\":132.5,"
	     "\"lat\":42.25}",
	     "273998987 2026-01-19T02:41:51Z lat=42.25 lon=132.5", ROW_USED},
	    {"{\"mmsi\":273998987,\"time\":1768790511,\"prev\":{\"latitude\":40},\"lon\":132.5}",
	     NULL, ROW_OTHER},
	    {"{\"mmsi\":273998987,\"time\":1768790511,\"position\":{\"longitude\":132.5},\"lat\":"
	     "42}",
	     NULL, ROW_OTHER},
	    {"{\"mmsi\":273998987,\"time\":1768790511,\"receiver\":{\"lat\":1,\"lon\":2,\"name\":"
	     "\"R\"},"
	     "\"Last_Position\":{\"name\":\"BAY\",\"lat\":42.25,\"lon\":132.5,\"sog\":3},\"sog\":9,"
	     "\"ship\":{\"name\":\"SIM\"}}",
	     "273998987 2026-01-19T02:41:51Z lat=42.25 lon=132.5 sog=3 name=SIM", ROW_USED},
	    {"{\"time\":1768790511,\"lat\":42.25,\"lon\":132.5,\"Vessel\":{\"mmsi\":273998987}}",
	     "273998987 2026-01-19T02:41:51Z lat=42.25 lon=132.5", ROW_USED},
	    {"{\"time\":1768790511,\"lat\":42.25,\"lon\":132.5,\"target\":{\"mmsi\":273998987}}",
	     NULL, ROW_OTHER},
	    /* the ships of two MMSIs are never mixed; the same MMSI twice is one ship's */
	    {"{\"a\":{\"mmsi\":273998987,\"time\":1768790511},\"b\":{\"mmsi\":273998988,"
	     "\"time\":1768790511,\"lat\":42.25,\"lon\":132.5}}",
	     NULL, ROW_OTHER},
	    {"{\"273998987\":{\"mmsi\":273998987,\"time\":1768790511,\"lat\":42.25,\"lon\":132.5},"
	     "\"273998988\":{\"mmsi\":273998988,\"time\":1768790511,\"lat\":42.25,\"lon\":132.5}}",
	     NULL, ROW_OTHER},
	    {"{\"273998987\":{\"mmsi\":273998987,\"time\":1768790511,\"lat\":42.25,\"lon\":132.5},"
	     "\"273998988\":{\"mmsi\":\"273998987 \",\"time\":1768790511,\"lat\":42,\"lon\":132}}",
	     "273998987 2026-01-19T02:41:51Z lat=42.25 lon=132.5", ROW_USED},
	    {"{\"receiver\":{\"mmsi\":2734444,\"lat\":1,\"lon\":2},\"vessel\":{\"mmsi\":273998987,"
	     "\"time\":1768790511,\"lat\":42.25,\"lon\":132.5}}",
	     "273998987 2026-01-19T02:41:51Z lat=42.25 lon=132.5", ROW_USED},
	    {"{\"a\":{\"mmsi\":1,\"time\":1},\"b\":{\"mmsi\":1},\"c\":{\"mmsi\":1},\"d\":{\"mmsi\":"
	     "1},"
	     "\"e\":{\"mmsi\":1},\"f\":{\"mmsi\":2}}",
	     NULL, ROW_OTHER},
	    /* numbers: all digits of whole ones, none of a double's noise */
	    {"{\"mmsi\":2.73998987e8,\"time\":1768790511123456789,\"lat\":4.225e1,\"lon\":132.5}",
	     "273998987 2026-01-19T02:41:51.123Z lat=42.25 lon=132.5", ROW_USED},
	    /* names without case and punctuation, escaped, twice: the first counts */
	    {"{\"M\\u004DSI\":273998987,\"Base-Date-Time\":\"2026-01-19 02:41:51\",\"LAT\":42.25,"
	     "\"lat\":1,\"LAT\":2,\"Lon\":132.5}",
	     "273998987 2026-01-19T02:41:51Z lat=42.25 lon=132.5", ROW_USED},
	    {"{\"mmsi\":273998987,\"time\":\"2026-01-19T02:41:51Z\",\"lat\":42.25,\"lon\":132.5,"
	     "\"name\":\"S\\u00ccM\\ud83d\\ude00\"}",
	     "273998987 2026-01-19T02:41:51Z lat=42.25 lon=132.5 name=S\xC3\x8CM\xF0\x9F\x98\x80",
	     ROW_USED},
	    {"{\"mmsi\":273998987,\"time\":\"2026-01-19T02:41:51Z\",\"lat\":NaN,\"lon\":NaN,"
	     "\"name\":NaN}",
	     NULL, ROW_NO_POSITION},
	    {"{\"mmsi\":NaN,\"time\":NaN,\"lat\":NaN,\"lon\":NaN}", NULL, ROW_NOT_A_SHIP},
	    {"{\"mmsi\":273998987,\"time\":NaN,\"lat\":42.25,\"lon\":132.5}", NULL, ROW_NO_TIME},
	    {"{\"mmsi\":273998987,\"time\":\"2026-01-19T02:41:51Z\",\"lat\":91,\"lon\":181}", NULL,
	     ROW_NO_POSITION},
	    {"{\"mmsi\":273998987,\"time\":\"2026-01-19T02:41:51Z\",\"lat\":1e999,\"lon\":1}", NULL,
	     ROW_NO_POSITION},
	    {"{\"mmsi\":273998987,\"time\":\"2026-01-19T02:41:51Z\",\"lat\":\"x\",\"lon\":1}", NULL,
	     ROW_BAD_POSITION},
	    {"{\"mmsi\":2739989,\"time\":\"2026-01-19T02:41:51Z\",\"lat\":42.25,\"lon\":132.5}",
	     NULL, ROW_BASE_STATION},
	    {"{\"mmsi\":true,\"time\":\"2026-01-19T02:41:51Z\",\"lat\":42.25,\"lon\":132.5}", NULL,
	     ROW_BAD_MMSI},
	    /* a track in one object is no report */
	    {"{\"mmsi\":273998987,\"track\":[{\"lat\":1,\"lon\":2,\"time\":1768790511}]}", NULL,
	     ROW_OTHER},
	    {"{\"mmsi\":273998987,\"time\":\"2026-01-19T02:41:51Z\"}", NULL, ROW_OTHER},
	    {"{}", NULL, ROW_OTHER},
	    {"{\"mmsi\":273998987,", NULL, ROW_JSON},
	    {"[273998987]", NULL, ROW_JSON},
	    {"", NULL, ROW_JSON},
	    {"{\"mmsi\":273998987,\"name\":\"\\ud83d\"}", NULL, ROW_JSON},
	};

	(void)state;
	CHECK(NULL, RECORDS);
}

/* more names than are kept, and deeper than is read, do no harm and hide nothing before them */
static void odd_shapes(void **state)
{
	struct json_reader *r = reader(NULL);
	char *text = malloc(JSON_RECORD_MAX);
	struct position_report report;
	struct row_reading reading;
	size_t n;

	(void)state;
	for (int shape = 0; shape < 3 * 256; shape++) {
		/* every other record has the shape of the one before the last */
		snprintf(
		    text, 200,
		    "{\"mmsi\":273998987,\"x%d\":1,\"time\":1768790511,\"lat\":%d.5,\"lon\":132.5}",
		    shape % 3 ? shape : 7, shape % 90);
		assert_int_equal(read_record(r, text, &report, &reading), ROW_USED);
		assert_true(report.fix.lat_deg == shape % 90 + 0.5);
		json_reader_forget(r);
	}
	n = (size_t)sprintf(text,
	                    "{\"mmsi\":273998987,\"time\":1768790511,\"lat\":42,\"lon\":132.5");
	for (int i = 0; i < 20000; i++)
		n += (size_t)sprintf(text + n, ",\"member%d\":{\"x\":[1,2,[3]]}", i);
	sprintf(text + n, "}");
	assert_int_equal(read_record(r, text, &report, &reading), ROW_USED);
	for (int depth = JSON_DEPTH_MAX; depth <= JSON_DEPTH_MAX + 1; depth++) {
		n = (size_t)sprintf(text,
		                    "{\"mmsi\":273998987,\"time\":1768790511,\"lat\":42,\"lon\":1");
		for (int i = 1; i < depth; i++)
			n += (size_t)sprintf(text + n, ",\"%0120d\":{\"x\":1", i);
		memset(text + n, '}', (size_t)depth);
		text[n + (size_t)depth] = '\0';
		assert_int_equal(read_record(r, text, &report, &reading),
		                 depth > JSON_DEPTH_MAX ? ROW_JSON : ROW_USED);
	}
	json_reader_free(r);
	free(text);
}

/* reports of one batch keep their texts until they are no longer needed */
static void texts_live(void **state)
{
	enum { COUNT = 2000 };
	struct json_reader *r = reader(NULL);
	struct position_report *reports = malloc(COUNT * sizeof *reports);
	struct row_reading reading;
	char text[200];

	(void)state;
	for (int i = 0; i < COUNT; i++) {
		snprintf(text, sizeof text,
		         "{\"mmsi\":273998987,\"time\":1768790511,\"lat\":42,\"lon\":1,\"name\":"
		         "\"SIM %d\"}",
		         i);
		assert_int_equal(read_record(r, text, &reports[i], &reading), ROW_USED);
	}
	for (int i = 0; i < COUNT; i++) {
		snprintf(text, sizeof text, "SIM %d", i);
		assert_true(span_eq(reports[i].statics.name, span_of(text)));
	}
	json_reader_free(r);
	free(reports);
}

static enum status detect(struct span head, struct column_map *map, struct span *context,
                          struct diag *diag)
{
	struct json_reader_options options = {.columns = columns};
	char found[FIELD_COUNT][48];
	enum status status = json_detect(head, "input", &options, map, found, context, diag);

	for (int f = 0; f < FIELD_COUNT; f++)
		assert_int_equal(map->field[f].column >= 0, found[f][0] != '\0');
	return status;
}

#define POSITION                                                                                   \
	"{\"mmsi\":273998987,\"time\":\"2026-01-19T02:41:51Z\",\"lat\":42.25,\"lon\":132.5}"

static void heads(void **state)
{
	static const struct {
		const char *head;
		const char *profile; /* NULL: no feed */
		const char *context;
		const char *message;
	} HEADS[] = {
	    {POSITION "\n", "aliases", "", ""},
	    {"[" POSITION "," POSITION, "aliases", "", ""},
	    {"{broken\n" POSITION "\n", "aliases", "", ""},
	    {"{\"error\":1}\n{\"mmsi\":1,\"name\":\"x\"}\n" POSITION "\n", "aliases",
	     "{\"error\":1}", ""},
	    {"[{\"ERROR\":false,\"FORMAT\":\"AIS\"},[{" HUB_KEYS
	     ",\"TIME\":\"1\",\"LONGITUDE\":1,\"LATITUDE\":2,\"COG\":3,\"SOG\":4}]]",
	     "aishub-raw", "{\"ERROR\":false,\"FORMAT\":\"AIS\"}", ""},
	    {"[{\"ERROR\":false,\"FORMAT\":\"HUMAN\"},[{" HUB_KEYS
	     ",\"TIME\":\"1\",\"LONGITUDE\":1,\"LATITUDE\":2,\"COG\":3,\"SOG\":4}]]",
	     "aishub", "{\"ERROR\":false,\"FORMAT\":\"HUMAN\"}", ""},
	    {STREAM("ShipStaticData", "\"UserID\":1") "\n" STREAM(
	         "PositionReport", "\"UserID\":1,\"Latitude\":1,\"Longitude\":1") "\n",
	     "aisstream", "", ""},
	    {"{\"class\":\"AIS\",\"type\":1,\"mmsi\":1,\"scaled\":true,\"lon\":1,\"lat\":2}\n",
	     NULL, "", "no column for time (gpsdecode prints no time"},
	    {"{\"msg_type\":1,\"repeat\":0,\"mmsi\":1,\"lon\":1,\"lat\":2}\n", NULL, "",
	     "no column for time (pyais"},
	    {"{\"mmsi\":1,\"lat\":1,\"lon\":2,\"speed\":3}\n", NULL, "",
	     "no column for time; columns found (4): mmsi, lat, lon, speed"},
	    {"{\"position\":{\"lat\":1,\"lon\":2}}\n", NULL, NULL,
	     "no column for mmsi and time; columns found (2): position.lat, position.lon"},
	    {"[[273998987,42,132]]", NULL, "", "no whole JSON object in its first 20 bytes"},
	    {"{\"a\":", NULL, "", "no whole JSON object"},
	    {"", NULL, "", "no whole JSON object"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof HEADS / sizeof *HEADS; i++) {
		struct column_map map;
		struct span context;
		struct diag diag = {""};
		enum status status = detect(span_of(HEADS[i].head), &map, &context, &diag);

		if (status != (HEADS[i].profile ? ST_OK : ST_NO_FEED) ||
		    !strstr(diag.text, HEADS[i].message) || (status == ST_OK) != !diag.text[0])
			fail_msg("%s\nstatus %d: %s", HEADS[i].head, (int)status, diag.text);
		if (HEADS[i].profile && strcmp(map.profile, HEADS[i].profile) != 0)
			fail_msg("%s\nprofile %s, expected %s", HEADS[i].head, map.profile,
			         HEADS[i].profile);
		if (HEADS[i].context && !span_eq(context, span_of(HEADS[i].context)))
			fail_msg("%s\ncontext %.*s", HEADS[i].head, (int)context.len, context.ptr);
	}
}

/* --map by path, and a divisor */
static void maps_by_path(void **state)
{
	struct column_options *own = column_options_new();
	struct json_reader_options options = {.columns = own};
	struct json_reader *r;
	struct position_report report;
	struct row_reading reading;

	(void)state;
	assert_int_equal(column_options_map(own, "time=header.received", NULL), ST_OK);
	assert_int_equal(column_options_map(own, "sog=body.v/10", NULL), ST_OK);
	r = json_reader_new(&options);
	assert_int_equal(read_record(r,
	                             "{\"header\":{\"received\":1768790511},\"body\":{\"mmsi\":"
	                             "273998987,\"lat\":42,\"lon\":132,\"v\":85}}",
	                             &report, &reading),
	                 ROW_USED);
	assert_true(reading.t_ms[0] == 1768790511000);
	assert_true(report.fix.sog_kn == 8.5F);
	json_reader_free(r);
	column_options_free(own);
}

/* conditions: refused when misspelt, and a profile with them never takes a header */
static void conditions(void **state)
{
	static const char *const WRONG[] = {"\"when\":1",
	                                    "\"when\":[\"a\"]",
	                                    "\"when\":{\"a\":false}",
	                                    "\"when\":{\"a\":\"\"}",
	                                    "\"when\":{\"\":\"a\"}",
	                                    "\"wen\":{\"a\":\"b\"}"};
	const struct span header[] = {SPAN("class"), SPAN("type"), SPAN("mmsi"), SPAN("scaled"),
	                              SPAN("time"),  SPAN("lat"),  SPAN("lon")};
	struct column_map map;
	char path[] = "/tmp/aisgap-profile-XXXXXX";
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
		struct column_options *own = column_options_new();
		struct diag diag = {""};
		FILE *f = fopen(path, "w");

		fprintf(f, "{\"name\":\"x\",\"match\":[\"a\"],\"fields\":{},%s}", WRONG[i]);
		fclose(f);
		assert_int_equal(column_options_profile(own, path, &diag), ST_USAGE);
		if (!strstr(diag.text, "when") && !strstr(diag.text, "unknown member"))
			fail_msg("%s: %s", WRONG[i], diag.text);
		column_options_free(own);
	}
	remove(path);
	assert_int_equal(columns_detect(columns, header, 7, &map, NULL), ST_OK);
	assert_string_equal(map.profile, "gpsdecode");
	assert_true(map.field[FIELD_LAT].divisor == 1);
}

/* the file's bytes; skips the test without the corpus */
static struct span corpus(const char *name)
{
	const char *root = getenv("AISGAP_CORPUS");
	char command[512];
	struct span text = {NULL, 0};
	char *bytes = malloc(1 << 25);
	FILE *f;

	if (!root) {
		free(bytes);
		print_message("AISGAP_CORPUS is not set: passed over\n");
		skip();
	}
	snprintf(command, sizeof command, "gzip -dcf '%s/%s'", root, name);
	f = popen(command, "r");
	assert_non_null(f);
	text = (struct span){bytes, fread(bytes, 1, 1 << 25, f)};
	assert_int_equal(pclose(f), 0);
	return text;
}

/* how all records of a file come out, cut as lines or as a stream */
static void count_file(struct span text, size_t by[ROW_OUTCOMES])
{
	struct json_reader *r = reader(NULL);
	struct json_cut cut = {0};
	bool more = true;

	memset(by, 0, ROW_OUTCOMES * sizeof *by);
	while (more) {
		struct json_record record;
		struct position_report report;
		struct row_reading reading;
		size_t taken = json_cut_next(&cut, text.ptr, text.len, &more, &record);

		if (more)
			by[json_reader_read(r, (struct span){text.ptr + record.start, record.len},
			                    &report, &reading)]++;
		text.ptr += taken;
		text.len -= taken;
	}
	assert_int_equal(text.len, 0);
	json_reader_free(r);
}

/*
 * Python, json.loads of each line: no_position where lat or lon is None, NaN, 91 or 181 and there
 * is no name, call sign, IMO or ship type; static where there is one; used else
 */
static void gfw_files(void **state)
{
	static const struct {
		const char *name;
		size_t used;
		size_t is_static;
		size_t no_position;
	} FILES[] = {
	    {"json/gfw-273444660.json", 2002, 57, 0},  {"json/gfw-357758000.json", 3177, 818, 1},
	    {"json/gfw-416004378.json", 96, 10, 0},    {"json/gfw-477293900.json", 2759, 161, 0},
	    {"json/gfw-636019687.json", 5987, 416, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++) {
		struct span text = corpus(FILES[i].name);
		struct column_map map;
		struct span context;
		struct diag diag = {""};
		size_t by[ROW_OUTCOMES];
		size_t all = 0;

		assert_int_equal(detect((struct span){text.ptr, 65536}, &map, &context, &diag),
		                 ST_OK);
		assert_string_equal(map.profile, "gfw-messages");
		count_file(text, by);
		for (int o = 0; o < ROW_OUTCOMES; o++)
			all += by[o];
		print_message("%s: %zu used, %zu static, %zu without position, %zu in all\n",
		              FILES[i].name, by[ROW_USED], by[ROW_STATIC], by[ROW_NO_POSITION],
		              all);
		assert_int_equal(by[ROW_USED], FILES[i].used);
		assert_int_equal(by[ROW_STATIC], FILES[i].is_static);
		assert_int_equal(by[ROW_NO_POSITION], FILES[i].no_position);
		assert_int_equal(all, by[ROW_USED] + by[ROW_STATIC] + by[ROW_NO_POSITION]);
		free((char *)(uintptr_t)text.ptr);
	}
}

/* its records have no time, and the snapshot's own time is none of theirs */
static void digitraffic_file(void **state)
{
	struct span text = corpus("json/digitraffic-flattened.json.gz");
	struct column_map map;
	struct span context;
	struct diag diag = {""};
	size_t by[ROW_OUTCOMES];

	(void)state;
	assert_int_equal(detect((struct span){text.ptr, 65536}, &map, &context, &diag), ST_NO_FEED);
	assert_non_null(strstr(diag.text, "no column for time"));
	assert_int_equal(map.field[FIELD_TIME].column, -1);
	count_file(text, by);
	assert_int_equal(by[ROW_USED], 0);
	assert_true(by[ROW_NO_TIME] > 7000);
	free((char *)(uintptr_t)text.ptr);
}

/* the three forms of pipe-gaps' sample: an array, lines, and lines of two days */
static void pipe_gaps_files(void **state)
{
	static const struct {
		const char *name;
		size_t used;
		size_t no_position;
	} FILES[] = {
	    {"pipe-gaps/sample_data/sample_messages.json", 83, 1},
	    {"pipe-gaps/sample_data/sample_messages_lines.json", 83, 2},
	    {"pipe-gaps/sample_data/sample_messages-two-days.json", 4, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++) {
		struct span text = corpus(FILES[i].name);
		struct column_map map;
		struct span context;
		struct diag diag = {""};
		size_t by[ROW_OUTCOMES];

		assert_int_equal(detect(text, &map, &context, &diag), ST_OK);
		count_file(text, by);
		assert_int_equal(by[ROW_USED], FILES[i].used);
		assert_int_equal(by[ROW_NO_POSITION], FILES[i].no_position);
		free((char *)(uintptr_t)text.ptr);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(aisstream),
	    cmocka_unit_test(ais_catcher),
	    cmocka_unit_test(gpsdecode),
	    cmocka_unit_test(decoders),
	    cmocka_unit_test(northern_services),
	    cmocka_unit_test(aishub),
	    cmocka_unit_test(providers),
	    cmocka_unit_test(any_object),
	    cmocka_unit_test(odd_shapes),
	    cmocka_unit_test(texts_live),
	    cmocka_unit_test(heads),
	    cmocka_unit_test(maps_by_path),
	    cmocka_unit_test(conditions),
	    cmocka_unit_test(gfw_files),
	    cmocka_unit_test(digitraffic_file),
	    cmocka_unit_test(pipe_gaps_files),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}

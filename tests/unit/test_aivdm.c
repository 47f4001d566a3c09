/*
 * ais/aivdm. Messages are put together bit by bit from the field tables of ITU-R M.1371-5, annex 8,
 * section 3 (offsets and widths added up by hand, apart from the decoder's tables), with numbers
 * and names that belong to no ship. Lengths and what is "not available" are from there too, where
 * decoders disagree from facts/aivdm.md. Real messages are compared in tests/golden/gpsdecode.py.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ais/aivdm.h"

enum {
	SHIP = 273998987,
	LON_NONE = 181 * 600000,
	LAT_NONE = 91 * 600000,
	WRITER_MAX = 1200,
};

/* a message as it is written: bits one after the other */
struct writer {
	char bits[WRITER_MAX];
	uint32_t count;
};

static void put(struct writer *w, unsigned width, int64_t value)
{
	assert_true(w->count + width <= WRITER_MAX);
	while (width--)
		w->bits[w->count++] = (char)((uint64_t)value >> width & 1);
}

static void put_text(struct writer *w, unsigned chars, const char *text)
{
	for (unsigned i = 0; i < chars; i++) {
		unsigned char c = i < strlen(text) ? (unsigned char)text[i] : '@';

		put(w, 6, c & 63);
	}
}

static struct writer head(unsigned type, uint32_t mmsi)
{
	struct writer w = {{0}, 0};

	put(&w, 6, type);
	put(&w, 2, 1);
	put(&w, 30, mmsi);
	return w;
}

static struct bits sent(const struct writer *w)
{
	char payload[WRITER_MAX / 6 + 1] = "";
	unsigned chars = (w->count + 5) / 6;
	struct bits bits;

	for (unsigned i = 0; i < chars; i++) {
		unsigned value = 0;

		for (unsigned j = 6 * i; j < 6 * i + 6; j++)
			value = value * 2 + (j < w->count && w->bits[j]);
		payload[i] = (char)(value < 40 ? 48 + value : 56 + value);
	}
	bits_clear(&bits);
	assert_true(bits_append(&bits, span_of(payload), chars * 6 - w->count));
	return bits;
}

static enum row_outcome read_any(const struct writer *w, bool any_id, struct aivdm *message)
{
	struct bits bits = sent(w);

	memset(message, 0xA5, sizeof *message);
	return aivdm_read(&bits, any_id, message);
}

static enum row_outcome read_as_ship(const struct writer *w, struct aivdm *message)
{
	return read_any(w, false, message);
}

/* what a position report says, in raw units; by default all of it is "not available" */
struct motion {
	int status, sog, lon, lat, cog, heading, second;
};

static const struct motion NOTHING = {15, 1023, LON_NONE, LAT_NONE, 3600, 511, 60};
static const struct motion SOMEWHERE = {5, 123, 79256789, 25872345, 2345, 217, 33};

static struct writer class_a(unsigned type, uint32_t mmsi, struct motion m)
{
	struct writer w = head(type, mmsi);

	put(&w, 4, m.status);
	put(&w, 8, -128); /* rate of turn */
	put(&w, 10, m.sog);
	put(&w, 1, 1); /* accuracy */
	put(&w, 28, m.lon);
	put(&w, 27, m.lat);
	put(&w, 12, m.cog);
	put(&w, 9, m.heading);
	put(&w, 6, m.second);
	put(&w, 2, 0); /* manoeuvre */
	put(&w, 3, 7); /* spare */
	put(&w, 1, 0); /* RAIM */
	put(&w, 19, 0x7FFFF);
	assert_int_equal(w.count, 168);
	return w;
}

/* what messages 18 and 19 begin with */
static struct writer class_b_head(unsigned type, uint32_t mmsi, struct motion m)
{
	struct writer w = head(type, mmsi);

	put(&w, 8, 0xFF); /* spare */
	put(&w, 10, m.sog);
	put(&w, 1, 0); /* accuracy */
	put(&w, 28, m.lon);
	put(&w, 27, m.lat);
	put(&w, 12, m.cog);
	put(&w, 9, m.heading);
	put(&w, 6, m.second);
	return w;
}

static struct writer class_b(uint32_t mmsi, struct motion m)
{
	struct writer w = class_b_head(18, mmsi, m);

	put(&w, 9, 0x155); /* spare (2), flags (7) */
	put(&w, 20, 0);
	assert_int_equal(w.count, 168);
	return w;
}

static struct writer class_b_extended(struct motion m, const char *name, unsigned type)
{
	struct writer w = class_b_head(19, SHIP, m);

	put(&w, 4, 15);
	put_text(&w, 20, name);
	put(&w, 8, type);
	put(&w, 30, 0x3FFFFFFF); /* dimensions */
	put(&w, 4, 15);          /* position fixing device */
	put(&w, 3, 7);
	put(&w, 4, 15);
	assert_int_equal(w.count, 312);
	return w;
}

struct moment {
	int year, month, day, hour, minute, second;
};

static struct writer utc_report(unsigned type, uint32_t mmsi, struct moment t, int lon, int lat)
{
	struct writer w = head(type, mmsi);

	put(&w, 14, t.year);
	put(&w, 4, t.month);
	put(&w, 5, t.day);
	put(&w, 5, t.hour);
	put(&w, 6, t.minute);
	put(&w, 6, t.second);
	put(&w, 1, 1);
	put(&w, 28, lon);
	put(&w, 27, lat);
	put(&w, 4, 7);
	put(&w, 30, 0x3FFFFFFF);
	assert_int_equal(w.count, 168);
	return w;
}

static struct writer voyage(uint32_t imo, const char *callsign, const char *name, unsigned type)
{
	struct writer w = head(5, SHIP);

	put(&w, 2, 3);
	put(&w, 30, imo);
	put_text(&w, 7, callsign);
	put_text(&w, 20, name);
	put(&w, 8, type);
	put(&w, 30, 0x3FFFFFFF); /* dimensions */
	put(&w, 4, 1);           /* position fixing device */
	put(&w, 20, 0);          /* time of arrival */
	put(&w, 8, 255);         /* draught */
	put_text(&w, 20, "NOWHERE");
	put(&w, 2, 3);
	assert_int_equal(w.count, 424);
	return w;
}

static struct writer part_a(const char *name, unsigned spare)
{
	struct writer w = head(24, SHIP);

	put(&w, 2, 0);
	put_text(&w, 20, name);
	put(&w, spare, 0);
	return w;
}

static struct writer part_b(uint32_t mmsi, unsigned type, const char *callsign)
{
	struct writer w = head(24, mmsi);

	put(&w, 2, 1);
	put(&w, 8, type);
	put_text(&w, 3, "ABC"); /* vendor */
	put(&w, 4, 5);          /* model */
	put(&w, 20, 654321);    /* serial number */
	put_text(&w, 7, callsign);
	put(&w, 30, 273998001); /* dimensions, or the mother ship */
	put(&w, 6, 63);
	assert_int_equal(w.count, 168);
	return w;
}

static struct writer long_range(struct motion m)
{
	struct writer w = head(27, SHIP);

	put(&w, 1, 1);
	put(&w, 1, 0);
	put(&w, 4, m.status);
	put(&w, 18, m.lon);
	put(&w, 17, m.lat);
	put(&w, 6, m.sog);
	put(&w, 9, m.cog);
	put(&w, 1, 1);
	put(&w, 1, 0);
	assert_int_equal(w.count, 96);
	return w;
}

static struct writer aircraft(struct motion m)
{
	struct writer w = head(9, 111273001);

	put(&w, 12, 4095);
	put(&w, 10, m.sog);
	put(&w, 1, 0);
	put(&w, 28, m.lon);
	put(&w, 27, m.lat);
	put(&w, 12, m.cog);
	put(&w, 6, m.second);
	put(&w, 34, 0);
	assert_int_equal(w.count, 168);
	return w;
}

static void assert_span(struct span s, const char *want)
{
	assert_int_equal(s.len, strlen(want));
	assert_memory_equal(s.ptr, want, s.len);
}

static void assert_statics(const struct aivdm *message, const char *name, const char *callsign,
                           const char *imo, const char *type)
{
	const struct statics *s = &message->report.statics;

	assert_span(s->name, name);
	assert_span(s->callsign, callsign);
	assert_span(s->imo, imo);
	assert_span(s->type, type);
	assert_int_equal(s->whole.len, 0);
}

/* the same report of the same numbers in messages 1, 2, 3, 18 and 19 */
static void test_position(void **state)
{
	static const unsigned TYPES[] = {1, 2, 3, 18, 19};

	(void)state;
	for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++) {
		unsigned type = TYPES[i];
		struct writer w = type == 19   ? class_b_extended(SOMEWHERE, "", 0)
		                  : type == 18 ? class_b(SHIP, SOMEWHERE)
		                               : class_a(type, SHIP, SOMEWHERE);
		struct aivdm m;
		const struct fix *fix = &m.report.fix;

		assert_int_equal(read_as_ship(&w, &m), ROW_USED);
		assert_int_equal(m.type, type);
		assert_int_equal(m.report.mmsi, SHIP);
		assert_true(m.report.has_position);
		assert_int_equal(m.utc_ms, AIVDM_NO_TIME);
		assert_true(fix->lat_deg == 25872345 / 600000.0);
		assert_true(fix->lon_deg == 79256789 / 600000.0);
		assert_true(fix->sog_kn == 12.3F);
		assert_true(fix->cog_deg == 234.5F);
		assert_int_equal(fix->heading_deg, 217);
		assert_int_equal(fix->second, 33);
		assert_int_equal(fix->nav_status, type <= 3 ? 5 : 0);
		assert_int_equal(fix->known, KNOWN_SOG | KNOWN_COG | KNOWN_HEADING | KNOWN_SECOND |
		                                 (type <= 3 ? KNOWN_NAV_STATUS : 0));
		assert_int_equal(fix->ais_class, type <= 3 ? CLASS_A : CLASS_B);
		assert_int_equal(fix->source, SOURCE_UNKNOWN);
		assert_int_equal(fix->t_ms, 0);
		assert_statics(&m, "", "", "", "");
	}
}

/* the double is the one that the decimal text of the same number gives */
static void test_decimal(void **state)
{
	struct motion at = SOMEWHERE;
	struct aivdm m;
	struct writer w;

	(void)state;
	at.lat = 43 * 600000 + 30000; /* 43.05 */
	at.lon = -(131 * 600000 + 540000);
	w = class_a(1, SHIP, at);
	assert_int_equal(read_as_ship(&w, &m), ROW_USED);
	assert_true(m.report.fix.lat_deg == 43.05);
	assert_true(m.report.fix.lon_deg == -131.9);
}

static void test_where(void **state)
{
	static const struct {
		int lon, lat;
		enum row_outcome outcome;
		double lon_deg, lat_deg;
	} CASES[] = {
	    {LON_NONE, LAT_NONE, ROW_NO_POSITION, 0, 0},
	    {LON_NONE, 0, ROW_NO_POSITION, 0, 0},
	    {0, LAT_NONE, ROW_NO_POSITION, 0, 0},
	    {0, 0, ROW_NULL_POSITION, 0, 0},
	    {0, 1, ROW_USED, 0, 1 / 600000.0},
	    {1, 0, ROW_USED, 1 / 600000.0, 0},
	    {-1, -1, ROW_USED, -1 / 600000.0, -1 / 600000.0},
	    {180 * 600000, 90 * 600000, ROW_USED, -180, 90},
	    {-180 * 600000, -90 * 600000, ROW_USED, -180, -90},
	    {180 * 600000 - 1, 0, ROW_USED, (180 * 600000 - 1) / 600000.0, 0},
	    {180 * 600000 + 1, 0, ROW_OUT_OF_RANGE, 0, 0},
	    {-180 * 600000 - 1, 0, ROW_OUT_OF_RANGE, 0, 0},
	    {-LON_NONE, 0, ROW_OUT_OF_RANGE, 0, 0},
	    {0, 90 * 600000 + 1, ROW_OUT_OF_RANGE, 0, 0},
	    {0, -90 * 600000 - 1, ROW_OUT_OF_RANGE, 0, 0},
	    {-(1 << 27), -(1 << 26), ROW_OUT_OF_RANGE, 0, 0},
	    {(1 << 27) - 1, (1 << 26) - 1, ROW_OUT_OF_RANGE, 0, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct motion at = SOMEWHERE;
		struct aivdm m;
		struct writer w;

		at.lon = CASES[i].lon;
		at.lat = CASES[i].lat;
		w = class_a(3, SHIP, at);
		assert_int_equal(read_as_ship(&w, &m), CASES[i].outcome);
		assert_int_equal(m.report.has_position, CASES[i].outcome == ROW_USED);
		assert_true(m.report.fix.lon_deg == CASES[i].lon_deg);
		assert_true(m.report.fix.lat_deg == CASES[i].lat_deg);
		assert_int_equal(m.report.fix.known != 0, CASES[i].outcome == ROW_USED);
	}
}

/* one field at a time; `known` is 0 where the value means "not available" */
static void test_motion(void **state)
{
	static const struct {
		size_t field; /* of struct motion */
		int raw;
		int known;
		double value;
	} CASES[] = {
	    {offsetof(struct motion, sog), 0, KNOWN_SOG, 0},
	    {offsetof(struct motion, sog), 1021, KNOWN_SOG, 102.1},
	    {offsetof(struct motion, sog), 1022, KNOWN_SOG, 102.2}, /* or more */
	    {offsetof(struct motion, sog), 1023, 0, 0},
	    {offsetof(struct motion, cog), 0, KNOWN_COG, 0},
	    {offsetof(struct motion, cog), 3599, KNOWN_COG, 359.9},
	    {offsetof(struct motion, cog), 3600, 0, 0},
	    {offsetof(struct motion, cog), 3601, 0, 0}, /* "should not be used" */
	    {offsetof(struct motion, cog), 4095, 0, 0},
	    {offsetof(struct motion, heading), 0, KNOWN_HEADING, 0},
	    {offsetof(struct motion, heading), 359, KNOWN_HEADING, 359},
	    {offsetof(struct motion, heading), 360, 0, 0},
	    {offsetof(struct motion, heading), 510, 0, 0},
	    {offsetof(struct motion, heading), 511, 0, 0},
	    {offsetof(struct motion, status), 0, KNOWN_NAV_STATUS, 0},
	    {offsetof(struct motion, status), 14, KNOWN_NAV_STATUS, 14},
	    {offsetof(struct motion, status), 15, 0, 0},
	    {offsetof(struct motion, second), 0, KNOWN_SECOND, 0},
	    {offsetof(struct motion, second), 59, KNOWN_SECOND, 59},
	    {offsetof(struct motion, second), 60, KNOWN_SECOND, 60}, /* kept: none, manual, */
	    {offsetof(struct motion, second), 63, KNOWN_SECOND, 63}, /* estimated, failed */
	};

	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct motion at = NOTHING;
		struct aivdm m;
		struct writer w;
		const struct fix *fix = &m.report.fix;

		at.lon = 1;
		at.lat = 2;
		memcpy((char *)&at + CASES[i].field, &CASES[i].raw, sizeof at.sog);
		w = class_a(1, SHIP, at);
		assert_int_equal(read_as_ship(&w, &m), ROW_USED);
		assert_int_equal(fix->known & ~KNOWN_SECOND, CASES[i].known & ~KNOWN_SECOND);
		assert_true(fix->known & KNOWN_SECOND);
		switch (CASES[i].field) {
		case offsetof(struct motion, sog):
			assert_true(fix->sog_kn == (float)CASES[i].value);
			break;
		case offsetof(struct motion, cog):
			assert_true(fix->cog_deg == (float)CASES[i].value);
			break;
		case offsetof(struct motion, heading):
			assert_int_equal(fix->heading_deg, CASES[i].value);
			break;
		case offsetof(struct motion, second):
			assert_int_equal(fix->second, CASES[i].value);
			break;
		default:
			assert_int_equal(fix->nav_status, CASES[i].value);
		}
	}
}

/* whole knots and degrees, 1/10 minute */
static void test_long_range(void **state)
{
	struct motion at = {3, 62, -79260, 25872, 359, 0, 0};
	struct writer w = long_range(at);
	struct aivdm m;
	const struct fix *fix = &m.report.fix;

	(void)state;
	assert_int_equal(read_as_ship(&w, &m), ROW_USED);
	assert_true(fix->lon_deg == -132.1);
	assert_true(fix->lat_deg == 43.12);
	assert_true(fix->sog_kn == 62 && fix->cog_deg == 359);
	assert_int_equal(fix->nav_status, 3);
	assert_int_equal(fix->known, KNOWN_SOG | KNOWN_COG | KNOWN_NAV_STATUS);
	assert_int_equal(fix->ais_class, CLASS_UNKNOWN);

	w = long_range((struct motion){15, 63, 180 * 600, -90 * 600, 511, 0, 0});
	assert_int_equal(read_as_ship(&w, &m), ROW_USED);
	assert_true(fix->lon_deg == -180 && fix->lat_deg == -90);
	assert_int_equal(fix->known, 0);

	w = long_range((struct motion){0, 0, 181 * 600, 91 * 600, 360, 0, 0});
	assert_int_equal(read_as_ship(&w, &m), ROW_NO_POSITION);
	w = long_range((struct motion){0, 0, 180 * 600 + 1, 0, 360, 0, 0});
	assert_int_equal(read_as_ship(&w, &m), ROW_OUT_OF_RANGE);
	w = long_range((struct motion){0, 0, 1, 0, 360, 0, 0});
	assert_int_equal(read_as_ship(&w, &m), ROW_USED);
	assert_int_equal(fix->known, KNOWN_SOG | KNOWN_NAV_STATUS);
}

static void test_aircraft(void **state)
{
	struct motion at = SOMEWHERE;
	struct writer w = aircraft(at);
	struct aivdm m;

	(void)state;
	assert_int_equal(read_as_ship(&w, &m), ROW_SAR);
	assert_true(m.report.has_position);
	assert_true(m.report.fix.lat_deg == 25872345 / 600000.0);
	assert_true(m.report.fix.sog_kn == 123);
	assert_true(m.report.fix.cog_deg == 234.5F);
	assert_int_equal(m.report.fix.known, KNOWN_SOG | KNOWN_COG | KNOWN_SECOND);
	at.sog = 1023;
	w = aircraft(at);
	assert_int_equal(read_any(&w, true, &m), ROW_SAR);
	assert_int_equal(m.report.fix.known, KNOWN_COG | KNOWN_SECOND);
	at.lat = LAT_NONE;
	w = aircraft(at);
	assert_int_equal(read_any(&w, true, &m), ROW_SAR);
	assert_false(m.report.has_position);
}

static const struct moment WHEN = {2022, 6, 1, 12, 34, 56};
#define WHEN_MS INT64_C(1654086896000) /* 2022-06-01T12:34:56Z, by Python */

static void test_utc(void **state)
{
	struct writer w = utc_report(4, 2730001, WHEN, 79256789, 25872345);
	struct aivdm m;

	(void)state;
	assert_int_equal(read_as_ship(&w, &m), ROW_BASE_STATION);
	assert_int_equal(m.utc_ms, WHEN_MS);
	assert_true(m.report.has_position);
	assert_int_equal(m.report.fix.known, 0);
	/* by message number: even from a ship's number, and with any id */
	w = utc_report(4, SHIP, WHEN, LON_NONE, LAT_NONE);
	assert_int_equal(read_any(&w, true, &m), ROW_BASE_STATION);
	assert_int_equal(m.utc_ms, WHEN_MS);
	assert_false(m.report.has_position);

	w = utc_report(11, SHIP, WHEN, 79256789, 25872345);
	assert_int_equal(read_as_ship(&w, &m), ROW_USED);
	assert_int_equal(m.utc_ms, WHEN_MS);
	assert_true(m.report.fix.lon_deg == 79256789 / 600000.0);
	assert_int_equal(m.report.fix.known, 0);
	assert_int_equal(m.report.fix.ais_class, CLASS_UNKNOWN);
	w = utc_report(11, SHIP, WHEN, LON_NONE, LAT_NONE);
	assert_int_equal(read_as_ship(&w, &m), ROW_NO_POSITION);
	assert_int_equal(m.utc_ms, WHEN_MS);
}

static void test_no_utc(void **state)
{
	static const struct moment NOT[] = {
	    {0, 6, 1, 12, 34, 56},      {2022, 0, 1, 12, 34, 56},  {2022, 6, 0, 12, 34, 56},
	    {2022, 6, 1, 24, 34, 56},   {2022, 6, 1, 12, 60, 56},  {2022, 6, 1, 12, 34, 60},
	    {2022, 13, 1, 12, 34, 56},  {2022, 6, 31, 12, 34, 56}, {2022, 2, 29, 12, 34, 56},
	    {1989, 12, 31, 23, 59, 59}, {2100, 1, 1, 0, 0, 0},     {16383, 15, 31, 31, 63, 63},
	};

	(void)state;
	for (size_t i = 0; i < sizeof NOT / sizeof *NOT; i++) {
		struct writer w = utc_report(11, SHIP, NOT[i], 1, 1);
		struct aivdm m;

		assert_int_equal(read_as_ship(&w, &m), ROW_USED);
		assert_int_equal(m.utc_ms, AIVDM_NO_TIME);
	}
}

/* the first and the last second that a report may have */
static void test_utc_ends(void **state)
{
	struct writer w = utc_report(4, 2730001, (struct moment){1990, 1, 1, 0, 0, 0}, 1, 1);
	struct aivdm m;

	(void)state;
	read_as_ship(&w, &m);
	assert_int_equal(m.utc_ms, INT64_C(631152000000));
	w = utc_report(4, 2730001, (struct moment){2099, 12, 31, 23, 59, 59}, 1, 1);
	read_as_ship(&w, &m);
	assert_int_equal(m.utc_ms, INT64_C(4102444799000));
}

static void test_voyage(void **state)
{
	struct writer w = voyage(9161003, "UAB1234", "TEST_SHIP \"2\" A/B.-9?", 79);
	struct aivdm m;

	(void)state;
	assert_int_equal(read_as_ship(&w, &m), ROW_STATIC);
	assert_int_equal(m.type, 5);
	assert_int_equal(m.report.mmsi, SHIP);
	assert_false(m.report.has_position);
	assert_int_equal(m.report.fix.ais_class, CLASS_A);
	assert_statics(&m, "TEST_SHIP \"2\" A/B.-9", "UAB1234", "9161003", "79");
	/* cut at the first @, blanks stripped on the right; nothing is a number of 0 */
	w = voyage(0, "UA  @99", "SHIP   ", 0);
	assert_int_equal(read_as_ship(&w, &m), ROW_STATIC);
	assert_statics(&m, "SHIP", "UA", "", "");
	w = voyage(9999999, "", "", 255);
	assert_int_equal(read_as_ship(&w, &m), ROW_STATIC);
	assert_statics(&m, "", "", "9999999", "255");
	/* a flag state's own number */
	w = voyage(10000000, "", "@@@", 9);
	assert_int_equal(read_as_ship(&w, &m), ROW_STATIC);
	assert_statics(&m, "", "", "", "9");
	w = voyage((1 << 30) - 1, "", "", 0);
	assert_int_equal(read_as_ship(&w, &m), ROW_STATIC);
	assert_statics(&m, "", "", "", "");
}

static void test_class_b_identity(void **state)
{
	struct writer w = class_b_extended(SOMEWHERE, "SMALL BOAT", 37);
	struct aivdm m;

	(void)state;
	assert_int_equal(read_as_ship(&w, &m), ROW_USED);
	assert_statics(&m, "SMALL BOAT", "", "", "37");
	/* without position it is an identity, if it has one */
	w = class_b_extended(NOTHING, "SMALL BOAT", 0);
	assert_int_equal(read_as_ship(&w, &m), ROW_STATIC);
	assert_statics(&m, "SMALL BOAT", "", "", "");
	w = class_b_extended(NOTHING, "", 37);
	assert_int_equal(read_as_ship(&w, &m), ROW_STATIC);
	w = class_b_extended(NOTHING, "", 0);
	assert_int_equal(read_as_ship(&w, &m), ROW_NO_POSITION);

	w = part_a("SMALL BOAT", 0);
	assert_int_equal(read_as_ship(&w, &m), ROW_STATIC);
	assert_statics(&m, "SMALL BOAT", "", "", "");
	assert_int_equal(m.report.fix.ais_class, CLASS_B);
	w = part_b(SHIP, 36, "UB123");
	assert_int_equal(read_as_ship(&w, &m), ROW_STATIC);
	assert_statics(&m, "", "UB123", "", "36");
}

/* 98MIDxxxx: the mother ship's number in place of dimensions */
static void test_craft(void **state)
{
	struct writer w = part_b(982731234, 0, "UB123");
	struct bits bits = sent(&w);
	enum row_outcome outcome;
	const struct aivdm_layout *layout = aivdm_layout(&bits, &outcome);
	const struct aivdm_field *field = &layout->fields[AIVDM_MOTHERSHIP];
	struct aivdm m;

	(void)state;
	assert_int_equal(bits_unsigned(&bits, field->offset, field->width), 273998001);
	assert_int_equal(layout->fields[AIVDM_TO_BOW].width, 0);
	assert_int_equal(read_as_ship(&w, &m), ROW_CRAFT);
	assert_int_equal(read_any(&w, true, &m), ROW_STATIC);
	w = part_b(SHIP, 0, "UB123");
	bits = sent(&w);
	layout = aivdm_layout(&bits, &outcome);
	assert_int_equal(layout->fields[AIVDM_MOTHERSHIP].width, 0);
	assert_int_equal(layout->fields[AIVDM_TO_BOW].width, 9);
}

static void test_senders(void **state)
{
	static const struct {
		uint32_t mmsi;
		enum row_outcome outcome;
	} CASES[] = {
	    {SHIP, ROW_USED},
	    {2730001, ROW_BASE_STATION},
	    {27312345, ROW_GROUP},
	    {111273001, ROW_SAR},
	    {827312345, ROW_HANDHELD},
	    {970112345, ROW_DISTRESS},
	    {972112345, ROW_DISTRESS},
	    {974112345, ROW_DISTRESS},
	    {982731234, ROW_CRAFT},
	    {992731234, ROW_AID},
	    {0, ROW_NOT_A_SHIP},
	    {123456789, ROW_NOT_A_SHIP},
	    {1193046, ROW_NOT_A_SHIP},
	    {111111111, ROW_NOT_A_SHIP},
	    {273000000, ROW_NOT_A_SHIP},
	    {999999999, ROW_NOT_A_SHIP},
	    {(1U << 30) - 1, ROW_NOT_A_SHIP},
	};

	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct writer w = class_a(1, CASES[i].mmsi, SOMEWHERE);
		struct aivdm m;

		assert_int_equal(read_as_ship(&w, &m), CASES[i].outcome);
		assert_int_equal(m.report.mmsi, CASES[i].mmsi);
		assert_true(m.report.has_position);
		assert_int_equal(read_any(&w, true, &m), ROW_USED);
		w = class_b(CASES[i].mmsi, NOTHING);
		assert_int_equal(read_as_ship(&w, &m),
		                 CASES[i].outcome == ROW_USED ? ROW_NO_POSITION : CASES[i].outcome);
	}
}

/* 1371-5's length of each type; which others are taken is a choice (aivdm_tables.c) */
static bool length_taken(unsigned type, unsigned part, uint32_t bits)
{
	switch (type) {
	case 5:
		return bits >= 420;
	case 19:
		return bits >= 312;
	case 24:
		return part == 0 ? bits >= 160 && bits <= 168 : bits >= 168;
	case 27:
		return bits == 96 || bits == 168;
	default:
		return bits >= 168;
	}
}

static enum row_outcome expected(unsigned type, unsigned part, uint32_t bits)
{
	if (bits < 38 || type == 0)
		return ROW_PAYLOAD;
	switch (type) {
	case 1:
	case 2:
	case 3:
	case 11:
	case 18:
	case 19:
	case 27:
		return length_taken(type, part, bits) ? ROW_NULL_POSITION : ROW_PAYLOAD;
	case 4:
		return length_taken(type, part, bits) ? ROW_BASE_STATION : ROW_PAYLOAD;
	case 9:
		return length_taken(type, part, bits) ? ROW_SAR : ROW_PAYLOAD;
	case 5:
		return length_taken(type, part, bits) ? ROW_STATIC : ROW_PAYLOAD;
	case 24:
		/* part C and D have no meaning; of 39 bits the second is not there, and 0 */
		if (bits >= 39 && part >= 2)
			return ROW_OTHER;
		return length_taken(type, bits < 40 ? 0 : part, bits) ? ROW_STATIC : ROW_PAYLOAD;
	case 21:
		return ROW_AID;
	default:
		return ROW_OTHER;
	}
}

/* every type and part in every length, all other bits 0 */
static void test_lengths(void **state)
{
	(void)state;
	for (unsigned type = 0; type < 64; type++) {
		for (unsigned part = 0; part < (type == 24 ? 4 : 1); part++) {
			struct writer w = head(type, SHIP);

			put(&w, 2, part);
			for (w.count = 0; w.count < 500; w.count++) {
				struct aivdm m;

				assert_int_equal(read_as_ship(&w, &m),
				                 expected(type, part, w.count));
				assert_int_equal(m.type, w.count < 6 ? 0 : type);
				assert_int_equal(m.report.mmsi, w.count < 38 ? 0 : SHIP);
			}
		}
	}
}

/* what peers disagree on, by name (facts/aivdm.md) */
static void test_disputed_lengths(void **state)
{
	struct writer w = class_a(1, SHIP, SOMEWHERE);
	struct aivdm m;

	(void)state;
	w.count = 164;
	assert_int_equal(read_as_ship(&w, &m), ROW_PAYLOAD);
	assert_false(m.report.has_position);
	for (unsigned spare = 0; spare <= 8; spare += 2) {
		w = part_a("SMALL BOAT", spare);
		assert_int_equal(read_as_ship(&w, &m), ROW_STATIC);
		assert_statics(&m, "SMALL BOAT", "", "", "");
	}
	w = part_a("SMALL BOAT", 38);
	assert_int_equal(read_as_ship(&w, &m), ROW_PAYLOAD);
	w = long_range((struct motion){0, 0, 600, 600, 0, 0, 0});
	put(&w, 36, 0);
	put(&w, 36, -1);
	assert_int_equal(read_as_ship(&w, &m), ROW_USED);
	w.count = 167;
	assert_int_equal(read_as_ship(&w, &m), ROW_PAYLOAD);
	/* the destination's last letter and the DTE flag lost */
	w = voyage(9161003, "UAB1234", "TEST SHIP", 79);
	w.count = 420;
	assert_int_equal(read_as_ship(&w, &m), ROW_STATIC);
	assert_statics(&m, "TEST SHIP", "UAB1234", "9161003", "79");
	w.count = 419;
	assert_int_equal(read_as_ship(&w, &m), ROW_PAYLOAD);
	/* bits behind the standard's change nothing */
	w = class_a(1, SHIP, SOMEWHERE);
	put(&w, 60, -1);
	assert_int_equal(read_as_ship(&w, &m), ROW_USED);
	assert_true(m.report.fix.sog_kn == 12.3F);
}

/* fields lie side by side inside the message, and a name stands for one field */
static void check_layout(const struct aivdm_layout *layout)
{
	bool taken[424] = {false};

	assert_int_equal(layout->count, AIVDM_SLOTS);
	assert_true(layout->fields[AIVDM_TYPE].width == 6 &&
	            layout->fields[AIVDM_MMSI].width == 30);
	for (size_t i = 0; i < layout->count; i++) {
		const struct aivdm_field *field = &layout->fields[i];

		assert_int_equal(field->name != NULL, field->width > 0);
		assert_true(field->form != AIVDM_FLAG || field->width == 1);
		assert_true(field->form == AIVDM_TEXT ? field->width % 6 == 0 : field->width <= 32);
		/* but for the end of message 5 */
		assert_true(field->offset + field->width <=
		            (layout->least == 420 ? 424 : layout->least));
		for (unsigned bit = field->offset; bit < field->offset + field->width; bit++) {
			assert_false(taken[bit]);
			taken[bit] = true;
		}
		for (size_t j = 0; field->name && j < i; j++)
			assert_true(!layout->fields[j].name ||
			            strcmp(layout->fields[j].name, field->name) != 0);
	}
}

static void test_layouts(void **state)
{
	const struct writer MESSAGES[] = {
	    class_a(1, SHIP, NOTHING),
	    class_a(2, SHIP, NOTHING),
	    class_a(3, SHIP, NOTHING),
	    utc_report(4, SHIP, WHEN, 0, 0),
	    utc_report(11, SHIP, WHEN, 0, 0),
	    voyage(0, "", "", 0),
	    aircraft(NOTHING),
	    class_b(SHIP, NOTHING),
	    class_b_extended(NOTHING, "", 0),
	    part_a("", 0),
	    part_b(SHIP, 0, ""),
	    part_b(982731234, 0, ""),
	    long_range((struct motion){0, 0, 0, 0, 0, 0, 0}),
	};

	(void)state;
	for (size_t i = 0; i < sizeof MESSAGES / sizeof *MESSAGES; i++) {
		struct bits bits = sent(&MESSAGES[i]);
		enum row_outcome outcome;
		const struct aivdm_layout *layout = aivdm_layout(&bits, &outcome);

		assert_non_null(layout);
		check_layout(layout);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_position),
	    cmocka_unit_test(test_decimal),
	    cmocka_unit_test(test_where),
	    cmocka_unit_test(test_motion),
	    cmocka_unit_test(test_long_range),
	    cmocka_unit_test(test_aircraft),
	    cmocka_unit_test(test_utc),
	    cmocka_unit_test(test_no_utc),
	    cmocka_unit_test(test_utc_ends),
	    cmocka_unit_test(test_voyage),
	    cmocka_unit_test(test_class_b_identity),
	    cmocka_unit_test(test_craft),
	    cmocka_unit_test(test_senders),
	    cmocka_unit_test(test_lengths),
	    cmocka_unit_test(test_disputed_lengths),
	    cmocka_unit_test(test_layouts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

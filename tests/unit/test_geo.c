/*
 * geo/. Expectations: distances from GeographicLib 2.1 for Python (Geodesic.WGS84); which ports the
 * built-in areas hold, from the notes in data/areas; shore distances from a plain search over every
 * edge of data/coast, written here without the index; GeoJSON from RFC 7946; the rest by hand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/embed.h"
#include "base/utc.h"
#include "geo/area.h"
#include "geo/coast.h"
#include "geo/geodesic.h"
#include "geo/path.h"
#include "geo/ports.h"
#include "geo/sphere.h"
#include "geo/zone.h"
#include "text/json.h"

#define SIX_H (6 * HOUR_MS)

/* a temporary GeoJSON file, whose name begins with "chart" */
static char folder[200];
static char path[256];

static int set_up(void **state)
{
	const char *parent = getenv("TMPDIR");

	(void)state;
	snprintf(folder, sizeof folder, "%s/aisgap-geo-XXXXXX", parent ? parent : "/tmp");
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof path, "%s/chart.geojson", folder);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	unlink(path);
	return rmdir(folder);
}

static void write_file(const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

static void add(struct areas *areas, const char *spec)
{
	struct diag diag;

	if (areas_add(areas, spec, SIX_H, &diag) != ST_OK)
		fail_msg("%s", diag.text);
}

static struct areas *areas_of(const char *text)
{
	struct areas *areas = areas_new();

	write_file(text);
	add(areas, path);
	return areas;
}

/* a feature with these properties (JSON members) and one polygon of these rings */
#define FEATURE(properties, rings)                                                                 \
	"{\"type\":\"Feature\",\"properties\":{" properties                                        \
	"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[" rings "]}}"
#define COLLECTION(features) "{\"type\":\"FeatureCollection\",\"features\":[" features "]}"
#define SQUARE               "[[0,0],[1,0],[1,1],[0,1],[0,0]]"

static void near(double value, double expected, double tolerance)
{
	if (!(fabs(value - expected) <= tolerance))
		fail_msg("%.9g is not within %g of %.9g", value, tolerance, expected);
}

/* a generator of its own, so that the positions are the same everywhere (Numerical Recipes' LCG) */
static double draw(uint32_t *seed, double low, double high)
{
	*seed = *seed * 1664525u + 1013904223u;
	return low + (high - low) * (*seed >> 8) / 16777216.0;
}

static void distances_on_the_ellipsoid(void **state)
{
	(void)state;
	near(geo_distance_nm(42.75, 133.08, 42.23, 130.30), 127.28052100583155, 1e-9);
	near(geo_distance_nm(43.11, 131.89, 41.77, 129.82), 122.12717875680754, 1e-9);
	near(geo_distance_nm(36.85, 53.37, 45.79, 47.53), 597.1817358040367, 1e-9);
	near(geo_distance_nm(0, 0, 0, 1), 60.10771641105484, 1e-9);
	near(geo_distance_nm(0, 0, 1, 0), 59.705393389740166, 1e-9);
	near(geo_distance_nm(0, 179.5, 0, -179.5), 60.10771641105484, 1e-9);
	near(geo_distance_nm(0, 179.5, 0, 540.5), 60.10771641105484, 1e-9);
	near(geo_distance_nm(10, 20, -10, -160), 10801.258886946785, 1e-6);
	near(geo_distance_nm(43.11, 131.89, 43.11, 131.89), 0, 0);
}

static void direct_problem(void **state)
{
	double lat;
	double lon;

	(void)state;
	geo_direct(42, 135, 0, 400, &lat, &lon);
	near(lat, 48.6655703236416, 1e-9);
	near(lon, 135, 1e-9);
	geo_direct(42, 135, 90, 400, &lat, &lon);
	near(lat, 41.65310063266667, 1e-9);
	near(lon, 143.9091766443186, 1e-9);
	geo_direct(0, 179, 90, 120, &lat, &lon);
	near(lon, -179.00358411257278, 1e-9);
}

static void longitudes_are_brought_home(void **state)
{
	(void)state;
	near(lon_normal(180), -180, 0);
	near(lon_normal(-180), -180, 0);
	near(lon_normal(190), -170, 1e-12);
	near(lon_normal(-190), 170, 1e-12);
	near(lon_normal(720.5), 0.5, 1e-12);
	assert_true(lon_normal(-180.0 - 1e-15) < 180.0);
	assert_true(lon_normal(nextafter(-180.0, -181.0)) < 180.0);
}

static struct areas *builtin(void)
{
	struct areas *areas = areas_new();

	add(areas, "vladivostok");
	add(areas, "caspian");
	return areas;
}

static void builtin_areas_hold_their_ports(void **state)
{
	static const char *const OUT[] = {"Kimchaek", "Hungnam", "Wonsan"};
	struct areas *areas = builtin();
	struct ports *ports = ports_new();

	(void)state;
	assert_true(ports_count(ports) > 40);
	for (size_t i = 0; i < ports_count(ports); i++) {
		const struct port *p = ports_at(ports, i);
		bool far_east = p->lon_deg > 100;
		bool in = true;

		for (size_t k = 0; k < 3; k++)
			in = in && !span_eq(p->name, span_of(OUT[k]));
		if (areas_contain(areas, far_east ? 0 : 1, p->lat_deg, p->lon_deg) != in)
			fail_msg("%.*s", (int)p->name.len, p->name.ptr);
		assert_false(areas_contain(areas, far_east ? 1 : 0, p->lat_deg, p->lon_deg));
	}
	ports_free(ports);
	areas_free(areas);
}

static void builtin_areas_leave_out(void **state)
{
	struct areas *areas = builtin();

	(void)state;
	assert_false(areas_contain(areas, 1, 41.3, 54.0)); /* Kara-Bogaz-Gol */
	assert_false(areas_contain(areas, 1, 46.7, 47.9)); /* the Volga above 46.6 N */
	assert_true(areas_contain(areas, 1, 47.1, 51.9));  /* Atyrau */
	assert_false(areas_contain(areas, 0, NAN, 132));
	assert_false(areas_contain(areas, 0, 42, NAN));
	areas_free(areas);
}

static void margins(void **state)
{
	struct areas *areas = builtin();
	struct areas *wide = areas_new();

	(void)state;
	assert_int_equal(areas_count(areas), 2);
	assert_string_equal(areas_name(areas, 0), "vladivostok");
	assert_string_equal(areas_name(areas, 1), "caspian");
	assert_true(areas_margin_nm(areas, 0) == 300.0 && !areas_closed(areas, 0));
	assert_true(areas_margin_nm(areas, 1) == 30.0 && areas_closed(areas, 1));
	/* 35 kn x 12 h = 420 nm in the open sea only */
	assert_int_equal(areas_add(wide, "vladivostok", 12 * HOUR_MS, NULL), ST_OK);
	assert_int_equal(areas_add(wide, "caspian", 12 * HOUR_MS, NULL), ST_OK);
	assert_true(areas_margin_nm(wide, 0) == 420.0);
	assert_true(areas_margin_nm(wide, 1) == 30.0);
	areas_free(wide);
	areas_free(areas);

	areas = areas_of(COLLECTION(FEATURE("\"margin_nm\":250,\"name\":\"a\"", SQUARE) "," FEATURE(
	    "\"closed_sea\":true,\"name\":\"b\"",
	    SQUARE) "," FEATURE("\"name\":\"c\"",
	                        SQUARE) "," FEATURE("\"closed_sea\":true,\"margin_nm\":0,\"name\":"
	                                            "\"d\"",
	                                            SQUARE)));
	assert_true(areas_margin_nm(areas, 0) == 250.0);
	assert_true(areas_margin_nm(areas, 1) == 30.0);
	assert_true(areas_margin_nm(areas, 2) == 300.0);
	assert_true(areas_margin_nm(areas, 3) == 0.0);
	areas_free(areas);
}

static void circles(void **state)
{
	struct areas *areas = areas_new();

	(void)state;
	add(areas, "42,135,400");
	add(areas, "0,-179.5,60");
	assert_string_equal(areas_name(areas, 0), "42,135,400");
	assert_true(areas_margin_nm(areas, 0) == 300.0 && !areas_closed(areas, 0));
	for (int azimuth = 0; azimuth < 360; azimuth += 7) {
		double lat;
		double lon;

		/* a polygon of 360 corners lies within its circle by r (1 - cos 0.5 deg) = 0.015 nm
		 */
		geo_direct(42, 135, azimuth, 399.8, &lat, &lon);
		assert_true(areas_contain(areas, 0, lat, lon));
		geo_direct(42, 135, azimuth, 400.1, &lat, &lon);
		assert_false(areas_contain(areas, 0, lat, lon));
		geo_direct(0, -179.5, azimuth, 59.9, &lat, &lon);
		assert_true(areas_contain(areas, 1, lat, lon));
		geo_direct(0, -179.5, azimuth, 60.1, &lat, &lon);
		assert_false(areas_contain(areas, 1, lat, lon));
	}
	areas_free(areas);
}

static void edges_and_holes(void **state)
{
	struct areas *areas = areas_of(
	    FEATURE("", "[[0,0],[10,0],[10,10],[0,10],[0,0]],[[4,4],[6,4],[6,6],[4,6],[4,4]]"));

	(void)state;
	assert_string_equal(areas_name(areas, 0), "chart");
	assert_true(areas_contain(areas, 0, 2, 2));
	assert_true(areas_contain(areas, 0, 0, 5));   /* an edge */
	assert_true(areas_contain(areas, 0, 10, 10)); /* a corner */
	assert_false(areas_contain(areas, 0, 5, 5));
	assert_true(areas_contain(areas, 0, 4, 5));   /* the hole's edge */
	assert_true(areas_contain(areas, 0, 2, 362)); /* any turn of the longitude */
	assert_true(areas_contain(areas, 0, 2, -358));
	assert_false(areas_contain(areas, 0, 2, -2));
	areas_free(areas);
}

static void antimeridian_in_every_spelling(void **state)
{
	static const char *const RINGS[] = {
	    "[[170,-5],[190,-5],[190,5],[170,5],[170,-5]],[[178,-1],[182,-1],[182,1],[178,1],[178,-"
	    "1]]",
	    "[[-190,-5],[-170,-5],[-170,5],[-190,5],[-190,-5]],[[178,-1],[-178,-1],[-178,1],[178,1]"
	    ","
	    "[178,-1]]",
	    "[[170,-5],[-170,-5],[-170,5],[170,5],[170,-5]],[[-182,-1],[-178,-1],[-178,1],[-182,1],"
	    "[-182,-1]]",
	};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		char text[600];
		struct areas *areas;

		snprintf(text, sizeof text, "{\"type\":\"Polygon\",\"coordinates\":[%s]}",
		         RINGS[i]);
		areas = areas_of(text);
		assert_true(areas_contain(areas, 0, 0, 175));
		assert_true(areas_contain(areas, 0, 0, -175));
		assert_true(areas_contain(areas, 0, 3, 180));
		assert_true(areas_contain(areas, 0, 3, -180));
		assert_false(areas_contain(areas, 0, 0, 180)); /* in the hole */
		assert_false(areas_contain(areas, 0, 0, -179));
		assert_false(areas_contain(areas, 0, 0, 165));
		assert_false(areas_contain(areas, 0, 0, -165));
		assert_false(areas_contain(areas, 0, 0, 0));
		areas_free(areas);
	}
}

static void multipolygons_and_collections(void **state)
{
	/* the two halves of RFC 7946 3.1.9, and two squares that overlap: their union */
	struct areas *areas = areas_of("{\"type\":\"GeometryCollection\",\"geometries\":[{\"type\":"
	                               "\"MultiPolygon\",\"coordinates\":["
	                               "[[[170,0],[180,0],[180,5],[170,5],[170,0]]],"
	                               "[[[-180,0],[-170,0],[-170,5],[-180,5],[-180,0]]]]},"
	                               "{\"type\":\"MultiPolygon\",\"coordinates\":[[" SQUARE
	                               "],[[[0.5,0.5,99],[2,0.5],[2,2],"
	                               "[0.5,2],[0.5,0.5,99]]]]}]}");

	(void)state;
	assert_int_equal(areas_count(areas), 1);
	assert_true(areas_contain(areas, 0, 2, 179.9));
	assert_true(areas_contain(areas, 0, 2, -180));
	assert_true(areas_contain(areas, 0, 2, -179.9));
	assert_true(areas_contain(areas, 0, 0.2, 0.2));
	assert_true(areas_contain(areas, 0, 0.7, 0.7));
	assert_true(areas_contain(areas, 0, 1.5, 1.5));
	assert_false(areas_contain(areas, 0, 1.5, 0.2));
	areas_free(areas);
}

static void several_features(void **state)
{
	struct areas *areas =
	    areas_of(COLLECTION(FEATURE("\"name\":\"gulf \\u00e9\"", SQUARE) "," FEATURE(
	        "\"name\":null", SQUARE) "," FEATURE("", SQUARE)));

	(void)state;
	assert_int_equal(areas_count(areas), 3);
	assert_string_equal(areas_name(areas, 0), "gulf \xC3\xA9");
	assert_string_equal(areas_name(areas, 1), "chart-2");
	assert_string_equal(areas_name(areas, 2), "chart-3");
	areas_free(areas);
}

/* what the message must hold; it must also hold the file's path */
static void broken_files(void **state)
{
	static const struct {
		const char *text;
		const char *says;
	} CASES[] = {
	    {"{\n \"type\": \"Feature\",\n oops\n}", ":3:2: "},
	    {"", ":1:1: "},
	    {"[1]", "no features; expected a GeoJSON FeatureCollection"},
	    {"{}", "feature 1: no geometry; expected a Polygon or MultiPolygon"},
	    {COLLECTION(""), "no features; expected"},
	    {"{\"type\":\"Feature\",\"geometry\":null}", "feature 1: no geometry; expected"},
	    {"{\"type\":\"Point\",\"coordinates\":[1,2]}", "type \"Point\"; expected a Polygon"},
	    {FEATURE("", ""), "polygon 1: expected an array of rings"},
	    {FEATURE("", "7"), "polygon 1, ring 1: expected an array of corners"},
	    {FEATURE("", "[]"), "ring 1: 0 corners; expected 4 or more"},
	    {FEATURE("", "[[0,0],[1,1],[0,0]]"), "ring 1: 3 corners; expected 4 or more"},
	    {FEATURE("", "[[0,0],[1,0],[1,1],[0,1]]"), "not closed; expected its last corner"},
	    {FEATURE("", "[[0,0],[400.5,0],[1,1],[0,0]]"),
	     "ring 1, corner 2: longitude 400.5; expected -360 to 360"},
	    {FEATURE("", "[[0,0],[1,0],[1,-91],[0,0]]"),
	     "ring 1, corner 3: latitude -91.0; expected -90 to 90"},
	    {FEATURE("", "[[0,0],[1,\"0\"],[1,1],[0,0]]"),
	     "corner 2: no two numbers; expected [longitude, latitude]"},
	    {FEATURE("", "[[0,0],[1e999,0],[1,1],[0,0]]"), "corner 2: no two numbers"},
	    {FEATURE("", "[[0,0],[1,1],[1,0],[0,1],[0,0]]"), "Self-intersection"},
	    {FEATURE("", SQUARE ",[[5,5],[6,5],[6,6],[5,5]]"), "Hole lies outside shell"},
	    {FEATURE("", "[[0,80],[120,80],[-120,80],[0,80]]"), "runs round a pole"},
	    {FEATURE("", "[[0,80],[10,80],[10,90],[0,80]]"), "corner at a pole; expected"},
	    {FEATURE("", "[[-100,0],[0,0],[100,0],[100,5],[0,5],[-100,5],[-100,0]]"),
	     "more than 180 degrees"},
	    {FEATURE("\"margin_nm\":-1", SQUARE), "margin_nm cannot be used; expected a number"},
	    {FEATURE("\"margin_nm\":\"9\"", SQUARE), "margin_nm cannot be used; expected a number"},
	    {FEATURE("\"closed_sea\":1", SQUARE), "closed_sea is no boolean; expected true"},
	    {FEATURE("\"name\":5", SQUARE), "name is no string; expected"},
	    {FEATURE("\"name\":\"\"", SQUARE), "name of 0 bytes; expected 1 to 63"},
	    {FEATURE("\"name\":\"a;b\"", SQUARE), "byte 2 of the name"},
	    {FEATURE("\"name\":\"a\\nb\"", SQUARE), "byte 2 of the name"},
	    {FEATURE("\"name\":\"\\u0085\"", SQUARE), "byte 1 of the name"},
	    {FEATURE("\"name\":\"ab\xED\xA0\x80\"", SQUARE), "byte 3 of the name"},
	    {FEATURE(
	         "\"name\":\"0123456789012345678901234567890123456789012345678901234567890123\"",
	         SQUARE),
	     "name of 64 bytes; expected 1 to 63"},
	    {COLLECTION(FEATURE("\"name\":\"x\"", SQUARE) "," FEATURE("\"name\":\"x\"", SQUARE)),
	     "feature 2: a second area named \"x\"; expected each name once"},
	    {COLLECTION(FEATURE("", SQUARE) "," FEATURE("", "[]")), "feature 2: polygon 1"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct areas *areas = areas_new();
		struct diag diag;

		write_file(CASES[i].text);
		assert_int_equal(areas_add(areas, path, SIX_H, &diag), ST_USAGE);
		if (!strstr(diag.text, path) || !strstr(diag.text, CASES[i].says) ||
		    !strstr(diag.text, "expected"))
			fail_msg("case %zu: \"%s\" lacks \"%s\"", i, diag.text, CASES[i].says);
		assert_int_equal(areas_count(areas), 0);
		areas_free(areas);
	}
}

static void wrong_specs(void **state)
{
	static const struct {
		const char *spec;
		const char *says;
	} CASES[] = {
	    {"/no/such/chart.geojson", "/no/such/chart.geojson: No such file"},
	    {"/", "/: Is a directory; expected a GeoJSON file"},
	    {"atlantis", "(vladivostok, caspian), a file (FILE.geojson"},
	    {"", "unknown area \"\""},
	    {"42,135", "42,135: no circle; expected LAT,LON,NM"},
	    {"42,135,100,7", "no circle"},
	    {"42,135,far", "no circle"},
	    {"91,0,5", "out of range; expected LAT,LON,NM"},
	    {"0,361,5", "out of range"},
	    {"0,0,0", "out of range"},
	    {"0,0,5000.1", "out of range"},
	    {"80,0,610", "holds a pole; expected an area without poles"},
	    {"-80,0,610", "holds a pole"},
	    {"vladivostok", "a second area named \"vladivostok\""},
	};
	struct areas *areas = builtin();

	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct diag diag;

		assert_int_equal(areas_add(areas, CASES[i].spec, SIX_H, &diag), ST_USAGE);
		if (!strstr(diag.text, CASES[i].says))
			fail_msg("\"%s\" lacks \"%s\"", diag.text, CASES[i].says);
		assert_int_equal(areas_count(areas), 2);
	}
	areas_free(areas);
}

static void at_most_so_many_areas(void **state)
{
	struct areas *areas = areas_new();
	struct diag diag;
	char spec[32];

	(void)state;
	for (int i = 0; i < AREAS_MAX; i++) {
		snprintf(spec, sizeof spec, "0,%d,1", i - 100);
		add(areas, spec);
	}
	assert_int_equal(areas_add(areas, "0,150,1", SIX_H, &diag), ST_USAGE);
	assert_non_null(strstr(diag.text, "expected at most 200"));
	assert_int_equal(areas_count(areas), AREAS_MAX);
	areas_free(areas);
}

static void geojson_reads_back(void **state)
{
	struct areas *areas = areas_of(COLLECTION(FEATURE(
	    "\"name\":\"a\\\"\\\\b\",\"margin_nm\":250.5,\"closed_sea\":true",
	    "[[170,-5],[-170,-5],[-170,5],[170,5],[170,-5]],[[178,-1],[178,1],[182,1],[182,-1],"
	    "[178,-1]]") ",{\"type\":\"MultiPolygon\",\"coordinates\":[[" SQUARE "],"
	                 "[[[5,5],[6,5],[6,6],[5,5]]]]}"));
	struct areas *again = areas_new();

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		char *text = areas_geojson(areas, i);
		char *second;

		write_file(text);
		add(again, path);
		second = areas_geojson(again, i);
		if (i == 0)
			assert_string_equal(text, second);
		assert_non_null(strstr(text, i ? "\"MultiPolygon\"" : "\"Polygon\""));
		free(text);
		free(second);
	}
	assert_string_equal(areas_name(again, 0), "a\"\\b");
	assert_true(areas_margin_nm(again, 0) == 250.5 && areas_closed(again, 0));
	assert_true(areas_contain(again, 0, 3, -175) && !areas_contain(again, 0, 0, 180));
	assert_true(areas_contain(again, 1, 0.5, 0.5) && areas_contain(again, 1, 5.2, 5.8));
	areas_free(again);
	areas_free(areas);
}

/* nautical miles to the nearest of the first ring's edges, by points every fortieth of an edge */
static double to_outline(const struct json *ring, double lat, double lon)
{
	double best = INFINITY;

	for (const struct json *c = json_first(ring); json_next(c); c = json_next(c)) {
		const struct json *d = json_next(c);
		double x0, y0, x1, y1;

		assert_true(json_number(json_first(c), &x0));
		assert_true(json_number(json_next(json_first(c)), &y0));
		assert_true(json_number(json_first(d), &x1));
		assert_true(json_number(json_next(json_first(d)), &y1));
		for (int i = 0; i <= 40; i++)
			best = fmin(best, geo_distance_nm(lat, lon, y0 + (y1 - y0) * i / 40,
			                                  x0 + (x1 - x0) * i / 40));
	}
	return best;
}

/* no position within the margin is left out, and none a cell and more beyond it is taken in */
static void check_zone(const struct areas *areas, const struct zones *zones, size_t area,
                       const double box[4])
{
	char *text = areas_geojson(areas, area);
	double margin = areas_margin_nm(areas, area);
	uint32_t seed = 1;
	struct json *doc;
	const struct json *ring;

	assert_int_equal(json_parse(span_of(text), &doc, NULL), ST_OK);
	ring = json_first(json_get(json_get(doc, "geometry"), "coordinates"));
	for (int i = 0; i < 120; i++) {
		double lat = draw(&seed, box[1], box[3]);
		double lon = draw(&seed, box[0], box[2]);
		double nm = areas_contain(areas, area, lat, lon) ? 0 : to_outline(ring, lat, lon);
		bool in = zones_at(zones, lat, lon_normal(lon)) == zones->of_area[area];

		/* 21.3 nm are a cell's whole diagonal at the equator; 1 % is the least radius */
		if (in ? nm > margin * 1.01 + 21.5 : nm <= margin)
			fail_msg("%g %g lies %g nm off, margin %g", lat, lon, nm, margin);
	}
	json_free(doc);
	free(text);
}

/* whoever sails the margin less a metre from a corner is still in the zone, whatever the course */
static void check_rim(const struct areas *areas, const struct zones *zones, size_t area)
{
	char *text = areas_geojson(areas, area);
	double nm = areas_margin_nm(areas, area) - 1 / NM_M;
	struct json *doc;
	const struct json *ring;

	assert_int_equal(json_parse(span_of(text), &doc, NULL), ST_OK);
	ring = json_first(json_get(json_get(doc, "geometry"), "coordinates"));
	for (const struct json *c = json_first(ring); c; c = json_next(c)) {
		double x, y;

		assert_true(json_number(json_first(c), &x));
		assert_true(json_number(json_next(json_first(c)), &y));
		for (int azimuth = 0; azimuth < 360; azimuth++) {
			double lat, lon;

			geo_direct(y, x, azimuth, nm, &lat, &lon);
			if (zones_at(zones, lat, lon_normal(lon)) != zones->of_area[area])
				fail_msg("%g %g from %g %g", lat, lon, y, x);
		}
	}
	json_free(doc);
	free(text);
}

static void zones_are_never_too_small(void **state)
{
	struct areas *areas = builtin();
	struct zones *zones;

	(void)state;
	write_file(FEATURE("\"name\":\"date line\",\"margin_nm\":210",
	                   "[[177,62],[-176,61],[-177,66],[178,67],[177,62]]"));
	add(areas, path);
	zones = zones_new(areas);
	assert_int_equal(zones->count, 3);
	assert_int_equal(zones->of_area[0], 1);
	assert_int_equal(zones->of_area[1], 2);
	assert_int_equal(zones->of_area[2], 3);
	check_zone(areas, zones, 0, (double[4]){118, 33, 148, 52});
	check_zone(areas, zones, 1, (double[4]){43, 34, 58, 50});
	check_zone(areas, zones, 2, (double[4]){160, 55, 200, 72});
	for (size_t i = 0; i < 3; i++)
		check_rim(areas, zones, i);
	assert_int_equal(zones_at(zones, 43, 37.7), 0); /* Sochi's sea, Poti's */
	assert_int_equal(zones_at(zones, 42.2, 41.6), 0);
	assert_int_equal(zones_at(zones, 90, 0), 0);
	assert_int_equal(zones_at(zones, -90, -180), 0);
	free(zones);
	areas_free(areas);
}

static void touching_zones_are_one(void **state)
{
	struct areas *areas = areas_new();
	struct zones *zones = zones_new(areas);

	(void)state;
	assert_int_equal(zones->count, 0);
	assert_int_equal(zones_at(zones, 43, 132), 0);
	free(zones);
	add(areas, "0,0,10"); /* 310 nm around, 5.2 degrees */
	add(areas, "0,60,10");
	add(areas, "0,20,10");
	add(areas, "0,10,10"); /* joins the first and the third */
	add(areas, "0,177,10");
	add(areas, "0,-173,10"); /* meets the one before across the antimeridian */
	zones = zones_new(areas);
	assert_int_equal(zones->count, 3);
	assert_int_equal(zones->of_area[0], 1);
	assert_int_equal(zones->of_area[1], 2);
	assert_int_equal(zones->of_area[2], 1);
	assert_int_equal(zones->of_area[3], 1);
	assert_int_equal(zones->of_area[4], 3);
	assert_int_equal(zones->of_area[5], 3);
	assert_int_equal(zones_at(zones, 0, 15), 1);
	assert_int_equal(zones_at(zones, 0, 60), 2);
	assert_int_equal(zones_at(zones, 0, 179.99), 3);
	assert_int_equal(zones_at(zones, 0, -180), 3);
	assert_int_equal(zones_at(zones, 0, 40), 0);
	free(zones);
	areas_free(areas);
}

/* margin 0: the zones are the cells that the squares touch */
static void neighbouring_cells_touch(void **state)
{
	static const struct {
		const char *second; /* a square of a hundredth of a degree */
		int zones;
	} CASES[] = {
	    /* the first lies within the cell at (10, 10): cells apart, side by side, at a corner */
	    {"[[10.6,10.1],[10.61,10.1],[10.61,10.11],[10.6,10.11],[10.6,10.1]]", 2},
	    {"[[10.3,10.1],[10.31,10.1],[10.31,10.11],[10.3,10.11],[10.3,10.1]]", 1},
	    {"[[10.4,10.4],[10.41,10.4],[10.41,10.41],[10.4,10.41],[10.4,10.4]]", 1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		char text[800];
		struct areas *areas;
		struct zones *zones;

		snprintf(text, sizeof text,
		         COLLECTION(FEATURE("\"closed_sea\":true,\"margin_nm\":0",
		                            "[[10.12,10.12],[10.13,10.12],[10.13,10.13],[10.12,10."
		                            "12]]") "," FEATURE("\"closed_sea\":true,\"margin_nm\":"
		                                                "0",
		                                                "%s")),
		         CASES[i].second);
		areas = areas_of(text);
		zones = zones_new(areas);
		assert_int_equal(zones_at(zones, 10.12, 10.12), 1);
		if (zones->count != CASES[i].zones)
			fail_msg("case %zu: %d zones", i, zones->count);
		free(zones);
		areas_free(areas);
	}
}

static void paths_and_areas(void **state)
{
	struct areas *areas = builtin();

	(void)state;
	/* from the Sea of Japan past Vladivostok's approaches to La Perouse Strait, and one that
	 * misses */
	assert_true(path_meets_area(areas, 0, 40, 130, 45.8, 138));
	assert_false(path_meets_area(areas, 0, 38, 132, 42, 139));
	/* Mumbai to Novorossiysk runs over the Caspian's south */
	assert_true(path_meets_area(areas, 1, 18.95, 72.85, 50, 40));
	assert_true(path_meets_area(areas, 0, 42.7, 132, 42.7, 132)); /* one position, inside */
	assert_false(path_meets_area(areas, 0, 38, 132, 38, 132));
	assert_false(path_meets_area(areas, 0, NAN, 132, 38, 132));
	/* from within to without, and the longitudes' other turns */
	assert_true(path_meets_area(areas, 0, 42.7, 132, 30, 150));
	assert_true(path_meets_area(areas, 0, 40, 130 - 360, 45.8, 138));
	areas_free(areas);

	areas =
	    areas_of("{\"type\":\"Polygon\",\"coordinates\":[[[179,-1],[-179,-1],[-179,1],[179,1],"
	             "[179,-1]]]}");
	assert_true(path_meets_area(areas, 0, -10, 175, 10, -175));
	assert_true(path_meets_area(areas, 0, 10, -175, -10, 175));
	assert_true(path_meets_area(areas, 0, 0, 170, 0, -170));
	assert_false(path_meets_area(areas, 0, 2, 170, 2, -170));
	assert_false(path_meets_area(areas, 0, 0, 170, 0, 10)); /* the other way round */
	areas_free(areas);
}

/* a great circle bulges toward the pole: at the middle of 60 N from 0 to 90 E it reaches 67.8 N */
static void paths_are_great_circles(void **state)
{
	struct areas *areas = areas_of(FEATURE("", "[[44,67],[46,67],[46,68],[44,68],[44,67]]"));

	(void)state;
	/* atan(tan 60 / cos 45) = 67.79 */
	assert_true(path_meets_area(areas, 0, 60, 0, 60, 90));
	assert_false(path_meets_area(areas, 0, 57, 0, 57, 90)); /* 65.3 */
	assert_false(path_meets_area(areas, 0, 62, 0, 62, 90)); /* 69.4 */
	areas_free(areas);
}

/* distance to one edge by golden-section search: along a short edge it falls, then rises */
static double to_edge(double lat, double lon, const double e[4])
{
	const double ratio = 0.6180339887498949;
	double low = 0;
	double high = 1;

	for (int i = 0; i < 40; i++) {
		double a = high - ratio * (high - low);
		double b = low + ratio * (high - low);
		double da =
		    geo_distance_nm(lat, lon, e[1] + a * (e[3] - e[1]), e[0] + a * (e[2] - e[0]));
		double db =
		    geo_distance_nm(lat, lon, e[1] + b * (e[3] - e[1]), e[0] + b * (e[2] - e[0]));

		if (da < db)
			high = b;
		else
			low = a;
	}
	return geo_distance_nm(lat, lon, e[1] + low * (e[3] - e[1]), e[0] + low * (e[2] - e[0]));
}

struct outline {
	double (*edges)[4];
	size_t n;
};

static bool at_border(double a, double b, double side)
{
	return fabs(a - side) < 1e-9 && fabs(b - side) < 1e-9;
}

static void take_ring(struct outline *o, const struct json *ring, const double box[4])
{
	double before[2] = {NAN, NAN};

	for (const struct json *c = json_first(ring); c; c = json_next(c)) {
		double x, y;

		assert_true(json_number(json_first(c), &x));
		assert_true(json_number(json_next(json_first(c)), &y));
		if (c != json_first(ring) && !at_border(before[0], x, box[0]) &&
		    !at_border(before[1], y, box[1]) && !at_border(before[0], x, box[2]) &&
		    !at_border(before[1], y, box[3])) {
			o->edges = realloc(o->edges, (o->n + 1) * sizeof *o->edges);
			assert_non_null(o->edges);
			memcpy(o->edges[o->n++], (double[4]){before[0], before[1], x, y},
			       sizeof *o->edges);
		}
		before[0] = x;
		before[1] = y;
	}
}

static struct outline read_outline(void)
{
	struct outline o = {NULL, 0};
	struct json *doc;

	assert_int_equal(json_parse(embed_find("coast/coast.geojson"), &doc, NULL), ST_OK);
	for (const struct json *f = json_first(json_get(doc, "features")); f; f = json_next(f)) {
		const struct json *side = json_first(json_get(json_get(f, "properties"), "bbox"));
		const struct json *geometry = json_get(f, "geometry");
		const struct json *polygon = json_first(json_get(geometry, "coordinates"));
		double box[4];

		assert_true(span_eq(json_string(json_get(geometry, "type")), SPAN("MultiPolygon")));
		for (int i = 0; i < 4; i++, side = json_next(side))
			assert_true(json_number(side, &box[i]));
		for (; polygon; polygon = json_next(polygon)) {
			for (const struct json *r = json_first(polygon); r; r = json_next(r))
				take_ring(&o, r, box);
		}
	}
	json_free(doc);
	return o;
}

/* a distance that the nearest edge cannot exceed: that to the corner that looks nearest in the
 * plane */
static double to_some_corner(const struct outline *o, double lat, double lon)
{
	size_t best = 0;
	double least = INFINITY;

	for (size_t i = 0; i < o->n; i++) {
		double d = hypot((o->edges[i][0] - lon) * 0.75, o->edges[i][1] - lat);

		if (d < least)
			best = i;
		least = fmin(least, d);
	}
	return geo_distance_nm(lat, lon, o->edges[best][1], o->edges[best][0]);
}

static double to_shore(const struct outline *o, double lat, double lon)
{
	double best = to_some_corner(o, lat, lon);

	for (size_t i = 0; i < o->n; i++) {
		const double *e = o->edges[i];
		/* a degree of latitude is at least 59.7 nm: such an edge cannot be nearer */
		double dlat = fmax(fmin(e[1], e[3]) - lat, lat - fmax(e[1], e[3]));
		double dlon = fmax(fmin(e[0], e[2]) - lon, lon - fmax(e[0], e[2]));

		if (dlat * 59.7 < best && dlon * 38 < best) /* cos 50 x 60 = 38.6 */
			best = fmin(best, to_edge(lat, lon, e));
	}
	return best;
}

static void shore_distance_against_a_plain_search(void **state)
{
	static const double BOXES[][4] = {{127, 35, 142, 49}, {46, 36, 55, 47}};
	struct outline outline = read_outline();
	struct coast *coast = coast_new();
	uint32_t seed = 2;
	int at_sea = 0;

	(void)state;
	for (int i = 0; i < 60; i++) {
		const double *box = BOXES[i % 2];
		double lon = draw(&seed, box[0], box[2]);
		double lat = draw(&seed, box[1], box[3]);
		double nm = coast_distance_nm(coast, lat, lon);
		double expected;

		if (nm == 0)
			continue;
		expected = to_shore(&outline, lat, lon);
		near(nm, expected, fmax(0.01, expected * 0.001));
		at_sea++;
	}
	assert_true(at_sea > 20);
	coast_free(coast);
	free(outline.edges);
}

static void shore_where_known(void **state)
{
	struct coast *coast = coast_new();

	(void)state;
	assert_true(isnan(coast_distance_nm(coast, 0, 0)));
	assert_true(isnan(coast_distance_nm(coast, 43, 37)));
	assert_true(isnan(coast_distance_nm(coast, NAN, 132)));
	assert_true(isnan(coast_distance_nm(coast, 42, NAN)));
	assert_true(coast_distance_nm(coast, 44.0, 132.0) == 0.0); /* Ussuriysk's plain */
	assert_true(coast_distance_nm(coast, 40.0, 47.0) == 0.0);  /* Azerbaijan */
	assert_true(coast_distance_nm(coast, 42.0, 50.5) > 20.0);  /* the middle Caspian */
	near(coast_distance_nm(coast, 41, 134 + 360), coast_distance_nm(coast, 41, 134), 1e-9);
	coast_free(coast);
}

static void paths_at_sea(void **state)
{
	struct coast *coast = coast_new();

	(void)state;
	assert_true(coast_path_at_sea(coast, 42.5, 131.5, 41.0, 131.0));
	assert_true(coast_path_at_sea(coast, 38.5, 52.0, 42.5, 50.4));
	/* over Korea, from sea to sea; over the Apsheron peninsula */
	assert_false(coast_path_at_sea(coast, 38.5, 129.5, 36.0, 126.1));
	assert_false(coast_path_at_sea(coast, 39.8, 49.8, 41.2, 49.6));
	/* Caspian to the Sea of Japan: unknown in between; off the known boxes */
	assert_false(coast_path_at_sea(coast, 42, 50.5, 42, 132));
	assert_false(coast_path_at_sea(coast, 0, 0, 0, 1));
	assert_false(coast_path_at_sea(coast, NAN, 132, 42, 132));
	/* Rajin and Chongjin lie on the generalised coast's edge: the ends are forgiven */
	assert_true(coast_path_at_sea(coast, 42.23, 130.30, 42.0, 131.5));
	coast_free(coast);
}

static void *ask_coast(void *arg)
{
	struct coast *coast = arg;
	double *sum = malloc(sizeof *sum);
	uint32_t seed = 3;

	assert_non_null(sum);
	*sum = 0;
	for (int i = 0; i < 500; i++) {
		double lat = draw(&seed, 38, 42);

		*sum += coast_distance_nm(coast, lat, draw(&seed, 132, 138));
	}
	return sum;
}

static void threads_share_a_coast(void **state)
{
	enum { THREADS = 4 };
	struct coast *coast = coast_new();
	pthread_t threads[THREADS];
	double *sums[THREADS];

	(void)state;
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, ask_coast, coast), 0);
	for (int i = 0; i < THREADS; i++) {
		void *sum;

		assert_int_equal(pthread_join(threads[i], &sum), 0);
		sums[i] = sum;
		assert_true(*sums[i] > 0 && *sums[i] == *sums[0]);
	}
	for (int i = 0; i < THREADS; i++)
		free(sums[i]);
	coast_free(coast);
}

static void every_port_is_read(void **state)
{
	struct ports *ports = ports_new();
	struct span rest = embed_find("ports.csv");
	struct span row;
	size_t rows = 0;

	(void)state;
	while (rest.len) {
		span_cut(rest, '\n', &row, &rest);
		rows += span_trim(row).len > 0;
	}
	assert_int_equal(ports_count(ports), rows - 1);
	ports_free(ports);
}

static void the_nearest_port(void **state)
{
	struct ports *ports = ports_new();
	const struct port *port;
	double nm;

	(void)state;
	port = ports_nearest(ports, 42.23, 130.30, 5, &nm);
	assert_non_null(port);
	assert_true(span_eq(port->name, SPAN("Rajin")));
	assert_string_equal(port->country, "KP");
	near(nm, 0, 1e-9);
	/* an anchorage is no port: from the roads it is the port itself */
	port = ports_nearest(ports, 43.07, 131.98, 20, &nm);
	assert_non_null(port);
	assert_true(span_eq(port->name, SPAN("Vladivostok")));
	near(nm, geo_distance_nm(43.07, 131.98, port->lat_deg, port->lon_deg), 1e-12);
	assert_null(ports_nearest(ports, 43.07, 131.98, nm * 0.999, &nm));
	assert_true(isnan(nm));
	assert_null(ports_nearest(ports, NAN, 131.98, 20, &nm));
	assert_null(ports_nearest(ports, 0, 0, 100, &nm));
	ports_free(ports);
}

static void nearest_port_against_all(void **state)
{
	struct ports *ports = ports_new();
	uint32_t seed = 4;

	(void)state;
	for (int k = 0; k < 300; k++) {
		double lat = draw(&seed, -80, 80);
		double lon = draw(&seed, -180, 180);
		double best = INFINITY;
		double nm;

		for (size_t i = 0; i < ports_count(ports); i++) {
			const struct port *p = ports_at(ports, i);

			if (p->kind == PORT_PORT || p->kind == PORT_TERMINAL)
				best =
				    fmin(best, geo_distance_nm(lat, lon, p->lat_deg, p->lon_deg));
		}
		assert_non_null(ports_nearest(ports, lat, lon, INFINITY, &nm));
		assert_true(nm == best);
	}
	ports_free(ports);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(distances_on_the_ellipsoid),
	    cmocka_unit_test(direct_problem),
	    cmocka_unit_test(longitudes_are_brought_home),
	    cmocka_unit_test(builtin_areas_hold_their_ports),
	    cmocka_unit_test(builtin_areas_leave_out),
	    cmocka_unit_test(margins),
	    cmocka_unit_test(circles),
	    cmocka_unit_test(edges_and_holes),
	    cmocka_unit_test(antimeridian_in_every_spelling),
	    cmocka_unit_test(multipolygons_and_collections),
	    cmocka_unit_test(several_features),
	    cmocka_unit_test(broken_files),
	    cmocka_unit_test(wrong_specs),
	    cmocka_unit_test(at_most_so_many_areas),
	    cmocka_unit_test(geojson_reads_back),
	    cmocka_unit_test(zones_are_never_too_small),
	    cmocka_unit_test(touching_zones_are_one),
	    cmocka_unit_test(neighbouring_cells_touch),
	    cmocka_unit_test(paths_and_areas),
	    cmocka_unit_test(paths_are_great_circles),
	    cmocka_unit_test(shore_distance_against_a_plain_search),
	    cmocka_unit_test(shore_where_known),
	    cmocka_unit_test(paths_at_sea),
	    cmocka_unit_test(threads_share_a_coast),
	    cmocka_unit_test(every_port_is_read),
	    cmocka_unit_test(the_nearest_port),
	    cmocka_unit_test(nearest_port_against_all),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}

/*
 * GeoJSON by RFC 7946: a FeatureCollection with a feature for each gap, whose id is the gap's and
 * whose properties are the record's columns. An open gap is a Point, where the vessel was last
 * heard. A closed one is a straight line from the off to the on position, which is no track: where
 * the vessel went is what is not known. What the report covers is told by foreign members (6.1).
 */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "report/formats.h"
#include "report/jsontext.h"

struct geojson {
	bool any; /* a gap was written */
	bool changes;
};

/* where a line meets the antimeridian is told to a centimetre */
enum { CROSSING_DECIMALS = 7 };

struct place {
	double lon_deg;
	double lat_deg;
};

static void put_place(struct sink *sink, struct place place)
{
	char text[NUM_TEXT_SIZE];

	sink_text(sink, "[");
	num_repr(place.lon_deg, text);
	sink_text(sink, text);
	sink_text(sink, ",");
	num_repr(place.lat_deg, text);
	sink_text(sink, text);
	sink_text(sink, "]");
}

static void put_line(struct sink *sink, struct place a, struct place b)
{
	sink_text(sink, "[");
	put_place(sink, a);
	sink_text(sink, ",");
	put_place(sink, b);
	sink_text(sink, "]");
}

/* the latitude at which the straight line from a to b, the shorter way round, meets 180 degrees */
static double crossing_lat(struct place a, struct place b)
{
	double to_edge = 180 - fabs(a.lon_deg);
	double whole = to_edge + 180 - fabs(b.lon_deg);
	double lat = a.lat_deg + (b.lat_deg - a.lat_deg) * (to_edge / whole);
	char text[NUM_TEXT_SIZE];
	struct span rounded = {text, (size_t)num_fixed(lat, CROSSING_DECIMALS, text)};

	num_double(rounded, &lat);
	return lat;
}

/*
 * A line whose longitudes differ by more than 180 degrees goes across the antimeridian and is cut
 * there in two (RFC 7946, 3.1.9). One that only begins or ends on it needs no cut: -180 is 180.
 */
static void put_way(struct sink *sink, struct place off, struct place on)
{
	bool crosses = fabs(off.lon_deg - on.lon_deg) > 180;
	double edge;
	double lat;

	if (crosses && fabs(off.lon_deg) == 180)
		off.lon_deg = -off.lon_deg;
	else if (crosses && fabs(on.lon_deg) == 180)
		on.lon_deg = -on.lon_deg;
	if (fabs(off.lon_deg - on.lon_deg) <= 180) {
		sink_text(sink, "{\"type\":\"LineString\",\"coordinates\":");
		put_line(sink, off, on);
	} else {
		edge = off.lon_deg < 0 ? -180 : 180;
		lat = crossing_lat(off, on);
		sink_text(sink, "{\"type\":\"MultiLineString\",\"coordinates\":[");
		put_line(sink, off, (struct place){edge, lat});
		sink_text(sink, ",");
		put_line(sink, (struct place){-edge, lat}, on);
		sink_text(sink, "]");
	}
	sink_text(sink, "}");
}

static void put_geometry(struct sink *sink, const struct record *record)
{
	struct place off = {record->off.fix.lon_deg, record->off.fix.lat_deg};
	struct place on = {record->on.fix.lon_deg, record->on.fix.lat_deg};

	if (!record->open) {
		put_way(sink, off, on);
		return;
	}
	sink_text(sink, "{\"type\":\"Point\",\"coordinates\":");
	put_place(sink, off);
	sink_text(sink, "}");
}

static void *geojson_begin(struct sink *sink, const struct report_head *head,
                           const struct writer_options *options)
{
	struct geojson *geojson = mem_new(1, sizeof *geojson);

	(void)options;
	geojson->changes = head->changes;
	sink_text(sink, "{\"type\":\"FeatureCollection\",");
	jsontext_head(sink, head);
	sink_text(sink, ",\"features\":[");
	return geojson;
}

static void geojson_row(void *state, struct sink *sink, const struct record *record)
{
	struct geojson *geojson = state;

	sink_text(sink, geojson->any ? ",\n" : "\n");
	geojson->any = true;
	sink_text(sink, "{\"type\":\"Feature\",\"id\":");
	jsontext_string(sink, span_of(record->gap_id));
	sink_text(sink, ",\"geometry\":");
	put_geometry(sink, record);
	sink_text(sink, ",\"properties\":");
	jsontext_record(sink, record, geojson->changes);
	sink_text(sink, "}");
}

static void geojson_end(void *state, struct sink *sink)
{
	const struct geojson *geojson = state;

	sink_text(sink, geojson->any ? "\n]}\n" : "]}\n");
	free(state);
}

const struct writer writer_geojson = {
    .name = "geojson",
    .endings = "geojson",
    .purpose = "GeoJSON, a line from off to on for each gap, for maps",
    .media_type = "application/geo+json",
    .begin = geojson_begin,
    .row = geojson_row,
    .end = geojson_end,
};

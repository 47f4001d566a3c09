#include "geo/geojson.h"

#include <math.h>

#include "base/num.h"

/* collections within collections: RFC 7946 3.1.8 advises against any */
enum { DEPTH_MAX = 4 };

struct place {
	size_t polygon;
	size_t ring;
	size_t corner;
};

static bool has_type(const struct json *v, const char *type)
{
	return span_eq(json_string(json_get(v, "type")), span_of(type));
}

const struct json *geojson_feature(const struct json *doc, const struct json *feature)
{
	if (has_type(doc, "FeatureCollection"))
		return feature ? json_next(feature) : json_first(json_get(doc, "features"));
	return feature ? NULL : doc;
}

const struct json *geojson_property(const struct json *feature, const char *name)
{
	const struct json *v = json_get(json_get(feature, "properties"), name);
	double number;
	bool flag;

	if (v && !json_string(v).ptr && !json_number(v, &number) && !json_bool(v, &flag) &&
	    !json_is_array(v) && !json_is_object(v))
		return NULL;
	return v;
}

static enum status bad_corner(const struct place *at, const char *what, const double *number,
                              const char *expected, struct diag *why)
{
	char text[NUM_TEXT_SIZE] = "";

	if (number)
		num_repr(*number, text);
	return diag_set(why, ST_USAGE, "polygon %zu, ring %zu, corner %zu: %s%s; expected %s",
	                at->polygon, at->ring, at->corner, what, text, expected);
}

static enum status read_corner(const struct json *position, const struct place *at,
                               struct polygons *out, struct diag *why)
{
	const struct json *first = json_is_array(position) ? json_first(position) : NULL;
	double lon;
	double lat;

	if (!json_number(first, &lon) || !json_number(json_next(first), &lat))
		return bad_corner(at, "no two numbers", NULL, "[longitude, latitude]", why);
	if (fabs(lon) > 360.0)
		return bad_corner(at, "longitude ", &lon, "-360 to 360 degrees", why);
	if (fabs(lat) > 90.0)
		return bad_corner(at, "latitude ", &lat, "-90 to 90 degrees", why);
	if (out->corner_count >= CORNERS_MAX)
		return bad_corner(at, "too many corners", NULL, "at most 1000000 in an area", why);
	polygons_add_corner(out, lon, lat);
	return ST_OK;
}

/* RFC 7946 3.1.6: four or more positions, the first and the last of them the same */
static enum status check_ring(const struct polygons *p, const struct place *at, struct diag *why)
{
	const struct ring *r = &p->rings[p->ring_count - 1];
	const double *first;
	const double *last;

	if (r->count < 4)
		return diag_set(why, ST_USAGE,
		                "polygon %zu, ring %zu: %zu corners; expected 4 or more, "
		                "the last the same as the first",
		                at->polygon, at->ring, r->count);
	first = p->corners[r->first];
	last = p->corners[r->first + r->count - 1];
	if (first[0] < last[0] || first[0] > last[0] || first[1] < last[1] || first[1] > last[1])
		return diag_set(
		    why, ST_USAGE,
		    "polygon %zu, ring %zu is not closed; expected its last corner to be "
		    "the same as its first",
		    at->polygon, at->ring);
	return ST_OK;
}

static enum status read_ring(const struct json *ring, struct place *at, struct polygons *out,
                             struct diag *why)
{
	enum status status = ST_OK;

	if (!json_is_array(ring))
		return diag_set(why, ST_USAGE,
		                "polygon %zu, ring %zu: expected an array of corners", at->polygon,
		                at->ring);
	polygons_add_ring(out, at->ring > 1);
	at->corner = 1;
	for (const struct json *c = json_first(ring); c && !status; c = json_next(c)) {
		status = read_corner(c, at, out, why);
		at->corner++;
	}
	return status ? status : check_ring(out, at, why);
}

static enum status read_polygon(const struct json *rings, struct polygons *out, struct diag *why)
{
	struct place at = {polygons_count(out) + 1, 1, 1};
	size_t outer = out->ring_count;
	enum status status = ST_OK;
	struct diag inner;

	if (!json_is_array(rings) || !json_first(rings))
		return diag_set(why, ST_USAGE, "polygon %zu: expected an array of rings",
		                at.polygon);
	for (const struct json *r = json_first(rings); r && !status; r = json_next(r)) {
		status = read_ring(r, &at, out, why);
		at.ring++;
	}
	if (status)
		return status;
	status = polygons_unroll(out, outer, &inner);
	return status ? diag_set(why, status, "polygon %zu: %s", at.polygon, inner.text) : ST_OK;
}

static enum status read_multi(const struct json *polygons, struct polygons *out, struct diag *why)
{
	enum status status = ST_OK;

	if (!json_is_array(polygons) || !json_first(polygons))
		return diag_set(why, ST_USAGE, "no polygons; expected an array of them");
	for (const struct json *p = json_first(polygons); p && !status; p = json_next(p))
		status = read_polygon(p, out, why);
	return status;
}

static const struct {
	const char *type;
	enum status (*read)(const struct json *coordinates, struct polygons *out, struct diag *why);
} KINDS[] = {
    {"Polygon", read_polygon},
    {"MultiPolygon", read_multi},
};

static enum status read_geometry(const struct json *v, struct polygons *out, int depth,
                                 struct diag *why);

static enum status read_collection(const struct json *v, struct polygons *out, int depth,
                                   struct diag *why)
{
	const struct json *members = json_get(v, "geometries");
	enum status status = ST_OK;

	if (!json_is_array(members) || !json_first(members))
		return diag_set(why, ST_USAGE,
		                "a GeometryCollection of nothing; expected geometries");
	if (depth >= DEPTH_MAX)
		return diag_set(why, ST_USAGE, "collections nested too deeply; expected at most %d",
		                DEPTH_MAX);
	for (const struct json *g = json_first(members); g && !status; g = json_next(g))
		status = read_geometry(g, out, depth + 1, why);
	return status;
}

static enum status read_geometry(const struct json *v, struct polygons *out, int depth,
                                 struct diag *why)
{
	struct span type = json_string(json_get(v, "type"));

	for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
		if (span_eq(type, span_of(KINDS[i].type)))
			return KINDS[i].read(json_get(v, "coordinates"), out, why);
	}
	if (span_eq(type, SPAN("GeometryCollection")))
		return read_collection(v, out, depth, why);
	return diag_set(why, ST_USAGE, "%s%.*s%s; expected a Polygon or MultiPolygon",
	                type.ptr ? "a geometry of type \"" : "no geometry",
	                (int)(type.len < 40 ? type.len : 40), type.ptr ? type.ptr : "",
	                type.ptr ? "\"" : "");
}

enum status geojson_polygons(const struct json *feature, struct polygons *out, struct diag *why)
{
	bool wrapped = has_type(feature, "Feature");

	return read_geometry(wrapped ? json_get(feature, "geometry") : feature, out, 0, why);
}

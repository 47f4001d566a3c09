/* Where areas come from: GeoJSON and circles. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "geo/area_set.h"
#include "geo/geodesic.h"
#include "geo/geojson.h"

enum { CIRCLE_CORNERS = 360 };

static const size_t FILE_MAX = (size_t)64 << 20;
static const double CIRCLE_MAX_NM = 5000.0;

/* what is being read: messages name the path, features without a name get the stem */
struct reading {
	const char *path;
	struct span stem;
	double widest_nm; /* the widest margin that is taken */
};

static enum status read_margin(const struct json *feature, double widest_nm, struct area *area,
                               struct diag *why)
{
	const struct json *margin = geojson_property(feature, "margin_nm");
	const struct json *closed = geojson_property(feature, "closed_sea");

	if (closed && !json_bool(closed, &area->closed))
		return diag_set(why, ST_USAGE, "closed_sea is no boolean; expected true or false");
	area->margin_nm = area->closed ? MARGIN_CLOSED_NM : MARGIN_OPEN_NM;
	if (margin && (!json_number(margin, &area->margin_nm) || area->margin_nm < 0.0 ||
	               area->margin_nm > widest_nm))
		return diag_set(why, ST_USAGE,
		                "margin_nm cannot be used; expected a number from 0 to %d",
		                (int)widest_nm);
	return ST_OK;
}

/* the stem, and its number when the file has several features */
static enum status name_by_stem(struct area *area, struct span stem, size_t number,
                                struct diag *why)
{
	char name[AREA_NAME_MAX + 32];

	span_copy(stem, name, AREA_NAME_MAX + 2);
	if (number)
		snprintf(name + strlen(name), 24, "-%zu", number);
	return area_set_name(area, span_of(name), why);
}

static enum status read_name(const struct json *feature, struct area *area, struct span stem,
                             size_t number, struct diag *why)
{
	const struct json *name = geojson_property(feature, "name");
	struct span text = json_string(name);

	if (!name)
		return name_by_stem(area, stem, number, why);
	if (!text.ptr)
		return diag_set(why, ST_USAGE, "the name is no string; expected one");
	return area_set_name(area, text, why);
}

static enum status read_feature(struct areas *areas, const struct json *feature,
                                const struct reading *reading, size_t number, struct diag *why)
{
	struct area area = {0};
	enum status status = read_name(feature, &area, reading->stem, number, why);

	if (!status)
		status = read_margin(feature, reading->widest_nm, &area, why);
	if (!status)
		status = area_read_exits(&area, feature, why);
	if (!status)
		status = geojson_polygons(feature, &area.polygons, why);
	if (!status)
		return areas_push(areas, &area, why);
	polygons_free(&area.polygons);
	return status;
}

static enum status read_features(struct areas *areas, const struct json *doc,
                                 const struct reading *reading, struct diag *diag)
{
	const struct json *first = geojson_feature(doc, NULL);
	bool several = first && geojson_feature(doc, first);
	size_t number = 1;
	struct diag why;

	if (!first || !json_is_object(doc))
		return diag_set(
		    diag, ST_USAGE,
		    "%.200s: no features; expected a GeoJSON FeatureCollection, Feature, "
		    "Polygon or MultiPolygon",
		    reading->path);
	for (const struct json *f = first; f; f = geojson_feature(doc, f), number++) {
		enum status status = read_feature(areas, f, reading, several ? number : 0, &why);

		if (status)
			return diag_set(diag, status, "%.200s: feature %zu: %s", reading->path,
			                number, why.text);
	}
	return ST_OK;
}

static enum status read_text(struct areas *areas, struct span text, const struct reading *reading,
                             struct diag *diag)
{
	struct diag why;
	struct json *doc;
	enum status status = json_parse(text, &doc, &why);

	if (status)
		return diag_set(diag, ST_USAGE, "%.200s:%s", reading->path, why.text);
	status = read_features(areas, doc, reading, diag);
	json_free(doc);
	return status;
}

enum status areas_read_text(struct areas *areas, struct span text, const char *path,
                            struct span stem, struct diag *diag)
{
	return read_text(areas, text, &(struct reading){path, stem, MARGIN_MAX_NM}, diag);
}

enum status areas_restore(struct areas *areas, struct span feature, bool builtin, const char *path,
                          struct diag *diag)
{
	struct reading reading = {path, SPAN(""), MARGIN_WIDEST_NM};
	size_t before = areas->count;
	enum status status = read_text(areas, feature, &reading, diag);
	char *again = !status && areas->count == before + 1 ? areas_geojson(areas, before) : NULL;

	if (!status && (!again || !span_eq(span_of(again), feature)))
		status = diag_set(diag, ST_USAGE,
		                  "%.200s: an area is not spelled as aisgap does; expected what "
		                  "`aisgap areas` prints",
		                  path);
	free(again);
	if (status)
		areas_truncate(areas, before);
	else
		areas->items[before].builtin = builtin;
	return status;
}

/* the name of the file without folders and ending */
static struct span stem_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	const char *dot = strrchr(name, '.');

	return (struct span){name, dot && dot > name ? (size_t)(dot - name) : strlen(name)};
}

static enum status read_whole(FILE *file, struct span *text, const char *path, struct diag *diag)
{
	char *bytes = NULL;
	size_t cap = 0;
	size_t len = 0;
	size_t got;

	do {
		bytes = mem_grow(bytes, &cap, len + 1, 1 << 16, 1);
		got = fread(bytes + len, 1, cap - len, file);
		len += got;
	} while (got && len <= FILE_MAX);
	*text = (struct span){bytes, len};
	if (ferror(file))
		return diag_set(diag, ST_USAGE, "%.200s: %s; expected a GeoJSON file", path,
		                strerror(errno));
	if (len > FILE_MAX)
		return diag_set(diag, ST_USAGE, "%.200s: more than %zu MB; expected a smaller file",
		                path, FILE_MAX >> 20);
	return ST_OK;
}

enum status areas_read_file(struct areas *areas, const char *path, struct diag *diag)
{
	FILE *file = fopen(path, "rb");
	struct span text = {NULL, 0};
	enum status status;

	if (!file)
		return diag_set(diag, ST_USAGE, "%.200s: %s; expected a GeoJSON file", path,
		                strerror(errno));
	status = read_whole(file, &text, path, diag);
	fclose(file);
	if (!status)
		status = areas_read_text(areas, text, path, stem_of(path), diag);
	free((char *)text.ptr);
	return status;
}

static bool read_numbers(struct span spec, double values[3])
{
	for (int i = 0; i < 3; i++) {
		struct span head;

		/* a separator after each but the last, and no more of them */
		if (span_cut(spec, ',', &head, &spec) != (i < 2))
			return false;
		if (!num_double(span_trim(head), &values[i]))
			return false;
	}
	return true;
}

static void add_circle(struct polygons *p, const double circle[3])
{
	polygons_add_ring(p, false);
	for (int i = 0; i < CIRCLE_CORNERS; i++) {
		double lat;
		double lon;

		geo_direct(circle[0], circle[1], -360.0 * i / CIRCLE_CORNERS, circle[2], &lat,
		           &lon);
		polygons_add_corner(p, lon, lat);
	}
	polygons_add_corner(p, p->corners[0][0], p->corners[0][1]);
}

static enum status check_circle(const double circle[3], const char *spec, struct diag *diag)
{
	double pole_lat = circle[0] < 0.0 ? -90.0 : 90.0;

	if (!(fabs(circle[0]) <= 90.0 && fabs(circle[1]) <= 360.0 && circle[2] > 0.0 &&
	      circle[2] <= CIRCLE_MAX_NM))
		return diag_set(
		    diag, ST_USAGE,
		    "%.100s: out of range; expected LAT,LON,NM with latitude -90 to 90, "
		    "longitude -360 to 360, radius above 0 and up to %d nm",
		    spec, (int)CIRCLE_MAX_NM);
	if (geo_distance_nm(circle[0], circle[1], pole_lat, circle[1]) <= circle[2])
		return diag_set(diag, ST_USAGE,
		                "%.100s: holds a pole; expected an area without poles", spec);
	return ST_OK;
}

enum status areas_read_circle(struct areas *areas, const char *spec, struct diag *diag)
{
	struct area area = {.margin_nm = MARGIN_OPEN_NM};
	double circle[3];
	struct diag why;
	enum status status;

	if (!read_numbers(span_of(spec), circle))
		return diag_set(
		    diag, ST_USAGE,
		    "%.100s: no circle; expected LAT,LON,NM in degrees and nautical miles, "
		    "such as 42.5,133,200",
		    spec);
	status = check_circle(circle, spec, diag);
	if (status)
		return status;
	status = area_set_name(&area, span_of(spec), &why);
	if (!status) {
		add_circle(&area.polygons, circle);
		status = polygons_unroll(&area.polygons, 0, &why);
	}
	if (status)
		polygons_free(&area.polygons);
	else
		status = areas_push(areas, &area, &why);
	return status ? diag_set(diag, status, "%.100s: %s", spec, why.text) : ST_OK;
}

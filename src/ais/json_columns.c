#include "ais/json_columns.h"

#include <stdlib.h>

#include "ais/profile_set.h"

static bool ends_with(struct span s, struct span end)
{
	return s.len >= end.len && memcmp(s.ptr + s.len - end.len, end.ptr, end.len) == 0;
}

static bool has_point(const struct json_members *m)
{
	for (size_t i = 0; i < m->count; i++) {
		if (span_eq(m->names[i].path, SPAN("geometry.coordinates.0")))
			return true;
	}
	return false;
}

/* the "type" of a GeoJSON feature or geometry is no ship's */
static bool is_geojson_type(const struct flat_name *name, bool feature)
{
	return (feature && span_eq(name->path, SPAN("type"))) ||
	       ends_with(name->path, SPAN("geometry.type"));
}

static enum status detect(const struct column_options *options, const struct json_members *m,
                          const struct span *cells, struct column_map *map, struct diag *diag)
{
	struct column_values record = {cells, m->values, m->count};

	return columns_detect_record(options, &record, m->context, map, diag);
}

static bool is_free(const struct column_map *map, int column)
{
	for (int f = 0; f < FIELD_COUNT; f++) {
		if (map->field[f].column == column)
			return false;
	}
	return true;
}

static bool by_profile(const struct column_map *map)
{
	return strcmp(map->profile, "aliases") != 0 && strcmp(map->profile, "map") != 0;
}

/* takes a field that is still open from another map */
static void take(struct column_map *map, const struct column_map *from, enum field field)
{
	int column = from->field[field].column;

	if (map->field[field].column < 0 && column >= 0 && is_free(map, column))
		map->field[field] = from->field[field];
}

/*
 * The object in which a record's time may stand: the one that holds its position, or without one
 * its MMSI. A GeoJSON feature has its position in "geometry" and the rest in "properties".
 */
static struct span anchor(const struct json_members *m, const struct column_map *map,
                          struct span *properties)
{
	int lat = map->field[FIELD_LAT].column;
	int mmsi = map->field[FIELD_MMSI].column;
	const struct flat_name *name = &m->names[lat >= 0 ? lat : mmsi];

	*properties = (struct span){NULL, 0};
	if (lat < 0 && mmsi < 0)
		return *properties;
	if (ends_with(name->path, SPAN("geometry.coordinates.1")))
		*properties = (struct span){name->path.ptr,
		                            name->path.len - sizeof "geometry.coordinates.1" + 1};
	return name->parent;
}

/* the object `outer`, or one within it at any depth, is `inner` */
static bool around(struct span outer, struct span inner)
{
	return !outer.len || span_eq(outer, inner) ||
	       (inner.len > outer.len && inner.ptr && span_starts(inner, outer) &&
	        inner.ptr[outer.len] == '.');
}

/* the properties of a feature: "properties" where its geometry is "geometry" */
static bool are_properties(struct span parent, struct span before)
{
	static const struct span PROPERTIES = {"properties", 10};

	return parent.len == before.len + PROPERTIES.len && span_starts(parent, before) &&
	       ends_with(parent, PROPERTIES);
}

/* the time, by its last name, of the object that the position stands in, or of one around it */
static void take_time(const struct column_options *options, const struct json_members *m,
                      struct span *cells, struct column_map *map)
{
	struct span before;
	struct span inner = anchor(m, map, &before);
	struct column_map found;

	for (size_t i = 0; i < m->count; i++) {
		struct span parent = m->names[i].parent;
		bool near = around(parent, inner) || (before.ptr && are_properties(parent, before));

		cells[i] = near ? m->names[i].last : (struct span){NULL, 0};
	}
	detect(options, m, cells, &found, NULL);
	take(map, &found, FIELD_TIME);
	take(map, &found, FIELD_MILLISECOND);
}

static bool names_mmsi(const struct json_members *m, const struct field_column *field)
{
	struct span name =
	    field->column < 0 ? (struct span){NULL, 0} : m->names[field->column].last;

	for (size_t i = 0; i + 4 <= name.len; i++) {
		if (span_eq_nocase((struct span){name.ptr + i, 4}, SPAN("mmsi")))
			return true;
	}
	return false;
}

/* what the paths did not lead to, by last names; no column serves twice */
static void take_rest(const struct column_options *options, const struct json_members *m,
                      struct span *cells, struct column_map *map)
{
	bool feature = has_point(m);
	struct column_map found;

	for (size_t i = 0; i < m->count; i++) {
		bool drop = is_geojson_type(&m->names[i], feature);

		cells[i] = drop ? (struct span){NULL, 0} : m->names[i].last;
	}
	detect(options, m, cells, &found, NULL);
	/* the paths may have led to no more than an "id" */
	if (names_mmsi(m, &found.field[FIELD_MMSI]) && !names_mmsi(m, &map->field[FIELD_MMSI]))
		map->field[FIELD_MMSI].column = -1;
	for (int f = 0; f < FIELD_COUNT; f++) {
		if (f != FIELD_TIME && f != FIELD_MILLISECOND)
			take(map, &found, (enum field)f);
	}
	if (by_profile(&found)) {
		span_copy(span_of(found.profile), map->profile, sizeof map->profile);
		map->order = found.order;
	}
	if (map->field[FIELD_TIME].column < 0)
		take_time(options, m, cells, map);
	map->imo_is_id = map->field[FIELD_MMSI].column < 0 && map->field[FIELD_IMO].column >= 0;
}

enum status json_columns(const struct column_options *options, const struct json_members *members,
                         struct column_map *map, struct diag *diag)
{
	struct span *cells = mem_new(members->count + 1, sizeof *cells);
	bool feature = has_point(members);
	enum status status;

	for (size_t i = 0; i < members->count; i++) {
		bool drop = is_geojson_type(&members->names[i], feature);

		cells[i] = drop ? (struct span){NULL, 0} : members->names[i].path;
	}
	status = detect(options, members, cells, map, diag);
	if (status == ST_NO_FEED && !by_profile(map)) {
		take_rest(options, members, cells, map);
		for (size_t i = 0; i < members->count; i++)
			cells[i] = members->names[i].path;
		status = columns_check(map, NULL, cells, diag);
	}
	if (status == ST_OK && diag)
		diag->text[0] = '\0';
	free(cells);
	return status;
}

#include "ais/json_columns.h"

#include <stdlib.h>

#include "ais/json_related.h"
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

/* which members a detection sees, by their last names; `object` is that of the predicate */
typedef bool sees_fn(const struct flat_name *name, struct span object);

static bool sees_all(const struct flat_name *name, struct span object)
{
	(void)name;
	(void)object;
	return true;
}

static bool sees_senders(const struct flat_name *name, struct span object)
{
	(void)object;
	return !json_foreign(name->parent);
}

static bool sees_object(const struct flat_name *name, struct span object)
{
	return span_eq(name->parent, object);
}

static bool sees_related(const struct flat_name *name, struct span object)
{
	return json_related(object, name->parent, RELATED_ANY);
}

/* one record that no profile fits by its paths */
struct search {
	const struct column_options *options;
	const struct json_members *members;
	struct span *cells;
	bool feature;
	struct span own; /* the MMSI's object */
};

/*
 * Conditions of profiles are asked only where all names are seen: shapes know their answers
 * (json_shape.c).
 */
static void detect_last(struct search *s, sees_fn *sees, struct span object,
                        struct column_map *found)
{
	const struct json_members *m = s->members;

	for (size_t i = 0; i < m->count; i++) {
		const struct flat_name *name = &m->names[i];
		bool seen = !is_geojson_type(name, s->feature) && sees(name, object);

		s->cells[i] = seen ? name->last : (struct span){NULL, 0};
	}
	if (sees == sees_all)
		detect(s->options, m, s->cells, found, NULL);
	else
		columns_detect(s->options, s->cells, m->count, found, NULL);
}

static struct span object_of(const struct search *s, const struct column_map *map, enum field field)
{
	int column = map->field[field].column;

	return column < 0 ? (struct span){NULL, 0} : s->members->names[column].parent;
}

static bool is_users(const struct search *s, enum field field)
{
	return s->options->maps[field].given;
}

static enum relation relation_of(enum field field)
{
	if (field == FIELD_LAT || field == FIELD_LON)
		return RELATED_POSITION;
	return field == FIELD_NAME || field == FIELD_CALLSIGN || field == FIELD_IMO ||
	               field == FIELD_TYPE
	           ? RELATED_IDENTITY
	           : RELATED_ANY;
}

/* the field may come from where the map has it */
static bool is_its_own(const struct search *s, const struct column_map *map, enum field field)
{
	return is_users(s, field) || map->field[field].column < 0 ||
	       json_related(s->own, object_of(s, map, field), relation_of(field));
}

static bool is_timing(enum field field)
{
	return field == FIELD_TIME || field == FIELD_MILLISECOND;
}

/* both or none, of one object, unless the user names them */
static bool has_one_position(const struct search *s, const struct column_map *map)
{
	if (is_users(s, FIELD_LAT) || is_users(s, FIELD_LON))
		return true;
	return map->field[FIELD_LAT].column >= 0 && map->field[FIELD_LON].column >= 0 &&
	       span_eq(object_of(s, map, FIELD_LAT), object_of(s, map, FIELD_LON)) &&
	       is_its_own(s, map, FIELD_LAT);
}

/* the paths may have led to no more than an "id", or to a receiver's MMSI */
static void find_id(struct search *s, struct column_map *map)
{
	const struct json_members *m = s->members;
	struct column_map found;

	detect_last(s, sees_senders, (struct span){NULL, 0}, &found);
	if (!is_users(s, FIELD_MMSI) &&
	    (json_foreign(object_of(s, map, FIELD_MMSI)) ||
	     (names_mmsi(m, &found.field[FIELD_MMSI]) && !names_mmsi(m, &map->field[FIELD_MMSI]))))
		map->field[FIELD_MMSI].column = -1;
	take(map, &found, FIELD_MMSI);
	if (map->field[FIELD_MMSI].column < 0)
		take(map, &found, FIELD_IMO);
	s->own = object_of(s, map, map->field[FIELD_MMSI].column < 0 ? FIELD_IMO : FIELD_MMSI);
}

static void drop_strange(const struct search *s, struct column_map *map)
{
	for (int f = FIELD_SOG; f < FIELD_COUNT; f++) {
		if (!is_timing((enum field)f) && !is_its_own(s, map, (enum field)f))
			map->field[f] = (struct field_column){-1, 1};
	}
	if (!has_one_position(s, map)) {
		map->field[FIELD_LAT] = (struct field_column){-1, 1};
		map->field[FIELD_LON] = (struct field_column){-1, 1};
	}
}

static void take_fields(const struct search *s, struct column_map *map,
                        const struct column_map *found)
{
	for (int f = FIELD_SOG; f < FIELD_COUNT; f++) {
		if (!is_timing((enum field)f) && is_its_own(s, found, (enum field)f))
			take(map, found, (enum field)f);
	}
}

/* how a ship moved stands beside its position, even where an object around it says so too */
static void take_motion(const struct search *s, struct column_map *map,
                        const struct column_map *found)
{
	static const enum field MOTION[] = {FIELD_SOG, FIELD_COG, FIELD_HEADING, FIELD_NAV_STATUS,
	                                    FIELD_SECOND};

	for (size_t i = 0; i < sizeof MOTION / sizeof *MOTION; i++) {
		enum field f = MOTION[i];

		if (!is_users(s, f) && !by_profile(map) && found->field[f].column >= 0)
			map->field[f] = found->field[f];
	}
}

static void take_position(const struct search *s, struct column_map *map,
                          const struct column_map *found)
{
	if (has_one_position(s, found)) {
		take(map, found, FIELD_LAT);
		take(map, found, FIELD_LON);
	}
}

static bool has_position(const struct column_map *map)
{
	return map->field[FIELD_LAT].column >= 0 && map->field[FIELD_LON].column >= 0;
}

/* of the MMSI's object, else of the first related one that has both latitude and longitude */
static void find_position(struct search *s, struct column_map *map)
{
	enum { OBJECTS_MAX = 16 };
	const struct json_members *m = s->members;
	struct column_map found;
	int objects = 0;

	if (has_position(map))
		return;
	detect_last(s, sees_object, s->own, &found);
	take_position(s, map, &found);
	for (size_t i = 0; i < m->count && !has_position(map) && objects < OBJECTS_MAX; i++) {
		struct span parent = m->names[i].parent;

		if ((i && span_eq(parent, m->names[i - 1].parent)) ||
		    !json_related(s->own, parent, RELATED_POSITION))
			continue;
		detect_last(s, sees_object, parent, &found);
		take_position(s, map, &found);
		objects++;
	}
}

/* a profile that fits by last names: all of it, if it speaks of one ship */
static void take_profile(struct search *s, struct column_map *map)
{
	struct column_map found;
	bool one;

	detect_last(s, sees_all, (struct span){NULL, 0}, &found);
	one = by_profile(&found) && has_one_position(s, &found) &&
	      span_eq(object_of(s, &found, FIELD_MMSI), s->own);
	for (int f = FIELD_SOG; one && f < FIELD_COUNT; f++)
		one = is_timing((enum field)f) || is_its_own(s, &found, (enum field)f);
	if (!one)
		return;
	take_position(s, map, &found);
	take_fields(s, map, &found);
	span_copy(span_of(found.profile), map->profile, sizeof map->profile);
	map->order = found.order;
}

/* what the paths did not lead to, by last names; no column serves twice */
static void take_rest(struct search *s, struct column_map *map)
{
	struct column_map found;

	find_id(s, map);
	drop_strange(s, map);
	take_profile(s, map);
	find_position(s, map);
	if (has_position(map)) {
		detect_last(s, sees_object, object_of(s, map, FIELD_LAT), &found);
		take_motion(s, map, &found);
		take_fields(s, map, &found);
	}
	detect_last(s, sees_object, s->own, &found);
	take_fields(s, map, &found);
	detect_last(s, sees_related, s->own, &found);
	take_fields(s, map, &found);
	if (map->field[FIELD_TIME].column < 0)
		take_time(s->options, s->members, s->cells, map);
	map->imo_is_id = map->field[FIELD_MMSI].column < 0 && map->field[FIELD_IMO].column >= 0;
}

/* an MMSI beyond doubt, which no "id" is */
static bool is_mmsi_name(const struct column_options *options, struct arena *arena,
                         struct span last)
{
	const struct candidates *names = &options->aliases.field[FIELD_MMSI];
	struct span key = column_key(arena, last);

	for (size_t i = 0; i < names->count; i++) {
		struct span name = names->list[i].key;

		if (span_eq(key, name) &&
		    (memmem(name.ptr, name.len, "mmsi", 4) || span_eq(name, SPAN("ssvid"))))
			return true;
	}
	return false;
}

static void find_rivals(const struct search *s, const struct column_map *map,
                        struct json_rivals *rivals)
{
	const struct json_members *m = s->members;
	struct arena arena = {NULL, 0};

	if (is_users(s, FIELD_MMSI) || map->field[FIELD_MMSI].column < 0)
		return;
	for (size_t i = 0; i < m->count && rivals->count <= RIVALS_MAX; i++) {
		const struct flat_name *name = &m->names[i];

		if (span_eq(name->parent, s->own) || json_foreign(name->parent) ||
		    !is_mmsi_name(s->options, &arena, name->last))
			continue;
		if (rivals->count < RIVALS_MAX)
			rivals->value[rivals->count] = (uint16_t)i;
		rivals->count++;
	}
	arena_free(&arena);
}

enum status json_columns(const struct column_options *options, const struct json_members *members,
                         struct column_map *map, struct json_rivals *rivals, struct diag *diag)
{
	struct span *cells = mem_new(members->count + 1, sizeof *cells);
	struct search search = {options, members, cells, has_point(members), {NULL, 0}};
	enum status status;

	*rivals = (struct json_rivals){.count = 0};
	for (size_t i = 0; i < members->count; i++) {
		bool drop = is_geojson_type(&members->names[i], search.feature);

		cells[i] = drop ? (struct span){NULL, 0} : members->names[i].path;
	}
	status = detect(options, members, cells, map, diag);
	if ((status == ST_OK || status == ST_NO_FEED) && !by_profile(map)) {
		take_rest(&search, map);
		find_rivals(&search, map, rivals);
		for (size_t i = 0; i < members->count; i++)
			cells[i] = members->names[i].path;
		status = columns_check(map, NULL, cells, diag);
	}
	if (status == ST_OK && diag)
		diag->text[0] = '\0';
	free(cells);
	return status;
}

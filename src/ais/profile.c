/*
 * A profile is a JSON object, one to a file in data/profiles:
 *
 *   {
 *     "name": "example",                   shown in the ledger
 *     "title": "...", "source": "...",     for people: what it is and how we know
 *     "note": "...",                       added to the message when a needed column is missing
 *     "match": ["MMSI", "Time", ...],      the columns that must all be in the header
 *     "when": {"scaled": "false", ...},    JSON alone: what these (at most 12) must hold
 *     "day_first": true,                   d/m/y dates (false: m/d/y); absent: the data decide
 *     "fields": {
 *       "mmsi": "MMSI",
 *       "time": ["dt_pos_utc", "ts_pos_utc"],              the first that is present
 *       "sog": {"column": "SPEED", "divisor": 10},         tenths of a knot
 *       "cog": ["COG", {"column": "COURSE", "divisor": 10}]
 *     },
 *     "apostrophes": true,                 cells are guarded as report/csvtext.h does it; not in
 * JSON "ignore": ["created_at"]             columns that no field may take
 *   }
 *
 * Names are compared as column_key makes them. Of the profiles whose match columns are all present,
 * the one with the most of them is chosen, of equals the first by name. A field that the profile
 * does not find is looked for in the alias table (data/profiles/aliases.json, the same form without
 * match), among the columns that no field has taken yet. --map goes before both.
 *
 * The columns of a JSON record are its members, those of objects inside it by their path
 * ("MetaData.MMSI"), the elements of arrays by their index ("geometry.coordinates.0"). Conditions
 * are asked of the record, and where it has no such member of the input's context (the first
 * record, when that is no vessel's, as AISHub's {"FORMAT": "AIS"}). Each counts as one more match
 * column. A header has no values: a profile with conditions never fits one.
 */
#include "ais/profile.h"

#include "ais/profile_set.h"

static const enum field NEEDED[] = {FIELD_MMSI, FIELD_TIME, FIELD_LAT, FIELD_LON};
enum { NEEDED_COUNT = sizeof NEEDED / sizeof NEEDED[0] };

/* the column that a --map means; -1 when the header has none */
static int mapped_column(const struct user_map *map, const struct header_index *header)
{
	if (map->key.len)
		return header_find(header, map->key);
	return (size_t)map->number <= header->count ? map->number - 1 : -1;
}

static void clear_map(struct column_map *map, size_t columns)
{
	*map = (struct column_map){.columns = columns};
	for (int f = 0; f < FIELD_COUNT; f++)
		map->field[f] = (struct field_column){-1, 1};
}

static void fill_by_user(const struct column_options *options, const struct header_index *header,
                         struct column_map *map)
{
	for (int f = 0; f < FIELD_COUNT; f++) {
		const struct user_map *user = &options->maps[f];

		if (user->given)
			map->field[f] =
			    (struct field_column){mapped_column(user, header), user->divisor};
	}
}

static void fill_by_profile(const struct profile *p, const struct header_index *header,
                            struct column_map *map)
{
	for (int f = 0; f < FIELD_COUNT; f++) {
		const struct candidates *names = &p->field[f];

		for (size_t i = 0; i < names->count && map->field[f].column < 0; i++) {
			map->field[f].column = header_find(header, names->list[i].key);
			if (map->field[f].column >= 0)
				map->field[f].divisor = names->list[i].divisor;
		}
	}
}

static bool is_free(const struct column_map *map, int column)
{
	for (int f = 0; f < FIELD_COUNT; f++) {
		if (map->field[f].column == column)
			return false;
	}
	return true;
}

static bool is_ignored(const struct profile *p, const struct header_index *header, int column)
{
	for (size_t i = 0; p && i < p->ignore.count; i++) {
		if (header_find(header, p->ignore.list[i]) == column)
			return true;
	}
	return false;
}

/* fields still open, from columns that nothing has taken and the profile does not ignore */
static void fill_by_aliases(const struct profile *aliases, const struct profile *p,
                            const struct header_index *header, struct column_map *map)
{
	for (int f = 0; f < FIELD_COUNT; f++) {
		const struct candidates *names = &aliases->field[f];

		for (size_t i = 0; i < names->count && map->field[f].column < 0; i++) {
			int column = header_find(header, names->list[i].key);

			if (column >= 0 && is_free(map, column) && !is_ignored(p, header, column))
				map->field[f] =
				    (struct field_column){column, names->list[i].divisor};
		}
	}
}

/* a map by everything that is known, complete or not */
static void fill(const struct column_options *options, const struct profile *p,
                 const struct header_index *header, struct column_map *map)
{
	bool by_user = true;

	clear_map(map, header->count);
	fill_by_user(options, header, map);
	for (int i = 0; i < NEEDED_COUNT; i++)
		by_user = by_user && map->field[NEEDED[i]].column >= 0;
	if (p) {
		fill_by_profile(p, header, map);
		map->order = p->order;
		map->apostrophes = p->apostrophes;
	}
	fill_by_aliases(&options->aliases, p, header, map);
	map->imo_is_id = map->field[FIELD_MMSI].column < 0 && map->field[FIELD_IMO].column >= 0;
	span_copy(span_of(p         ? p->name
	                  : by_user ? "map"
	                            : "aliases"),
	          map->profile, sizeof map->profile);
}

/*
 * A column that --map gives by number says nothing of the row; the cell must then look like a name:
 * it begins with a letter, which no number or time does, and is no word for "nothing".
 */
static bool is_name(struct span cell)
{
	static const char *const nothing[] = {"nan", "none", "null", "unknown", "undefined"};
	char first;

	cell = span_trim(cell);
	first = cell.len ? cell.ptr[0] : '0';
	if (!(first >= 'A' && first <= 'Z') && !(first >= 'a' && first <= 'z') &&
	    (unsigned char)first < 0x80)
		return false;
	for (size_t i = 0; i < sizeof nothing / sizeof nothing[0]; i++) {
		if (span_eq_nocase(cell, span_of(nothing[i])))
			return false;
	}
	return true;
}

bool columns_is_header(const struct column_options *options, const struct span *cells, size_t count)
{
	static const enum field position[] = {FIELD_TIME, FIELD_LAT, FIELD_LON};
	struct column_map map;
	struct header_index header;
	struct profile_facts facts = {.record = NULL};
	bool all = true;

	header_open(&header, cells, count);
	fill(options, profile_choose(options, &header, &facts), &header, &map);
	header_close(&header);
	for (size_t i = 0; i < sizeof position / sizeof position[0]; i++) {
		const struct user_map *user = &options->maps[position[i]];
		int column = map.field[position[i]].column;
		bool by_number = user->given && !user->key.len;

		all = all && column >= 0 && (!by_number || is_name(cells[column]));
	}
	return all;
}

/* a --map or --profile that the header cannot serve */
static enum status check_user(const struct column_options *options,
                              const struct header_index *header, const struct span *cells,
                              const struct profile_facts *facts, struct diag *diag)
{
	const struct condition *condition;
	char names[240];
	char shown[60];

	header_names(cells, header->count, names, sizeof names);
	for (int f = 0; f < FIELD_COUNT; f++) {
		const struct user_map *map = &options->maps[f];

		if (!map->given || mapped_column(map, header) >= 0)
			continue;
		if (!map->key.len)
			return diag_set(diag, ST_USAGE, "--map %s=%d: only %zu columns found: %s",
			                field_name((enum field)f), map->number, header->count,
			                names);
		clean_text(map->name, shown, sizeof shown);
		return diag_set(
		    diag, ST_USAGE,
		    "--map %s=%s: the header has no column \"%s\"; columns found (%zu): %s",
		    field_name((enum field)f), shown, shown, header->count, names);
	}
	for (size_t i = 0; options->user.name && i < options->user.match.count; i++) {
		if (header_find(header, options->user.match.list[i]) >= 0)
			continue;
		clean_text(options->user.match.list[i], shown, sizeof shown);
		return diag_set(
		    diag, ST_NO_FEED,
		    "profile \"%.40s\" needs a column \"%s\", which the header does not "
		    "have; columns found (%zu): %s",
		    options->user.name, shown, header->count, names);
	}
	condition = options->user.name ? profile_unmet(facts, header, &options->user) : NULL;
	if (!condition)
		return ST_OK;
	clean_text(condition->value, shown, sizeof shown);
	return diag_set(
	    diag, ST_NO_FEED,
	    "profile \"%.40s\" needs \"%.40s\" where its \"when\" says so, and the input "
	    "does not have it",
	    options->user.name, shown);
}

/* which of the needed fields a map lacks; an IMO number can stand in for the MMSI */
static size_t find_missing(const struct column_map *map, enum field missing[NEEDED_COUNT])
{
	size_t n = 0;

	for (int i = 0; i < NEEDED_COUNT; i++) {
		if (map->field[NEEDED[i]].column < 0 &&
		    !(NEEDED[i] == FIELD_MMSI && map->imo_is_id))
			missing[n++] = NEEDED[i];
	}
	return n;
}

/* "mmsi, time and lat" */
static void list_fields(const enum field *fields, size_t count, char out[64])
{
	size_t at = 0;

	out[0] = '\0';
	for (size_t i = 0; i < count; i++) {
		const char *between = !i ? "" : i + 1 == count ? " and " : ", ";

		span_copy(span_of(between), out + at, 64 - at);
		at += strlen(out + at);
		span_copy(span_of(field_name(fields[i])), out + at, 64 - at);
		at += strlen(out + at);
	}
}

enum status columns_check(const struct column_map *map, const char *note, const struct span *cells,
                          struct diag *diag)
{
	enum field missing[NEEDED_COUNT];
	size_t count = find_missing(map, missing);
	char wanted[64];
	char names[200];
	char maps[100];

	if (!count)
		return ST_OK;
	list_fields(missing, count, wanted);
	header_names(cells, map->columns, names, sizeof names);
	if (note)
		return diag_set(diag, ST_NO_FEED,
		                "no column for %s (%.160s); columns found (%zu): %s", wanted, note,
		                map->columns, names);
	suggest_maps(missing, count, cells, map, maps, sizeof maps);
	return diag_set(diag, ST_NO_FEED,
	                "no column for %s; columns found (%zu): %s; say which is which, as in%s",
	                wanted, map->columns, names, maps);
}

static enum status detect(const struct column_options *options, const struct span *cells,
                          size_t count, const struct profile_facts *facts, struct column_map *map,
                          struct diag *diag)
{
	const struct profile *p;
	struct header_index header;
	enum status status;

	header_open(&header, cells, count);
	p = profile_choose(options, &header, facts);
	fill(options, p, &header, map);
	status = check_user(options, &header, cells, facts, diag);
	if (status == ST_OK)
		status = columns_check(map, p ? p->note : NULL, cells, diag);
	header_close(&header);
	return status;
}

enum status columns_detect(const struct column_options *options, const struct span *cells,
                           size_t count, struct column_map *map, struct diag *diag)
{
	struct profile_facts facts = {.record = NULL};

	return detect(options, cells, count, &facts, map, diag);
}

enum status columns_detect_record(const struct column_options *options,
                                  const struct column_values *record,
                                  const struct column_values *context, struct column_map *map,
                                  struct diag *diag)
{
	struct profile_facts facts = {.record = record, .context = context};
	enum status status;

	header_open(&facts.context_index, context ? context->names : NULL,
	            context ? context->count : 0);
	status = detect(options, record->names, record->count, &facts, map, diag);
	map->apostrophes = false;
	header_close(&facts.context_index);
	return status;
}

enum status columns_by_number(const struct column_options *options, size_t count,
                              struct column_map *map, struct diag *diag)
{
	enum field missing[NEEDED_COUNT];
	char wanted[64];
	size_t n;

	clear_map(map, count);
	span_copy(SPAN("map"), map->profile, sizeof map->profile);
	for (int f = 0; f < FIELD_COUNT; f++) {
		const struct user_map *user = &options->maps[f];

		if (!user->given || user->key.len)
			continue;
		if ((size_t)user->number > count)
			return diag_set(diag, ST_NO_FEED,
			                "--map %s=%d: the input has only %zu columns",
			                field_name((enum field)f), user->number, count);
		map->field[f] = (struct field_column){user->number - 1, user->divisor};
	}
	map->imo_is_id = map->field[FIELD_MMSI].column < 0 && map->field[FIELD_IMO].column >= 0;
	n = find_missing(map, missing);
	if (!n)
		return ST_OK;
	list_fields(missing, n, wanted);
	return diag_set(
	    diag, ST_NO_FEED,
	    "no header names the columns, and no --map gives the number of %s; expected "
	    "a header, or for example --map mmsi=1 --map time=2 --map lat=3 --map lon=4",
	    wanted);
}

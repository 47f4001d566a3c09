/*
 * A profile is a JSON object, one to a file in data/profiles:
 *
 *   {
 *     "name": "example",                   shown in the ledger
 *     "title": "...", "source": "...",     for people: what it is and how we know
 *     "note": "...",                       added to the message when a needed column is missing
 *     "match": ["MMSI", "Time", ...],      the columns that must all be in the header
 *     "day_first": true,                   d/m/y dates (false: m/d/y); absent: the data decide
 *     "fields": {
 *       "mmsi": "MMSI",
 *       "time": ["dt_pos_utc", "ts_pos_utc"],              the first that is present
 *       "sog": {"column": "SPEED", "divisor": 10},         tenths of a knot
 *       "cog": ["COG", {"column": "COURSE", "divisor": 10}]
 *     },
 *     "ignore": ["created_at"]             columns that no field may take
 *   }
 *
 * Names are compared as column_key makes them. Of the profiles whose match columns are all present,
 * the one with the most of them is chosen, of equals the first by name. A field that the profile
 * does not find is looked for in the alias table (data/profiles/aliases.json, the same form without
 * match), among the columns that no field has taken yet. --map goes before both.
 */
#include "ais/profile.h"

#include "ais/profile_set.h"

static const enum field NEEDED[] = {FIELD_MMSI, FIELD_TIME, FIELD_LAT, FIELD_LON};
enum { NEEDED_COUNT = sizeof NEEDED / sizeof NEEDED[0] };

static bool has_keys(const struct header *header, const struct profile *p)
{
	for (size_t i = 0; i < p->match.count; i++) {
		if (header_find(header, p->match.list[i]) < 0)
			return false;
	}
	return true;
}

static const struct profile *choose(const struct column_options *options,
                                    const struct header *header)
{
	const struct profile *best = NULL;

	if (options->user.name && has_keys(header, &options->user))
		return &options->user;
	for (size_t i = 0; i < options->count; i++) {
		const struct profile *p = &options->profiles[i];

		if ((!best || p->match.count > best->match.count) && has_keys(header, p))
			best = p;
	}
	return best;
}

/* the column that a --map means; -1 when the header has none */
static int mapped_column(const struct user_map *map, const struct header *header)
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

static void fill_by_user(const struct column_options *options, const struct header *header,
                         struct column_map *map)
{
	for (int f = 0; f < FIELD_COUNT; f++) {
		const struct user_map *user = &options->maps[f];

		if (user->given)
			map->field[f] =
			    (struct field_column){mapped_column(user, header), user->divisor};
	}
}

static void fill_by_profile(const struct profile *p, const struct header *header,
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

static bool is_ignored(const struct profile *p, const struct header *header, int column)
{
	for (size_t i = 0; p && i < p->ignore.count; i++) {
		if (header_find(header, p->ignore.list[i]) == column)
			return true;
	}
	return false;
}

/* fields still open, from columns that nothing has taken and the profile does not ignore */
static void fill_by_aliases(const struct profile *aliases, const struct profile *p,
                            const struct header *header, struct column_map *map)
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
                 const struct header *header, struct column_map *map)
{
	bool by_user = true;

	clear_map(map, header->count);
	fill_by_user(options, header, map);
	for (int i = 0; i < NEEDED_COUNT; i++)
		by_user = by_user && map->field[NEEDED[i]].column >= 0;
	if (p) {
		fill_by_profile(p, header, map);
		map->order = p->order;
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
	struct header header;
	bool all = true;

	header_open(&header, cells, count);
	fill(options, choose(options, &header), &header, &map);
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
static enum status check_user(const struct column_options *options, const struct header *header,
                              const struct span *cells, struct diag *diag)
{
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
	return ST_OK;
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

static enum status check_needed(const struct column_map *map, const struct profile *p,
                                const struct span *cells, struct diag *diag)
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
	if (p && p->note)
		return diag_set(diag, ST_NO_FEED,
		                "no column for %s (%.160s); columns found (%zu): %s", wanted,
		                p->note, map->columns, names);
	suggest_maps(missing, count, cells, map, maps, sizeof maps);
	return diag_set(diag, ST_NO_FEED,
	                "no column for %s; columns found (%zu): %s; say which is which, as in%s",
	                wanted, map->columns, names, maps);
}

enum status columns_detect(const struct column_options *options, const struct span *cells,
                           size_t count, struct column_map *map, struct diag *diag)
{
	const struct profile *p;
	struct header header;
	enum status status;

	header_open(&header, cells, count);
	p = choose(options, &header);
	fill(options, p, &header, map);
	status = check_user(options, &header, cells, diag);
	if (status == ST_OK)
		status = check_needed(map, p, cells, diag);
	header_close(&header);
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

/* What messages say of a header: it is foreign text, so it is cleaned and bounded first. */
#include <stdio.h>

#include "ais/profile_set.h"
#include "text/utf8.h"

enum { NAME_CHARS = 24, NAMES_MAX = 40 };

void clean_text(struct span text, char *out, size_t size)
{
	char clean[NAME_CHARS * UTF8_CHAR_SIZE];
	size_t n = utf8_clean(text, NAME_CHARS, clean);

	while (n > size - 1)
		n = utf8_fit((struct span){clean, n}, NAME_CHARS / 2).len;
	span_copy((struct span){clean, n}, out, size);
}

void header_names(const struct span *cells, size_t count, char *out, size_t size)
{
	size_t at = 0;
	size_t shown = 0;
	const size_t tail = sizeof ", and 1000000000 more";

	out[0] = '\0';
	for (; shown < count && shown < NAMES_MAX; shown++) {
		char name[NAME_CHARS * UTF8_CHAR_SIZE + 1];
		size_t length;

		clean_text(cells[shown], name, sizeof name);
		length = strlen(name);
		if (at + length + 4 + tail > size)
			break;
		at += (size_t)snprintf(out + at, size - at, "%s%s", shown ? ", " : "",
		                       length ? name : "\"\"");
	}
	if (shown < count)
		snprintf(out + at, size - at, "%s%zu more", shown ? ", and " : "", count - shown);
	else if (!count)
		span_copy(SPAN("none"), out, size);
}

/* parts of names that a field's column is likely to have, the likeliest first */
static const struct {
	enum field field;
	const char *parts[5];
} HINTS[] = {
    {FIELD_MMSI, {"mmsi", "vessel", "ship", "id", NULL}},
    {FIELD_TIME, {"time", "date", "utc", "stamp", NULL}},
    {FIELD_LAT, {"lat", "ycoord", "north", "y", NULL}},
    {FIELD_LON, {"lon", "lng", "xcoord", "east", "x"}},
};

static bool contains(struct span s, struct span part)
{
	for (size_t i = 0; i + part.len <= s.len; i++) {
		if (span_eq_nocase((struct span){s.ptr + i, part.len}, part))
			return true;
	}
	return false;
}

static bool is_taken(const struct column_map *map, size_t column)
{
	for (int f = 0; f < FIELD_COUNT; f++) {
		if (map->field[f].column == (int)column)
			return true;
	}
	return false;
}

/* the free column that is likeliest to hold a field: by its name; map->columns if none */
static size_t guess(enum field field, const struct span *cells, const struct column_map *map)
{
	for (size_t h = 0; h < sizeof HINTS / sizeof HINTS[0]; h++) {
		for (size_t i = 0; HINTS[h].field == field && i < 5 && HINTS[h].parts[i]; i++) {
			for (size_t c = 0; c < map->columns; c++) {
				if (!is_taken(map, c) &&
				    contains(cells[c], span_of(HINTS[h].parts[i])))
					return c;
			}
		}
	}
	return map->columns;
}

/* short names that a shell takes as they are, and that are no numbers */
static bool is_plain(struct span s)
{
	bool letter = false;

	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		letter = letter || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') &&
		    c != '_')
			return false;
	}
	return letter && s.len <= 16;
}

void suggest_maps(const enum field *missing, size_t count, const struct span *cells,
                  const struct column_map *map, char *out, size_t size)
{
	struct column_map seen = *map;
	size_t at = 0;

	out[0] = '\0';
	for (size_t i = 0; i < count && at + 40 < size; i++) {
		size_t column = guess(missing[i], cells, &seen);
		const char *field = field_name(missing[i]);

		if (column < map->columns)
			seen.field[missing[i]].column = (int)column;
		if (column == map->columns)
			at += (size_t)snprintf(out + at, size - at, " --map %s=COLUMN", field);
		else if (is_plain(cells[column]))
			at += (size_t)snprintf(out + at, size - at, " --map %s=%.*s", field,
			                       (int)cells[column].len, cells[column].ptr);
		else
			at += (size_t)snprintf(out + at, size - at, " --map %s=%zu", field,
			                       column + 1);
	}
}

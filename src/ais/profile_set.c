#include "ais/profile_set.h"

#include <math.h>
#include <stdlib.h>

#include "text/json.h"

enum { KEY_SIZE = 120 };

static const struct {
	const char *name;
	bool scales;
} FIELDS[FIELD_COUNT] = {
    [FIELD_MMSI] = {"mmsi", false},
    [FIELD_TIME] = {"time", false},
    [FIELD_LAT] = {"lat", true},
    [FIELD_LON] = {"lon", true},
    [FIELD_SOG] = {"sog", true},
    [FIELD_COG] = {"cog", true},
    [FIELD_HEADING] = {"heading", true},
    [FIELD_NAV_STATUS] = {"nav_status", false},
    [FIELD_NAME] = {"name", false},
    [FIELD_CALLSIGN] = {"callsign", false},
    [FIELD_IMO] = {"imo", false},
    [FIELD_TYPE] = {"type", false},
    [FIELD_CLASS] = {"class", false},
    [FIELD_SOURCE] = {"source", false},
    [FIELD_STATION] = {"station", false},
    [FIELD_MSG_TYPE] = {"msg_type", false},
    [FIELD_MILLISECOND] = {"millisecond", true},
    [FIELD_SECOND] = {"second", false},
};

const char *field_name(enum field field)
{
	return FIELDS[field].name;
}

bool field_scales(enum field field)
{
	return FIELDS[field].scales;
}

enum field field_find(struct span name)
{
	int f = 0;

	while (f < FIELD_COUNT && !span_eq_nocase(name, span_of(FIELDS[f].name)))
		f++;
	return (enum field)f;
}

const char *field_list(void)
{
	return "mmsi time lat lon sog cog heading nav_status name callsign imo type class source "
	       "station msg_type millisecond second";
}

/* what is dropped from a name; *width is how many bytes it takes */
static bool is_dropped(struct span rest, size_t *width)
{
	static const char singles[] = " \t\r\n\v\f_.#-()[]\"'";

	*width = 1;
	if (rest.ptr[0] && strchr(singles, rest.ptr[0]))
		return true;
	*width = 3;
	if (span_starts(rest, SPAN("\xEF\xBB\xBF"))) /* byte order mark */
		return true;
	*width = 2;
	return span_starts(rest, SPAN("\xC2\xA0")); /* no-break space */
}

struct span column_key(struct arena *arena, struct span name)
{
	char key[KEY_SIZE];
	size_t n = 0;

	while (name.len) {
		size_t width;
		char c = name.ptr[0];

		if (!is_dropped(name, &width)) {
			if (n == sizeof key)
				return (struct span){NULL, 0};
			width = 1;
			key[n++] = c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
		}
		name.ptr += width;
		name.len -= width;
	}
	return arena_span(arena, (struct span){key, n});
}

/* by key, then by column, so that the first of equal names is found */
static int cell_cmp(const void *a, const void *b)
{
	const struct header_cell *x = a;
	const struct header_cell *y = b;
	int order = span_cmp(x->key, y->key);

	return order ? order : (x->column > y->column) - (x->column < y->column);
}

void header_open(struct header_index *header, const struct span *cells, size_t count)
{
	*header = (struct header_index){.count = count};
	header->cells = arena_new(&header->arena, (count + 1) * sizeof *header->cells);
	for (size_t i = 0; i < count; i++) {
		header->cells[i].key = column_key(&header->arena, cells[i]);
		header->cells[i].column = (int)i;
	}
	qsort(header->cells, count, sizeof *header->cells, cell_cmp);
}

void header_close(struct header_index *header)
{
	arena_free(&header->arena);
}

int header_find(const struct header_index *header, struct span key)
{
	size_t low = 0;
	size_t high = header->count;

	while (key.len && low < high) {
		size_t middle = low + (high - low) / 2;

		if (span_cmp(header->cells[middle].key, key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (!key.len || low == header->count || !span_eq(header->cells[low].key, key))
		return -1;
	return header->cells[low].column;
}

/* "NAME" or ["NAME", ...] as keys */
static enum status read_keys(const struct json *v, const char *member, struct arena *arena,
                             struct keys *keys, struct diag *diag)
{
	keys->list = arena_new(arena, (json_count(v) + 1) * sizeof *keys->list);
	for (const struct json *e = json_first(v); e; e = json_next(e)) {
		struct span key = column_key(arena, json_string(e));

		if (!key.len)
			return diag_set(diag, ST_USAGE, "\"%s\": expected a list of column names",
			                member);
		keys->list[keys->count++] = key;
	}
	return ST_OK;
}

/* {"NAME": "VALUE", ...} */
static enum status read_when(const struct json *v, struct arena *arena, struct conditions *when,
                             struct diag *diag)
{
	if (v && !json_is_object(v))
		return diag_set(diag, ST_USAGE,
		                "\"when\": expected an object of names and the texts they hold");
	if (json_count(v) > CONDITIONS_MAX)
		return diag_set(diag, ST_USAGE, "\"when\": expected at most %d members, not %zu",
		                CONDITIONS_MAX, json_count(v));
	when->list = arena_new(arena, (json_count(v) + 1) * sizeof *when->list);
	for (const struct json *e = json_first(v); e; e = json_next(e)) {
		struct span key = column_key(arena, span_of(json_name(e)));
		struct span value = span_trim(json_string(e));

		if (!key.len || !value.len)
			return diag_set(
			    diag, ST_USAGE,
			    "\"when\": \"%.40s\": expected a name and, as a string, the "
			    "text it holds",
			    json_name(e));
		when->list[when->count++] = (struct condition){key, arena_span(arena, value)};
	}
	return ST_OK;
}

/* adds the names of one value: a string, a list of values, or {"column": value, "divisor": number}
 */
static enum status add_candidates(const struct json *v, enum field field, double divisor, int depth,
                                  struct arena *arena, struct candidates *out, struct diag *diag)
{
	struct span name = json_string(v);

	if (name.ptr) {
		out->list[out->count++] = (struct candidate){column_key(arena, name), divisor};
		return ST_OK;
	}
	if (depth < 3 && json_is_array(v)) {
		for (const struct json *e = json_first(v); e; e = json_next(e)) {
			enum status status =
			    add_candidates(e, field, divisor, depth + 1, arena, out, diag);

			if (status != ST_OK)
				return status;
		}
		return ST_OK;
	}
	if (depth < 3 && json_is_object(v) && json_get(v, "column")) {
		const struct json *d = json_get(v, "divisor");

		if (d && (!field_scales(field) || !json_number(d, &divisor) || !isfinite(divisor) ||
		          divisor == 0))
			return diag_set(
			    diag, ST_USAGE,
			    "\"divisor\" of \"%s\": expected a number other than 0, and "
			    "a field that is a number",
			    field_name(field));
		return add_candidates(json_get(v, "column"), field, divisor, depth + 1, arena, out,
		                      diag);
	}
	return diag_set(
	    diag, ST_USAGE,
	    "field \"%s\": expected a column name, a list of them, or {\"column\": ..., "
	    "\"divisor\": ...}",
	    field_name(field));
}

/* how many names a value can hold at most */
static size_t names_in(const struct json *v, int depth)
{
	size_t n = 1;

	if (depth < 4 && (json_is_array(v) || json_is_object(v))) {
		for (const struct json *e = json_first(v); e; e = json_next(e))
			n += names_in(e, depth + 1);
	}
	return n;
}

static enum status read_fields(const struct json *v, struct arena *arena, struct profile *profile,
                               struct diag *diag)
{
	for (const struct json *e = json_first(v); e; e = json_next(e)) {
		enum field field = field_find(span_of(json_name(e)));
		struct candidates *out;
		enum status status;

		if (field == FIELD_COUNT)
			return diag_set(diag, ST_USAGE,
			                "\"fields\": unknown field \"%.40s\"; the "
			                "fields are %s",
			                json_name(e), field_list());
		out = &profile->field[field];
		out->list = arena_new(arena, names_in(e, 0) * sizeof *out->list);
		out->count = 0;
		status = add_candidates(e, field, 1, 0, arena, out, diag);
		if (status != ST_OK)
			return status;
	}
	return ST_OK;
}

static bool is_member(struct span name)
{
	static const char *const known[] = {"name", "title",     "source",      "note",   "match",
	                                    "when", "day_first", "apostrophes", "fields", "ignore"};

	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		if (span_eq(name, span_of(known[i])))
			return true;
	}
	return false;
}

/* a misspelt member would otherwise be passed over in silence */
static enum status check_members(const struct json *doc, struct diag *diag)
{
	if (!json_is_object(doc))
		return diag_set(diag, ST_USAGE, "expected a JSON object");
	for (const struct json *e = json_first(doc); e; e = json_next(e)) {
		if (!is_member(span_of(json_name(e))))
			return diag_set(diag, ST_USAGE,
			                "unknown member \"%.20s\"; the members are name, title, "
			                "source, note, match, when, day_first, apostrophes, "
			                "fields, ignore",
			                json_name(e));
	}
	return ST_OK;
}

/* true or false; *flag is untouched when the member is not there */
static enum status read_flag(const struct json *doc, const char *name, bool *flag,
                             struct diag *diag)
{
	const struct json *member = json_get(doc, name);

	if (member && !json_bool(member, flag))
		return diag_set(diag, ST_USAGE, "\"%s\": expected true or false", name);
	return ST_OK;
}

static enum status read_members(const struct json *doc, bool is_alias_table, struct arena *arena,
                                struct profile *p, struct diag *diag)
{
	struct span note = json_string(json_get(doc, "note"));
	bool day_first = false;
	enum status status = check_members(doc, diag);

	if (status == ST_OK)
		status = read_keys(json_get(doc, "match"), "match", arena, &p->match, diag);
	if (status == ST_OK)
		status = read_when(json_get(doc, "when"), arena, &p->when, diag);
	if (status == ST_OK)
		status = read_keys(json_get(doc, "ignore"), "ignore", arena, &p->ignore, diag);
	if (status == ST_OK)
		status = read_fields(json_get(doc, "fields"), arena, p, diag);
	if (status == ST_OK)
		status = read_flag(doc, "day_first", &day_first, diag);
	if (status == ST_OK)
		status = read_flag(doc, "apostrophes", &p->apostrophes, diag);
	if (status != ST_OK)
		return status;
	if (!json_string(json_get(doc, "name")).len)
		return diag_set(diag, ST_USAGE, "\"name\": expected the profile's name");
	if (!p->match.count && !is_alias_table)
		return diag_set(diag, ST_USAGE,
		                "\"match\": expected the columns by which the export "
		                "is known");
	p->name = arena_string(arena, json_string(json_get(doc, "name")));
	p->note = note.len ? arena_string(arena, note) : NULL;
	if (json_get(doc, "day_first"))
		p->order = day_first ? WHEN_DAY_FIRST : WHEN_MONTH_FIRST;
	return ST_OK;
}

enum status profile_read(struct span text, bool is_alias_table, struct arena *arena,
                         struct profile *profile, struct diag *diag)
{
	struct json *doc;
	enum status status = json_parse(text, &doc, diag);

	*profile = (struct profile){.name = NULL};
	if (status != ST_OK)
		return status;
	status = read_members(doc, is_alias_table, arena, profile, diag);
	json_free(doc);
	return status;
}

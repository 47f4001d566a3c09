#include "geo/area.h"

#include <math.h>
#include <stdlib.h>

#include "base/embed.h"
#include "base/mem.h"
#include "base/utc.h"
#include "geo/area_set.h"

/* no merchant ship of interest is faster, so this far it can have come while unheard */
static const double OPEN_SEA_KN = 35.0;

static const struct {
	const char *name;
	const char *file; /* below data/ */
} BUILTIN[] = {
    {"vladivostok", "areas/vladivostok.geojson"},
    {"caspian", "areas/caspian.geojson"},
};

enum { BUILTIN_COUNT = sizeof BUILTIN / sizeof *BUILTIN };

struct areas *areas_new(void)
{
	return mem_new(1, sizeof(struct areas));
}

static void free_area(struct area *area)
{
	polygons_free(&area->polygons);
	shape_free(area->shape);
}

void areas_truncate(struct areas *areas, size_t count)
{
	while (areas->count > count)
		free_area(&areas->items[--areas->count]);
}

void areas_free(struct areas *areas)
{
	if (!areas)
		return;
	areas_truncate(areas, 0);
	free(areas->items);
	free(areas);
}

/* Table 3-7 of the Unicode Standard: the second byte's range excludes overlong forms and surrogates
 */
static size_t utf8_length(const unsigned char *s, size_t len)
{
	size_t n = s[0] < 0x80 ? 1 : s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : 4;
	unsigned low = s[0] == 0xE0 ? 0xA0 : s[0] == 0xF0 ? 0x90 : 0x80;
	unsigned high = s[0] == 0xED ? 0x9F : s[0] == 0xF4 ? 0x8F : 0xBF;

	if (n == 1)
		return 1;
	if (s[0] < 0xC2 || s[0] > 0xF4 || n > len || s[1] < low || s[1] > high)
		return 0;
	for (size_t i = 2; i < n; i++) {
		if ((s[i] & 0xC0) != 0x80)
			return 0;
	}
	return n;
}

static bool is_control(const unsigned char *s)
{
	return s[0] < 0x20 || s[0] == 0x7F || (s[0] == 0xC2 && s[1] < 0xA0);
}

enum status area_set_name(struct area *area, struct span name, struct diag *why)
{
	const unsigned char *s = (const unsigned char *)name.ptr;

	if (!name.len || name.len > AREA_NAME_MAX)
		return diag_set(why, ST_USAGE, "a name of %zu bytes; expected 1 to %d", name.len,
		                AREA_NAME_MAX);
	for (size_t i = 0, n; i < name.len; i += n) {
		n = utf8_length(s + i, name.len - i);
		if (!n || is_control(s + i) || s[i] == ';')
			return diag_set(why, ST_USAGE,
			                "byte %zu of the name cannot be in a name; expected UTF-8 "
			                "without control characters and ';'",
			                i + 1);
	}
	span_copy(name, area->name, sizeof area->name);
	return ST_OK;
}

static enum status check_new(const struct areas *areas, const struct area *area, struct diag *why)
{
	if (areas->count >= AREAS_MAX)
		return diag_set(why, ST_USAGE, "one area too many; expected at most %d", AREAS_MAX);
	for (size_t i = 0; i < areas->count; i++) {
		if (strcmp(areas->items[i].name, area->name) == 0)
			return diag_set(why, ST_USAGE,
			                "a second area named \"%s\"; expected each name once",
			                area->name);
	}
	if (polygons_fraction(&area->polygons) > 0.5)
		return diag_set(why, ST_USAGE,
		                "more than half of the earth; expected less than a hemisphere");
	return ST_OK;
}

enum status areas_push(struct areas *areas, struct area *area, struct diag *why)
{
	enum status status = check_new(areas, area, why);
	struct diag reason;

	if (!status) {
		area->shape = shape_new(&area->polygons, &reason);
		if (!area->shape)
			status = diag_set(why, ST_USAGE,
			                  "%s; expected rings that do not cross themselves or one "
			                  "another, holes inside",
			                  reason.text);
	}
	if (status) {
		free_area(area);
		return status;
	}
	areas->items =
	    mem_grow(areas->items, &areas->cap, areas->count + 1, 4, sizeof *areas->items);
	areas->items[areas->count++] = *area;
	return ST_OK;
}

static bool ends_with(struct span s, struct span end)
{
	return s.len >= end.len &&
	       span_eq_nocase((struct span){s.ptr + s.len - end.len, end.len}, end);
}

static bool names_file(struct span spec)
{
	return ends_with(spec, SPAN(".geojson")) || ends_with(spec, SPAN(".json")) ||
	       (spec.len && memchr(spec.ptr, '/', spec.len));
}

static void mark_builtin(struct areas *areas, size_t from)
{
	for (size_t i = from; i < areas->count; i++)
		areas->items[i].builtin = true;
}

static enum status read_builtin(struct areas *areas, size_t i, struct diag *diag)
{
	struct span text = embed_find(BUILTIN[i].file);

	if (!text.ptr)
		return diag_set(diag, ST_FAILED, "%s: not compiled in", BUILTIN[i].file);
	return areas_read_text(areas, text, BUILTIN[i].file, span_of(BUILTIN[i].name), diag);
}

static enum status add_builtin(struct areas *areas, size_t i, struct diag *diag)
{
	size_t before = areas->count;
	enum status status = read_builtin(areas, i, diag);

	mark_builtin(areas, before);
	return status;
}

static enum status read_unknown(const char *spec, struct diag *diag)
{
	char names[128] = "";
	size_t used = 0;

	for (size_t i = 0; i < BUILTIN_COUNT; i++) {
		if (i)
			span_copy(SPAN(", "), names + used, sizeof names - used);
		used = strlen(names);
		span_copy(span_of(BUILTIN[i].name), names + used, sizeof names - used);
		used = strlen(names);
	}
	return diag_set(diag, ST_USAGE,
	                "unknown area \"%.100s\"; expected a built-in area (%s), a file "
	                "(FILE.geojson, ./FILE) or a circle (LAT,LON,NM, such as 42.5,133,200)",
	                spec, names);
}

static enum status read_spec(struct areas *areas, const char *spec, struct diag *diag)
{
	for (size_t i = 0; i < BUILTIN_COUNT; i++) {
		if (strcmp(spec, BUILTIN[i].name) == 0)
			return add_builtin(areas, i, diag);
	}
	if (names_file(span_of(spec)))
		return areas_read_file(areas, spec, diag);
	if (strchr(spec, ','))
		return areas_read_circle(areas, spec, diag);
	return read_unknown(spec, diag);
}

enum status areas_add(struct areas *areas, const char *spec, int64_t min_gap_ms, struct diag *diag)
{
	size_t before = areas->count;
	enum status status = read_spec(areas, spec, diag);
	double least_nm = OPEN_SEA_KN * (double)min_gap_ms / (double)HOUR_MS;

	if (status)
		areas_truncate(areas, before);
	for (size_t i = before; i < areas->count; i++) {
		if (!areas->items[i].closed)
			areas->items[i].margin_nm = fmax(areas->items[i].margin_nm, least_nm);
	}
	return status;
}

size_t areas_count(const struct areas *areas)
{
	return areas->count;
}

const char *areas_name(const struct areas *areas, size_t i)
{
	return areas->items[i].name;
}

double areas_margin_nm(const struct areas *areas, size_t i)
{
	return areas->items[i].margin_nm;
}

bool areas_closed(const struct areas *areas, size_t i)
{
	return areas->items[i].closed;
}

bool areas_builtin(const struct areas *areas, size_t i)
{
	return areas->items[i].builtin;
}

bool areas_contain(const struct areas *areas, size_t i, double lat_deg, double lon_deg)
{
	return shape_covers(areas->items[i].shape, lat_deg, lon_deg);
}

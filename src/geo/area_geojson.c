/* An area as text: one GeoJSON feature. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "geo/area_set.h"

struct text {
	char *ptr;
	size_t len;
	size_t cap;
};

static void put(struct text *t, const char *s, size_t len)
{
	t->ptr = mem_grow(t->ptr, &t->cap, t->len + len + 1, 4096, 1);
	memcpy(t->ptr + t->len, s, len);
	t->len += len;
	t->ptr[t->len] = '\0';
}

static void put_text(struct text *t, const char *s)
{
	put(t, s, strlen(s));
}

/* the shortest text that reads back as the same number; "43" rather than "43.0", no "-0" */
static void put_number(struct text *t, double value)
{
	char text[NUM_TEXT_SIZE];
	struct span s = {text, (size_t)num_repr(value + 0.0, text)};

	if (s.len > 2 && s.ptr[s.len - 2] == '.' && s.ptr[s.len - 1] == '0')
		s.len -= 2;
	put(t, s.ptr, s.len);
}

/* a name holds no control characters, so only these two need escapes (RFC 8259, section 7) */
static void put_name(struct text *t, const char *name)
{
	put_text(t, "\"");
	for (; *name; name++) {
		if (*name == '"' || *name == '\\')
			put_text(t, "\\");
		put(t, name, 1);
	}
	put_text(t, "\"");
}

static void put_positions(struct text *t, const double (*lonlat)[2], size_t n)
{
	put_text(t, "[");
	for (size_t i = 0; i < n; i++) {
		put_text(t, i ? ",[" : "[");
		put_number(t, lonlat[i][0]);
		put_text(t, ",");
		put_number(t, lonlat[i][1]);
		put_text(t, "]");
	}
	put_text(t, "]");
}

/* "[ring,hole],[ring]": a new polygon at each ring that is no hole */
static void put_polygons(struct text *t, const struct polygons *p)
{
	for (size_t i = 0; i < p->ring_count; i++) {
		if (p->rings[i].hole)
			put_text(t, ",");
		else
			put_text(t, i ? "],[" : "[");
		put_positions(t, (const double(*)[2])p->corners + p->rings[i].first,
		              p->rings[i].count);
	}
	put_text(t, "]");
}

/* longitudes run on past 180 where a ring crosses the antimeridian: maps then draw it whole */
char *areas_geojson(const struct areas *areas, size_t i)
{
	const struct area *area = &areas->items[i];
	bool several = polygons_count(&area->polygons) > 1;
	struct text t = {0};

	put_text(&t, "{\"type\":\"Feature\",\"properties\":{\"name\":");
	put_name(&t, area->name);
	put_text(&t, ",\"margin_nm\":");
	put_number(&t, area->margin_nm);
	put_text(&t, area->closed ? ",\"closed_sea\":true" : ",\"closed_sea\":false");
	if (area->exit_count) {
		put_text(&t, ",\"exits\":");
		put_positions(&t, (const double(*)[2])area->exits, area->exit_count);
	}
	put_text(&t, "},\"geometry\":{\"type\":");
	put_text(&t,
	         several ? "\"MultiPolygon\",\"coordinates\":[" : "\"Polygon\",\"coordinates\":");
	put_polygons(&t, &area->polygons);
	put_text(&t, several ? "]}}" : "}}");
	return t.ptr;
}

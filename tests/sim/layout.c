#include "layout.h"

#include <stddef.h>
#include <string.h>

static const struct layout *const layouts[] = {
    &layout_noaa2018, &layout_noaa2015,       &layout_noaa2025, &layout_danish,
    &layout_norway,   &layout_marinetraffic,  &layout_aisdaily, &layout_vesselfinder,
    &layout_gfw,      &layout_helcom,         &layout_amsa,     &layout_korea,
    &layout_piraeus,  &layout_piraeus_zenodo, &layout_brest,
};

enum { LAYOUTS = sizeof(layouts) / sizeof(*layouts) };

const struct layout *layout_at(int64_t index)
{
	return index >= 0 && index < LAYOUTS ? layouts[index] : NULL;
}

int64_t layout_named(const char *name)
{
	int64_t i;

	for (i = 0; i < LAYOUTS; i++)
		if (strcmp(layouts[i]->name, name) == 0)
			return i;
	return -1;
}

void layout_header(const struct layout *l, struct out *o)
{
	const struct column *c;

	out_text(o, l->preamble);
	for (c = l->columns; c->name; c++) {
		if (c != l->columns)
			out_char(o, l->separator);
		out_text(o, c->name);
	}
	out_char(o, '\n');
}

static void write_row(const struct layout *l, struct out *o, const struct row *row)
{
	const struct column *c;

	for (c = l->columns; c->name; c++) {
		if (c != l->columns)
			out_char(o, l->separator);
		c->put(o, row);
	}
	out_char(o, '\n');
	out_row_end(o);
}

/* in layouts that have them, about one report in 20 is followed by a static one without position */
static void write_static_row(const struct layout *l, struct out *o, const struct row *row)
{
	struct report r = *row->r;
	struct row bare = {&r, row->who, row->kind};

	if (rng_hash((uint64_t)row->who->mmsi, (uint64_t)r.t, 51) % 20 != 0)
		return;
	r.message = row->kind == CLASS_A ? 5 : 24;
	r.p.lat = NO_LAT;
	r.p.lon = NO_LON;
	r.sog = NO_SOG;
	r.cog = NO_COG;
	r.heading = NO_HEADING;
	write_row(l, o, &bare);
}

void layout_row(const struct layout *l, struct out *o, const struct row *row)
{
	write_row(l, o, row);
	if (l->static_rows)
		write_static_row(l, o, row);
}

#include "layout.h"

#include <stddef.h>
#include <string.h>

static const struct layout *const layouts[] = {
    &layout_noaa2018,    &layout_noaa2015,       &layout_noaa2025,
    &layout_danish,      &layout_norway,         &layout_marinetraffic,
    &layout_aisdaily,    &layout_vesselfinder,   &layout_gfw,
    &layout_helcom,      &layout_amsa,           &layout_korea,
    &layout_piraeus,     &layout_piraeus_zenodo, &layout_brest,
    &layout_aisstream,   &layout_aiscatcher,     &layout_marinetraffic_json,
    &layout_digitraffic, &layout_nmea,           &layout_nmea_bare,
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

void layout_begin(const struct layout *l, struct out *o)
{
	if (l->writer->begin)
		l->writer->begin(l, o);
	out_row_end(o);
}

void layout_end(const struct layout *l, struct out *o)
{
	if (l->writer->end)
		l->writer->end(l, o);
	out_row_end(o);
}

/*
 * About one report in 20 is followed by a static one. Where identity stands nowhere else, the first
 * report that other layouts identify is followed by one too, so that all layouts tell a ship's name
 * from the same moment on.
 */
static bool static_due(const struct layout *l, const struct row *row)
{
	bool chance = rng_hash((uint64_t)row->who->mmsi, (uint64_t)row->r->t, 51) % 20 == 0;

	switch (l->statics) {
	case STATICS_BARE:
		return chance;
	case STATICS_SENT:
		return row->kind <= CLASS_B_CS && row->r->identified &&
		       (chance || row->r->introduced);
	case STATICS_NONE:
		break;
	}
	return false;
}

static void write_static_row(const struct layout *l, struct out *o, const struct row *row)
{
	struct report r = *row->r;
	struct row bare = *row;

	bare.r = &r;
	r.message = row->kind == CLASS_A ? 5 : 24;
	if (l->statics == STATICS_BARE) {
		r.p.lat = NO_LAT;
		r.p.lon = NO_LON;
		r.sog = NO_SOG;
		r.cog = NO_COG;
		r.heading = NO_HEADING;
	}
	l->writer->row(l, o, &bare);
}

void layout_row(const struct layout *l, struct out *o, const struct row *row)
{
	l->writer->row(l, o, row);
	out_row_end(o);
	if (!static_due(l, row))
		return;
	write_static_row(l, o, row);
	out_row_end(o);
}

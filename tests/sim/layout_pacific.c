/* AMSA craft tracking (Australia) and the Korean ministry of oceans. */
#include "cells.h"

#include <stddef.h>

static void put_eleven(struct out *o, int64_t v, int decimals)
{
	static const char zeros[] = "00000000000";

	out_fixed(o, v, decimals);
	out_text(o, zeros + decimals);
}

/* AMSA masks identities by negative numbers: here the MMSI with its sign turned */
static void put_craft(struct out *o, const struct row *row)
{
	out_int(o, -row->who->mmsi);
	out_text(o, ".00000000000");
}

static void put_long_lon(struct out *o, const struct row *row)
{
	put_eleven(o, row->r->p.lon, 6);
}

static void put_long_lat(struct out *o, const struct row *row)
{
	put_eleven(o, row->r->p.lat, 6);
}

static void put_long_cog(struct out *o, const struct row *row)
{
	put_eleven(o, row->r->cog, 1);
}

static void put_long_sog(struct out *o, const struct row *row)
{
	put_eleven(o, row->r->sog, 1);
}

static void put_long_draft(struct out *o, const struct row *row)
{
	put_eleven(o, row->who->draft_dm, 1);
}

static void put_type_text(struct out *o, const struct row *row)
{
	static const char *const by_tens[10] = {
	    "unknown code 0", "unknown code 0", "WIG",    "Fishing", "High speed craft", "Tug",
	    "Passenger ship", "Cargo ship",     "Tanker", "Other"};

	out_text(o, by_tens[row->who->type / 10 % 10]);
}

static void put_quoted_length(struct out *o, const struct row *row)
{
	out_char(o, '"');
	put_length(o, row);
	out_char(o, '"');
}

static void put_quoted_width(struct out *o, const struct row *row)
{
	out_char(o, '"');
	put_width(o, row);
	out_char(o, '"');
}

static void put_time_ampm(struct out *o, const struct row *row)
{
	out_time(o, row->r->t, TIME_AMPM);
}

static const struct column amsa[] = {
    {"X", put_lon6},
    {"Y", put_lat6},
    {"Z", put_zero},
    {"CRAFT_ID", put_craft},
    {"LON", put_long_lon},
    {"LAT", put_long_lat},
    {"COURSE", put_long_cog},
    {"SPEED", put_long_sog},
    {"TYPE", put_type_text},
    {"SUBTYPE", put_nothing},
    {"LENGTH", put_quoted_length},
    {"BEAM", put_quoted_width},
    {"DRAUGHT", put_long_draft},
    {"TIMESTAMP", put_time_ampm},
    {NULL, NULL},
};
const struct layout layout_amsa = {
    .name = "amsa",
    .about = "AMSA craft tracking, CSV",
    .writer = &csv_writer,
    .separator = ',',
    .columns = amsa,
};

/* time, latitude and longitude are in Korean; two lines of text stand before the header */
static const struct column korea[] = {
    {"MMSI", put_mmsi}, {"일시", put_time_space}, {"위도", put_lat6},       {"경도", put_lon6},
    {"SOG", put_sog},   {"COG", put_cog},         {"Heading", put_heading}, {NULL, NULL},
};
const struct layout layout_korea = {
    .name = "korea",
    .about = "Korean ministry of oceans, CSV",
    .writer = &csv_writer,
    .separator = ',',
    .preamble = "\xef\xbb\xbfSimulated AIS dynamic data\nno real ships\n",
    .columns = korea,
};

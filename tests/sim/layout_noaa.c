/* NOAA / BOEM MarineCadastre: 2015-2017, 2018-2024 and 2025 on. */
#include "cells.h"

#include <stddef.h>

static void put_status_text(struct out *o, const struct row *row)
{
	static const char *const text[16] = {[NAV_ENGINE] = "under way using engine",
	                                     [NAV_ANCHOR] = "at anchor",
	                                     [NAV_MOORED] = "moored",
	                                     [NAV_FISHING] = "engaged in fishing",
	                                     [NAV_UNDEFINED] = "undefined"};

	out_text(o, text[row->r->nav]);
}

/* the US Coast Guard's own codes of those years, 1001 to 1025 */
static void put_old_type(struct out *o, const struct row *row)
{
	static const int16_t by_tens[10] = {0, 0, 0, 1019, 0, 1025, 1012, 1004, 1024, 0};
	int type = row->who->type;

	if (row->r->identified)
		out_int(o, type == 30 ? 1001 : by_tens[type / 10 % 10]);
}

static void put_cargo(struct out *o, const struct row *row)
{
	if (row->who->type >= 70 && row->r->identified)
		out_int(o, row->who->type);
}

static const struct column columns_2015[] = {
    {"MMSI", put_mmsi},
    {"BaseDateTime", put_time_t},
    {"LAT", put_lat5},
    {"LON", put_lon5},
    {"SOG", put_sog},
    {"COG", put_cog},
    {"Heading", put_heading_decimal},
    {"VesselName", put_name},
    {"IMO", put_imo_prefixed},
    {"CallSign", put_call},
    {"VesselType", put_old_type},
    {"Status", put_status_text},
    {"Length", put_length},
    {"Width", put_width},
    {"Draft", put_draft},
    {"Cargo", put_cargo},
    {NULL, NULL},
};
const struct layout layout_noaa2015 = {
    .name = "noaa2015",
    .about = "NOAA MarineCadastre 2015 to 2017, CSV",
    .writer = &csv_writer,
    .separator = ',',
    .columns = columns_2015,
};

static const struct column columns_2018[] = {
    {"MMSI", put_mmsi},
    {"BaseDateTime", put_time_t},
    {"LAT", put_lat5},
    {"LON", put_lon5},
    {"SOG", put_sog},
    {"COG", put_cog},
    {"Heading", put_heading_decimal},
    {"VesselName", put_name},
    {"IMO", put_imo_prefixed},
    {"CallSign", put_call},
    {"VesselType", put_type},
    {"Status", put_nav_or_empty},
    {"Length", put_length},
    {"Width", put_width},
    {"Draft", put_draft},
    {"Cargo", put_cargo},
    {"TransceiverClass", put_class},
    {NULL, NULL},
};
const struct layout layout_noaa2018 = {
    .name = "noaa2018",
    .about = "NOAA MarineCadastre 2018 to 2024, CSV",
    .writer = &csv_writer,
    .separator = ',',
    .columns = columns_2018,
};

static const struct column columns_2025[] = {
    {"mmsi", put_mmsi},
    {"base_date_time", put_time_space},
    {"longitude", put_lon_or_empty},
    {"latitude", put_lat_or_empty},
    {"sog", put_sog_or_empty},
    {"cog", put_cog_or_empty},
    {"heading", put_heading_or_empty},
    {"vessel_name", put_name},
    {"imo", put_imo_prefixed},
    {"call_sign", put_call},
    {"vessel_type", put_type},
    {"status", put_nav_or_empty},
    {"length", put_length},
    {"width", put_width},
    {"draft", put_draft},
    {"cargo", put_cargo},
    {"transceiver", put_class},
    {NULL, NULL},
};
const struct layout layout_noaa2025 = {
    .name = "noaa2025",
    .about = "NOAA MarineCadastre 2025 on, CSV",
    .writer = &csv_writer,
    .separator = ',',
    .columns = columns_2025,
};

/* Danish Maritime Authority, Kystverket, HELCOM, and the Piraeus and Brest data sets. */
#include "cells.h"

#include <stddef.h>

#include "calendar.h"

static bool is_ship(const struct row *row)
{
	return row->kind <= CLASS_B_CS;
}

static void put_mobile(struct out *o, const struct row *row)
{
	static const char *const text[] = {
	    [CLASS_A] = "Class A",    [CLASS_B_SO] = "Class B",
	    [CLASS_B_CS] = "Class B", [BASE_STATION] = "Base Station",
	    [AID] = "AtoN",           [SAR_AIRCRAFT] = "SAR Airborne"};

	out_text(o, text[row->kind]);
}

static void put_danish_nav(struct out *o, const struct row *row)
{
	static const char *const text[16] = {[NAV_ENGINE] = "Under way using engine",
	                                     [NAV_ANCHOR] = "At anchor",
	                                     [NAV_MOORED] = "Moored",
	                                     [NAV_FISHING] = "Engaged in fishing",
	                                     [NAV_UNDEFINED] = "Unknown value"};

	out_text(o, text[row->r->nav]);
}

static bool sized(const struct row *row)
{
	return row->r->identified && is_ship(row);
}

static void put_danish_type(struct out *o, const struct row *row)
{
	static const char *const by_tens[10] = {"Undefined", "Undefined", "WIG",       "Fishing",
	                                        "HSC",       "Tug",       "Passenger", "Cargo",
	                                        "Tanker",    "Other"};
	int type = row->who->type;

	if (!sized(row))
		out_text(o, "Undefined");
	else if (type == 36 || type == 37)
		out_text(o, type == 36 ? "Sailing" : "Pleasure");
	else if (type == 50 || type == 55)
		out_text(o, type == 50 ? "Pilot" : "Law enforcement");
	else
		out_text(o, by_tens[type / 10 % 10]);
}

static void put_device(struct out *o, const struct row *row)
{
	out_text(o, sized(row) ? "GPS" : "Undefined");
}

static void put_if_sized(struct out *o, const struct row *row, put_cell *put)
{
	if (sized(row))
		put(o, row);
}

static void put_danish_width(struct out *o, const struct row *row)
{
	put_if_sized(o, row, put_width);
}

static void put_danish_length(struct out *o, const struct row *row)
{
	put_if_sized(o, row, put_length);
}

static void put_danish_draft(struct out *o, const struct row *row)
{
	put_if_sized(o, row, put_draft);
}

static void put_danish_bow(struct out *o, const struct row *row)
{
	put_if_sized(o, row, put_dim_bow);
}

static void put_danish_stern(struct out *o, const struct row *row)
{
	put_if_sized(o, row, put_dim_stern);
}

static void put_danish_port(struct out *o, const struct row *row)
{
	put_if_sized(o, row, put_dim_port);
}

static void put_danish_starboard(struct out *o, const struct row *row)
{
	put_if_sized(o, row, put_dim_starboard);
}

static void put_unknown(struct out *o, const struct row *row)
{
	(void)row;
	out_text(o, "Unknown");
}

static void put_ais(struct out *o, const struct row *row)
{
	(void)row;
	out_text(o, "AIS");
}

static const struct column danish[] = {
    {"# Timestamp", put_time_dmy},
    {"Type of mobile", put_mobile},
    {"MMSI", put_mmsi},
    {"Latitude", put_lat6},
    {"Longitude", put_lon6},
    {"Navigational status", put_danish_nav},
    {"ROT", put_nothing},
    {"SOG", put_sog_or_empty},
    {"COG", put_cog_or_empty},
    {"Heading", put_heading_or_empty},
    {"IMO", put_imo_or_unknown},
    {"Callsign", put_call_or_unknown},
    {"Name", put_name},
    {"Ship type", put_danish_type},
    {"Cargo type", put_nothing},
    {"Width", put_danish_width},
    {"Length", put_danish_length},
    {"Type of position fixing device", put_device},
    {"Draught", put_danish_draft},
    {"Destination", put_unknown},
    {"ETA", put_nothing},
    {"Data source type", put_ais},
    {"A", put_danish_bow},
    {"B", put_danish_stern},
    {"C", put_danish_port},
    {"D", put_danish_starboard},
    {NULL, NULL},
};
const struct layout layout_danish = {
    .name = "danish",
    .about = "Danish Maritime Authority, CSV",
    .writer = &csv_writer,
    .separator = ',',
    .fixtures = true,
    .columns = danish,
};

static const struct column norway[] = {
    {"mmsi", put_mmsi},
    {"lon", put_lon6},
    {"lat", put_lat6},
    {"date_time_utc", put_time_space},
    {"sog", put_sog},
    {"cog", put_cog},
    {"true_heading", put_heading},
    {"nav_status", put_nav},
    {"rot", put_zero},
    {"message_nr", put_message},
    {"source", put_source_gs},
    {NULL, NULL},
};
const struct layout layout_norway = {
    .name = "norway",
    .about = "Kystverket, CSV",
    .writer = &csv_writer,
    .separator = ';',
    .fixtures = true,
    .columns = norway,
};

static void put_week(struct out *o, const struct row *row)
{
	struct civil c = civil_of(row->r->t);
	struct civil first = {.year = c.year, .month = 1, .day = 1};

	out_int(o, (row->r->t - epoch_ms_of(first)) / DAY_MS / 7 + 1);
}

static const struct column helcom[] = {
    {"timestamp_pretty", put_time_dmy},
    {"timestamp", put_epoch_ms},
    {"msgid", put_message},
    {"targetType", put_class},
    {"mmsi", put_mmsi},
    {"lat", put_lat6},
    {"long", put_lon6},
    {"posacc", put_zero},
    {"sog", put_sog},
    {"cog", put_cog},
    {"shipType", put_type},
    {"dimBow", put_dim_bow},
    {"draught", put_draft},
    {"dimPort", put_dim_port},
    {"dimStarboard", put_dim_starboard},
    {"dimStern", put_dim_stern},
    {"month", put_month},
    {"week", put_week},
    {"imo", put_imo_or_zero},
    {"country", put_nothing},
    {"name", put_name},
    {"callsign", put_call},
    {NULL, NULL},
};
const struct layout layout_helcom = {
    .name = "helcom",
    .about = "HELCOM, CSV",
    .writer = &csv_writer,
    .separator = ',',
    .columns = helcom,
};

/* the header of an earlier sample: oid is the ship, type the message type; ts and rid are guesses
 */
static const struct column piraeus[] = {
    {"t", put_epoch_ms},
    {"type", put_message},
    {"oid", put_mmsi},
    {"status", put_nav},
    {"lon", put_lon6},
    {"lat", put_lat6},
    {"heading", put_heading_or_empty},
    {"turn", put_zero},
    {"speed", put_sog_or_empty},
    {"course", put_cog_or_empty},
    {"ts", put_epoch_ms},
    {"rid", put_zero},
    {NULL, NULL},
};
const struct layout layout_piraeus = {
    .name = "piraeus",
    .about = "University of Piraeus, older sample, CSV",
    .writer = &csv_writer,
    .separator = ',',
    .columns = piraeus,
};

/* as remembered of Zenodo record 6323416, where ids are scrambled; not confirmed */
static const struct column piraeus_zenodo[] = {
    {"t", put_epoch_ms},
    {"vessel_id", put_mmsi},
    {"lon", put_lon6},
    {"lat", put_lat6},
    {"heading", put_heading_or_empty},
    {"speed", put_sog_or_empty},
    {"course", put_cog_or_empty},
    {NULL, NULL},
};
const struct layout layout_piraeus_zenodo = {
    .name = "piraeus-zenodo",
    .about = "University of Piraeus, Zenodo, CSV",
    .writer = &csv_writer,
    .separator = ',',
    .columns = piraeus_zenodo,
};

static const struct column brest[] = {
    {"sourcemmsi", put_mmsi},
    {"navigationalstatus", put_nav},
    {"rateofturn", put_zero_decimal},
    {"speedoverground", put_sog},
    {"courseoverground", put_cog},
    {"trueheading", put_heading},
    {"lon", put_lon6},
    {"lat", put_lat6},
    {"t", put_epoch_s},
    {NULL, NULL},
};
const struct layout layout_brest = {
    .name = "brest",
    .about = "Brest nari_dynamic, CSV",
    .writer = &csv_writer,
    .separator = ',',
    .columns = brest,
};

/* MarineTraffic, vesseltracker AISDaily, VesselFinder and Global Fishing Watch. */
#include "json.h"

#include <stddef.h>

static void put_ship_id(struct out *o, const struct row *row)
{
	out_int(o, INT64_C(900000000) + row->r->vessel);
}

static void put_tenths_of_knots(struct out *o, const struct row *row)
{
	out_int(o, row->r->sog);
}

static void put_whole_course(struct out *o, const struct row *row)
{
	out_int(o, row->r->cog / 10);
}

static const struct column marinetraffic[] = {
    {"MMSI", put_mmsi},       {"IMO", put_imo_or_zero},
    {"SHIP_ID", put_ship_id}, {"LAT", put_lat5},
    {"LON", put_lon5},        {"SPEED", put_tenths_of_knots},
    {"HEADING", put_heading}, {"COURSE", put_whole_course},
    {"STATUS", put_nav},      {"TIMESTAMP", put_time_t},
    {"DSRC", put_source_ter}, {NULL, NULL},
};
const struct layout layout_marinetraffic = {
    .name = "marinetraffic",
    .about = "MarineTraffic services, CSV",
    .writer = &csv_writer,
    .separator = ',',
    .columns = marinetraffic,
};

/* the service's JSON, one array in one line */
const struct layout layout_marinetraffic_json = {
    .name = "marinetraffic-json",
    .about = "the same as one JSON array, all values strings",
    .writer = &json_strings_writer,
    .columns = marinetraffic,
    .preamble = "[",
    .postamble = "]\n",
};

static const struct column vesselfinder[] = {
    {"MMSI", put_mmsi},
    {"TIMESTAMP", put_time_space_utc},
    {"LATITUDE", put_lat5},
    {"LONGITUDE", put_lon5},
    {"COURSE", put_cog},
    {"SPEED", put_sog},
    {"HEADING", put_heading},
    {"NAVSTAT", put_nav},
    {"IMO", put_imo_or_zero},
    {"NAME", put_name},
    {"CALLSIGN", put_call},
    {"TYPE", put_type},
    {"A", put_dim_bow},
    {"B", put_dim_stern},
    {"C", put_dim_port},
    {"D", put_dim_starboard},
    {"DRAUGHT", put_draft},
    {"DESTINATION", put_nothing},
    {"LOCODE", put_nothing},
    {"ETA_AIS", put_nothing},
    {"ETA", put_nothing},
    {"SRC", put_source_ter},
    {"ZONE", put_nothing},
    {"ECA", put_nothing},
    {NULL, NULL},
};
const struct layout layout_vesselfinder = {
    .name = "vesselfinder",
    .about = "VesselFinder, CSV",
    .writer = &csv_writer,
    .separator = ',',
    .columns = vesselfinder,
};

static void put_gfw_type(struct out *o, const struct row *row)
{
	out_text(o, "AIS.");
	put_message(o, row);
}

static void put_receiver(struct out *o, const struct row *row)
{
	out_text(o, row->r->satellite ? "satellite" : "terrestrial");
}

static const struct column gfw[] = {
    {"ssvid", put_mmsi},
    {"timestamp", put_time_space_utc},
    {"lat", put_lat_or_empty},
    {"lon", put_lon_or_empty},
    {"speed", put_sog_or_empty},
    {"course", put_cog_or_empty},
    {"heading", put_heading_or_empty},
    {"type", put_gfw_type},
    {"receiver_type", put_receiver},
    {NULL, NULL},
};
const struct layout layout_gfw = {
    .name = "gfw",
    .about = "Global Fishing Watch messages, CSV",
    .writer = &csv_writer,
    .separator = ',',
    .fixtures = true,
    .statics = STATICS_BARE,
    .columns = gfw,
};

static void put_daily_source(struct out *o, const struct row *row)
{
	out_text(o, row->r->satellite ? "S-AIS" : "T-AIS");
}

static const struct column aisdaily[] = {
    {"mmsi", put_mmsi},
    {"imo", put_imo},
    {"vessel_name", put_name},
    {"callsign", put_call},
    {"vessel_type", put_nothing},
    {"vessel_type_code", put_type},
    {"vessel_type_cargo", put_nothing},
    {"vessel_class", put_class},
    {"length", put_length},
    {"width", put_width},
    {"flag_country", put_nothing},
    {"flag_code", put_nothing},
    {"destination", put_nothing},
    {"eta", put_nothing},
    {"draught", put_draft},
    {"longitude", put_lon_or_empty},
    {"latitude", put_lat_or_empty},
    {"sog", put_sog_or_empty},
    {"cog", put_cog_or_empty},
    {"rot", put_zero},
    {"heading", put_heading},
    {"nav_status", put_nothing},
    {"nav_status_code", put_nav},
    {"source", put_daily_source},
    {"ts_pos_utc", put_time_dotted},
    {"ts_static_utc", put_nothing},
    {"dt_pos_utc", put_time_space},
    {"dt_static_utc", put_nothing},
    {"vessel_type_main", put_nothing},
    {"vessel_type_sub", put_nothing},
    {"message_type", put_message},
    {"eeid", put_nothing},
    {NULL, NULL},
};
const struct layout layout_aisdaily = {
    .name = "aisdaily",
    .about = "vesseltracker AISDaily, CSV",
    .writer = &csv_writer,
    .separator = ',',
    .fixtures = true,
    .columns = aisdaily,
};

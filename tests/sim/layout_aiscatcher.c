/*
 * AIS-catcher: a flat JSON object in each line, members as its JSON output names them (class,
 * device, rxuxtime, then those of gpsd). Speed comes out of single precision there, which shows in
 * the sixth decimal; rxuxtime has a fraction, here below the millisecond.
 */
#include "json.h"

#include <stddef.h>

#include "calendar.h"
#include "sentence.h"

static void put_text(struct out *o, const char *text)
{
	out_char(o, '"');
	out_text(o, text);
	out_char(o, '"');
}

static void put_ais(struct out *o, const struct row *row)
{
	(void)row;
	put_text(o, "AIS");
}

static void put_device(struct out *o, const struct row *row)
{
	(void)row;
	put_text(o, "AIS-catcher");
}

static void put_version(struct out *o, const struct row *row)
{
	(void)row;
	out_int(o, 68);
}

static void put_rxtime(struct out *o, const struct row *row)
{
	struct civil c = civil_of(row->r->t);

	out_char(o, '"');
	out_padded(o, c.year, 4);
	out_padded(o, c.month, 2);
	out_padded(o, c.day, 2);
	out_padded(o, c.hour, 2);
	out_padded(o, c.minute, 2);
	out_padded(o, c.second, 2);
	out_char(o, '"');
}

static void put_rxuxtime(struct out *o, const struct row *row)
{
	out_int(o, row->r->t / 1000);
	out_text(o, ".000");
	out_padded(o, row->r->t % 1000, 3);
}

static void put_channel(struct out *o, const struct row *row)
{
	out_text(o, row->number & 1 ? "\"B\"" : "\"A\"");
}

static void put_nmea(struct out *o, const struct row *row, int part)
{
	struct payload p;
	int i;

	payload_make(&p, row, part);
	for (i = 0; i < sentence_count(&p); i++) {
		out_text(o, i == 0 ? ",\"nmea\":[\"" : ",\"");
		out_sentence(o, &p, i, row->number);
		out_char(o, '"');
	}
	out_text(o, "],");
}

/* of every message */
static const struct column envelope[] = {
    {"class", put_ais},         {"device", put_device},
    {"version", put_version},   {"rxtime", put_rxtime},
    {"rxuxtime", put_rxuxtime}, {"scaled", put_true},
    {"channel", put_channel},   {NULL, NULL},
};

/* of every message, behind the sentences */
static const struct column head[] = {
    {"type", put_message}, {"repeat", put_zero}, {"mmsi", put_mmsi}, {NULL, NULL}};

static void put_status_text(struct out *o, const struct row *row)
{
	static const char *const text[16] = {[NAV_ENGINE] = "Under way using engine",
	                                     [NAV_ANCHOR] = "At anchor",
	                                     [NAV_MOORED] = "Moored",
	                                     [NAV_FISHING] = "Engaged in Fishing",
	                                     [NAV_UNDEFINED] = "Not defined"};

	put_text(o, text[row->r->nav]);
}

/* of class A it is left out when not available */
static void put_speed(struct out *o, const struct row *row)
{
	int64_t tenths = row->r->sog;

	if (tenths != NO_SOG || row->kind != CLASS_A)
		out_fixed(o, tenths * 100000 + (tenths > 0 && tenths % 4 == 0), 6);
}

static void put_gps(struct out *o, const struct row *row)
{
	(void)row;
	put_text(o, "GPS");
}

static void put_timestamp(struct out *o, const struct row *row)
{
	out_char(o, '"');
	out_time(o, row->r->t, TIME_ISO_Z);
	out_char(o, '"');
}

static void put_eta(struct out *o, const struct row *row)
{
	(void)row;
	put_text(o, "00-00T24:60Z");
}

static void put_vendor(struct out *o, const struct row *row)
{
	(void)row;
	put_text(o, "SIM");
}

static void put_course(struct out *o, const struct row *row)
{
	out_fixed(o, row->r->cog * INT64_C(100000), 6);
}

static const struct column class_a[] = {
    {"status", put_nav},       {"status_text", put_status_text},
    {"turn", put_zero},        {"speed", put_speed},
    {"accuracy", put_true},    {"lon", put_radio_lon6},
    {"lat", put_radio_lat6},   {"course", put_course},
    {"heading", put_heading},  {"second", put_second},
    {"maneuver", put_zero},    {"raim", put_false},
    {"radio", put_comm_state}, {NULL, NULL},
};

static const struct column class_b[] = {
    {"speed", put_speed},         {"accuracy", put_true},    {"lon", put_radio_lon6},
    {"lat", put_radio_lat6},      {"course", put_course},    {"heading", put_heading},
    {"reserved", put_zero},       {"second", put_second},    {"regional", put_zero},
    {"cs", put_is_carrier_sense}, {"display", put_false},    {"dsc", put_true},
    {"band", put_true},           {"msg22", put_true},       {"assigned", put_false},
    {"raim", put_false},          {"radio", put_comm_state}, {NULL, NULL},
};

static const struct column base_station[] = {
    {"timestamp", put_timestamp},
    {"year", put_year},
    {"month", put_month},
    {"day", put_day},
    {"hour", put_hour},
    {"minute", put_minute},
    {"second", put_second},
    {"accuracy", put_true},
    {"lon", put_radio_lon6},
    {"lat", put_radio_lat6},
    {"epfd", put_one},
    {"epfd_text", put_gps},
    {"raim", put_false},
    {"radio", put_comm_state},
    {NULL, NULL},
};

static const struct column aircraft[] = {
    {"speed", put_whole_knots}, {"accuracy", put_true},    {"lon", put_radio_lon6},
    {"lat", put_radio_lat6},    {"course", put_course},    {"second", put_second},
    {"regional", put_zero},     {"dte", put_true},         {"assigned", put_false},
    {"raim", put_false},        {"radio", put_comm_state}, {NULL, NULL},
};

static const struct column aid[] = {
    {"aid_type", put_one},
    {"name", json_name},
    {"accuracy", put_true},
    {"lon", put_radio_lon6},
    {"lat", put_radio_lat6},
    {"to_bow", put_dim_bow},
    {"to_stern", put_dim_stern},
    {"to_port", put_dim_port},
    {"to_starboard", put_dim_starboard},
    {"epfd", put_one},
    {"epfd_text", put_gps},
    {"second", put_second},
    {"off_position", put_false},
    {"raim", put_false},
    {"virtual_aid", put_false},
    {"assigned", put_false},
    {NULL, NULL},
};

static const struct column static_class_a[] = {
    {"ais_version", put_zero},
    {"imo", put_imo_or_zero},
    {"callsign", json_call},
    {"shipname", json_name},
    {"shiptype", put_type},
    {"to_bow", put_dim_bow},
    {"to_stern", put_dim_stern},
    {"to_port", put_dim_port},
    {"to_starboard", put_dim_starboard},
    {"epfd", put_one},
    {"epfd_text", put_gps},
    {"eta", put_eta},
    {"draught", put_draft},
    {"destination", json_empty},
    {"dte", put_false},
    {NULL, NULL},
};

static const struct column static_part_a[] = {
    {"partno", put_zero}, {"shipname", json_name}, {NULL, NULL}};

static const struct column static_part_b[] = {
    {"partno", put_one},
    {"shiptype", put_type},
    {"vendorid", put_vendor},
    {"callsign", json_call},
    {"to_bow", put_dim_bow},
    {"to_stern", put_dim_stern},
    {"to_port", put_dim_port},
    {"to_starboard", put_dim_starboard},
    {NULL, NULL},
};

static const struct {
	int number, part;
	const struct column *members;
} messages[] = {
    {1, 0, class_a},        {3, 0, class_a},        {4, 0, base_station},
    {5, 0, static_class_a}, {9, 0, aircraft},       {18, 0, class_b},
    {21, 0, aid},           {24, 0, static_part_a}, {24, 1, static_part_b},
};

static void aiscatcher_row(const struct layout *l, struct out *o, const struct row *row)
{
	size_t i;

	(void)l;
	for (i = 0; i < sizeof(messages) / sizeof(*messages); i++) {
		if (messages[i].number != row->r->message)
			continue;
		out_char(o, '{');
		json_members(o, row, envelope);
		put_nmea(o, row, messages[i].part);
		json_members(o, row, head);
		out_char(o, ',');
		json_own_members(o, row, messages[i].members);
		out_text(o, "}\n");
	}
}

static const struct writer aiscatcher_writer = {NULL, aiscatcher_row, NULL};

const struct layout layout_aiscatcher = {
    .name = "aiscatcher",
    .about = "AIS-catcher, JSON lines",
    .writer = &aiscatcher_writer,
    .fixtures = true,
    .seconds = true,
    .statics = STATICS_SENT,
};

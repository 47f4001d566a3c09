/*
 * aisstream.io: a JSON object in each line, with the message and MetaData, which alone says when.
 * MetaData of static data repeats where the ship was heard last, which is no report of its own:
 * here some 130 m from where it is, so that whoever takes it for one is found out.
 */
#include "aisstream.h"

#include <stddef.h>

enum { ELSEWHERE_UDEG = 1000 };

static bool is_static(const struct row *row)
{
	return row->r->message == 5 || row->r->message == 24;
}

static struct place heard_last(const struct row *row)
{
	struct place p = row->r->p;

	if (!is_static(row))
		return p;
	if (p.lat == NO_LAT)
		return (struct place){0, 0};
	p.lat -= ELSEWHERE_UDEG;
	p.lon -= ELSEWHERE_UDEG;
	return p;
}

static void put_meta_lat(struct out *o, const struct row *row)
{
	out_degrees5(o, heard_last(row).lat);
}

static void put_meta_lon(struct out *o, const struct row *row)
{
	out_degrees5(o, heard_last(row).lon);
}

static void put_mmsi_text(struct out *o, const struct row *row)
{
	json_quoted(o, row, put_mmsi);
}

/* with nanoseconds, of which all are below the millisecond: the same time as in other layouts */
static void put_time_utc(struct out *o, const struct row *row)
{
	out_char(o, '"');
	out_time(o, row->r->t, TIME_SPACE);
	out_text(o, ".000");
	out_padded(o, row->r->t % 499979 * 2 + 1, 6);
	out_text(o, " +0000 UTC\"");
}

static const struct column meta_data[] = {
    {"MMSI", put_mmsi},
    {"MMSI_String", put_mmsi_text},
    {"ShipName", json_name_padded},
    {"latitude", put_meta_lat},
    {"longitude", put_meta_lon},
    {"time_utc", put_time_utc},
    {NULL, NULL},
};

/* static data of class B are two messages */
static const struct {
	int number;
	const char *type;
	const struct column *members;
} messages[] = {
    {1, "PositionReport", aisstream_position_report},
    {3, "PositionReport", aisstream_position_report},
    {4, "BaseStationReport", aisstream_base_station_report},
    {5, "ShipStaticData", aisstream_ship_static_data},
    {9, "StandardSearchAndRescueAircraftReport", aisstream_aircraft_report},
    {18, "StandardClassBPositionReport", aisstream_class_b_report},
    {21, "AidsToNavigationReport", aisstream_aid_report},
    {24, "StaticDataReport", aisstream_static_part_a},
    {24, "StaticDataReport", aisstream_static_part_b},
};

static void write_message(struct out *o, const struct row *row, const char *type,
                          const struct column *members)
{
	out_text(o, "{\"MessageType\":\"");
	out_text(o, type);
	out_text(o, "\",\"MetaData\":");
	json_object(o, row, meta_data);
	out_text(o, ",\"Message\":{\"");
	out_text(o, type);
	out_text(o, "\":{");
	json_own_members(o, row, members);
	out_text(o, "}}}\n");
}

static void aisstream_row(const struct layout *l, struct out *o, const struct row *row)
{
	size_t i;

	(void)l;
	for (i = 0; i < sizeof(messages) / sizeof(*messages); i++)
		if (messages[i].number == row->r->message)
			write_message(o, row, messages[i].type, messages[i].members);
}

static const struct writer aisstream_writer = {NULL, aisstream_row, NULL};

const struct layout layout_aisstream = {
    .name = "aisstream",
    .about = "aisstream.io, JSON lines",
    .writer = &aisstream_writer,
    .fixtures = true,
    .seconds = true,
    .statics = STATICS_SENT,
};

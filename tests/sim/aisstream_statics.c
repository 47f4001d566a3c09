/* Static data of aisstream.io: names and call signs keep the blanks they are sent with. */
#include "aisstream.h"

#include <stddef.h>

static void put_no_eta(struct out *o, const struct row *row)
{
	(void)row;
	out_text(o, "{\"Month\":0,\"Day\":0,\"Hour\":24,\"Minute\":60}");
}

const struct column aisstream_ship_static_data[] = {
    {"MessageID", put_message},
    {"RepeatIndicator", put_zero},
    {"UserID", put_mmsi},
    {"Valid", put_true},
    {"AisVersion", put_zero},
    {"ImoNumber", put_imo_or_zero},
    {"CallSign", json_call_padded},
    {"Name", json_name_padded},
    {"Type", put_type},
    {"Dimension", json_dimensions},
    {"FixType", put_one},
    {"Eta", put_no_eta},
    {"MaximumStaticDraught", put_draft},
    {"Destination", json_empty},
    {"Dte", put_false},
    {"Spare", put_false},
    {NULL, NULL},
};

static const struct column report_a[] = {
    {"Valid", put_true}, {"Name", json_name_padded}, {NULL, NULL}};

static const struct column report_b[] = {
    {"Valid", put_true},
    {"ShipType", put_type},
    {"VendorIDName", json_empty},
    {"VenderIDModel", put_zero},
    {"VenderIDSerial", put_zero},
    {"CallSign", json_call_padded},
    {"Dimension", json_dimensions},
    {"FixType", put_one},
    {"Spare", put_zero},
    {NULL, NULL},
};

static void put_report_a(struct out *o, const struct row *row)
{
	json_object(o, row, report_a);
}

static void put_report_b(struct out *o, const struct row *row)
{
	json_object(o, row, report_b);
}

/* the part that a message does not carry is there, and not valid */
static void put_no_report_a(struct out *o, const struct row *row)
{
	(void)row;
	out_text(o, "{\"Valid\":false,\"Name\":\"\"}");
}

static void put_no_report_b(struct out *o, const struct row *row)
{
	(void)row;
	out_text(o, "{\"Valid\":false,\"ShipType\":0,\"VendorIDName\":\"\",\"VenderIDModel\":0,"
	            "\"VenderIDSerial\":0,\"CallSign\":\"\",\"Dimension\":{\"A\":0,\"B\":0,\"C\":0,"
	            "\"D\":0},\"FixType\":0,\"Spare\":0}");
}

const struct column aisstream_static_part_a[] = {
    {"MessageID", put_message}, {"RepeatIndicator", put_zero}, {"UserID", put_mmsi},
    {"Valid", put_true},        {"Reserved", put_zero},        {"PartNumber", put_false},
    {"ReportA", put_report_a},  {"ReportB", put_no_report_b},  {NULL, NULL},
};

const struct column aisstream_static_part_b[] = {
    {"MessageID", put_message},   {"RepeatIndicator", put_zero}, {"UserID", put_mmsi},
    {"Valid", put_true},          {"Reserved", put_zero},        {"PartNumber", put_true},
    {"ReportA", put_no_report_a}, {"ReportB", put_report_b},     {NULL, NULL},
};

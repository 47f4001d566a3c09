/* Messages of aisstream.io that have a position. */
#include "aisstream.h"

#include <stddef.h>

const struct column aisstream_position_report[] = {
    {"MessageID", put_message},
    {"RepeatIndicator", put_zero},
    {"UserID", put_mmsi},
    {"Valid", put_true},
    {"NavigationalStatus", put_nav},
    {"RateOfTurn", put_zero},
    {"Sog", put_sog},
    {"PositionAccuracy", put_true},
    {"Longitude", put_radio_lon8},
    {"Latitude", put_radio_lat8},
    {"Cog", put_cog},
    {"TrueHeading", put_heading},
    {"Timestamp", put_second},
    {"SpecialManoeuvreIndicator", put_zero},
    {"Spare", put_zero},
    {"Raim", put_false},
    {"CommunicationState", put_comm_state},
    {NULL, NULL},
};

const struct column aisstream_class_b_report[] = {
    {"MessageID", put_message},
    {"RepeatIndicator", put_zero},
    {"UserID", put_mmsi},
    {"Valid", put_true},
    {"Spare1", put_zero},
    {"Sog", put_sog},
    {"PositionAccuracy", put_true},
    {"Longitude", put_radio_lon8},
    {"Latitude", put_radio_lat8},
    {"Cog", put_cog},
    {"TrueHeading", put_heading},
    {"Timestamp", put_second},
    {"Spare2", put_zero},
    {"ClassBUnit", put_is_carrier_sense},
    {"ClassBDisplay", put_false},
    {"ClassBDsc", put_true},
    {"ClassBBand", put_true},
    {"ClassBMsg22", put_true},
    {"AssignedMode", put_false},
    {"Raim", put_false},
    {"CommunicationStateIsItdma", put_is_carrier_sense},
    {"CommunicationState", put_comm_state},
    {NULL, NULL},
};

const struct column aisstream_base_station_report[] = {
    {"MessageID", put_message},
    {"RepeatIndicator", put_zero},
    {"UserID", put_mmsi},
    {"Valid", put_true},
    {"UtcYear", put_year},
    {"UtcMonth", put_month},
    {"UtcDay", put_day},
    {"UtcHour", put_hour},
    {"UtcMinute", put_minute},
    {"UtcSecond", put_second},
    {"PositionAccuracy", put_true},
    {"Longitude", put_radio_lon8},
    {"Latitude", put_radio_lat8},
    {"FixType", put_one},
    {"LongRangeEnable", put_false},
    {"Spare", put_zero},
    {"Raim", put_false},
    {"CommunicationState", put_comm_state},
    {NULL, NULL},
};

const struct column aisstream_aid_report[] = {
    {"MessageID", put_message},
    {"RepeatIndicator", put_zero},
    {"UserID", put_mmsi},
    {"Valid", put_true},
    {"Type", put_one},
    {"Name", json_name_padded},
    {"PositionAccuracy", put_true},
    {"Longitude", put_radio_lon8},
    {"Latitude", put_radio_lat8},
    {"Dimension", json_dimensions},
    {"Fixtype", put_one},
    {"Timestamp", put_second},
    {"OffPosition", put_false},
    {"AtoN", put_zero},
    {"Raim", put_false},
    {"VirtualAtoN", put_false},
    {"AssignedMode", put_false},
    {"Spare", put_false},
    {"NameExtension", json_empty},
    {NULL, NULL},
};

static void put_altitude(struct out *o, const struct row *row)
{
	(void)row;
	out_int(o, 150);
}

const struct column aisstream_aircraft_report[] = {
    {"MessageID", put_message},
    {"RepeatIndicator", put_zero},
    {"UserID", put_mmsi},
    {"Valid", put_true},
    {"Altitude", put_altitude},
    {"Sog", put_whole_knots},
    {"PositionAccuracy", put_true},
    {"Longitude", put_radio_lon8},
    {"Latitude", put_radio_lat8},
    {"Cog", put_cog},
    {"Timestamp", put_second},
    {"AltFromBaro", put_false},
    {"Spare1", put_zero},
    {"Dte", put_true},
    {"Spare2", put_zero},
    {"AssignedMode", put_false},
    {"Raim", put_false},
    {"CommunicationStateIsItdma", put_false},
    {"CommunicationState", put_comm_state},
    {NULL, NULL},
};

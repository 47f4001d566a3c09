#include "ais/row.h"

static const struct row_outcome_info INFO[ROW_OUTCOMES] = {
    [ROW_USED] = {"used", "used"},
    [ROW_STATIC] = {"static", "without position, kept for the vessel's identity"},
    [ROW_NO_POSITION] = {"no_position", "without position"},
    [ROW_NULL_POSITION] = {"null_position", "at 0 N 0 E"},
    [ROW_BASE_STATION] = {"base_station", "from base stations"},
    [ROW_AID] = {"aid_to_navigation", "from aids to navigation"},
    [ROW_SAR] = {"sar_aircraft", "from search and rescue aircraft"},
    [ROW_GROUP] = {"group_call", "with the number of a group of ships"},
    [ROW_HANDHELD] = {"handheld", "from handheld radios"},
    [ROW_DISTRESS] = {"distress_beacon", "from distress beacons"},
    [ROW_CRAFT] = {"associated_craft", "from craft of a parent ship"},
    [ROW_NOT_A_SHIP] = {"not_a_ship_mmsi", "whose id is no ship's MMSI"},
    [ROW_OTHER] = {"other_message", "of kinds that hold no ship's position or identity"},
    [ROW_NOT_AIS] = {"other_line", "without AIS sentence"},
    [ROW_PART] = {"part", "with a part of a message that is counted once"},
    [ROW_PART_ALONE] = {"lone_part", "with a part of a message that was never completed"},
    [ROW_OUTSIDE_ORDER] = {"date_order", "whose date contradicts the input's day and month order"},
    [ROW_SHORT] = {"short_row", "with too few fields"},
    [ROW_EXTRA] = {"extra_fields",
                   "with more fields than the header (decimal commas without quotes?)"},
    [ROW_LONG] = {"long_row", "of too many bytes"},
    [ROW_QUOTE] = {"open_quote", "with or near a quote that is never closed"},
    [ROW_SENTENCE] = {"bad_sentence", "with a broken sentence"},
    [ROW_CHECKSUM] = {"checksum", "whose checksum is wrong"},
    [ROW_PAYLOAD] = {"bad_payload", "whose payload is not what its message type needs"},
    [ROW_JSON] = {"bad_json", "without valid JSON"},
    [ROW_BAD_MMSI] = {"bad_mmsi", "whose MMSI is no number"},
    [ROW_NO_TIME] = {"no_time", "without a time"},
    [ROW_BAD_TIME] = {"bad_time", "whose time cannot be read"},
    [ROW_BAD_POSITION] = {"bad_position", "whose position cannot be read"},
    [ROW_OUT_OF_RANGE] = {"out_of_range", "whose position is out of range"},
};

const struct row_outcome_info *row_outcome_info(enum row_outcome outcome)
{
	return &INFO[outcome];
}

/* in the order of their bits */
static const struct row_outcome_info NOTES[ROW_NOTES] = {
    {"raw_units", "whose position looks like raw AIS units"},
    {"no_checksum", "without checksum, taken on trust"},
    {"derived_time", "timed by a base station heard in the same minute"},
    {"bad_tag_block", "with a tag block whose checksum is wrong, which was not believed"},
};

const struct row_outcome_info *row_note_info(unsigned i)
{
	return &NOTES[i];
}

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
    [ROW_OUTSIDE_ORDER] = {"date_order", "whose date contradicts the input's day and month order"},
    [ROW_SHORT] = {"short_row", "with too few fields"},
    [ROW_EXTRA] = {"extra_fields",
                   "with more fields than the header (decimal commas without quotes?)"},
    [ROW_LONG] = {"long_row", "longer than 256 KiB"},
    [ROW_QUOTE] = {"open_quote", "with or near a quote that is never closed"},
    [ROW_BAD_MMSI] = {"bad_mmsi", "whose MMSI is no number"},
    [ROW_BAD_TIME] = {"bad_time", "whose time cannot be read"},
    [ROW_BAD_POSITION] = {"bad_position", "whose position cannot be read"},
    [ROW_OUT_OF_RANGE] = {"out_of_range", "whose position is out of range"},
};

const struct row_outcome_info *row_outcome_info(enum row_outcome outcome)
{
	return &INFO[outcome];
}

#include "report/columns.h"

#include <math.h>

#include "base/num.h"
#include "base/utc.h"
#include "report/numbers.h"

static const struct span UNKNOWN = {NULL, 0};

/* empty for less than none */
static struct span count(int value, char *scratch)
{
	return value < 0 ? UNKNOWN : number_integer(value, scratch);
}

/* no model of reception bears out what lies beyond; NAN stays */
static double within(double value, double least, double most)
{
	return value < least ? least : value > most ? most : value;
}

/* a getter of the table below; few need all that they are given */
#define GETTER(name)                                                                               \
	static struct span name(__attribute__((unused)) const struct record *r,                    \
	                        __attribute__((unused)) const struct record_end *end,              \
	                        __attribute__((unused)) char *scratch)

GETTER(get_change)
{
	return span_of(r->change);
}

GETTER(get_former_gap_id)
{
	return span_of(r->former_gap_id);
}

GETTER(get_gap_id)
{
	return span_of(r->gap_id);
}

GETTER(get_status)
{
	return r->open ? SPAN("open") : SPAN("closed");
}

GETTER(get_verdict)
{
	return span_of(r->verdict);
}

/* evidence is never certain, and a last digit that wavers makes no row of --changes */
GETTER(get_confidence)
{
	return number_fixed(within(r->confidence, 0.001, 0.999), 3, scratch);
}

GETTER(get_reasons)
{
	return r->reasons;
}

GETTER(get_area)
{
	return r->area;
}

GETTER(get_mmsi)
{
	return number_integer(r->mmsi, scratch);
}

GETTER(get_imo)
{
	return r->imo ? number_integer(r->imo, scratch) : UNKNOWN;
}

GETTER(get_name)
{
	return r->name;
}

GETTER(get_callsign)
{
	return r->callsign;
}

GETTER(get_flag)
{
	return span_of(r->flag);
}

GETTER(get_ship_type)
{
	return r->ship_type;
}

/* the class that the off report shows, else the on report */
GETTER(get_ais_class)
{
	uint8_t ais_class = end->fix.ais_class;

	if (ais_class == CLASS_UNKNOWN && !r->open)
		ais_class = r->on.fix.ais_class;
	return ais_class == CLASS_A ? SPAN("A") : ais_class == CLASS_B ? SPAN("B") : UNKNOWN;
}

GETTER(get_time)
{
	return (struct span){scratch, (size_t)utc_format(end->fix.t_ms, scratch)};
}

GETTER(get_lat)
{
	return number_exact(end->fix.lat_deg, scratch);
}

GETTER(get_lon)
{
	return number_exact(end->fix.lon_deg, scratch);
}

GETTER(get_sog)
{
	return end->fix.known & KNOWN_SOG ? number_single(end->fix.sog_kn, scratch) : UNKNOWN;
}

GETTER(get_cog)
{
	return end->fix.known & KNOWN_COG ? number_single(end->fix.cog_deg, scratch) : UNKNOWN;
}

GETTER(get_nav_status)
{
	return end->fix.known & KNOWN_NAV_STATUS ? number_integer(end->fix.nav_status, scratch)
	                                         : UNKNOWN;
}

GETTER(get_port)
{
	return end->port;
}

GETTER(get_port_nm)
{
	return number_fixed(end->port_nm, 2, scratch);
}

GETTER(get_shore_nm)
{
	return number_fixed(end->shore_nm, 2, scratch);
}

GETTER(get_duration)
{
	return r->open ? UNKNOWN : number_fixed(r->duration_h, 4, scratch);
}

GETTER(get_distance)
{
	return r->open ? UNKNOWN : number_fixed(r->distance_nm, 3, scratch);
}

GETTER(get_implied_speed)
{
	return r->open ? UNKNOWN : number_fixed(r->implied_speed_kn, 2, scratch);
}

GETTER(get_heard_before)
{
	return count(r->heard_min_12h_before, scratch);
}

GETTER(get_heard_after)
{
	return r->open ? UNKNOWN : count(r->heard_min_12h_after, scratch);
}

GETTER(get_likelihood_ratio)
{
	return number_significant(within(r->likelihood_ratio, 1e-9, 1e9), 2, scratch);
}

GETTER(get_p_silent)
{
	return number_significant(within(r->p_silent_if_on, 1e-9, 1), 2, scratch);
}

GETTER(get_others_heard)
{
	return count(r->others_heard, scratch);
}

GETTER(get_others_silent)
{
	return count(r->others_silent, scratch);
}

/* clang-format off */
static const struct column COLUMNS[] = {
	[COLUMN_CHANGE] =
	{"change", "what became of the gap since the last delivery: opened, closed, revised, retracted, expired, excluded or included; with --changes",
	 COLUMN_CODE, OF_CHANGE, get_change},
	[COLUMN_FORMER_GAP_ID] =
	{"former_gap_id", "gap_id under which a revised gap was delivered before, where a late report moved its off position; with --changes",
	 COLUMN_CODE, OF_CHANGE, get_former_gap_id},
	[COLUMN_GAP_ID] =
	{"gap_id", "Global Fishing Watch's id of the gap: MD5 of mmsi|off_time|off_lat|off_lon, 32 hex digits",
	 COLUMN_CODE, OF_GAP, get_gap_id},
	{"status", "closed when the vessel was heard again, else open",
	 COLUMN_CODE, OF_GAP, get_status},
	{"verdict", "off: reception does not explain the silence; unclear; unheard: others were not heard there either; feed: it was down; gnss: false positions; identity: two ships, one MMSI",
	 COLUMN_CODE, OF_GAP, get_verdict},
	{"confidence", "probability that the transponder was off, under the prior (--prior), 0.001 to 0.999",
	 COLUMN_NUMBER, OF_GAP, get_confidence},
	{"reasons", "short codes of what bears on the verdict; the man page explains each",
	 COLUMN_LIST, OF_GAP, get_reasons},
	{"area", "watched areas that hold the off or the on position; NAME:path when only the way between crosses one",
	 COLUMN_LIST, OF_GAP, get_area},
	{"mmsi", "Maritime Mobile Service Identity that the vessel sent",
	 COLUMN_NUMBER, OF_GAP, get_mmsi},
	{"imo", "IMO number that the vessel sent, if its check digit is right",
	 COLUMN_NUMBER, OF_GAP, get_imo},
	{"name", "name that the vessel sent",
	 COLUMN_TEXT, OF_GAP, get_name},
	{"callsign", "radio call sign that the vessel sent",
	 COLUMN_TEXT, OF_GAP, get_callsign},
	{"flag", "flag by the MMSI's country code, ISO 3166-1 alpha-2",
	 COLUMN_CODE, OF_GAP, get_flag},
	{"ship_type", "type of ship and cargo as the feed gives it, an ITU-R M.1371 number or a word",
	 COLUMN_TEXT, OF_GAP, get_ship_type},
	{"ais_class", "class of the transponder, A or B",
	 COLUMN_CODE, OF_OFF, get_ais_class},
	{"off_time", "time of the last position report before the silence, RFC 3339 UTC",
	 COLUMN_TIME, OF_OFF, get_time},
	{"off_lat", "latitude where the vessel was last heard, degrees north (WGS 84)",
	 COLUMN_NUMBER, OF_OFF, get_lat},
	{"off_lon", "longitude where the vessel was last heard, degrees east (WGS 84)",
	 COLUMN_NUMBER, OF_OFF, get_lon},
	{"off_sog_kn", "speed over ground when last heard, knots",
	 COLUMN_NUMBER, OF_OFF, get_sog},
	{"off_cog_deg", "course over ground when last heard, degrees clockwise from true north",
	 COLUMN_NUMBER, OF_OFF, get_cog},
	{"off_nav_status", "navigational status when last heard, ITU-R M.1371 number 0-14",
	 COLUMN_NUMBER, OF_OFF, get_nav_status},
	{"off_port", "port nearest to where the vessel was last heard",
	 COLUMN_TEXT, OF_OFF, get_port},
	{"off_port_nm", "distance of that port, nautical miles",
	 COLUMN_NUMBER, OF_OFF, get_port_nm},
	{"off_shore_nm", "distance of the coast where the vessel was last heard, nautical miles",
	 COLUMN_NUMBER, OF_OFF, get_shore_nm},
	{"on_time", "time of the first position report after the silence, RFC 3339 UTC; empty while open",
	 COLUMN_TIME, OF_ON, get_time},
	{"on_lat", "latitude where the vessel was heard again, degrees north (WGS 84)",
	 COLUMN_NUMBER, OF_ON, get_lat},
	{"on_lon", "longitude where the vessel was heard again, degrees east (WGS 84)",
	 COLUMN_NUMBER, OF_ON, get_lon},
	{"on_sog_kn", "speed over ground when heard again, knots",
	 COLUMN_NUMBER, OF_ON, get_sog},
	{"on_cog_deg", "course over ground when heard again, degrees clockwise from true north",
	 COLUMN_NUMBER, OF_ON, get_cog},
	{"on_nav_status", "navigational status when heard again, ITU-R M.1371 number 0-14",
	 COLUMN_NUMBER, OF_ON, get_nav_status},
	{"on_port", "port nearest to where the vessel was heard again",
	 COLUMN_TEXT, OF_ON, get_port},
	{"on_port_nm", "distance of that port, nautical miles",
	 COLUMN_NUMBER, OF_ON, get_port_nm},
	{"on_shore_nm", "distance of the coast where the vessel was heard again, nautical miles",
	 COLUMN_NUMBER, OF_ON, get_shore_nm},
	{"duration_h", "length of the silence from off to on, hours; empty while open",
	 COLUMN_NUMBER, OF_GAP, get_duration},
	{"distance_nm", "geodesic distance from the off to the on position, nautical miles; empty while open",
	 COLUMN_NUMBER, OF_GAP, get_distance},
	{"implied_speed_kn", "distance_nm by duration_h, knots; empty while open",
	 COLUMN_NUMBER, OF_GAP, get_implied_speed},
	{"heard_min_12h_before", "minutes in which the vessel was heard among the 720 that end with off's, minutes",
	 COLUMN_NUMBER, OF_GAP, get_heard_before},
	{"heard_min_12h_after", "minutes in which the vessel was heard among the 720 that start with on's, minutes; empty until they have passed",
	 COLUMN_NUMBER, OF_GAP, get_heard_after},
	{"likelihood_ratio", "how many times likelier the evidence is if the transponder was off than if it was on, two digits",
	 COLUMN_NUMBER, OF_GAP, get_likelihood_ratio},
	{"p_silent_if_on", "probability that a transmitting vessel would not have been heard in the first 72 h of the silence, two digits",
	 COLUMN_NUMBER, OF_GAP, get_p_silent},
	{"others_heard", "vessels near the off position that went on being heard",
	 COLUMN_NUMBER, OF_GAP, get_others_heard},
	{"others_silent", "vessels near the off position that fell silent within the same half hour",
	 COLUMN_NUMBER, OF_GAP, get_others_silent},
};
/* clang-format on */

enum { COLUMN_COUNT = sizeof COLUMNS / sizeof COLUMNS[0] };

_Static_assert((int)COLUMN_COUNT <= (int)COLUMNS_MAX, "COLUMNS_MAX holds the table");
_Static_assert((int)COLUMN_SCRATCH_SIZE >= (int)NUM_TEXT_SIZE, "scratch holds a number");
_Static_assert((int)COLUMN_SCRATCH_SIZE >= (int)UTC_TEXT_SIZE, "scratch holds a time");

const struct column *column_at(size_t i)
{
	return i < COLUMN_COUNT ? &COLUMNS[i] : NULL;
}

size_t column_count(void)
{
	return COLUMN_COUNT;
}

size_t column_first(bool changes)
{
	return changes ? COLUMN_CHANGE : COLUMN_GAP_ID;
}

const struct column *column_find(struct span name, size_t *index)
{
	for (size_t i = 0; i < COLUMN_COUNT; i++) {
		if (!span_eq_nocase(name, span_of(COLUMNS[i].name)))
			continue;
		if (index)
			*index = i;
		return &COLUMNS[i];
	}
	return NULL;
}

struct span column_value(const struct column *column, const struct record *record,
                         char scratch[COLUMN_SCRATCH_SIZE])
{
	if (column->of == OF_ON && record->open)
		return UNKNOWN;
	if (record->kept && column->of != OF_CHANGE)
		return record->kept[column - COLUMNS];
	return column->get(record, column->of == OF_ON ? &record->on : &record->off, scratch);
}

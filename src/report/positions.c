#include "report/positions.h"

#include <inttypes.h>
#include <stdio.h>

#include "ais/statics.h"
#include "base/num.h"
#include "base/utc.h"
#include "report/columns.h"
#include "report/csvtext.h"
#include "report/jsontext.h"
#include "report/numbers.h"

_Static_assert((int)STATIC_MAX >= (int)COLUMN_SCRATCH_SIZE, "room for numbers too");

enum kind { NUMBER, CODE, TEXT };

struct field {
	const char *name;
	enum kind kind;
	bool in_statics;
	struct span (*get)(const struct positions_row *row, char scratch[STATIC_MAX]);
};

static const struct span UNKNOWN = {NULL, 0};

#define GETTER(name)                                                                               \
	static struct span name(const struct positions_row *row,                                   \
	                        __attribute__((unused)) char *scratch)

GETTER(get_mmsi)
{
	return number_integer(row->report->mmsi, scratch);
}

static struct span degrees(const struct positions_row *row, double value, char *scratch)
{
	return row->report->has_position ? number_exact(value, scratch) : UNKNOWN;
}

GETTER(get_lat)
{
	return degrees(row, row->report->fix.lat_deg, scratch);
}

GETTER(get_lon)
{
	return degrees(row, row->report->fix.lon_deg, scratch);
}

static bool known(const struct positions_row *row, int bit)
{
	return row->report->has_position && row->report->fix.known & bit;
}

GETTER(get_sog)
{
	return known(row, KNOWN_SOG) ? number_single(row->report->fix.sog_kn, scratch) : UNKNOWN;
}

GETTER(get_cog)
{
	return known(row, KNOWN_COG) ? number_single(row->report->fix.cog_deg, scratch) : UNKNOWN;
}

GETTER(get_heading)
{
	return known(row, KNOWN_HEADING) ? number_integer(row->report->fix.heading_deg, scratch)
	                                 : UNKNOWN;
}

GETTER(get_nav_status)
{
	return known(row, KNOWN_NAV_STATUS) ? number_integer(row->report->fix.nav_status, scratch)
	                                    : UNKNOWN;
}

GETTER(get_second)
{
	return known(row, KNOWN_SECOND) ? number_integer(row->report->fix.second, scratch)
	                                : UNKNOWN;
}

GETTER(get_message)
{
	return row->message ? number_integer(row->message, scratch) : UNKNOWN;
}

GETTER(get_class)
{
	static const struct span WORDS[] = {{NULL, 0}, SPAN("A"), SPAN("B")};

	return row->report->has_position ? WORDS[row->report->fix.ais_class] : UNKNOWN;
}

GETTER(get_source)
{
	static const struct span WORDS[] = {{NULL, 0}, SPAN("terrestrial"), SPAN("satellite")};

	return row->report->has_position ? WORDS[row->report->fix.source] : UNKNOWN;
}

GETTER(get_time_from)
{
	return row->derived ? SPAN("derived") : UNKNOWN;
}

static struct span identity(const struct positions_row *row, enum static_kind kind, char *scratch)
{
	return statics_value(kind, statics_field(&row->report->statics, kind), scratch);
}

GETTER(get_imo)
{
	return identity(row, STATIC_IMO, scratch);
}

GETTER(get_name)
{
	return identity(row, STATIC_NAME, scratch);
}

GETTER(get_callsign)
{
	return identity(row, STATIC_CALLSIGN, scratch);
}

GETTER(get_type)
{
	return identity(row, STATIC_TYPE, scratch);
}

/* behind the time; the names are those that --map knows */
static const struct field FIELDS[] = {
    {"mmsi", NUMBER, true, get_mmsi},
    {"lat", NUMBER, false, get_lat},
    {"lon", NUMBER, false, get_lon},
    {"sog", NUMBER, false, get_sog},
    {"cog", NUMBER, false, get_cog},
    {"heading", NUMBER, false, get_heading},
    {"nav_status", NUMBER, false, get_nav_status},
    {"second", NUMBER, false, get_second},
    {"msg_type", NUMBER, true, get_message},
    {"class", CODE, false, get_class},
    {"source", CODE, false, get_source},
    {"time_from", CODE, true, get_time_from},
    {"imo", CODE, true, get_imo},
    {"name", TEXT, true, get_name},
    {"callsign", TEXT, true, get_callsign},
    {"type", TEXT, true, get_type},
};

enum { FIELDS_COUNT = sizeof FIELDS / sizeof *FIELDS };

static bool wanted(const struct positions *p, const struct field *field)
{
	return !p->statics || field->in_statics;
}

void positions_head(const struct positions *p)
{
	if (p->format != POSITIONS_CSV)
		return;
	sink_text(p->sink, "time");
	for (int i = 0; i < FIELDS_COUNT; i++) {
		if (!wanted(p, &FIELDS[i]))
			continue;
		sink_text(p->sink, ",");
		sink_text(p->sink, FIELDS[i].name);
	}
	sink_text(p->sink, "\n");
}

void positions_time(const struct positions *p, int64_t t_ms)
{
	char text[UTC_TEXT_SIZE] = "";
	bool json = p->format == POSITIONS_NDJSON;

	if (t_ms != POSITIONS_NO_TIME)
		utc_format(t_ms, text);
	if (json)
		sink_text(p->sink, text[0] ? "{\"time\":\"" : "{\"time\":null");
	sink_text(p->sink, text);
	if (json && text[0])
		sink_text(p->sink, "\"");
}

static void put_cell(struct sink *sink, const struct field *field, struct span value)
{
	char clean[COLUMN_TEXT_SIZE];

	sink_text(sink, ",");
	if (field->kind == TEXT)
		csvtext_put(sink, column_text(value, clean));
	else
		sink_put(sink, value);
}

/* null when it is not known, so that all records have one shape */
static void put_member(struct sink *sink, const struct field *field, struct span value)
{
	sink_text(sink, ",\"");
	sink_text(sink, field->name);
	sink_text(sink, "\":");
	if (!value.len)
		sink_text(sink, "null");
	else if (field->kind == NUMBER)
		sink_put(sink, value);
	else
		jsontext_string(sink, value);
}

void positions_rest(const struct positions *p, const struct positions_row *row)
{
	char scratch[STATIC_MAX];

	for (int i = 0; i < FIELDS_COUNT; i++) {
		struct span value;

		if (!wanted(p, &FIELDS[i]))
			continue;
		value = FIELDS[i].get(row, scratch);
		if (p->format == POSITIONS_CSV)
			put_cell(p->sink, &FIELDS[i], value);
		else
			put_member(p->sink, &FIELDS[i], value);
	}
	sink_text(p->sink, p->format == POSITIONS_CSV ? "\n" : "}\n");
}

#include "cells.h"

#include "payload.h"

static bool has_position(const struct row *row)
{
	return row->r->p.lat != NO_LAT;
}

void put_nothing(struct out *o, const struct row *row)
{
	(void)o;
	(void)row;
}

void put_zero(struct out *o, const struct row *row)
{
	(void)row;
	out_char(o, '0');
}

void put_zero_decimal(struct out *o, const struct row *row)
{
	(void)row;
	out_text(o, "0.0");
}

void put_one(struct out *o, const struct row *row)
{
	(void)row;
	out_char(o, '1');
}

void put_true(struct out *o, const struct row *row)
{
	(void)row;
	out_text(o, "true");
}

void put_false(struct out *o, const struct row *row)
{
	(void)row;
	out_text(o, "false");
}

void put_is_carrier_sense(struct out *o, const struct row *row)
{
	(row->kind == CLASS_B_CS ? put_true : put_false)(o, row);
}

void put_comm_state(struct out *o, const struct row *row)
{
	(void)row;
	out_int(o, COMM_STATE);
}

void put_mmsi(struct out *o, const struct row *row)
{
	out_int(o, row->who->mmsi);
}

void put_imo(struct out *o, const struct row *row)
{
	if (row->who->imo > 0 && row->r->identified)
		out_int(o, row->who->imo);
}

void put_imo_or_zero(struct out *o, const struct row *row)
{
	out_int(o, row->r->identified ? row->who->imo : 0);
}

void put_imo_prefixed(struct out *o, const struct row *row)
{
	if (row->who->imo == 0 || !row->r->identified)
		return;
	out_text(o, "IMO");
	out_int(o, row->who->imo);
}

void put_imo_or_unknown(struct out *o, const struct row *row)
{
	if (row->who->imo > 0 && row->r->identified)
		out_int(o, row->who->imo);
	else
		out_text(o, "Unknown");
}

void put_name(struct out *o, const struct row *row)
{
	if (row->r->identified)
		out_text(o, row->who->name);
}

void put_call(struct out *o, const struct row *row)
{
	if (row->r->identified)
		out_text(o, row->who->call);
}

void put_call_or_unknown(struct out *o, const struct row *row)
{
	out_text(o, row->r->identified && row->who->call[0] ? row->who->call : "Unknown");
}

/* the static data are one: where one is not known yet, none is */
static void put_known(struct out *o, const struct row *row, int64_t v)
{
	if (row->r->identified)
		out_int(o, v);
}

void put_type(struct out *o, const struct row *row)
{
	put_known(o, row, row->who->type);
}

void put_length(struct out *o, const struct row *row)
{
	put_known(o, row, row->who->length);
}

void put_width(struct out *o, const struct row *row)
{
	put_known(o, row, row->who->width);
}

void put_draft(struct out *o, const struct row *row)
{
	if (row->r->identified)
		out_fixed(o, row->who->draft_dm, 1);
}

void put_dim_bow(struct out *o, const struct row *row)
{
	put_known(o, row, row->who->length * 3 / 4);
}

void put_dim_stern(struct out *o, const struct row *row)
{
	put_known(o, row, row->who->length - row->who->length * 3 / 4);
}

void put_dim_port(struct out *o, const struct row *row)
{
	put_known(o, row, row->who->width / 2);
}

void put_dim_starboard(struct out *o, const struct row *row)
{
	put_known(o, row, row->who->width - row->who->width / 2);
}

void put_lat5(struct out *o, const struct row *row)
{
	out_degrees5(o, row->r->p.lat);
}

void put_lon5(struct out *o, const struct row *row)
{
	out_degrees5(o, row->r->p.lon);
}

void put_lat6(struct out *o, const struct row *row)
{
	out_fixed(o, row->r->p.lat, 6);
}

void put_lon6(struct out *o, const struct row *row)
{
	out_fixed(o, row->r->p.lon, 6);
}

/* v in 1/600000 degree, rounded half away from zero */
static void put_radio(struct out *o, int64_t v, int decimals)
{
	int64_t unit = decimals == 6 ? 1000000 : 100000000;

	out_fixed(o, (v * unit + (v < 0 ? -300000 : 300000)) / 600000, decimals);
}

void put_radio_lat6(struct out *o, const struct row *row)
{
	put_radio(o, radio_minutes(row->r->p.lat), 6);
}

void put_radio_lon6(struct out *o, const struct row *row)
{
	put_radio(o, radio_minutes(row->r->p.lon), 6);
}

void put_radio_lat8(struct out *o, const struct row *row)
{
	put_radio(o, radio_minutes(row->r->p.lat), 8);
}

void put_radio_lon8(struct out *o, const struct row *row)
{
	put_radio(o, radio_minutes(row->r->p.lon), 8);
}

void put_lat_or_empty(struct out *o, const struct row *row)
{
	if (has_position(row))
		put_lat5(o, row);
}

void put_lon_or_empty(struct out *o, const struct row *row)
{
	if (has_position(row))
		put_lon5(o, row);
}

void put_sog(struct out *o, const struct row *row)
{
	out_fixed(o, row->r->sog, 1);
}

void put_cog(struct out *o, const struct row *row)
{
	out_fixed(o, row->r->cog, 1);
}

void put_heading(struct out *o, const struct row *row)
{
	out_int(o, row->r->heading);
}

void put_heading_decimal(struct out *o, const struct row *row)
{
	out_fixed(o, row->r->heading * INT64_C(10), 1);
}

void put_whole_knots(struct out *o, const struct row *row)
{
	out_int(o, row->r->sog == NO_SOG ? NO_SOG : row->r->sog / 10);
}

void put_sog_or_empty(struct out *o, const struct row *row)
{
	if (row->r->sog != NO_SOG)
		put_sog(o, row);
}

void put_cog_or_empty(struct out *o, const struct row *row)
{
	if (row->r->cog != NO_COG)
		put_cog(o, row);
}

void put_heading_or_empty(struct out *o, const struct row *row)
{
	if (row->r->heading != NO_HEADING)
		put_heading(o, row);
}

void put_nav(struct out *o, const struct row *row)
{
	out_int(o, row->r->nav);
}

void put_nav_or_empty(struct out *o, const struct row *row)
{
	if (row->r->nav != NAV_UNDEFINED)
		out_int(o, row->r->nav);
}

void put_message(struct out *o, const struct row *row)
{
	out_int(o, row->r->message);
}

void put_class(struct out *o, const struct row *row)
{
	if (row->kind <= CLASS_B_CS)
		out_char(o, row->kind == CLASS_A ? 'A' : 'B');
}

void put_source_gs(struct out *o, const struct row *row)
{
	out_char(o, row->r->satellite ? 's' : 'g');
}

void put_source_ter(struct out *o, const struct row *row)
{
	out_text(o, row->r->satellite ? "SAT" : "TER");
}

#include "state/fix_code.h"

#include <math.h>
#include <string.h>

enum {
	KNOWN_BITS = 5,
	CLASS_AT = 5,
	SOURCE_AT = 7,
	LAT_AT = 9,
	LON_AT = 11,
	SOG_TENTHS = 1 << 13,
	COG_TENTHS = 1 << 14,
	HEAD_BITS = 15,
	TENTHS_MAX = 10240,
};

enum { FORM_E7, FORM_AIS, FORM_DOUBLE, FORMS };

/* steps to a degree of the first two forms */
static const double STEPS[] = {[FORM_E7] = 1e7, [FORM_AIS] = 600000};

/* faster than any ship or aircraft that AIS reports (M.1371: up to 1022 kn), and still finite */
static const float SPEED_MOST_KN = 1024;

/* bit for bit: 0 and -0 are not the same */
static bool same_double(double a, double b)
{
	uint64_t x;
	uint64_t y;

	memcpy(&x, &a, sizeof x);
	memcpy(&y, &b, sizeof y);
	return x == y;
}

static bool same_float(float a, float b)
{
	uint32_t x;
	uint32_t y;

	memcpy(&x, &a, sizeof x);
	memcpy(&y, &b, sizeof y);
	return x == y;
}

static unsigned form_of(double deg)
{
	unsigned form = FORM_E7;

	while (form < FORM_DOUBLE &&
	       !same_double((double)llrint(deg * STEPS[form]) / STEPS[form], deg))
		form++;
	return form;
}

static void put_degrees(struct code_out *out, unsigned form, double before, double deg)
{
	if (form == FORM_DOUBLE)
		code_double(out, deg);
	else
		code_signed(out, llrint(deg * STEPS[form]) - llrint(before * STEPS[form]));
}

/* any number may come of a text made to do harm, but no overflow */
static double get_degrees(struct code_in *in, unsigned form, double before)
{
	uint64_t steps;

	if (form == FORM_DOUBLE)
		return code_get_double(in);
	steps = (uint64_t)code_get_signed(in) + (uint64_t)llrint(before * STEPS[form]);
	return (double)(int64_t)steps / STEPS[form];
}

bool speed_valid(float sog_kn)
{
	return sog_kn >= 0 && sog_kn <= SPEED_MOST_KN && !same_float(sog_kn, -0.0F);
}

bool tenths_exact(float value)
{
	long tenths = value >= 0 && value <= SPEED_MOST_KN ? lrintf(value * 10) : -1;

	return tenths >= 0 && same_float((float)tenths / 10, value);
}

void tenths_encode(struct code_out *out, float value, bool exact)
{
	if (exact)
		code_varint(out, (uint64_t)lrintf(value * 10));
	else
		code_float(out, value);
}

float tenths_decode(struct code_in *in, bool exact)
{
	uint64_t tenths;

	if (!exact)
		return code_get_float(in);
	tenths = code_get_varint(in);
	if (tenths > TENTHS_MAX)
		code_spoil(in);
	return tenths > TENTHS_MAX ? 0 : (float)tenths / 10;
}

/* the ranges that ais/fix.h states; -0 would sort and print as another value than 0 */
static bool is_valid(const struct fix *fix)
{
	return fix->lat_deg >= -90 && fix->lat_deg <= 90 && fix->lon_deg >= -180 &&
	       fix->lon_deg < 180 && !same_double(fix->lat_deg, -0.0) &&
	       !same_double(fix->lon_deg, -0.0) && speed_valid(fix->sog_kn) && fix->cog_deg >= 0 &&
	       fix->cog_deg < 360 && !same_float(fix->cog_deg, -0.0F) && fix->heading_deg < 360 &&
	       fix->nav_status <= 14 && fix->second <= 63 && fix->ais_class <= CLASS_B &&
	       fix->source <= SOURCE_SATELLITE && fix->known < 1 << KNOWN_BITS;
}

void fix_encode(struct code_out *out, const struct fix *before, const struct fix *fix)
{
	unsigned lat = form_of(fix->lat_deg);
	unsigned lon = form_of(fix->lon_deg);
	bool sog = fix->known & KNOWN_SOG && tenths_exact(fix->sog_kn);
	bool cog = fix->known & KNOWN_COG && tenths_exact(fix->cog_deg);
	unsigned head =
	    (unsigned)(fix->known | fix->ais_class << CLASS_AT | fix->source << SOURCE_AT) |
	    lat << LAT_AT | lon << LON_AT | (sog ? SOG_TENTHS : 0) | (cog ? COG_TENTHS : 0);

	out->bad = out->bad || !is_valid(fix);
	code_byte(out, (uint8_t)head);
	code_byte(out, (uint8_t)(head >> 8));
	put_degrees(out, lat, before->lat_deg, fix->lat_deg);
	put_degrees(out, lon, before->lon_deg, fix->lon_deg);
	if (fix->known & KNOWN_SOG)
		tenths_encode(out, fix->sog_kn, sog);
	if (fix->known & KNOWN_COG)
		tenths_encode(out, fix->cog_deg, cog);
	if (fix->known & KNOWN_HEADING)
		code_varint(out, fix->heading_deg);
	if (fix->known & KNOWN_NAV_STATUS)
		code_byte(out, fix->nav_status);
	if (fix->known & KNOWN_SECOND)
		code_byte(out, fix->second);
}

static void get_known(struct code_in *in, unsigned head, struct fix *fix)
{
	uint64_t heading = 0;

	if (fix->known & KNOWN_SOG)
		fix->sog_kn = tenths_decode(in, head & SOG_TENTHS);
	if (fix->known & KNOWN_COG)
		fix->cog_deg = tenths_decode(in, head & COG_TENTHS);
	if (fix->known & KNOWN_HEADING)
		heading = code_get_varint(in);
	if (heading >= 360)
		code_spoil(in);
	else
		fix->heading_deg = (uint16_t)heading;
	if (fix->known & KNOWN_NAV_STATUS)
		fix->nav_status = code_get_byte(in);
	if (fix->known & KNOWN_SECOND)
		fix->second = code_get_byte(in);
}

bool fix_decode(struct code_in *in, const struct fix *before, struct fix *fix)
{
	unsigned head = code_get_byte(in);
	unsigned lat;
	unsigned lon;

	head |= (unsigned)code_get_byte(in) << 8;
	lat = head >> LAT_AT & 3;
	lon = head >> LON_AT & 3;
	if (lat >= FORMS || lon >= FORMS || head >> HEAD_BITS)
		return false;
	*fix = (struct fix){
	    .t_ms = fix->t_ms,
	    .lat_deg = get_degrees(in, lat, before->lat_deg),
	    .lon_deg = get_degrees(in, lon, before->lon_deg),
	    .ais_class = (uint8_t)(head >> CLASS_AT & 3),
	    .source = (uint8_t)(head >> SOURCE_AT & 3),
	    .known = (uint8_t)(head & ((1 << KNOWN_BITS) - 1)),
	};
	get_known(in, head, fix);
	return !in->bad && is_valid(fix);
}

/*
 * From a row to a report, included once per kernel after it has defined
 *   ROW_NAME   the kernel's function
 *   plain_numbers(plan, row, value)   which reads what it can of a row's numbers at once, and
 *                                     answers which (bit i: value[i]); the others are any
 *   within(value, limit)   which makes 0 of the values of a motion that are not in [0, limit), and
 *                          answers which are
 */
#include <math.h>
#include <string.h>

#include "ais/digits.h"
#include "ais/quantity.h"
#include "ais/row_kernels.h"
#include "ais/rules.h"
#include "ais/sender.h"
#include "ais/statics.h"
#include "base/num.h"
#include "base/utc.h"

/* ids beyond this are not exact in exports that write them as floating point numbers */
#define ID_LIMIT (INT64_C(1) << 53)

enum { POSITION = 1 << NUMBER_LAT | 1 << NUMBER_LON };
#define NO_COLUMN UINT32_MAX

/* the field's text with blanks; empty when the export or the row does not have it */
static inline struct span text_of(const struct row_plan *plan, const struct row *row,
                                  enum field field)
{
	uint32_t column = plan->column[field];

	if (column >= row->count)
		return (struct span){NULL, 0};
	return row_field(row, column);
}

/* of a column that every row has that is not ROW_SHORT */
static inline struct span needed_text(const struct row_plan *plan, const struct row *row,
                                      enum field field)
{
	return row_field(row, plan->column[field]);
}

/* one number in the export's unit; false when it is absent or unreadable */
static bool number_at(const struct row *row, uint32_t column, double *value)
{
	struct span s = column < row->count ? row_field(row, column) : (struct span){NULL, 0};

	return s.len && (plain_number(s, value) || quantity_parse(s, value));
}

static void divide(const struct row_plan *plan, double value[NUMBERS])
{
	for (int i = 0; i < NUMBERS; i++)
		value[i] /= plan->divisor[i];
}

/* the row's numbers in canonical units, NaN where it has none; answers which it has */
static inline unsigned read_numbers(const struct row_plan *plan, const struct row *row,
                                    double value[NUMBERS])
{
	unsigned read = plain_numbers(plan, row, value);

	for (unsigned left = plan->numbers & ~read; left; left &= left - 1) {
		unsigned i = (unsigned)__builtin_ctz(left);

		if (number_at(row, plan->number[i], &value[i]))
			read |= 1U << i;
		else
			value[i] = NAN;
	}
	if (__builtin_expect(plan->divided, 0))
		divide(plan, value);
	return read;
}

/* "2.74E+08": with fewer digits than an MMSI has, a spreadsheet has rounded it */
static bool rounded(struct span s)
{
	int digits = 0;

	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == 'e' || s.ptr[i] == 'E')
			return digits < 9;
		digits += s.ptr[i] >= '0' && s.ptr[i] <= '9';
	}
	return false;
}

/* nine digits, or any whole number however it is written ("-2146018332.000", "3.6699643e8") */
static bool parse_id(struct span s, int64_t *id)
{
	double value;

	s = span_trim(s);
	if (rounded(s))
		return false;
	if (num_int(s, id))
		return *id > -ID_LIMIT && *id < ID_LIMIT;
	if (!num_double(s, &value) || !(fabs(value) < (double)ID_LIMIT) || value != trunc(value))
		return false;
	*id = (int64_t)value;
	return true;
}

static bool parse_imo_id(struct span s, int64_t *id)
{
	*id = imo_parse(s);
	return *id != 0;
}

static enum row_outcome read_id(const struct row_plan *plan, const struct row *row, int64_t *mmsi)
{
	if (plan->map.imo_is_id) {
		if (!parse_imo_id(text_of(plan, row, FIELD_IMO), mmsi))
			return ROW_BAD_MMSI;
	} else {
		struct span s = needed_text(plan, row, FIELD_MMSI);

		if (!plain_mmsi(s, mmsi) && !parse_id(s, mmsi))
			return value_absent(span_trim(s)) ? ROW_NOT_A_SHIP : ROW_BAD_MMSI;
	}
	if (plan->any_id || mmsi_plain_ship(*mmsi))
		return ROW_USED;
	return sender_by_kind(mmsi_kind(*mmsi));
}

static enum row_outcome read_sender(const struct row_plan *plan, const struct row *row,
                                    struct fix *fix, int *number)
{
	struct span s = text_of(plan, row, FIELD_STATION);
	enum row_outcome outcome = s.len ? sender_by_station(s) : ROW_USED;
	enum ais_class class = s.len ? sender_class(s) : CLASS_UNKNOWN;

	s = text_of(plan, row, FIELD_MSG_TYPE);
	if (s.len) {
		int64_t message = sender_message(s);

		*number = (int)message;
		if (outcome == ROW_USED)
			outcome = sender_by_message(message);
		if (class == CLASS_UNKNOWN)
			class = sender_class_of_message(message);
	}
	fix->ais_class = (uint8_t) class;
	fix->source = (uint8_t)sender_source(text_of(plan, row, FIELD_SOURCE));
	return outcome;
}

static enum row_outcome read_station(const struct row_plan *plan, const struct row *row,
                                     struct fix *fix, int *message)
{
	struct span s = text_of(plan, row, FIELD_CLASS);
	enum row_outcome outcome = ROW_USED;
	enum ais_class said;

	fix->ais_class = CLASS_UNKNOWN;
	fix->source = SOURCE_UNKNOWN;
	if (plan->sender)
		outcome = read_sender(plan, row, fix, message);
	if (!s.len)
		return outcome;
	said = s.len == 1 ? sender_class_of_letter(*s.ptr) : sender_class(s);
	if (said != CLASS_UNKNOWN)
		fix->ais_class = (uint8_t)said;
	return outcome;
}

/* "2022-06-01T00:00:02" in the cached minute */
static inline bool cached_time(const struct row_cache *cache, struct span s, int64_t *t_ms)
{
	unsigned tens;
	unsigned ones;

	if (!cache->set || s.len != 19 || memcmp(s.ptr, cache->minute, sizeof cache->minute) != 0 ||
	    s.ptr[16] != ':')
		return false;
	tens = (unsigned)(unsigned char)s.ptr[17] - '0';
	ones = (unsigned)(unsigned char)s.ptr[18] - '0';
	if (tens > 5 || ones > 9)
		return false;
	*t_ms = cache->minute_ms + tens * 10000 + ones * 1000;
	return true;
}

/* remembers the minute of an ISO time with seconds that was read with certainty */
static void remember_time(struct row_cache *cache, struct span s, int64_t t_ms)
{
	if (s.len != 19 || s.ptr[4] != '-' || s.ptr[7] != '-' || s.ptr[13] != ':' ||
	    s.ptr[16] != ':' || s.ptr[17] > '5')
		return;
	memcpy(cache->minute, s.ptr, sizeof cache->minute);
	cache->set = true;
	cache->minute_ms = t_ms - ((s.ptr[17] - '0') * 10 + (s.ptr[18] - '0')) * 1000;
}

static bool read_milli(const struct row_plan *plan, const struct row *row, double *milli)
{
	if (!number_at(row, plan->column[FIELD_MILLISECOND], milli))
		return false;
	*milli /= plan->map.field[FIELD_MILLISECOND].divisor;
	return *milli >= 0 && *milli < 1000;
}

/* the row has no time, rather than one that cannot be read */
static bool timeless(const struct row_plan *plan, const struct row *row)
{
	return plan->timeless || value_absent(span_trim(needed_text(plan, row, FIELD_TIME)));
}

static bool read_time(const struct row_plan *plan, const struct row *row, struct row_cache *cache,
                      struct row_reading *reading)
{
	struct span s = needed_text(plan, row, FIELD_TIME);
	double milli;

	reading->when = WHEN_BAD;
	if (plan->timeless)
		return false;
	if (cached_time(cache, s, &reading->t_ms[0])) {
		reading->t_ms[1] = reading->t_ms[0];
		reading->when = WHEN_CERTAIN;
	} else {
		reading->when = when_parse(s, &plan->when, reading->t_ms);
		if (reading->when == WHEN_BAD)
			return false;
		if (reading->when == WHEN_CERTAIN && !plan->when.zone && !plan->when.format)
			remember_time(cache, s, reading->t_ms[0]);
	}
	if (plan->column[FIELD_MILLISECOND] != NO_COLUMN && read_milli(plan, row, &milli)) {
		reading->t_ms[0] += (int64_t)milli;
		reading->t_ms[1] += (int64_t)milli;
	}
	return true;
}

/* M.1371 "not available", with the noise of a pass through single precision */
static bool is_sentinel(double value, double sentinel)
{
	return fabs(value - sentinel) < 1e-3;
}

/* why a position cannot be told, or is not one */
static enum row_outcome no_position(const struct row_plan *plan, const struct row *row)
{
	if (value_absent(span_trim(needed_text(plan, row, FIELD_LAT))) ||
	    value_absent(span_trim(needed_text(plan, row, FIELD_LON))))
		return ROW_NO_POSITION;
	return ROW_BAD_POSITION;
}

static enum row_outcome out_of_range(double lat, double lon, struct row_reading *reading)
{
	if (fabs(lat) <= 91 * 600000.0 && fabs(lon) <= 181 * 600000.0 && fabs(lat) > 360 &&
	    lat == trunc(lat) && lon == trunc(lon))
		reading->notes = NOTE_RAW_UNITS;
	return ROW_OUT_OF_RANGE;
}

static enum row_outcome rare_place(double lat, double lon, struct fix *fix,
                                   struct row_reading *reading)
{
	if (is_sentinel(lat, 91) || is_sentinel(lon, 181))
		return ROW_NO_POSITION;
	if (lat < -90 || lat > 90 || lon < -180 || lon > 360)
		return out_of_range(lat, lon, reading);
	if (lat == 0 && lon == 0)
		return ROW_NULL_POSITION;
	fix->lat_deg = lat + 0.0;
	fix->lon_deg = fix_wrap_lon(lon);
	return ROW_USED;
}

/* what rare_place would do, told quickly for nearly all positions */
static inline enum row_outcome place(double lat, double lon, struct fix *fix,
                                     struct row_reading *reading)
{
	if (!(fabs(lat) <= 90 && fabs(lon) < 180 && lat != 0))
		return rare_place(lat, lon, fix, reading);
	fix->lat_deg = lat;
	fix->lon_deg = lon + 0.0;
	return ROW_USED;
}

static inline void read_motion(const struct row_plan *plan, double value[MOTION], struct fix *fix)
{
	unsigned known = within(value, plan->limit);

	fix->sog_kn = (float)value[0] + 0.0F;
	fix->cog_deg = (float)value[1] + 0.0F;
	fix->heading_deg = (uint16_t)(value[2] + 0.5);
	fix->second = (uint8_t)value[3];
	fix->known = (uint8_t)((known & (KNOWN_SOG | KNOWN_COG | KNOWN_HEADING)) |
	                       (known & 8) * (KNOWN_SECOND / 8));
}

/* M.1371 table 64: in message 27 a speed of 63 is "not available" */
static void drop_long_range_speed(struct fix *fix)
{
	if (fix->sog_kn == 63) {
		fix->known &= (uint8_t)~KNOWN_SOG;
		fix->sog_kn = 0;
	}
}

static void read_nav_status(const struct row_plan *plan, const struct row *row, struct fix *fix)
{
	struct span s = text_of(plan, row, FIELD_NAV_STATUS);
	int status = -1;

	if (s.len == 1 && *s.ptr >= '0' && *s.ptr <= '9')
		status = *s.ptr - '0';
	else if (s.len)
		status = nav_status_parse(span_trim(s));
	fix->nav_status = (uint8_t)(status < 0 ? 0 : status);
	fix->known |= status < 0 ? 0 : KNOWN_NAV_STATUS;
}

/* what csvtext_put (report/csvtext.h) set before a text for the sake of spreadsheets */
static struct span without_apostrophe(struct span s)
{
	return s.len && s.ptr[0] == '\'' ? (struct span){s.ptr + 1, s.len - 1} : s;
}

static void read_statics(const struct row_plan *plan, const struct row *row,
                         struct statics *statics)
{
	statics->name = text_of(plan, row, FIELD_NAME);
	statics->callsign = text_of(plan, row, FIELD_CALLSIGN);
	statics->imo = text_of(plan, row, FIELD_IMO);
	statics->type = text_of(plan, row, FIELD_TYPE);
	statics->whole = (struct span){NULL, 0};
	if (__builtin_expect(plan->map.apostrophes, 0)) {
		statics->name = without_apostrophe(statics->name);
		statics->callsign = without_apostrophe(statics->callsign);
		statics->type = without_apostrophe(statics->type);
	}
	if (plan->statics_first >= 0 && (uint32_t)plan->statics_last < row->count) {
		struct span first = row_field(row, (uint32_t)plan->statics_first);
		struct span last = row_field(row, (uint32_t)plan->statics_last);

		statics->whole =
		    (struct span){first.ptr, (size_t)(last.ptr + last.len - first.ptr)};
	}
}

static bool has_point(struct span s)
{
	return s.len && memchr(s.ptr, '.', s.len);
}

/*
 * More cells than the header has: harmless behind an unquoted comma in a name, but "43,05,132,02"
 * is a position with decimal commas, whose whole degrees would be read as latitude and longitude.
 */
static bool overfull(const struct row_plan *plan, const struct row *row)
{
	bool more = false;

	for (size_t i = plan->map.columns; i < row->count; i++)
		more = more || span_trim(row_field(row, (uint32_t)i)).len;
	return more && !has_point(needed_text(plan, row, FIELD_LAT)) &&
	       !has_point(needed_text(plan, row, FIELD_LON));
}

enum row_outcome ROW_NAME(const struct row_plan *plan, const struct row *row,
                          struct row_cache *cache, struct position_report *report,
                          struct row_reading *reading)
{
	enum row_outcome outcome;
	double value[NUMBERS];
	unsigned read;

	reading->notes = 0;
	reading->message = 0;
	if (row->fault != ROW_FINE)
		return row->fault == ROW_TOO_LONG ? ROW_LONG : ROW_QUOTE;
	if (row->count < plan->needed || (row->cut && row->count < plan->map.columns))
		return ROW_SHORT;
	if (__builtin_expect(row->count > plan->map.columns, 0) && overfull(plan, row))
		return ROW_EXTRA;
	if ((outcome = read_id(plan, row, &report->mmsi)) != ROW_USED)
		return outcome;
	if ((outcome = read_station(plan, row, &report->fix, &reading->message)) != ROW_USED)
		return outcome;
	if (!read_time(plan, row, cache, reading) && !timeless(plan, row))
		return ROW_BAD_TIME;
	read_statics(plan, row, &report->statics);
	read = read_numbers(plan, row, value);
	if ((read & POSITION) == POSITION)
		outcome = place(value[NUMBER_LAT], value[NUMBER_LON], &report->fix, reading);
	else
		outcome = no_position(plan, row);
	report->has_position = outcome == ROW_USED;
	if (outcome == ROW_NO_POSITION && statics_any(&report->statics))
		return reading->when == WHEN_BAD ? ROW_NO_TIME : ROW_STATIC;
	if (outcome != ROW_USED)
		return outcome;
	read_motion(plan, value + NUMBER_SOG, &report->fix);
	if (reading->message == 27)
		drop_long_range_speed(&report->fix);
	read_nav_status(plan, row, &report->fix);
	return reading->when == WHEN_BAD ? ROW_NO_TIME : ROW_USED;
}

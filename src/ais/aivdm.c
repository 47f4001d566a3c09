#include "ais/aivdm.h"

#include <stdlib.h>

#include "ais/rules.h"
#include "ais/sender.h"
#include "base/utc.h"

enum {
	NAME_SIZE = 20,
	CALLSIGN_SIZE = 7,
	IMO_MAX = 9999999, /* above it a flag state's own number (M.1371-5, table 52) */
	HEAD_BITS = 38,
};

static inline uint32_t number(const struct bits *bits, const struct aivdm_field *field)
{
	return bits_unsigned(bits, field->offset, field->width);
}

/* false when the layout has no such field or its value does not lie below the limit */
static inline bool number_below(const struct bits *bits, const struct aivdm_field *field,
                                uint32_t limit, uint32_t *value)
{
	if (!field->width)
		return false;
	*value = number(bits, field);
	return *value < limit;
}

static inline enum row_outcome read_place(const struct bits *bits, const struct aivdm_field *fields,
                                          struct fix *fix)
{
	const struct aivdm_field *x = &fields[AIVDM_LON];
	const struct aivdm_field *y = &fields[AIVDM_LAT];
	int32_t lon = bits_signed(bits, x->offset, x->width);
	int32_t lat = bits_signed(bits, y->offset, y->width);
	int32_t degree = (int32_t)x->scale;

	if (lat == y->absent || lon == x->absent)
		return ROW_NO_POSITION;
	if (abs(lat) > 90 * degree || abs(lon) > 180 * degree)
		return ROW_OUT_OF_RANGE;
	if (lat == 0 && lon == 0)
		return ROW_NULL_POSITION;
	/* divided, not multiplied by 1 / degree: that gives the double nearest to the decimal text
	 */
	fix->lat_deg = lat / (double)degree;
	fix->lon_deg = lon / (double)degree;
	if (lon == 180 * degree)
		fix->lon_deg = fix_wrap_lon(fix->lon_deg);
	return ROW_USED;
}

/* courses of 360 degrees and more and headings of 360 to 510 "should not be used" */
static inline void read_motion(const struct bits *bits, const struct aivdm_field *fields,
                               struct fix *fix)
{
	const struct aivdm_field *speed = &fields[AIVDM_SPEED];
	const struct aivdm_field *course = &fields[AIVDM_COURSE];
	uint32_t value;

	if (number_below(bits, speed, (uint32_t)speed->absent, &value)) {
		fix->sog_kn = (float)(value / (double)speed->scale);
		fix->known |= KNOWN_SOG;
	}
	if (number_below(bits, course, 360 * course->scale, &value)) {
		fix->cog_deg = (float)(value / (double)course->scale);
		fix->known |= KNOWN_COG;
	}
	if (number_below(bits, &fields[AIVDM_HEADING], 360, &value)) {
		fix->heading_deg = (uint16_t)value;
		fix->known |= KNOWN_HEADING;
	}
	if (number_below(bits, &fields[AIVDM_SECOND], 64, &value)) {
		fix->second = (uint8_t)value;
		fix->known |= KNOWN_SECOND;
	}
	if (number_below(bits, &fields[AIVDM_STATUS], 15, &value)) {
		fix->nav_status = (uint8_t)value;
		fix->known |= KNOWN_NAV_STATUS;
	}
}

/* ROW_USED also means that has_position is set */
static inline enum row_outcome read_fix(const struct bits *bits, const struct aivdm_field *fields,
                                        struct position_report *report)
{
	enum row_outcome outcome = read_place(bits, fields, &report->fix);

	if (outcome != ROW_USED)
		return outcome;
	report->has_position = true;
	read_motion(bits, fields, &report->fix);
	return ROW_USED;
}

/* AIVDM_NO_TIME unless the date and time exist, in the years of reports */
static int64_t read_utc(const struct bits *bits, const struct aivdm_field *fields)
{
	int year = (int)number(bits, &fields[AIVDM_YEAR]);
	int month = (int)number(bits, &fields[AIVDM_MONTH]);
	int day = (int)number(bits, &fields[AIVDM_DAY]);
	uint32_t hour = number(bits, &fields[AIVDM_HOUR]);
	uint32_t minute = number(bits, &fields[AIVDM_MINUTE]);
	uint32_t second = number(bits, &fields[AIVDM_UTC_SECOND]);
	int64_t t_ms;

	if (!utc_date_valid(year, month, day) || hour > 23 || minute > 59 || second > 59)
		return AIVDM_NO_TIME;
	t_ms = utc_days(year, month, day) * DAY_MS +
	       (((int64_t)hour * 60 + minute) * 60 + second) * 1000;
	return t_ms >= UTC_MIN_MS && t_ms < UTC_MAX_MS ? t_ms : AIVDM_NO_TIME;
}

/* appends a text field at `end`, and moves it */
static struct span read_text(const struct bits *bits, const struct aivdm_field *field, char **end)
{
	struct span s = {NULL, 0};

	if (!field->width)
		return s;
	s.ptr = *end;
	s.len = bits_text(bits, field->offset, field->width / 6U, *end);
	*end += s.len;
	return s;
}

/* the same for a number's digits; nothing for 0, which means "not available", and above `most` */
static struct span read_digits(const struct bits *bits, const struct aivdm_field *field,
                               uint32_t most, char **end)
{
	uint32_t value = field->width ? number(bits, field) : 0;
	char digits[10];
	char *first = digits + sizeof digits;
	struct span s = {NULL, 0};

	if (value == 0 || value > most)
		return s;
	for (; value; value /= 10)
		*--first = (char)('0' + value % 10);
	s.ptr = *end;
	s.len = (size_t)(digits + sizeof digits - first);
	memcpy(*end, first, s.len);
	*end += s.len;
	return s;
}

static void read_identity(const struct bits *bits, const struct aivdm_field *fields,
                          struct aivdm *message)
{
	struct statics *statics = &message->report.statics;
	char *end = message->text;

	_Static_assert(AIVDM_TEXT_SIZE == NAME_SIZE + CALLSIGN_SIZE + 7 + 3, "room for all four");
	statics->name = read_text(bits, &fields[AIVDM_SHIPNAME], &end);
	statics->callsign = read_text(bits, &fields[AIVDM_CALLSIGN], &end);
	statics->imo = read_digits(bits, &fields[AIVDM_IMO], IMO_MAX, &end);
	statics->type = read_digits(bits, &fields[AIVDM_SHIPTYPE], UINT8_MAX, &end);
}

static bool has_identity(const struct statics *statics)
{
	return statics->name.len || statics->callsign.len || statics->imo.len || statics->type.len;
}

/* what the message holds, whoever sent it */
static enum row_outcome read_content(const struct bits *bits, const struct aivdm_field *fields,
                                     struct aivdm *message)
{
	struct position_report *report = &message->report;
	enum row_outcome outcome;

	if (fields[AIVDM_SHIPNAME].width || fields[AIVDM_SHIPTYPE].width)
		read_identity(bits, fields, message);
	if (fields[AIVDM_UTC_SECOND].width)
		message->utc_ms = read_utc(bits, fields);
	if (!fields[AIVDM_LAT].width)
		return ROW_STATIC;
	outcome = read_fix(bits, fields, report);
	if (outcome == ROW_NO_POSITION && has_identity(&report->statics))
		return ROW_STATIC;
	return outcome;
}

/* ROW_USED for a ship, else why its messages are left out */
static enum row_outcome read_sender(const struct aivdm *message, bool any_id)
{
	enum row_outcome outcome = sender_by_message(message->type);

	if (outcome != ROW_USED || any_id || mmsi_plain_ship(message->report.mmsi))
		return outcome;
	return sender_by_kind(mmsi_kind(message->report.mmsi));
}

enum row_outcome aivdm_read(const struct bits *bits, bool any_id, struct aivdm *message)
{
	enum row_outcome outcome;
	enum row_outcome sender;
	const struct aivdm_layout *layout = aivdm_layout(bits, &outcome);

	message->type = bits->count >= 6 ? (int)bits_unsigned(bits, 0, 6) : 0;
	message->utc_ms = AIVDM_NO_TIME;
	memset(&message->report, 0, sizeof message->report);
	if (bits->count >= HEAD_BITS)
		message->report.mmsi = bits_unsigned(bits, 8, 30);
	if (!layout) {
		sender = sender_by_message(message->type);
		return outcome == ROW_OTHER && sender != ROW_USED ? sender : outcome;
	}
	message->report.fix.ais_class = (uint8_t)sender_class_of_message(message->type);
	outcome = read_content(bits, layout->fields, message);
	sender = read_sender(message, any_id);
	return sender != ROW_USED ? sender : outcome;
}

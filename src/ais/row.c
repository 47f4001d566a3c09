#include "ais/row.h"

#include <math.h>

#include "ais/quantity.h"
#include "ais/rules.h"
#include "ais/statics.h"
#include "base/num.h"
#include "base/utc.h"

/* ids beyond this are not exact in exports that write them as floating point numbers */
#define ID_LIMIT (INT64_C(1) << 53)

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
    [ROW_NOT_A_SHIP] = {"not_a_ship_mmsi", "whose id is no ship's MMSI (see --any-id)"},
    [ROW_OUTSIDE_ORDER] = {"date_order", "whose date contradicts the input's day and month order"},
    [ROW_SHORT] = {"short_row", "with too few fields"},
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

/* the columns from the first to the last identity field, when there is not much between them */
static void find_statics(struct row_plan *plan)
{
	static const enum field STATICS[] = {FIELD_NAME, FIELD_CALLSIGN, FIELD_IMO, FIELD_TYPE};
	int count = 0;

	plan->statics_first = -1;
	plan->statics_last = -1;
	for (size_t i = 0; i < sizeof STATICS / sizeof *STATICS; i++) {
		int column = plan->map.field[STATICS[i]].column;

		if (column < 0)
			continue;
		count++;
		if (plan->statics_first < 0 || column < plan->statics_first)
			plan->statics_first = column;
		if (column > plan->statics_last)
			plan->statics_last = column;
	}
	if (plan->statics_last - plan->statics_first >= count)
		plan->statics_first = -1;
}

void row_plan_finish(struct row_plan *plan)
{
	static const enum field NEEDED[] = {FIELD_MMSI, FIELD_TIME, FIELD_LAT, FIELD_LON};

	for (int f = 0; f < FIELD_COUNT; f++) {
		plan->column[f] = (uint32_t)plan->map.field[f].column;
		plan->divided[f] = plan->map.field[f].divisor != 1;
	}
	plan->needed = 0;
	for (size_t i = 0; i < sizeof NEEDED / sizeof *NEEDED; i++) {
		int column = plan->map.field[NEEDED[i]].column;

		if (column >= 0 && (uint32_t)column >= plan->needed)
			plan->needed = (uint32_t)column + 1;
	}
	find_statics(plan);
}

/* the field's text with blanks; empty when the export or the row does not have it */
static inline struct span text_of(const struct row_plan *plan, const struct row *row,
				  enum field field)
{
	uint32_t column = plan->column[field];

	if (column >= row->count)
		return (struct span){NULL, 0};
	return row_field(row, column);
}

/* eight bytes as a little-endian number; rows are followed by as many that may be read (rows.h) */
static inline uint64_t load8(const char *p)
{
	uint64_t word;

	memcpy(&word, p, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	word = __builtin_bswap64(word);
#endif
	return word;
}

#define ASCII_ZEROS UINT64_C(0x3030303030303030)

/* high bits of the bytes of `word` (text xor ASCII_ZEROS) that are no digit */
static inline uint64_t not_digits(uint64_t word)
{
	return ((word + UINT64_C(0x7676767676767676)) | word) & UINT64_C(0x8080808080808080);
}

/* eight digits, the first in the lowest byte (D. Lemire, "Quickly parsing eight digits", 2018) */
static inline uint64_t eight_digits(uint64_t word)
{
	word = word * 10 + (word >> 8);
	word = (word & UINT64_C(0x000000FF000000FF)) * UINT64_C(0x000F424000000064) +
	       ((word >> 16) & UINT64_C(0x000000FF000000FF)) * UINT64_C(0x0000271000000001);
	return word >> 32;
}

/* the lowest `count` bytes of the word, 0-8 */
static inline uint64_t lowest(uint64_t word, size_t count)
{
	return count < 8 ? word & ((UINT64_C(1) << (8 * count)) - 1) : word;
}

/*
 * "-122.38401" and such: at most five digits, a point and at most eight digits, as most numbers are
 * written. Exact as num_double is: the digits as one number and 10^8 are both exact doubles.
 */
static inline bool plain_number(struct span s, double *value)
{
	static const double SCALE[] = {1e8, -1e8};
	bool negative = s.len && *s.ptr == '-';
	const char *p = s.ptr + negative;
	size_t len = s.len - negative;
	uint64_t word = load8(p) ^ ASCII_ZEROS;
	size_t whole = (size_t)__builtin_ctzll(not_digits(word) | UINT64_C(1) << 63) / 8;
	uint64_t mantissa;

	if (len - 1 > 13) /* none, or more than are looked at */
		return false;
	if (whole > len)
		whole = len;
	if (whole - 1 > 4)
		return false;
	mantissa = eight_digits(word << (64 - 8 * whole)) * 100000000;
	if (whole < len) {
		size_t decimals = len - whole - 1;

		word = lowest(load8(p + whole + 1) ^ ASCII_ZEROS, decimals);
		if (p[whole] != '.' || decimals > 8 || not_digits(word))
			return false;
		mantissa += eight_digits(word);
	}
	/* no branch on the sign: longitudes of the world's traffic would be guessed wrong half the time */
	*value = (double)mantissa / SCALE[negative];
	return true;
}

/* at most eight characters without sign, "13.6" and such: one look is enough */
static inline bool short_number(struct span s, double *value)
{
	static const double POWERS[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8};
	uint64_t word = lowest(load8(s.ptr) ^ ASCII_ZEROS, s.len);
	uint64_t other = not_digits(word);
	size_t digits = s.len;
	size_t whole = s.len;

	if (s.len - 1 > 7)
		return false;
	if (other) { /* closes the gap where the point stands */
		whole = (size_t)__builtin_ctzll(other) / 8;
		digits--;
		word = lowest(word, whole) | ((word >> 8) & ~lowest(UINT64_MAX, whole));
		if (s.ptr[whole] != '.' || !digits || not_digits(word))
			return false;
	}
	*value = (double)eight_digits(word << (64 - 8 * digits)) / POWERS[digits - whole];
	return true;
}

/* nine digits */
static inline bool plain_mmsi(struct span s, int64_t *mmsi)
{
	uint64_t word;
	unsigned last;

	if (s.len != 9)
		return false;
	word = load8(s.ptr) ^ ASCII_ZEROS;
	last = (unsigned)(unsigned char)s.ptr[8] - '0';
	if (not_digits(word) || last > 9)
		return false;
	*mmsi = (int64_t)(eight_digits(word) * 10 + last);
	return true;
}

/* one canonical number, mostly a brief one or not; false when the field is absent or unreadable */
static inline __attribute__((always_inline)) bool number_of(const struct row_plan *plan,
							    const struct row *row, enum field field,
							    bool brief, double *value)
{
	struct span s = text_of(plan, row, field);

	if (!s.len)
		return false;
	if (!(brief && short_number(s, value)) && !plain_number(s, value) &&
	    !quantity_parse(s, value))
		return false;
	if (__builtin_expect(plan->divided[field], 0))
		*value /= plan->map.field[field].divisor;
	return true;
}

static enum row_outcome outcome_of_kind(enum mmsi_kind kind)
{
	static const enum row_outcome OUTCOMES[] = {
	    [MMSI_SHIP] = ROW_USED,	    [MMSI_AID] = ROW_AID,
	    [MMSI_BASE] = ROW_BASE_STATION, [MMSI_GROUP] = ROW_GROUP,
	    [MMSI_SAR] = ROW_SAR,	    [MMSI_HANDHELD] = ROW_HANDHELD,
	    [MMSI_DISTRESS] = ROW_DISTRESS, [MMSI_CRAFT] = ROW_CRAFT,
	    [MMSI_BAD] = ROW_NOT_A_SHIP,
	};

	return OUTCOMES[kind];
}

/* nine digits, or any whole number however it is written ("-2146018332.000", "3.6699643e8") */
static bool parse_id(struct span s, int64_t *id)
{
	double value;

	s = span_trim(s);
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
		struct span s = text_of(plan, row, FIELD_MMSI);

		if (!plain_mmsi(s, mmsi) && !parse_id(s, mmsi))
			return value_absent(span_trim(s)) ? ROW_NOT_A_SHIP : ROW_BAD_MMSI;
	}
	if (plan->any_id || mmsi_plain_ship(*mmsi))
		return ROW_USED;
	return outcome_of_kind(mmsi_kind(*mmsi));
}

static bool holds(struct span s, struct span word)
{
	for (size_t i = 0; i + word.len <= s.len; i++) {
		if (span_eq_nocase((struct span){s.ptr + i, word.len}, word))
			return true;
	}
	return false;
}

/* DMA's "Type of mobile", HELCOM's "targetType" */
static enum row_outcome station_outcome(struct span s)
{
	static const struct {
		struct span word;
		enum row_outcome outcome;
	} STATIONS[] = {
	    {SPAN("base station"), ROW_BASE_STATION}, {SPAN("basestation"), ROW_BASE_STATION},
	    {SPAN("aton"), ROW_AID},		      {SPAN("aid to nav"), ROW_AID},
	    {SPAN("aid-to-nav"), ROW_AID},	      {SPAN("sar airborne"), ROW_SAR},
	    {SPAN("sar aircraft"), ROW_SAR},	      {SPAN("search and rescue"), ROW_DISTRESS},
	    {SPAN("man overboard"), ROW_DISTRESS},    {SPAN("epirb"), ROW_DISTRESS},
	};

	for (size_t i = 0; i < sizeof STATIONS / sizeof *STATIONS; i++) {
		if (holds(s, STATIONS[i].word))
			return STATIONS[i].outcome;
	}
	return ROW_USED;
}

/* what an AIS message number (M.1371 table 46) says of its sender */
static enum row_outcome message_outcome(int64_t message)
{
	switch (message) {
	case 4:
		return ROW_BASE_STATION;
	case 9:
		return ROW_SAR;
	case 21:
		return ROW_AID;
	default:
		return ROW_USED;
	}
}

static enum ais_class class_of_message(int64_t message)
{
	if ((message >= 1 && message <= 3) || message == 5)
		return CLASS_A;
	if (message == 18 || message == 19 || message == 24)
		return CLASS_B;
	return CLASS_UNKNOWN;
}

/* the number in "1", "AIS.1", "ais18"; 0 without one */
static int64_t message_number(struct span s)
{
	int64_t number = 0;

	s = span_trim(s);
	while (s.len && (*s.ptr < '0' || *s.ptr > '9')) {
		s.ptr++;
		s.len--;
	}
	return num_int(s, &number) && number <= 27 ? number : 0;
}

/* "A", "B", "Class A", "AIS.18"; satellites say so too ("AIS-S") and mean nothing here */
static enum ais_class class_of_text(struct span s)
{
	static const uint8_t LETTERS[256] = {
	    ['A'] = CLASS_A, ['a'] = CLASS_A, ['B'] = CLASS_B, ['b'] = CLASS_B};

	if (s.len != 1)
		s = span_trim(s);
	if (s.len > 6 && span_eq_nocase((struct span){s.ptr, 6}, SPAN("class ")))
		s = (struct span){s.ptr + 6, 1};
	if (s.len == 1)
		return (enum ais_class)LETTERS[(unsigned char)*s.ptr];
	return class_of_message(message_number(s));
}

/* "T", "TER", "terrestrial", "g", "S", "SAT", "satellite", "S-AIS", "dynamic" ... by first letter */
static enum ais_source source_of_text(struct span s)
{
	s = span_trim(s);
	if (!s.len || value_absent(s))
		return SOURCE_UNKNOWN;
	switch (*s.ptr) {
	case 'S':
	case 's':
		return SOURCE_SATELLITE;
	case 'T':
	case 't':
	case 'G':
	case 'g':
		return SOURCE_TERRESTRIAL;
	default:
		return SOURCE_UNKNOWN;
	}
}

static enum row_outcome read_station(const struct row_plan *plan, const struct row *row,
				     struct fix *fix)
{
	struct span s = text_of(plan, row, FIELD_STATION);
	enum row_outcome outcome = s.len ? station_outcome(s) : ROW_USED;
	enum ais_class class = s.len ? class_of_text(s) : CLASS_UNKNOWN;

	s = text_of(plan, row, FIELD_MSG_TYPE);
	if (s.len) {
		int64_t message = message_number(s);

		if (outcome == ROW_USED)
			outcome = message_outcome(message);
		if (class == CLASS_UNKNOWN)
			class = class_of_message(message);
	}
	s = text_of(plan, row, FIELD_CLASS);
	if (s.len) {
		enum ais_class said = class_of_text(s);

		class = said == CLASS_UNKNOWN ? class : said;
	}
	fix->ais_class = (uint8_t)class;
	fix->source = (uint8_t)source_of_text(text_of(plan, row, FIELD_SOURCE));
	return outcome;
}

/* "2022-06-01T00:00:02" in the cached minute */
static inline bool cached_time(const struct row_cache *cache, struct span s, int64_t *t_ms)
{
	unsigned tens;
	unsigned ones;

	if (!cache->set || s.len != 19 || memcmp(s.ptr, cache->minute, sizeof cache->minute) != 0)
		return false;
	tens = (unsigned)(unsigned char)s.ptr[17] - '0';
	ones = (unsigned)(unsigned char)s.ptr[18] - '0';
	if (tens > 5 || ones > 9)
		return false;
	*t_ms = cache->minute_ms + (int64_t)(tens * 10 + ones) * 1000;
	return true;
}

/* remembers the minute of an ISO time with seconds that was read with certainty */
static void remember_time(struct row_cache *cache, struct span s, int64_t t_ms)
{
	if (s.len != 19 || s.ptr[4] != '-' || s.ptr[7] != '-' || s.ptr[13] != ':' ||
	    s.ptr[16] != ':' || s.ptr[17] > '5')
		return;
	memcpy(cache->minute, s.ptr, sizeof cache->minute);
	cache->minute_ms = t_ms - ((s.ptr[17] - '0') * 10 + (s.ptr[18] - '0')) * 1000;
	cache->set = true;
}

static bool read_time(const struct row_plan *plan, const struct row *row, struct row_cache *cache,
		      struct row_reading *reading)
{
	struct span s = text_of(plan, row, FIELD_TIME);
	double milli;

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
	if (plan->map.field[FIELD_MILLISECOND].column >= 0 &&
	    number_of(plan, row, FIELD_MILLISECOND, true, &milli) && milli >= 0 && milli < 1000) {
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

static enum row_outcome read_position(const struct row_plan *plan, const struct row *row,
				      struct fix *fix, struct row_reading *reading)
{
	double lat;
	double lon;
	bool lat_read = number_of(plan, row, FIELD_LAT, false, &lat);
	bool lon_read = number_of(plan, row, FIELD_LON, false, &lon);

	if (!lat_read || !lon_read) {
		if (value_absent(span_trim(text_of(plan, row, FIELD_LAT))) ||
		    value_absent(span_trim(text_of(plan, row, FIELD_LON))))
			return ROW_NO_POSITION;
		return ROW_BAD_POSITION;
	}
	if (is_sentinel(lat, 91) || is_sentinel(lon, 181))
		return ROW_NO_POSITION;
	if (lat < -90 || lat > 90 || lon < -180 || lon > 360) {
		reading->raw_units = fabs(lat) <= 91 * 600000.0 && fabs(lon) <= 181 * 600000.0 &&
				     fabs(lat) > 360 && lat == trunc(lat) && lon == trunc(lon);
		return ROW_OUT_OF_RANGE;
	}
	if (lat == 0 && lon == 0)
		return ROW_NULL_POSITION;
	fix->lat_deg = lat + 0.0;
	fix->lon_deg = fix_wrap_lon(lon);
	return ROW_USED;
}

/* sentinels: 102.3 kn, 360 degrees, heading 511, status 15 (M.1371 table 48); -1 and -99 in exports */
static void read_motion(const struct row_plan *plan, const struct row *row, struct fix *fix)
{
	double value = 0;

	/* sentinels come and go from row to row: choices rather than branches */
	bool sog = number_of(plan, row, FIELD_SOG, true, &value) & (value >= 0) & (value < 102.25);
	fix->sog_kn = (float)(sog ? value : 0) + 0.0F;
	bool cog = number_of(plan, row, FIELD_COG, true, &value) & (value >= 0) & (value < 359.995);
	fix->cog_deg = (float)(cog ? value : 0) + 0.0F;
	bool heading = number_of(plan, row, FIELD_HEADING, true, &value) & (value >= 0) & (value < 359.5);
	fix->heading_deg = (uint16_t)((heading ? value : 0) + 0.5);
	bool second = number_of(plan, row, FIELD_SECOND, true, &value) & (value >= 0) & (value < 64);
	fix->second = (uint8_t)(second ? value : 0);
	fix->known = (uint8_t)(sog * KNOWN_SOG | cog * KNOWN_COG | heading * KNOWN_HEADING |
			       second * KNOWN_SECOND);
	fix->nav_status = 0;
}

static void read_nav_status(const struct row_plan *plan, const struct row *row, struct fix *fix)
{
	struct span s = text_of(plan, row, FIELD_NAV_STATUS);
	int status = -1;

	if (s.len == 1 && *s.ptr >= '0' && *s.ptr <= '9')
		status = *s.ptr - '0';
	else if (s.len)
		status = nav_status_parse(span_trim(s));
	if (status < 0)
		return;
	fix->nav_status = (uint8_t)status;
	fix->known |= KNOWN_NAV_STATUS;
}

static void read_statics(const struct row_plan *plan, const struct row *row,
			 struct statics *statics)
{
	statics->name = text_of(plan, row, FIELD_NAME);
	statics->callsign = text_of(plan, row, FIELD_CALLSIGN);
	statics->imo = text_of(plan, row, FIELD_IMO);
	statics->type = text_of(plan, row, FIELD_TYPE);
	statics->whole = (struct span){NULL, 0};
	if (plan->statics_first >= 0 && (uint32_t)plan->statics_last < row->count) {
		struct span first = row_field(row, (uint32_t)plan->statics_first);
		struct span last = row_field(row, (uint32_t)plan->statics_last);

		statics->whole = (struct span){first.ptr, (size_t)(last.ptr + last.len - first.ptr)};
	}
}

static bool any_statics(const struct statics *statics)
{
	for (int k = 0; k < STATIC_KINDS; k++) {
		if (!value_absent(span_trim(statics_field(statics, (enum static_kind)k))))
			return true;
	}
	return false;
}

enum row_outcome row_report(const struct row_plan *plan, const struct row *row,
			    struct row_cache *cache, struct position_report *report,
			    struct row_reading *reading)
{
	enum row_outcome outcome;

	reading->raw_units = false;
	if (row->fault != ROW_FINE)
		return row->fault == ROW_TOO_LONG ? ROW_LONG : ROW_QUOTE;
	if (row->count < plan->needed)
		return ROW_SHORT;
	if ((outcome = read_id(plan, row, &report->mmsi)) != ROW_USED)
		return outcome;
	if ((outcome = read_station(plan, row, &report->fix)) != ROW_USED)
		return outcome;
	if (!read_time(plan, row, cache, reading))
		return ROW_BAD_TIME;
	read_statics(plan, row, &report->statics);
	outcome = read_position(plan, row, &report->fix, reading);
	report->has_position = outcome == ROW_USED;
	if (outcome == ROW_NO_POSITION && any_statics(&report->statics))
		return ROW_STATIC;
	if (outcome != ROW_USED)
		return outcome;
	read_motion(plan, row, &report->fix);
	read_nav_status(plan, row, &report->fix);
	return ROW_USED;
}

/*
 * The AIVDM decoder: tables of fields per message type (ITU-R M.1371-5, annex 8), and what a
 * message says of a ship. Sentences, parts and times are not its business.
 *
 * Met live data: 1, 2, 3, 4, 5, 9, 11, 18, 19, 24A, 24B, 27. The mothership of an auxiliary craft
 * (24B of 98MIDxxxx) was only compared with gpsd, on made-up messages.
 */
#ifndef AIS_AIVDM_H
#define AIS_AIVDM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ais/fix.h"
#include "ais/row.h"
#include "text/sixbit.h"

enum aivdm_form {
	AIVDM_UNSIGNED,
	AIVDM_SIGNED, /* two's complement */
	AIVDM_FLAG,   /* one bit */
	AIVDM_TEXT,   /* six-bit characters */
};

/* what a field holds; each layout has its own place for it. The first are those that a fix needs */
enum aivdm_slot {
	AIVDM_LON,
	AIVDM_LAT,
	AIVDM_SPEED,
	AIVDM_COURSE,
	AIVDM_HEADING,
	AIVDM_SECOND, /* UTC second of a position, 60-63 with a meaning of their own */
	AIVDM_STATUS,
	AIVDM_TYPE,
	AIVDM_REPEAT,
	AIVDM_MMSI,
	AIVDM_TURN,
	AIVDM_ACCURACY,
	AIVDM_MANEUVER,
	AIVDM_RAIM,
	AIVDM_RADIO,
	AIVDM_ALT,
	AIVDM_REGIONAL,
	AIVDM_RESERVED,
	AIVDM_CS,
	AIVDM_DISPLAY,
	AIVDM_DSC,
	AIVDM_BAND,
	AIVDM_MSG22,
	AIVDM_ASSIGNED,
	AIVDM_DTE,
	AIVDM_GNSS,
	AIVDM_LONG_RANGE,
	AIVDM_YEAR,
	AIVDM_MONTH,
	AIVDM_DAY,
	AIVDM_HOUR,
	AIVDM_MINUTE,
	AIVDM_UTC_SECOND, /* of a whole date and time */
	AIVDM_VERSION,
	AIVDM_IMO,
	AIVDM_CALLSIGN,
	AIVDM_SHIPNAME,
	AIVDM_SHIPTYPE,
	AIVDM_TO_BOW,
	AIVDM_TO_STERN,
	AIVDM_TO_PORT,
	AIVDM_TO_STARBOARD,
	AIVDM_EPFD,
	AIVDM_DRAUGHT,
	AIVDM_DESTINATION,
	AIVDM_PART,
	AIVDM_VENDOR,
	AIVDM_MODEL,
	AIVDM_SERIAL,
	AIVDM_MOTHERSHIP,
	AIVDM_SLOTS,
};

struct aivdm_field {
	const char *name; /* as gpsd calls it; NULL when the layout has no such field */
	uint16_t offset;  /* bits */
	uint16_t width;   /* bits; 0 when the layout has no such field */
	enum aivdm_form form;
	uint32_t scale; /* raw units in a degree, knot or metre; 1 for other numbers; 0 for fields
	                   that always hold something: flags, text, codes */
	int32_t absent; /* raw value for "not available", when scale is not 0 */
};

/* of a message type, part and length: one field per slot; spare bits have none */
struct aivdm_layout {
	uint16_t least; /* bits that the message has */
	uint16_t most;
	bool either; /* as many as one of these, not something between */
	const struct aivdm_field *fields;
	size_t count; /* AIVDM_SLOTS */
};

/*
 * The layout of a message. NULL with *outcome set: ROW_OTHER for types that hold nothing for us,
 * ROW_PAYLOAD for a length that the type cannot have. Statics live for ever.
 */
const struct aivdm_layout *aivdm_layout(const struct bits *bits, enum row_outcome *outcome);

#define AIVDM_NO_TIME INT64_MIN

/* name, call sign, IMO number, type */
enum { AIVDM_TEXT_SIZE = 20 + 7 + 7 + 3 };

/* what the decoder makes of one message; the report's spans point into its text */
struct aivdm {
	int type;       /* 1-63 as sent; 0 when there are not even 6 bits */
	int64_t utc_ms; /* types 4 and 11 with a whole date and time, else AIVDM_NO_TIME */
	struct position_report report; /* all but the time */
	char text[AIVDM_TEXT_SIZE];
};

/*
 * ROW_USED: a ship's position report (1-3, 11, 18, 19, 27). ROW_STATIC: identity only (5, 24A, 24B;
 * 19 with a name or type but no position). ROW_NO_POSITION, ROW_NULL_POSITION, ROW_OUT_OF_RANGE.
 * ROW_BASE_STATION (4: utc_ms is set), ROW_SAR (9), ROW_AID (21), with any id. ROW_OTHER,
 * ROW_PAYLOAD. And, unless any_id, the outcome of the MMSI's kind where that is no ship's.
 *
 * On every outcome type and, where the bits reach, report.mmsi are set; with a layout the report
 * holds whatever the message says, also when the outcome leaves it out: has_position tells whether
 * there is a fix, which is zero without a position but for the class.
 */
enum row_outcome aivdm_read(const struct bits *bits, bool any_id, struct aivdm *message);

#endif

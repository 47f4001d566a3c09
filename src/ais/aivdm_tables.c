/*
 * Where the fields of each message type are: ITU-R M.1371-5, annex 8, section 3; names as in gpsd's
 * JSON. Flags, codes and text have no scale and no value for "not available".
 */
#include "ais/aivdm.h"

#define FLAG(slot, name, at)        [slot] = {name, at, 1, AIVDM_FLAG, 0, 0}
#define CODE(slot, name, at, width) [slot] = {name, at, width, AIVDM_UNSIGNED, 0, 0}
#define TEXT(slot, name, at, chars) [slot] = {name, at, 6 * (chars), AIVDM_TEXT, 0, 0}
/* a number of whole units, and the value that means "not available" */
#define UNITS(slot, name, at, width, absent) [slot] = {name, at, width, AIVDM_UNSIGNED, 1, absent}

/* 1/10,000 minute; 181 and 91 degrees are none */
#define LON(at)      [AIVDM_LON] = {"lon", at, 28, AIVDM_SIGNED, 600000, 181 * 600000}
#define LAT(at)      [AIVDM_LAT] = {"lat", at, 27, AIVDM_SIGNED, 600000, 91 * 600000}
#define SPEED(at)    [AIVDM_SPEED] = {"speed", at, 10, AIVDM_UNSIGNED, 10, 1023}
#define COURSE(at)   [AIVDM_COURSE] = {"course", at, 12, AIVDM_UNSIGNED, 10, 3600}
#define HEADING(at)  UNITS(AIVDM_HEADING, "heading", at, 9, 511)
#define SECOND(at)   UNITS(AIVDM_SECOND, "second", at, 6, 60)
#define STATUS(at)   UNITS(AIVDM_STATUS, "status", at, 4, 15)
#define ACCURACY(at) FLAG(AIVDM_ACCURACY, "accuracy", at)
#define RAIM(at)     FLAG(AIVDM_RAIM, "raim", at)
#define ASSIGNED(at) FLAG(AIVDM_ASSIGNED, "assigned", at)
#define DTE(at)      UNITS(AIVDM_DTE, "dte", at, 1, 1)
#define EPFD(at)     UNITS(AIVDM_EPFD, "epfd", at, 4, 0)
#define SHIPNAME(at) TEXT(AIVDM_SHIPNAME, "shipname", at, 20)
#define CALLSIGN(at) TEXT(AIVDM_CALLSIGN, "callsign", at, 7)
#define SHIPTYPE(at) UNITS(AIVDM_SHIPTYPE, "shiptype", at, 8, 0)

/* the communication state: 19 bits, or 20 with its selector */
#define RADIO(at, width) CODE(AIVDM_RADIO, "radio", at, width)

/* what all messages begin with */
#define HEAD                                                                                       \
	CODE(AIVDM_TYPE, "type", 0, 6), CODE(AIVDM_REPEAT, "repeat", 6, 2),                        \
	    CODE(AIVDM_MMSI, "mmsi", 8, 30)

/* metres from the antenna to the hull's ends: 30 bits */
#define DIMENSIONS(at)                                                                             \
	CODE(AIVDM_TO_BOW, "to_bow", at, 9), CODE(AIVDM_TO_STERN, "to_stern", (at) + 9, 9),        \
	    CODE(AIVDM_TO_PORT, "to_port", (at) + 18, 6),                                          \
	    CODE(AIVDM_TO_STARBOARD, "to_starboard", (at) + 24, 6)

/* messages 1, 2, 3 */
static const struct aivdm_field POSITION[AIVDM_SLOTS] = {
    HEAD,
    STATUS(38),
    [AIVDM_TURN] = {"turn", 42, 8, AIVDM_SIGNED, 1, -128},
    SPEED(50),
    ACCURACY(60),
    LON(61),
    LAT(89),
    COURSE(116),
    HEADING(128),
    SECOND(137),
    UNITS(AIVDM_MANEUVER, "maneuver", 143, 2, 0),
    RAIM(148),
    RADIO(149, 19),
};

/* message 4 of a base station; 11, a mobile station's answer, has the same form */
static const struct aivdm_field UTC_REPORT[AIVDM_SLOTS] = {
    HEAD,
    UNITS(AIVDM_YEAR, "year", 38, 14, 0),
    UNITS(AIVDM_MONTH, "month", 52, 4, 0),
    UNITS(AIVDM_DAY, "day", 56, 5, 0),
    UNITS(AIVDM_HOUR, "hour", 61, 5, 24),
    UNITS(AIVDM_MINUTE, "minute", 66, 6, 60),
    UNITS(AIVDM_UTC_SECOND, "second", 72, 6, 60),
    ACCURACY(78),
    LON(79),
    LAT(107),
    EPFD(134),
    FLAG(AIVDM_LONG_RANGE, "long_range", 138),
    RAIM(148),
    RADIO(149, 19),
};

/* message 5; draught in 1/10 m, month to minute are the time of arrival */
static const struct aivdm_field VOYAGE[AIVDM_SLOTS] = {
    HEAD,
    CODE(AIVDM_VERSION, "ais_version", 38, 2),
    UNITS(AIVDM_IMO, "imo", 40, 30, 0),
    CALLSIGN(70),
    SHIPNAME(112),
    SHIPTYPE(232),
    DIMENSIONS(240),
    EPFD(270),
    UNITS(AIVDM_MONTH, "month", 274, 4, 0),
    UNITS(AIVDM_DAY, "day", 278, 5, 0),
    UNITS(AIVDM_HOUR, "hour", 283, 5, 24),
    UNITS(AIVDM_MINUTE, "minute", 288, 6, 60),
    [AIVDM_DRAUGHT] = {"draught", 294, 8, AIVDM_UNSIGNED, 10, 0},
    TEXT(AIVDM_DESTINATION, "destination", 302, 20),
    DTE(422),
};

/* message 9: speed in knots, altitude in metres; the first "regional" bit tells its sensor */
static const struct aivdm_field AIRCRAFT[AIVDM_SLOTS] = {
    HEAD,
    UNITS(AIVDM_ALT, "alt", 38, 12, 4095),
    UNITS(AIVDM_SPEED, "speed", 50, 10, 1023),
    ACCURACY(60),
    LON(61),
    LAT(89),
    COURSE(116),
    SECOND(128),
    CODE(AIVDM_REGIONAL, "regional", 134, 8),
    DTE(142),
    ASSIGNED(146),
    RAIM(147),
    RADIO(148, 20),
};

/* what messages 18 and 19 begin with */
#define B_MOTION                                                                                   \
	HEAD, CODE(AIVDM_RESERVED, "reserved", 38, 8), SPEED(46), ACCURACY(56), LON(57), LAT(85),  \
	    COURSE(112), HEADING(124), SECOND(133)

/* message 18 */
static const struct aivdm_field B_POSITION[AIVDM_SLOTS] = {
    B_MOTION,
    CODE(AIVDM_REGIONAL, "regional", 139, 2),
    FLAG(AIVDM_CS, "cs", 141),
    FLAG(AIVDM_DISPLAY, "display", 142),
    FLAG(AIVDM_DSC, "dsc", 143),
    FLAG(AIVDM_BAND, "band", 144),
    FLAG(AIVDM_MSG22, "msg22", 145),
    ASSIGNED(146),
    RAIM(147),
    RADIO(148, 20),
};

/* message 19 */
static const struct aivdm_field B_EXTENDED[AIVDM_SLOTS] = {
    B_MOTION,        CODE(AIVDM_REGIONAL, "regional", 139, 4),
    SHIPNAME(143),   SHIPTYPE(263),
    DIMENSIONS(271), EPFD(301),
    RAIM(305),       DTE(306),
    ASSIGNED(307),
};

#define PART CODE(AIVDM_PART, "part", 38, 2)

/* message 24, part A */
static const struct aivdm_field PART_A[AIVDM_SLOTS] = {
    HEAD,
    PART,
    SHIPNAME(40),
};

/* what the two forms of part B share; the vendor has three letters, then model and serial number */
#define PART_B_HEAD                                                                                \
	HEAD, PART, SHIPTYPE(40), TEXT(AIVDM_VENDOR, "vendorid", 48, 3),                           \
	    CODE(AIVDM_MODEL, "model", 66, 4), CODE(AIVDM_SERIAL, "serial", 70, 20), CALLSIGN(90), \
	    EPFD(162)

/* message 24, part B */
static const struct aivdm_field PART_B[AIVDM_SLOTS] = {
    PART_B_HEAD,
    DIMENSIONS(132),
};

/* the same of craft associated with a parent ship, 98MIDxxxx (M.585-9, annex 2) */
static const struct aivdm_field PART_B_CRAFT[AIVDM_SLOTS] = {
    PART_B_HEAD,
    CODE(AIVDM_MOTHERSHIP, "mothership_mmsi", 132, 30),
};

/* message 27: 1/10 minute, whole knots and degrees; gnss is 1 when the position is over 5 s old */
static const struct aivdm_field LONG_RANGE[AIVDM_SLOTS] = {
    HEAD,
    ACCURACY(38),
    RAIM(39),
    STATUS(40),
    [AIVDM_LON] = {"lon", 44, 18, AIVDM_SIGNED, 600, 181 * 600},
    [AIVDM_LAT] = {"lat", 62, 17, AIVDM_SIGNED, 600, 91 * 600},
    UNITS(AIVDM_SPEED, "speed", 79, 6, 63),
    UNITS(AIVDM_COURSE, "course", 85, 9, 511),
    FLAG(AIVDM_GNSS, "gnss", 94),
};

enum {
	MANY = UINT16_MAX, /* bits behind the standard's are passed over, as gpsd and pyais do */
	HEAD_BITS = 38,
	TYPES = 28,
};

/*
 * Lengths other than the standard's: 422 and 420 bits of message 5 (the last bits of the
 * destination and the DTE flag lost) are common in the wild (gpsd). Part A has 160 bits, or 168
 * when it is filled up to a slot; 162 when a receiver does not declare the fill. Message 27 fills
 * half a slot; some transmitters send a whole one (gpsd), any other length is noise.
 */
static const struct aivdm_layout LAYOUTS[TYPES] = {
    [1] = {168, MANY, false, POSITION, AIVDM_SLOTS},
    [2] = {168, MANY, false, POSITION, AIVDM_SLOTS},
    [3] = {168, MANY, false, POSITION, AIVDM_SLOTS},
    [4] = {168, MANY, false, UTC_REPORT, AIVDM_SLOTS},
    [5] = {420, MANY, false, VOYAGE, AIVDM_SLOTS},
    [9] = {168, MANY, false, AIRCRAFT, AIVDM_SLOTS},
    [11] = {168, MANY, false, UTC_REPORT, AIVDM_SLOTS},
    [18] = {168, MANY, false, B_POSITION, AIVDM_SLOTS},
    [19] = {312, MANY, false, B_EXTENDED, AIVDM_SLOTS},
    [24] = {160, 168, false, PART_A, AIVDM_SLOTS},
    [27] = {96, 168, true, LONG_RANGE, AIVDM_SLOTS},
};
static const struct aivdm_layout LAYOUT_B = {168, MANY, false, PART_B, AIVDM_SLOTS};
static const struct aivdm_layout LAYOUT_B_CRAFT = {168, MANY, false, PART_B_CRAFT, AIVDM_SLOTS};

/* parts C and D are not given out */
static const struct aivdm_layout *layout_24(const struct bits *bits)
{
	switch (bits_unsigned(bits, PART_A[AIVDM_PART].offset, PART_A[AIVDM_PART].width)) {
	case 0:
		return &LAYOUTS[24];
	case 1:
		return bits_unsigned(bits, 8, 30) / 10000000 == 98 ? &LAYOUT_B_CRAFT : &LAYOUT_B;
	default:
		return NULL;
	}
}

static bool length_fits(const struct aivdm_layout *layout, uint32_t count)
{
	if (layout->either)
		return count == layout->least || count == layout->most;
	return count >= layout->least && count <= layout->most;
}

const struct aivdm_layout *aivdm_layout(const struct bits *bits, enum row_outcome *outcome)
{
	uint32_t type = bits_unsigned(bits, 0, 6);
	const struct aivdm_layout *layout = type < TYPES ? &LAYOUTS[type] : NULL;

	*outcome = ROW_PAYLOAD;
	if (bits->count < HEAD_BITS || type == 0)
		return NULL;
	if (type == 24)
		layout = layout_24(bits);
	if (!layout || !layout->fields) {
		*outcome = ROW_OTHER;
		return NULL;
	}
	return length_fits(layout, bits->count) ? layout : NULL;
}

/* What ITU-R M.585 and M.1371 and the IMO say of numbers: who may send, and what flag and type
 * mean. */
#ifndef AIS_RULES_H
#define AIS_RULES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

/* what kind of station an MMSI belongs to (ITU-R M.585-9, annexes 1 and 2) */
enum mmsi_kind {
	MMSI_SHIP,     /* MIDxxxxxx, MID 201-775 */
	MMSI_AID,      /* 99MIDxxxx aid to navigation */
	MMSI_BASE,     /* 00MIDxxxx coast or base station, 7 digits when zeros are lost */
	MMSI_GROUP,    /* 0MIDxxxxx group of ships, 8 digits when the zero is lost */
	MMSI_SAR,      /* 111MIDxxx search and rescue aircraft */
	MMSI_HANDHELD, /* 8MIDxxxxx handheld VHF */
	MMSI_DISTRESS, /* 970 SART, 972 man overboard, 974 EPIRB */
	MMSI_CRAFT,    /* 98MIDxxxx craft associated with a parent ship */
	MMSI_BAD,      /* none of these: wrong length, unassigned MID, a well-known placeholder */
};

enum mmsi_kind mmsi_kind(int64_t mmsi);

/*
 * mmsi_kind(mmsi) == MMSI_SHIP, told quickly for nearly all ships: the MID in range, the rest not
 * 0, and not one digit nine times (a multiple of 111,111,111). False leaves it to mmsi_kind.
 */
static inline bool mmsi_plain_ship(int64_t mmsi)
{
	return mmsi >= 201000000 && mmsi <= 775999999 && mmsi % 1000000 != 0 &&
	       mmsi % 111111111 != 0;
}

/* ISO 3166 alpha-2 of the country that the MMSI's MID belongs to; "" when there is none */
const char *mmsi_flag(int64_t mmsi);
/* true for the alpha-2 code, in either case, of a country that has a MID */
bool mmsi_flag_exists(struct span alpha2);
/* the last digit checks the first six (weights 7..2); 1000000-9999999 */
bool imo_valid(uint32_t imo);
/* reads "9161003", "IMO9161003", "IMO 9161003"; 0 when it is not a checksum-valid IMO number */
uint32_t imo_parse(struct span s);
/* group word of a ship and cargo type code (M.1371 table 53): "cargo" for 70-79...; "" if none */
const char *type_group(int code);
/* navigational status 0-14 from its number or its text in the exports; -1 not known */
int nav_status_parse(struct span s);
/* short English text of a navigational status 0-14; "" else */
const char *nav_status_text(int status);

#endif

/* The id of a gap: Global Fishing Watch's, so that a record can be compared with theirs. */
#ifndef REPORT_GAP_ID_H
#define REPORT_GAP_ID_H

#include <stdint.h>

#include "ais/fix.h"

enum { GAP_ID_SIZE = 33 };

/*
 * The MD5, as 32 lower-case hex digits and a terminator, of "mmsi|off_time|off_lat|off_lon"; the
 * numbers are spelled as Python spells floats, the time in seconds since 1970 (pipe-gaps,
 * https://github.com/GlobalFishingWatch/pipe-gaps). A gap within one zone (zone > 0) hashes
 * "|zone" behind that; zone 0 is the ordinary gap.
 */
void gap_id(int64_t mmsi, const struct fix *off, uint8_t zone, char id[GAP_ID_SIZE]);

#endif

/*
 * The hours of a track's presence, as saved files hold them: about 20 bytes each, and fast.
 *
 *   form      1 byte: how the minutes are written (5 x other reception + satellite, 0-24), speed in
 *             tenths (32), the first report on a whole second (64), the box is one cell (128).
 *             31 instead ends the track's hours.
 *   flags     1 byte: HEARD_ flags (5 bits), the hour that follows the one before (32), the grid of
 *             the position (64, 128). HEARD_SATELLITE tells no more than the minutes do; its bit
 *             is turned over where HEARD_NO_GNSS is set.
 *   hour      hours since the one before, less two, unless it follows it; before the first is -1
 *   minutes   of other reception, then of satellites: 0 none, 1 all sixty, 2 a list of those heard,
 *             3 a list of those missing (a byte each, 128 on the last), 4 eight bytes
 *   first     s or ms within the minute, which is the first minute heard; lat, lon as steps of
 *             their grid (1e-7, 1e-5, 1/600,000, 1e-6 degrees) from the hour before
 *   box       by how many cells it extends beyond the first position's to the south, north, west
 *             and east; where it lies on both sides of Greenwich, its two ends from there
 *   speed     where it is known
 *
 * The shortest form of minutes and the first grid that fits are taken: each hour has one spelling.
 * Format 1 had no HEARD_NO_GNSS: its hours are spelled as here those without.
 */
#ifndef STATE_HOUR_CODE_H
#define STATE_HOUR_CODE_H

#include <stdbool.h>

#include "state/code.h"
#include "track/presence.h"

/* all hours of a settled track, and their end */
void hours_encode(struct code_out *out, const struct presence *presence);
/* puts them into `presence`, which is empty; false when they are no hours that there can be */
bool hours_decode(struct code_in *in, struct presence *presence, struct arena *arena);

#endif

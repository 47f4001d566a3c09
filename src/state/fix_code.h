/*
 * A fix without its time, as saved files hold it:
 *
 *   head      2 bytes: known (5 bits), class (2), source (2), how lat is written (2), how lon is
 *             (2), speed in tenths (1), course in tenths (1)
 *   lat, lon  each by its two bits: 0 as steps of 1e-7 degrees, 1 as steps of 1/600,000 degree
 *             (ITU-R M.1371's unit), from the fix before; 2 as the 8 bytes of the double
 *   the rest  of what is known: speed, course (tenths, or the 4 bytes of the float), heading,
 *             navigational status, second
 *
 * The first form that gives the same bits is taken, so every fix reads back as it was.
 */
#ifndef STATE_FIX_CODE_H
#define STATE_FIX_CODE_H

#include <stdbool.h>

#include "ais/fix.h"
#include "state/code.h"

/* `before` gives the position from which steps count; all zero for the first */
void fix_encode(struct code_out *out, const struct fix *before, const struct fix *fix);
/* sets all but the time; false when it is no fix that there can be */
bool fix_decode(struct code_in *in, const struct fix *before, struct fix *fix);

/* a speed over ground that there can be */
bool speed_valid(float sog_kn);

/* a speed or a course: in tenths where that gives the same bits; returns whether it does */
bool tenths_exact(float value);
void tenths_encode(struct code_out *out, float value, bool exact);
float tenths_decode(struct code_in *in, bool exact);

#endif

/*
 * The feed clock as saved files hold it: per hour, in order, how many hours after the one before,
 * the number of its entries, and each as the time in the hour and the MMSI.
 */
#ifndef STATE_CLOCK_CODE_H
#define STATE_CLOCK_CODE_H

#include "state/code.h"
#include "track/clock.h"

void clock_encode(struct code_out *out, const struct clock *clock);
/* fills an empty clock; false when it is none that there can be */
bool clock_decode(struct code_in *in, struct clock *clock);

#endif

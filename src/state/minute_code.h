/* The minutes of an hour, as bits 0 to 59, in the shortest of five forms (state/hour_code.h). */
#ifndef STATE_MINUTE_CODE_H
#define STATE_MINUTE_CODE_H

#include <stdbool.h>
#include <stdint.h>

#include "state/code.h"

enum { MINUTES_NONE, MINUTES_ALL, MINUTES_LIST, MINUTES_MISSING, MINUTES_BITS };

#define ALL_MINUTES ((UINT64_C(1) << 60) - 1)

/* the form in which these minutes are written */
unsigned minutes_mode(uint64_t minutes);
void minutes_encode(struct code_out *out, unsigned mode, uint64_t minutes);
/* mode 0 to 4; false when these are no minutes */
bool minutes_decode(struct code_in *in, unsigned mode, uint64_t *minutes);

#endif

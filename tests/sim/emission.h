/* When a transponder sends its position. */
#ifndef SIM_EMISSION_H
#define SIM_EMISSION_H

#include <stdint.h>

#include "motion.h"

enum transponder { CLASS_A, CLASS_B_SO, CLASS_B_CS, BASE_STATION, AID, SAR_AIRCRAFT };
enum { TRANSPONDERS = SAR_AIRCRAFT + 1 };

/* nominal time to the next position report, ms */
int64_t emission_interval_ms(enum transponder kind, const struct state *s);

#endif

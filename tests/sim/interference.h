/* GNSS interference: places and times where ships report positions that are not theirs. */
#ifndef SIM_INTERFERENCE_H
#define SIM_INTERFERENCE_H

#include <stdbool.h>
#include <stdint.h>

#include "options.h"
#include "trig.h"

struct report;

enum { MAX_INTERFERENCE = 200 };
enum interference_kind { ALL_AT_A_SPOT, ALL_ON_A_RING, NO_GNSS };

struct interference {
	int64_t from, to; /* ms, half open */
	struct place centre;
	int64_t radius_m;
	enum interference_kind kind;
	struct place spot; /* where ships seem to be, or the middle of their ring */
	int64_t ring_m;
};

struct interferences {
	uint64_t seed;
	int count;
	struct interference events[MAX_INTERFERENCE];
};

/* seconds: the layout tells the second of the UTC time stamp, so that a kind seen there only can
 * be used */
void interferences_make(struct interferences *s, const struct options *o, int64_t end_ms,
                        bool seconds);
/* spoils the report of a ship that really is at p at true time t, if an event reaches it */
void interferences_spoil(const struct interferences *s, struct place p, int64_t t,
                         struct report *r);

#endif

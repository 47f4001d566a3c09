/* What the truth of a gap is, found in a feed from which a plan took reports out. */
#ifndef RUN_SELFTEST_LABEL_H
#define RUN_SELFTEST_LABEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "run/selftest_plan.h"
#include "track/gaps.h"

enum truth {
	TRUTH_OFF,    /* an injected switch-off covers more than half of it */
	TRUTH_LOST,   /* injected losses alone made it: the vessel went on sending */
	TRUTH_BEFORE, /* it was there before anything was taken out: nobody knows */
	TRUTH_MIXED,  /* part of it was, or less than half of it is a switch-off */
	TRUTHS,
};

/* the ordinary gaps of the feed as it came, so that each can be found by time; freed by its owner
 */
struct old_gaps {
	struct gap *at; /* by MMSI, then in order of time */
	size_t count;
	int64_t as_of_ms;
};

/* a copy of `gaps`, found at as_of_ms */
void old_gaps_init(struct old_gaps *old, const struct gaps *gaps, int64_t as_of_ms);
void old_gaps_free(struct old_gaps *old);

/* `gap` was found, at the same as-of, in what the plan left */
enum truth gap_truth(const struct old_gaps *old, const struct plan *plan, const struct gap *gap);

#endif

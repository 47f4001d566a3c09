/*
 * Coverage: how likely a vessel of a stratum is heard within an hour in a place, from the hours of
 * the two weeks before in which others were there. Few hours are shrunk toward what the
 * surroundings had, and these toward a guess that knows nothing (a beta-binomial with a prior of
 * PRIOR_HOURS).
 */
#ifndef JUDGE_COVERAGE_H
#define JUDGE_COVERAGE_H

#include "judge/traffic.h"

/* one vessel's own share in the traffic of some periods, to be left out */
struct own {
	struct own_cell {
		uint32_t cell;
		struct tally tally;
	} * at;
	size_t count;
	size_t cap;
};

struct coverage {
	double heard[STRATA];     /* the chance to be heard by stations in an hour, (0, 1) */
	double satellite[STRATA]; /* the chance to be heard by satellites, where stations do not */
	double others; /* vessel-hours that others spent in this cell and those around it */
};

/* adds the vessel's sightings in the periods [first, end) since 1970; freed with own_free */
void own_add(struct own *own, const struct clock *clock, const struct shard *shard,
             const struct vessel *vessel, int64_t first, int64_t end);
void own_free(struct own *own);

/* coverage of the cell in the periods [first, end), without `own` */
void coverage_at(const struct traffic *traffic, const struct own *own, int64_t first, int64_t end,
                 uint32_t cell, struct coverage *coverage);

#endif

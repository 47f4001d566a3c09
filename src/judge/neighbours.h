/* Neighbours: the vessels heard near the off position in the hour of off, and what became of them.
 */
#ifndef JUDGE_NEIGHBOURS_H
#define JUDGE_NEIGHBOURS_H

#include "judge/traffic.h"
#include "track/gaps.h"

struct neighbours {
	int heard;  /* heard again within the hours looked at */
	int silent; /* fell silent within half an hour of off, and were not heard in these hours */
};

/*
 * Looks at the `hours` (1 to NEIGHBOUR_HOURS) whole hours after off. Vessels up to some 25 nm away,
 * fewer where more than NEIGHBOURS_MAX would be looked at.
 */
enum { NEIGHBOUR_HOURS = 6, NEIGHBOURS_MAX = 200, CELL_VESSELS_MAX = 4096 };

void neighbours_at(const struct traffic *traffic, const struct gap *gap, int hours,
                   struct neighbours *neighbours);

#endif

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

enum { NEIGHBOUR_HOURS = 6, NEIGHBOURS_MAX = 100 };

/*
 * Looks at the `hours` (1 to NEIGHBOUR_HOURS) whole hours after off. Vessels up to some 25 nm away;
 * fewer cells around where these hold more than NEIGHBOURS_MAX, and of one cell with more, so many,
 * chosen by their MMSI.
 */
void neighbours_at(const struct traffic *traffic, const struct gap *gap, int hours,
                   struct neighbours *neighbours);

#endif

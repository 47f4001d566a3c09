/*
 * Ways: where a silent vessel may have been, hour by hour, if it went on sending. It may have
 * stayed, sailed straight from off to on, held its course, or taken a way round at its usual speed
 * in one of eight directions. A way other than the straight one ends where it meets land. Each has
 * a weight; together they are 1.
 */
#ifndef JUDGE_WAYS_H
#define JUDGE_WAYS_H

#include <stdbool.h>
#include <stdint.h>

#include "judge/land.h"
#include "track/gaps.h"

enum { WAY_DIRECTIONS = 8, WAYS_MAX = WAY_DIRECTIONS + 3 };

struct way {
	double weight;
	double
	    north_nm_h; /* sets it off from the straight line, per hour since off, and back to on */
	double east_nm_h;
	bool held;     /* goes on as it went at off, and comes as it goes at on */
	bool straight; /* from off to on, without a stop */
};

struct ways {
	const struct gap *gap;
	struct land *land;
	struct way at[WAYS_MAX];
	int count;
	bool still;      /* lay still at off, and at on unless the gap is open */
	double speed_kn; /* that it can be taken to make */
};

/* speed_kn: the greatest it was heard to make of late, 0 when that is not known */
void ways_of(struct ways *ways, const struct gap *gap, struct land *land, double speed_kn);
/*
 * The cell where it is on way `i`, `leg_h` hours after off or, with from_on, before on; false when
 * its course is not known.
 */
bool ways_cell(const struct ways *ways, int i, double leg_h, bool from_on, uint32_t *cell);

#endif

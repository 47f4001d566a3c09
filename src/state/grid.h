/*
 * The grids on which exports write positions, in 1e-7 degrees: five decimals, six, and the
 * 1/600,000 degree of ITU-R M.1371. A position on a grid is saved as the number of its step, which
 * is shorter.
 */
#ifndef STATE_GRID_H
#define STATE_GRID_H

#include <stdint.h>

enum { GRID_E7, GRID_E5, GRID_AIS, GRID_E6 };

static inline int64_t grid_floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* the nearest step; written out so that every divisor is a constant */
static inline int64_t to_grid(unsigned grid, int64_t e7)
{
	switch (grid) {
	case GRID_E5:
		return grid_floor_div(e7 + 50, 100);
	case GRID_AIS: /* a step is 50/3: degrees * 1e7 to degrees * 600,000 */
		return grid_floor_div(e7 * 6 + 50, 100);
	case GRID_E6:
		return grid_floor_div(e7 + 5, 10);
	default:
		return e7;
	}
}

/* rounded as presence rounds, which meets no ties here: a third or two thirds of a step */
static inline int64_t from_grid(unsigned grid, int64_t step)
{
	switch (grid) {
	case GRID_E5:
		return step * 100;
	case GRID_AIS:
		return grid_floor_div(step * 100 + 3, 6);
	case GRID_E6:
		return step * 10;
	default:
		return step;
	}
}

#endif

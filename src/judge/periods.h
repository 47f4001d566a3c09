/*
 * Sums over time: for each square of a grid, how many vessel-hours it had seen by the end of each
 * period of six hours. The sum over any span is the difference of two of them.
 */
#ifndef JUDGE_PERIODS_H
#define JUDGE_PERIODS_H

#include <stddef.h>
#include <stdint.h>

#include "judge/cell.h"
#include "judge/sighting.h"

enum { PERIOD_H = 6 };

/* vessel-hours, by stratum: known to be there, heard by stations, heard by satellites alone; where
 * a feed does not say which, by stations */
struct tally {
	double present[STRATA];
	double heard[STRATA];
	double satellite[STRATA];
};

/* all that a square had seen by the end of a period */
struct period_sum {
	int32_t period; /* since 1970 */
	uint32_t present[STRATA];
	uint32_t heard[STRATA];
	uint32_t satellite[STRATA];
};

struct period_place {
	struct period_sum *at; /* by period */
	size_t count;
	size_t cap;
};

/* squares of 2^shift cells a side */
struct periods {
	int shift;
	int rows;
	int cols;
	uint32_t *place; /* by row and column: its number plus one; 0 when nobody was ever there */
	struct period_place *places;
	size_t count;
	size_t cap;
};

void periods_init(struct periods *periods, int shift);
void periods_free(struct periods *periods);
/* the sum that the cell's square adds up in this period; calls come in the order of periods. Valid
 * until the next call. */
struct period_sum *periods_at(struct periods *periods, uint32_t cell, int32_t period);
/*
 * Adds to tallies[r], for each r up to `reach`, what the squares at most r squares from that of
 * `cell` saw in the periods [first, end).
 */
void periods_sum(const struct periods *periods, int64_t first, int64_t end, uint32_t cell,
                 int reach, struct tally *tallies);

#endif

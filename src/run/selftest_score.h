/*
 * How good verdicts were of which the truth is known. The mix of injected silences is arbitrary, so
 * measures are weighted: switch-offs count as `prior` of all silences, lost ones as the rest. One
 * hole silences everybody and is easily told, so gaps in holes weigh no more than all others lost.
 */
#ifndef RUN_SELFTEST_SCORE_H
#define RUN_SELFTEST_SCORE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"
#include "judge/judge.h"

enum {
	SCORE_TENTHS = 10,
	SCORE_DURATIONS = 4, /* < 12 h, 12 to 24 h, 1 to 3 d, longer */
	SCORE_OTHERS = 4,    /* none, 1 to 4, 5 or more, not known */
	SCORE_LEAST = 20,    /* of fewer gaps no figure is given: it would mean nothing */
};

/* precision that a threshold of confidence must give */
#define SCORE_TARGET 0.95

/* one gap of which the truth is known */
struct score_case {
	bool off;     /* the transponder was off */
	bool in_hole; /* it was not: the whole feed was down */
	struct span area;
	double duration_h;
	enum verdict verdict;
	double confidence; /* [0, 1] */
	int others_heard;  /* -1: not known */
};

/* sums over gaps; the figures are read from them by the functions below */
struct score_sum {
	size_t off; /* gaps that were switch-offs, and those that were not */
	size_t lost;
	double off_weight;
	double weight;     /* of both */
	double confidence; /* weighted sums */
	double error;      /* of squares */
};

/* the gaps of one kind: all, those of an area, ... */
struct score_cell {
	struct score_sum all;
	struct score_sum judged_off;           /* with the verdict `off` */
	struct score_sum tenths[SCORE_TENTHS]; /* by confidence; 1 is in the last */
};

struct score_area {
	struct span name;
	struct score_cell cell;
};

/* gaps with a confidence of at least this */
struct score_threshold {
	bool found;
	double confidence;
	double precision;
	double recall;
	size_t gaps;
};

struct score {
	struct score_cell all;
	struct score_cell verdicts[VERDICTS];
	struct score_cell durations[SCORE_DURATIONS];
	struct score_cell others[SCORE_OTHERS];
	struct score_area *areas; /* by name */
	size_t area_count;
	struct score_threshold threshold;
};

/*
 * Scores the cases, whose spans are borrowed by the score; 0 < prior < 1. The order of the cases
 * shows, at most, in the last bits of sums. To be freed with score_free.
 */
void score_make(struct score *score, const struct score_case *cases, size_t count, double prior);
void score_free(struct score *score);

/*
 * The figures, or NAN where fewer than SCORE_LEAST gaps bear them out, or, of all but recall, fewer
 * than that of either truth do. Recall counts gaps as they are.
 */
double score_precision(const struct score_cell *cell); /* of those judged off, how many were */
double score_recall(const struct score_cell *cell);    /* of those off, how many were judged so */
double score_f05(const struct score_cell *cell);
double score_brier(const struct score_sum *sum);           /* mean square error of confidence */
double score_mean_confidence(const struct score_sum *sum); /* what was said, and ... */
double score_share_off(const struct score_sum *sum);       /* ... what was */

const char *score_duration_name(int band);
const char *score_others_name(int band);

#endif

#include "run/selftest_score.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* what each case counts, by its truth */
struct scale {
	double off;
	double lost;
	double in_hole;
};

static double weight_of(const struct scale *scale, const struct score_case *c)
{
	return c->off ? scale->off : c->in_hole ? scale->in_hole : scale->lost;
}

/*
 * So that the weights of switch-offs add up to the prior, and those of the others to the rest.
 * Where there are few of either they are nothing: no figure that mixes them would mean anything.
 */
static struct scale scale_of(const struct score_case *cases, size_t count, double prior)
{
	size_t off = 0;
	size_t in_hole = 0;
	size_t lost;
	double share; /* that a gap in a hole counts of another */
	double each;

	for (size_t i = 0; i < count; i++) {
		off += cases[i].off;
		in_hole += !cases[i].off && cases[i].in_hole;
	}
	lost = count - off - in_hole;
	if (off < SCORE_LEAST || lost + in_hole < SCORE_LEAST)
		return (struct scale){0, 0, 0};
	share = lost && in_hole > lost ? (double)lost / (double)in_hole : 1;
	each = (1 - prior) / ((double)lost + share * (double)in_hole);
	return (struct scale){prior / (double)off, each, share * each};
}

static void add(struct score_sum *sum, const struct score_case *c, double weight)
{
	double error = c->confidence - (c->off ? 1 : 0);

	sum->off += c->off;
	sum->lost += !c->off;
	sum->off_weight += c->off ? weight : 0;
	sum->weight += weight;
	sum->confidence += weight * c->confidence;
	sum->error += weight * error * error;
}

static int tenth_of(double confidence)
{
	int tenth = (int)(confidence * SCORE_TENTHS);

	return tenth < 0 ? 0 : tenth >= SCORE_TENTHS ? SCORE_TENTHS - 1 : tenth;
}

static void add_to(struct score_cell *cell, const struct score_case *c, double weight)
{
	add(&cell->all, c, weight);
	add(&cell->tenths[tenth_of(c->confidence)], c, weight);
	if (c->verdict == VERDICT_OFF)
		add(&cell->judged_off, c, weight);
}

static int duration_band(double hours)
{
	return hours < 12 ? 0 : hours < 24 ? 1 : hours < 72 ? 2 : 3;
}

static int others_band(int others)
{
	return others < 0 ? 3 : others == 0 ? 0 : others < 5 ? 1 : 2;
}

const char *score_duration_name(int band)
{
	static const char *const NAMES[SCORE_DURATIONS] = {"<12h", "12-24h", "1-3d", ">=3d"};

	return NAMES[band];
}

const char *score_others_name(int band)
{
	static const char *const NAMES[SCORE_OTHERS] = {"0", "1-4", ">=5", "unknown"};

	return NAMES[band];
}

static int by_area(const void *a, const void *b)
{
	const struct score_case *const *x = a;
	const struct score_case *const *y = b;
	int order = span_cmp((*x)->area, (*y)->area);

	/* of one area in the order of the cases, so that sums are the same each time */
	return order ? order : (*x > *y) - (*x < *y);
}

static const struct score_case **sorted(const struct score_case *cases, size_t count,
                                        int (*compare)(const void *a, const void *b))
{
	const struct score_case **list = mem_new(count + 1, sizeof *list);

	for (size_t i = 0; i < count; i++)
		list[i] = &cases[i];
	qsort(list, count, sizeof *list, compare);
	return list;
}

static void score_areas(struct score *score, const struct score_case *cases, size_t count,
                        const struct scale *scale)
{
	const struct score_case **list = sorted(cases, count, by_area);
	size_t cap = 0;

	for (size_t i = 0; i < count; i++) {
		size_t n = score->area_count;

		if (!n || !span_eq(score->areas[n - 1].name, list[i]->area)) {
			score->areas = mem_grow(score->areas, &cap, n + 1, 4, sizeof *score->areas);
			score->areas[n] = (struct score_area){.name = list[i]->area};
			score->area_count = ++n;
		}
		add_to(&score->areas[n - 1].cell, list[i], weight_of(scale, list[i]));
	}
	free(list);
}

static int by_confidence(const void *a, const void *b)
{
	const struct score_case *const *x = a;
	const struct score_case *const *y = b;

	if ((*x)->confidence != (*y)->confidence)
		return (*x)->confidence > (*y)->confidence ? -1 : 1;
	return (*x > *y) - (*x < *y);
}

/* from the greatest confidence down; each value of it that reaches the target replaces the last */
static void find_threshold(struct score *score, const struct score_case *cases, size_t count,
                           const struct scale *scale)
{
	const struct score_case **list = sorted(cases, count, by_confidence);
	struct score_threshold *t = &score->threshold;
	struct score_sum sum = {0};

	for (size_t i = 0; i < count; i++) {
		double precision;

		add(&sum, list[i], weight_of(scale, list[i]));
		precision = sum.off_weight / sum.weight;
		if (i + 1 < count && list[i + 1]->confidence == list[i]->confidence)
			continue;
		if (i + 1 >= SCORE_LEAST && precision >= SCORE_TARGET)
			*t = (struct score_threshold){true, list[i]->confidence, precision,
			                              sum.off_weight / score->all.all.off_weight,
			                              i + 1};
	}
	free(list);
}

void score_make(struct score *score, const struct score_case *cases, size_t count, double prior)
{
	struct scale scale = scale_of(cases, count, prior);

	*score = (struct score){0};
	for (size_t i = 0; i < count; i++) {
		const struct score_case *c = &cases[i];
		double weight = weight_of(&scale, c);

		add_to(&score->all, c, weight);
		add_to(&score->verdicts[c->verdict], c, weight);
		add_to(&score->durations[duration_band(c->duration_h)], c, weight);
		add_to(&score->others[others_band(c->others_heard)], c, weight);
	}
	score_areas(score, cases, count, &scale);
	if (scale.off > 0)
		find_threshold(score, cases, count, &scale);
}

void score_free(struct score *score)
{
	free(score->areas);
	*score = (struct score){0};
}

static double ratio(double part, double whole, size_t gaps)
{
	return gaps >= SCORE_LEAST && whole > 0 ? part / whole : NAN;
}

static size_t gaps_of(const struct score_sum *sum)
{
	return sum->off + sum->lost;
}

double score_precision(const struct score_cell *cell)
{
	const struct score_sum *judged = &cell->judged_off;

	return ratio(judged->off_weight, judged->weight, gaps_of(judged));
}

double score_recall(const struct score_cell *cell)
{
	return ratio((double)cell->judged_off.off, (double)cell->all.off, cell->all.off);
}

/* F with beta = 1/2, which holds precision dearer (van Rijsbergen, Information Retrieval, 1979) */
double score_f05(const struct score_cell *cell)
{
	double p = score_precision(cell);
	double r = score_recall(cell);

	if (p == 0 && r == 0)
		return 0;
	return 1.25 * p * r / (0.25 * p + r);
}

/* Brier, Verification of forecasts expressed in terms of probability, 1950: one class's half */
double score_brier(const struct score_sum *sum)
{
	return ratio(sum->error, sum->weight, gaps_of(sum));
}

double score_mean_confidence(const struct score_sum *sum)
{
	return ratio(sum->confidence, sum->weight, gaps_of(sum));
}

double score_share_off(const struct score_sum *sum)
{
	return ratio(sum->off_weight, sum->weight, gaps_of(sum));
}

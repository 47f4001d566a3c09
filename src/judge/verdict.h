/*
 * From evidence to a probability, and from that and what is known besides to a verdict. All weights
 * and thresholds stand in verdict.c, in one table, with where they come from.
 */
#ifndef JUDGE_VERDICT_H
#define JUDGE_VERDICT_H

#include "judge/evidence.h"
#include "judge/judge.h"

/* how much more likely this evidence is if the transponder was off than if it was on, > 0 */
double verdict_ratio(const struct evidence *evidence);
/* probability that it was off; prior (0, 1), ratio > 0 */
double verdict_confidence(double prior, double ratio);

/* what else bears on the verdict */
struct circumstances {
	bool identity;    /* two ships, or a jump that no ship can make */
	bool gnss;        /* positions were false there and then */
	bool after_as_of; /* ended by a report behind feed time */
	bool capped;      /* something lawful and usual explains the silence as well */
};

enum verdict verdict_of(const struct evidence *evidence, const struct circumstances *circumstances,
                        double confidence);

/* which of the verdicts by[CONFIDENCES] a confidence gives (judge.h) */
enum confidence verdict_band(double confidence);
/* the verdict for each */
void verdict_by(const struct evidence *evidence, const struct circumstances *circumstances,
                enum verdict by[CONFIDENCES]);

/* adds the reasons that the evidence itself gives */
void verdict_reasons(const struct evidence *evidence, struct reasons *reasons);

#endif

/*
 * The chance that a vessel that went on sending is not heard in the hours of a gap.
 *
 * Hour by hour and place by place reception is up or down, a hidden Markov chain (Rabiner 1989):
 * what others there were heard tells which, and stations stay down for hours. Where it is up, a
 * vessel is heard with the chance that coverage.h has for its stratum, more or less by what its own
 * transmitter does, which its last day tells. So hours are not independent, and one good hour of
 * neighbours does not outweigh a week without any.
 */
#ifndef JUDGE_SILENCE_H
#define JUDGE_SILENCE_H

#include "judge/coverage.h"
#include "judge/traffic.h"
#include "judge/ways.h"

enum {
	SILENCE_AFTER_H = 72,
	SILENCE_BEFORE_H = 12,
	SILENCE_HOURS_MAX = SILENCE_AFTER_H + SILENCE_BEFORE_H
};

/* the hours of a gap that are looked at, since 1970 */
struct silence_hours {
	int64_t off_first; /* whole hours after off: [off_first, off_end) */
	int64_t off_end;
	int64_t on_first; /* whole hours before on: [on_first, on_end), none before off_end */
	int64_t on_end;
	bool ripe;            /* it is closed, and all that bears on it is known */
	int64_t first_period; /* coverage is read from the periods [first_period, end_period) since
	                         1970 */
	int64_t end_period;
};

struct silence {
	double p;          /* chance of no report in all these hours, if it was on, [0, 1] */
	double expected_h; /* hours in which it would have been heard, on the straight way, or
	                      staying where there is none */
	double coverage;   /* mean chance to be heard in an hour, on that way, in its first hours */
	double down;       /* share of the hours in which others show reception to be down there */
	double others;     /* vessel-hours of others nearby in these hours */
	double others_past; /* vessel-hours of others where it was, in the days before */
};

struct silence_query {
	const struct traffic *traffic;
	const struct fleet *fleet;
	const struct shard *shard;
	const struct vessel *vessel;
	const struct ways *ways;
	struct silence_hours hours;
	uint8_t stratum; /* of the vessel when last heard */
};

void silence_chance(const struct silence_query *query, struct silence *silence);

#endif

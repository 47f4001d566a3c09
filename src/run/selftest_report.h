/* What a self-test found, as text for people and as JSON. */
#ifndef RUN_SELFTEST_REPORT_H
#define RUN_SELFTEST_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/area.h"
#include "report/sink.h"
#include "run/selftest_label.h"
#include "run/selftest_score.h"

struct selftest_report {
	uint64_t seed;
	unsigned rounds;
	double prior;
	int64_t min_gap_ms;
	const struct areas *areas;
	bool everywhere;
	int64_t as_of_ms;
	size_t vessels;
	uint64_t vessel_hours; /* hours in which a vessel was heard in or near the areas */
	size_t switch_offs;    /* taken out, in all rounds */
	double switch_off_h;
	size_t losses; /* holes aside */
	size_t holes;
	size_t gaps[TRUTHS]; /* found, by their truth, in the areas */
	size_t lost_in_holes;
	size_t outside; /* of known truth, but in no area: not judged */
	struct score score;
};

void selftest_text(struct sink *sink, const struct selftest_report *report);
void selftest_json(struct sink *sink, const struct selftest_report *report);

#endif

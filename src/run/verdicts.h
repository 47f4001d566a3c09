/*
 * Verdicts on all gaps of a fleet, again and again as it grows. Most are final: those of the time
 * before hold where nothing that they rest on has changed, which takes no look at the fleet, so
 * that a feed that is followed judges a few gaps a minute. What is said is what judging them all
 * would say.
 */
#ifndef RUN_VERDICTS_H
#define RUN_VERDICTS_H

#include <stdbool.h>
#include <stddef.h>

#include "judge/judge.h"
#include "track/gaps.h"

struct verdicts;

struct verdicts *verdicts_new(void);
/* frees NULL safely */
void verdicts_free(struct verdicts *verdicts);
/*
 * Judges the gaps, found at params->as_of_ms. Only the as-of differs from call to call; `news` is
 * what came into the fleet and went since the last.
 */
void verdicts_judge(struct verdicts *verdicts, const struct judge_params *params,
                    const struct fleet_news *news, unsigned threads, const struct gaps *gaps);
/* on the i-th of these gaps; valid until the next verdicts_judge */
const struct judgement *verdicts_at(const struct verdicts *verdicts, size_t i);
/* how many of them were judged and not taken over */
size_t verdicts_judged(const struct verdicts *verdicts);

#endif

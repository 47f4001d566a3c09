#include "run/verdicts.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "base/mem.h"
#include "judge/evidence.h"
#include "state/crew.h"

struct ruling {
	struct gap gap;
	struct judgement judgement;
	struct evidence_span span;
	int64_t as_of_ms; /* at which it was judged */
	unsigned notices;
};

struct verdicts {
	struct ruling *at; /* in the order of gaps */
	size_t count;
	size_t judged;
};

struct verdicts *verdicts_new(void)
{
	return mem_new(1, sizeof(struct verdicts));
}

void verdicts_free(struct verdicts *v)
{
	if (!v)
		return;
	free(v->at);
	free(v);
}

const struct judgement *verdicts_at(const struct verdicts *v, size_t i)
{
	return &v->at[i].judgement;
}

size_t verdicts_judged(const struct verdicts *v)
{
	return v->judged;
}

/* (the order of gaps knows their times alone) */
static bool same_gap(const struct gap *a, const struct gap *b)
{
	return gaps_cmp(a, b) == 0 && fix_cmp(&a->off, &b->off) == 0 &&
	       (a->open || fix_cmp(&a->on, &b->on) == 0) && a->after_as_of == b->after_as_of;
}

/* whether judging the gap would say the same again */
static bool holds(const struct ruling *former, const struct ruling *now, const struct fleet *fleet,
                  const struct fleet_news *news)
{
	const struct evidence_span *span = &former->span;

	return !news->forgot && same_gap(&former->gap, &now->gap) &&
	       former->notices == now->notices && former->as_of_ms >= span->end_ms &&
	       now->as_of_ms >= former->as_of_ms && now->as_of_ms < span->until_ms &&
	       news->least_ms >= span->end_ms && fleet->horizon_ms <= span->horizon_ms;
}

/* gaps are judged a few at a time by whichever thread is free: each for itself */
struct bench {
	const struct judge *judge;
	struct ruling *rulings;
	const size_t *docket; /* places of those to be judged */
	size_t count;
	atomic_size_t next;
};

enum { SOME = 16 };

static void judge_some(void *context)
{
	struct bench *bench = context;
	size_t i;

	while ((i = atomic_fetch_add(&bench->next, SOME)) < bench->count) {
		for (size_t end = i + SOME; i < end && i < bench->count; i++) {
			struct ruling *r = &bench->rulings[bench->docket[i]];

			judge_gap(bench->judge, &r->gap, &r->judgement);
		}
	}
}

/* judges those on the docket, with what they need to have been read */
static void judge_docket(struct ruling *rulings, const size_t *docket, size_t count,
                         const struct judge_params *params, unsigned threads)
{
	struct judge_params needed = *params;
	struct bench bench = {.rulings = rulings, .docket = docket, .count = count};
	struct judge *judge;

	needed.since_ms = params->as_of_ms;
	for (size_t i = 0; i < count; i++) {
		struct ruling *r = &rulings[docket[i]];

		evidence_span(params->fleet, &r->gap, params->as_of_ms, &r->span);
		if (r->span.since_ms < needed.since_ms)
			needed.since_ms = r->span.since_ms;
	}
	judge = judge_new(&needed);
	bench.judge = judge;
	crew_run(count > SOME ? threads : 1, judge_some, &bench);
	judge_free(judge);
}

/* takes over what holds, and puts the others on the docket; returns how many these are */
static size_t take_over(const struct verdicts *v, struct ruling *rulings, size_t count,
                        const struct fleet *fleet, const struct fleet_news *news, size_t *docket)
{
	size_t former = 0;
	size_t anew = 0;

	for (size_t i = 0; i < count; i++) {
		struct ruling *r = &rulings[i];

		while (former < v->count && gaps_cmp(&v->at[former].gap, &r->gap) < 0)
			former++;
		if (former < v->count && holds(&v->at[former], r, fleet, news))
			*r = v->at[former];
		else
			docket[anew++] = i;
	}
	return anew;
}

void verdicts_judge(struct verdicts *v, const struct judge_params *params,
                    const struct fleet_news *news, unsigned threads, const struct gaps *gaps)
{
	struct ruling *rulings = mem_new(gaps->count, sizeof *rulings);
	size_t *docket = mem_new(gaps->count, sizeof *docket);

	for (size_t i = 0; i < gaps->count; i++) {
		rulings[i].gap = gaps->at[i];
		rulings[i].as_of_ms = params->as_of_ms;
		rulings[i].notices = judge_notices(params->fleet, &gaps->at[i]);
	}
	v->judged = take_over(v, rulings, gaps->count, params->fleet, news, docket);
	if (v->judged)
		judge_docket(rulings, docket, v->judged, params, threads);
	free(docket);
	free(v->at);
	v->at = rulings;
	v->count = gaps->count;
}

#include "aisgap/selftest.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/utc.h"
#include "run/feed.h"
#include "run/feed_again.h"
#include "run/inputs.h"
#include "run/options.h"
#include "run/resolve.h"
#include "run/selftest_report.h"
#include "run/watch.h"

/* everything that one run owns */
struct selftest {
	const struct aisgap_options *options;
	const struct aisgap_selftest *asked;
	struct aisgap_ledger *ledger;
	struct inputs inputs;
	struct watch watch;
	struct feed_again feed;
	struct coast *coast;
	struct resolver *resolver; /* for the names of areas alone */
	struct fleet *fleet;       /* the feed as it came */
	struct old_gaps old;
	struct score_case *cases; /* of all rounds */
	size_t case_count;
	size_t case_cap;
	struct arena names;
	struct selftest_report report;
	bool json;
};

/* ---- what was asked for */

/* by --format, else by the output's ending, else text */
static enum status choose_format(struct selftest *t, struct diag *diag)
{
	const char *format = t->options->format;
	const char *ending = t->options->output ? strrchr(t->options->output, '.') : NULL;

	if (format && strcmp(format, "json") != 0 && strcmp(format, "text") != 0)
		return diag_set(diag, ST_USAGE, "--format: '%.60s' is none of text, json", format);
	t->json = format ? strcmp(format, "json") == 0 : ending && strcmp(ending, ".json") == 0;
	return ST_OK;
}

static enum status check_numbers(struct selftest *t, struct diag *diag)
{
	if (t->asked->rounds < 1 || t->asked->rounds > AISGAP_SELFTEST_ROUNDS_MAX)
		return diag_set(diag, ST_USAGE, "rounds must lie between 1 and %d",
		                AISGAP_SELFTEST_ROUNDS_MAX);
	t->report.prior = options_prior(t->options);
	return options_check(t->options, diag);
}

static enum status prepare(struct selftest *t, struct diag *diag)
{
	enum status status = check_numbers(t, diag);

	if (status == ST_OK)
		status = choose_format(t, diag);
	if (status == ST_OK)
		status = inputs_prepare(&t->inputs, t->options, diag);
	if (status == ST_OK)
		status = feed_again_check(&t->inputs, diag);
	if (status == ST_OK)
		status = watch_prepare(&t->watch, t->options, NULL, NULL, true, diag);
	if (status != ST_OK)
		return status;
	t->feed = (struct feed_again){t->options, &t->inputs, &t->watch};
	t->coast = coast_new();
	t->resolver = mem_new(1, sizeof *t->resolver);
	t->resolver->areas = t->watch.params.areas;
	t->resolver->zones = t->watch.zones;
	t->resolver->coast = t->coast;
	return ST_OK;
}

/* ---- gaps */

static bool any(void *context, const struct gap *gap)
{
	(void)context;
	(void)gap;
	return true;
}

static void find_gaps(const struct selftest *t, const struct fleet *fleet, struct gaps *gaps)
{
	struct gaps_query query = {
	    .min_gap_ms = t->watch.min_gap_ms, .as_of_ms = t->report.as_of_ms, .keep = any};

	gaps_find(fleet, &query, gaps);
}

/* ---- one round */

/* the first of the areas that the gap touches; empty when there is none */
static struct span area_of(struct selftest *t, const struct gap *gap)
{
	struct span areas = resolve_areas(t->resolver, gap);
	struct span first;
	struct span rest;

	span_cut(areas, ';', &first, &rest);
	if (first.len > 5 && memcmp(first.ptr + first.len - 5, ":path", 5) == 0)
		first.len -= 5;
	return !first.len && t->options->everywhere ? SPAN("elsewhere") : first;
}

static int64_t end_of(const struct selftest *t, const struct gap *gap)
{
	return gap->open ? t->report.as_of_ms : gap->on.t_ms;
}

static bool in_hole(const struct selftest *t, const struct plan *plan, const struct gap *gap)
{
	int64_t end_ms = end_of(t, gap);

	return plan_hole_ms(plan, gap->off.t_ms, end_ms) > (end_ms - gap->off.t_ms) / 2;
}

static void add_case(struct selftest *t, const struct judge *judge, const struct gap *gap,
                     struct span area, struct score_case *c)
{
	struct judgement judgement;

	judge_gap(judge, gap, &judgement);
	c->area = arena_span(&t->names, area);
	c->duration_h = (double)(end_of(t, gap) - gap->off.t_ms) / (double)HOUR_MS;
	c->verdict = judgement.verdict;
	c->confidence = judgement.confidence;
	c->others_heard = judgement.others_heard;
	t->report.lost_in_holes += c->in_hole;
	t->cases = mem_grow(t->cases, &t->case_cap, t->case_count + 1, 64, sizeof *t->cases);
	t->cases[t->case_count++] = *c;
}

static void take_gap(struct selftest *t, const struct plan *plan, const struct judge *judge,
                     const struct gap *gap)
{
	enum truth truth = gap_truth(&t->old, plan, gap);
	bool known = truth == TRUTH_OFF || truth == TRUTH_LOST;
	struct span area = area_of(t, gap);
	struct score_case c = {.off = truth == TRUTH_OFF};

	if (!area.len) {
		t->report.outside += known;
		return;
	}
	t->report.gaps[truth]++;
	if (!known)
		return;
	c.in_hole = !c.off && in_hole(t, plan, gap);
	add_case(t, judge, gap, area, &c);
}

static void judge_fleet(struct selftest *t, const struct plan *plan, const struct fleet *fleet)
{
	struct judge_params params = {
	    .fleet = fleet,
	    .areas = t->watch.params.areas,
	    .zones = t->watch.zones,
	    .coast = t->coast,
	    .as_of_ms = t->report.as_of_ms,
	    .prior = t->report.prior,
	};
	struct judge *judge = judge_new(&params);
	struct gaps gaps;

	find_gaps(t, fleet, &gaps);
	for (size_t i = 0; i < gaps.count; i++)
		take_gap(t, plan, judge, &gaps.at[i]);
	gaps_free(&gaps);
	judge_free(judge);
}

/* reads the inputs once more without what the plan takes out, and judges what comes of it */
static enum status play(struct selftest *t, const struct plan *plan, struct diag *diag)
{
	struct waist waist = {plan_drops, plan};
	struct aisgap_ledger *again = ledger_new();
	struct fleet *fleet;
	enum status status = feed_again_read(&t->feed, &waist, again, &fleet, diag);

	if (status == ST_OK)
		status = feed_again_same(t->ledger, again, diag);
	if (status == ST_OK)
		judge_fleet(t, plan, fleet);
	fleet_free(fleet);
	aisgap_ledger_free(again);
	return status;
}

static enum status run_round(struct selftest *t, unsigned number, struct diag *diag)
{
	struct plan_params params = {
	    .fleet = t->fleet,
	    .areas = t->watch.params.areas,
	    .everywhere = t->options->everywhere,
	    .as_of_ms = t->report.as_of_ms,
	    .seed = hash_mix(hash_mix(t->asked->seed + 1) + number),
	};
	struct plan *plan = plan_new(&params);
	enum status status = ST_OK;

	t->report.vessel_hours = plan->vessel_hours;
	t->report.switch_offs += plan->switch_off_count;
	t->report.holes += plan->hole_count;
	t->report.losses += plan->loss_count - plan->hole_count;
	for (size_t i = 0; i < plan->switch_off_count; i++)
		t->report.switch_off_h +=
		    (double)(plan->switch_offs[i].end_ms - plan->switch_offs[i].begin_ms) /
		    (double)HOUR_MS;
	if (plan->switch_off_count || plan->loss_count)
		status = play(t, plan, diag);
	plan_free(plan);
	return status;
}

/* ---- the whole */

static void warn_empty(struct selftest *t)
{
	if (t->report.switch_offs)
		return;
	ledger_warn(t->ledger,
	            "nothing could be tested: no vessel was heard in a watched area for twice the "
	            "minimum gap, with time left to switch off; a longer feed is needed, or see "
	            "--area, --everywhere and --min-gap");
}

static void look_at_feed(struct selftest *t)
{
	struct selftest_report *r = &t->report;
	struct gaps gaps;

	fleet_feed_time(t->fleet, &r->as_of_ms);
	r->seed = t->asked->seed;
	r->rounds = t->asked->rounds;
	r->min_gap_ms = t->watch.min_gap_ms;
	r->areas = t->watch.params.areas;
	r->everywhere = t->options->everywhere;
	r->vessels = fleet_vessel_count(t->fleet);
	find_gaps(t, t->fleet, &gaps);
	old_gaps_init(&t->old, &gaps, r->as_of_ms);
	gaps_free(&gaps);
}

static enum status test(struct selftest *t, struct diag *diag)
{
	enum status status = feed_again_read(&t->feed, NULL, t->ledger, &t->fleet, diag);

	if (status == ST_OK)
		status = feed_check(t->ledger, t->options->max_bad_pct, &FEED_DETECT, diag);
	if (status != ST_OK)
		return status;
	look_at_feed(t);
	for (unsigned i = 0; i < t->asked->rounds && status == ST_OK; i++)
		status = run_round(t, i, diag);
	warn_empty(t);
	return status;
}

static enum status run(struct selftest *t, struct diag *diag)
{
	enum status status = prepare(t, diag);
	struct sink *sink;

	if (status == ST_OK)
		status = sink_open(t->options->output, &sink, diag);
	if (status != ST_OK)
		return status;
	status = test(t, diag);
	if (status != ST_OK) {
		sink_abort(sink);
		return status;
	}
	score_make(&t->report.score, t->cases, t->case_count, t->report.prior);
	(t->json ? selftest_json : selftest_text)(sink, &t->report);
	return sink_close(sink, &t->ledger->reader_gone, diag);
}

enum aisgap_status aisgap_selftest(const struct aisgap_options *options,
                                   const struct aisgap_selftest *selftest,
                                   struct aisgap_ledger **ledger, char message[512])
{
	struct diag diag = {""};
	struct selftest t = {.options = options, .asked = selftest, .ledger = ledger_new()};

	ledger_conclude(t.ledger, run(&t, &diag), &diag);
	span_copy(span_of(t.ledger->message), message, 512);
	score_free(&t.report.score);
	old_gaps_free(&t.old);
	fleet_free(t.fleet);
	inputs_free(&t.inputs);
	watch_free(&t.watch);
	coast_free(t.coast);
	arena_free(&t.names);
	free(t.resolver);
	free(t.cases);
	*ledger = t.ledger;
	return (enum aisgap_status)t.ledger->result;
}

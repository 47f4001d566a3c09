/* Where and when a plan lets reception fail. */
#include <math.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/utc.h"
#include "run/selftest_draw.h"

/*
 * How much is taken out, in vessel-hours of all that were heard. Holes take everybody for a time,
 * and leave the neighbours of other silences as they are; a short feed has no room for one.
 */
#define LOSS_SHARE 0.04
#define HOLE_SHARE 0.05

enum {
	PER_SWITCH_OFF =
	    8,             /* candidates: most losses are too short or too thin to silence anyone */
	LOSSES_LEAST = 40, /* candidates in a feed with few switch-offs */
	LOSSES_MOST = 2000,
	HOLES_MOST = 2,
	HOLE_CANDIDATES = 8,
};

#define CIRCLE_LEAST_NM 10.0
#define CIRCLE_MOST_NM  60.0

static const int64_t LOSS_MOST_MS = 3 * DAY_MS;
enum { RATE_COUNT = 4 };

static const double RATES[RATE_COUNT] = {1.0, 0.9, 0.7, 0.5};

/* round a place and an hour in which a vessel was heard: there is something to lose */
static struct loss draw_loss(const struct plan_params *p, const struct heard *heard)
{
	double gap_ms = (double)p->fleet->params.gap_ms;
	double least_ms = 0.3 * gap_ms;
	double most_ms = least_ms < (double)LOSS_MOST_MS ? (double)LOSS_MOST_MS : 2 * gap_ms;
	struct draws draws = {heard->hash};
	double length_ms = draw_log(&draws, least_ms, most_ms);
	int64_t begin_ms = heard->hour * HOUR_MS - (int64_t)(draw(&draws) * length_ms);

	return (struct loss){
	    .begin_ms = begin_ms,
	    .end_ms = begin_ms + (int64_t)length_ms,
	    .lat_deg = heard->lat_deg,
	    .lon_deg = heard->lon_deg,
	    .radius_nm = draw_log(&draws, CIRCLE_LEAST_NM, CIRCLE_MOST_NM),
	    .rate = RATES[(size_t)(draw(&draws) * RATE_COUNT)],
	    .key = hash_mix(draws.state),
	};
}

/* a hole silences everyone, so it is just long enough to be seen */
static struct loss draw_hole(const struct plan_params *p, const struct heard *heard)
{
	double gap_ms = (double)p->fleet->params.gap_ms;
	struct draws draws = {heard->hash};
	int64_t begin_ms = heard->hour * HOUR_MS + (int64_t)(draw(&draws) * (double)HOUR_MS);

	return (struct loss){
	    .begin_ms = begin_ms,
	    .end_ms = begin_ms + (int64_t)draw_log(&draws, 1.1 * gap_ms, 2 * gap_ms),
	    .everywhere = true,
	    .rate = 1,
	    .key = hash_mix(draws.state),
	};
}

/* what each candidate would take out, in vessel-hours */
struct bill {
	const struct plan *candidates;
	double *hours;
};

static void bill_hour(void *context, struct heard *heard)
{
	struct bill *bill = context;
	int64_t t_ms = heard->hour * HOUR_MS + HOUR_MS / 2;
	const uint32_t *members;
	size_t count;

	members = loss_index_at(&bill->candidates->index, t_ms, &count);
	for (size_t i = 0; i < count; i++) {
		const struct loss *loss = &bill->candidates->losses[members[i]];

		if (plan_loses(loss, t_ms, heard->lat_deg, heard->lon_deg))
			bill->hours[members[i]] += loss->rate;
	}
}

/* adds the candidates that vessel-hours are left for, in their order, `most` at most */
static size_t take(struct plan *plan, const struct plan *candidates, const double *hours,
                   double share, size_t most)
{
	double left_h = share * (double)plan->vessel_hours;
	size_t taken = 0;

	for (size_t i = 0; i < candidates->loss_count && taken < most; i++) {
		if (hours[i] > left_h)
			continue;
		left_h -= hours[i];
		plan->losses[plan->loss_count++] = candidates->losses[i];
		taken++;
	}
	return taken;
}

/* a hole that lasts to the feed's end would only move that end */
static void strike_late(const struct plan_params *p, struct bill *bill)
{
	const struct plan *candidates = bill->candidates;

	for (size_t i = 0; i < candidates->loss_count; i++) {
		if (candidates->losses[i].end_ms + p->fleet->params.gap_ms > p->as_of_ms)
			bill->hours[i] = INFINITY;
	}
}

/* draws candidates for one end, and takes as many as there is room for */
static size_t draw_some(struct plan *plan, const struct plan_params *p, enum purpose purpose,
                        size_t want, size_t most)
{
	struct heards heards = sample_hours(p, purpose, want, plan->vessel_hours);
	struct plan *candidates = mem_new(1, sizeof *candidates);
	struct bill bill = {candidates, mem_new(heards.count + 1, sizeof *bill.hours)};
	bool hole = purpose == FOR_HOLE;
	size_t taken;

	candidates->loss_count = heards.count;
	candidates->losses = mem_new(heards.count + 1, sizeof *candidates->losses);
	for (size_t i = 0; i < heards.count; i++)
		candidates->losses[i] =
		    hole ? draw_hole(p, &heards.at[i]) : draw_loss(p, &heards.at[i]);
	plan_index(candidates);
	each_hour_of_fleet(p->fleet, bill_hour, &bill);
	if (hole)
		strike_late(p, &bill);
	taken = take(plan, candidates, bill.hours, hole ? HOLE_SHARE : LOSS_SHARE, most);
	plan_free(candidates);
	free(bill.hours);
	free(heards.at);
	return taken;
}

void plan_draw_losses(struct plan *plan, const struct plan_params *p)
{
	size_t want = plan->switch_off_count * PER_SWITCH_OFF;

	want = want < LOSSES_LEAST ? LOSSES_LEAST : want > LOSSES_MOST ? LOSSES_MOST : want;
	plan->losses = mem_new(LOSSES_MOST + HOLES_MOST, sizeof *plan->losses);
	draw_some(plan, p, FOR_LOSS, want, want);
	plan->hole_count = draw_some(plan, p, FOR_HOLE, HOLE_CANDIDATES, HOLES_MOST);
}

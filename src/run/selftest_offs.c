/* Which vessels a plan switches off, and when. */
#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/utc.h"
#include "run/selftest_draw.h"

/*
 * How much is taken out, in vessel-hours of all that were heard: so little that each vessel has
 * neighbours that are heard as before.
 */
#define SWITCH_OFF_SHARE 0.02

enum {
	VESSELS_PER_SWITCH_OFF = 4, /* of those that could, about one in four may */
	TRIES = 64, /* hours of a vessel that are looked at for a place in an area */
};

static const int64_t SWITCH_OFF_MOST_MS = 20 * DAY_MS;

/* the search for one vessel's */
struct candidate {
	const struct plan_params *params;
	const struct segments *track; /* its ordinary one */
	uint64_t limit;
	uint64_t best;
	struct switch_off off;
	bool found;
};

/* the segment in which it begins has reports before, and is twice the minimum gap long */
static bool begins_heard(const struct candidate *c, int64_t begin_ms)
{
	const struct segments *set = c->track;
	uint32_t low = 0;
	uint32_t high = set->count;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (set->at[mid].last.t_ms < begin_ms)
			low = mid + 1;
		else
			high = mid;
	}
	return low < set->count && set->at[low].first.t_ms < begin_ms &&
	       set->at[low].last.t_ms - set->at[low].first.t_ms >=
	           2 * c->params->fleet->params.gap_ms;
}

static void try_hour(void *context, struct heard *heard)
{
	struct candidate *c = context;
	int64_t gap_ms = c->params->fleet->params.gap_ms;
	int64_t least_ms = gap_ms + gap_ms / 20;
	struct draws draws;
	int64_t begin_ms;
	int64_t room_ms;

	heard->hash = hash_of(c->params->seed, FOR_SWITCH_OFF, heard);
	if (heard->hash > c->limit || (c->found && heard->hash >= c->best))
		return;
	draws.state = heard->hash;
	begin_ms = heard->hour * HOUR_MS + (int64_t)(draw(&draws) * (double)HOUR_MS);
	room_ms = c->params->as_of_ms - begin_ms;
	if (room_ms <= least_ms || !begins_heard(c, begin_ms) || !heard_watched(c->params, heard))
		return;
	if (room_ms > SWITCH_OFF_MOST_MS && least_ms < SWITCH_OFF_MOST_MS)
		room_ms = SWITCH_OFF_MOST_MS;
	c->best = heard->hash;
	c->found = true;
	c->off = (struct switch_off){
	    heard->mmsi, begin_ms,
	    begin_ms + (int64_t)draw_log(&draws, (double)least_ms, (double)room_ms)};
}

/* a switch-off and its draw, among those of all vessels */
struct chosen {
	uint64_t hash;
	struct switch_off off;
};

struct choice {
	struct chosen *at;
	size_t count;
	size_t cap;
};

static void try_vessel(const struct plan_params *p, const struct shard *shard,
                       const struct vessel *vessel, struct segments *set, struct choice *choice)
{
	struct candidate c = {.params = p, .track = set};
	uint64_t hours = 0;

	for (uint32_t t = vessel->track; t != FLEET_NONE; t = shard->tracks[t].next)
		each_hour(&shard->tracks[t], count_hour, &hours);
	if (!hours)
		return;
	fleet_ordinary(p->fleet, shard, vessel, set);
	c.limit = hash_limit(TRIES, hours);
	for (uint32_t t = vessel->track; t != FLEET_NONE; t = shard->tracks[t].next)
		each_hour(&shard->tracks[t], try_hour, &c);
	if (!c.found)
		return;
	choice->at = mem_grow(choice->at, &choice->cap, choice->count + 1, 64, sizeof *choice->at);
	choice->at[choice->count++] =
	    (struct chosen){hash_mix(p->seed ^ hash_mix((uint64_t)vessel->mmsi)), c.off};
}

static int by_draw(const void *a, const void *b)
{
	const struct chosen *x = a;
	const struct chosen *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->off.mmsi > y->off.mmsi) - (x->off.mmsi < y->off.mmsi);
}

static int by_mmsi(const void *a, const void *b)
{
	const struct switch_off *x = a;
	const struct switch_off *y = b;

	return (x->mmsi > y->mmsi) - (x->mmsi < y->mmsi);
}

/* takes them in the order of their draws as long as hours are left; the first in any case */
static void take_switch_offs(struct plan *plan, const struct choice *choice)
{
	double left_h = SWITCH_OFF_SHARE * (double)plan->vessel_hours;
	size_t most = choice->count / VESSELS_PER_SWITCH_OFF + 1;
	size_t n = 0;

	plan->switch_offs = mem_new(choice->count + 1, sizeof *plan->switch_offs);
	for (size_t i = 0; i < choice->count && n < most; i++) {
		const struct switch_off *off = &choice->at[i].off;
		double hours = (double)(off->end_ms - off->begin_ms) / (double)HOUR_MS;

		if (n && hours > left_h)
			continue;
		left_h -= hours;
		plan->switch_offs[n++] = *off;
	}
	plan->switch_off_count = n;
	qsort(plan->switch_offs, n, sizeof *plan->switch_offs, by_mmsi);
}

void plan_draw_switch_offs(struct plan *plan, const struct plan_params *p)
{
	struct segments set = {0};
	struct choice choice = {0};

	for (int s = 0; s < FLEET_SHARDS; s++) {
		const struct shard *shard = &p->fleet->shards[s];

		for (size_t v = 0; v < shard->vessel_count; v++)
			try_vessel(p, shard, &shard->vessels[v], &set, &choice);
	}
	if (choice.count)
		qsort(choice.at, choice.count, sizeof *choice.at, by_draw);
	take_switch_offs(plan, &choice);
	segments_free(&set);
	free(choice.at);
}

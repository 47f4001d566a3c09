#include "track/gaps.h"

#include <stdlib.h>

#include "base/mem.h"
#include "track/zone_gaps.h"

void gaps_add(struct gaps *gaps, const struct gaps_query *query, const struct gap *gap)
{
	if (!query->keep(query->context, gap))
		return;
	gaps->at = mem_grow(gaps->at, &gaps->cap, gaps->count + 1, 64, sizeof *gaps->at);
	gaps->at[gaps->count++] = *gap;
}

uint32_t gaps_counting(const struct segments *set, const struct gaps_query *query)
{
	uint32_t n = set->count;

	while (query->as_of_given && n && set->at[n - 1].first.t_ms > query->as_of_ms)
		n--;
	return n;
}

static void find_in(const struct segments *set, int64_t mmsi, const struct gaps_query *query,
                    struct gaps *gaps)
{
	uint32_t n = gaps_counting(set, query);

	for (uint32_t i = 0; i + 1 < n; i++) {
		struct gap gap = {.mmsi = mmsi, .off = set->at[i].last, .on = set->at[i + 1].first};

		gap.after_as_of = gap.on.t_ms > query->as_of_ms;
		if (gap.on.t_ms - gap.off.t_ms > query->min_gap_ms)
			gaps_add(gaps, query, &gap);
	}
	if (n && query->as_of_ms - set->at[n - 1].last.t_ms > query->min_gap_ms) {
		struct gap gap = {.mmsi = mmsi, .off = set->at[n - 1].last, .open = true};

		gaps_add(gaps, query, &gap);
	}
}

static int order(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

int gaps_cmp(const struct gap *x, const struct gap *y)
{
	if (x->off.t_ms != y->off.t_ms)
		return order(x->off.t_ms, y->off.t_ms);
	if (x->mmsi != y->mmsi)
		return order(x->mmsi, y->mmsi);
	if (x->zone != y->zone)
		return order(x->zone, y->zone);
	if (x->open != y->open)
		return order(x->open, y->open);
	return order(x->on.t_ms, y->on.t_ms);
}

static int by_off(const void *a, const void *b)
{
	return gaps_cmp(a, b);
}

void gaps_find(const struct fleet *fleet, const struct gaps_query *query, struct gaps *gaps)
{
	struct zone_gaps zone_gaps = {.fleet = fleet, .query = query};
	struct segments set = {0};

	*gaps = (struct gaps){0};
	for (int s = 0; s < FLEET_SHARDS; s++) {
		const struct shard *shard = &fleet->shards[s];

		for (size_t v = 0; v < shard->vessel_count; v++) {
			fleet_ordinary(fleet, shard, &shard->vessels[v], &set);
			find_in(&set, shard->vessels[v].mmsi, query, gaps);
			if (query->areas)
				zone_gaps_find(&zone_gaps, shard, &shard->vessels[v], &set, gaps);
		}
	}
	segments_free(&zone_gaps.elsewhere);
	segments_free(&set);
	if (gaps->count)
		qsort(gaps->at, gaps->count, sizeof *gaps->at, by_off);
}

void gaps_free(struct gaps *gaps)
{
	free(gaps->at);
	*gaps = (struct gaps){0};
}

size_t gaps_vessels_after(const struct fleet *fleet, int64_t t_ms)
{
	struct segments set = {0};
	size_t count = 0;

	for (int s = 0; s < FLEET_SHARDS; s++) {
		const struct shard *shard = &fleet->shards[s];

		for (size_t v = 0; v < shard->vessel_count; v++) {
			fleet_ordinary(fleet, shard, &shard->vessels[v], &set);
			count += set.count && set.at[set.count - 1].first.t_ms > t_ms;
		}
	}
	segments_free(&set);
	return count;
}

/* the earliest time that is known of a set that is not empty */
static int64_t known_from(const struct segments *set)
{
	const struct segment *s = &set->at[0];

	return s->first.t_ms == SEGMENT_BEFORE ? s->last.t_ms : s->first.t_ms;
}

bool fleet_span(const struct fleet *fleet, int64_t *first_ms, int64_t *last_ms)
{
	*first_ms = INT64_MAX;
	*last_ms = INT64_MIN;
	for (int s = 0; s < FLEET_SHARDS; s++) {
		for (size_t t = 0; t < fleet->shards[s].track_count; t++) {
			const struct segments *set = &fleet->shards[s].tracks[t].segments;

			if (!set->count)
				continue;
			if (known_from(set) < *first_ms)
				*first_ms = known_from(set);
			if (set->at[set->count - 1].last.t_ms > *last_ms)
				*last_ms = set->at[set->count - 1].last.t_ms;
		}
	}
	return *first_ms <= *last_ms;
}

bool fleet_in_zones(const struct fleet *fleet)
{
	for (int s = 0; s < FLEET_SHARDS; s++) {
		for (size_t t = 0; t < fleet->shards[s].track_count; t++) {
			if (fleet->shards[s].tracks[t].zone)
				return true;
		}
	}
	return false;
}

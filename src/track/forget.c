#include "track/forget.h"

#include "base/utc.h"

enum { WORTH_COPYING = 4 }; /* one in so many blocks dropped */

/* copies the presence that is left into an arena of its size */
static void rebuild_presence(struct shard *shard)
{
	struct arena arena = {0};

	for (size_t i = 0; i < shard->track_count; i++)
		presence_move(&shard->tracks[i].presence, &arena);
	arena_free(&shard->presence);
	shard->presence = arena;
	shard->dropped = 0;
}

static void forget_shard(struct shard *shard, int64_t horizon_ms)
{
	size_t kept = 0;

	for (size_t i = 0; i < shard->track_count; i++) {
		struct track *track = &shard->tracks[i];

		segments_forget(&track->segments, horizon_ms);
		shard->dropped += presence_forget(&track->presence, horizon_ms);
		kept += track->presence.count;
	}
	if (shard->dropped && shard->dropped >= (kept + shard->dropped) / WORTH_COPYING)
		rebuild_presence(shard);
}

static bool heard_before(const struct clock *clock, int64_t horizon_ms)
{
	for (size_t i = 0; i < clock->count; i++) {
		if (clock->hours[i].hour * HOUR_MS < horizon_ms)
			return true;
	}
	return false;
}

void fleet_forget(struct fleet *fleet, int64_t horizon_ms)
{
	if (horizon_ms > fleet->horizon_ms)
		fleet->horizon_ms = horizon_ms;
	fleet_settle(fleet);
	for (int s = 0; s < FLEET_SHARDS; s++)
		forget_shard(&fleet->shards[s], fleet->horizon_ms);
	fleet->news.forgot = fleet->news.forgot || heard_before(&fleet->clock, fleet->horizon_ms);
	clock_forget(&fleet->clock, fleet->horizon_ms);
}

static void take_later(int64_t *latest, int64_t t_ms)
{
	if (t_ms > *latest)
		*latest = t_ms;
}

/* the beginning of the last hour of presence that begins by `until`, if it is later than *latest */
static void latest_presence(const struct presence *presence, int64_t until_ms, int64_t *latest)
{
	for (uint32_t i = presence->count; i-- > 0;) {
		for (int h = BLOCK_HOURS; h-- > 0;) {
			int64_t hour = (int64_t)presence->at[i].index * BLOCK_HOURS + h;

			if (hour * HOUR_MS > until_ms || !presence_at(presence, hour))
				continue;
			take_later(latest, hour * HOUR_MS);
			return;
		}
	}
}

/* the on time of the last gap that was closed by `until`, if it is later than *latest */
static void latest_gap(const struct segments *set, int64_t until_ms, int64_t *latest)
{
	for (uint32_t i = set->count; i-- > 1;) {
		if (set->at[i].first.t_ms <= until_ms) {
			take_later(latest, set->at[i].first.t_ms);
			return;
		}
	}
}

bool fleet_latest_evidence(const struct fleet *fleet, int64_t *t_ms)
{
	int64_t latest = INT64_MIN;
	struct segments set = {0};
	int64_t until_ms;

	if (!fleet_feed_time(fleet, &until_ms))
		until_ms = INT64_MAX;
	for (int s = 0; s < FLEET_SHARDS; s++) {
		const struct shard *shard = &fleet->shards[s];

		for (size_t i = 0; i < shard->track_count; i++)
			latest_presence(&shard->tracks[i].presence, until_ms, &latest);
		for (size_t i = 0; i < shard->vessel_count; i++) {
			fleet_ordinary(fleet, shard, &shard->vessels[i], &set);
			latest_gap(&set, until_ms, &latest);
		}
	}
	segments_free(&set);
	if (latest == INT64_MIN)
		return false;
	*t_ms = latest;
	return true;
}

/* true when a track of the vessel has a position at t_ms or later */
static bool heard_since(const struct shard *shard, const struct vessel *vessel, int64_t t_ms)
{
	for (uint32_t i = vessel->track; i != FLEET_NONE; i = shard->tracks[i].next) {
		const struct segments *set = &shard->tracks[i].segments;

		if (set->count && set->at[set->count - 1].last.t_ms >= t_ms)
			return true;
	}
	return false;
}

size_t fleet_vessels_since(const struct fleet *fleet, int64_t t_ms)
{
	size_t count = 0;

	for (int s = 0; s < FLEET_SHARDS; s++) {
		const struct shard *shard = &fleet->shards[s];

		for (size_t i = 0; i < shard->vessel_count; i++)
			count += heard_since(shard, &shard->vessels[i], t_ms);
	}
	return count;
}

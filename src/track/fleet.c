#include "track/fleet.h"

#include <stdlib.h>
#include <string.h>

#include "base/utc.h"

enum { BATCH_LEAST = 1024 };

struct fleet *fleet_new(const struct fleet_params *params)
{
	struct fleet *fleet = mem_new(1, sizeof *fleet);

	fleet->params = *params;
	for (int i = 0; i < FLEET_SHARDS; i++)
		pthread_mutex_init(&fleet->shards[i].lock, NULL);
	return fleet;
}

static void free_shard(struct shard *shard)
{
	for (size_t i = 0; i < shard->track_count; i++) {
		segments_free(&shard->tracks[i].segments);
		presence_free(&shard->tracks[i].presence);
	}
	for (size_t i = 0; i < shard->vessel_count; i++)
		identity_free(&shard->vessels[i].identity);
	map_free(&shard->track_of);
	map_free(&shard->vessel_of);
	free(shard->tracks);
	free(shard->vessels);
	arena_free(&shard->presence);
	clock_free(&shard->clock);
	pthread_mutex_destroy(&shard->lock);
}

void fleet_free(struct fleet *fleet)
{
	if (!fleet)
		return;
	for (int i = 0; i < FLEET_SHARDS; i++)
		free_shard(&fleet->shards[i]);
	free(fleet);
}

/* Fibonacci hashing (Knuth, TAOCP vol. 3, 6.4): the top six bits of a product with 2^64 / phi */
static unsigned shard_of(int64_t mmsi)
{
	return (unsigned)((uint64_t)mmsi * UINT64_C(0x9E3779B97F4A7C15) >> 58);
}

void batch_init(struct batch *batch)
{
	*batch = (struct batch){0};
	memset(batch->head, 0xFF, sizeof batch->head);
}

void batch_free(struct batch *batch)
{
	free(batch->reports);
	free(batch->next);
}

struct position_report *batch_room(struct batch *batch)
{
	if (batch->count == batch->cap) {
		batch->reports = mem_grow(batch->reports, &batch->cap, batch->count + 1,
					  BATCH_LEAST, sizeof *batch->reports);
		batch->next = mem_resize(batch->next, batch->cap, sizeof *batch->next);
	}
	return &batch->reports[batch->count];
}

void batch_add(struct batch *batch)
{
	uint32_t i = (uint32_t)batch->count++;
	unsigned s = shard_of(batch->reports[i].mmsi);

	batch->next[i] = FLEET_NONE;
	if (batch->head[s] == FLEET_NONE)
		batch->head[s] = i;
	else
		batch->next[batch->tail[s]] = i;
	batch->tail[s] = i;
}

static uint32_t vessel_index(struct shard *shard, int64_t mmsi)
{
	uint32_t i = map_get(&shard->vessel_of, (uint64_t)mmsi);

	if (i != MAP_NONE)
		return i;
	i = (uint32_t)shard->vessel_count;
	shard->vessels = mem_grow(shard->vessels, &shard->vessel_cap, shard->vessel_count + 1, 16,
				  sizeof *shard->vessels);
	shard->vessels[shard->vessel_count++] =
	    (struct vessel){.mmsi = mmsi, .track = FLEET_NONE};
	map_put(&shard->vessel_of, (uint64_t)mmsi, i);
	return i;
}

/* MMSIs stay below 2^53 (row.c), so the zone fits beside them */
static uint64_t track_key(int64_t mmsi, uint8_t zone)
{
	return (uint64_t)mmsi << 8 | zone;
}

static struct track *track_of(struct shard *shard, int64_t mmsi, uint8_t zone)
{
	uint64_t key = track_key(mmsi, zone);
	uint32_t i = map_get(&shard->track_of, key);
	uint32_t v;

	if (i != MAP_NONE)
		return &shard->tracks[i];
	v = vessel_index(shard, mmsi);
	i = (uint32_t)shard->track_count;
	shard->tracks = mem_grow(shard->tracks, &shard->track_cap, shard->track_count + 1, 16,
				 sizeof *shard->tracks);
	shard->tracks[shard->track_count++] =
	    (struct track){.mmsi = mmsi, .zone = zone, .vessel = v, .next = shard->vessels[v].track};
	shard->vessels[v].track = i;
	map_put(&shard->track_of, key, i);
	return &shard->tracks[i];
}

static void fold_position(struct fleet *fleet, struct shard *shard,
			  const struct position_report *report)
{
	const struct fix *fix = &report->fix;
	uint8_t zone = zones_at(fleet->params.zones, fix->lat_deg, fix->lon_deg);
	struct track *track = track_of(shard, report->mmsi, zone);

	segments_add(&track->segments, fix, fleet->params.gap_ms);
	if (zone || fleet->params.everywhere)
		presence_add(&track->presence, &shard->presence, fix);
	identity_add(&shard->vessels[track->vessel].identity, &report->statics, fix->t_ms);
	clock_add(&shard->clock, fix->t_ms, report->mmsi);
}

/* a static report feeds identity, never a track */
static void fold_static(struct shard *shard, const struct position_report *report)
{
	uint32_t v = vessel_index(shard, report->mmsi);

	identity_add(&shard->vessels[v].identity, &report->statics, report->fix.t_ms);
}

static void fold_chain(struct fleet *fleet, struct shard *shard, const struct batch *batch,
		       uint32_t i)
{
	pthread_mutex_lock(&shard->lock);
	for (; i != FLEET_NONE; i = batch->next[i]) {
		if (batch->reports[i].has_position)
			fold_position(fleet, shard, &batch->reports[i]);
		else
			fold_static(shard, &batch->reports[i]);
	}
	pthread_mutex_unlock(&shard->lock);
}

void fleet_fold(struct fleet *fleet, struct batch *batch)
{
	for (int s = 0; s < FLEET_SHARDS; s++) {
		if (batch->head[s] != FLEET_NONE)
			fold_chain(fleet, &fleet->shards[s], batch, batch->head[s]);
		batch->head[s] = FLEET_NONE;
	}
	batch->count = 0;
}

static void join_shard(struct fleet *fleet, struct shard *into, const struct shard *from)
{
	for (size_t i = 0; i < from->vessel_count; i++) {
		uint32_t v = vessel_index(into, from->vessels[i].mmsi);

		identity_join(&into->vessels[v].identity, &from->vessels[i].identity);
	}
	for (size_t i = 0; i < from->track_count; i++) {
		const struct track *track = &from->tracks[i];
		struct track *mine = track_of(into, track->mmsi, track->zone);

		segments_join(&mine->segments, &track->segments, fleet->params.gap_ms);
		presence_join(&mine->presence, &into->presence, &track->presence);
	}
	clock_join(&into->clock, &from->clock);
}

void fleet_join(struct fleet *into, struct fleet *from)
{
	fleet_settle(from);
	for (int s = 0; s < FLEET_SHARDS; s++)
		join_shard(into, &into->shards[s], &from->shards[s]);
}

void fleet_settle(struct fleet *fleet)
{
	for (int s = 0; s < FLEET_SHARDS; s++) {
		struct shard *shard = &fleet->shards[s];

		for (size_t i = 0; i < shard->track_count; i++)
			segments_settle(&shard->tracks[i].segments, fleet->params.gap_ms);
		for (size_t i = 0; i < shard->vessel_count; i++)
			identity_settle(&shard->vessels[i].identity);
	}
}

const struct vessel *fleet_vessel(const struct fleet *fleet, int64_t mmsi,
				  const struct shard **shard)
{
	uint32_t i;

	*shard = &fleet->shards[shard_of(mmsi)];
	i = map_get(&(*shard)->vessel_of, (uint64_t)mmsi);
	return i == MAP_NONE ? NULL : &(*shard)->vessels[i];
}

size_t fleet_vessel_count(const struct fleet *fleet)
{
	size_t count = 0;

	for (int s = 0; s < FLEET_SHARDS; s++) {
		for (size_t i = 0; i < fleet->shards[s].vessel_count; i++)
			count += fleet->shards[s].vessels[i].track != FLEET_NONE;
	}
	return count;
}

bool fleet_feed_time(const struct fleet *fleet, int64_t *t_ms)
{
	struct clock all = {0};
	bool heard;

	for (int s = 0; s < FLEET_SHARDS; s++)
		clock_join(&all, &fleet->shards[s].clock);
	heard = clock_feed_time(&all, fleet_vessel_count(fleet), t_ms);
	clock_free(&all);
	return heard;
}

void fleet_ordinary(const struct fleet *fleet, const struct shard *shard,
		    const struct vessel *vessel, struct segments *set)
{
	set->count = 0;
	set->sorted = 0;
	set->hint = 0;
	for (uint32_t i = vessel->track; i != FLEET_NONE; i = shard->tracks[i].next)
		segments_join(set, &shard->tracks[i].segments, fleet->params.gap_ms);
}

/* bits of the minutes heard in that hour in any zone */
static uint64_t minutes_of_hour(const struct shard *shard, const struct vessel *vessel,
				int64_t hour)
{
	uint64_t minutes = 0;

	for (uint32_t i = vessel->track; i != FLEET_NONE; i = shard->tracks[i].next)
		minutes |= presence_minutes(&shard->tracks[i].presence, hour);
	return minutes;
}

int fleet_minutes_heard(const struct shard *shard, const struct vessel *vessel, int64_t first,
			int count)
{
	int heard = 0;

	for (int64_t m = first; m < first + count;) {
		int64_t hour = utc_floor_div(m, 60);
		int from = (int)(m - hour * 60);
		int64_t left = first + count - m;
		int n = left < 60 - from ? (int)left : 60 - from;
		uint64_t mask = ((UINT64_C(1) << n) - 1) << from;

		heard += __builtin_popcountll(minutes_of_hour(shard, vessel, hour) & mask);
		m += n;
	}
	return heard;
}

#include "track/fleet.h"

#include <stdlib.h>
#include <string.h>

#include "base/utc.h"
#include "track/forget.h"

enum { GROUP = 32 };

struct fleet *fleet_new(const struct fleet_params *params)
{
	struct fleet *fleet = mem_new(1, sizeof *fleet);

	fleet->params = *params;
	fleet->horizon_ms = FLEET_KEEPS_ALL;
	fleet->news = (struct fleet_news){.least_ms = INT64_MIN, .forgot = true};
	for (int i = 0; i < FLEET_SHARDS; i++)
		pthread_mutex_init(&fleet->shards[i].lock, NULL);
	pthread_mutex_init(&fleet->clock_lock, NULL);
	return fleet;
}

void shard_clear(struct shard *shard)
{
	for (size_t i = 0; i < shard->track_count; i++) {
		segments_free(&shard->tracks[i].segments);
		presence_free(&shard->tracks[i].presence);
		free(shard->tracks[i].run.bytes);
	}
	for (size_t i = 0; i < shard->vessel_count; i++)
		identity_free(&shard->vessels[i].identity);
	map_free(&shard->track_of);
	map_free(&shard->vessel_of);
	free(shard->tracks);
	free(shard->vessels);
	arena_free(&shard->presence);
	shard->tracks = NULL;
	shard->track_count = 0;
	shard->track_cap = 0;
	shard->vessels = NULL;
	shard->vessel_count = 0;
	shard->vessel_cap = 0;
	shard->dropped = 0;
}

void fleet_free(struct fleet *fleet)
{
	if (!fleet)
		return;
	for (int i = 0; i < FLEET_SHARDS; i++) {
		shard_clear(&fleet->shards[i]);
		pthread_mutex_destroy(&fleet->shards[i].lock);
	}
	pthread_mutex_destroy(&fleet->clock_lock);
	clock_free(&fleet->clock);
	free(fleet);
}

static uint32_t vessel_index(struct shard *shard, int64_t mmsi)
{
	uint32_t i = map_get(&shard->vessel_of, (uint64_t)mmsi);

	if (i != MAP_NONE)
		return i;
	i = (uint32_t)shard->vessel_count;
	shard->vessels = mem_grow(shard->vessels, &shard->vessel_cap, shard->vessel_count + 1, 16,
	                          sizeof *shard->vessels);
	shard->vessels[shard->vessel_count++] = (struct vessel){.mmsi = mmsi, .track = FLEET_NONE};
	map_put(&shard->vessel_of, (uint64_t)mmsi, i);
	return i;
}

/* tracks keep to cache lines, which realloc does not promise */
static void grow_tracks(struct shard *shard)
{
	size_t cap = shard->track_cap ? shard->track_cap * 2 : 16;
	struct track *tracks = aligned_alloc(alignof(struct track), cap * sizeof *tracks);

	if (!tracks)
		mem_out();
	if (shard->track_count)
		memcpy(tracks, shard->tracks, shard->track_count * sizeof *tracks);
	free(shard->tracks);
	shard->tracks = tracks;
	shard->track_cap = cap;
}

static uint32_t new_track(struct shard *shard, uint64_t key)
{
	uint32_t i = (uint32_t)shard->track_count;
	int64_t mmsi = (int64_t)key >> 8;
	uint32_t v = vessel_index(shard, mmsi);

	if (shard->track_count == shard->track_cap)
		grow_tracks(shard);
	shard->tracks[shard->track_count++] = (struct track){
	    .mmsi = mmsi,
	    .tip = TIP_NONE,
	    .now.index = HOUR_NONE,
	    .vessel = v,
	    .next = shard->vessels[v].track,
	    .zone = fleet_key_zone(key),
	};
	shard->vessels[v].track = i;
	map_put(&shard->track_of, key, i);
	return i;
}

static uint32_t track_index(struct shard *shard, uint64_t key)
{
	uint32_t i = map_get(&shard->track_of, key);

	return i == MAP_NONE ? new_track(shard, key) : i;
}

struct track *shard_track(struct shard *shard, int64_t mmsi, uint8_t zone)
{
	/* first the index: making a track may move them all */
	uint32_t i = track_index(shard, fleet_track_key(mmsi, zone));

	return &shard->tracks[i];
}

struct vessel *shard_vessel(struct shard *shard, int64_t mmsi)
{
	uint32_t i = vessel_index(shard, mmsi);

	return &shard->vessels[i];
}

/* presence is kept for this track */
static bool keeps_presence(const struct fleet *fleet, const struct batch_entry *entry)
{
	return fleet_key_zone(entry->key) || fleet->params.everywhere;
}

static void fold_position(struct fleet *fleet, struct shard *shard, const struct batch_entry *entry,
                          const struct position_report *report)
{
	struct track *track = &shard->tracks[entry->track];
	const struct fix *fix = &report->fix;

	if (!tip_add(&track->tip, fix, fleet->params.gap_ms))
		segments_add(&track->segments, &track->tip, fix, fleet->params.gap_ms);
	if (keeps_presence(fleet, entry))
		presence_add(&track->presence, &track->now, &shard->presence, fix);
	if (!identity_run_add(&track->run, entry->print, fix->t_ms))
		identity_begin(&shard->vessels[track->vessel].identity, &track->run,
		               &report->statics, entry->print, fix->t_ms);
}

/* a static report feeds identity, never a track */
static void fold_static(struct shard *shard, const struct position_report *report)
{
	struct identity *identity = &shard_vessel(shard, report->mmsi)->identity;
	struct identity_run run = {0};

	identity_begin(identity, &run, &report->statics, 0, report->fix.t_ms);
	identity_settle(identity, &run);
	free(run.bytes);
}

/* the lines of the track that fold_position touches, and no other */
static void fetch(const struct track *track, bool presence)
{
	__builtin_prefetch(&track->tip, 1);
	__builtin_prefetch(&track->run, 1);
	if (presence)
		__builtin_prefetch(&track->now, 1);
}

/*
 * Folds up to GROUP reports of a chain and returns the next. Each of the three passes asks for the
 * memory that the following one needs, so that the misses of a group overlap.
 */
static uint32_t fold_group(struct fleet *fleet, struct shard *shard, const struct batch *batch,
                           uint32_t first)
{
	uint32_t members[GROUP];
	int count = 0;
	uint32_t i;

	for (i = first; i != FLEET_NONE && count < GROUP; i = batch->entries[i].next) {
		map_prefetch(&shard->track_of, batch->entries[i].key);
		members[count++] = i;
	}
	for (int m = 0; m < count; m++) {
		struct batch_entry *entry = &batch->entries[members[m]];

		if (!batch->reports[members[m]].has_position)
			continue;
		entry->track = track_index(shard, entry->key);
		fetch(&shard->tracks[entry->track], keeps_presence(fleet, entry));
	}
	for (int m = 0; m < count; m++) {
		const struct position_report *report = &batch->reports[members[m]];
		const struct batch_entry *entry = &batch->entries[members[m]];

		if (report->has_position)
			fold_position(fleet, shard, entry, report);
		else
			fold_static(shard, report);
	}
	return i;
}

/* folds a shard's chain; its lock is held, and given back */
static void fold_shard(struct fleet *fleet, struct batch *batch, int s)
{
	uint32_t i = batch->head[s];

	while (i != FLEET_NONE)
		i = fold_group(fleet, &fleet->shards[s], batch, i);
	pthread_mutex_unlock(&fleet->shards[s].lock);
	batch->head[s] = FLEET_NONE;
}

void fleet_fold(struct fleet *fleet, struct batch *batch)
{
	if (!batch->count)
		return;
	/* first the shards at which nobody else is, then the others */
	for (int s = 0; s < FLEET_SHARDS; s++) {
		if (batch->head[s] != FLEET_NONE &&
		    pthread_mutex_trylock(&fleet->shards[s].lock) == 0)
			fold_shard(fleet, batch, s);
	}
	for (int s = 0; s < FLEET_SHARDS; s++) {
		if (batch->head[s] == FLEET_NONE)
			continue;
		pthread_mutex_lock(&fleet->shards[s].lock);
		fold_shard(fleet, batch, s);
	}
	batch->count = 0;
}

void shard_join(struct fleet *into, int s, const struct shard *from)
{
	struct shard *shard = &into->shards[s];

	/* reports of any time */
	pthread_mutex_lock(&into->clock_lock);
	into->news.least_ms = INT64_MIN;
	pthread_mutex_unlock(&into->clock_lock);
	for (size_t i = 0; i < from->vessel_count; i++) {
		struct vessel *mine = shard_vessel(shard, from->vessels[i].mmsi);

		identity_join(&mine->identity, &from->vessels[i].identity);
	}
	for (size_t i = 0; i < from->track_count; i++) {
		const struct track *track = &from->tracks[i];
		struct track *mine = shard_track(shard, track->mmsi, track->zone);

		segments_join(&mine->segments, &track->segments, into->params.gap_ms);
		presence_join(&mine->presence, &shard->presence, &track->presence);
	}
}

void fleet_join(struct fleet *into, struct fleet *from)
{
	fleet_settle(into);
	fleet_settle(from);
	for (int s = 0; s < FLEET_SHARDS; s++)
		shard_join(into, s, &from->shards[s]);
	clock_join(&into->clock, &from->clock);
	if (into->horizon_ms != FLEET_KEEPS_ALL || from->horizon_ms != FLEET_KEEPS_ALL)
		fleet_forget(into, from->horizon_ms);
}

static void settle_shard(struct shard *shard, int64_t gap_ms)
{
	for (size_t i = 0; i < shard->track_count; i++) {
		struct track *track = &shard->tracks[i];

		segments_settle(&track->segments, &track->tip, gap_ms);
		presence_settle(&track->presence, &track->now, &shard->presence);
		identity_settle(&shard->vessels[track->vessel].identity, &track->run);
	}
}

void fleet_settle(struct fleet *fleet)
{
	for (int s = 0; s < FLEET_SHARDS; s++)
		settle_shard(&fleet->shards[s], fleet->params.gap_ms);
}

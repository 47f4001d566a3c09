/* Questions to a settled fleet. */
#include "base/utc.h"
#include "track/fleet.h"

const struct vessel *fleet_vessel(const struct fleet *fleet, int64_t mmsi,
                                  const struct shard **shard)
{
	uint32_t i;

	*shard = &fleet->shards[fleet_shard_of(mmsi)];
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
	return clock_feed_time(&fleet->clock, fleet_vessel_count(fleet), t_ms);
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

int fleet_minutes_heard(const struct shard *shard, const struct vessel *vessel, int64_t first,
                        int count)
{
	uint64_t minutes[FLEET_MINUTES_MAX / 60 + 2] = {0};
	int64_t first_hour = utc_floor_div(first, 60);
	int hours = (int)(utc_floor_div(first + count - 1, 60) - first_hour) + 1;
	int skip = (int)(first - first_hour * 60);
	int heard = 0;

	for (uint32_t i = vessel->track; i != FLEET_NONE; i = shard->tracks[i].next)
		presence_minutes(&shard->tracks[i].presence, first_hour, hours, minutes);
	minutes[0] &= UINT64_MAX << skip;
	minutes[hours - 1] &= UINT64_MAX >> (63 - (skip + count - 1) % 60);
	for (int h = 0; h < hours; h++)
		heard += __builtin_popcountll(minutes[h]);
	return heard;
}

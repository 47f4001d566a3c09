#include "judge/neighbours.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/utc.h"

enum { REACH = 3, HALF_HOUR = 30 };

struct list {
	const struct vessel **vessels;
	const struct shard **shards;
	size_t count;
};

/* as many cells around as hold no more than NEIGHBOURS_MAX, if need be the cell alone */
static void list_near(const struct traffic *traffic, int64_t hour, uint32_t cell, struct list *list)
{
	for (int reach = REACH; reach >= 0; reach--) {
		list->count = traffic_vessels(traffic, hour, cell, reach, list->vessels,
		                              list->shards, CELL_VESSELS_MAX);
		if (list->count <= NEIGHBOURS_MAX)
			return;
	}
}

static bool heard_in(const struct list *list, size_t i, int64_t first_minute, int minutes)
{
	return fleet_minutes_heard(list->shards[i], list->vessels[i], first_minute, minutes) > 0;
}

void neighbours_at(const struct traffic *traffic, const struct gap *gap, int hours,
                   struct neighbours *neighbours)
{
	int64_t off = utc_floor_div(gap->off.t_ms, MINUTE_MS);
	int64_t hour = utc_floor_div(off, 60);
	int64_t end = (hour + 1 + hours) * 60;
	struct list list;

	*neighbours = (struct neighbours){0};
	list.vessels = mem_new(CELL_VESSELS_MAX, sizeof list.vessels[0]);
	list.shards = mem_new(CELL_VESSELS_MAX, sizeof list.shards[0]);
	list_near(traffic, hour, cell_of(gap->off.lat_deg, gap->off.lon_deg), &list);
	for (size_t i = 0; i < list.count; i++) {
		if (list.vessels[i]->mmsi == gap->mmsi)
			continue;
		if (heard_in(&list, i, off + HALF_HOUR + 1, (int)(end - off - HALF_HOUR - 1)))
			neighbours->heard++;
		else if (heard_in(&list, i, off - HALF_HOUR, 2 * HALF_HOUR + 1))
			neighbours->silent++;
	}
	free(list.vessels);
	free(list.shards);
}

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

/* the minutes of a vessel's hours from the one before off on; the first bit is the first minute */
struct minutes {
	uint64_t at[NEIGHBOUR_HOURS + 2];
};

static void read_minutes(const struct list *list, size_t i, int64_t first_hour, int hours,
                         struct minutes *minutes)
{
	const struct shard *shard = list->shards[i];

	*minutes = (struct minutes){{0}};
	for (uint32_t t = list->vessels[i]->track; t != FLEET_NONE; t = shard->tracks[t].next)
		presence_minutes(&shard->tracks[t].presence, first_hour, hours, minutes->at);
}

/* heard in any of the minutes [first, end), counted from the first hour's beginning */
static bool heard_in(const struct minutes *minutes, int first, int end)
{
	for (int h = first / 60; h * 60 < end; h++) {
		uint64_t bits = minutes->at[h];

		if (h * 60 < first)
			bits &= UINT64_MAX << (first - h * 60);
		if (h * 60 + 60 > end)
			bits &= (UINT64_C(1) << (end - h * 60)) - 1;
		if (bits)
			return true;
	}
	return false;
}

void neighbours_at(const struct traffic *traffic, const struct gap *gap, int hours,
                   struct neighbours *neighbours)
{
	int64_t off = utc_floor_div(gap->off.t_ms, MINUTE_MS);
	int64_t hour = utc_floor_div(off, 60);
	int minute = (int)(off - hour * 60) + 60;
	struct list list;

	*neighbours = (struct neighbours){0};
	list.vessels = mem_new(CELL_VESSELS_MAX, sizeof list.vessels[0]);
	list.shards = mem_new(CELL_VESSELS_MAX, sizeof list.shards[0]);
	list_near(traffic, hour, cell_of(gap->off.lat_deg, gap->off.lon_deg), &list);
	for (size_t i = 0; i < list.count; i++) {
		struct minutes minutes;

		if (list.vessels[i]->mmsi == gap->mmsi)
			continue;
		read_minutes(&list, i, hour - 1, hours + 2, &minutes);
		if (heard_in(&minutes, minute + HALF_HOUR + 1, (hours + 2) * 60))
			neighbours->heard++;
		else if (heard_in(&minutes, minute - HALF_HOUR, minute + HALF_HOUR + 1))
			neighbours->silent++;
	}
	free(list.vessels);
	free(list.shards);
}

#include "judge/neighbours.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/utc.h"

enum { REACH = 3, HALF_HOUR = 30 };

struct neighbour {
	const struct shard *shard;
	const struct vessel *vessel;
};

struct list {
	struct neighbour *at;
	size_t count;
	size_t cap;
	int64_t not_mmsi;
};

static void take(void *context, const struct shard *shard, const struct vessel *vessel)
{
	struct list *list = context;

	if (vessel->mmsi == list->not_mmsi)
		return;
	list->at = mem_grow(list->at, &list->cap, list->count + 1, 64, sizeof list->at[0]);
	list->at[list->count++] = (struct neighbour){shard, vessel};
}

/* an order that has nothing to do with who they are, and is the same in every run */
static uint64_t lot(const struct neighbour *n)
{
	return (uint64_t)n->vessel->mmsi * UINT64_C(0x9E3779B97F4A7C15);
}

static int by_lot(const void *a, const void *b)
{
	uint64_t x = lot(a);
	uint64_t y = lot(b);

	return (x > y) - (x < y);
}

static void list_near(const struct traffic *traffic, int64_t hour, uint32_t cell, struct list *list)
{
	for (int reach = REACH; reach >= 0; reach--) {
		list->count = 0;
		traffic_vessels(traffic, hour, cell, reach, take, list);
		if (list->count <= NEIGHBOURS_MAX)
			return;
	}
	qsort(list->at, list->count, sizeof list->at[0], by_lot);
	list->count = NEIGHBOURS_MAX;
}

/* the minutes of a vessel's hours from the one before off on; the first bit is the first minute */
struct minutes {
	uint64_t at[NEIGHBOUR_HOURS + 2];
};

static void read_minutes(const struct neighbour *n, int64_t first_hour, int hours,
                         struct minutes *minutes)
{
	const struct shard *shard = n->shard;

	*minutes = (struct minutes){{0}};
	for (uint32_t t = n->vessel->track; t != FLEET_NONE; t = shard->tracks[t].next)
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
	struct list list = {.not_mmsi = gap->mmsi};

	*neighbours = (struct neighbours){0};
	list_near(traffic, hour, cell_of(gap->off.lat_deg, gap->off.lon_deg), &list);
	for (size_t i = 0; i < list.count; i++) {
		struct minutes minutes;

		read_minutes(&list.at[i], hour - 1, hours + 2, &minutes);
		if (heard_in(&minutes, minute + HALF_HOUR + 1, (hours + 2) * 60))
			neighbours->heard++;
		else if (heard_in(&minutes, minute - HALF_HOUR, minute + HALF_HOUR + 1))
			neighbours->silent++;
	}
	free(list.at);
}

#include "judge/neighbours.h"

#include "base/utc.h"

enum { REACH = 3, HALF_HOUR = 30 };

struct neighbour {
	const struct shard *shard;
	const struct vessel *vessel;
};

struct list {
	struct neighbour at[NEIGHBOURS_MAX];
	size_t count;
	bool more; /* than fit */
	int64_t not_mmsi;
};

static bool take(void *context, const struct shard *shard, const struct vessel *vessel)
{
	struct list *list = context;

	if (vessel->mmsi == list->not_mmsi)
		return true;
	list->more = list->count == NEIGHBOURS_MAX;
	if (!list->more)
		list->at[list->count++] = (struct neighbour){shard, vessel};
	return !list->more;
}

/* as many cells around as hold no more than can be taken, if need be the cell alone */
static void list_near(const struct traffic *traffic, int64_t hour, uint32_t cell, struct list *list)
{
	int reach = REACH;

	do {
		list->count = 0;
		list->more = false;
		traffic_vessels(traffic, hour, cell, reach, take, list);
	} while (list->more && reach-- > 0);
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
}

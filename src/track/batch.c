/* Reports gathered for the fleet, chained by shard. */
#include <stdlib.h>
#include <string.h>

#include "track/fleet.h"

enum { BATCH_LEAST = 1024 };

void batch_init(struct batch *batch)
{
	*batch = (struct batch){0};
	memset(batch->head, 0xFF, sizeof batch->head);
}

static void note_hours(struct fleet_news *news, const struct clock *clock)
{
	for (size_t i = 0; i < clock->count; i++) {
		int64_t t_ms = clock->hours[i].hour * HOUR_MS;

		if (t_ms < news->least_ms)
			news->least_ms = t_ms;
	}
}

void batch_flush(struct fleet *fleet, struct batch *batch)
{
	fleet_fold(fleet, batch);
	pthread_mutex_lock(&fleet->clock_lock);
	clock_join(&fleet->clock, &batch->clock);
	note_hours(&fleet->news, &batch->clock);
	pthread_mutex_unlock(&fleet->clock_lock);
	clock_free(&batch->clock);
}

struct fleet_news fleet_take_news(struct fleet *fleet)
{
	struct fleet_news news = fleet->news;

	fleet->news = (struct fleet_news){.least_ms = INT64_MAX};
	return news;
}

void batch_finish(struct fleet *fleet, struct batch *batch)
{
	batch_flush(fleet, batch);
	free(batch->reports);
	free(batch->entries);
}

void batch_grow(struct batch *batch)
{
	batch->reports = mem_grow(batch->reports, &batch->cap, batch->count + 1, BATCH_LEAST,
	                          sizeof *batch->reports);
	batch->entries = mem_resize(batch->entries, batch->cap, sizeof *batch->entries);
}

void batch_add(struct batch *batch, const struct zones *zones)
{
	uint32_t i = (uint32_t)batch->count++;
	const struct position_report *report = &batch->reports[i];
	struct batch_entry *entry = &batch->entries[i];
	unsigned s = fleet_shard_of(report->mmsi);
	uint8_t zone = 0;

	if (report->has_position) {
		zone = zones_at(zones, report->fix.lat_deg, report->fix.lon_deg);
		clock_add(&batch->clock, report->fix.t_ms, report->mmsi);
	}
	entry->key = fleet_track_key(report->mmsi, zone);
	entry->print = identity_print(&report->statics);
	entry->next = FLEET_NONE;
	if (batch->head[s] == FLEET_NONE)
		batch->head[s] = i;
	else
		batch->entries[batch->tail[s]].next = i;
	batch->tail[s] = i;
}

#include "track/presence.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/utc.h"

enum { NO_GNSS_FROM = 61 }; /* the UTC second field ends at 63; 60 says nothing */

void presence_free(struct presence *presence)
{
	free(presence->at);
	*presence = (struct presence){0};
}

/* the first entry whose index is not below */
static uint32_t search(const struct presence *presence, int32_t index)
{
	uint32_t low = 0;
	uint32_t high = presence->count;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (presence->at[mid].index < index)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static struct presence_entry *insert(struct presence *presence, struct arena *arena, uint32_t i,
                                     int32_t index)
{
	if (presence->count == presence->cap) {
		presence->cap = presence->cap ? presence->cap + (presence->cap + 1) / 2 : 4;
		presence->at = mem_resize(presence->at, presence->cap, sizeof *presence->at);
	}
	memmove(presence->at + i + 1, presence->at + i,
	        (presence->count - i) * sizeof *presence->at);
	presence->count++;
	presence->at[i].index = index;
	presence->at[i].block = arena_new(arena, sizeof *presence->at[i].block);
	return &presence->at[i];
}

static struct presence_block *block_of(struct presence *presence, struct arena *arena,
                                       int32_t index)
{
	uint32_t i = presence->hint;

	if (i >= presence->count || presence->at[i].index != index) {
		i = search(presence, index);
		presence->hint = i;
		if (i == presence->count || presence->at[i].index != index)
			return insert(presence, arena, i, index)->block;
	}
	return presence->at[i].block;
}

static bool heard(const struct presence_hour *hour)
{
	return hour->satellite_minutes | hour->other_minutes;
}

static struct presence_box box_of(const struct fix *fix)
{
	uint16_t lat = (uint16_t)((fix->lat_deg + 90.0) * BOX_STEPS_PER_DEG);
	unsigned lon = (unsigned)((fix->lon_deg + 180.0) * BOX_STEPS_PER_DEG);
	unsigned east;

	if (lon >= BOX_TURN) /* the product was rounded up to a whole turn */
		lon = BOX_TURN - 1;
	east = lon + BOX_TURN / 2;
	if (east >= BOX_TURN)
		east -= BOX_TURN;
	return (struct presence_box){
	    lat, lat, (uint16_t)lon, (uint16_t)lon, (uint16_t)east, (uint16_t)east};
}

static uint16_t min16(uint16_t a, uint16_t b)
{
	return a < b ? a : b;
}

static uint16_t max16(uint16_t a, uint16_t b)
{
	return a > b ? a : b;
}

static void join_box(struct presence_box *a, const struct presence_box *b)
{
	a->lat_min = min16(a->lat_min, b->lat_min);
	a->lat_max = max16(a->lat_max, b->lat_max);
	a->lon_min = min16(a->lon_min, b->lon_min);
	a->lon_max = max16(a->lon_max, b->lon_max);
	a->east_min = min16(a->east_min, b->east_min);
	a->east_max = max16(a->east_max, b->east_max);
}

/* the first report is the smallest by time, latitude, longitude */
static bool is_before(const struct presence_hour *a, const struct presence_hour *b)
{
	if (a->first_ms != b->first_ms)
		return a->first_ms < b->first_ms;
	if (a->first_lat_e7 != b->first_lat_e7)
		return a->first_lat_e7 < b->first_lat_e7;
	return a->first_lon_e7 < b->first_lon_e7;
}

static void join_hour(struct presence_hour *into, const struct presence_hour *from)
{
	if (!heard(into)) {
		*into = *from;
		return;
	}
	if (is_before(from, into)) {
		into->first_ms = from->first_ms;
		into->first_lat_e7 = from->first_lat_e7;
		into->first_lon_e7 = from->first_lon_e7;
	}
	into->satellite_minutes |= from->satellite_minutes;
	into->other_minutes |= from->other_minutes;
	into->flags |= from->flags;
	if (from->sog_kn > into->sog_kn)
		into->sog_kn = from->sog_kn;
	join_box(&into->box, &from->box);
}

static uint8_t flags_of(const struct fix *fix)
{
	static const uint8_t CLASS[] = {0, HEARD_CLASS_A, HEARD_CLASS_B};
	static const uint8_t SOURCE[] = {0, HEARD_TERRESTRIAL, HEARD_SATELLITE};
	bool no_gnss = fix->known & KNOWN_SECOND && fix->second >= NO_GNSS_FROM;

	return (uint8_t)(CLASS[fix->ais_class] | SOURCE[fix->source] |
	                 (fix->known & KNOWN_SOG ? HEARD_SPEED : 0) |
	                 (no_gnss ? HEARD_NO_GNSS : 0));
}

static struct presence_hour hour_of(const struct fix *fix, uint32_t ms_in_hour)
{
	uint64_t minute = UINT64_C(1) << (ms_in_hour / (uint32_t)MINUTE_MS);
	bool satellite = fix->source == SOURCE_SATELLITE;

	return (struct presence_hour){
	    .satellite_minutes = satellite ? minute : 0,
	    .other_minutes = satellite ? 0 : minute,
	    .first_lat_e7 = (int32_t)lrint(fix->lat_deg * 1e7),
	    .first_lon_e7 = (int32_t)lrint(fix->lon_deg * 1e7),
	    .first_ms = ms_in_hour,
	    .sog_kn = fix->sog_kn,
	    .box = box_of(fix),
	    .flags = flags_of(fix),
	};
}

struct presence_hour *presence_put(struct presence *presence, struct arena *arena, int64_t hour)
{
	int64_t index = utc_floor_div(hour, BLOCK_HOURS);
	struct presence_block *block = block_of(presence, arena, (int32_t)index);

	return &block->hours[hour - index * BLOCK_HOURS];
}

void presence_settle(struct presence *presence, struct presence_now *now, struct arena *arena)
{
	if (now->index != HOUR_NONE)
		join_hour(presence_put(presence, arena, now->index), &now->hour);
	now->index = HOUR_NONE;
}

/* what join_hour(hour, hour_of(fix, ms)) would do; ms is later than the hour's first report */
static void lengthen(struct presence_hour *hour, const struct fix *fix, uint32_t ms)
{
	uint64_t minute = UINT64_C(1) << (ms / (uint32_t)MINUTE_MS);
	struct presence_box box = box_of(fix);

	if (fix->source == SOURCE_SATELLITE)
		hour->satellite_minutes |= minute;
	else
		hour->other_minutes |= minute;
	hour->flags |= flags_of(fix);
	if (fix->sog_kn > hour->sog_kn)
		hour->sog_kn = fix->sog_kn;
	join_box(&hour->box, &box);
}

void presence_add(struct presence *presence, struct presence_now *now, struct arena *arena,
                  const struct fix *fix)
{
	int64_t hour = utc_floor_div(fix->t_ms, HOUR_MS);
	uint32_t ms = (uint32_t)(fix->t_ms - hour * HOUR_MS);
	struct presence_hour add;

	if (hour == now->index && ms > now->hour.first_ms) {
		lengthen(&now->hour, fix, ms);
		return;
	}
	add = hour_of(fix, ms);
	if (hour == now->index) {
		join_hour(&now->hour, &add);
		return;
	}
	presence_settle(presence, now, arena);
	now->hour = add;
	now->index = (int32_t)hour;
}

void presence_join(struct presence *into, struct arena *arena, const struct presence *from)
{
	for (uint32_t i = 0; i < from->count; i++) {
		struct presence_block *block = block_of(into, arena, from->at[i].index);

		for (int h = 0; h < BLOCK_HOURS; h++) {
			if (heard(&from->at[i].block->hours[h]))
				join_hour(&block->hours[h], &from->at[i].block->hours[h]);
		}
	}
}

uint32_t presence_from(const struct presence *presence, int64_t hour)
{
	int64_t index = utc_floor_div(hour, BLOCK_HOURS);

	return search(presence, index < INT32_MIN   ? INT32_MIN
	                        : index > INT32_MAX ? INT32_MAX
	                                            : (int32_t)index);
}

const struct presence_hour *presence_at(const struct presence *presence, int64_t hour)
{
	int64_t index = utc_floor_div(hour, BLOCK_HOURS);
	uint32_t i;
	const struct presence_hour *cell;

	if (index != (int32_t)index)
		return NULL;
	i = search(presence, (int32_t)index);
	if (i == presence->count || presence->at[i].index != index)
		return NULL;
	cell = &presence->at[i].block->hours[hour - index * BLOCK_HOURS];
	return heard(cell) ? cell : NULL;
}

void presence_minutes(const struct presence *presence, int64_t first, int count, uint64_t *minutes)
{
	uint32_t i = search(presence, (int32_t)utc_floor_div(first, BLOCK_HOURS));

	for (; i < presence->count; i++) {
		int64_t hour = (int64_t)presence->at[i].index * BLOCK_HOURS;
		const struct presence_hour *cells = presence->at[i].block->hours;

		if (hour >= first + count)
			return;
		for (int h = 0; h < BLOCK_HOURS; h++) {
			if (hour + h >= first && hour + h < first + count)
				minutes[hour + h - first] |=
				    cells[h].satellite_minutes | cells[h].other_minutes;
		}
	}
}

/* empties the hours that begin before the horizon; false when no other is left */
static bool forget_hours(struct presence_entry *entry, int64_t horizon_ms)
{
	bool any = false;

	for (int h = 0; h < BLOCK_HOURS; h++) {
		struct presence_hour *cell = &entry->block->hours[h];

		if (((int64_t)entry->index * BLOCK_HOURS + h) * HOUR_MS < horizon_ms)
			*cell = (struct presence_hour){0};
		any = any || heard(cell);
	}
	return any;
}

uint32_t presence_forget(struct presence *presence, int64_t horizon_ms)
{
	uint32_t gone = 0;

	/* in the order of time: what follows the first block that stays whole stays too */
	while (gone < presence->count && !forget_hours(&presence->at[gone], horizon_ms))
		gone++;
	if (!gone)
		return 0;
	presence->count -= gone;
	presence->hint = 0;
	memmove(presence->at, presence->at + gone, presence->count * sizeof *presence->at);
	return gone;
}

void presence_move(struct presence *presence, struct arena *arena)
{
	for (uint32_t i = 0; i < presence->count; i++) {
		struct presence_block *block = arena_new(arena, sizeof *block);

		*block = *presence->at[i].block;
		presence->at[i].block = block;
	}
}

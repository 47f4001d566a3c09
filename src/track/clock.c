#include "track/clock.h"

#include <stdlib.h>

#include "base/mem.h"

enum { WITNESSES = CLOCK_KEEP, SMALL_FEED = 10, LONE_HOURS = 24, WINDOW_HOURS = 6 };

void clock_free(struct clock *clock)
{
	map_free(&clock->index);
	free(clock->hours);
	*clock = (struct clock){0};
}

static struct clock_hour *hour_of(struct clock *clock, int64_t hour)
{
	uint32_t i;

	if (clock->count && clock->hours[clock->hint].hour == hour)
		return &clock->hours[clock->hint];
	i = map_get(&clock->index, (uint64_t)hour);
	if (i == MAP_NONE) {
		i = (uint32_t)clock->count;
		clock->hours =
		    mem_grow(clock->hours, &clock->cap, clock->count + 1, 32, sizeof *clock->hours);
		clock->hours[clock->count++] = (struct clock_hour){.hour = hour};
		map_put(&clock->index, (uint64_t)hour, i);
	}
	clock->hint = i;
	return &clock->hours[i];
}

static bool is_before(const struct clock_entry *a, const struct clock_entry *b)
{
	return a->t_ms != b->t_ms ? a->t_ms > b->t_ms : a->mmsi < b->mmsi;
}

/* max per MMSI, then the three that come first */
static void fold(struct clock_hour *cell, struct clock_entry add)
{
	uint32_t i;

	if (cell->count == CLOCK_KEEP && !is_before(&add, &cell->at[CLOCK_KEEP - 1]))
		return;
	for (i = 0; i < cell->count && cell->at[i].mmsi != add.mmsi; i++)
		;
	if (i == cell->count) {
		if (cell->count < CLOCK_KEEP)
			cell->count++;
		else
			i--;
	} else if (cell->at[i].t_ms >= add.t_ms) {
		return;
	}
	for (; i > 0 && is_before(&add, &cell->at[i - 1]); i--)
		cell->at[i] = cell->at[i - 1];
	cell->at[i] = add;
}

void clock_add_new(struct clock *clock, int64_t t_ms, int64_t mmsi)
{
	fold(hour_of(clock, utc_floor_div(t_ms, HOUR_MS)), (struct clock_entry){t_ms, mmsi});
}

void clock_join(struct clock *into, const struct clock *from)
{
	for (size_t i = 0; i < from->count; i++) {
		struct clock_hour *cell = hour_of(into, from->hours[i].hour);

		for (uint32_t e = 0; e < from->hours[i].count; e++)
			fold(cell, from->hours[i].at[e]);
	}
}

static int by_entry(const void *a, const void *b)
{
	const struct clock_entry *x = a;
	const struct clock_entry *y = b;

	return is_before(x, y) ? -1 : is_before(y, x);
}

/* all entries of all hours, latest first; the caller frees */
static struct clock_entry *entries(const struct clock *clock, size_t *count)
{
	struct clock_entry *all = mem_new(clock->count, CLOCK_KEEP * sizeof *all);

	*count = 0;
	for (size_t i = 0; i < clock->count; i++) {
		for (uint32_t e = 0; e < clock->hours[i].count; e++)
			all[(*count)++] = clock->hours[i].at[e];
	}
	qsort(all, *count, sizeof *all, by_entry);
	return all;
}

/* different MMSIs among the entries from `i` back to t + 6 h, counted up to three */
static int witnesses(const struct clock_entry *all, size_t i)
{
	int64_t seen[WITNESSES] = {0};
	int count = 0;

	for (size_t j = i + 1; j-- > 0;) {
		int k = 0;

		if (all[j].t_ms > all[i].t_ms + WINDOW_HOURS * HOUR_MS)
			break;
		while (k < count && seen[k] != all[j].mmsi)
			k++;
		if (k == count)
			seen[count++] = all[j].mmsi;
		if (count == WITNESSES)
			break;
	}
	return count;
}

/* true when another hour within a day of the entry's own was heard */
static bool accompanied(const struct clock *clock, const struct clock_entry *entry)
{
	int64_t hour = utc_floor_div(entry->t_ms, HOUR_MS);

	for (int64_t d = 1; d <= LONE_HOURS; d++) {
		if (map_get(&clock->index, (uint64_t)(hour - d)) != MAP_NONE ||
		    map_get(&clock->index, (uint64_t)(hour + d)) != MAP_NONE)
			return true;
	}
	return false;
}

/* the first entry that three MMSIs bear out, or `count` */
static size_t witnessed(const struct clock_entry *all, size_t count)
{
	size_t i = 0;

	while (i < count && witnesses(all, i) < WITNESSES)
		i++;
	return i;
}

bool clock_witnessed_by(const struct clock *clock, int64_t latest_ms, int64_t *t_ms)
{
	size_t count;
	struct clock_entry *all = entries(clock, &count);
	size_t i = 0;

	while (i < count && (all[i].t_ms > latest_ms || witnesses(all, i) < WITNESSES))
		i++;
	if (i < count)
		*t_ms = all[i].t_ms;
	free(all);
	return i < count;
}

bool clock_witnessed(const struct clock *clock, int64_t *t_ms)
{
	return clock_witnessed_by(clock, INT64_MAX, t_ms);
}

bool clock_feed_time(const struct clock *clock, size_t vessels, int64_t *t_ms)
{
	size_t count;
	struct clock_entry *all = entries(clock, &count);
	size_t i = vessels >= SMALL_FEED ? witnessed(all, count) : count;

	if (i == count) {
		for (i = 0; i < count && !accompanied(clock, &all[i]); i++)
			;
	}
	if (count)
		*t_ms = all[i < count ? i : 0].t_ms;
	free(all);
	return count > 0;
}

void clock_forget(struct clock *clock, int64_t horizon_ms)
{
	size_t kept = 0;

	for (size_t i = 0; i < clock->count; i++) {
		if (clock->hours[i].hour * HOUR_MS >= horizon_ms)
			clock->hours[kept++] = clock->hours[i];
	}
	if (kept == clock->count)
		return;
	clock->count = kept;
	clock->hint = 0;
	/* nothing can be taken out of a map */
	map_free(&clock->index);
	for (size_t i = 0; i < kept; i++)
		map_put(&clock->index, (uint64_t)clock->hours[i].hour, (uint32_t)i);
}

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a;
	int64_t y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

bool clock_hole(const struct clock *clock, int64_t since_ms, int64_t *begin_ms, int64_t *end_ms)
{
	int64_t *hours = mem_new(clock->count + 1, sizeof *hours);
	int64_t longest = 1;

	for (size_t i = 0; i < clock->count; i++)
		hours[i] = clock->hours[i].hour;
	qsort(hours, clock->count, sizeof *hours, by_number);
	for (size_t i = 1; i < clock->count; i++) {
		if (hours[i] - hours[i - 1] <= longest || hours[i] * HOUR_MS <= since_ms)
			continue;
		longest = hours[i] - hours[i - 1];
		*begin_ms = (hours[i - 1] + 1) * HOUR_MS;
		*end_ms = hours[i] * HOUR_MS;
	}
	free(hours);
	return longest > 1;
}

#include "state/clock_code.h"

#include <stdlib.h>

#include "base/mem.h"
#include "state/time_code.h"

static int by_hour(const void *a, const void *b)
{
	const struct clock_hour *x = *(const struct clock_hour *const *)a;
	const struct clock_hour *y = *(const struct clock_hour *const *)b;

	return (x->hour > y->hour) - (x->hour < y->hour);
}

/* latest first, at one time the smaller MMSI; no MMSI twice */
static bool in_order(const struct clock_entry *at, uint32_t count)
{
	for (uint32_t i = 1; i < count; i++) {
		if (at[i].t_ms > at[i - 1].t_ms ||
		    (at[i].t_ms == at[i - 1].t_ms && at[i].mmsi <= at[i - 1].mmsi))
			return false;
		for (uint32_t j = 0; j < i; j++) {
			if (at[j].mmsi == at[i].mmsi)
				return false;
		}
	}
	return true;
}

static void put_hour(struct code_out *out, const struct clock_hour *hour)
{
	out->bad = out->bad || !in_order(hour->at, hour->count);
	code_byte(out, (uint8_t)hour->count);
	for (uint32_t i = 0; i < hour->count; i++) {
		code_time(out, hour->at[i].t_ms - hour->hour * HOUR_MS);
		code_signed(out, hour->at[i].mmsi);
		out->bad = out->bad || !mmsi_in_range(hour->at[i].mmsi);
	}
}

void clock_encode(struct code_out *out, const struct clock *clock)
{
	const struct clock_hour **hours = mem_new(clock->count, sizeof *hours);
	int64_t before = 0;

	for (size_t i = 0; i < clock->count; i++)
		hours[i] = &clock->hours[i];
	qsort(hours, clock->count, sizeof *hours, by_hour);
	code_varint(out, clock->count);
	for (size_t i = 0; i < clock->count; i++) {
		code_varint(out, (uint64_t)(hours[i]->hour - before));
		put_hour(out, hours[i]);
		before = hours[i]->hour;
	}
	free(hours);
}

static bool get_hour(struct code_in *in, int64_t hour, struct clock *clock)
{
	struct clock_entry at[CLOCK_KEEP];
	uint32_t count = code_get_byte(in);

	if (!count || count > CLOCK_KEEP)
		return false;
	for (uint32_t i = 0; i < count; i++) {
		int64_t in_hour = code_get_time(in);

		at[i] = (struct clock_entry){hour * HOUR_MS + in_hour, code_get_signed(in)};
		if (in_hour >= HOUR_MS || !mmsi_in_range(at[i].mmsi))
			return false;
	}
	if (in->bad || !in_order(at, count))
		return false;
	for (uint32_t i = 0; i < count; i++)
		clock_add(clock, at[i].t_ms, at[i].mmsi);
	return true;
}

bool clock_decode(struct code_in *in, struct clock *clock)
{
	uint64_t count = code_get_varint(in);
	int64_t hour = 0;

	for (uint64_t i = 0; i < count && !in->bad; i++) {
		uint64_t more = code_get_varint(in);

		if (!more || more > TIME_MOST_MS / HOUR_MS)
			return false;
		hour += (int64_t)more;
		if (hour < TIME_LEAST_MS / HOUR_MS || hour >= TIME_MOST_MS / HOUR_MS ||
		    !get_hour(in, hour, clock))
			return false;
	}
	return !in->bad;
}

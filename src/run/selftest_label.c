#include "run/selftest_label.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static int order(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int by_vessel(const void *a, const void *b)
{
	const struct gap *x = a;
	const struct gap *y = b;

	return x->mmsi != y->mmsi ? order(x->mmsi, y->mmsi) : order(x->off.t_ms, y->off.t_ms);
}

void old_gaps_init(struct old_gaps *old, const struct gaps *gaps, int64_t as_of_ms)
{
	*old = (struct old_gaps){mem_new(gaps->count + 1, sizeof *old->at), 0, as_of_ms};
	for (size_t i = 0; i < gaps->count; i++) {
		if (!gaps->at[i].zone)
			old->at[old->count++] = gaps->at[i];
	}
	qsort(old->at, old->count, sizeof *old->at, by_vessel);
}

void old_gaps_free(struct old_gaps *old)
{
	free(old->at);
	*old = (struct old_gaps){0};
}

static int64_t end_of(const struct gap *gap, int64_t as_of_ms)
{
	return gap->open ? as_of_ms : gap->on.t_ms;
}

/* the vessel's first old gap that ends after t_ms: its gaps lie one behind the other */
static const struct gap *find(const struct old_gaps *old, int64_t mmsi, int64_t t_ms)
{
	size_t low = 0;
	size_t high = old->count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct gap *g = &old->at[mid];

		if (g->mmsi < mmsi || (g->mmsi == mmsi && end_of(g, old->as_of_ms) <= t_ms))
			low = mid + 1;
		else
			high = mid;
	}
	return low < old->count && old->at[low].mmsi == mmsi ? &old->at[low] : NULL;
}

/* milliseconds of the gap, which ends at end_ms, in which the vessel was switched off */
static int64_t off_ms(const struct switch_off *off, const struct gap *gap, int64_t end_ms)
{
	int64_t from_ms;
	int64_t to_ms;

	if (!off)
		return 0;
	from_ms = off->begin_ms > gap->off.t_ms ? off->begin_ms : gap->off.t_ms;
	to_ms = off->end_ms < end_ms ? off->end_ms : end_ms;
	return to_ms > from_ms ? to_ms - from_ms : 0;
}

enum truth gap_truth(const struct old_gaps *old, const struct plan *plan, const struct gap *gap)
{
	int64_t end_ms = end_of(gap, old->as_of_ms);
	const struct gap *before = find(old, gap->mmsi, gap->off.t_ms);
	int64_t switched_off_ms = off_ms(plan_switch_off(plan, gap->mmsi), gap, end_ms);

	/* of zone gaps, and of gaps that end beyond the feed's own end, nothing is known */
	if (gap->zone || gap->after_as_of)
		return TRUTH_MIXED;
	if (before && before->off.t_ms == gap->off.t_ms &&
	    end_of(before, old->as_of_ms) == end_ms && before->open == gap->open)
		return TRUTH_BEFORE;
	if (switched_off_ms > (end_ms - gap->off.t_ms) / 2)
		return TRUTH_OFF;
	if (switched_off_ms || (before && before->off.t_ms < end_ms))
		return TRUTH_MIXED;
	return TRUTH_LOST;
}

#include "track/segment.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { TAIL_LEAST = 8 };

void segments_free(struct segments *set)
{
	free(set->at);
	*set = (struct segments){0};
}

/* true when t lies in the segment or at most G from it */
static bool touches(const struct segment *s, int64_t t_ms, int64_t gap_ms)
{
	return t_ms >= s->first.t_ms - gap_ms && t_ms <= s->last.t_ms + gap_ms;
}

/* the later end: by time, and at one instant the smaller by the total order */
static void take_last(struct fix *last, const struct fix *other)
{
	if (other->t_ms > last->t_ms || (other->t_ms == last->t_ms && fix_cmp(other, last) < 0))
		*last = *other;
}

static void take_first(struct fix *first, const struct fix *other)
{
	if (other->t_ms <= first->t_ms && fix_cmp(other, first) < 0)
		*first = *other;
}

static void merge(struct segment *into, const struct segment *from)
{
	take_first(&into->first, &from->first);
	take_last(&into->last, &from->last);
}

static void append(struct segments *set, const struct segment *s)
{
	if (set->count == set->cap) {
		set->cap = set->cap ? set->cap + (set->cap + 1) / 2 : 1;
		set->at = mem_resize(set->at, set->cap, sizeof *set->at);
	}
	set->at[set->count++] = *s;
}

static void erase(struct segments *set, uint32_t i)
{
	memmove(set->at + i, set->at + i + 1, (set->count - i - 1) * sizeof *set->at);
	set->count--;
	set->sorted--;
}

/* after segment i of the ordered part has grown: it may now touch its neighbours */
static void close_up(struct segments *set, uint32_t i, int64_t gap_ms)
{
	if (i + 1 < set->sorted && set->at[i + 1].first.t_ms - set->at[i].last.t_ms <= gap_ms) {
		merge(&set->at[i], &set->at[i + 1]);
		erase(set, i + 1);
	}
	if (i > 0 && set->at[i].first.t_ms - set->at[i - 1].last.t_ms <= gap_ms) {
		merge(&set->at[i - 1], &set->at[i]);
		erase(set, i);
		i--;
	}
	set->hint = i;
}

static void extend(struct segments *set, uint32_t i, const struct fix *fix, int64_t gap_ms)
{
	struct segment *s = &set->at[i];
	int64_t first_ms = s->first.t_ms;
	int64_t last_ms = s->last.t_ms;

	take_first(&s->first, fix);
	take_last(&s->last, fix);
	set->hint = i;
	if (i < set->sorted && (s->first.t_ms != first_ms || s->last.t_ms != last_ms))
		close_up(set, i, gap_ms);
}

/* the first segment of the ordered part that ends at t - G or later */
static uint32_t search(const struct segments *set, int64_t t_ms, int64_t gap_ms)
{
	uint32_t low = 0;
	uint32_t high = set->sorted;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (set->at[mid].last.t_ms + gap_ms < t_ms)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static int by_first(const void *a, const void *b)
{
	return fix_cmp(&((const struct segment *)a)->first, &((const struct segment *)b)->first);
}

/* merges what is ordered by first fix; not empty */
static void coalesce(struct segments *set, int64_t gap_ms)
{
	uint32_t kept = 0;

	for (uint32_t i = 1; i < set->count; i++) {
		if (set->at[i].first.t_ms - set->at[kept].last.t_ms <= gap_ms)
			merge(&set->at[kept], &set->at[i]);
		else
			set->at[++kept] = set->at[i];
	}
	set->count = kept + 1;
	set->sorted = set->count;
	set->hint = kept;
}

static void put_in_order(struct segments *set, int64_t gap_ms)
{
	if (set->sorted == set->count)
		return;
	qsort(set->at, set->count, sizeof *set->at, by_first);
	coalesce(set, gap_ms);
}

static void add_new(struct segments *set, const struct fix *fix, int64_t gap_ms)
{
	struct segment s = {*fix, *fix};
	bool in_order = set->sorted == set->count &&
	                (!set->count || fix->t_ms > set->at[set->count - 1].last.t_ms);

	append(set, &s);
	set->hint = set->count - 1;
	set->sorted += in_order;
	if (set->count - set->sorted > set->count / 4 + TAIL_LEAST)
		put_in_order(set, gap_ms);
}

static void add(struct segments *set, const struct fix *fix, int64_t gap_ms)
{
	uint32_t i;

	if (set->count && touches(&set->at[set->hint], fix->t_ms, gap_ms)) {
		extend(set, set->hint, fix, gap_ms);
		return;
	}
	i = search(set, fix->t_ms, gap_ms);
	if (i < set->sorted && touches(&set->at[i], fix->t_ms, gap_ms))
		extend(set, i, fix, gap_ms);
	else
		add_new(set, fix, gap_ms);
}

void segments_join(struct segments *into, const struct segments *from, int64_t gap_ms)
{
	uint32_t count = into->count + from->count;
	bool in_order;

	if (!from->count)
		return;
	if (count > into->cap) {
		into->at = mem_resize(into->at, count, sizeof *into->at);
		into->cap = count;
	}
	memcpy(into->at + into->count, from->at, from->count * sizeof *from->at);
	/* a day after those before it, or what a state held: most joins need no sorting */
	in_order = into->sorted == into->count &&
	           (!into->count || by_first(&into->at[into->count - 1], from->at) < 0);
	into->count = count;
	if (!in_order)
		qsort(into->at, count, sizeof *into->at, by_first);
	coalesce(into, gap_ms);
}

static void put_tip_back(struct segments *set, struct tip *tip)
{
	if (tip->first_ms != INT64_MAX)
		set->at[set->hint].last = tip->last;
	*tip = TIP_NONE;
}

static void take_tip(const struct segments *set, struct tip *tip, int64_t gap_ms)
{
	const struct segment *s = &set->at[set->hint];
	bool next = set->hint + 1 < set->sorted;

	tip->first_ms = s->first.t_ms;
	tip->limit_ms = next ? s[1].first.t_ms - gap_ms : INT64_MAX;
	tip->last = s->last;
}

void segments_add(struct segments *set, struct tip *tip, const struct fix *fix, int64_t gap_ms)
{
	put_tip_back(set, tip);
	add(set, fix, gap_ms);
	take_tip(set, tip, gap_ms);
}

void segments_settle(struct segments *set, struct tip *tip, int64_t gap_ms)
{
	put_tip_back(set, tip);
	put_in_order(set, gap_ms);
}

void segments_forget(struct segments *set, int64_t horizon_ms)
{
	uint32_t before = 0; /* segments that begin before the horizon */

	while (before < set->count && set->at[before].first.t_ms < horizon_ms)
		before++;
	if (!before)
		return;
	set->count -= before - 1;
	if (before > 1)
		memmove(set->at, set->at + before - 1, set->count * sizeof *set->at);
	set->at[0].first = (struct fix){.t_ms = SEGMENT_BEFORE};
	set->sorted = set->count;
	set->hint = set->count - 1;
}

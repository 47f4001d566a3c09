#include "state/segment_code.h"

#include "base/mem.h"
#include "state/fix_code.h"
#include "state/time_code.h"

/* of a segment: its times and a fix of two bytes and a position */
enum { LEAST_BYTES = 6 };

/* the fix before the first one */
static const struct fix BEFORE_ALL = {.t_ms = TIME_LEAST_MS};

static const struct fix FORGOTTEN = {.t_ms = SEGMENT_BEFORE};

static void put_fix(struct code_out *out, struct fix *before, const struct fix *fix)
{
	out->bad = out->bad || !time_valid(fix->t_ms);
	code_time(out, fix->t_ms - before->t_ms);
	fix_encode(out, before, fix);
	*before = *fix;
}

static void put_segment(struct code_out *out, struct fix *before, const struct segment *s)
{
	put_fix(out, before, &s->first);
	if (s->last.t_ms == s->first.t_ms) /* then it is the same fix */
		code_time(out, 0);
	else
		put_fix(out, before, &s->last);
}

void segments_encode(struct code_out *out, const struct segments *set)
{
	bool forgotten = set->at[0].first.t_ms == SEGMENT_BEFORE;
	struct fix before = BEFORE_ALL;

	code_varint(out, (uint64_t)set->count * 2 + forgotten);
	if (forgotten)
		put_fix(out, &before, &set->at[0].last);
	for (uint32_t i = forgotten; i < set->count; i++)
		put_segment(out, &before, &set->at[i]);
}

/* a fix `after_ms` after the one before */
static bool get_fix(struct code_in *in, const struct fix *before, int64_t after_ms, struct fix *fix)
{
	fix->t_ms = before->t_ms + after_ms;
	return time_valid(fix->t_ms) && fix_decode(in, before, fix);
}

static bool get_segment(struct code_in *in, const struct fix *before, struct segment *s)
{
	int64_t lasted_ms;

	if (!get_fix(in, before, code_get_time(in), &s->first))
		return false;
	lasted_ms = code_get_time(in);
	s->last = s->first;
	return lasted_ms ? get_fix(in, &s->first, lasted_ms, &s->last) : !in->bad;
}

/* Appends the segment; at the fleet's gap, where that is larger, it may join the one before. */
static void append(struct segments *set, const struct segment *s, int64_t gap_ms)
{
	if (set->count && s->first.t_ms - set->at[set->count - 1].last.t_ms <= gap_ms)
		set->at[set->count - 1].last = s->last;
	else
		set->at[set->count++] = *s;
}

static const char *get_all(struct code_in *in, const struct shard_rules *rules, uint32_t count,
                           bool forgotten, struct segments *set)
{
	struct fix before = BEFORE_ALL;

	for (uint32_t i = 0; i < count; i++) {
		struct segment s = {.first = FORGOTTEN};

		if (!i && forgotten) {
			if (!get_fix(in, &before, code_get_time(in), &s.last))
				return "a position out of range";
		} else if (!get_segment(in, &before, &s)) {
			return "a position out of range";
		} else if (i && s.first.t_ms - before.t_ms <= rules->gap_ms) {
			return "segments closer together than its gap";
		}
		before = s.last;
		append(set, &s, rules->fleet_gap_ms);
	}
	return NULL;
}

const char *segments_decode(struct code_in *in, const struct shard_rules *rules,
                            struct segments *set)
{
	uint64_t head = code_get_varint(in);
	uint64_t count = head / 2;
	const char *wrong;

	if (!count || count > code_left(in) / LEAST_BYTES || count > UINT32_MAX)
		return "more segments than it can hold";
	if (head & 1 && !rules->forgets)
		return "a beginning forgotten without a horizon";
	set->at = mem_resize(NULL, (size_t)count, sizeof *set->at);
	set->cap = (uint32_t)count;
	wrong = get_all(in, rules, (uint32_t)count, head & 1, set);
	set->sorted = set->count;
	set->hint = set->count ? set->count - 1 : 0;
	return wrong;
}

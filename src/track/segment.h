/*
 * Segments: maximal runs of reports in which consecutive distinct times are at most G apart.
 * Only the ends are kept, and merging needs only the ends, so folding reports in any order and
 * joining sets in any order give the same segments: the law that the whole program rests on.
 */
#ifndef TRACK_SEGMENT_H
#define TRACK_SEGMENT_H

#include <stdint.h>

#include "ais/fix.h"

/*
 * The first time of a segment whose beginning was forgotten: before every horizon. All else of its
 * first fix is zero, so that there is one such fix and it joins with itself.
 */
#define SEGMENT_BEFORE (-(INT64_C(1) << 62))

/*
 * Of several fixes at the instant of an end, the smallest by fix_cmp is kept. first.t_ms <=
 * last.t_ms.
 */
struct segment {
	struct fix first;
	struct fix last;
};

/*
 * All zero is the empty set. at[0..sorted) is in time order and more than G apart;
 * at[sorted..count) is a tail in no order, at most a quarter of the set and eight more, so that
 * disordered input costs no quadratic insertion. Owns `at`.
 */
struct segments {
	struct segment *at;
	uint32_t count;
	uint32_t sorted;
	uint32_t cap;
	uint32_t hint; /* the segment touched last; a tip holds its last fix */
};

/*
 * The last fix of the segment touched last, held apart: most fixes lengthen that segment and touch
 * nothing else, which keeps them to one cache line. TIP_NONE is the tip of the empty set.
 */
struct tip {
	int64_t first_ms; /* the segment's first time */
	int64_t limit_ms; /* fixes at this time or later touch the next segment */
	struct fix last;
};

#define TIP_NONE ((struct tip){.first_ms = INT64_MAX})

void segments_free(struct segments *set);
/* folds in a fix that the tip cannot take; gap_ms is G, 0 to -SEGMENT_BEFORE */
void segments_add(struct segments *set, struct tip *tip, const struct fix *fix, int64_t gap_ms);
/*
 * Joins `from` into `into`, at gap_ms: both settled, at this G or a smaller one. At a larger G than
 * theirs the result is what all their fixes give at it.
 */
void segments_join(struct segments *into, const struct segments *from, int64_t gap_ms);
/* puts the tip back and the tail in order: afterwards sorted == count, and the tip is TIP_NONE */
void segments_settle(struct segments *set, struct tip *tip, int64_t gap_ms);
/*
 * Of the segments that begin before the horizon only the end of the last stays, as a segment that
 * begins at SEGMENT_BEFORE. For a settled set; horizon_ms > SEGMENT_BEFORE.
 */
void segments_forget(struct segments *set, int64_t horizon_ms);

/* takes a fix in between the segment's first time and the next segment; false when it lies
 * elsewhere */
static inline bool tip_add(struct tip *tip, const struct fix *fix, int64_t gap_ms)
{
	if (fix->t_ms <= tip->first_ms || fix->t_ms >= tip->limit_ms ||
	    fix->t_ms - tip->last.t_ms > gap_ms)
		return false;
	if (fix->t_ms > tip->last.t_ms ||
	    (fix->t_ms == tip->last.t_ms && fix_cmp(fix, &tip->last) < 0))
		tip->last = *fix;
	return true;
}

#endif

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
 * Of several fixes at the instant of an end, the smallest by fix_cmp is kept. first.t_ms <= last.t_ms.
 */
struct segment {
	struct fix first;
	struct fix last;
};

/*
 * All zero is the empty set. at[0..sorted) is in time order and more than G apart; at[sorted..count)
 * is a tail in no order, at most a quarter of the set, so that disordered input costs no quadratic
 * insertion. Owns `at`.
 */
struct segments {
	struct segment *at;
	uint32_t count;
	uint32_t sorted;
	uint32_t cap;
	uint32_t hint; /* the segment touched last */
};

void segments_free(struct segments *set);
/* folds one fix in; gap_ms is G, >= 0 */
void segments_add(struct segments *set, const struct fix *fix, int64_t gap_ms);
/* joins `from` into `into`; both of the same G */
void segments_join(struct segments *into, const struct segments *from, int64_t gap_ms);
/* puts the tail in order: afterwards sorted == count */
void segments_settle(struct segments *set, int64_t gap_ms);

#endif

/*
 * A track's segments as saved files hold them: their number, twice, and one more where the
 * beginning of the first was forgotten; each as the time from the end of the one before, its first
 * fix, the time it lasted, and unless that is 0 its last fix.
 */
#ifndef STATE_SEGMENT_CODE_H
#define STATE_SEGMENT_CODE_H

#include "state/code.h"
#include "state/shard_code.h"
#include "track/segment.h"

/* a settled set that is not empty */
void segments_encode(struct code_out *out, const struct segments *set);
/* fills an empty set, at the fleet's gap; NULL, or what is wrong, static text */
const char *segments_decode(struct code_in *in, const struct shard_rules *rules,
                            struct segments *set);

#endif

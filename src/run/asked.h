/*
 * What a report was asked for, as text: kept with what was delivered, so that a gap that comes into
 * the report because an option changed is not taken for news.
 */
#ifndef RUN_ASKED_H
#define RUN_ASKED_H

#include "aisgap/detect.h"
#include "base/mem.h"
#include "base/span.h"

/* the options that choose gaps, a line each; min_gap_ms is the one that holds. In the arena. */
struct span asked_text(const struct aisgap_options *options, int64_t min_gap_ms,
                       struct arena *arena);
/*
 * The options that a text names; lists are copied to the arena. Lines that are not known are passed
 * over: they are of another version.
 */
void asked_read(struct span text, struct aisgap_options *options, struct arena *arena);
/*
 * The text with the delivery's number behind it (each that tells something has its own) and the
 * time at which open gaps were judged. Where a text has none they are 0 and INT64_MIN.
 */
struct span asked_stamp(struct span text, uint64_t number, int64_t as_of_ms, struct arena *arena);
uint64_t asked_number_of(struct span text);
int64_t asked_time_of(struct span text);
/* the names of the options in which the texts differ, joined by ", "; empty when in none */
struct span asked_differ(struct span a, struct span b, struct arena *arena);

#endif

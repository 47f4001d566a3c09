/* Which gaps a run reports: the window, the vessels and the verdicts that the options name. */
#ifndef RUN_FILTER_H
#define RUN_FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "aisgap/detect.h"
#include "base/status.h"
#include "judge/judge.h"
#include "track/gaps.h"

struct filter;

/* reads the lists and times of the options; ST_USAGE with a message that names the option */
enum status filter_new(const struct aisgap_options *options, struct filter **filter,
                       struct diag *diag);
void filter_free(struct filter *filter);
/* true when the gap lies in the window; as_of_ms ends a gap that is still open */
bool filter_window(const struct filter *filter, const struct gap *gap, int64_t as_of_ms);
/* true when the gap's vessel is one of those wanted; looks at its identity at the off position */
bool filter_vessel(const struct filter *filter, const struct fleet *fleet, const struct gap *gap);
/* true when gaps with this verdict are wanted */
bool filter_verdict(const struct filter *filter, enum verdict verdict);
/* bits of enum published_rule (judge/published.h): 1u << PUBLISHED_GFW ... */
unsigned filter_published(const struct filter *filter);

#endif

/* Whether what was read can be reported on at all. */
#ifndef RUN_FEED_H
#define RUN_FEED_H

#include "base/status.h"
#include "run/ledger.h"

/* ST_NO_FEED, with the main reason and what would mend it, when no row of the input was used */
enum status feed_input_used(const struct input_entry *entry, struct diag *diag);
/* likewise when nothing of it can be printed: neither a report, timed or not, nor identity */
enum status feed_input_decoded(const struct input_entry *entry, struct diag *diag);
/*
 * ST_NO_FEED, with the main reason and what would mend it, when more than max_bad_pct of the rows
 * of an input that was used cannot be read; above 1 % it is a warning in the ledger.
 */
enum status feed_check(struct aisgap_ledger *ledger, double max_bad_pct, struct diag *diag);

#endif

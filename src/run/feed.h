/* Whether what was read can be reported on at all. */
#ifndef RUN_FEED_H
#define RUN_FEED_H

#include "base/status.h"
#include "run/ledger.h"

/*
 * ST_NO_FEED, with the main reason and what would mend it, when no row was used, or when more than
 * max_bad_pct of an input's rows cannot be read; above 1 % it is a warning in the ledger.
 */
enum status feed_check(struct aisgap_ledger *ledger, double max_bad_pct, struct diag *diag);

#endif

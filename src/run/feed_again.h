/* A feed that is read more than once, whole or with reports taken out. */
#ifndef RUN_FEED_AGAIN_H
#define RUN_FEED_AGAIN_H

#include "aisgap/detect.h"
#include "base/status.h"
#include "run/ingest.h"
#include "run/inputs.h"
#include "run/watch.h"

/* borrows all three */
struct feed_again {
	const struct aisgap_options *options;
	const struct inputs *inputs;
	const struct watch *watch;
};

/* ST_USAGE, with what to do about it, when an input can be read only once: a pipe, standard input
 */
enum status feed_again_check(const struct inputs *inputs, struct diag *diag);
/*
 * Reads all inputs, but for what the waist takes out (NULL: nothing), into a new fleet that is
 * settled and the caller's, whatever the status.
 */
enum status feed_again_read(const struct feed_again *feed, const struct waist *waist,
                            struct aisgap_ledger *ledger, struct fleet **fleet, struct diag *diag);
/* ST_FAILED when two readings did not hold the same rows: a file that grew has gaps nobody made */
enum status feed_again_same(const struct aisgap_ledger *first, const struct aisgap_ledger *again,
                            struct diag *diag);

#endif

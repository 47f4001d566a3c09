/*
 * Delivery: a report, or what changed in it, is written and posted. What was delivered is kept
 * beside the state, what could not be posted too: both come again with the next run.
 */
#ifndef RUN_DELIVERY_H
#define RUN_DELIVERY_H

#include "base/status.h"
#include "net/http_post.h"
#include "run/delta.h"
#include "run/output.h"
#include "state/due.h"

/* all zero may be freed */
struct delivery {
	const struct output *output;
	char *sent_path; /* NULL: nothing is kept from run to run; likewise below */
	char *due_path;
	struct http_post *post; /* NULL: nothing is posted */
	struct due *due;
	struct delta delta;
	bool told_before; /* there is a list of what was delivered */
};

/*
 * Reads what was delivered and what is due beside the state at `path` (NULL: there is none).
 * `once`: posts are tried once, for something else waits meanwhile. ST_USAGE for a URL or header
 * file that cannot be read; ST_FAILED for a damaged list.
 */
enum status delivery_prepare(struct delivery *delivery, const struct output *output,
                             const char *path, bool once, struct diag *diag);
/*
 * Delivers the view. ST_FAILED when anything of it failed: what was to be posted then stays due,
 * and the changes count as not delivered unless they were both written and queued.
 */
enum status delivery_run(struct delivery *delivery, const struct view *view,
                         struct aisgap_ledger *ledger, struct diag *diag);
/* puts the changes, or the report, at the end of what is due, and saves that; nothing where there
 * is nothing to say, or no server to say it to */
enum status delivery_queue(struct delivery *delivery, const struct view *view, struct diag *diag);
/* sends what is due, oldest first; what is left stands in the ledger */
enum status delivery_post(struct delivery *delivery, struct aisgap_ledger *ledger,
                          struct diag *diag);
void delivery_free(struct delivery *delivery);

#endif

/* The state that a run goes on with: taken, loaded, and put back with what the run joined in. */
#ifndef RUN_SAVED_H
#define RUN_SAVED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "aisgap/detect.h"
#include "base/status.h"
#include "state/lock.h"
#include "state/state.h"
#include "track/fleet.h"

/* all zero may be freed */
struct saved {
	char *path;          /* of the file itself, links followed; NULL: the run has no state */
	struct lock *lock;   /* NULL: only read */
	struct state *state; /* NULL: there is none yet */
	bool loaded;
	/* what it held before this run, or before the last time of forgetting: presence, or a
	 * closed gap */
	bool has_evidence;
	bool has_feed; /* it held reports as it was loaded, up to feed_ms */
	int64_t feed_ms;
	int64_t evidence_ms;
};

/*
 * Takes the state at `path` for this run alone, and opens it where there is one. ST_FAILED when
 * another run has it (without wait), or when it cannot be read; it is then left as it is.
 */
enum status saved_take(struct saved *saved, const char *path, bool wait, struct diag *diag);
/* opens it to be read only: no lock, and it must be there */
enum status saved_read(struct saved *saved, const char *path, struct diag *diag);
/* the parameters of the state that is there; NULL without one */
const struct state_params *saved_params(const struct saved *saved);
/* joins the state into the fleet, which is empty, and lets go of the file */
enum status saved_load(struct saved *saved, struct fleet *fleet, unsigned threads,
                       struct diag *diag);
/*
 * Moves the fleet's horizon up to `keep_ms` before as_of_ms, where it is given, else before the
 * time * that three vessels bear out (DESIGN 3). Without as-of ST_FAILED when that would forget all
 * that the state held, or when nobody else was heard since the horizon; with it when all would go.
 */
enum status saved_forget(struct saved *saved, struct fleet *fleet, int64_t keep_ms,
                         const int64_t *as_of_ms, struct diag *diag);
/* saves the fleet, settled, in the state's place */
enum status saved_store(const struct saved *saved, const struct state_params *params,
                        const struct fleet *fleet, unsigned threads, struct diag *diag);
/* gives the state back */
void saved_free(struct saved *saved);

#endif

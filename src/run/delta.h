/*
 * What changed since the last delivery: the list that was delivered, the one that holds now, and
 * what leads from the one to the other.
 */
#ifndef RUN_DELTA_H
#define RUN_DELTA_H

#include "base/status.h"
#include "run/changes.h"
#include "run/ledger.h"
#include "run/view.h"
#include "state/sent.h"

/* all zero: nothing was delivered yet */
struct delta {
	struct sent before;
	struct sent now;
	struct changes changes;
	bool told;       /* that options changed; likewise below */
	bool told_older; /* that the view is of an earlier time than the last delivery */
	uint64_t number; /* of this delivery: one more than of the last that told something */
};

/* reads what was delivered; no file is nothing, and *exists is false. ST_FAILED when it is damaged.
 */
enum status delta_read(struct delta *delta, const char *path, bool *exists, struct diag *diag);
/*
 * Takes the view's gaps as what holds now and finds the changes. That options changed is a warning
 * in the ledger, and the gaps that come in, go out or read otherwise for it are called included,
 * excluded and revised.
 */
void delta_find(struct delta *delta, const struct view *view, struct aisgap_ledger *ledger);
/* one of the changes as a record; its spans are the delta's */
void delta_record(const struct change *change, struct record *record);
/* saves what holds now as what was delivered */
enum status delta_keep(const struct delta *delta, const char *path, struct diag *diag);
/* what holds now was delivered: the next changes count from it */
void delta_advance(struct delta *delta);
void delta_free(struct delta *delta);

#endif

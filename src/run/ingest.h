/* Reads inputs into the fleet: one text at a time, its blocks by as many workers as wanted. */
#ifndef RUN_INGEST_H
#define RUN_INGEST_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "run/dates.h"
#include "run/intake.h"
#include "run/ledger.h"
#include "run/worker.h"
#include "track/fleet.h"

struct ingest_options {
	struct intake_options intake;
	unsigned threads;
	void (*progress)(void *context, uint64_t bytes_read, uint64_t bytes_total);
	void *progress_context;
	const struct waist *waist; /* what is let through to the fleet; NULL: all */
};

/* a text's rows whose date is open, and those that decide it: in two fleets, one for each order */
struct dated {
	size_t entry; /* of the text, in the ledger */
	struct fleet *day_first;
	struct fleet *month_first;
};

struct ingest {
	const struct ingest_options *options;
	struct fleet *fleet;
	struct aisgap_ledger *ledger;
	struct dated *dated; /* texts that do not decide for themselves */
	size_t dated_count;
	uint64_t bytes_total;  /* of all inputs; 0 where it is not known */
	uint64_t bytes_before; /* of inputs already read */
};

/* one input, as intake_input does */
enum status ingest_input(struct ingest *ingest, const char *path, struct diag *diag);
/* decides what dates are still open (dates_decide) */
enum status ingest_finish(struct ingest *ingest, struct diag *diag);
/* frees what is not the caller's */
void ingest_free(struct ingest *ingest);

#endif

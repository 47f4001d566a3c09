/* Reads inputs into the fleet: one input at a time, its blocks by as many workers as wanted. */
#ifndef RUN_INGEST_H
#define RUN_INGEST_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "run/ledger.h"
#include "track/fleet.h"

struct ingest_options {
	const struct column_options *columns;
	struct when_style when;
	bool any_id;
	unsigned threads;
	size_t block_size;
	void (*progress)(void *context, uint64_t bytes_read, uint64_t bytes_total);
	void *progress_context;
};

/*
 * Dates such as 03/04/2021 can be read day first or month first. Rows that leave it open, and rows
 * that decide it, go into two fleets, one for each order; ingest_finish joins the one that the rows
 * decide for. Inputs with the same columns decide together.
 */
struct dated {
	struct column_map map; /* which inputs share the decision */
	struct fleet *day_first;
	struct fleet *month_first;
	uint64_t only_day_first;
	uint64_t only_month_first;
	uint64_t either;
};

struct ingest {
	const struct ingest_options *options;
	struct fleet *fleet;
	struct aisgap_ledger *ledger;
	struct dated *dated;
	size_t dated_count;
	uint64_t bytes_total;  /* of all inputs; 0 where it is not known */
	uint64_t bytes_before; /* of inputs already read */
};

/* one input; ST_OK when all of it was read, and the ledger then has its entry, as it has on failure
 */
enum status ingest_input(struct ingest *ingest, const char *path, struct diag *diag);
/* decides open date orders; ST_USAGE when no row does */
enum status ingest_finish(struct ingest *ingest, struct diag *diag);
/* frees what is not the caller's */
void ingest_free(struct ingest *ingest);

#endif

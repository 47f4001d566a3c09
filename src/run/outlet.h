/*
 * Where the changes of a feed that is followed go: a stream without end, and a server. The feed
 * must not wait long for either.
 */
#ifndef RUN_OUTLET_H
#define RUN_OUTLET_H

#include <stdbool.h>

#include "run/delivery.h"
#include "run/printing.h"

/* all zero may be closed */
struct outlet {
	struct delivery *delivery;
	const struct view *view;
	struct aisgap_ledger *ledger;
	struct sink *sink; /* NULL: rows are only posted */
	struct printing printing;
	double failed_s; /* when a post failed last; 0: it did not */
};

/* opens the stream; nothing is written to it yet. ST_USAGE where it is a file, which a report would
 * replace whole. */
enum status outlet_open(struct outlet *outlet, struct delivery *delivery, const struct view *view,
                        struct aisgap_ledger *ledger, struct diag *diag);
/* writes the delivery's changes; false when they could not be written, now or before */
bool outlet_write(struct outlet *outlet);
/* false once the stream takes no more: its reader went away, or the disk is full */
bool outlet_takes(const struct outlet *outlet);
/*
 * Sends what is due, each once; after a failure not for half a minute. False when it failed and
 * that is worth a word, which is in diag.
 */
bool outlet_post(struct outlet *outlet, struct diag *diag);
/* ends the stream. ST_FAILED when something of it could not be written; a reader that went away is
 * one only where changes are kept for the next run. */
enum status outlet_close(struct outlet *outlet, struct diag *diag);

#endif

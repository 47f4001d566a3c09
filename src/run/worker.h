/* A worker: takes blocks from the splitter until there are none, and folds their reports. */
#ifndef RUN_WORKER_H
#define RUN_WORKER_H

#include <stdatomic.h>

#include "input/reader.h"
#include "input/splitter.h"
#include "run/ledger.h"
#include "track/fleet.h"

/* what the workers of one input share */
struct work {
	struct splitter *splitter;
	const struct reader_plan *plan;
	struct fleet *fleet;     /* reports whose time is certain */
	struct fleet *day_first; /* the others; see struct dated */
	struct fleet *month_first;
	_Atomic bool done; /* the splitter has nothing more */
};

/*
 * Runs `threads` workers on one input (one, where its records hang together) and adds up what they
 * counted. `tick` is called from the calling thread several times a second while they run.
 */
void work_run(struct work *work, unsigned threads, struct tally *tally, void (*tick)(void *context),
              void *context);

#endif

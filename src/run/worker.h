/* A worker: takes blocks from the splitter until there are none, and folds their reports. */
#ifndef RUN_WORKER_H
#define RUN_WORKER_H

#include <stdatomic.h>
#include <stdbool.h>

#include "input/reader.h"
#include "input/splitter.h"
#include "run/ledger.h"
#include "track/fleet.h"

/* takes reports out between reading and folding; asked by many threads at once */
struct waist {
	bool (*drop)(const void *context, const struct position_report *report);
	const void *context;
};

/* what the workers of one input share */
struct work {
	struct splitter *splitter;
	const struct reader_plan *plan;
	struct fleet *fleet;     /* reports whose time is certain */
	struct fleet *day_first; /* the others; see struct dated */
	struct fleet *month_first;
	const struct waist *waist; /* what is let through; NULL: all */
	_Atomic bool done;         /* the splitter has nothing more */
};

/*
 * Runs `threads` workers on one input (one, where its records hang together) and adds up what they
 * counted. `tick` is called from the calling thread several times a second while they run.
 */
void work_run(struct work *work, unsigned threads, struct tally *tally, void (*tick)(void *context),
              void *context);

#endif

/*
 * Follows a stream: reads what comes as it comes, and says when the feed's own clock passed a
 * minute. What is said, and when in the sequence of records, follows from the records alone: never
 * from the wall clock, nor from how the stream was cut into reads.
 */
#ifndef RUN_STREAM_H
#define RUN_STREAM_H

#include <stdint.h>

#include "base/status.h"
#include "input/layout.h"
#include "input/live.h"
#include "run/ledger.h"
#include "track/fleet.h"

struct stream {
	const struct layout_options *layout;
	struct fleet *fleet; /* may hold what a state held */
	struct aisgap_ledger *ledger;
	/* when `idle` is called, all reports that were read are in the fleet, not settled; `stop`
	 * ends the input */
	struct live_options live;
	/*
	 * Feed time has come to a new minute, feed_ms (or gone back to one: a clock that had led a
	 * small feed astray was found out). All reports up to the one that took it there are in the
	 * fleet, not settled. A status other than ST_OK, with its message, ends the run.
	 */
	enum status (*pass)(void *context, int64_t feed_ms, struct diag *diag);
	void *context;
};

/*
 * Reads the stream at `path` ("-": standard input) to its end, or until stopped, in input order, in
 * this thread. The ledger has an entry for it, which says what could not be read and why, and that
 * no row was used, if so (not when it was stopped before the first); then ST_OK. Once it ends,
 * `pass` is called once more if any report was used. ST_USAGE, with the message, for a URL, packed
 * input, and a date that can be read in two orders; else what `pass` returned.
 */
enum status stream_run(struct stream *stream, const char *path, struct diag *diag);

#endif

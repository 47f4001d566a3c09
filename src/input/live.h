/*
 * A source that is read while it grows: a pipe, a FIFO, a terminal, a socket, a device; a file,
 * too, up to its end. A read gives what is there and waits when nothing is; while it waits its
 * owner is asked whether to go on, and has time for other things.
 */
#ifndef INPUT_LIVE_H
#define INPUT_LIVE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"
#include "base/status.h"
#include "input/source.h"

/*
 * `stop` is asked before every read and at least once a second while waiting, `idle` called at
 * least once a second as long as the source is read; from the reading thread; either may be NULL.
 */
struct live_options {
	bool (*stop)(void *context);
	void (*idle)(void *context);
	void *context;
};

/*
 * Opens a path, or standard input for "-"; a FIFO without a writer is waited for when it is read.
 * The options are copied. Once `stop` says so the source ends: what was read is given, and
 * source_is_cut. ST_USAGE for URLs and what looks like one; ST_FAILED as source_open.
 */
enum status live_open(const char *path, const struct live_options *options, struct source **source,
                      struct diag *diag);

/*
 * The head of a live source, not taken out, by which its format is told: at least one whole line,
 * then what comes until `want` bytes are there, nothing came for a second, or five seconds have
 * passed. Less than a line at the source's end alone, or when a line has more than `want` bytes. To
 * be called again for more. Valid until the source is read or peeked at again.
 */
struct span live_peek(struct source *source, size_t want);
/* true once its end was read, or stop was said, or reading failed */
bool live_ended(const struct source *source);

#endif

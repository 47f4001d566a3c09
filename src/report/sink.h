/*
 * Where a report goes: a file that appears whole or not at all (temporary file beside it, fsync,
 * rename), or a stream (stdout, a pipe, a device) that is written directly.
 * A failed write is remembered and returned by sink_close.
 */
#ifndef REPORT_SINK_H
#define REPORT_SINK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"
#include "base/status.h"

struct sink;

/* NULL or "-" is stdout; anything else a path. ST_FAILED with a message when it cannot be opened */
enum status sink_open(const char *path, struct sink **sink, struct diag *diag);
/* a growing memory buffer; sink_bytes gives what was written so far */
struct sink *sink_memory(void);
struct span sink_bytes(const struct sink *sink);

void sink_put(struct sink *sink, struct span bytes);
void sink_text(struct sink *sink, const char *text);
/* writes what is buffered, so that a stream's reader has it; nothing for memory */
void sink_flush(struct sink *sink);
/* true once a write has failed (a reader that went away, too): nothing more is written */
bool sink_failed(const struct sink *sink);
/* forgets what was written to a memory buffer so far */
void sink_reset(struct sink *sink);

/*
 * Flushes and closes; a file is fsynced and renamed into place only when all went well, else its
 * temporary file is removed and an older file stays as it was. Frees the sink.
 * A reader that went away (EPIPE) is ST_OK with *gone = true: nothing more is wanted.
 */
enum status sink_close(struct sink *sink, bool *gone, struct diag *diag);
/* closes and removes what was begun: the run failed elsewhere */
void sink_abort(struct sink *sink);

#endif

/*
 * A file that is replaced whole or not at all: written beside it as PATH.tmp, synced, renamed, the
 * directory synced. Whoever writes holds the lock (state/lock.h), so an old PATH.tmp is what a
 * killed run left behind.
 */
#ifndef STATE_REPLACE_H
#define STATE_REPLACE_H

#include "base/span.h"
#include "base/status.h"

struct replace;

/*
 * Begins PATH.tmp, with mode 0600 or the mode of the file that is there. `path` is no symbolic link
 * (path_real). ST_FAILED with "PATH: reason"; then *replace is NULL.
 */
enum status replace_open(const char *path, struct replace **replace, struct diag *diag);
/* a failure is remembered */
void replace_put(struct replace *replace, struct span bytes);
/*
 * Puts the file in its place and frees `replace`. Any failure: ST_FAILED with "PATH: reason", the
 * old file stays and the temporary goes; only where the directory could not be synced the new file
 * is in place, though a crash may still undo that.
 */
enum status replace_commit(struct replace *replace, struct diag *diag);
/* the old file stays, the temporary goes; frees `replace`; NULL is nothing */
void replace_abort(struct replace *replace);
/* removes the file for good; none is fine */
enum status replace_remove(const char *path, struct diag *diag);

#endif

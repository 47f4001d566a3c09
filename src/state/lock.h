/* One run at a time: an exclusive flock(2) on PATH.lock, which ends with the process. */
#ifndef STATE_LOCK_H
#define STATE_LOCK_H

#include <stdbool.h>

#include "base/status.h"

struct lock;

/*
 * Takes the lock PATH.lock, made with mode 0600 and never removed (who waits for it has it open).
 * Without `wait` ST_FAILED at once when another run holds it, and the message names --wait.
 * *lock is NULL on failure.
 */
enum status lock_take(const char *path, bool wait, struct lock **lock, struct diag *diag);
/* NULL is nothing */
void lock_give(struct lock *lock);

#endif

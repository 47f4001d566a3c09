/* The same work done by several threads at once. */
#ifndef STATE_CREW_H
#define STATE_CREW_H

/*
 * Runs work(context) in up to `threads` threads (at least one, the caller's own, and at most 64),
 * and returns when all have ended. Where a thread cannot be started, fewer do the work.
 */
void crew_run(unsigned threads, void (*work)(void *context), void *context);

#endif

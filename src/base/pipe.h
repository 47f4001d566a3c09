/*
 * A bounded pipe between two threads: one fills slots, the other empties them in the same order.
 * Whole slots change hands, so a lock is taken once per slot and the pipe itself copies nothing.
 */
#ifndef BASE_PIPE_H
#define BASE_PIPE_H

#include <stdbool.h>
#include <stddef.h>

/* four slots keep both sides busy while either is late by a slot or two */
enum { PIPE_SLOTS = 4, PIPE_SLOT_BYTES = 256 * 1024 };

struct pipe;

struct pipe_slot {
	int kind;   /* what the slot says, as the two sides agreed */
	size_t len; /* of bytes[] */
	char bytes[PIPE_SLOT_BYTES];
};

struct pipe *pipe_new(void);
/* when neither side uses it any more; NULL is nothing */
void pipe_free(struct pipe *pipe);

/* the writer's next slot, to be filled; waits for one; NULL once the reader has hung up */
struct pipe_slot *pipe_empty(struct pipe *pipe);
/* hands over the slot that pipe_empty gave last */
void pipe_send(struct pipe *pipe);

/* the reader's slot, the same until pipe_release; waits until one is sent */
struct pipe_slot *pipe_full(struct pipe *pipe);
/* gives back the slot that pipe_full gave last */
void pipe_release(struct pipe *pipe);
/* the reader takes no more: a writer that waits, or asks later, gets NULL */
void pipe_hang_up(struct pipe *pipe);
/* whether the reader has done so: for a writer that is long without anything to send */
bool pipe_hung_up(struct pipe *pipe);

#endif

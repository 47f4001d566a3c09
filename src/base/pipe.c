#include "base/pipe.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/mem.h"

struct pipe {
	pthread_mutex_t lock;
	pthread_cond_t
	    moved;     /* one is enough: a full and an empty pipe are never waited for at once
	                */
	unsigned sent; /* slots in all; wraps, which the differences do not mind */
	unsigned released;
	bool hung_up;
	struct pipe_slot slots[PIPE_SLOTS];
};

struct pipe *pipe_new(void)
{
	struct pipe *pipe = mem_new(1, sizeof *pipe);

	pthread_mutex_init(&pipe->lock, NULL);
	pthread_cond_init(&pipe->moved, NULL);
	return pipe;
}

void pipe_free(struct pipe *pipe)
{
	if (!pipe)
		return;
	pthread_cond_destroy(&pipe->moved);
	pthread_mutex_destroy(&pipe->lock);
	free(pipe);
}

struct pipe_slot *pipe_empty(struct pipe *pipe)
{
	struct pipe_slot *slot;

	pthread_mutex_lock(&pipe->lock);
	while (!pipe->hung_up && pipe->sent - pipe->released == PIPE_SLOTS)
		pthread_cond_wait(&pipe->moved, &pipe->lock);
	slot = pipe->hung_up ? NULL : &pipe->slots[pipe->sent % PIPE_SLOTS];
	pthread_mutex_unlock(&pipe->lock);
	if (slot)
		slot->len = 0;
	return slot;
}

struct pipe_slot *pipe_full(struct pipe *pipe)
{
	struct pipe_slot *slot;

	pthread_mutex_lock(&pipe->lock);
	while (pipe->sent == pipe->released)
		pthread_cond_wait(&pipe->moved, &pipe->lock);
	slot = &pipe->slots[pipe->released % PIPE_SLOTS];
	pthread_mutex_unlock(&pipe->lock);
	return slot;
}

static void move_on(struct pipe *pipe, unsigned *count)
{
	pthread_mutex_lock(&pipe->lock);
	++*count;
	pthread_cond_signal(&pipe->moved);
	pthread_mutex_unlock(&pipe->lock);
}

void pipe_send(struct pipe *pipe)
{
	move_on(pipe, &pipe->sent);
}

void pipe_release(struct pipe *pipe)
{
	move_on(pipe, &pipe->released);
}

void pipe_hang_up(struct pipe *pipe)
{
	pthread_mutex_lock(&pipe->lock);
	pipe->hung_up = true;
	pthread_cond_signal(&pipe->moved);
	pthread_mutex_unlock(&pipe->lock);
}

bool pipe_hung_up(struct pipe *pipe)
{
	bool hung_up;

	pthread_mutex_lock(&pipe->lock);
	hung_up = pipe->hung_up;
	pthread_mutex_unlock(&pipe->lock);
	return hung_up;
}

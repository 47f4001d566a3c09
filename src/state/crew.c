#include "state/crew.h"

#include <pthread.h>

enum { THREADS_MAX = 64 };

struct job {
	void (*work)(void *context);
	void *context;
};

static void *run(void *argument)
{
	const struct job *job = argument;

	job->work(job->context);
	return NULL;
}

void crew_run(unsigned threads, void (*work)(void *context), void *context)
{
	struct job job = {work, context};
	pthread_t others[THREADS_MAX];
	unsigned started = 0;

	while (started + 1 < threads && started + 1 < THREADS_MAX &&
	       !pthread_create(&others[started], NULL, run, &job))
		started++;
	work(context);
	while (started)
		pthread_join(others[--started], NULL);
}

#include "run/worker.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"

enum { TICK_MS = 100 };

struct worker {
	struct work *work;
	pthread_t thread;
	struct reader *reader;
	struct block_buffer buffer;
	struct tally tally;
	struct batch certain;
	struct batch day_first;
	struct batch month_first;
};

static void put(struct worker *w, struct batch *batch, const struct position_report *report,
                int64_t t_ms)
{
	const struct waist *waist = w->work->waist;
	struct position_report *room = batch_room(batch);

	if (room != report)
		*room = *report;
	room->fix.t_ms = t_ms;
	if (waist && waist->drop(waist->context, room))
		return;
	batch_add(batch, w->work->fleet->params.zones);
}

/* one report, to the fleet of each order in which its date can be read */
static void place(struct worker *w, const struct position_report *report,
                  const struct row_reading *reading)
{
	bool day = reading->when == WHEN_ONLY_DAY_FIRST || reading->when == WHEN_EITHER;
	bool month = reading->when == WHEN_ONLY_MONTH_FIRST || reading->when == WHEN_EITHER;

	if (reading->when == WHEN_CERTAIN) {
		put(w, &w->certain, report, reading->t_ms[0]);
		return;
	}
	if (day)
		put(w, &w->day_first, report, reading->t_ms[0]);
	if (month)
		put(w, &w->month_first, report, reading->t_ms[1]);
}

static void read_record(struct worker *w, struct position_report *report,
                        const struct reading *reading)
{
	enum row_outcome outcome = reading->outcome;

	tally_count(&w->tally, reading);
	if (outcome != ROW_USED && outcome != ROW_STATIC)
		return;
	tally_date(&w->tally, report, reading);
	place(w, report, &reading->row);
}

static void *run(void *argument)
{
	struct worker *w = argument;
	struct work *work = w->work;
	struct block block;
	struct reading reading;

	while (splitter_next(work->splitter, &w->buffer, &block)) {
		struct position_report *report;

		reader_begin(w->reader, &block);
		while (reader_next(w->reader, report = batch_room(&w->certain), &reading))
			read_record(w, report, &reading);
		fleet_fold(work->fleet, &w->certain);
		fleet_fold(work->day_first, &w->day_first);
		fleet_fold(work->month_first, &w->month_first);
		reader_forget(w->reader);
	}
	work->done = true;
	return NULL;
}

static void begin(struct worker *w, struct work *work)
{
	w->work = work;
	w->reader = reader_new(work->plan);
	batch_init(&w->certain);
	batch_init(&w->day_first);
	batch_init(&w->month_first);
}

static void end(struct worker *w, struct tally *tally)
{
	tally_lone_parts(&w->tally, reader_lone_parts(w->reader));
	tally_add(tally, &w->tally);
	reader_free(w->reader);
	block_buffer_free(&w->buffer);
	batch_finish(w->work->fleet, &w->certain);
	batch_finish(w->work->day_first, &w->day_first);
	batch_finish(w->work->month_first, &w->month_first);
}

static void wait_for(struct worker *w, void (*tick)(void *context), void *context)
{
	const struct timespec pause = {0, TICK_MS * 1000000};

	while (tick && !w->work->done) {
		nanosleep(&pause, NULL);
		tick(context);
	}
	pthread_join(w->thread, NULL);
}

void work_run(struct work *work, unsigned threads, struct tally *tally, void (*tick)(void *context),
              void *context)
{
	struct worker *workers = mem_new(threads, sizeof *workers);
	unsigned started = 0;

	if (work->plan->in_order)
		threads = 1;
	work->done = false;
	for (unsigned i = 0; i < threads; i++)
		begin(&workers[i], work);
	/* where the system gives no further thread, fewer do; where it gives none, this one does */
	while (started < threads &&
	       pthread_create(&workers[started].thread, NULL, run, &workers[started]) == 0)
		started++;
	if (!started)
		run(&workers[0]);
	for (unsigned i = 0; i < started; i++)
		wait_for(&workers[i], tick, context);
	for (unsigned i = 0; i < threads; i++)
		end(&workers[i], tally);
	free(workers);
}

#include "run/ingest.h"

#include <stdlib.h>

#include "base/mem.h"
#include "run/feed.h"

struct ticker {
	struct ingest *ingest;
	const struct source *source;
};

static void tick(void *context)
{
	struct ticker *t = context;
	const struct ingest_options *options = t->ingest->options;

	options->progress(options->progress_context,
	                  t->ingest->bytes_before + source_taken(t->source),
	                  t->ingest->bytes_total);
}

static void free_dated(struct dated *d)
{
	fleet_free(d->day_first);
	fleet_free(d->month_first);
}

static void join_dated(struct ingest *ingest, struct dated *d, enum when_order order)
{
	fleet_join(ingest->fleet, order == WHEN_DAY_FIRST ? d->day_first : d->month_first);
}

/* a text that decides for itself is joined at once; one that does not waits for the others */
static enum status end_dated(struct ingest *ingest, struct dated *d,
                             const struct input_entry *entry, struct diag *diag)
{
	enum when_order order;
	enum status status = dates_own(entry, &order, diag);

	if (status == ST_OK && order == WHEN_ORDER_UNKNOWN && dates_open(&entry->tally)) {
		ingest->dated =
		    mem_resize(ingest->dated, ingest->dated_count + 1, sizeof *ingest->dated);
		ingest->dated[ingest->dated_count++] = *d;
		return ST_OK;
	}
	if (status == ST_OK && order != WHEN_ORDER_UNKNOWN)
		join_dated(ingest, d, order);
	free_dated(d);
	return status;
}

/* one text of one input, to its end */
static enum status read_text(void *context, struct splitter *splitter,
                             const struct reader_plan *plan, const struct source *source,
                             struct input_entry *entry, struct diag *diag)
{
	struct ingest *ingest = context;
	const struct ingest_options *options = ingest->options;
	struct dated dated = {
	    .entry = (size_t)(entry - ingest->ledger->inputs),
	    .day_first = fleet_new(&ingest->fleet->params),
	    .month_first = fleet_new(&ingest->fleet->params),
	};
	struct ticker ticker = {ingest, source};
	struct work work = {
	    .splitter = splitter,
	    .plan = plan,
	    .fleet = ingest->fleet,
	    .day_first = dated.day_first,
	    .month_first = dated.month_first,
	    .waist = options->waist,
	};

	work_run(&work, options->threads, &entry->tally, options->progress ? tick : NULL, &ticker);
	return end_dated(ingest, &dated, entry, diag);
}

enum status ingest_input(struct ingest *ingest, const char *path, struct diag *diag)
{
	struct intake intake = {
	    .options = &ingest->options->intake,
	    .ledger = ingest->ledger,
	    .read = read_text,
	    .check = feed_input_used,
	    .context = ingest,
	};
	enum status status = intake_input(&intake, path, diag);

	ingest->bytes_before += intake.bytes;
	return status;
}

enum status ingest_finish(struct ingest *ingest, struct diag *diag)
{
	enum status status = dates_decide(ingest->ledger, diag);

	for (size_t i = 0; i < ingest->dated_count && status == ST_OK; i++) {
		struct dated *d = &ingest->dated[i];

		join_dated(ingest, d, ingest->ledger->inputs[d->entry].order);
	}
	return status;
}

void ingest_free(struct ingest *ingest)
{
	for (size_t i = 0; i < ingest->dated_count; i++)
		free_dated(&ingest->dated[i]);
	free(ingest->dated);
}

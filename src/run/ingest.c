#include "run/ingest.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "run/feed.h"
#include "run/worker.h"

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

static bool same_columns(const struct column_map *a, const struct column_map *b)
{
	for (int f = 0; f < FIELD_COUNT; f++) {
		if (a->field[f].column != b->field[f].column)
			return false;
	}
	return a->columns == b->columns && strcmp(a->profile, b->profile) == 0;
}

/* the open decision of inputs with these columns; made at the first of them */
static struct dated *dated_of(struct ingest *ingest, const struct column_map *map)
{
	struct dated *d;

	for (size_t i = 0; i < ingest->dated_count; i++) {
		if (same_columns(&ingest->dated[i].map, map))
			return &ingest->dated[i];
	}
	ingest->dated = mem_resize(ingest->dated, ingest->dated_count + 1, sizeof *ingest->dated);
	d = &ingest->dated[ingest->dated_count++];
	*d = (struct dated){.map = *map,
	                    .day_first = fleet_new(&ingest->fleet->params),
	                    .month_first = fleet_new(&ingest->fleet->params)};
	return d;
}

/* one text of one input, to its end */
static void read_text(void *context, struct splitter *splitter, const struct reader_plan *plan,
                      const struct source *source, struct input_entry *entry)
{
	struct ingest *ingest = context;
	const struct ingest_options *options = ingest->options;
	struct dated *dated = dated_of(ingest, &entry->layout.header.map);
	struct ticker ticker = {ingest, source};
	struct work work = {
	    .splitter = splitter,
	    .plan = plan,
	    .fleet = ingest->fleet,
	    .day_first = dated->day_first,
	    .month_first = dated->month_first,
	};

	work_run(&work, options->threads, &entry->tally, options->progress ? tick : NULL, &ticker);
	dates_add(&dated->votes, &entry->tally);
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

static bool shares(const struct input_entry *entry, const struct dated *d)
{
	return same_columns(&entry->layout.header.map, &d->map);
}

/* the first input that shares the decision */
static const struct input_entry *first_input(const struct ingest *ingest, const struct dated *d)
{
	const struct input_entry *entry = ingest->ledger->inputs;

	while (!shares(entry, d))
		entry++;
	return entry;
}

static enum status decide(struct ingest *ingest, const struct dated *d, struct diag *diag)
{
	struct aisgap_ledger *ledger = ingest->ledger;
	enum when_order order;
	enum status status = dates_decide(&d->votes, first_input(ingest, d), &order, diag);

	if (status != ST_OK || order == WHEN_ORDER_UNKNOWN)
		return status;
	fleet_join(ingest->fleet, order == WHEN_DAY_FIRST ? d->day_first : d->month_first);
	for (size_t i = 0; i < ledger->input_count; i++) {
		if (shares(&ledger->inputs[i], d))
			dates_settle(&ledger->inputs[i], order);
	}
	return ST_OK;
}

enum status ingest_finish(struct ingest *ingest, struct diag *diag)
{
	enum status status = ST_OK;

	for (size_t i = 0; i < ingest->dated_count && status == ST_OK; i++)
		status = decide(ingest, &ingest->dated[i], diag);
	return status;
}

void ingest_free(struct ingest *ingest)
{
	for (size_t i = 0; i < ingest->dated_count; i++) {
		fleet_free(ingest->dated[i].day_first);
		fleet_free(ingest->dated[i].month_first);
	}
	free(ingest->dated);
}

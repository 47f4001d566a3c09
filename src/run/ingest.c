#include "run/ingest.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "input/splitter.h"
#include "run/feed.h"
#include "run/worker.h"

/* of rows that decide the date order, so many in a hundred may contradict the rest: broken rows */
enum { CONTRADICTION_PCT = 1 };

struct ticker {
	struct ingest *ingest;
	const struct splitter *splitter;
};

static void tick(void *context)
{
	struct ticker *t = context;
	const struct ingest_options *options = t->ingest->options;

	options->progress(options->progress_context,
	                  t->ingest->bytes_before + splitter_offset(t->splitter),
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

static void read_rows(struct ingest *ingest, struct splitter *splitter, struct input_entry *entry)
{
	const struct ingest_options *options = ingest->options;
	struct dated *dated = dated_of(ingest, &entry->header.map);
	struct ticker ticker = {ingest, splitter};
	struct work work = {
	    .splitter = splitter,
	    .plan = {.map = entry->header.map, .when = options->when, .any_id = options->any_id},
	    .delimiter = entry->header.delimiter,
	    .fleet = ingest->fleet,
	    .day_first = dated->day_first,
	    .month_first = dated->month_first,
	};

	if (work.plan.when.order == WHEN_ORDER_UNKNOWN)
		work.plan.when.order = entry->header.map.order;
	entry->order = work.plan.when.order;
	row_plan_finish(&work.plan);
	work_run(&work, options->threads, &entry->tally, options->progress ? tick : NULL, &ticker);
	dated->only_day_first += entry->tally.day_first;
	dated->only_month_first += entry->tally.month_first;
	dated->either += entry->tally.either;
}

static enum status read_source(struct ingest *ingest, struct source *source,
                               struct input_entry *entry, struct diag *diag)
{
	struct splitter *splitter = splitter_new(source, ingest->options->block_size);
	struct span head;
	enum status status = splitter_peek(splitter, HEADER_PEEK, &head, diag);

	if (status == ST_OK)
		status = header_detect(head, entry->name, ingest->options->columns, &entry->header,
		                       diag);
	if (status == ST_OK && entry->header.map.imo_is_id && !ingest->options->any_id)
		status = diag_set(diag, ST_NO_FEED,
		                  "%s: no MMSI column; use --any-id to tell vessels apart by "
		                  "their IMO number instead",
		                  entry->name);
	if (status == ST_OK) {
		splitter_start(splitter, entry->header.bytes, entry->header.delimiter);
		read_rows(ingest, splitter, entry);
		status = splitter_status(splitter, diag);
	}
	if (status == ST_OK)
		status = feed_input_used(entry, diag);
	entry->bytes = splitter_offset(splitter);
	ingest->bytes_before += entry->bytes;
	splitter_free(splitter);
	return status;
}

enum status ingest_input(struct ingest *ingest, const char *path, struct diag *diag)
{
	struct source *source = NULL;
	enum status status = source_open(path, &source, diag);
	struct input_entry *entry =
	    ledger_input(ingest->ledger, source ? source_name(source) : path);

	if (status == ST_OK)
		status = read_source(ingest, source, entry, diag);
	if (status != ST_OK)
		span_copy(span_of(diag->text), entry->failure, sizeof entry->failure);
	source_close(source);
	return status;
}

/* tells the ledger's inputs with these columns how their dates were read */
static void settle_inputs(struct aisgap_ledger *ledger, const struct dated *d,
                          enum when_order order)
{
	for (size_t i = 0; i < ledger->input_count; i++) {
		struct input_entry *entry = &ledger->inputs[i];
		struct tally *t = &entry->tally;
		uint64_t outside = order == WHEN_DAY_FIRST ? t->month_first : t->day_first;

		if (!same_columns(&entry->header.map, &d->map))
			continue;
		entry->order = order;
		t->by[ROW_OUTSIDE_ORDER] += outside;
		t->by[ROW_USED] -= outside < t->by[ROW_USED] ? outside : t->by[ROW_USED];
	}
}

/* the first input that shares the decision */
static const struct input_entry *first_input(const struct ingest *ingest, const struct dated *d)
{
	const struct input_entry *entry = ingest->ledger->inputs;

	while (!same_columns(&entry->header.map, &d->map))
		entry++;
	return entry;
}

static enum status decide(struct ingest *ingest, const struct dated *d, struct diag *diag)
{
	uint64_t deciding = d->only_day_first + d->only_month_first;
	bool day = d->only_day_first > d->only_month_first;
	uint64_t against = day ? d->only_month_first : d->only_day_first;

	if (!deciding && !d->either)
		return ST_OK;
	if (!deciding)
		return diag_set(diag, ST_USAGE,
		                "%s: the dates in column \"%.40s\" can be read day first or month "
		                "first, and no row decides; say --time-format day-first or "
		                "--time-format month-first",
		                first_input(ingest, d)->name,
		                first_input(ingest, d)->header.found[FIELD_TIME]);
	if (against * 100 > deciding * CONTRADICTION_PCT)
		return diag_set(diag, ST_USAGE,
		                "%s: %llu rows have dates that are only valid day first and %llu "
		                "only month first; say --time-format day-first or --time-format "
		                "month-first",
		                first_input(ingest, d)->name, (unsigned long long)d->only_day_first,
		                (unsigned long long)d->only_month_first);
	fleet_join(ingest->fleet, day ? d->day_first : d->month_first);
	settle_inputs(ingest->ledger, d, day ? WHEN_DAY_FIRST : WHEN_MONTH_FIRST);
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

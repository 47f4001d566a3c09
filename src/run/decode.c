#include "aisgap/decode.h"

#include <stdlib.h>
#include <string.h>

#include "ais/statics.h"
#include "base/map.h"
#include "base/mem.h"
#include "report/positions.h"
#include "report/sink.h"
#include "run/dates.h"
#include "run/feed.h"
#include "run/inputs.h"
#include "run/intake.h"
#include "run/ledger.h"
#include "run/spool.h"
#include "track/identity.h"

enum { MESSAGE_SAR = 9 };

/* everything that one run owns */
struct decode {
	const struct aisgap_options *options;
	struct aisgap_ledger *ledger;
	struct inputs inputs;
	struct positions positions; /* what is written at once */
	struct spool *spool;        /* of the text at hand, once a date was open */
	struct map print_of;        /* with `statics`: by MMSI, an index into */
	uint64_t *prints;           /* what its last identity record said */
	size_t print_count;
	size_t print_cap;
	uint64_t rows; /* written */
	enum status first;
	struct diag diag;
};

static void fail(struct decode *d, enum status status, const struct diag *diag)
{
	if (d->first != ST_OK)
		return;
	d->first = status;
	d->diag = *diag;
}

/* position reports, untimed ones too, and identity: what detect would use, and aircraft */
static bool wanted(const struct decode *d, const struct position_report *report,
                   const struct reading *reading)
{
	switch (reading->outcome) {
	case ROW_USED:
	case ROW_STATIC:
	case ROW_NO_TIME:
		return true;
	case ROW_SAR:
		return !d->positions.statics && reading->message == MESSAGE_SAR &&
		       report->has_position;
	default:
		return false;
	}
}

/* true when the vessel's identity record differs from its last, which it then is */
static bool is_news(struct decode *d, const struct position_report *report)
{
	uint64_t print = identity_print(&report->statics);
	uint32_t i = map_get(&d->print_of, (uint64_t)report->mmsi);

	if (!statics_any(&report->statics))
		return false;
	if (i != MAP_NONE && d->prints[i] == print)
		return false;
	if (i == MAP_NONE) {
		i = (uint32_t)d->print_count++;
		d->prints =
		    mem_grow(d->prints, &d->print_cap, d->print_count, 1024, sizeof *d->prints);
		map_put(&d->print_of, (uint64_t)report->mmsi, i);
	}
	d->prints[i] = print;
	return true;
}

static void write_row(struct decode *d, const struct position_report *report,
                      const struct reading *reading)
{
	struct positions_row row = {report, reading->message,
	                            reading->row.notes & NOTE_DERIVED_TIME};
	bool timed = reading->outcome != ROW_NO_TIME;

	d->rows++;
	positions_time(&d->positions, timed ? reading->row.t_ms[0] : POSITIONS_NO_TIME);
	positions_rest(&d->positions, &row);
}

static void spool_row(struct decode *d, const struct position_report *report,
                      const struct reading *reading)
{
	struct positions memory = d->positions;
	struct positions_row row = {report, reading->message, false};
	struct diag diag;

	memory.sink = sink_memory();
	positions_rest(&memory, &row);
	if (!d->spool && spool_open(&d->spool, &diag) != ST_OK)
		fail(d, ST_FAILED, &diag);
	if (d->spool)
		spool_add(d->spool, &reading->row, sink_bytes(memory.sink));
	sink_abort(memory.sink);
}

/* as worker.c counts the rows whose dates are open */
static void count_open(struct tally *tally, const struct position_report *report,
                       const struct reading *reading)
{
	if (!report->has_position)
		return;
	tally->day_first += reading->row.when == WHEN_ONLY_DAY_FIRST;
	tally->month_first += reading->row.when == WHEN_ONLY_MONTH_FIRST;
	tally->either += reading->row.when == WHEN_EITHER;
}

static void read_record(struct decode *d, struct tally *tally, const struct position_report *report,
                        const struct reading *reading)
{
	bool open = reading->outcome != ROW_NO_TIME && reading->row.when != WHEN_CERTAIN;

	tally_count(tally, reading);
	if (!wanted(d, report, reading))
		return;
	if (open)
		count_open(tally, report, reading);
	if (d->positions.statics && !is_news(d, report))
		return;
	/* rows keep their order, so behind an open one all wait */
	if (open || d->spool)
		spool_row(d, report, reading);
	else
		write_row(d, report, reading);
}

static void write_spooled(void *context, int64_t t_ms, struct span rest)
{
	struct decode *d = context;

	d->rows++;
	positions_time(&d->positions, t_ms);
	sink_put(d->positions.sink, rest);
}

static void settle(struct decode *d, struct input_entry *entry)
{
	struct date_votes votes = {0};
	enum when_order order;
	struct diag diag;
	enum status status;

	if (!d->spool)
		return;
	dates_add(&votes, &entry->tally);
	status = dates_decide(&votes, entry, &order, &diag);
	if (status == ST_OK)
		status = spool_read(d->spool, order, write_spooled, d, &diag);
	if (status == ST_OK && order != WHEN_ORDER_UNKNOWN)
		dates_settle(entry, order);
	if (status != ST_OK)
		fail(d, status, &diag);
	spool_close(d->spool);
	d->spool = NULL;
}

static void read_text(void *context, struct splitter *splitter, const struct reader_plan *plan,
                      const struct source *source, struct input_entry *entry)
{
	struct decode *d = context;
	struct reader *reader = reader_new(plan);
	struct block_buffer buffer = {0};
	struct position_report report = {0};
	struct reading reading;
	struct block block;

	(void)source;
	while (splitter_next(splitter, &buffer, &block)) {
		reader_begin(reader, &block);
		while (reader_next(reader, &report, &reading))
			read_record(d, &entry->tally, &report, &reading);
		reader_forget(reader);
	}
	tally_lone_parts(&entry->tally, reader_lone_parts(reader));
	reader_free(reader);
	block_buffer_free(&buffer);
	settle(d, entry);
}

static enum status choose_format(struct decode *d, struct diag *diag)
{
	const struct aisgap_options *o = d->options;
	const char *dot = o->output ? strrchr(o->output, '.') : NULL;
	bool json = dot && (strcmp(dot, ".ndjson") == 0 || strcmp(dot, ".jsonl") == 0);

	if (o->format) {
		json = strcmp(o->format, "ndjson") == 0;
		if (!json && strcmp(o->format, "csv") != 0)
			return diag_set(diag, ST_USAGE, "--format: '%.60s' is none of csv, ndjson",
			                o->format);
	}
	d->positions.format = json ? POSITIONS_NDJSON : POSITIONS_CSV;
	return ST_OK;
}

static enum status read_inputs(struct decode *d, struct diag *diag)
{
	struct intake intake = {
	    .options = &d->inputs.intake,
	    .ledger = d->ledger,
	    .read = read_text,
	    .check = feed_input_decoded,
	    .context = d,
	};

	positions_head(&d->positions);
	for (size_t i = 0; i < d->inputs.count && d->first != ST_USAGE; i++) {
		enum status status = intake_input(&intake, d->inputs.paths[i], diag);

		if (status != ST_OK)
			fail(d, status, diag);
	}
	*diag = d->diag;
	if (d->first == ST_USAGE || !d->rows)
		return d->first;
	return feed_check(d->ledger, d->options->max_bad_pct, diag);
}

static enum status run(struct decode *d, struct diag *diag)
{
	enum status status = inputs_prepare(&d->inputs, d->options, diag);

	if (status == ST_OK)
		status = choose_format(d, diag);
	if (status == ST_OK)
		status = sink_open(d->options->output, &d->positions.sink, diag);
	if (status != ST_OK)
		return status;
	status = read_inputs(d, diag);
	if (status == ST_OK)
		return sink_close(d->positions.sink, &d->ledger->reader_gone, diag);
	sink_abort(d->positions.sink);
	return status;
}

enum aisgap_status aisgap_decode(const struct aisgap_options *options, bool statics,
                                 struct aisgap_ledger **ledger, char message[512])
{
	struct diag diag = {""};
	struct decode d = {.options = options, .positions.statics = statics};
	enum status status;

	d.ledger = mem_new(1, sizeof *d.ledger);
	status = run(&d, &diag);
	ledger_conclude(d.ledger, status, &diag, d.first == ST_OK ? NULL : &d.diag);
	span_copy(span_of(d.ledger->message), message, 512);
	inputs_free(&d.inputs);
	map_free(&d.print_of);
	free(d.prints);
	*ledger = d.ledger;
	return (enum aisgap_status)d.ledger->result;
}

#include "aisgap/decode.h"

#include <stdlib.h>
#include <string.h>

#include "report/positions.h"
#include "report/sink.h"
#include "run/dates.h"
#include "run/feed.h"
#include "run/inputs.h"
#include "run/intake.h"
#include "run/ledger.h"
#include "run/news.h"
#include "run/spool.h"

enum { MESSAGE_SAR = 9 };

/* everything that one run owns */
struct decode {
	const struct aisgap_options *options;
	struct aisgap_ledger *ledger;
	struct inputs inputs;
	struct positions positions; /* what is written at once */
	struct spool *spool;        /* once a date was open: all rows from there on */
	struct sink *rest;          /* one spooled row's text */
	struct news news;           /* of identity records */
};

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
		return !d->positions.statics && reading->row.message == MESSAGE_SAR &&
		       report->has_position;
	default:
		return false;
	}
}

static enum status spool_row(struct decode *d, size_t entry, const struct positions_row *row,
                             const struct row_reading *reading, struct diag *diag)
{
	struct positions memory = d->positions;

	if (!d->spool) {
		enum status status = spool_open(&d->spool, diag);

		if (status != ST_OK)
			return status;
		d->rest = sink_memory();
	}
	memory.sink = d->rest;
	sink_reset(d->rest);
	positions_rest(&memory, row);
	spool_add(d->spool, entry, reading, sink_bytes(d->rest));
	return ST_OK;
}

static enum status put_row(struct decode *d, size_t entry, const struct position_report *report,
                           const struct reading *reading, struct diag *diag)
{
	enum when_result when = reading->row.when;
	struct positions_row row = {report, reading->row.message,
	                            reading->row.notes & NOTE_DERIVED_TIME};

	/* rows keep their order, so behind an open date all wait */
	if (d->spool || (when != WHEN_CERTAIN && when != WHEN_BAD))
		return spool_row(d, entry, &row, &reading->row, diag);
	positions_time(&d->positions, when == WHEN_BAD ? POSITIONS_NO_TIME : reading->row.t_ms[0]);
	positions_rest(&d->positions, &row);
	return ST_OK;
}

static enum status read_record(struct decode *d, size_t entry, struct tally *tally,
                               const struct position_report *report, const struct reading *reading,
                               struct diag *diag)
{
	tally_count(tally, reading);
	if (!wanted(d, report, reading))
		return ST_OK;
	tally_date(tally, report, reading);
	if (d->positions.statics && !news_tell(&d->news, report))
		return ST_OK;
	return put_row(d, entry, report, reading, diag);
}

static enum status read_block(struct decode *d, size_t entry, struct reader *reader,
                              struct tally *tally, struct diag *diag)
{
	struct position_report report = {0};
	struct reading reading;
	enum status status = ST_OK;

	while (status == ST_OK && reader_next(reader, &report, &reading))
		status = read_record(d, entry, tally, &report, &reading, diag);
	reader_forget(reader);
	return status;
}

/* one text of one input, to its end, or until nobody wants more */
static enum status read_text(void *context, struct splitter *splitter,
                             const struct reader_plan *plan, const struct source *source,
                             struct input_entry *entry, struct diag *diag)
{
	struct decode *d = context;
	size_t place = (size_t)(entry - d->ledger->inputs);
	struct reader *reader = reader_new(plan);
	struct block_buffer buffer = {0};
	struct block block;
	enum status status = ST_OK;

	(void)source;
	while (status == ST_OK && !sink_failed(d->positions.sink) &&
	       splitter_next(splitter, &buffer, &block)) {
		reader_begin(reader, &block);
		status = read_block(d, place, reader, &entry->tally, diag);
	}
	tally_lone_parts(&entry->tally, reader_lone_parts(reader));
	reader_free(reader);
	block_buffer_free(&buffer);
	return status;
}

static void write_spooled(void *context, int64_t t_ms, struct span rest)
{
	struct decode *d = context;

	positions_time(&d->positions, t_ms);
	sink_put(d->positions.sink, rest);
}

/* by --format, else by the output's ending, else CSV */
static enum status choose_format(struct decode *d, struct diag *diag)
{
	static const struct {
		const char *name;
		enum positions_format format;
	} NAMES[] = {
	    {"csv", POSITIONS_CSV}, {"ndjson", POSITIONS_NDJSON}, {"jsonl", POSITIONS_NDJSON}};
	const struct aisgap_options *o = d->options;
	const char *base = o->output ? strrchr(o->output, '/') : NULL;
	const char *name = o->format;

	base = base ? base + 1 : o->output;
	if (!name && base && *base && strchr(base + 1, '.'))
		name = strrchr(base, '.') + 1;
	if (!name)
		return ST_OK;
	for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
		if (strcmp(name, NAMES[i].name) == 0) {
			d->positions.format = NAMES[i].format;
			return ST_OK;
		}
	}
	if (o->format)
		return diag_set(diag, ST_USAGE, "--format: '%.60s' is none of csv, ndjson", name);
	return diag_set(diag, ST_USAGE,
	                "--output: no format has the ending of '%.200s'; say which with --format",
	                o->output);
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
	enum status status = ST_OK;

	positions_head(&d->positions);
	for (size_t i = 0; i < d->inputs.count && status == ST_OK; i++) {
		if (!sink_failed(d->positions.sink))
			status = intake_input(&intake, d->inputs.paths[i], diag);
	}
	if (status == ST_OK)
		status = dates_decide(d->ledger, diag);
	if (status == ST_OK && d->spool)
		status = spool_read(d->spool, d->ledger, write_spooled, d, diag);
	if (status != ST_OK)
		return status;
	return feed_check(d->ledger, d->options->max_bad_pct, &FEED_DECODE, diag);
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

	d.ledger = ledger_new();
	d.ledger->threads = 1;
	ledger_conclude(d.ledger, run(&d, &diag), &diag);
	span_copy(span_of(d.ledger->message), message, 512);
	inputs_free(&d.inputs);
	spool_close(d.spool);
	if (d.rest)
		sink_abort(d.rest);
	news_free(&d.news);
	*ledger = d.ledger;
	return (enum aisgap_status)d.ledger->result;
}

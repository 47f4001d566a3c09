#include "run/stream.h"

#include <string.h>

#include "base/utc.h"
#include "input/inflate_magic.h"
#include "input/reader.h"
#include "input/splitter.h"
#include "run/feed.h"
#include "text/record.h"

enum {
	LOOKED_MAX = 256,
	LOOK_EVERY = 1000,
	/* from so many MMSIs on, feed time is what three of them bear out (clock_feed_time) */
	LARGE_FEED = 10,
	/* what JSON may need to show its first record: the longest, and a wrapper as long before */
	JSON_HEAD = 2 * SPLIT_LINE_MAX + FORMAT_HEAD,
};

/*
 * When to ask for feed time, which is a question over all hours that were heard: at the first
 * report of an MMSI in an hour, since the last pass, that may move it to another minute.
 */
struct minutes {
	int64_t next_ms; /* the whole minute that feed time comes to next */
	bool begun;      /* it is set */
	bool steady;     /* feed time cannot go back any more */
	uint32_t since;  /* position reports since feed time was asked for */
	uint32_t count;
	struct {
		int64_t mmsi;
		int64_t hour;
		bool ahead;
	} looked[LOOKED_MAX];
};

struct reading_stream {
	const struct stream *stream;
	size_t input; /* its entry in the ledger */
	struct source *source;
	struct splitter *splitter;
	struct reader *reader;
	struct block_buffer buffer;
	struct batch batch;
	struct minutes minutes;
};

static struct input_entry *entry_of(const struct reading_stream *f)
{
	return &f->stream->ledger->inputs[f->input];
}

/* false when the likes of it were looked at already, or there is no room to remember it */
static bool is_new(struct minutes *m, int64_t mmsi, int64_t hour, bool ahead)
{
	uint32_t i = 0;

	while (i < m->count && (m->looked[i].mmsi != mmsi || m->looked[i].hour != hour ||
	                        m->looked[i].ahead != ahead))
		i++;
	if (i < m->count || i == LOOKED_MAX)
		return false;
	m->looked[i].mmsi = mmsi;
	m->looked[i].hour = hour;
	m->looked[i].ahead = ahead;
	m->count++;
	return true;
}

/*
 * A clock in 2037 must neither be looked at with each of its reports nor, where new hours of
 * it have filled the list, keep the others from being looked at. As long as feed time can go back,
 * reports of times before it may be what takes it there.
 */
static bool is_due(struct minutes *m, int64_t mmsi, int64_t t_ms)
{
	bool ahead = t_ms >= m->next_ms;
	bool behind = !m->steady && t_ms < m->next_ms - MINUTE_MS;

	m->since++;
	if (!m->begun)
		return true;
	if (!ahead && !behind)
		return false;
	return m->since >= LOOK_EVERY || is_new(m, mmsi, utc_floor_div(t_ms, HOUR_MS), ahead);
}

/* vessels only become more, and three that bear each other out are never fewer */
static bool is_steady(const struct fleet *fleet)
{
	int64_t t_ms;

	return fleet_vessel_count(fleet) >= LARGE_FEED && clock_witnessed(&fleet->clock, &t_ms);
}

/* true when feed time has left the minute it was in; false, too, when it has just got its first */
static bool leaves_minute(struct minutes *m, int64_t feed_ms)
{
	bool passes = m->begun && (feed_ms >= m->next_ms || feed_ms < m->next_ms - MINUTE_MS);

	if (passes || !m->begun)
		m->next_ms = (utc_floor_div(feed_ms, MINUTE_MS) + 1) * MINUTE_MS;
	if (passes)
		m->count = 0;
	m->begun = true;
	m->since = 0;
	return passes;
}

static enum status look(struct reading_stream *f, struct diag *diag)
{
	const struct stream *stream = f->stream;
	struct minutes *m = &f->minutes;
	int64_t feed_ms;

	batch_flush(stream->fleet, &f->batch);
	if (!fleet_feed_time(stream->fleet, &feed_ms))
		return ST_OK;
	m->steady = m->steady || is_steady(stream->fleet);
	return leaves_minute(m, feed_ms) ? stream->pass(stream->context, feed_ms, diag) : ST_OK;
}

static enum status refuse_date(struct input_entry *entry, struct diag *diag)
{
	const char *column = entry->layout.header.found[FIELD_TIME];
	struct diag why;

	diag_set(&why, ST_USAGE,
	         "%s: the dates %s%.40s%s can be read day first or month first, and a stream is "
	         "not read twice to decide; say --time-format day-first or --time-format "
	         "month-first",
	         entry->name, *column ? "in column \"" : "beside the sentences", column,
	         *column ? "\"" : "");
	ledger_fail(entry, ST_USAGE, &why);
	return diag_set(diag, ST_USAGE, "%s", why.text);
}

/* one record, whose report stands in the batch's room */
static enum status take(struct reading_stream *f, struct position_report *report,
                        const struct reading *reading, struct diag *diag)
{
	struct input_entry *entry = entry_of(f);

	tally_count(&entry->tally, reading);
	if (reading->outcome != ROW_USED && reading->outcome != ROW_STATIC)
		return ST_OK;
	tally_date(&entry->tally, report, reading);
	if (reading->row.when == WHEN_BAD)
		return ST_OK;
	if (reading->row.when != WHEN_CERTAIN)
		return refuse_date(entry, diag);
	report->fix.t_ms = reading->row.t_ms[0];
	batch_add(&f->batch, f->stream->fleet->params.zones);
	if (!report->has_position || !is_due(&f->minutes, report->mmsi, report->fix.t_ms))
		return ST_OK;
	return look(f, diag);
}

static enum status read_block(struct reading_stream *f, const struct block *block,
                              struct diag *diag)
{
	struct position_report *report;
	enum status status = ST_OK;
	struct reading reading;

	reader_begin(f->reader, block);
	while (status == ST_OK && reader_next(f->reader, report = batch_room(&f->batch), &reading))
		status = take(f, report, &reading, diag);
	batch_flush(f->stream->fleet, &f->batch);
	reader_forget(f->reader);
	entry_of(f)->bytes = splitter_offset(f->splitter);
	return status;
}

/* all blocks, and the last pass */
static enum status read_blocks(struct reading_stream *f, struct diag *diag)
{
	const struct stream *stream = f->stream;
	enum status status = ST_OK;
	struct block block;
	int64_t feed_ms;

	while (status == ST_OK && splitter_next(f->splitter, &f->buffer, &block))
		status = read_block(f, &block, diag);
	tally_lone_parts(&entry_of(f)->tally, reader_lone_parts(f->reader));
	entry_of(f)->bytes = splitter_offset(f->splitter);
	if (status == ST_OK && entry_of(f)->tally.by[ROW_USED] &&
	    fleet_feed_time(stream->fleet, &feed_ms))
		status = stream->pass(stream->context, feed_ms, diag);
	return status;
}

/* whether what was read will do; nothing need have come before it was stopped */
static enum status check(const struct reading_stream *f, struct diag *diag)
{
	const struct input_entry *entry = entry_of(f);
	enum status status = splitter_status(f->splitter, diag);

	if (status != ST_OK || (source_is_cut(f->source) && !entry->tally.rows))
		return status;
	return feed_input_used(entry, diag);
}

static enum status read_records(struct reading_stream *f, struct diag *diag)
{
	struct input_entry *entry = entry_of(f);
	struct diag lost = {""};
	struct reader_plan plan;
	enum status status;
	enum status reading;

	reader_plan(&plan, &entry->layout, f->stream->layout);
	entry->order = plan.rows.when.order;
	f->splitter = splitter_new(f->source, BLOCK_SIZE, plan.style,
	                           entry->layout.header.delimiter, entry->layout.header.bytes);
	splitter_set_eager(f->splitter);
	f->reader = reader_new(&plan);
	batch_init(&f->batch);
	status = read_blocks(f, diag);
	reading = status == ST_OK ? check(f, &lost) : ST_OK;
	if (reading != ST_OK)
		ledger_fail(entry_of(f), reading, &lost);
	batch_finish(f->stream->fleet, &f->batch);
	reader_free(f->reader);
	splitter_free(f->splitter);
	block_buffer_free(&f->buffer);
	return status;
}

static enum status refuse_packed(const char *name, const char *kind, struct diag *diag)
{
	return diag_set(diag, ST_USAGE, "%s: a %s; unpack it first: zcat FILE | aisgap --follow",
	                name, kind);
}

/* of a head behind which more may come, only the whole lines */
static struct span known_of(const struct source *source, struct span head, size_t want)
{
	bool ended = live_ended(source) && !source_is_cut(source);

	if (head.len && head.len < want && !ended)
		head.len = record_cut(head.ptr, head.len, ',', false);
	return head;
}

/* a text of a kind that is read, but which may not yet have shown what is needed */
static bool may_show_more(const struct layout *layout, struct span head, size_t *want)
{
	if (layout->format == FORMAT_DETECT)
		return false;
	if (head.len < *want)
		return true;
	if (layout->format != FORMAT_JSON || *want == JSON_HEAD)
		return false;
	*want = JSON_HEAD;
	return true;
}

/*
 * Waits for as much as tells the layout. A stream may begin with what no export begins with: a
 * greeting, sentences of other instruments, ships' names for minutes.
 */
static enum status read_layout(struct reading_stream *f, struct diag *diag)
{
	struct input_entry *entry = entry_of(f);
	size_t want = FORMAT_HEAD;

	for (;;) {
		struct span head = live_peek(f->source, want);
		const char *kind = inflate_kind(head);
		enum status status;
		size_t got;
		char none;

		if (kind)
			return refuse_packed(entry->name, kind, diag);
		if (!head.len && source_read(f->source, &none, 1, &got, diag) != ST_OK)
			return ST_FAILED;
		status = layout_detect(known_of(f->source, head, want), entry->name,
		                       f->stream->layout, &entry->layout, diag);
		if (status != ST_NO_FEED || live_ended(f->source) ||
		    !may_show_more(&entry->layout, head, &want))
			return status;
		layout_free(&entry->layout);
	}
}

/* stopped before anything whole came */
static bool nothing_came(const struct reading_stream *f)
{
	return source_is_cut(f->source) &&
	       !known_of(f->source, source_peek(f->source, 0), SIZE_MAX).len;
}

static enum status read_source(struct reading_stream *f, struct diag *diag)
{
	struct diag lost = {""};
	enum status status = read_layout(f, &lost);

	if (status == ST_OK)
		return read_records(f, diag);
	if (nothing_came(f))
		return ST_OK;
	ledger_fail(entry_of(f), status, &lost);
	return status == ST_USAGE ? diag_set(diag, status, "%s", lost.text) : ST_OK;
}

enum status stream_run(struct stream *stream, const char *path, struct diag *diag)
{
	const char *name = strcmp(path, "-") == 0 ? "(standard input)" : path;
	struct reading_stream f = {.stream = stream, .input = stream->ledger->input_count};
	struct diag lost = {""};
	enum status status = live_open(path, &stream->live, &f.source, &lost);

	if (status == ST_USAGE)
		return diag_set(diag, status, "%s", lost.text);
	ledger_input(stream->ledger, name);
	if (status != ST_OK) {
		ledger_fail(entry_of(&f), status, &lost);
		return ST_OK;
	}
	status = read_source(&f, diag);
	source_close(f.source);
	return status;
}

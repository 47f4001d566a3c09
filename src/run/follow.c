/*
 * An endless feed: whenever its clock has passed a minute, what changed since the last time is
 * written. What a batch run would do at that moment is done: forget, judge, compare.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "aisgap/follow.h"
#include "run/feed.h"
#include "run/options.h"
#include "run/session.h"
#include "run/stream.h"

enum {
	CHECKPOINT_S = 60,
	ROWS_LEAST = 100, /* of a minute: fewer say nothing of a feed */
	POST_PAUSE_S =
	    30, /* after a failed post: the feed must not wait for a server that is down */
};

struct following {
	struct aisgap_options options; /* the caller's, with changes */
	struct session session;
	const struct aisgap_follow_hooks *hooks;
	struct sink *sink;
	bool begun;    /* the writer wrote its first word */
	void *writing; /* its state from there on */
	struct due *due;
	uint64_t rows; /* in all, and unreadable ones, when the feed was looked at last */
	uint64_t bad;
	double looked_s; /* when that was; likewise below */
	double saved_s;
	double post_failed_s;
	bool unsaved;
	enum status status; /* of what failed in between */
	struct diag diag;
};

static double now_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static enum status check(const struct following *f, struct diag *diag)
{
	const struct aisgap_options *o = &f->options;
	const char *output = o->output && strcmp(o->output, "-") != 0 ? o->output : NULL;
	struct stat st;

	if (o->as_of_ms != AISGAP_NO_TIME)
		return diag_set(diag, ST_USAGE,
		                "--follow judges by the feed's own clock; leave --as-of out");
	if (o->input_count > 1)
		return diag_set(diag, ST_USAGE, "--follow reads one stream; %zu are named",
		                o->input_count);
	if (output && (stat(output, &st) != 0 || S_ISREG(st.st_mode)))
		return diag_set(diag, ST_USAGE,
		                "--follow writes a stream without end; use '>> %.200s' in place of "
		                "--output",
		                output);
	return ST_OK;
}

static bool streams(const struct writer *writer)
{
	return strcmp(writer->name, "csv") == 0 || strcmp(writer->name, "ndjson") == 0;
}

static enum status prepare(struct following *f, struct diag *diag)
{
	struct session *s = &f->session;
	enum status status = check(f, diag);

	f->options.changes = true;
	if (status == ST_OK)
		status = session_prepare(s, diag);
	if (status == ST_OK && !streams(s->output.writer))
		status = diag_set(diag, ST_USAGE, "--follow writes csv or ndjson, not %s",
		                  s->output.writer->name);
	if (status == ST_OK)
		status = session_begin(s, diag);
	if (status == ST_OK && s->delivery.post)
		status = due_read(s->delivery.due_path, &f->due, diag);
	return status;
}

/* the stream is opened before anything is read, but nothing is written to it before a feed was seen
 */
static enum status open_output(struct following *f, struct diag *diag)
{
	return output_is_written(&f->session.output) ? sink_open(f->options.output, &f->sink, diag)
	                                             : ST_OK;
}

static void begin_output(struct following *f)
{
	const char *names[AREAS_MAX];
	struct report_head head = view_head(f->session.view, names);
	struct writer_options options = output_options(&f->session.output);

	if (f->begun)
		return;
	f->writing = f->session.output.writer->begin(f->sink, &head, &options);
	f->begun = true;
}

/* the rows of the changes at hand; false when they could not be written, which ends the run */
static bool write_rows(struct following *f)
{
	const struct changes *changes = &f->session.delivery.delta.changes;

	if (!f->sink)
		return true;
	begin_output(f);
	for (size_t i = 0; i < changes->count; i++) {
		struct record record;

		delta_record(&changes->at[i], &record);
		f->session.output.writer->row(f->writing, f->sink, &record);
	}
	sink_flush(f->sink);
	return !sink_failed(f->sink);
}

static void warn(const struct following *f, const char *text)
{
	if (f->hooks->warn)
		f->hooks->warn(f->hooks->context, text);
}

/* what cannot be posted now stays due: the feed does not wait */
static enum status post_rows(struct following *f, bool last, struct diag *diag)
{
	struct diag why;
	enum status status = delivery_queue(&f->session.delivery, f->session.view, f->due, diag);

	if (status != ST_OK || !due_count(f->due))
		return status;
	if (!last && f->post_failed_s > 0 && now_s() - f->post_failed_s < POST_PAUSE_S)
		return ST_OK;
	status = due_deliver(f->due, f->session.delivery.due_path, f->session.delivery.post, &why);
	f->session.ledger->due = due_count(f->due);
	if (status != ST_OK && f->post_failed_s <= 0)
		warn(f, why.text);
	f->post_failed_s = status == ST_OK ? 0 : now_s();
	if (last && status != ST_OK)
		return diag_set(diag, status, "%s", why.text);
	return ST_OK;
}

static enum status save(struct following *f, struct diag *diag)
{
	enum status status = ST_OK;

	if (!f->session.saved.path || !f->unsaved)
		return ST_OK;
	fleet_settle(f->session.fleet);
	status = saved_store(&f->session.saved, &f->session.watch.params, f->session.fleet,
	                     options_threads(&f->options), diag);
	if (status == ST_OK)
		status = sent_write(f->session.delivery.sent_path,
		                    &f->session.delivery.delta.before, diag);
	f->saved_s = now_s();
	f->unsaved = status != ST_OK;
	return status;
}

static enum status report_changes(struct following *f, int64_t feed_ms, struct diag *diag)
{
	struct delta *delta = &f->session.delivery.delta;
	enum status status = ST_OK;

	view_judge(f->session.view, feed_ms, false, f->session.ledger);
	delta_find(delta, f->session.view, f->session.ledger);
	if (!write_rows(f))
		return ST_OK;
	f->session.ledger->rows += delta->changes.count;
	if (f->session.delivery.post)
		status = post_rows(f, false, diag);
	if (status == ST_OK)
		delta_advance(delta);
	return status;
}

static enum status pass(void *context, int64_t feed_ms, struct diag *diag)
{
	struct following *f = context;
	enum status status;

	fleet_settle(f->session.fleet);
	f->session.ledger->heard = true;
	f->unsaved = true;
	status = saved_forget(&f->session.saved, f->session.fleet, f->options.keep_ms, NULL, diag);
	f->session.ledger->horizon_ms = f->session.fleet->horizon_ms;
	if (status == ST_OK)
		status = report_changes(f, feed_ms, diag);
	if (status == ST_OK && now_s() - f->saved_s >= CHECKPOINT_S)
		status = save(f, diag);
	return status;
}

/* a feed that turned into something else must not look like one without gaps */
static void look_at_feed(struct following *f)
{
	const struct input_entry *entry = &f->session.ledger->inputs[0];
	uint64_t rows = entry->tally.rows - f->rows;
	uint64_t bad = tally_bad(&entry->tally) - f->bad;
	char text[256];

	if (now_s() - f->looked_s < CHECKPOINT_S || rows < ROWS_LEAST)
		return;
	f->looked_s = now_s();
	f->rows += rows;
	f->bad += bad;
	if ((double)bad * 100 <= (double)rows * f->options.max_bad_pct)
		return;
	snprintf(text, sizeof text,
	         "%.100s: of the last %llu rows %llu cannot be read; is it still the same feed?",
	         entry->name, (unsigned long long)rows, (unsigned long long)bad);
	warn(f, text);
}

/* now and then, between two reads and while nothing comes */
static void idle(void *context)
{
	struct following *f = context;

	if (f->session.ledger->input_count)
		look_at_feed(f);
	if (f->status == ST_OK && now_s() - f->saved_s >= CHECKPOINT_S)
		f->status = save(f, &f->diag);
}

static bool stop(void *context)
{
	const struct following *f = context;

	return f->status != ST_OK || (f->hooks->stop && f->hooks->stop(f->hooks->context)) ||
	       (f->sink && sink_failed(f->sink));
}

static enum status follow(struct following *f, struct diag *diag)
{
	struct stream loop = {
	    .layout = &f->session.inputs.intake.layout,
	    .fleet = f->session.fleet,
	    .ledger = f->session.ledger,
	    .live = {.stop = stop, .idle = idle, .context = f},
	    .pass = pass,
	    .context = f,
	};
	enum status status = stream_run(&loop, f->session.inputs.paths[0], diag);

	if (status == ST_OK && f->status != ST_OK)
		status = diag_set(diag, f->status, "%s", f->diag.text);
	return status;
}

/* ends the output; what is due is tried once more, and all is saved */
static enum status finish(struct following *f, struct diag *diag)
{
	enum status status = ST_OK;

	if (f->session.delivery.post)
		status = post_rows(f, true, diag);
	if (f->sink) {
		struct sink *sink = f->sink;
		enum status closed;

		if (f->begun)
			f->session.output.writer->end(f->writing, sink);
		f->sink = NULL;
		closed = sink_close(sink, &f->session.ledger->reader_gone,
		                    status == ST_OK ? diag : NULL);
		status = status == ST_OK ? closed : status;
	}
	if (save(f, status == ST_OK ? diag : NULL) != ST_OK)
		status = ST_FAILED;
	return status;
}

static enum status run_all(struct following *f, struct diag *diag)
{
	enum status status = prepare(f, diag);

	if (status == ST_OK)
		status = open_output(f, diag);
	if (status != ST_OK)
		return status;
	f->saved_s = now_s();
	f->looked_s = f->saved_s;
	f->session.ledger->threads = 1;
	status = follow(f, diag);
	/* one that was told to stop may have heard nothing yet */
	if (status == ST_OK && !stop(f))
		status = feed_check(f->session.ledger, f->options.max_bad_pct, &FEED_DETECT, diag);
	return status == ST_OK ? finish(f, diag) : status;
}

enum aisgap_status aisgap_follow(const struct aisgap_options *options,
                                 const struct aisgap_follow_hooks *hooks,
                                 struct aisgap_ledger **ledger, char message[512])
{
	struct following f = {.options = *options, .hooks = hooks};
	struct diag diag = {""};
	enum status status;

	session_init(&f.session, SESSION_FOLLOW, &f.options);
	status = run_all(&f, &diag);
	if (f.sink && f.begun)
		f.session.output.writer->end(f.writing, f.sink);
	if (f.sink)
		sink_abort(f.sink);
	due_free(f.due);
	return session_end(&f.session, status, &diag, ledger, message);
}

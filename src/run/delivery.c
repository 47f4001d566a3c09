#include "run/delivery.h"

#include <stdlib.h>

#include "base/num.h"
#include "base/path.h"
#include "report/numbers.h"
#include "run/printing.h"

/* a server may well take a minute */
enum { ONCE_ANSWER_S = 75 };

static enum status open_post(struct delivery *d, bool once, struct diag *diag)
{
	const struct aisgap_options *o = d->output->options;
	struct http_post_options options = {.header_file = o->post_header_file,
	                                    .header_text = span_of(o->post_headers),
	                                    .tries = once ? 1 : 0,
	                                    .answer_s = once ? ONCE_ANSWER_S : 0};
	struct diag why;
	enum status status;

	if (!o->post)
		return ST_OK;
	status = http_post_open(o->post, &options, &d->post, &why);
	return status == ST_OK ? ST_OK : diag_set(diag, status, "--post: %s", why.text);
}

enum status delivery_prepare(struct delivery *d, const struct output *output, const char *path,
                             bool once, struct diag *diag)
{
	enum status status;

	*d = (struct delivery){.output = output};
	if (path) {
		d->sent_path = path_with(path, ".sent");
		d->due_path = path_with(path, ".due");
	}
	status = open_post(d, once, diag);
	if (status == ST_OK)
		status = due_read(d->due_path, &d->due, diag);
	if (status == ST_OK && d->sent_path && output->options->changes)
		status = delta_read(&d->delta, d->sent_path, &d->told_before, diag);
	return status;
}

static size_t rows(const struct delivery *d, const struct view *view)
{
	return d->output->options->changes ? d->delta.changes.count : view->gaps.count;
}

static void print_gaps(struct printing *printing, const struct view *view)
{
	for (size_t i = 0; i < view->gaps.count; i++) {
		struct record record;

		view_record(view, i, &record);
		printing_row(printing, &record);
	}
}

/* the report's text, or none at all where there is nothing and that is what was asked for */
static void render(const struct delivery *d, const struct view *view, struct sink *sink)
{
	struct printing printing;

	if (!rows(d, view) && d->output->options->if_any)
		return;
	printing_begin(&printing, d->output, view, sink);
	if (d->output->options->changes)
		printing_changes(&printing, &d->delta.changes);
	else
		print_gaps(&printing, view);
	printing_end(&printing);
}

static enum status write_out(const struct delivery *d, const struct view *view,
                             struct aisgap_ledger *ledger, struct diag *diag)
{
	struct sink *sink;
	enum status status = sink_open(d->output->options->output, &sink, diag);

	if (status != ST_OK)
		return status;
	render(d, view, sink);
	status = sink_close(sink, &ledger->reader_gone, diag);
	if (status == ST_OK && ledger->reader_gone && d->output->options->changes)
		status = diag_set(diag, ST_FAILED,
		                  "standard output: its reader went away; the changes stay due");
	return status;
}

enum status delivery_queue(struct delivery *d, const struct view *view, struct diag *diag)
{
	struct sink *body = sink_memory();
	char number[NUM_TEXT_SIZE];
	enum status status = ST_OK;

	/* no change is no news, whatever the format says around it */
	if (d->post && (rows(d, view) || !d->output->options->changes))
		render(d, view, body);
	if (sink_bytes(body).len) {
		due_add(d->due, number_integer((int64_t)d->delta.number, number),
		        d->output->writer->media_type, sink_bytes(body));
		status = due_save(d->due_path, d->due, diag);
	}
	sink_abort(body);
	return status;
}

enum status delivery_post(struct delivery *d, struct aisgap_ledger *ledger, struct diag *diag)
{
	enum status status = d->post ? due_deliver(d->due, d->due_path, d->post, diag) : ST_OK;

	ledger->due = due_count(d->due);
	return status;
}

/* what an earlier run could not send, and this one does not */
static void warn_due(const struct delivery *d, struct aisgap_ledger *ledger)
{
	size_t count = due_count(d->due);

	if (count && !d->post)
		ledger_warn(ledger, "%zu %s still due (%.300s): --post sends %s", count,
		            count == 1 ? "report is" : "reports are", d->due_path,
		            count == 1 ? "it" : "them");
}

/*
 * What is due goes first; where that fails, what is new stands behind it, and is kept as delivered.
 */
static enum status deliver(struct delivery *d, const struct view *view,
                           struct aisgap_ledger *ledger, struct diag *diag)
{
	struct diag why = {""};
	enum status posted = ST_OK;
	enum status status = ST_OK;

	if (output_is_written(d->output))
		status = write_out(d, view, ledger, diag);
	if (status == ST_OK)
		posted = delivery_post(d, ledger, &why);
	if (status == ST_OK)
		status = delivery_queue(d, view, diag);
	if (status == ST_OK && d->output->options->changes && d->sent_path)
		status = delta_keep(&d->delta, d->sent_path, diag);
	if (status == ST_OK && posted == ST_OK)
		posted = delivery_post(d, ledger, &why);
	ledger->due = due_count(d->due);
	if (status == ST_OK && posted != ST_OK)
		status = diag_set(diag, posted, "%s", why.text);
	return status;
}

enum status delivery_run(struct delivery *d, const struct view *view, struct aisgap_ledger *ledger,
                         struct diag *diag)
{
	ledger->due = due_count(d->due);
	warn_due(d, ledger);
	if (d->output->options->changes)
		delta_find(&d->delta, view, ledger);
	ledger->rows = rows(d, view);
	return deliver(d, view, ledger, diag);
}

void delivery_free(struct delivery *d)
{
	http_post_close(d->post);
	due_free(d->due);
	delta_free(&d->delta);
	free(d->sent_path);
	free(d->due_path);
	*d = (struct delivery){.output = NULL};
}

#include "run/delivery.h"

#include <stdlib.h>

#include "base/num.h"
#include "base/path.h"
#include "report/numbers.h"

/* a server may well take a minute */
enum { ONCE_ANSWER_S = 75 };

enum status delivery_prepare(struct delivery *d, const struct output *output,
                             const struct saved *saved, bool once, struct diag *diag)
{
	const struct aisgap_options *o = output->options;
	struct http_post_options post = {.header_file = o->post_header_file,
	                                 .header_text = span_of(o->post_headers),
	                                 .tries = once ? 1 : 0,
	                                 .answer_s = once ? ONCE_ANSWER_S : 0};
	enum status status = ST_OK;

	*d = (struct delivery){.output = output, .saved = saved};
	if (saved->path) {
		d->sent_path = path_with(saved->path, ".sent");
		d->due_path = path_with(saved->path, ".due");
	}
	if (o->post)
		status = http_post_open(o->post, &post, &d->post, diag);
	if (status == ST_OK && o->changes && d->sent_path)
		status = delta_read(&d->delta, d->sent_path, diag);
	return status;
}

static size_t rows(const struct delivery *d, const struct view *view)
{
	return d->output->options->changes ? d->delta.changes.count : view->gaps.count;
}

/* the report's text, or none at all where there is nothing and that is what was asked for */
static void render(const struct delivery *d, const struct view *view, struct sink *sink)
{
	if (!rows(d, view) && d->output->options->if_any)
		return;
	if (d->output->options->changes)
		delta_write(&d->delta, view, d->output, sink);
	else
		view_write(view, d->output, sink);
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

enum status delivery_queue(const struct delivery *d, const struct view *view, struct due *due,
                           struct diag *diag)
{
	struct sink *body = sink_memory();
	char number[NUM_TEXT_SIZE];
	struct span occasion = number_integer((int64_t)d->delta.number, number);
	enum status status = ST_OK;

	/* no change is no news, whatever the format says around it */
	if (rows(d, view) || !d->output->options->changes)
		render(d, view, body);
	if (sink_bytes(body).len) {
		due_add(due, occasion, output_media_type(d->output), sink_bytes(body));
		if (d->due_path)
			status = due_save(d->due_path, due, diag);
	}
	sink_abort(body);
	return status;
}

static enum status post_due(const struct delivery *d, struct due *due, struct aisgap_ledger *ledger,
                            struct diag *diag)
{
	enum status status = due_deliver(due, d->due_path, d->post, diag);

	ledger->due = due_count(due);
	return status;
}

static enum status deliver(struct delivery *d, const struct view *view, struct due *due,
                           struct aisgap_ledger *ledger, struct diag *diag)
{
	enum status status = ST_OK;

	if (output_is_written(d->output))
		status = write_out(d, view, ledger, diag);
	if (status == ST_OK && d->post)
		status = delivery_queue(d, view, due, diag);
	if (status == ST_OK && d->output->options->changes && d->sent_path)
		status = delta_keep(&d->delta, d->sent_path, diag);
	return status == ST_OK && d->post ? post_due(d, due, ledger, diag) : status;
}

enum status delivery_run(struct delivery *d, const struct view *view, struct aisgap_ledger *ledger,
                         struct diag *diag)
{
	struct due *due = NULL;
	enum status status = ST_OK;

	if (d->output->options->changes)
		delta_find(&d->delta, view, ledger);
	ledger->rows = rows(d, view);
	if (d->post)
		status = due_read(d->due_path, &due, diag);
	if (status == ST_OK)
		status = deliver(d, view, due, ledger, diag);
	due_free(due);
	return status;
}

void delivery_free(struct delivery *d)
{
	http_post_close(d->post);
	delta_free(&d->delta);
	free(d->sent_path);
	free(d->due_path);
	*d = (struct delivery){.output = NULL};
}

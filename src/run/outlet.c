#include "run/outlet.h"

#include <string.h>
#include <sys/stat.h>

#include "base/elapsed.h"

enum { PAUSE_S = 30 };

static enum status check(const struct output *output, struct diag *diag)
{
	const char *path = output->options->output;
	struct stat st;

	if (!output->writer->streams)
		return diag_set(diag, ST_USAGE, "--follow writes csv or ndjson, not %s",
		                output->writer->name);
	if (path && strcmp(path, "-") != 0 && (stat(path, &st) != 0 || S_ISREG(st.st_mode)))
		return diag_set(diag, ST_USAGE,
		                "--follow writes a stream without end; use '>> %.200s' in place of "
		                "--output",
		                path);
	return ST_OK;
}

enum status outlet_open(struct outlet *o, struct delivery *delivery, const struct view *view,
                        struct aisgap_ledger *ledger, struct diag *diag)
{
	const struct output *output = delivery->output;
	enum status status = check(output, diag);

	*o = (struct outlet){.delivery = delivery, .view = view, .ledger = ledger};
	if (status == ST_OK && output_is_written(output))
		status = sink_open(output->options->output, &o->sink, diag);
	return status;
}

bool outlet_takes(const struct outlet *o)
{
	return !o->sink || !sink_failed(o->sink);
}

bool outlet_write(struct outlet *o)
{
	const struct changes *changes = &o->delivery->delta.changes;

	if (!o->sink)
		return true;
	if (!o->printing.begun && (changes->count || !o->delivery->output->options->if_any))
		printing_begin(&o->printing, o->delivery->output, o->view, o->sink);
	printing_changes(&o->printing, changes);
	sink_flush(o->sink);
	return outlet_takes(o);
}

bool outlet_post(struct outlet *o, struct diag *diag)
{
	bool first = o->failed_s <= 0;
	enum status status;

	if (!o->delivery->post || !due_count(o->delivery->due))
		return true;
	if (!first && elapsed_s() - o->failed_s < PAUSE_S)
		return true;
	status = delivery_post(o->delivery, o->ledger, diag);
	o->failed_s = status == ST_OK ? 0 : elapsed_s();
	return status == ST_OK || !first;
}

enum status outlet_close(struct outlet *o, struct diag *diag)
{
	struct sink *sink = o->sink;
	enum status status;

	if (!sink)
		return ST_OK;
	o->sink = NULL;
	printing_end(&o->printing);
	status = sink_close(sink, &o->ledger->reader_gone, diag);
	if (status == ST_OK && o->ledger->reader_gone && o->delivery->sent_path)
		status = diag_set(diag, ST_FAILED,
		                  "standard output: its reader went away; the changes that it did "
		                  "not take stay due");
	return status;
}

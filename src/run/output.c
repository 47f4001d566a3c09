#include "run/output.h"

#include <stdio.h>
#include <string.h>

static enum status refuse_format(const char *format, struct diag *diag)
{
	char names[128] = "";
	size_t len = 0;

	for (size_t i = 0; writer_at(i) && len < sizeof names; i++)
		len += (size_t)snprintf(names + len, sizeof names - len, "%s%s", i ? ", " : "",
		                        writer_at(i)->name);
	return diag_set(diag, ST_USAGE, "--format: '%.60s' is none of %s", format, names);
}

static enum status choose_writer(struct output *out, struct diag *diag)
{
	const struct aisgap_options *o = out->options;
	const char *name = o->output ? strrchr(o->output, '/') : NULL;

	name = name ? name + 1 : o->output;
	if (o->format)
		out->writer = writer_find(o->format);
	else if (name && *name && strchr(name + 1, '.'))
		out->writer = writer_for_path(name);
	else
		out->writer = writer_find(o->post ? "ndjson" : "csv");
	if (out->writer)
		return ST_OK;
	if (o->format)
		return refuse_format(o->format, diag);
	return diag_set(diag, ST_USAGE,
	                "--output: no format has the ending of '%.200s'; say which with --format",
	                o->output);
}

enum status output_prepare(struct output *out, const struct aisgap_options *o, struct diag *diag)
{
	enum status status;

	*out = (struct output){.options = o};
	status = choose_writer(out, diag);
	if (status == ST_OK && o->post && !out->writer->media_type)
		status = diag_set(diag, ST_USAGE,
		                  "--post sends ndjson, json or geojson, not %s; say which with "
		                  "--format",
		                  out->writer->name);
	if (status != ST_OK || !o->columns)
		return status;
	if (!out->writer->takes_columns)
		return diag_set(diag, ST_USAGE,
		                "--columns is for csv and table; %s always has all columns",
		                out->writer->name);
	return columns_parse(span_of(o->columns), o->changes, out->columns, &out->column_count,
	                     diag);
}

struct writer_options output_options(const struct output *out)
{
	return (struct writer_options){out->column_count ? out->columns : NULL, out->column_count,
	                               out->options->table_width, out->options->table_color};
}

bool output_is_written(const struct output *out)
{
	return out->options->output || !out->options->post;
}

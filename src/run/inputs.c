#include "run/inputs.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "input/inflate.h"

static const char *const DEFAULT_PATHS[] = {"-"};

static enum status prepare_columns(struct inputs *inputs, const struct aisgap_options *o,
                                   struct diag *diag)
{
	enum status status = ST_OK;

	inputs->columns = column_options_new();
	for (size_t i = 0; i < o->map_count && status == ST_OK; i++)
		status = column_options_map(inputs->columns, o->maps[i], diag);
	if (status == ST_OK && o->profile)
		status = column_options_profile(inputs->columns, o->profile, diag);
	if (status == ST_OK && o->time_zone)
		status = zone_rules_load(o->time_zone, &inputs->zone_rules, diag);
	if (status == ST_OK && o->time_format)
		status = when_format_check(o->time_format, diag);
	return status;
}

/* the words of --time-format that say only the order of day and month */
static struct when_style when_style(const struct inputs *inputs, const char *format)
{
	struct when_style style = {.zone = inputs->zone_rules};

	if (!format)
		return style;
	if (strcmp(format, "day-first") == 0)
		style.order = WHEN_DAY_FIRST;
	else if (strcmp(format, "month-first") == 0)
		style.order = WHEN_MONTH_FIRST;
	else
		style.format = format;
	return style;
}

static enum status check(const struct aisgap_options *o, struct diag *diag)
{
	if (o->block_size && (o->block_size < BLOCK_SIZE_LEAST || o->block_size > BLOCK_SIZE_MOST))
		return diag_set(diag, ST_USAGE, "the block size must lie between %d and %d bytes",
		                BLOCK_SIZE_LEAST, BLOCK_SIZE_MOST);
	if (o->input_format && format_find(span_of(o->input_format)) == FORMAT_DETECT)
		return diag_set(diag, ST_USAGE,
		                "--input-format: '%.60s' is none of csv, json, nmea",
		                o->input_format);
	return ST_OK;
}

enum status inputs_prepare(struct inputs *inputs, const struct aisgap_options *o, struct diag *diag)
{
	enum status status = check(o, diag);

	*inputs = (struct inputs){.paths = o->input_count ? o->inputs : DEFAULT_PATHS,
	                          .count = o->input_count ? o->input_count : 1};
	if (status == ST_OK)
		status = prepare_columns(inputs, o, diag);
	if (status != ST_OK)
		return status;
	inputs->intake = (struct intake_options){
	    .layout = {.format = format_find(span_of(o->input_format)),
	               .columns = inputs->columns,
	               .when = when_style(inputs, o->time_format),
	               .any_id = o->any_id},
	    .http = {.header_file = o->http_header_file, .max_bytes = o->max_bytes},
	    .max_ratio = o->max_ratio ? o->max_ratio : INFLATE_RATIO,
	    .block_size = o->block_size ? o->block_size : BLOCK_SIZE,
	};
	return ST_OK;
}

void inputs_free(struct inputs *inputs)
{
	zone_rules_free(inputs->zone_rules);
	column_options_free(inputs->columns);
}

uint64_t inputs_bytes(const struct inputs *inputs)
{
	uint64_t total = 0;

	for (size_t i = 0; i < inputs->count; i++) {
		struct stat st;
		bool standard = strcmp(inputs->paths[i], "-") == 0;

		if ((standard ? fstat(STDIN_FILENO, &st) : stat(inputs->paths[i], &st)) != 0 ||
		    !S_ISREG(st.st_mode))
			return 0;
		total += (uint64_t)st.st_size;
	}
	return total;
}

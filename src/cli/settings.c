#include "cli/settings.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/duration.h"
#include "base/num.h"
#include "cli/settings_take.h"

/* twice the same option: the first would go unheard */
enum status settings_keep(const char *name, const char *argument, const char **member,
                          struct diag *diag)
{
	if (*member)
		return diag_set(diag, ST_USAGE, "--%s is given twice; lists are joined by commas",
		                name);
	*member = argument;
	return ST_OK;
}

KEEP(take_profile, "profile", run.profile)
KEEP(take_tz, "tz", run.time_zone)
KEEP(take_time_format, "time-format", run.time_format)
KEEP(take_columns, "columns", run.columns)
KEEP(take_input_format, "input-format", run.input_format)
KEEP(take_http_header_file, "http-header-file", run.http_header_file)
KEEP(take_state, "state", run.state)
KEEP(take_post, "post", run.post)
KEEP(take_post_header_file, "post-header-file", run.post_header_file)
FLAG(take_changes, run.changes)
FLAG(take_wait, run.wait)
FLAG(take_follow, follow)
FLAG(take_any_id, run.any_id)
FLAG(take_if_any, run.if_any)
FLAG(take_exit_status, exit_status)
FLAG(take_progress, progress)
FLAG(take_quiet, quiet)
FLAG(take_verbose, verbose)
FLAG(take_version, version)
FLAG(take_help, help)

static enum status take_map(void *settings, const char *argument, struct diag *diag)
{
	(void)diag;
	string_list_add(&((struct settings *)settings)->maps, argument);
	return ST_OK;
}

static enum status take_keep(void *settings, const char *argument, struct diag *diag)
{
	struct settings *s = settings;

	if (duration_parse(span_of(argument), &s->run.keep_ms) && s->run.keep_ms > 0)
		return ST_OK;
	return diag_set(diag, ST_USAGE,
	                "--keep: '%.60s' is no duration; expected a number and a unit without "
	                "blank: 90d, 400d",
	                argument);
}

static enum status take_max_bad(void *settings, const char *argument, struct diag *diag)
{
	struct settings *s = settings;

	if (num_double(span_of(argument), &s->run.max_bad_pct) && s->run.max_bad_pct >= 0 &&
	    s->run.max_bad_pct <= 100)
		return ST_OK;
	return diag_set(diag, ST_USAGE, "--max-bad: '%.60s' is no percentage from 0 to 100",
	                argument);
}

static enum status take_number(const char *option, const char *argument, int64_t least,
                               int64_t most, int64_t *value, struct diag *diag)
{
	if (num_int(span_of(argument), value) && *value >= least && *value <= most)
		return ST_OK;
	return diag_set(diag, ST_USAGE, "%s: '%.60s' is no whole number from %lld to %lld", option,
	                argument, (long long)least, (long long)most);
}

static enum status take_threads(void *settings, const char *argument, struct diag *diag)
{
	int64_t value = 0;
	enum status status = take_number("--threads", argument, 1, 1024, &value, diag);

	((struct settings *)settings)->run.threads = (unsigned)value;
	return status;
}

static enum status take_block_size(void *settings, const char *argument, struct diag *diag)
{
	int64_t value = 0;
	enum status status = take_number("--block-size", argument, 64, 67108864, &value, diag);

	((struct settings *)settings)->run.block_size = (size_t)value;
	return status;
}

static enum status take_max_bytes(void *settings, const char *argument, struct diag *diag)
{
	int64_t value = 0;
	enum status status = take_number("--max-bytes", argument, 1, INT64_MAX, &value, diag);

	((struct settings *)settings)->run.max_bytes = (uint64_t)value;
	return status;
}

static enum status take_max_ratio(void *settings, const char *argument, struct diag *diag)
{
	int64_t value = 0;
	enum status status = take_number("--max-ratio", argument, 1, INT32_MAX, &value, diag);

	((struct settings *)settings)->run.max_ratio = (uint64_t)value;
	return status;
}

enum status settings_take_wait(void *settings, const char *argument, struct diag *diag)
{
	return take_wait(settings, argument, diag);
}

enum status settings_take_format(void *settings, const char *argument, struct diag *diag)
{
	return settings_keep("format", argument, &((struct settings *)settings)->run.format, diag);
}

enum status settings_take_output(void *settings, const char *argument, struct diag *diag)
{
	return settings_keep("output", argument, &((struct settings *)settings)->run.output, diag);
}

enum status settings_take_ledger(void *settings, const char *argument, struct diag *diag)
{
	return settings_keep("ledger", argument, &((struct settings *)settings)->ledger, diag);
}

enum status settings_take_statics(void *settings, const char *argument, struct diag *diag)
{
	(void)argument;
	(void)diag;
	((struct settings *)settings)->statics = true;
	return ST_OK;
}

static const struct option_row INPUT[] = {
    {0, "input-format", "FORMAT", "csv, json or nmea (default: told by the first bytes)",
     take_input_format},
    {0, "map", "FIELD=COLUMN",
     "read FIELD from COLUMN (its name, or its number from 1);\n"
     "with /DIVISOR for other units: --map lat=latitude/600000",
     take_map},
    {0, "profile", "FILE", "a column profile of your own (JSON)", take_profile},
    {0, "tz", "ZONE", "zone of times that name none: +09:00, Asia/Seoul (default UTC)", take_tz},
    {0, "time-format", "FORMAT",
     "day-first, month-first, epoch-s, epoch-ms, or strptime\n"
     "letters such as %d.%m.%Y %H:%M",
     take_time_format},
    {0, "any-id", NULL, "accept ids that are no ship's MMSI", take_any_id},
    {0, "max-bad", "PCT", "fail when more rows than this cannot be read (default 5)", take_max_bad},
    {0, "http-header-file", "FILE",
     "header lines for URLs, such as API keys; sent only to the\n"
     "server that was named, never shown",
     take_http_header_file},
    {0, "max-bytes", "N", "give up on a URL after so many bytes (default: no limit)",
     take_max_bytes},
    {0, "max-ratio", "N", "give up on what unpacks to N times its size (default 250)",
     take_max_ratio},
};

const struct option_table settings_input = {
    "Input (most are recognised by their first bytes or header)", INPUT,
    sizeof INPUT / sizeof *INPUT};

static const struct option_row REPORT[] = {
    {'f', "format", "FORMAT",
     "table, csv, json, ndjson or geojson (default: by the ending\n"
     "of -o, else csv; table on a terminal)",
     settings_take_format},
    {'o', "output", "FILE", "written whole or not at all (default: standard output)",
     settings_take_output},
    {0, "columns", "LIST", "which columns, in which order (csv, table); see below", take_columns},
    {0, "if-any", NULL, "print nothing at all when there is no gap", take_if_any},
    {'e', "exit-status", NULL, "exit 5 when there is at least one gap", take_exit_status},
    {0, "ledger", "FILE", "what was read, left out and why, as JSON", settings_take_ledger},
};

const struct option_table settings_report = {"Output", REPORT, sizeof REPORT / sizeof *REPORT};

static const struct option_row STATE[] = {
    {0, "state", "FILE",
     "join the input into this saved state, and report on all that\n"
     "it holds; made where there is none",
     take_state},
    {0, "changes", NULL,
     "report only what changed since the last report that was\n"
     "delivered: opened, closed, revised, retracted, expired",
     take_changes},
    {0, "keep", "DURATION", "forget what lies further back than this (default 400d)", take_keep},
    {0, "wait", NULL, "wait for another run that has the state", take_wait},
    {0, "follow", NULL,
     "an endless input: report each change as it happens, save\n"
     "the state every minute",
     take_follow},
};

const struct option_table settings_state = {"From run to run", STATE, sizeof STATE / sizeof *STATE};

static const struct option_row POST[] = {
    {0, "post", "URL",
     "send the report there, NDJSON or one JSON document; with a\n"
     "state, what fails stays due and goes first next time",
     take_post},
    {0, "post-header-file", "FILE",
     "header lines for it, such as keys; also AISGAP_POST_HEADERS\n"
     "in the environment; never shown",
     take_post_header_file},
};

const struct option_table settings_post = {"Delivery", POST, sizeof POST / sizeof *POST};

static const struct option_row RUNNING[] = {
    {'j', "threads", "N", "worker threads (default: one per processor)", take_threads},
    {0, "block-size", "BYTES", "bytes read at a time (default 131072)", take_block_size},
    {0, "progress", NULL, "show progress even when stderr is no terminal", take_progress},
};

const struct option_table settings_running = {"Running", RUNNING, sizeof RUNNING / sizeof *RUNNING};

static const struct option_row MESSAGES[] = {
    {'q', "quiet", NULL, "no summary, warnings or progress; errors only", take_quiet},
    {'v', "verbose", NULL, "summary with columns and samples of unreadable rows", take_verbose},
    {0, "version", NULL, "print the version", take_version},
    {'h', "help", NULL, "print this", take_help},
};

const struct option_table settings_messages = {"Messages", MESSAGES,
                                               sizeof MESSAGES / sizeof *MESSAGES};

void settings_init(struct settings *settings)
{
	*settings = (struct settings){.ledger = NULL};
	aisgap_options_init(&settings->run);
}

void settings_finish(struct settings *s)
{
	s->run.areas = s->areas.at;
	s->run.area_count = s->areas.count;
	s->run.maps = s->maps.at;
	s->run.map_count = s->maps.count;
	s->run.inputs = s->inputs.at;
	s->run.input_count = s->inputs.count;
	s->run.post_headers = getenv("AISGAP_POST_HEADERS");
}

static int terminal_width(void)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col)
		return size.ws_col;
	return 80;
}

/* a person at a terminal gets a table; a pipe or a file gets CSV */
void settings_fit_terminal(struct settings *s)
{
	bool standard = !s->run.output || strcmp(s->run.output, "-") == 0;

	if (!standard || !isatty(STDOUT_FILENO))
		return;
	if (!s->run.format)
		s->run.format = "table";
	s->run.table_width = terminal_width();
	s->run.table_color = !getenv("NO_COLOR");
}

void settings_free(struct settings *s)
{
	free(s->areas.at);
	free(s->maps.at);
	free(s->inputs.at);
}

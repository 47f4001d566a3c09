#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ais/when.h"
#include "aisgap/detect.h"
#include "base/duration.h"
#include "base/num.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "report/sink.h"

enum { EXIT_GAPS = 5 };

struct settings {
	struct aisgap_options run;
	struct string_list areas;
	struct string_list maps;
	struct string_list inputs;
	const char *ledger;
	bool exit_status;
	bool quiet;
	bool verbose;
	bool progress;
	bool help;
	bool version;
};

/* twice the same option: the first would go unheard */
static enum status keep(const char *name, const char *argument, const char **member,
                        struct diag *diag)
{
	if (*member)
		return diag_set(diag, ST_USAGE, "--%s is given twice; lists are joined by commas",
		                name);
	*member = argument;
	return ST_OK;
}

/* options that only keep their argument, or set a flag */
#define KEEP(function, name, member)                                                               \
	static enum status function(void *settings, const char *argument, struct diag *diag)       \
	{                                                                                          \
		return keep(name, argument, &((struct settings *)settings)->member, diag);         \
	}
#define FLAG(function, member)                                                                     \
	static enum status function(void *settings, const char *argument, struct diag *diag)       \
	{                                                                                          \
		(void)argument;                                                                    \
		(void)diag;                                                                        \
		((struct settings *)settings)->member = true;                                      \
		return ST_OK;                                                                      \
	}

KEEP(take_mmsi, "mmsi", run.mmsi)
KEEP(take_imo, "imo", run.imo)
KEEP(take_flag, "flag", run.flag)
KEEP(take_type, "type", run.type)
KEEP(take_class, "class", run.ais_class)
KEEP(take_profile, "profile", run.profile)
KEEP(take_tz, "tz", run.time_zone)
KEEP(take_time_format, "time-format", run.time_format)
KEEP(take_format, "format", run.format)
KEEP(take_output, "output", run.output)
KEEP(take_columns, "columns", run.columns)
KEEP(take_ledger, "ledger", ledger)
FLAG(take_everywhere, run.everywhere)
FLAG(take_any_id, run.any_id)
FLAG(take_if_any, run.if_any)
FLAG(take_exit_status, exit_status)
FLAG(take_progress, progress)
FLAG(take_quiet, quiet)
FLAG(take_verbose, verbose)
FLAG(take_version, version)
FLAG(take_help, help)

static enum status take_area(void *settings, const char *argument, struct diag *diag)
{
	(void)diag;
	string_list_add(&((struct settings *)settings)->areas, argument);
	return ST_OK;
}

static enum status take_map(void *settings, const char *argument, struct diag *diag)
{
	(void)diag;
	string_list_add(&((struct settings *)settings)->maps, argument);
	return ST_OK;
}

static enum status take_min_gap(void *settings, const char *argument, struct diag *diag)
{
	struct settings *s = settings;

	if (duration_parse(span_of(argument), &s->run.min_gap_ms) && s->run.min_gap_ms >= 1000)
		return ST_OK;
	return diag_set(diag, ST_USAGE,
	                "--min-gap: '%.60s' is no duration; expected a number and a unit without "
	                "blank, at least 1s: 90m, 6h, 2d",
	                argument);
}

static enum status take_time(const char *option, const char *argument, int64_t *t_ms,
                             struct diag *diag)
{
	struct when_style style = {.date_alone = true};
	int64_t t[2];

	if (when_parse(span_of(argument), &style, t) != WHEN_CERTAIN)
		return diag_set(diag, ST_USAGE,
		                "%s: '%.60s' is no time; expected one such as 2026-03-01 or "
		                "2026-03-01T06:00:00Z (UTC)",
		                option, argument);
	*t_ms = t[0];
	return ST_OK;
}

static enum status take_from(void *settings, const char *argument, struct diag *diag)
{
	return take_time("--from", argument, &((struct settings *)settings)->run.from_ms, diag);
}

static enum status take_to(void *settings, const char *argument, struct diag *diag)
{
	return take_time("--to", argument, &((struct settings *)settings)->run.to_ms, diag);
}

static enum status take_as_of(void *settings, const char *argument, struct diag *diag)
{
	return take_time("--as-of", argument, &((struct settings *)settings)->run.as_of_ms, diag);
}

static enum status take_by(void *settings, const char *argument, struct diag *diag)
{
	static const struct {
		const char *name;
		enum aisgap_by by;
	} WORDS[] = {{"overlap", AISGAP_BY_OVERLAP}, {"off", AISGAP_BY_OFF}, {"on", AISGAP_BY_ON}};

	for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
		if (strcmp(argument, WORDS[i].name) == 0) {
			((struct settings *)settings)->run.by = WORDS[i].by;
			return ST_OK;
		}
	}
	return diag_set(diag, ST_USAGE, "--by: '%.60s' is none of off, on, overlap", argument);
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

static const struct option_row OPTIONS[] = {
    {0, NULL, NULL, "Where and what", NULL},
    {'a', "area", "AREA",
     "watch this area: vladivostok, caspian, FILE.geojson or\n"
     "LAT,LON,NM (a circle); repeatable; replaces the default (both)",
     take_area},
    {0, "everywhere", NULL, "report gaps wherever they are", take_everywhere},
    {'g', "min-gap", "DURATION", "gaps strictly longer than this: 90m, 6h, 2d (default 6h)",
     take_min_gap},
    {0, "from", "TIME", "only gaps in the window [from, to), UTC", take_from},
    {0, "to", "TIME", "end of that window", take_to},
    {0, "by", "off|on|overlap", "what must lie in the window (default overlap)", take_by},
    {0, "as-of", "TIME",
     "judge open gaps at this time (default: feed time, which\n"
     "is read from the reports, never from the clock)",
     take_as_of},
    {0, "mmsi", "LIST", "only these vessels; lists are joined by commas", take_mmsi},
    {0, "imo", "LIST", "IMO numbers; any that the vessel ever sent counts", take_imo},
    {0, "flag", "LIST", "two-letter country codes, from the MMSI", take_flag},
    {0, "type", "LIST", "ship types: 70, 70-79, cargo, tanker, fishing ...", take_type},
    {0, "class", "A|B", "AIS class", take_class},
    {0, NULL, NULL, "Input (most exports are recognised by their header)", NULL},
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
    {0, NULL, NULL, "Output", NULL},
    {'f', "format", "FORMAT",
     "table, csv, json, ndjson or geojson (default: by the ending\n"
     "of -o, else csv; table on a terminal)",
     take_format},
    {'o', "output", "FILE", "written whole or not at all (default: standard output)", take_output},
    {0, "columns", "LIST", "which columns, in which order (csv, table); see below", take_columns},
    {0, "if-any", NULL, "print nothing at all when there is no gap", take_if_any},
    {'e', "exit-status", NULL, "exit 5 when there is at least one gap", take_exit_status},
    {0, "ledger", "FILE", "what was read, left out and why, as JSON", take_ledger},
    {0, NULL, NULL, "Running", NULL},
    {'j', "threads", "N", "worker threads (default: one per processor)", take_threads},
    {0, "block-size", "BYTES", "bytes read at a time (default 131072)", take_block_size},
    {0, "progress", NULL, "show progress even when stderr is no terminal", take_progress},
    {'q', "quiet", NULL, "no summary, warnings or progress; errors only", take_quiet},
    {'v', "verbose", NULL, "summary with columns and samples of unreadable rows", take_verbose},
    {0, "version", NULL, "print the version", take_version},
    {'h', "help", NULL, "print this", take_help},
};

enum { OPTION_COUNT = sizeof OPTIONS / sizeof *OPTIONS };

static void print_columns(void)
{
	puts("\nColumns");
	for (size_t i = 0; aisgap_column_name(i); i++)
		printf("  %-22s %s\n", aisgap_column_name(i), aisgap_column_meaning(i));
}

static int print_help(void)
{
	puts(
	    "Usage: aisgap [detect] [OPTIONS] [INPUT ...]\n"
	    "       aisgap COMMAND ...\n\n"
	    "Finds the times in which vessels stopped being heard on AIS, near Vladivostok and in\n"
	    "the Caspian unless told otherwise. INPUT is a delimited AIS export of any make; -, "
	    "or\n"
	    "none, is standard input.\n\n"
	    "  zcat export.csv.gz | aisgap > gaps.csv\n\n"
	    "Commands");
	for (int i = 0; command_at(i); i++)
		printf("  %-10s %s\n", command_at(i)->name, command_at(i)->purpose);
	options_print(OPTIONS, OPTION_COUNT, stdout);
	print_columns();
	puts("\nExit status\n"
	     "  0 done, gaps or none      3 the input is no AIS feed\n"
	     "  1 failed (input/output)   4 done, but part of the input could not be read\n"
	     "  2 wrong usage             5 with -e: there is at least one gap");
	return command_flush();
}

static int terminal_width(void)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col)
		return size.ws_col;
	return 80;
}

/* a person at a terminal gets a table; a pipe or a file gets CSV */
static void fit_terminal(struct settings *s)
{
	bool standard = !s->run.output || strcmp(s->run.output, "-") == 0;

	if (!standard || !isatty(STDOUT_FILENO))
		return;
	if (!s->run.format)
		s->run.format = "table";
	s->run.table_width = terminal_width();
	s->run.table_color = !getenv("NO_COLOR");
}

static int write_ledger(const char *path, const struct aisgap_ledger *ledger)
{
	struct diag diag = {""};
	struct sink *sink;
	bool gone;
	char *json;
	enum status status = sink_open(path, &sink, &diag);

	if (status == ST_OK) {
		json = aisgap_ledger_json(ledger);
		sink_text(sink, json);
		free(json);
		status = sink_close(sink, &gone, &diag);
	}
	return status == ST_OK ? AISGAP_OK : command_fail(AISGAP_FAILED, diag.text);
}

static void print_summary(const struct settings *s, const struct aisgap_ledger *ledger)
{
	char *text;

	if (s->quiet)
		return;
	for (size_t i = 0; aisgap_ledger_warning(ledger, i); i++) {
		fputs("aisgap: warning: ", stderr);
		command_print(aisgap_ledger_warning(ledger, i));
	}
	if (!s->verbose && !isatty(STDERR_FILENO))
		return;
	text = aisgap_ledger_text(ledger, s->verbose);
	fputs(text, stderr);
	free(text);
}

/* what was read before a run failed, for -v */
static void print_failure(const struct settings *s, const struct aisgap_ledger *ledger)
{
	if (s->verbose)
		print_summary(s, ledger);
}

static int detect(struct settings *s)
{
	struct aisgap_ledger *ledger;
	char message[512];
	int result;

	s->run.areas = s->areas.at;
	s->run.area_count = s->areas.count;
	s->run.maps = s->maps.at;
	s->run.map_count = s->maps.count;
	s->run.inputs = s->inputs.at;
	s->run.input_count = s->inputs.count;
	fit_terminal(s);
	if (!s->quiet && (s->progress || isatty(STDERR_FILENO))) {
		s->run.progress = progress_draw;
		s->run.progress_done = progress_clear;
	}
	result = (int)aisgap_detect(&s->run, &ledger, message);
	if (result == AISGAP_OK || result == AISGAP_PARTIAL)
		print_summary(s, ledger);
	else
		print_failure(s, ledger);
	if (result != AISGAP_OK)
		command_fail(result, message);
	if (s->ledger && write_ledger(s->ledger, ledger) != AISGAP_OK)
		result = AISGAP_FAILED;
	if (result == AISGAP_OK && s->exit_status && aisgap_ledger_gaps(ledger))
		result = EXIT_GAPS;
	aisgap_ledger_free(ledger);
	return result;
}

static bool same_file(const char *a, const char *b)
{
	struct stat x;
	struct stat y;

	if (!a || !b || strcmp(a, "-") == 0 || strcmp(b, "-") == 0)
		return false;
	if (strcmp(a, b) == 0)
		return stat(a, &x) != 0 || S_ISREG(x.st_mode);
	return stat(a, &x) == 0 && stat(b, &y) == 0 && S_ISREG(x.st_mode) && x.st_dev == y.st_dev &&
	       x.st_ino == y.st_ino;
}

/* what is written must not replace what is read, nor the other thing that is written */
static bool outputs_collide(const struct settings *s)
{
	if (same_file(s->run.output, s->ledger))
		return true;
	for (size_t i = 0; i < s->inputs.count; i++) {
		if (same_file(s->run.output, s->inputs.at[i]) ||
		    same_file(s->ledger, s->inputs.at[i]))
			return true;
	}
	return s->ledger && strcmp(s->ledger, "-") == 0 &&
	       (!s->run.output || strcmp(s->run.output, "-") == 0);
}

static int run(struct settings *s)
{
	if (s->help)
		return print_help();
	if (s->version) {
		puts("aisgap " AISGAP_VERSION);
		return command_flush();
	}
	if (!s->inputs.count && isatty(STDIN_FILENO))
		return command_fail(AISGAP_USAGE,
		                    "no input: name a file, or pipe an export in; see --help");
	if (outputs_collide(s))
		return command_fail(
		    AISGAP_USAGE, "the report, the ledger and the inputs must be different files");
	return detect(s);
}

int cmd_detect(int argc, char **argv)
{
	struct settings settings = {0};
	struct diag diag;
	int result;

	aisgap_options_init(&settings.run);
	if (options_parse(OPTIONS, OPTION_COUNT, argc, argv, &settings, &settings.inputs, &diag) !=
	    ST_OK)
		result = command_fail(AISGAP_USAGE, diag.text);
	else
		result = run(&settings);
	free(settings.areas.at);
	free(settings.maps.at);
	free(settings.inputs.at);
	return result;
}

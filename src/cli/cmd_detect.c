#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "aisgap/detect.h"
#include "cli/command.h"
#include "cli/outcome.h"
#include "cli/progress.h"
#include "cli/settings.h"

enum { EXIT_GAPS = 5 };

static const struct option_table *const TABLES[] = {
    &settings_where, &settings_input, &settings_report, &settings_running, &settings_messages, NULL,
};

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
	    "the Caspian unless told otherwise. INPUT is a file or URL that holds AIS reports of "
	    "any\n"
	    "make: CSV, JSON or NMEA sentences, packed or not; -, or none, is standard input.\n\n"
	    "  aisgap export.csv.gz > gaps.csv\n\n"
	    "Commands");
	for (int i = 0; command_at(i); i++)
		printf("  %-10s %s\n", command_at(i)->name, command_at(i)->purpose);
	options_print(TABLES, stdout);
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

static int detect(struct settings *s)
{
	struct aisgap_ledger *ledger;
	char message[512];
	int result;

	settings_finish(s);
	fit_terminal(s);
	if (!s->quiet && (s->progress || isatty(STDERR_FILENO))) {
		s->run.progress = progress_draw;
		s->run.progress_done = progress_clear;
	}
	result = (int)aisgap_detect(&s->run, &ledger, message);
	result = outcome_tell(s, result, ledger, message);
	if (result == AISGAP_OK && s->exit_status && aisgap_ledger_gaps(ledger))
		result = EXIT_GAPS;
	aisgap_ledger_free(ledger);
	return result;
}

static int run(struct settings *s)
{
	if (s->help)
		return print_help();
	if (s->version)
		return command_version();
	return outcome_refuse(s) ? AISGAP_USAGE : detect(s);
}

int cmd_detect(int argc, char **argv)
{
	struct settings settings;
	struct diag diag;
	int result;

	settings_init(&settings);
	if (options_parse(TABLES, argc, argv, &settings, &settings.inputs, &diag) != ST_OK)
		result = command_fail(AISGAP_USAGE, diag.text);
	else
		result = run(&settings);
	settings_free(&settings);
	return result;
}

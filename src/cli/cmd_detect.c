#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "aisgap/follow.h"
#include "cli/command.h"
#include "cli/launch.h"
#include "cli/outcome.h"
#include "cli/progress.h"
#include "cli/settings.h"

static const struct option_table *const TABLES[] = {
    &settings_where, &settings_input,   &settings_report,   &settings_state,
    &settings_post,  &settings_running, &settings_messages, NULL,
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
	     "  1 failed                  4 done, but part of the input could not be read\n"
	     "  2 wrong usage             5 with -e: there is at least one gap");
	return command_flush();
}

/* set by a signal; asked by the run between two reads */
static volatile sig_atomic_t stop_signal;

static void take_signal(int signal_number)
{
	stop_signal = signal_number;
}

static void stop_on_signals(void)
{
	struct sigaction action = {.sa_handler = take_signal};

	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
}

static bool stopped(void *context)
{
	(void)context;
	return stop_signal != 0;
}

static void print_warning(void *context, const char *text)
{
	const struct settings *s = context;

	if (s->quiet)
		return;
	fputs("aisgap: warning: ", stderr);
	command_print(text);
}

static int follow(struct settings *s)
{
	struct aisgap_follow_hooks hooks = {.stop = stopped, .warn = print_warning, .context = s};
	struct aisgap_ledger *ledger;
	char message[512];
	int result;

	settings_finish(s);
	stop_on_signals();
	result = (int)aisgap_follow(&s->run, &hooks, &ledger, message);
	result = outcome_tell(s, result, ledger, message);
	if (result == AISGAP_OK && s->exit_status && aisgap_ledger_gaps(ledger))
		result = OUTCOME_GAPS;
	aisgap_ledger_free(ledger);
	return result;
}

static int detect(struct settings *s)
{
	struct aisgap_ledger *ledger;
	char message[512];
	int result;

	settings_finish(s);
	settings_fit_terminal(s);
	if (!s->quiet && (s->progress || isatty(STDERR_FILENO))) {
		s->run.progress = progress_draw;
		s->run.progress_done = progress_clear;
	}
	result = (int)aisgap_detect(&s->run, &ledger, message);
	result = outcome_tell(s, result, ledger, message);
	if (result == AISGAP_OK && s->exit_status && aisgap_ledger_gaps(ledger))
		result = OUTCOME_GAPS;
	aisgap_ledger_free(ledger);
	return result;
}

static int run(struct settings *s)
{
	if (outcome_refuse(s))
		return AISGAP_USAGE;
	return s->follow ? follow(s) : detect(s);
}

int cmd_detect(int argc, char **argv)
{
	return launch(TABLES, argc, argv, print_help, run);
}

#include <stdio.h>

#include "aisgap/state.h"
#include "cli/command.h"
#include "cli/launch.h"
#include "cli/settings.h"

static const struct option_row OUTPUT[] = {
    {'o', "output", "FILE", "the joined state, written whole or not at all", settings_take_output},
    {0, "wait", NULL, "wait for another run that has it", settings_take_wait},
};

static const struct option_table OUTPUT_TABLE = {"Output", OUTPUT, sizeof OUTPUT / sizeof *OUTPUT};

static const struct option_table *const TABLES[] = {
    &OUTPUT_TABLE,
    &settings_running,
    &settings_messages,
    NULL,
};

static int print_help(void)
{
	puts(
	    "Usage: aisgap merge -o FILE STATE ...\n\n"
	    "Joins saved states into one: what one run over all their inputs would have saved, in\n"
	    "whatever order they are named and however often. They must watch the same areas.\n\n"
	    "  aisgap merge -o week.state mon.state tue.state wed.state");
	options_print(TABLES, stdout);
	return command_flush();
}

static int merge(struct settings *s)
{
	char message[512];
	int result;

	if (!s->run.output)
		return command_fail(AISGAP_USAGE, "merge: name the joined state with -o FILE");
	if (!s->inputs.count)
		return command_fail(AISGAP_USAGE, "merge: no state is named; see merge --help");
	s->run.state = s->run.output;
	result = (int)aisgap_merge(&s->run, s->inputs.at, s->inputs.count, message);
	return result == AISGAP_OK ? result : command_fail(result, message);
}

int cmd_merge(int argc, char **argv)
{
	return launch(TABLES, argc, argv, print_help, merge);
}

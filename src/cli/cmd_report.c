#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "aisgap/state.h"
#include "cli/command.h"
#include "cli/launch.h"
#include "cli/outcome.h"
#include "cli/settings.h"

static const struct option_table *const TABLES[] = {
    &settings_where, &settings_report, &settings_post, &settings_running, &settings_messages, NULL,
};

static int print_help(void)
{
	puts("Usage: aisgap report [OPTIONS] STATE\n\n"
	     "Prints the gaps of a state that `aisgap --state STATE` saved. Nothing is read but "
	     "the\n"
	     "state, and it is not changed. Areas, and the minimum gap unless one is given, are "
	     "the\n"
	     "state's.\n\n"
	     "  aisgap report -f json gaps.state > gaps.json");
	options_print(TABLES, stdout);
	return command_flush();
}

static int report(struct settings *s)
{
	struct aisgap_ledger *ledger;
	char message[512];
	int result;

	if (s->inputs.count != 1)
		return command_fail(AISGAP_USAGE, "report: expected one state; see report --help");
	if (outcome_collide(s))
		return AISGAP_USAGE;
	s->run.state = s->inputs.at[0];
	settings_finish(s);
	settings_fit_terminal(s);
	result = (int)aisgap_report(&s->run, &ledger, message);
	result = outcome_tell(s, result, ledger, message);
	if (result == AISGAP_OK && s->exit_status && aisgap_ledger_gaps(ledger))
		result = OUTCOME_GAPS;
	aisgap_ledger_free(ledger);
	return result;
}

int cmd_report(int argc, char **argv)
{
	return launch(TABLES, argc, argv, print_help, report);
}

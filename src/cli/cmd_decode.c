#include <stdio.h>
#include <stdlib.h>

#include "aisgap/decode.h"
#include "cli/command.h"
#include "cli/launch.h"
#include "cli/outcome.h"
#include "cli/settings.h"

static const struct option_row OUTPUT[] = {
    {'f', "format", "FORMAT", "csv or ndjson (default: by the ending of -o, else csv)",
     settings_take_format},
    {'o', "output", "FILE", "written whole or not at all (default: standard output)",
     settings_take_output},
    {0, "static", NULL,
     "identity records (IMO number, name, call sign, type) instead,\n"
     "each when it differs from the vessel's last",
     settings_take_statics},
    {0, "ledger", "FILE", "what was read, left out and why, as JSON", settings_take_ledger},
};

static const struct option_table OUTPUT_TABLE = {"Output", OUTPUT, sizeof OUTPUT / sizeof *OUTPUT};

static const struct option_table *const TABLES[] = {
    &settings_input,
    &OUTPUT_TABLE,
    &settings_messages,
    NULL,
};

static int print_help(void)
{
	puts(
	    "Usage: aisgap decode [OPTIONS] [INPUT ...]\n\n"
	    "Prints every position report of the inputs in one form, a row each, in the inputs'\n"
	    "order: UTC time, degrees, knots. Identity without a position (AIS messages 5 and 24)\n"
	    "is a row without position. `aisgap decode X | aisgap` reports what `aisgap X` does.\n"
	    "A report that nothing gives a time is printed without one.\n\n"
	    "  aisgap decode -f ndjson receiver.nmea.gz");
	options_print(TABLES, stdout);
	return command_flush();
}

static int decode(struct settings *s)
{
	struct aisgap_ledger *ledger;
	char message[512];
	int result;

	if (outcome_refuse(s))
		return AISGAP_USAGE;
	settings_finish(s);
	result = (int)aisgap_decode(&s->run, s->statics, &ledger, message);
	result = outcome_tell(s, result, ledger, message);
	aisgap_ledger_free(ledger);
	return result;
}

int cmd_decode(int argc, char **argv)
{
	return launch(TABLES, argc, argv, print_help, decode);
}

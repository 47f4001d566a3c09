/* The table of subcommands. */
#include <stddef.h>

#include "cli/command.h"

static const struct command COMMANDS[] = {
    {"detect", "find gaps in AIS exports (the default)", cmd_detect},
    {"report", "print the gaps of a saved state", cmd_report},
    {"merge", "join saved states into one", cmd_merge},
    {"decode", "print any input's position reports in one form", cmd_decode},
    {"selftest", "measure the verdicts on this feed, with silences of known cause", cmd_selftest},
    {"areas", "print the built-in areas as GeoJSON", cmd_areas},
};

enum { COMMAND_COUNT = sizeof COMMANDS / sizeof *COMMANDS };

const struct command *command_at(int i)
{
	return i < COMMAND_COUNT ? &COMMANDS[i] : NULL;
}

/* What every command with options does: reads them, helps, tells its version, or runs. */
#ifndef CLI_LAUNCH_H
#define CLI_LAUNCH_H

#include "cli/settings.h"

/*
 * Reads the arguments by the tables (a list that ends in NULL) into new settings, and calls `help`
 * or `run` as they ask. Returns the exit status.
 */
int launch(const struct option_table *const *tables, int argc, char **argv, int (*help)(void),
           int (*run)(struct settings *settings));

#endif

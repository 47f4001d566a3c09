/* What commands that read inputs have in common before and after the run. */
#ifndef CLI_OUTCOME_H
#define CLI_OUTCOME_H

#include "aisgap/detect.h"
#include "cli/settings.h"

/* the exit status that -e asks for */
enum { OUTCOME_GAPS = 5 };

/* AISGAP_USAGE, with a message, when a file would be written that is also read or written otherwise
 */
int outcome_collide(const struct settings *settings);
/* 0 when the run may begin; else what is wrong with inputs and outputs is printed: AISGAP_USAGE */
int outcome_refuse(const struct settings *settings);
/*
 * Prints warnings, summary and the message as the settings ask, writes the ledger file, and returns
 * the exit status: `result`, or AISGAP_FAILED when the ledger file could not be written.
 */
int outcome_tell(const struct settings *settings, int result, const struct aisgap_ledger *ledger,
                 const char *message);

#endif

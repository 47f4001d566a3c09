/* From the options of a command to how its inputs are read. */
#ifndef RUN_INPUTS_H
#define RUN_INPUTS_H

#include <stddef.h>
#include <stdint.h>

#include "aisgap/detect.h"
#include "base/status.h"
#include "run/intake.h"

/* borrows the options; all zero may be freed */
struct inputs {
	const char *const *paths; /* standard input where none is named */
	size_t count;
	struct intake_options intake;
	struct column_options *columns;
	struct zone_rules *zone_rules;
};

/* ST_USAGE when an option is wrong, or a file that it names */
enum status inputs_prepare(struct inputs *inputs, const struct aisgap_options *options,
                           struct diag *diag);
void inputs_free(struct inputs *inputs);
/* sizes of all inputs; 0 as soon as one is not known. Nothing is opened: a pipe opens only once. */
uint64_t inputs_bytes(const struct inputs *inputs);

#endif

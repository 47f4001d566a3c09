/* What several commands ask of their options. */
#ifndef RUN_OPTIONS_H
#define RUN_OPTIONS_H

#include "aisgap/detect.h"
#include "base/status.h"

/* ST_USAGE for times and durations out of range, and for options that do not go together */
enum status options_check(const struct aisgap_options *options, struct diag *diag);
/* as many as asked for, else as there are processors */
unsigned options_threads(const struct aisgap_options *options);
/* the prior that was asked for, else the default */
double options_prior(const struct aisgap_options *options);

#endif

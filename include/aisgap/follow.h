/* libaisgap: an endless feed, each change reported as it happens, as `aisgap --follow` does. */
#ifndef AISGAP_FOLLOW_H
#define AISGAP_FOLLOW_H

#include "aisgap/detect.h"

#ifdef __cplusplus
extern "C" {
#endif

#pragma GCC visibility push(default)

struct aisgap_follow_hooks {
	/* asked about once a second; true ends the run as the input's end does; may be NULL */
	bool (*stop)(void *context);
	/* told what a person should know at once: one line, without newline; may be NULL */
	void (*warn)(void *context, const char *text);
	void *context;
};

/*
 * Reads one input (options->inputs; none: standard input) as it comes, and writes each change of
 * the report as soon as the feed's own clock has passed it: a feed that falls silent opens nothing.
 * AISGAP_NO_FEED tells of the feed as a whole, when it ends: what was written before stays.
 * With a state the run goes on where the last one stopped, and saves about once a minute. Rows are
 * CSV or NDJSON, to standard output, a pipe or a device.
 */
enum aisgap_status aisgap_follow(const struct aisgap_options *options,
                                 const struct aisgap_follow_hooks *hooks,
                                 struct aisgap_ledger **ledger, char message[512]);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif

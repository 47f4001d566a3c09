/* libaisgap: saved states, as `aisgap report` and `aisgap merge` use them. */
#ifndef AISGAP_STATE_H
#define AISGAP_STATE_H

#include "aisgap/detect.h"

#ifdef __cplusplus
extern "C" {
#endif

#pragma GCC visibility push(default)

/*
 * Reports the gaps of the state that options->state names, without reading any input; the state is
 * not changed. The options that choose and write gaps count. Statuses, ledger and message are as
 * for aisgap_detect.
 */
enum aisgap_status aisgap_report(const struct aisgap_options *options,
                                 struct aisgap_ledger **ledger, char message[512]);

/*
 * Joins `count` (at least 1) states into the one that options->state names, which is replaced whole
 * or not at all; options->wait and options->threads count. States of different minimum gaps give
 * one of the largest. AISGAP_USAGE when they do not watch the same.
 */
enum aisgap_status aisgap_merge(const struct aisgap_options *options, const char *const *states,
                                size_t count, char message[512]);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif

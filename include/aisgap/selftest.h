/*
 * libaisgap: how good are the verdicts on a feed of one's own? One call reads the inputs, takes
 * silences of known cause out of them, judges those and holds the verdicts against the truth, as
 * `aisgap selftest` does.
 */
#ifndef AISGAP_SELFTEST_H
#define AISGAP_SELFTEST_H

#include "aisgap/detect.h"

#ifdef __cplusplus
extern "C" {
#endif

#pragma GCC visibility push(default)

/* more rounds are no better feed */
#define AISGAP_SELFTEST_ROUNDS_MAX 1000

struct aisgap_selftest {
	uint64_t seed;   /* another seed, other silences */
	unsigned rounds; /* 1 to AISGAP_SELFTEST_ROUNDS_MAX: so often silences are drawn */
};

/*
 * Of the options those count that say how inputs are read, the areas, `everywhere`, the minimum
 * gap, the prior, `output` and `format` ("text" or "json"; NULL: by the output's ending, else
 * text). The inputs are read once, and once more for each round, so they are files or URLs:
 * standard input and pipes are AISGAP_USAGE. Statuses, ledger and message are as for aisgap_detect;
 * a feed from which nothing can be taken is AISGAP_OK, with a warning in the ledger and counts that
 * are zero.
 */
enum aisgap_status aisgap_selftest(const struct aisgap_options *options,
                                   const struct aisgap_selftest *selftest,
                                   struct aisgap_ledger **ledger, char message[512]);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif

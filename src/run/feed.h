/* Whether what was read can be reported on at all. */
#ifndef RUN_FEED_H
#define RUN_FEED_H

#include "base/status.h"
#include "run/ledger.h"

/* ST_NO_FEED, with the main reason and what would mend it, when no row of the input was used */
enum status feed_input_used(const struct input_entry *entry, struct diag *diag);
/* likewise when nothing of it can be printed: neither a report, timed or not, nor identity */
enum status feed_input_decoded(const struct input_entry *entry, struct diag *diag);

/* what a command makes of rows: the one of detect, and that of decode, which prints untimed ones */
struct feed_rule {
	enum status (*check)(const struct input_entry *entry, struct diag *diag);
	bool untimed_is_bad;
};
extern const struct feed_rule FEED_DETECT;
extern const struct feed_rule FEED_DECODE;

/* how a feed that is followed was when it was looked at last; all zero at first */
struct feed_watch {
	uint64_t rows;
	uint64_t bad;
	double looked_s;
};

/*
 * A feed that turned into something else must not look like one without gaps: false, with a
 * message, when more than max_bad_pct of the rows of the last minute or more cannot be read. now_s
 * is elapsed_s.
 */
bool feed_watch(struct feed_watch *watch, const struct input_entry *entry, double max_bad_pct,
                double now_s, struct diag *diag);

/*
 * An empty or garbled feed must never look like "no gaps today". The inputs' failure, or else
 * ST_NO_FEED, when no input was any use; ST_NO_FEED, with the main reason and what would mend it,
 * when more than max_bad_pct of the rows of an input that was of use cannot be read; above 1 % it
 * is a warning in the ledger.
 */
enum status feed_check(struct aisgap_ledger *ledger, double max_bad_pct,
                       const struct feed_rule *rule, struct diag *diag);

#endif

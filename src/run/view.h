/* From a settled fleet to what is reported of it: which gaps, and each of them as a record. */
#ifndef RUN_VIEW_H
#define RUN_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "aisgap/detect.h"
#include "base/status.h"
#include "judge/judge.h"
#include "report/record.h"
#include "run/filter.h"
#include "run/ledger.h"
#include "run/resolve.h"
#include "run/verdicts.h"
#include "run/watch.h"
#include "track/gaps.h"

struct view {
	const struct aisgap_options *options;
	const struct watch *watch;
	struct fleet *fleet;
	struct filter *filter;
	struct resolver *resolver;
	bool as_of_given;
	struct gaps gaps;                    /* those in the report */
	const struct judgement **judgements; /* of each of them; they are the verdicts' */
	struct verdicts *verdicts;
};

/* ST_USAGE when an option that chooses gaps is wrong; nothing is borrowed but the options */
enum status view_new(const struct aisgap_options *options, struct view **view, struct diag *diag);
/* frees NULL safely */
void view_free(struct view *view);
/* what the view is of; both are borrowed, the fleet until view_free */
void view_bind(struct view *view, const struct watch *watch, struct fleet *fleet);

/*
 * Judges open gaps at as_of_ms and finds the gaps to be reported, those before are dropped; what
 * came of it stands in the ledger. The fleet is settled. With a given as-of, what was heard after
 * it does not count.
 */
void view_judge(struct view *view, int64_t as_of_ms, bool as_of_given,
                struct aisgap_ledger *ledger);
/* every gap of the fleet longer than this, as found last, whatever is asked for; to be freed with
 * gaps_free */
void view_all(const struct view *view, int64_t min_gap_ms, struct gaps *gaps);
/* whether other options and their filter take in the i-th gap of the report */
bool view_wants(const struct view *view, const struct aisgap_options *options,
                const struct filter *filter, size_t i);
/* "no gaps" is only good news where gaps could have been found: warnings where they could not */
void view_warn_blind(const struct view *view, struct aisgap_ledger *ledger);
/*
 * A file that is missing makes a gap for every ship: a warning when the feed of ten vessels or more
 * was silent for longer than the minimum gap, up to a time after since_ms and by as-of.
 */
void view_warn_hole(const struct view *view, int64_t since_ms, struct aisgap_ledger *ledger);
/* the i-th gap of the report as a record; its spans live until the next call */
void view_record(const struct view *view, size_t i, struct record *record);

/* what the report says of itself; `names` has room for AREAS_MAX of them */
struct report_head view_head(const struct view *view, const char **names);
#endif

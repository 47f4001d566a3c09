/*
 * What is watched: the areas, their zones and the minimum gap, from the options and, where there is
 * one, from the state that the run goes on with.
 */
#ifndef RUN_WATCH_H
#define RUN_WATCH_H

#include "aisgap/detect.h"
#include "base/status.h"
#include "geo/zone.h"
#include "state/state.h"

/* all zero may be freed */
struct watch {
	struct state_params params; /* those that a state of this run has; its areas are ours */
	struct zones *zones;
	int64_t min_gap_ms; /* of the report; not below params.gap_ms */
};

/*
 * `saved` is NULL where there is no state yet: then the options and the defaults hold. Else the
 * state's areas, with the geometry it holds, and its gap hold where the options are silent; options
 * that contradict it are ST_USAGE. `path` is the state's, for messages. `joining`: reports are to
 * be joined in, so that what is kept of them must be the same.
 */
enum status watch_prepare(struct watch *watch, const struct aisgap_options *options,
                          const struct state_params *saved, const char *path, bool joining,
                          struct diag *diag);
void watch_free(struct watch *watch);
/* a copy of the areas, built-in marks included, to be freed with areas_free */
struct areas *watch_copy_areas(const struct areas *areas);

#endif

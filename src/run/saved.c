#include "run/saved.h"

#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "base/utc.h"
#include "track/forget.h"

/* a new state that would keep no more than this share of its vessels was told a wrong time */
enum { SHARE_LEAST = 10 };

static const int64_t KEEP_MS = 400 * DAY_MS;

enum status saved_take(struct saved *saved, const char *path, bool wait, struct diag *diag)
{
	enum status status;

	saved->path = path_real(path);
	status = lock_take(saved->path, wait, &saved->lock, diag);
	if (status == ST_OK)
		status = state_open(saved->path, &saved->state, diag);
	return status;
}

enum status saved_read(struct saved *saved, const char *path, struct diag *diag)
{
	enum status status;

	saved->path = path_real(path);
	status = state_open(saved->path, &saved->state, diag);
	if (status == ST_OK && !saved->state)
		status = diag_set(diag, ST_FAILED,
		                  "%.400s: there is no such file; expected a state, as detect "
		                  "--state makes it",
		                  path);
	return status;
}

const struct state_params *saved_params(const struct saved *saved)
{
	return saved->state ? state_params(saved->state) : NULL;
}

enum status saved_load(struct saved *saved, struct fleet *fleet, unsigned threads,
                       struct diag *diag)
{
	enum status status;

	if (!saved->state)
		return ST_OK;
	status = state_join(saved->state, fleet, threads, diag);
	state_close(saved->state);
	saved->state = NULL;
	saved->loaded = true;
	if (status == ST_OK)
		saved->has_evidence = fleet_latest_evidence(fleet, &saved->evidence_ms);
	return status;
}

static enum status refuse_to_forget(const struct saved *saved, int64_t horizon_ms, int64_t keep_ms,
                                    struct diag *diag)
{
	char horizon[UTC_TEXT_SIZE];
	char feed[UTC_TEXT_SIZE];

	utc_format(horizon_ms, horizon);
	utc_format(horizon_ms + keep_ms, feed);
	return diag_set(
	    diag, ST_FAILED,
	    "%.200s: three vessels report at %s, and what lies before %s (--keep) would "
	    "be forgotten: all of it, or nearly all; if these clocks are wrong, leave "
	    "those vessels out, or name the time with --as-of",
	    saved->path ? saved->path : "--keep", feed, horizon);
}

/* three clocks in 2037 must not erase a year */
static bool forgets_all(const struct saved *saved, const struct fleet *fleet, int64_t horizon_ms)
{
	if (saved->has_evidence)
		return saved->evidence_ms < horizon_ms;
	return fleet_vessels_since(fleet, horizon_ms) * SHARE_LEAST < fleet_vessel_count(fleet);
}

/* where the horizon belongs by this run's feed time; FLEET_KEEPS_ALL when nothing tells */
static int64_t new_horizon(const struct fleet *fleet, int64_t keep_ms, const int64_t *as_of_ms)
{
	int64_t t_ms;

	if (as_of_ms)
		return *as_of_ms - keep_ms;
	return clock_witnessed(&fleet->clock, &t_ms) ? t_ms - keep_ms : FLEET_KEEPS_ALL;
}

enum status saved_forget(struct saved *saved, struct fleet *fleet, int64_t keep_ms,
                         const int64_t *as_of_ms, struct diag *diag)
{
	int64_t horizon_ms;

	if (!keep_ms)
		keep_ms = KEEP_MS;
	horizon_ms = new_horizon(fleet, keep_ms, as_of_ms);
	if (horizon_ms > fleet->horizon_ms && !as_of_ms && forgets_all(saved, fleet, horizon_ms))
		return refuse_to_forget(saved, horizon_ms, keep_ms, diag);
	/* also where it stays: late reports from before it came in */
	if (horizon_ms < fleet->horizon_ms)
		horizon_ms = fleet->horizon_ms;
	if (horizon_ms != FLEET_KEEPS_ALL)
		fleet_forget(fleet, horizon_ms);
	/* an endless run forgets again and again: each time what it held then is at stake */
	saved->has_evidence = fleet_latest_evidence(fleet, &saved->evidence_ms);
	return ST_OK;
}

enum status saved_store(const struct saved *saved, const struct state_params *params,
                        const struct fleet *fleet, unsigned threads, struct diag *diag)
{
	return state_save(saved->path, params, fleet, threads, diag);
}

void saved_free(struct saved *saved)
{
	state_close(saved->state);
	lock_give(saved->lock);
	free(saved->path);
	*saved = (struct saved){.path = NULL};
}

#include "run/saved.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/path.h"
#include "base/utc.h"
#include "track/forget.h"
#include "track/gaps.h"

static const int64_t KEEP_MS = 400 * DAY_MS;

/* a device or a directory gets no lock beside it */
static enum status check_kind(const char *path, struct diag *diag)
{
	struct stat st;

	if (stat(path, &st) != 0 || S_ISREG(st.st_mode))
		return ST_OK;
	return diag_set(diag, ST_FAILED, "%.400s: this is no file; expected a state", path);
}

enum status saved_take(struct saved *saved, const char *path, bool wait, struct diag *diag)
{
	enum status status;

	saved->path = path_real(path);
	status = check_kind(saved->path, diag);
	if (status == ST_OK)
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
	if (status == ST_OK) {
		saved->has_evidence = fleet_latest_evidence(fleet, &saved->evidence_ms);
		saved->has_feed = fleet_feed_time(fleet, &saved->feed_ms);
	}
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
	    "be forgotten, though nobody else was heard since; if these clocks are wrong, leave "
	    "those vessels out; name the time with --as-of (without --follow)",
	    saved->path ? saved->path : "--keep", feed, horizon);
}

/* no feed pauses for so long that the clocks of the last day are believed without others */
static const int64_t LEAP_MS = 90 * DAY_MS;

/*
 * Three clocks in 2037 must not erase a year. They would where all evidence lies before the
 * horizon; and where nothing bears them out: no three vessels were heard between it and the last
 * day, nor in the months before.
 */
static bool is_doubtful(const struct saved *saved, const struct fleet *fleet, int64_t horizon_ms,
                        int64_t feed_ms)
{
	int64_t first_ms;
	int64_t last_ms;
	int64_t before_ms;

	if (saved->has_evidence && saved->evidence_ms < horizon_ms)
		return true;
	return fleet_span(fleet, &first_ms, &last_ms) && first_ms < horizon_ms &&
	       !(clock_witnessed_by(&fleet->clock, feed_ms - DAY_MS, &before_ms) &&
	         (before_ms >= horizon_ms || before_ms >= feed_ms - LEAP_MS));
}

/* whether the horizon may be moved up to where it belongs by this run's feed time */
static enum status check_horizon(const struct saved *saved, const struct fleet *fleet,
                                 int64_t horizon_ms, int64_t keep_ms, bool as_of_given,
                                 struct diag *diag)
{
	if (horizon_ms <= fleet->horizon_ms)
		return ST_OK;
	if (as_of_given && !fleet_vessels_since(fleet, horizon_ms))
		return diag_set(diag, ST_USAGE,
		                "--as-of is later than the last report by more than --keep: all "
		                "would be forgotten");
	if (!as_of_given && is_doubtful(saved, fleet, horizon_ms, horizon_ms + keep_ms))
		return refuse_to_forget(saved, horizon_ms, keep_ms, diag);
	return ST_OK;
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
	enum status status;
	int64_t horizon_ms;

	if (!keep_ms)
		keep_ms = KEEP_MS;
	horizon_ms = new_horizon(fleet, keep_ms, as_of_ms);
	status = check_horizon(saved, fleet, horizon_ms, keep_ms, as_of_ms != NULL, diag);
	if (status != ST_OK)
		return status;
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

/* The join of saved states. */
#include <stdlib.h>

#include "aisgap/state.h"
#include "base/path.h"
#include "run/ledger.h"
#include "run/options.h"
#include "run/watch.h"
#include "state/lock.h"
#include "state/state.h"
#include "track/forget.h"

struct merge {
	const struct aisgap_options *options;
	const char *const *paths;
	size_t count;
	char *out;
	struct lock *lock;
	struct state_params params; /* of the result; its areas are ours */
	const char *begun_by;       /* path of the state whose areas they are */
	struct zones *zones;
	struct fleet *fleet;
};

static enum status open_one(const char *path, struct state **state, struct diag *diag)
{
	enum status status = state_open(path, state, diag);

	if (status == ST_OK && !*state)
		status = diag_set(diag, ST_FAILED,
		                  "%.400s: there is no such file; expected a state, as detect "
		                  "--state makes it",
		                  path);
	return status;
}

/* only states of the same watch can be joined; the largest gap of them holds */
static enum status check(const struct merge *m, const char *path, const struct state_params *params,
                         struct diag *diag)
{
	const char *what = state_params_differ(&m->params, params, false);

	if (!what)
		return ST_OK;
	return diag_set(diag, ST_USAGE,
	                "%.200s and %.200s: they were begun with different %s; only states of the "
	                "same watch can be joined",
	                m->begun_by, path, what);
}

static enum status take_params(struct merge *m, const char *path, const struct state_params *params,
                               struct diag *diag)
{
	if (!m->params.areas) {
		m->params = *params;
		m->params.areas = watch_copy_areas(params->areas);
		m->begun_by = path;
	}
	if (params->gap_ms > m->params.gap_ms)
		m->params.gap_ms = params->gap_ms;
	return check(m, path, params, diag);
}

/* the parameters of all, before any is read whole */
static enum status look_at_all(struct merge *m, struct diag *diag)
{
	enum status status = ST_OK;

	for (size_t i = 0; i < m->count && status == ST_OK; i++) {
		struct state *state = NULL;

		status = open_one(m->paths[i], &state, diag);
		if (status == ST_OK)
			status = take_params(m, m->paths[i], state_params(state), diag);
		state_close(state);
	}
	return status;
}

/* what would be replaced must be a state, too */
static enum status look_at_out(const struct merge *m, struct diag *diag)
{
	struct state *state = NULL;
	enum status status = state_open(m->out, &state, diag);

	state_close(state);
	return status;
}

static enum status join_all(struct merge *m, struct diag *diag)
{
	struct fleet_params params = {m->params.gap_ms, NULL, m->params.everywhere};
	enum status status = ST_OK;

	m->zones = zones_new(m->params.areas);
	params.zones = m->zones;
	m->fleet = fleet_new(&params);
	for (size_t i = 0; i < m->count && status == ST_OK; i++) {
		struct state *state = NULL;

		status = open_one(m->paths[i], &state, diag);
		/* it may have been replaced since it was looked at */
		if (status == ST_OK)
			status = check(m, m->paths[i], state_params(state), diag);
		if (status == ST_OK)
			status = state_join(state, m->fleet, options_threads(m->options), diag);
		state_close(state);
	}
	return status;
}

static enum status run_all(struct merge *m, struct diag *diag)
{
	enum status status = options_check(m->options, diag);

	if (status != ST_OK)
		return status;
	m->out = path_real(m->options->state);
	status = lock_take(m->out, m->options->wait, &m->lock, diag);
	if (status == ST_OK)
		status = look_at_out(m, diag);
	if (status == ST_OK)
		status = look_at_all(m, diag);
	if (status == ST_OK)
		status = join_all(m, diag);
	if (status != ST_OK)
		return status;
	fleet_settle(m->fleet);
	return state_save(m->out, &m->params, m->fleet, options_threads(m->options), diag);
}

enum aisgap_status aisgap_merge(const struct aisgap_options *options, const char *const *states,
                                size_t count, char message[512])
{
	struct merge merge = {.options = options, .paths = states, .count = count};
	struct diag diag = {""};
	enum status status = run_all(&merge, &diag);

	fleet_free(merge.fleet);
	free(merge.zones);
	areas_free(merge.params.areas);
	lock_give(merge.lock);
	free(merge.out);
	span_copy(span_of(diag.text), message, 512);
	return ledger_result(status);
}

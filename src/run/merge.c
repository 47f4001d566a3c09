/* The join of saved states. */
#include <stdlib.h>

#include "aisgap/state.h"
#include "base/mem.h"
#include "base/path.h"
#include "run/options.h"
#include "run/saved.h"
#include "run/watch.h"
#include "track/forget.h"

struct merge {
	const struct aisgap_options *options;
	const char *const *paths;
	size_t count;
	struct saved out;
	struct state_params params; /* of the result; its areas are ours */
	const char *begun_by;       /* path of the state whose areas they are */
	struct zones *zones;
	struct fleet *fleet;
};

static enum status refuse(const struct merge *m, const char *path, const char *what,
                          struct diag *diag)
{
	return diag_set(diag, ST_USAGE,
	                "%.200s and %.200s: they were begun with different %s; only states of the "
	                "same watch can be joined",
	                m->begun_by, path, what);
}

/* the first state's parameters; the others' must be the same, but the largest gap counts */
static enum status take_params(struct merge *m, const char *path, const struct state_params *params,
                               struct diag *diag)
{
	const char *what;

	if (!m->params.areas) {
		m->params = *params;
		m->params.areas = watch_copy_areas(params->areas);
		m->begun_by = path;
		return ST_OK;
	}
	what = state_params_differ(&m->params, params, false);
	if (what)
		return refuse(m, path, what, diag);
	if (params->gap_ms > m->params.gap_ms)
		m->params.gap_ms = params->gap_ms;
	return ST_OK;
}

static enum status open_one(const char *path, struct saved *saved, struct diag *diag)
{
	enum status status = saved_read(saved, path, diag);

	if (status != ST_OK)
		saved_free(saved);
	return status;
}

/* the parameters of all, before any is read whole */
static enum status look_at_all(struct merge *m, struct diag *diag)
{
	enum status status = ST_OK;

	for (size_t i = 0; i < m->count && status == ST_OK; i++) {
		struct saved one = {.path = NULL};

		status = open_one(m->paths[i], &one, diag);
		if (status == ST_OK)
			status = take_params(m, m->paths[i], saved_params(&one), diag);
		saved_free(&one);
	}
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
		struct saved one = {.path = NULL};

		status = open_one(m->paths[i], &one, diag);
		if (status == ST_OK)
			status = saved_load(&one, m->fleet, options_threads(m->options), diag);
		saved_free(&one);
	}
	return status;
}

static enum status run_all(struct merge *m, struct diag *diag)
{
	enum status status = ST_OK;

	m->out.path = path_real(m->options->state);
	status = lock_take(m->out.path, m->options->wait, &m->out.lock, diag);
	if (status == ST_OK)
		status = look_at_all(m, diag);
	if (status == ST_OK)
		status = join_all(m, diag);
	if (status != ST_OK)
		return status;
	if (m->fleet->horizon_ms != FLEET_KEEPS_ALL)
		fleet_forget(m->fleet, m->fleet->horizon_ms);
	return saved_store(&m->out, &m->params, m->fleet, options_threads(m->options), diag);
}

enum aisgap_status aisgap_merge(const struct aisgap_options *options, const char *const *states,
                                size_t count, char message[512])
{
	static const enum aisgap_status RESULT[] = {
	    [ST_OK] = AISGAP_OK,
	    [ST_FAILED] = AISGAP_FAILED,
	    [ST_USAGE] = AISGAP_USAGE,
	    [ST_NO_FEED] = AISGAP_NO_FEED,
	};
	struct merge merge = {.options = options, .paths = states, .count = count};
	struct diag diag = {""};
	enum status status = run_all(&merge, &diag);

	fleet_free(merge.fleet);
	free(merge.zones);
	areas_free(merge.params.areas);
	saved_free(&merge.out);
	span_copy(span_of(diag.text), message, 512);
	return RESULT[status];
}

#include "run/watch.h"

#include <stdlib.h>
#include <string.h>

#include "base/duration.h"
#include "base/utc.h"

static const int64_t GAP_MS = 6 * HOUR_MS;
static const char *const DEFAULT_AREAS[] = {"vladivostok", "caspian"};

struct areas *watch_copy_areas(const struct areas *areas)
{
	struct areas *copy = areas_new();

	for (size_t i = 0; i < areas_count(areas); i++) {
		char *feature = areas_geojson(areas, i);

		areas_restore(copy, span_of(feature), areas_builtin(areas, i), "area", NULL);
		free(feature);
	}
	return copy;
}

/* the areas that the options name, with margins for a minimum gap of gap_ms */
static enum status named_areas(const struct aisgap_options *o, int64_t gap_ms, struct areas **areas,
                               struct diag *diag)
{
	const char *const *specs = o->area_count ? o->areas : DEFAULT_AREAS;
	size_t count = o->area_count ? o->area_count : 2;
	enum status status = ST_OK;

	*areas = areas_new();
	for (size_t i = 0; i < count && status == ST_OK; i++)
		status = areas_add(*areas, specs[i], gap_ms, diag);
	return status;
}

static enum status refuse_gap(const char *path, int64_t asked_ms, int64_t kept_ms,
                              struct diag *diag)
{
	return diag_set(
	    diag, ST_USAGE,
	    "%.300s: it keeps gaps longer than %g h, and shorter ones cannot be found in "
	    "it; leave --min-gap %g h out, or begin a new state with it",
	    path, (double)kept_ms / (double)HOUR_MS, (double)asked_ms / (double)HOUR_MS);
}

/* options that say something else than the state they go on with */
static enum status agree(const struct aisgap_options *o, const struct state_params *saved,
                         const char *path, bool joining, struct diag *diag)
{
	struct state_params asked = {.gap_ms = saved->gap_ms,
	                             .everywhere = saved->everywhere,
	                             .any_id = saved->any_id || (o->any_id && joining)};
	enum status status = ST_OK;
	const char *what = NULL;

	if (o->everywhere && joining)
		asked.everywhere = true;
	if (o->area_count)
		status = named_areas(o, saved->gap_ms, &asked.areas, diag);
	else
		asked.areas = watch_copy_areas(saved->areas);
	if (status == ST_OK)
		what = state_params_differ(&asked, saved, true);
	if (what)
		status = diag_set(diag, ST_USAGE,
		                  "%.300s: it was begun with other %s; use the same as then, or "
		                  "begin a new state",
		                  path, what);
	areas_free(asked.areas);
	return status;
}

static enum status prepare_saved(struct watch *watch, const struct aisgap_options *o,
                                 const struct state_params *saved, const char *path, bool joining,
                                 struct diag *diag)
{
	enum status status = ST_OK;

	if (watch->min_gap_ms < saved->gap_ms)
		status = refuse_gap(path, watch->min_gap_ms, saved->gap_ms, diag);
	if (status == ST_OK)
		status = agree(o, saved, path, joining, diag);
	if (status != ST_OK)
		return status;
	watch->params = *saved;
	watch->params.areas = watch_copy_areas(saved->areas);
	return ST_OK;
}

enum status watch_prepare(struct watch *watch, const struct aisgap_options *o,
                          const struct state_params *saved, const char *path, bool joining,
                          struct diag *diag)
{
	int64_t usual_ms = saved ? saved->gap_ms : GAP_MS;
	enum status status;

	*watch = (struct watch){.min_gap_ms = o->min_gap_ms ? o->min_gap_ms : usual_ms};
	if (watch->min_gap_ms < 1000 || watch->min_gap_ms > DURATION_MAX_MS)
		return diag_set(diag, ST_USAGE,
		                "the minimum gap must lie between one second and 10,000 days");
	if (saved) {
		status = prepare_saved(watch, o, saved, path, joining, diag);
	} else {
		watch->params = (struct state_params){
		    .gap_ms = watch->min_gap_ms, .everywhere = o->everywhere, .any_id = o->any_id};
		status = named_areas(o, watch->min_gap_ms, &watch->params.areas, diag);
	}
	if (status == ST_OK)
		watch->zones = zones_new(watch->params.areas);
	return status;
}

void watch_free(struct watch *watch)
{
	free(watch->zones);
	areas_free(watch->params.areas);
	*watch = (struct watch){.min_gap_ms = 0};
}

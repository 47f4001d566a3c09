/* Whether two states watch the same. */
#include <stdlib.h>
#include <string.h>

#include "state/state.h"

static bool same_area(const struct areas *a, const struct areas *b, size_t i,
                      bool versions_may_differ)
{
	char *mine;
	char *other;
	bool same;

	if (areas_builtin(a, i) != areas_builtin(b, i))
		return false;
	if (versions_may_differ && areas_builtin(a, i))
		return !strcmp(areas_name(a, i), areas_name(b, i));
	mine = areas_geojson(a, i);
	other = areas_geojson(b, i);
	same = !strcmp(mine, other);
	free(mine);
	free(other);
	return same;
}

const char *state_params_differ(const struct state_params *a, const struct state_params *b,
                                bool versions_may_differ)
{
	size_t count = areas_count(a->areas);

	if (count != areas_count(b->areas))
		return "areas";
	for (size_t i = 0; i < count; i++) {
		if (!same_area(a->areas, b->areas, i, versions_may_differ))
			return "areas";
	}
	if (a->any_id != b->any_id)
		return "--any-id";
	return a->everywhere != b->everywhere ? "--everywhere" : NULL;
}

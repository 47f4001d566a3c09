#include "state/params_code.h"

#include <stdlib.h>

#include "base/duration.h"
#include "state/time_code.h"

enum { EVERYWHERE = 1, ANY_ID = 2, HORIZON = 4, ALL_FLAGS = 7 };

/* the earliest horizon: whatever is kept the longest, counted from the earliest time */
#define HORIZON_LEAST_MS (TIME_LEAST_MS - DURATION_MAX_MS)

static bool in_range(int64_t gap_ms, int64_t horizon_ms)
{
	return gap_ms >= 0 && gap_ms <= DURATION_MAX_MS &&
	       (horizon_ms == FLEET_KEEPS_ALL ||
	        (horizon_ms >= HORIZON_LEAST_MS && horizon_ms < TIME_MOST_MS));
}

static enum status put_area(struct code_out *out, const struct areas *areas, size_t i,
                            struct diag *diag)
{
	char *text = areas_geojson(areas, i);
	struct areas *again = areas_new();
	enum status status =
	    areas_restore(again, span_of(text), areas_builtin(areas, i), "an area", diag);

	areas_free(again);
	code_byte(out, areas_builtin(areas, i));
	code_text(out, span_of(text));
	free(text);
	return status ? ST_FAILED : ST_OK;
}

enum status params_encode(struct code_out *out, const struct state_params *params,
                          int64_t horizon_ms, struct diag *diag)
{
	bool horizon = horizon_ms != FLEET_KEEPS_ALL;
	size_t count = areas_count(params->areas);
	enum status status = ST_OK;

	code_varint(out, (uint64_t)params->gap_ms);
	code_byte(out, (uint8_t)((params->everywhere ? EVERYWHERE : 0) |
	                         (params->any_id ? ANY_ID : 0) | (horizon ? HORIZON : 0)));
	if (horizon)
		code_signed(out, horizon_ms);
	out->bad = out->bad || !in_range(params->gap_ms, horizon_ms);
	code_varint(out, count);
	for (size_t i = 0; i < count && !status; i++)
		status = put_area(out, params->areas, i, diag);
	return status;
}

static const char *get_areas(struct code_in *in, struct areas *areas, struct diag *diag)
{
	uint64_t count = code_get_varint(in);

	if (count > AREAS_MAX)
		return "more areas than there can be";
	for (uint64_t i = 0; i < count; i++) {
		unsigned builtin = code_get_byte(in);
		struct span text = code_get_text(in);

		if (in->bad || builtin > 1)
			return "an area cut short";
		if (areas_restore(areas, text, builtin, "its areas", diag))
			return diag->text;
	}
	return NULL;
}

const char *params_decode(struct code_in *in, struct state_params *params, int64_t *horizon_ms,
                          struct diag *diag)
{
	uint64_t gap_ms = code_get_varint(in);
	unsigned flags = code_get_byte(in);
	const char *wrong;

	*params =
	    (struct state_params){(int64_t)gap_ms, flags & EVERYWHERE, flags & ANY_ID, areas_new()};
	*horizon_ms = FLEET_KEEPS_ALL;
	if (in->bad || gap_ms > (uint64_t)DURATION_MAX_MS || flags > ALL_FLAGS)
		return "parameters out of range";
	if (flags & HORIZON)
		*horizon_ms = code_get_signed(in);
	if ((flags & HORIZON && *horizon_ms == FLEET_KEEPS_ALL) ||
	    !in_range((int64_t)gap_ms, *horizon_ms))
		return "a horizon out of range";
	wrong = get_areas(in, params->areas, diag);
	if (!wrong && (in->bad || code_left(in)))
		wrong = "its length does not fit";
	return wrong;
}

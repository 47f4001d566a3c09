/* Reading a state: sections are read in order, and decoded by several threads into the shards. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "state/clock_code.h"
#include "state/container.h"
#include "state/crew.h"
#include "state/params_code.h"
#include "state/shard_code.h"
#include "state/tags.h"
#include "track/forget.h"

struct state {
	struct container_in *in;
	struct state_params params;
	int64_t horizon_ms;
	struct clock clock;
};

/* the next section, which has this tag */
static enum status next_section(struct state *state, uint32_t expected, struct span *payload,
                                struct diag *diag)
{
	uint32_t tag;
	enum status status = container_next(state->in, &tag, payload, diag);

	if (!status && tag != expected)
		status = container_damaged(state->in, "a section out of order", diag);
	return status;
}

static enum status read_params(struct state *state, struct diag *diag)
{
	struct diag why = {""};
	struct span payload;
	enum status status = next_section(state, TAG_PARAMS, &payload, diag);
	struct code_in in;
	const char *wrong;

	if (status)
		return status;
	in = code_in_of(payload);
	wrong = params_decode(&in, &state->params, &state->horizon_ms, &why);
	return wrong ? container_damaged(state->in, wrong, diag) : ST_OK;
}

static enum status read_clock(struct state *state, struct diag *diag)
{
	struct span payload;
	enum status status = next_section(state, TAG_CLOCK, &payload, diag);
	struct code_in in;

	if (status)
		return status;
	in = code_in_of(payload);
	if (!clock_decode(&in, &state->clock) || code_left(&in))
		return container_damaged(state->in, "a feed clock that cannot be", diag);
	return ST_OK;
}

enum status state_open(const char *path, struct state **state, struct diag *diag)
{
	struct container_in *in;
	enum status status = container_open(path, STATE_MAGIC, STATE_VERSION, "a state", &in, diag);

	*state = NULL;
	if (status || !in)
		return status;
	*state = mem_new(1, sizeof **state);
	(*state)->in = in;
	status = read_params(*state, diag);
	if (!status)
		status = read_clock(*state, diag);
	if (status) {
		state_close(*state);
		*state = NULL;
	}
	return status;
}

const struct state_params *state_params(const struct state *state)
{
	return &state->params;
}

void state_close(struct state *state)
{
	if (!state)
		return;
	container_close(state->in);
	areas_free(state->params.areas);
	clock_free(&state->clock);
	free(state);
}

struct joining {
	struct state *state;
	struct fleet *into;
	struct shard_rules rules;
	pthread_mutex_t lock;
	int next;   /* shard to be read */
	int failed; /* the first shard that could not be read or decoded; FLEET_SHARDS: none */
	enum status status;
	struct diag diag;
};

/* a section's payload with its place in the file, copied so that the next can be read */
struct section {
	int shard;
	uint64_t at;
	char *bytes;
	size_t len;
	size_t cap;
};

/* with the lock held; of several failures the first in the file is told */
static void fail(struct joining *joining, int s, enum status status, const struct diag *diag)
{
	if (s >= joining->failed)
		return;
	joining->failed = s;
	joining->status = status;
	joining->diag = *diag;
}

/* reads the next shard's section; false when there is none, or anything failed */
static bool take_section(struct joining *joining, struct section *section)
{
	struct span payload;
	struct diag diag;
	enum status status = ST_OK;
	bool taken = false;

	pthread_mutex_lock(&joining->lock);
	if (joining->failed == FLEET_SHARDS && joining->next < FLEET_SHARDS) {
		section->shard = joining->next++;
		status = next_section(joining->state, TAG_SHARD, &payload, &diag);
		taken = !status;
	}
	if (status)
		fail(joining, section->shard, status, &diag);
	if (taken) {
		section->at = container_section(joining->state->in);
		section->bytes = mem_grow(section->bytes, &section->cap, payload.len, 1 << 16, 1);
		section->len = payload.len;
		if (payload.len)
			memcpy(section->bytes, payload.ptr, payload.len);
	}
	pthread_mutex_unlock(&joining->lock);
	return taken;
}

/* into the fleet's shard where that is empty, else by a shard of its own */
static const char *join_section(struct joining *joining, const struct section *section)
{
	struct span payload = {section->bytes, section->len};
	struct shard *into = &joining->into->shards[section->shard];
	struct shard aside = {0};
	const char *wrong;

	if (!into->vessel_count)
		return shard_decode(payload, section->shard, &joining->rules, into);
	wrong = shard_decode(payload, section->shard, &joining->rules, &aside);
	if (!wrong)
		shard_join(joining->into, section->shard, &aside);
	shard_clear(&aside);
	return wrong;
}

static void join_sections(void *context)
{
	struct joining *joining = context;
	struct section section = {0};

	while (take_section(joining, &section)) {
		const char *wrong = join_section(joining, &section);
		struct diag diag;

		if (!wrong)
			continue;
		container_damaged_at(joining->state->in, section.at, wrong, &diag);
		pthread_mutex_lock(&joining->lock);
		fail(joining, section.shard, ST_FAILED, &diag);
		pthread_mutex_unlock(&joining->lock);
	}
	free(section.bytes);
}

/* what joins besides the shards, once all of the file was seen to be whole */
static enum status join_rest(struct state *state, struct fleet *into, struct diag *diag)
{
	struct span end;
	enum status status = next_section(state, 0, &end, diag);
	int64_t horizon_ms =
	    state->horizon_ms > into->horizon_ms ? state->horizon_ms : into->horizon_ms;

	if (status)
		return status;
	clock_join(&into->clock, &state->clock);
	if (horizon_ms != FLEET_KEEPS_ALL)
		fleet_forget(into, horizon_ms);
	return ST_OK;
}

enum status state_join(struct state *state, struct fleet *into, unsigned threads, struct diag *diag)
{
	struct joining joining = {
	    .state = state,
	    .into = into,
	    .rules = {state->params.gap_ms, into->params.gap_ms, into->params.zones->count,
	              into->params.everywhere, state->horizon_ms != FLEET_KEEPS_ALL},
	    .failed = FLEET_SHARDS,
	};

	fleet_settle(into);
	pthread_mutex_init(&joining.lock, NULL);
	crew_run(threads, join_sections, &joining);
	pthread_mutex_destroy(&joining.lock);
	if (joining.failed < FLEET_SHARDS)
		return diag_set(diag, joining.status, "%s", joining.diag.text);
	return join_rest(state, into, diag);
}

/* Writing a state: shards are encoded by several threads, and each waits for its turn to write. */
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

#include "state/clock_code.h"
#include "state/container.h"
#include "state/crew.h"
#include "state/params_code.h"
#include "state/shard_code.h"
#include "state/tags.h"

struct saving {
	const struct fleet *fleet;
	struct container_out *out;
	pthread_mutex_t lock;
	pthread_cond_t written;
	int next; /* shard to be encoded */
	int turn; /* shard to be written */
	bool bad; /* what was written would be refused when read */
};

static int take_shard(struct saving *saving)
{
	int s;

	pthread_mutex_lock(&saving->lock);
	s = saving->next++;
	pthread_mutex_unlock(&saving->lock);
	return s;
}

/* whose turn it is writes without the lock: nobody else has the turn */
static void write_shard(struct saving *saving, int s, const struct code_out *bytes)
{
	pthread_mutex_lock(&saving->lock);
	while (saving->turn != s)
		pthread_cond_wait(&saving->written, &saving->lock);
	pthread_mutex_unlock(&saving->lock);
	container_put(saving->out, TAG_SHARD, (struct span){bytes->bytes, bytes->len});
	pthread_mutex_lock(&saving->lock);
	saving->turn++;
	saving->bad = saving->bad || bytes->bad;
	pthread_cond_broadcast(&saving->written);
	pthread_mutex_unlock(&saving->lock);
}

static void save_shards(void *context)
{
	struct saving *saving = context;
	struct code_out bytes = {0};
	int s;

	while ((s = take_shard(saving)) < FLEET_SHARDS) {
		bytes.len = 0;
		shard_encode(&bytes, &saving->fleet->shards[s]);
		write_shard(saving, s, &bytes);
	}
	free(bytes.bytes);
}

static void save_clock(struct saving *saving)
{
	struct code_out bytes = {0};

	clock_encode(&bytes, &saving->fleet->clock);
	container_put(saving->out, TAG_CLOCK, (struct span){bytes.bytes, bytes.len});
	saving->bad = saving->bad || bytes.bad;
	free(bytes.bytes);
}

/* A file that cannot be read again must not take the place of one that can. */
static enum status finish(struct saving *saving, const char *path, struct diag *diag)
{
	if (!saving->bad)
		return container_commit(saving->out, diag);
	container_abort(saving->out);
	return diag_set(diag, ST_FAILED,
	                "%.300s: not saved, because what is to be saved is out of range and could "
	                "not be read again; this is a fault of aisgap: please report it",
	                path);
}

/* G and --everywhere are what the fleet was kept by */
static enum status encode_params(struct code_out *out, const struct state_params *params,
                                 const struct fleet *fleet, struct diag *diag)
{
	struct state_params kept = *params;

	kept.gap_ms = fleet->params.gap_ms;
	kept.everywhere = fleet->params.everywhere;
	return params_encode(out, &kept, fleet->horizon_ms, diag);
}

enum status state_save(const char *path, const struct state_params *params,
                       const struct fleet *fleet, unsigned threads, struct diag *diag)
{
	struct saving saving = {.fleet = fleet};
	struct code_out bytes = {0};
	enum status status = encode_params(&bytes, params, fleet, diag);

	if (!status)
		status = container_create(path, STATE_MAGIC, STATE_VERSION, &saving.out, diag);
	if (!status)
		container_put(saving.out, TAG_PARAMS, (struct span){bytes.bytes, bytes.len});
	saving.bad = bytes.bad;
	free(bytes.bytes);
	if (status)
		return status;
	save_clock(&saving);
	pthread_mutex_init(&saving.lock, NULL);
	pthread_cond_init(&saving.written, NULL);
	crew_run(threads, save_shards, &saving);
	pthread_cond_destroy(&saving.written);
	pthread_mutex_destroy(&saving.lock);
	return finish(&saving, path, diag);
}

/*
 * A saved fleet: a container (state/container.h) of the parameters, the feed clock and the shards,
 * in this order. The same content gives the same bytes, whatever the order of joins and threads;
 * what is read is checked number by number, so that a file made to do harm breaks nothing.
 */
#ifndef STATE_STATE_H
#define STATE_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "geo/area.h"
#include "track/fleet.h"

/* what a state watches; two states join where these agree */
struct state_params {
	int64_t gap_ms;      /* G, 0 to DURATION_MAX_MS */
	bool everywhere;     /* presence is kept outside zones too */
	bool any_id;         /* ids that are no ship's MMSI are taken */
	struct areas *areas; /* owned by whoever holds the params */
};

/* a saved fleet that is being read */
struct state;

/*
 * Opens a state and reads its parameters, horizon and feed clock. *state is NULL when there is no
 * such file, and on ST_FAILED with a message that says what to do.
 */
enum status state_open(const char *path, struct state **state, struct diag *diag);
/* borrowed, areas too: valid until state_close */
const struct state_params *state_params(const struct state *state);
/*
 * Joins all of it into the fleet, whose gap is the state's or larger and whose zones were made from
 * the same areas in the same order: shard by shard, so that memory is that of the fleet and of a
 * shard per thread. Settles the fleet; the later horizon holds, and the fleet forgets by it. Once
 * per state. On ST_FAILED the fleet may hold part of it: discard it.
 */
enum status state_join(struct state *state, struct fleet *into, unsigned threads,
                       struct diag *diag);
/* NULL is nothing */
void state_close(struct state *state);

/*
 * Replaces the file at `path` (no symbolic link) by the fleet, which is settled; G and --everywhere
 * are the fleet's. ST_FAILED with "PATH: reason"; the old file then stays.
 */
enum status state_save(const char *path, const struct state_params *params,
                       const struct fleet *fleet, unsigned threads, struct diag *diag);

/*
 * NULL when both are the same watch (gap aside), else what differs, static text: "areas",
 * "--any-id", "--everywhere". Areas are the same when they are the same in the same order; built-in
 * ones of one name whatever their geometry and margin when `versions_may_differ`.
 */
const char *state_params_differ(const struct state_params *a, const struct state_params *b,
                                bool versions_may_differ);

#endif

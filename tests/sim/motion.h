/* Where a ship is and what it does: a chain of straight legs and stays, made as time goes on. */
#ifndef SIM_MOTION_H
#define SIM_MOTION_H

#include <stdbool.h>
#include <stdint.h>

#include "rng.h"
#include "world.h"

/* navigational status numbers of ITU-R M.1371, message 1 */
enum { NAV_ENGINE = 0, NAV_ANCHOR = 1, NAV_MOORED = 5, NAV_FISHING = 7, NAV_UNDEFINED = 15 };

enum at { AT_SEA, AT_ANCHOR, AT_PORT };

enum habit { TRADER, FERRY, FISHER, LOCAL, PATROL, FIXED, CONVOY };

struct leg {
	int64_t t0, t1; /* ms */
	struct place a, b;
	int32_t sog, cog; /* tenths of a knot, tenths of a degree */
	int nav;
	enum at at;
	bool turned; /* the course changed by more than 5 degrees at its start */
};

struct motion {
	const struct world *world;
	struct rng rng;
	enum habit habit;
	int32_t cruise; /* tenths of a knot */
	int64_t stay_min_h, stay_max_h;
	int stage, port, dest, ground, node, target, left, home_port, other_port;
	bool anchored;
	/* of a convoy: the node where it turns, and where and when this ship sails beside the rest
	 */
	int far;
	int64_t beside_north_m, beside_east_m, lag_ms;
	struct leg leg;
};

struct state {
	struct place p;
	int32_t sog, cog;
	int nav;
	enum at at;
	bool turning, moving;
};

/* a port of the region other than not_this, by how often ships call; -1 excludes none */
int port_at_random(struct rng *r, enum region region, int not_this);
/* a ship of the region (a convoy: from m->port), already on its way at t */
void motion_begin(struct motion *m, enum region region, int64_t t);
/* a thing that stays at a place */
void motion_fix(struct motion *m, struct place p, int64_t t);
/* moves on to the leg that holds t; t never goes back */
void motion_seek(struct motion *m, int64_t t);
/* the state at t, which must lie in the present leg */
struct state motion_state(const struct motion *m, int64_t t);

#endif

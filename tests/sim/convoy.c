/*
 * Convoys (--convoys N): six class A ships each, of one region, with the same legs and stays, since
 * all draw from the random stream of the convoy. Each ship keeps its own place within 900 m of the
 * convoy's middle and is up to 2 minutes early or late. From a port they go to the nearest point of
 * the sea 60 nm or more away that no station of the network ever reaches (1.9 times the nominal
 * range of class A; see reception.c), go to and fro there over 3 to 9 legs, come back, lie 4 to 16
 * hours in port and begin anew. Satellites may hear them all the time. In a network that reaches
 * every point, the one it reaches least will do.
 */
#include "convoy.h"

#include "calendar.h"
#include "vessel.h"

enum { SALT_CONVOY = 101, SHIPS = 6, BESIDE_M = 900, LAG_MS = 2 * MINUTE_MS };
enum { OPEN_SEA_M = 60 * 1852, BEYOND_PERMILLE = 1900, ROOM_M = 300 };

/* with both regions, ships with even ranks are of one and those with odd ranks of the other */
int64_t convoy_of(const struct sim *sim, uint32_t index)
{
	const struct options *o = sim->o;
	int64_t rank = o->region == AREA_WORLD ? (int64_t)index : inside_rank(sim, index);
	int64_t regions = o->region == AREA_BOTH ? 2 : 1;
	int64_t convoy;

	if (o->convoys == 0 || rank < 0 || (int64_t)index >= o->vessels - o->shared)
		return -1;
	convoy = rank / regions / SHIPS * regions + rank % regions;
	return convoy < o->convoys ? convoy : -1;
}

/* how far beyond the stations' reach, per mille of the nominal range; no more than is needed */
static int64_t beyond(const struct network *n, struct place p)
{
	int64_t least = BEYOND_PERMILLE;
	int64_t permille;
	int i;

	for (i = 0; i < n->count; i++) {
		permille = distance_m(n->at[i], p) * 1000 / n->range_m[i][CLASS_A];
		least = permille < least ? permille : least;
	}
	return least;
}

/* the node to turn at for ships of the port; its own when no node is far enough from that */
static int far_node(const struct sim *sim, int port)
{
	int home = sim->world.port_node[port];
	int64_t best_beyond = -1;
	int64_t best_m = 0;
	int best = home;
	int64_t b;
	int64_t d;
	int i;

	for (i = 0; i < sea_node_count; i++) {
		d = distance_m(node_place(home), node_place(i));
		if (sim->world.next[home][i] < 0 || d < OPEN_SEA_M)
			continue;
		b = beyond(&sim->network, node_place(i));
		if (b > best_beyond || (b == best_beyond && d < best_m)) {
			best_beyond = b;
			best_m = d;
			best = i;
		}
	}
	return best;
}

/* a port with room to sail side by side, and open sea before it */
static void choose_port(struct motion *m, const struct sim *sim, enum region region)
{
	int tries;
	int home;

	for (tries = 0; tries < 100; tries++) {
		m->port = port_at_random(&m->rng, region, -1);
		m->far = far_node(sim, m->port);
		home = sim->world.port_node[m->port];
		if (m->far != home && sea_nodes[home].room_m >= ROOM_M)
			return;
	}
}

void convoy_join(struct vessel *v)
{
	uint64_t seed = (uint64_t)v->sim->o->seed;
	uint64_t convoy = (uint64_t)convoy_of(v->sim, v->index);
	struct rng own = rng_stream(seed + SALT_CONVOY, v->index, 0);
	struct motion *m = &v->motion;
	int64_t angle = rng_range(&own, 0, FULL_CIRCLE - 1);
	int64_t metres = rng_range(&own, 0, BESIDE_M);

	m->rng = rng_stream(seed, convoy, SALT_CONVOY);
	m->habit = CONVOY;
	m->cruise = (int32_t)rng_range(&m->rng, 90, 130);
	m->stay_min_h = 4;
	m->stay_max_h = 16;
	m->beside_north_m = metres * (cos_q30(angle) >> 10) >> 20;
	m->beside_east_m = metres * (sin_q30(angle) >> 10) >> 20;
	m->lag_ms = rng_range(&own, -LAG_MS, LAG_MS);
	choose_port(m, v->sim, v->region);
}

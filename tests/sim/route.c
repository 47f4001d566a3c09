/* Shortest ways over the sea legs: Floyd (1962) and Warshall (1962). */
#include "world.h"

#include <string.h>

enum { NO_WAY_M = 1 << 29 };

struct place place_of_mdeg(int32_t lat_mdeg, int32_t lon_mdeg)
{
	struct place p = {lat_mdeg * 1000, lon_mdeg * 1000};

	return p;
}

struct place node_place(int node)
{
	return place_of_mdeg(sea_nodes[node].lat_mdeg, sea_nodes[node].lon_mdeg);
}

static int node_named(const char *name)
{
	int i;

	for (i = 0; i < sea_node_count; i++)
		if (strcmp(sea_nodes[i].name, name) == 0)
			return i;
	return -1;
}

static bool find_names(struct world *w)
{
	bool ok = sea_node_count <= MAX_NODES && port_count <= MAX_PORTS &&
	          ground_count <= MAX_GROUNDS && sea_leg_count <= MAX_NODES * 2;
	int i;

	for (i = 0; ok && i < sea_leg_count; i++) {
		w->legs[i][0] = node_named(sea_legs[i].a);
		w->legs[i][1] = node_named(sea_legs[i].b);
		ok = w->legs[i][0] >= 0 && w->legs[i][1] >= 0;
	}
	for (i = 0; ok && i < port_count; i++) {
		w->port_node[i] = node_named(ports[i].node);
		ok = w->port_node[i] >= 0;
	}
	for (i = 0; ok && i < ground_count; i++) {
		w->ground_node[i] = node_named(grounds[i].node);
		ok = w->ground_node[i] >= 0;
	}
	return ok;
}

static void join_neighbours(struct world *w, int32_t length[MAX_NODES][MAX_NODES])
{
	int a;
	int b;
	int i;

	for (a = 0; a < sea_node_count; a++) {
		for (b = 0; b < sea_node_count; b++) {
			length[a][b] = a == b ? 0 : NO_WAY_M;
			w->next[a][b] = a == b ? b : -1;
		}
	}
	for (i = 0; i < sea_leg_count; i++) {
		a = w->legs[i][0];
		b = w->legs[i][1];
		length[a][b] = (int32_t)distance_m(node_place(a), node_place(b));
		length[b][a] = length[a][b];
		w->next[a][b] = b;
		w->next[b][a] = a;
	}
}

bool world_make(struct world *w)
{
	int32_t length[MAX_NODES][MAX_NODES];
	int a;
	int b;
	int via;

	if (!find_names(w))
		return false;
	join_neighbours(w, length);
	for (via = 0; via < sea_node_count; via++) {
		for (a = 0; a < sea_node_count; a++) {
			for (b = 0; b < sea_node_count; b++) {
				if (length[a][via] + length[via][b] >= length[a][b])
					continue;
				length[a][b] = length[a][via] + length[via][b];
				w->next[a][b] = w->next[a][via];
			}
		}
	}
	return true;
}

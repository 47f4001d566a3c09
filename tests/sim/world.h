/* The simulated sea: points that ships pass, the legs between them, ports and fishing grounds. */
#ifndef SIM_WORLD_H
#define SIM_WORLD_H

#include <stdbool.h>
#include <stdint.h>

#include "trig.h"

enum region { VLADIVOSTOK, CASPIAN, ELSEWHERE, REGIONS };

/* Positions in the tables are in thousandths of a degree, read off charts by eye. */
struct sea_node {
	const char *name;
	enum region region;
	int32_t lat_mdeg, lon_mdeg;
	int32_t room_m; /* ships pass within this distance: small in channels */
	bool core;      /* well inside the watched area of its region */
};

struct port {
	const char *name;
	enum region region;
	int32_t lat_mdeg, lon_mdeg;             /* the quays */
	int32_t roads_lat_mdeg, roads_lon_mdeg; /* where ships anchor */
	int32_t roads_m;                        /* radius of the roads */
	const char *node;                       /* where the routes begin */
	int weight; /* how often ships call, against the others of its region */
};

struct ground {
	const char *name;
	int32_t lat_mdeg, lon_mdeg;
	int32_t radius_m;
	const char *node;
};

struct sea_leg {
	const char *a, *b;
};

enum { MAX_NODES = 80, MAX_PORTS = 64, MAX_GROUNDS = 16 };

extern const struct sea_node sea_nodes[];
extern const int sea_node_count;
extern const struct sea_leg sea_legs[];
extern const int sea_leg_count;
extern const struct port ports[];
extern const int port_count;
extern const struct ground grounds[];
extern const int ground_count;

/* the tables with names looked up and routes worked out */
struct world {
	int port_node[MAX_PORTS];
	int ground_node[MAX_GROUNDS];
	int next[MAX_NODES][MAX_NODES]; /* next node on the shortest way; -1 when there is none */
	int legs[MAX_NODES * 2][2];
};

/* false when a table names a node that does not exist */
bool world_make(struct world *w);
struct place place_of_mdeg(int32_t lat_mdeg, int32_t lon_mdeg);
struct place node_place(int node);

#endif

/* Who hears a transmission. The model and its sources are described in reception.c. */
#ifndef SIM_RECEPTION_H
#define SIM_RECEPTION_H

#include <stdbool.h>
#include <stdint.h>

#include "emission.h"
#include "options.h"
#include "rng.h"

struct station {
	const char *name;
	int32_t lat_mdeg, lon_mdeg;
	int32_t height_m; /* of the antenna above the sea */
	int level;
};

extern const struct station stations[];
extern const int station_count;

enum { MAX_STATIONS = 64, MAX_WINDOWS = 256 };

enum heard_by { HEARD_BY_NOBODY, HEARD_TERRESTRIAL, HEARD_SATELLITE };

/* a station is out of order, or (station -1) the feed is */
struct window {
	int64_t from, to; /* ms, half open */
	int station;
};

struct network {
	uint64_t seed;
	int64_t satellites, density, shadows, rush;
	int count;
	struct place at[MAX_STATIONS];
	int64_t range_m[MAX_STATIONS][TRANSPONDERS]; /* nominal */
	int number[MAX_STATIONS]; /* before some were taken out: its fading goes by it */
	int window_count;
	struct window windows[MAX_WINDOWS * 2];
};

/* until when a ship is surely out of reach: spares work, changes nothing */
struct reach {
	int64_t ashore_ms, orbit_ms;
};

struct emitter {
	uint64_t id;
	enum transponder kind;
	enum region region;
	struct rng *rng;
	struct reach *reach;
};

void network_make(struct network *n, const struct options *o, int64_t end_ms);
/* who hears a message sent at t from p; t never goes back for one ship */
enum heard_by reception(const struct network *n, const struct emitter *e, struct place p,
                        int64_t t);
/* end of the hole in the whole feed that holds t; 0 when there is none */
int64_t hole_end(const struct network *n, int64_t t);
/* share of [from, to] in holes of the feed, per cent */
int64_t hole_percent(const struct network *n, int64_t from, int64_t to);
/* a station that reaches p was out of order at some time of [from, to] */
bool outage_near(const struct network *n, struct place p, int64_t from, int64_t to);

#endif

/*
 * To and fro on one leg of the route graph: the position is a triangle wave of time, with a phase
 * and a step of its own.
 */
#include "bench_ship.h"

#include <stdio.h>

enum { SALT_BENCH = 81 };

/* silences need a span that leaves reports on both sides */
static void silence_ship(struct ship *s, struct rng *r, uint64_t span_s, uint64_t index)
{
	int count = index % 20 == 7 ? 2 : 1;
	int64_t slot = (int64_t)span_s / count;
	int64_t longest = slot - 4 * 3600 < 16 * 3600 ? slot - 4 * 3600 : 16 * 3600;
	int64_t length;
	int i;

	if (index % 10 != 7 || longest < 6 * 3600 + 1800)
		return;
	for (i = 0; i < count; i++) {
		length = rng_range(r, 6 * 3600 + 1800, longest);
		s->silent[i][0] = (uint32_t)(i * slot + rng_range(r, 7200, slot - length - 7200));
		s->silent[i][1] = s->silent[i][0] + (uint32_t)length;
	}
}

static void choose_leg(const struct sim *sim, struct rng *r, enum region region, int node[2])
{
	int tries;
	int leg = 0;

	for (tries = 0; tries < 10000; tries++) {
		leg = (int)rng_below(r, (uint64_t)sea_leg_count);
		node[0] = sim->world.legs[leg][0];
		node[1] = sim->world.legs[leg][1];
		if (sea_nodes[node[0]].region == region &&
		    (region == ELSEWHERE || (sea_nodes[node[0]].core && sea_nodes[node[1]].core)))
			return;
	}
}

static void set_course(const struct sim *sim, struct ship *s, struct rng *r, enum region region)
{
	struct place end[2];
	int node[2];
	int64_t north;
	int64_t east;
	int64_t metres;
	int64_t room;
	int i;

	choose_leg(sim, r, region, node);
	for (i = 0; i < 2; i++) {
		room = sea_nodes[node[i]].room_m / 2;
		north = rng_range(r, -room, room);
		east = rng_range(r, -room, room);
		end[i] = place_moved(node_place(node[i]), north, east);
	}
	offset_m(end[0], end[1], &north, &east);
	metres = distance_m(end[0], end[1]) + 1;
	s->lat = end[0].lat / 10;
	s->lon = end[0].lon / 10;
	s->dlat = end[1].lat / 10 - s->lat;
	s->dlon = wrap_lon((int64_t)end[1].lon - end[0].lon) / 10;
	s->cog[0] = (int32_t)(bearing_udeg(north, east) / 100000);
	s->cog[1] = (s->cog[0] + 1800) % 3600;
	s->sog = rng_chance(r, 350000) ? 0 : (int32_t)rng_range(r, 50, 180);
	s->phase = rng_next(r) >> 16; /* 32 bits of phase over 16 of fraction */
	/* metres per second are sog * 1852 / 36000; there and back is 2 * metres */
	s->step =
	    (uint64_t)s->sog * 1852 * (UINT64_C(1) << 32) / 36000 * (1 << 15) / (uint64_t)metres;
}

void bench_ship_make(struct ship *s, const struct sim *sim, uint64_t span_s, uint64_t index)
{
	struct rng r = rng_stream((uint64_t)sim->o->seed, index, SALT_BENCH);
	enum transponder kind = kind_of(sim, (uint32_t)index);
	struct identity who;
	int n;

	identity_make(&who, sim, (uint32_t)index);
	set_course(sim, s, &r, region_of(sim, (uint32_t)index));
	silence_ship(s, &r, span_s, index);
	s->mmsi_len = (uint8_t)snprintf(s->mmsi, sizeof(s->mmsi), "%lld,", (long long)who.mmsi);
	n = snprintf(s->suffix, sizeof(s->suffix), "%s,IMO%07ld,%s,%d,%s,%ld,%ld,%ld.%ld,%d,%c\n",
	             who.name, (long)who.imo, who.call, who.type,
	             kind != CLASS_A ? ""
	             : s->sog > 0    ? "0"
	                             : "5",
	             (long)who.length, (long)who.width, (long)who.draft_dm / 10,
	             (long)who.draft_dm % 10, who.type, kind == CLASS_A ? 'A' : 'B');
	s->suffix_len = (uint8_t)n;
}

#include "run/nearby.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

/* a port further away says nothing about a position */
#define PORT_MAX_NM 300.0

enum { KEPT = 16384 }; /* a power of two */

struct kept {
	double lat_deg;
	double lon_deg;
	struct nearby_place place;
	bool set;
};

struct nearby {
	struct coast *coast;
	struct ports *ports;
	struct kept kept[KEPT];
};

struct nearby *nearby_new(struct coast *coast)
{
	struct nearby *nearby = mem_new(1, sizeof *nearby);

	nearby->coast = coast;
	nearby->ports = ports_new();
	return nearby;
}

void nearby_free(struct nearby *nearby)
{
	if (nearby)
		ports_free(nearby->ports);
	free(nearby);
}

static uint64_t bits(double value)
{
	uint64_t b;

	memcpy(&b, &value, sizeof b);
	return b;
}

const struct nearby_place *nearby_at(struct nearby *nearby, double lat_deg, double lon_deg)
{
	uint64_t hash = hash_mix(bits(lat_deg) ^ hash_mix(bits(lon_deg)));
	struct kept *kept = &nearby->kept[hash % KEPT];

	if (kept->set && bits(kept->lat_deg) == bits(lat_deg) &&
	    bits(kept->lon_deg) == bits(lon_deg))
		return &kept->place;
	*kept = (struct kept){.lat_deg = lat_deg, .lon_deg = lon_deg, .set = true};
	kept->place.port =
	    ports_nearest(nearby->ports, lat_deg, lon_deg, PORT_MAX_NM, &kept->place.port_nm);
	kept->place.shore_nm = coast_distance_nm(nearby->coast, lat_deg, lon_deg);
	return &kept->place;
}

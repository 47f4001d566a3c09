/*
 * What lies near a position: the nearest port and the distance of the coast. Answers are kept for a
 * while: a feed that is followed asks for the same positions every minute.
 */
#ifndef RUN_NEARBY_H
#define RUN_NEARBY_H

#include "geo/coast.h"
#include "geo/ports.h"

struct nearby;

struct nearby_place {
	const struct port *port; /* NULL: none within 300 nm */
	double port_nm;          /* NAN without one */
	double shore_nm;         /* NAN where the coast is not known */
};

/* the coast is borrowed; freed with nearby_free */
struct nearby *nearby_new(struct coast *coast);
void nearby_free(struct nearby *nearby);
/* lat [-90, 90], lon [-180, 180); the place lives until the next call */
const struct nearby_place *nearby_at(struct nearby *nearby, double lat_deg, double lon_deg);

#endif

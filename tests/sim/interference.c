/*
 * Interference with GNSS, as reported of the Baltic, the Black Sea and other waters: all ships
 * within 15 to 40 nm of a port of the regions in use report false positions for 1 to 4 hours. By
 * the seed, an event is of one of three kinds:
 * - all ships are within 200 m of one spot, 20 to 80 nm from the port, on land or at sea;
 * - all are on a ring of 1 to 3 km round such a spot, each going round once in 20 minutes;
 * - the receivers give up: the second of the time stamp is 61 (manual), 62 (dead reckoning) or 63
 *   (inoperative; ITU-R M.1371-5, message 1), one of them for each ship, and the position drifts
 *   off at 2 knots. Layouts without that second have the first kind instead.
 * Half of the ships' reports also have a speed and course drawn at random, up to 60 knots. Ships of
 * both classes go on sending, and are heard as before, from where they really are.
 */
#include "interference.h"

#include "calendar.h"
#include "motion.h"
#include "rng.h"
#include "vessel.h"

enum { SALT_EVENT = 91, SALT_SHIP = 92, NM = 1852, AROUND_MS = 20 * MINUTE_MS };

static struct place at_angle(struct place p, int64_t angle, int64_t metres)
{
	return place_moved(p, metres * (cos_q30(angle) >> 10) >> 20,
	                   metres * (sin_q30(angle) >> 10) >> 20);
}

static enum region region_in_use(const struct options *o, struct rng *r)
{
	bool second = rng_chance(r, 500000);

	if (o->region == AREA_WORLD)
		return ELSEWHERE;
	if (o->region == AREA_BOTH)
		return second ? CASPIAN : VLADIVOSTOK;
	return o->region == AREA_CASPIAN ? CASPIAN : VLADIVOSTOK;
}

static void draw(struct interference *e, struct rng *r, const struct options *o, int64_t end_ms)
{
	int port = port_at_random(r, region_in_use(o, r), -1);
	int64_t angle = rng_range(r, 0, FULL_CIRCLE - 1);

	e->from = rng_range(r, o->start_ms, end_ms);
	e->to = e->from + rng_range(r, HOUR_MS, 4 * (int64_t)HOUR_MS);
	e->centre = place_of_mdeg(ports[port].lat_mdeg, ports[port].lon_mdeg);
	e->radius_m = rng_range(r, 15 * NM, 40 * NM);
	e->spot = at_angle(e->centre, angle, rng_range(r, 20 * NM, 80 * NM));
	e->ring_m = rng_range(r, 1000, 3000);
	e->kind = (enum interference_kind)rng_range(r, ALL_AT_A_SPOT, NO_GNSS);
}

void interferences_make(struct interferences *s, const struct options *o, int64_t end_ms,
                        bool seconds)
{
	struct rng r;
	int i;

	s->seed = (uint64_t)o->seed;
	s->count = (int)o->interference;
	for (i = 0; i < s->count; i++) {
		r = rng_stream(s->seed, (uint64_t)i, SALT_EVENT);
		draw(&s->events[i], &r, o, end_ms);
		if (s->events[i].kind == NO_GNSS && !seconds)
			s->events[i].kind = ALL_AT_A_SPOT;
	}
}

static struct place false_place(const struct interference *e, struct place p, int64_t t,
                                int64_t own_angle, struct rng *r)
{
	int64_t angle;

	switch (e->kind) {
	case ALL_AT_A_SPOT:
		angle = rng_range(r, 0, FULL_CIRCLE - 1);
		return at_angle(e->spot, angle, rng_range(r, 0, 190));
	case ALL_ON_A_RING:
		angle = own_angle + t % AROUND_MS * FULL_CIRCLE / AROUND_MS;
		return at_angle(e->spot, angle, e->ring_m);
	case NO_GNSS:
		break;
	}
	/* a metre a second is about 2 knots */
	return at_angle(p, own_angle, (t - e->from) / 1000);
}

static void spoil(const struct interference *e, uint64_t seed, int64_t t, struct report *r)
{
	struct rng rng = rng_stream(seed + SALT_SHIP, r->vessel, (uint64_t)t);
	uint64_t own = rng_hash(seed + SALT_SHIP, r->vessel, 0);

	r->p = false_place(e, r->p, t, (int64_t)(own % FULL_CIRCLE), &rng);
	if (e->kind == NO_GNSS)
		r->bad_second = (uint8_t)(61 + own / FULL_CIRCLE % 3);
	if (rng_chance(&rng, 500000)) {
		r->sog = (int32_t)rng_range(&rng, 0, 600);
		r->cog = (int32_t)rng_range(&rng, 0, 3599);
	}
}

void interferences_spoil(const struct interferences *s, struct place p, int64_t t, struct report *r)
{
	const struct interference *e;
	int i;

	for (i = 0; i < s->count; i++) {
		e = &s->events[i];
		if (e->from <= t && t < e->to && distance_m(e->centre, p) < e->radius_m) {
			spoil(e, s->seed, t, r);
			return;
		}
	}
}

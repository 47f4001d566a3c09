/*
 * Switch-offs are dealt out evenly, ship by ship in a scrambled order. Each falls at a random
 * moment; seven in ten are moved on to the next time the ship is at sea (at most a day), since
 * that is where it is done to hide something.
 */
#include "switchoff.h"

#include "calendar.h"
#include "vessel.h"

enum { SALT_OFF = 41, AT_SEA_PPM = 700000, TRIES = 4 };

static int64_t gcd(int64_t a, int64_t b)
{
	int64_t rest;

	while (b != 0) {
		rest = a % b;
		a = b;
		b = rest;
	}
	return a;
}

static int64_t turn_of(int64_t rank, int64_t n)
{
	int64_t stride = n * 618 / 1000 + 1; /* golden section: near ships get far turns */

	while (gcd(stride, n) != 1)
		stride++;
	return rank * stride % n;
}

/* how many switch-offs the ship gets, and its *turn among those who share them */
static int64_t count_for(const struct vessel *v, int64_t *turn)
{
	const struct sim *sim = v->sim;
	const struct options *o = sim->o;
	int64_t rank = v->index;
	int64_t n = o->vessels;
	int64_t total;

	if (o->switch_offs_in == OFFS_INSIDE) {
		rank = inside_rank(sim, v->index);
		n = sim->inside_count;
	}
	if (rank < 0 || n == 0)
		return 0;
	total = o->switch_offs + n * o->switch_offs_percent / 100000000;
	*turn = turn_of(rank, n);
	return total / n + (*turn < total % n);
}

/* moves *t on to half an hour or more into the next passage; m is a copy to look ahead with */
static void wait_for_sea(struct motion m, struct rng *r, int64_t *t)
{
	int64_t late = *t + DAY_MS;
	int64_t at = *t;

	for (motion_seek(&m, at); at < late; motion_seek(&m, at)) {
		if (m.leg.at == AT_SEA && m.leg.t1 - at > HOUR_MS) {
			*t = at + rng_range(r, HOUR_MS / 4, m.leg.t1 - at - HOUR_MS / 4);
			return;
		}
		at = m.leg.t1;
	}
}

/*
 * moves *t on to the next time the ship is where it is wanted: anchored, moored, or under way for a
 * quarter of an hour; false when none comes within two days. m is a copy to look ahead with.
 */
static bool wait_for(enum at wanted, struct motion m, struct rng *r, int64_t *t)
{
	int64_t settled = wanted == AT_SEA ? HOUR_MS / 4 : 0;
	int64_t late = *t + 2 * (int64_t)DAY_MS;
	int64_t from = *t;
	int64_t since; /* when it came there */
	int64_t last;
	enum at was;

	motion_seek(&m, from);
	since = m.leg.t0;
	while (from < late) {
		last = m.leg.t1 - MINUTE_MS;
		from = since + settled > from ? since + settled : from;
		if (m.leg.at == wanted && from < last) {
			*t = rng_range(r, from, last);
			return true;
		}
		from = m.leg.t1;
		was = m.leg.at;
		motion_seek(&m, from);
		since = m.leg.at == was ? since : m.leg.t0;
	}
	return false;
}

/* the moment of a switch-off in a slot of the ship's time; false when it is not done */
static bool choose_moment(const struct options *o, int64_t turn, const struct motion *ahead,
                          struct rng *r, int64_t begin, int64_t slot, int64_t *t)
{
	static const enum at mixed[] = {AT_SEA, AT_ANCHOR, AT_PORT};
	enum at wanted;
	int tries;

	*t = begin + slot / 20 + rng_range(r, 0, slot * 6 / 10);
	if (o->switch_offs_at == OFFS_AT_RANDOM) {
		if (rng_chance(r, AT_SEA_PPM))
			wait_for_sea(*ahead, r, t);
		return *t < begin + slot - HOUR_MS;
	}
	wanted =
	    mixed[o->switch_offs_at == OFFS_MIXED ? turn % 3 : o->switch_offs_at - OFFS_AT_SEA];
	for (tries = 0; tries < TRIES; tries++) {
		if (wait_for(wanted, *ahead, r, t) && *t < begin + slot - HOUR_MS)
			return true;
		*t = begin + slot / 20 + rng_range(r, 0, slot * 6 / 10);
	}
	return false;
}

/* even in the logarithm: the interval is halved at its geometric mean again and again */
static int64_t log_uniform(struct rng *r, int64_t lo, int64_t hi)
{
	int64_t mid;
	int i;

	for (i = 0; i < 32; i++) {
		mid = (int64_t)isqrt((uint64_t)lo * (uint64_t)hi);
		if (rng_next(r) >> 63)
			lo = mid;
		else
			hi = mid;
	}
	return hi;
}

static int64_t duration_ms(const struct options *o, struct rng *r)
{
	const struct span_opt *h = &o->switch_off_h;
	int64_t least_s = h->lo * 36 / 10000;

	if (o->switch_off_spread == SPREAD_EVEN)
		return rng_range(r, h->lo, h->hi) * (HOUR_MS / 1000) / 1000;
	return 1000 * log_uniform(r, least_s > 60 ? least_s : 60, h->hi * 36 / 10000);
}

void plan_switch_offs(struct vessel *v)
{
	const struct options *o = v->sim->o;
	struct rng r = rng_stream((uint64_t)o->seed, v->index, SALT_OFF);
	struct motion ahead = v->motion;
	int64_t turn = 0;
	int64_t count = count_for(v, &turn);
	int64_t slot;
	int64_t begin;
	struct off_span *off;
	struct state s;
	bool done;
	int i;

	count = count > MAX_OFFS ? MAX_OFFS : count;
	slot = count > 0 ? (v->sim->end_ms - o->start_ms) / count : 0;
	for (i = 0; i < count; i++) {
		off = &v->offs[v->off_count];
		begin = o->start_ms + i * slot;
		done = choose_moment(o, turn + i, &ahead, &r, begin, slot, &off->from);
		off->to = off->from + duration_ms(o, &r);
		if (!done)
			continue;
		if (i + 1 < count && off->to > begin + slot)
			off->to = begin + slot;
		motion_seek(&ahead, off->from);
		s = motion_state(&ahead, off->from);
		off->p = s.p;
		off->at = s.at;
		v->off_count++;
	}
}

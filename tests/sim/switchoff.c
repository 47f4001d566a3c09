/*
 * Switch-offs are dealt out evenly, ship by ship in a scrambled order. Each falls at a random
 * moment; seven in ten are moved on to the next time the ship is at sea (at most a day), since
 * that is where it is done to hide something.
 */
#include "switchoff.h"

#include "calendar.h"
#include "vessel.h"

enum { SALT_OFF = 41, AT_SEA_PPM = 700000 };

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

/* how many switch-offs ship number rank of n gets */
static int64_t share_of(const struct options *o, int64_t rank, int64_t n)
{
	int64_t total = o->switch_offs + n * o->switch_offs_percent / 100000000;
	int64_t stride = n * 618 / 1000 + 1; /* golden section: near ships get far turns */
	int64_t turn;

	while (gcd(stride, n) != 1)
		stride++;
	turn = rank * stride % n;
	return total / n + (turn < total % n);
}

static int64_t count_for(const struct vessel *v)
{
	const struct sim *sim = v->sim;
	int64_t rank = v->index;
	int64_t n = sim->o->vessels;

	if (sim->o->switch_offs_in == OFFS_INSIDE) {
		rank = inside_rank(sim, v->index);
		n = sim->inside_count;
	}
	if (rank < 0 || n == 0)
		return 0;
	return share_of(sim->o, rank, n);
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

void plan_switch_offs(struct vessel *v)
{
	const struct options *o = v->sim->o;
	struct rng r = rng_stream((uint64_t)o->seed, v->index, SALT_OFF);
	struct motion ahead = v->motion;
	int64_t count = count_for(v);
	int64_t slot;
	int64_t end;
	struct off_span *off;
	struct state s;
	int i;

	count = count > MAX_OFFS ? MAX_OFFS : count;
	slot = count > 0 ? (v->sim->end_ms - o->start_ms) / count : 0;
	for (i = 0; i < count; i++) {
		off = &v->offs[v->off_count++];
		end = o->start_ms + (i + 1) * slot;
		off->from = o->start_ms + i * slot + slot / 20 + rng_range(&r, 0, slot * 6 / 10);
		if (rng_chance(&r, AT_SEA_PPM))
			wait_for_sea(ahead, &r, &off->from);
		off->to = off->from + rng_range(&r, o->switch_off_h.lo, o->switch_off_h.hi) *
		                          (HOUR_MS / 1000) / 1000;
		if (off->from >= end - HOUR_MS) {
			v->off_count--; /* the passage came too late: not done */
			continue;
		}
		if (i + 1 < count && off->to > end)
			off->to = end;
		motion_seek(&ahead, off->from);
		s = motion_state(&ahead, off->from);
		off->p = s.p;
		off->at = s.at;
	}
}

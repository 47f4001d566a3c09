#include "vessel.h"

#include <string.h>

#include "calendar.h"
#include "convoy.h"
#include "switchoff.h"

enum { SALT_CLASS = 31, SALT_MOTION, SALT_RADIO, SALT_NOISE, SALT_CLOCK };

#define FUTURE_S INT64_C(2127427200)

/* ships inside are spread evenly among the others: k-th of n when the share steps up at k */
int64_t inside_rank(const struct sim *sim, uint32_t index)
{
	int64_t before = index * sim->o->inside / 1000000;
	int64_t after = (index + INT64_C(1)) * sim->o->inside / 1000000;

	return after > before && sim->o->region != AREA_WORLD ? before : -1;
}

static enum region plain_region(const struct sim *sim, uint32_t index)
{
	int64_t rank = inside_rank(sim, index);

	if (rank < 0)
		return ELSEWHERE;
	if (sim->o->region == AREA_BOTH)
		return rank % 2 == 0 ? VLADIVOSTOK : CASPIAN;
	return sim->o->region == AREA_CASPIAN ? CASPIAN : VLADIVOSTOK;
}

enum region region_of(const struct sim *sim, uint32_t index)
{
	static const enum region other[REGIONS] = {
	    [VLADIVOSTOK] = ELSEWHERE, [CASPIAN] = ELSEWHERE, [ELSEWHERE] = VLADIVOSTOK};
	int64_t shared_from = sim->o->vessels - sim->o->shared;

	if ((int64_t)index >= shared_from && (int64_t)index < sim->o->vessels)
		return other[plain_region(sim, (uint32_t)(index - shared_from))];
	return plain_region(sim, index);
}

enum transponder kind_of(const struct sim *sim, uint32_t index)
{
	static const enum transponder fixtures[] = {BASE_STATION, AID, SAR_AIRCRAFT};
	uint64_t h = rng_hash((uint64_t)sim->o->seed, index, SALT_CLASS);

	if ((int64_t)index >= sim->o->vessels)
		return fixtures[(index - sim->o->vessels) % 3];
	if ((int64_t)(h % 100000000) >= sim->o->class_b || convoy_of(sim, index) >= 0)
		return CLASS_A;
	return h >> 40 & 1 ? CLASS_B_SO : CLASS_B_CS;
}

/* hours to years, fast or slow; the ships lie between those with other troubles */
int64_t clock_error_of(const struct sim *sim, uint32_t index)
{
	static const int32_t minutes[] = {60, -180, 540, 1440, -1440, 7, -43200, 525600};
	const int64_t count = sizeof(minutes) / sizeof(*minutes);
	int64_t first = sim->o->vessels / 3;

	if ((int64_t)index < first || (int64_t)index >= first + sim->o->clock_errors)
		return 0;
	return minutes[(index - first) % count] * (int64_t)MINUTE_MS;
}

struct habit_of_type {
	int type_min, type_max;
	enum habit habit;
	int32_t cruise_min, cruise_max; /* tenths of a knot */
	int64_t stay_min_h, stay_max_h;
};

static const struct habit_of_type habits[] = {
    {30, 30, FISHER, 80, 110, 6, 40}, {36, 36, LOCAL, 40, 70, 4, 30},
    {37, 37, LOCAL, 80, 200, 4, 30},  {50, 50, PATROL, 80, 140, 1, 5},
    {52, 52, LOCAL, 50, 90, 2, 8},    {55, 55, PATROL, 100, 180, 4, 20},
    {60, 69, FERRY, 140, 240, 2, 8},  {0, 99, TRADER, 95, 145, 8, 48},
};

static void give_habit(struct motion *m, int type)
{
	const struct habit_of_type *h = habits;

	while (type < h->type_min || type > h->type_max)
		h++;
	m->habit = h->habit;
	m->cruise = (int32_t)rng_range(&m->rng, h->cruise_min, h->cruise_max);
	m->stay_min_h = h->stay_min_h;
	m->stay_max_h = h->stay_max_h;
}

/* base stations and aids stand at ports; an aircraft patrols as a fast boat does */
static void place_fixture(struct vessel *v)
{
	int port = (int)(rng_next(&v->motion.rng) % (uint64_t)port_count);

	v->region = ports[port].region;
	motion_fix(&v->motion,
	           place_of_mdeg(ports[port].roads_lat_mdeg, ports[port].roads_lon_mdeg),
	           v->sim->o->start_ms);
}

void vessel_make(struct vessel *v, const struct sim *sim, uint32_t index, struct truth *truth)
{
	uint64_t seed = (uint64_t)sim->o->seed;

	memset(v, 0, sizeof(*v));
	v->sim = sim;
	v->index = index;
	v->truth = truth;
	v->region = region_of(sim, index);
	v->kind = kind_of(sim, index);
	identity_make(&v->who, sim, index);
	v->radio = rng_stream(seed, index, SALT_RADIO);
	v->noise = rng_stream(seed, index, SALT_NOISE);
	v->clock_error_ms = clock_error_of(sim, index);
	v->heard_ms = -1;
	v->motion.world = &sim->world;
	v->motion.rng = rng_stream(seed, index, SALT_MOTION);
	if (v->kind == BASE_STATION || v->kind == AID) {
		place_fixture(v);
	} else {
		if (convoy_of(sim, index) >= 0)
			convoy_join(v);
		else
			give_habit(&v->motion, v->kind == SAR_AIRCRAFT ? 55 : v->who.type);
		if (v->kind == SAR_AIRCRAFT)
			v->motion.cruise = 1100; /* 110 kn: a helicopter */
		motion_begin(&v->motion, v->region, sim->o->start_ms);
	}
	v->next_ms = sim->o->start_ms + rng_range(&v->radio, 0, 180000);
	if ((int64_t)index < sim->o->vessels)
		plan_switch_offs(v);
}

static uint8_t message_of(enum transponder kind, const struct state *s)
{
	switch (kind) {
	case CLASS_B_SO:
	case CLASS_B_CS:
		return 18;
	case BASE_STATION:
		return 4;
	case AID:
		return 21;
	case SAR_AIRCRAFT:
		return 9;
	case CLASS_A:
		break;
	}
	return s->sog > 0 && s->turning ? 3 : 1;
}

static int32_t noisy(struct vessel *v, int32_t value, int32_t by, int32_t modulus)
{
	int32_t n = value + (int32_t)rng_range(&v->noise, -by, by);

	return (n + modulus) % modulus;
}

/* what the instruments say: fixes good to some metres, no course when lying still */
static void observe(struct vessel *v, const struct state *s, struct report *r)
{
	r->p.lat = s->p.lat + (int32_t)rng_range(&v->noise, -25, 25);
	r->p.lon = wrap_lon(s->p.lon + rng_range(&v->noise, -25, 25));
	if (s->moving) {
		r->sog = s->sog + (int32_t)rng_range(&v->noise, -2, 2);
		r->sog = r->sog < 0 ? 0 : r->sog;
		r->cog = noisy(v, s->cog, 15, 3600);
		r->heading = noisy(v, s->cog / 10, 3, 360);
	} else {
		r->sog = (int32_t)rng_range(&v->noise, 0, s->nav == NAV_ANCHOR ? 3 : 1);
		r->cog =
		    rng_chance(&v->noise, 300000) ? NO_COG : (int32_t)rng_range(&v->noise, 0, 3599);
		r->heading = noisy(v, s->cog / 10, 1, 360);
	}
	if (!v->who.has_heading)
		r->heading = NO_HEADING;
	if (v->kind == BASE_STATION || v->kind == AID) {
		r->sog = NO_SOG;
		r->cog = NO_COG;
	}
	r->nav = (int16_t)(v->kind == CLASS_A ? s->nav : NAV_UNDEFINED);
}

static void lose_fields(struct vessel *v, struct report *r)
{
	if ((int64_t)rng_below(&v->noise, 100000000) >= v->sim->o->sentinels)
		return;
	switch (rng_range(&v->noise, 0, 3)) {
	case 0:
		r->p.lat = NO_LAT;
		r->p.lon = NO_LON;
		break;
	case 1:
		r->sog = NO_SOG;
		break;
	case 2:
		r->cog = NO_COG;
		break;
	default:
		r->heading = NO_HEADING;
		break;
	}
}

/* ships half way through the list may have one report of 1 June 2037 or later */
static bool in_future(const struct vessel *v)
{
	int64_t first = v->sim->o->vessels / 2;

	return (int64_t)v->index >= first && (int64_t)v->index < first + v->sim->o->future;
}

int report_second(const struct report *r)
{
	return r->bad_second > 0 ? r->bad_second : (int)(r->t / 1000 % 60);
}

/* static data are sent every 6 minutes: they are taken as heard with the 4th report */
static void fill(struct vessel *v, const struct state *s, int64_t t, bool satellite,
                 struct report *r)
{
	r->t = t + v->clock_error_ms;
	r->vessel = v->index;
	r->satellite = satellite;
	r->message = message_of(v->kind, s);
	r->identified = ++v->heard_count > 3;
	r->introduced = v->heard_count == 4;
	r->bad_second = 0;
	observe(v, s, r);
	if (v->kind <= CLASS_B_CS)
		interferences_spoil(&v->sim->interferences, s->p, t, r);
	lose_fields(v, r);
	if (v->heard_count == 10 && in_future(v))
		r->t = FUTURE_S * 1000 + v->index * INT64_C(25200000);
}

static void note_heard(struct vessel *v, const struct state *s, int64_t t)
{
	struct silence last = {v->heard_ms, t, v->heard_at, v->heard_state};

	if (v->truth && v->heard_ms >= 0)
		truth_silence(v->truth, v, &last);
	v->heard_ms = t;
	v->heard_at = s->p;
	v->heard_state = s->at;
}

static void note_end(struct vessel *v)
{
	struct silence last = {v->heard_ms, v->sim->end_ms, v->heard_at, v->heard_state};
	int i;

	if (!v->truth || (int64_t)v->index >= v->sim->o->vessels)
		return;
	for (i = 0; i < v->off_count; i++)
		truth_off(v->truth, v, &v->offs[i]);
	if (v->heard_ms >= 0)
		truth_silence(v->truth, v, &last);
	v->truth = NULL;
}

/* if the transponder or the feed is off at t, when to try next; else 0 */
static int64_t mute_until(const struct vessel *v, int64_t t)
{
	int i;

	for (i = 0; i < v->off_count; i++)
		if (v->offs[i].from <= t && t < v->offs[i].to)
			return v->offs[i].to;
	return hole_end(&v->sim->network, t);
}

/* after a row at t, thinning wants none before the next slot */
static int64_t thinned(struct vessel *v, int64_t t, int64_t next, int64_t interval)
{
	int64_t slot = v->sim->o->thin_s * 1000;
	int64_t start;

	if (slot == 0)
		return next;
	start = (t / slot + 1) * slot + rng_range(&v->radio, 0, interval < slot ? interval : slot);
	return next > start ? next : start;
}

bool vessel_next(struct vessel *v, struct report *r, int64_t *sent)
{
	struct emitter e = {v->index, v->kind, v->region, &v->radio, &v->reach};
	enum heard_by by;
	struct state s;
	int64_t interval;
	int64_t mute;
	int64_t t;

	while ((t = v->next_ms) < v->sim->end_ms) {
		mute = mute_until(v, t);
		if (mute > 0) {
			v->next_ms = mute + rng_range(&v->radio, 0, 10000);
			continue;
		}
		motion_seek(&v->motion, t);
		s = motion_state(&v->motion, t);
		interval = emission_interval_ms(v->kind, &s);
		v->next_ms = t + interval + rng_range(&v->radio, -interval / 20, interval / 20);
		by = reception(&v->sim->network, &e, s.p, t);
		if (by == HEARD_BY_NOBODY)
			continue;
		v->next_ms = thinned(v, t, v->next_ms, interval);
		note_heard(v, &s, t);
		fill(v, &s, t, by == HEARD_SATELLITE, r);
		*sent = t;
		return true;
	}
	note_end(v);
	return false;
}

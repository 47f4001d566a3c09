/*
 * The reception model. It was written before any program that judges reception, and knows nothing
 * of one; it is kept simple enough to state in full.
 *
 * Coast stations. The nominal range is the radio horizon over the 4/3 earth, 4.12 (sqrt h1 +
 * sqrt h2) km with antenna heights in metres (ITU-R P.528 and P.1546 use the same k = 4/3): ships
 * have h2 = 25 m (class A) or 4 m (class B), aircraft 500 m. A class B transmitter has 2 W against
 * 12.5 W (IEC 62287-1, 61993-2), 8 dB less; with the loss over water growing as 40 log d that is
 * 0.63 of the range. Decoding is all or nothing per message, so its probability is flat inside the
 * range and falls steeply around it (table below). Never above 0.96: slots collide.
 * Refraction makes the range breathe: a factor 0.75 to 1.25, per station, drawn every 6 hours and
 * interpolated, so that neighbouring hours resemble each other and all ships of a station fade
 * together. A ship may be screened (in a berth, behind an island) for a slot of 20 minutes.
 * Stations are those of stations.c up to a level. With --station-layout N > 0 each lies up to 25 km
 * away in any direction (all distances and directions alike), its antenna 0.6 to 1.5 times as high,
 * by N and the station alone, whatever the seed; it may come to stand in the sea. With
 * --stations-gone P, P per cent of them, to the nearest whole one, do not exist; which, the seed
 * decides. In an outage a station hears nothing; in a hole of the feed nothing at all arrives.
 *
 * Satellites. Circular orbits of 97 min at 98 degrees of inclination, planes spread evenly; the
 * earth turns under them. A satellite hears ships within 20 degrees of arc of the point below it
 * (the horizon at 600 km is 24). There messages of thousands of ships collide, since their slots
 * are organised only within radio range: ITU-R M.2084, and Eriksen, Hoye, Narheim, Meland,
 * "Maritime traffic monitoring using a space-based AIS receiver" (Acta Astronautica 58, 2006).
 * FFI's follow-up report on fields of view to the horizon finds 99 % of ships detected in a pass
 * only up to some 900 ships in view. Here a message gets through with 3 % in the Sea of Japan, 9 %
 * in the Caspian, 6 % elsewhere, divided by --density; class B a quarter of that. A ship under way
 * is then mostly heard in a pass, a moored one, sending every 3 minutes, is missed in most. These
 * numbers are choices made to agree with those papers in kind; they are not measurements.
 *
 * Rush hours (--rush P): from 06 to 10 and from 16 to 20 UTC slots collide more often; each chance
 * above, of a station as of a satellite, is multiplied by 1 - P/100 x (1 - cos(2 pi x)) / 2, where
 * x goes from 0 to 1 through the four hours.
 */
#include "reception.h"

#include <stdlib.h>

#include "calendar.h"

enum { FADE_MS = 6 * HOUR_MS, SHADOW_MS = 20 * MINUTE_MS, ORBIT_MS = 97 * MINUTE_MS };
enum { RUSH_MS = 4 * HOUR_MS, FAR_APART_M = 330000 };
enum { SALT_FADE = 11, SALT_SHADOW = 12, SALT_ORBIT = 13 };

/* per mille of the nominal range, 750 to 1250 */
static int64_t fade(const struct network *n, int station, int64_t t)
{
	int64_t slot = t / FADE_MS;
	int64_t past = t % FADE_MS;
	uint64_t number = (uint64_t)n->number[station];
	int64_t a = (int64_t)(rng_hash(n->seed + SALT_FADE, number, (uint64_t)slot) % 501);
	int64_t b = (int64_t)(rng_hash(n->seed + SALT_FADE, number, (uint64_t)slot + 1) % 501);

	return 750 + a + (b - a) * (past / 1000) / (FADE_MS / 1000);
}

/* what of a chance is left at t, when rush hours cost their share of it */
static int64_t after_rush(const struct network *n, int64_t ppm, int64_t t)
{
	static const int64_t begins[] = {6 * (int64_t)HOUR_MS, 16 * (int64_t)HOUR_MS};
	int64_t past;
	int64_t height; /* from nothing to one and back, Q30 */
	unsigned i;

	if (n->rush == 0)
		return ppm;
	for (i = 0; i < sizeof(begins) / sizeof(*begins); i++) {
		past = t % DAY_MS - begins[i];
		if (past < 0 || past >= RUSH_MS)
			continue;
		height = (Q30 - cos_q30(past * FULL_CIRCLE / RUSH_MS)) / 2;
		return ppm - ppm * (height * n->rush / Q30) / 100000000;
	}
	return ppm;
}

/* millionths, by distance in per mille of the range */
static int64_t chance_at(int64_t permille)
{
	static const int32_t curve[][2] = {{0, 960000},    {600, 930000},  {850, 700000},
	                                   {1000, 400000}, {1150, 130000}, {1300, 20000},
	                                   {1500, 0}};
	int64_t step;
	unsigned i;

	for (i = 1; i < sizeof(curve) / sizeof(*curve); i++) {
		if (permille >= curve[i][0])
			continue;
		step = curve[i][1] - curve[i - 1][1];
		return curve[i - 1][1] +
		       step * (permille - curve[i - 1][0]) / (curve[i][0] - curve[i - 1][0]);
	}
	return 0;
}

static bool out_of_order(const struct network *n, int station, int64_t t)
{
	int i;

	for (i = 0; i < n->window_count; i++)
		if (n->windows[i].station == station && n->windows[i].from <= t &&
		    t < n->windows[i].to)
			return true;
	return false;
}

static bool far_apart(struct place a, struct place b)
{
	int64_t north = (int64_t)a.lat - b.lat;
	int64_t east = wrap_lon((int64_t)a.lon - b.lon);

	/* 3 degrees of latitude exceed every range; so do 9 of longitude below 70 degrees */
	return north > 3000000 || north < -3000000 || east > 9000000 || east < -9000000;
}

/*
 * by how many metres at least the ship is farther than the station ever hears: 1.5 times a range
 * that fading widens by a quarter. Above 0 it is not heard; *distance is then a lower bound
 */
static int64_t beyond_m(struct place station, struct place ship, int64_t range_m, int64_t *distance)
{
	int64_t north = llabs((int64_t)station.lat - ship.lat) / 9; /* a udeg is 0.11112 m */
	int64_t reach = range_m * 15 / 8;

	*distance = far_apart(station, ship) ? FAR_APART_M : north;
	if (*distance > reach || *distance == FAR_APART_M)
		return *distance - reach;
	*distance = distance_m(station, ship);
	return *distance - reach;
}

static bool heard_ashore(const struct network *n, const struct emitter *e, struct place p,
                         int64_t t)
{
	uint64_t slot = (uint64_t)(t / SHADOW_MS);
	int64_t least_beyond = INT32_MAX;
	int64_t beyond;
	int64_t distance;
	int64_t permille;
	int i;

	if (t < e->reach->ashore_ms ||
	    (int64_t)(rng_hash(n->seed + SALT_SHADOW, e->id, slot) % 100000000) < n->shadows)
		return false;
	for (i = 0; i < n->count; i++) {
		beyond = beyond_m(n->at[i], p, n->range_m[i][e->kind], &distance);
		least_beyond = beyond < least_beyond ? beyond : least_beyond;
		if (beyond > 0 || distance == FAR_APART_M)
			continue;
		permille = distance * 1000 / (n->range_m[i][e->kind] * fade(n, i, t) / 1000);
		if (permille < 1500 && !out_of_order(n, i, t) &&
		    rng_chance(e->rng, after_rush(n, chance_at(permille), t)))
			return true;
	}
	/* nothing comes nearer by more than 80 m/s, nor jumps by more than 2 km */
	if (least_beyond > 2000)
		e->reach->ashore_ms = t + (least_beyond - 2000) * 1000 / 80;
	return false;
}

/* the cosine of the arc between the ship and the point below satellite k, Q30 */
static int64_t cos_arc(const struct network *n, int64_t k, struct place p, int64_t t)
{
	const int64_t cos_incl = -149435979; /* cos 98 degrees, Q30 */
	const int64_t sin_incl = 1063292242; /* sin 98 degrees, Q30 */
	int64_t jitter = (int64_t)(rng_hash(n->seed + SALT_ORBIT, (uint64_t)k, 0) % ORBIT_MS);
	int64_t u = (t + jitter) % ORBIT_MS * FULL_CIRCLE / ORBIT_MS;
	/* the node drifts with the sun, as seen from the turning earth once round in a day */
	int64_t node = k * FULL_CIRCLE / n->satellites / 2 - t % DAY_MS * FULL_CIRCLE / DAY_MS;
	int64_t cu = cos_q30(u);
	int64_t su = sin_q30(u);
	int64_t lon = p.lon - node;
	int64_t cl = cos_q30(lon);
	int64_t sl = sin_q30(lon);
	/* in the frame of the node: (cos u, sin u cos i, sin u sin i) */
	int64_t flat = (cu * cl >> 30) + ((su * cos_incl >> 30) * sl >> 30);

	return (flat * cos_q30(p.lat) >> 30) + ((su * sin_incl >> 30) * sin_q30(p.lat) >> 30);
}

/*
 * how long a satellite stays out of sight at least, by the cosine of its arc: it moves by 360
 * degrees in 97 minutes, earth and ship by less than 0.3 degrees a minute, so the arc by less than
 * 4.1 degrees a minute
 */
static int64_t unseen_ms(int64_t cosine)
{
	static const int64_t steps[][2] = {
	    /* cosines, Q30, of 120, 100, 80, 60, 50, 40, 30 and 25 degrees; (arc - 20) / 4.1 */
	    {-536870912, 1463000}, {-186453311, 1170000}, {186453311, 878000}, {536870912, 585000},
	    {690187940, 439000},   {822533957, 292000},   {929887697, 146000}, {973140576, 73000},
	};
	unsigned i;

	for (i = 0; i < sizeof(steps) / sizeof(*steps); i++)
		if (cosine < steps[i][0])
			return steps[i][1];
	return 0;
}

static bool heard_in_orbit(const struct network *n, const struct emitter *e, struct place p,
                           int64_t t)
{
	static const int64_t chance[REGIONS] = {
	    [VLADIVOSTOK] = 30000, [CASPIAN] = 90000, [ELSEWHERE] = 60000};
	const int64_t cos_20_deg = 1008987269; /* Q30 */
	int64_t unseen = DAY_MS;
	int64_t ppm;
	int64_t cosine;
	int64_t ms;
	int64_t k;

	if (t < e->reach->orbit_ms)
		return false;
	ppm = after_rush(n, chance[e->region] * 1000000 / n->density, t);
	if (e->kind != CLASS_A)
		ppm /= 4;
	for (k = 0; k < n->satellites; k++) {
		cosine = cos_arc(n, k, p, t);
		if (cosine >= cos_20_deg && rng_chance(e->rng, ppm))
			return true;
		ms = unseen_ms(cosine);
		unseen = ms < unseen ? ms : unseen;
	}
	e->reach->orbit_ms = t + unseen;
	return false;
}

enum heard_by reception(const struct network *n, const struct emitter *e, struct place p, int64_t t)
{
	if (heard_ashore(n, e, p, t))
		return HEARD_TERRESTRIAL;
	if (heard_in_orbit(n, e, p, t))
		return HEARD_SATELLITE;
	return HEARD_BY_NOBODY;
}

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
 */
#include "reception.h"

#include "calendar.h"

enum { FADE_MS = 6 * HOUR_MS, SHADOW_MS = 20 * MINUTE_MS, ORBIT_MS = 97 * MINUTE_MS };
enum { SALT_FADE = 11, SALT_SHADOW = 12, SALT_ORBIT = 13, SALT_WINDOWS = 14 };

/* metres of radio horizon of an antenna: 4120 sqrt(h) */
static int64_t horizon_of(int64_t height_m)
{
	return 4120 * (int64_t)isqrt((uint64_t)height_m * 10000) / 100;
}

static void draw_windows(struct network *n, struct rng *r, int64_t count, int station_too,
                         const struct options *o, int64_t end_ms)
{
	const struct span_opt *h = station_too ? &o->outage_h : &o->hole_h;
	struct window *w;
	int64_t span = end_ms - o->start_ms;
	int64_t i;

	for (i = 0; i < count && (n->count > 0 || !station_too); i++) {
		w = &n->windows[n->window_count++];
		w->from = o->start_ms + span / 20 + rng_range(r, 0, span * 8 / 10);
		w->to = w->from + rng_range(r, h->lo, h->hi) * (HOUR_MS / 1000) / 1000;
		w->station = station_too ? (int)rng_range(r, 0, n->count - 1) : -1;
	}
}

void network_make(struct network *n, const struct options *o, int64_t end_ms)
{
	struct rng r = rng_stream((uint64_t)o->seed, 0, SALT_WINDOWS);
	int i;

	n->seed = (uint64_t)o->seed;
	n->satellites = o->satellites;
	n->density = o->density;
	n->shadows = o->shadows;
	n->count = 0;
	n->window_count = 0;
	for (i = 0; i < station_count && n->count < MAX_STATIONS; i++) {
		if (stations[i].level > o->stations)
			continue;
		n->at[n->count] = place_of_mdeg(stations[i].lat_mdeg, stations[i].lon_mdeg);
		n->horizon_m[n->count++] = horizon_of(stations[i].height_m);
	}
	draw_windows(n, &r, o->outages, 1, o, end_ms);
	draw_windows(n, &r, o->holes, 0, o, end_ms);
}

/* per mille of the nominal range, 750 to 1250 */
static int64_t fade(const struct network *n, int station, int64_t t)
{
	int64_t slot = t / FADE_MS;
	int64_t past = t % FADE_MS;
	int64_t a =
	    (int64_t)(rng_hash(n->seed + SALT_FADE, (uint64_t)station, (uint64_t)slot) % 501);
	int64_t b =
	    (int64_t)(rng_hash(n->seed + SALT_FADE, (uint64_t)station, (uint64_t)slot + 1) % 501);

	return 750 + a + (b - a) * (past / 1000) / (FADE_MS / 1000);
}

static int64_t range_m(const struct network *n, int station, enum transponder kind)
{
	static const int32_t antenna_m[] = {
	    [CLASS_A] = 25,      [CLASS_B_SO] = 4, [CLASS_B_CS] = 4,
	    [BASE_STATION] = 60, [AID] = 9,        [SAR_AIRCRAFT] = 500,
	};
	int64_t range = n->horizon_m[station] + horizon_of(antenna_m[kind]);

	return kind == CLASS_B_SO || kind == CLASS_B_CS ? range * 63 / 100 : range;
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

static bool heard_ashore(const struct network *n, const struct emitter *e, struct place p,
                         int64_t t)
{
	uint64_t slot = (uint64_t)(t / SHADOW_MS);
	int64_t range;
	int64_t permille;
	int i;

	if ((int64_t)(rng_hash(n->seed + SALT_SHADOW, e->id, slot) % 100000000) < n->shadows)
		return false;
	for (i = 0; i < n->count; i++) {
		if (far_apart(n->at[i], p))
			continue;
		range = range_m(n, i, e->kind) * fade(n, i, t) / 1000;
		permille = distance_m(n->at[i], p) * 1000 / range;
		if (permille < 1500 && !out_of_order(n, i, t) &&
		    rng_chance(e->rng, chance_at(permille)))
			return true;
	}
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

static bool heard_in_orbit(const struct network *n, const struct emitter *e, struct place p,
                           int64_t t)
{
	static const int64_t chance[REGIONS] = {
	    [VLADIVOSTOK] = 30000, [CASPIAN] = 90000, [ELSEWHERE] = 60000};
	const int64_t cos_20_deg = 1008987269; /* Q30 */
	int64_t ppm = chance[e->region] * 1000000 / n->density;
	int64_t k;

	if (e->kind != CLASS_A)
		ppm /= 4;
	for (k = 0; k < n->satellites; k++)
		if (cos_arc(n, k, p, t) >= cos_20_deg && rng_chance(e->rng, ppm))
			return true;
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

int64_t hole_end(const struct network *n, int64_t t)
{
	int i;

	for (i = 0; i < n->window_count; i++)
		if (n->windows[i].station < 0 && n->windows[i].from <= t && t < n->windows[i].to)
			return n->windows[i].to;
	return 0;
}

int64_t hole_percent(const struct network *n, int64_t from, int64_t to)
{
	int64_t longest = 0;
	int64_t a;
	int64_t b;
	int i;

	for (i = 0; i < n->window_count; i++) {
		if (n->windows[i].station >= 0)
			continue;
		a = n->windows[i].from > from ? n->windows[i].from : from;
		b = n->windows[i].to < to ? n->windows[i].to : to;
		if (b - a > longest)
			longest = b - a;
	}
	return to > from ? longest * 100 / (to - from) : 0;
}

bool outage_near(const struct network *n, struct place p, int64_t from, int64_t to)
{
	int i;

	for (i = 0; i < n->window_count; i++)
		if (n->windows[i].station >= 0 && n->windows[i].from < to &&
		    from < n->windows[i].to &&
		    distance_m(n->at[n->windows[i].station], p) <
		        range_m(n, n->windows[i].station, CLASS_A))
			return true;
	return false;
}

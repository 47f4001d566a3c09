#include "motion.h"

#include <stddef.h>

#include "calendar.h"

enum stage { IN_PORT, ROADS_OUT, EN_ROUTE, AT_GROUND, ROADS_IN, ARRIVED, ROAMING, FAR_OUT };

enum { TURN_MS = 40000, CHANNEL_ROOM_M = 300, CHANNEL_SPEED = 90, ROADS_SPEED = 60 };
enum { FAR_OUT_M = 15000 };

static struct place near(struct rng *r, struct place p, int64_t radius_m)
{
	int64_t angle = rng_range(r, 0, FULL_CIRCLE - 1);
	/* the larger of two: as many per square mile near the rim as in the middle */
	int64_t d1 = rng_range(r, 0, radius_m);
	int64_t d2 = rng_range(r, 0, radius_m);
	int64_t d = d1 > d2 ? d1 : d2;

	return place_moved(p, d * (cos_q30(angle) >> 10) >> 20, d * (sin_q30(angle) >> 10) >> 20);
}

static struct place berth_of(int port)
{
	return place_of_mdeg(ports[port].lat_mdeg, ports[port].lon_mdeg);
}

static struct place roads_of(int port)
{
	return place_of_mdeg(ports[port].roads_lat_mdeg, ports[port].roads_lon_mdeg);
}

static void stay(struct motion *m, int64_t ms, int nav, enum at at)
{
	struct leg *l = &m->leg;

	l->t0 = l->t1;
	l->t1 += ms;
	l->a = l->b;
	l->sog = 0;
	l->nav = nav;
	l->at = at;
	l->turned = false;
}

static void sail(struct motion *m, struct place to, int32_t speed, int nav)
{
	struct leg *l = &m->leg;
	int64_t north;
	int64_t east;
	int64_t metres;
	int32_t cog;

	l->a = l->b;
	l->b = to;
	offset_m(l->a, l->b, &north, &east);
	metres = distance_m(l->a, l->b);
	cog = (int32_t)(bearing_udeg(north, east) / 100000);
	l->turned = (cog - l->cog + 3600) % 3600 > 50 && (l->cog - cog + 3600) % 3600 > 50;
	l->cog = cog;
	l->sog = (int32_t)(speed * rng_range(&m->rng, 93, 104) / 100);
	l->t0 = l->t1;
	/* one tenth of a knot is 185.2 m in an hour */
	l->t1 += 1000 + metres * HOUR_MS * 10 / (l->sog * (int64_t)1852);
	l->nav = nav;
	l->at = AT_SEA;
}

int port_at_random(struct rng *r, enum region region, int not_this)
{
	int64_t sum = 0;
	int64_t pick;
	int i;

	for (i = 0; i < port_count; i++)
		if (ports[i].region == region)
			sum += ports[i].weight;
	pick = rng_range(r, 0, sum - 1);
	for (i = 0; i < port_count; i++) {
		if (ports[i].region != region)
			continue;
		pick -= ports[i].weight;
		if (pick < 0 && i != not_this)
			return i;
	}
	return not_this;
}

static bool connected(const struct motion *m, int a, int b)
{
	return m->world->next[m->world->port_node[a]][m->world->port_node[b]] >= 0;
}

static int random_destination(struct motion *m)
{
	int tries;
	int port;

	for (tries = 0; tries < 40; tries++) {
		port = port_at_random(&m->rng, ports[m->port].region, m->port);
		if (connected(m, m->port, port))
			return port;
	}
	return m->port;
}

static int choose_destination(struct motion *m)
{
	if (m->habit == CONVOY)
		return m->port;
	if (m->habit == FERRY)
		return m->port == m->home_port ? m->other_port : m->home_port;
	return random_destination(m);
}

static int nearest_ground(const struct motion *m)
{
	int i;
	int best = -1;
	int64_t best_m = INT64_MAX;
	int64_t d;

	for (i = 0; i < ground_count; i++) {
		if (m->world->next[m->world->port_node[m->port]][m->world->ground_node[i]] < 0)
			continue;
		d = distance_m(berth_of(m->port),
		               place_of_mdeg(grounds[i].lat_mdeg, grounds[i].lon_mdeg));
		if (d < best_m) {
			best_m = d;
			best = i;
		}
	}
	return best;
}

/* what is faster than any ship flies */
static bool flies(const struct motion *m)
{
	return m->cruise > 600;
}

static int32_t harbour_speed(const struct motion *m)
{
	return flies(m) ? m->cruise : ROADS_SPEED;
}

static void leave_port(struct motion *m)
{
	if (m->habit == LOCAL || m->habit == PATROL) {
		m->dest = m->port;
		m->left = (int)rng_range(&m->rng, 2, 8);
		m->stage = ROAMING;
	} else {
		m->ground = m->habit == FISHER ? nearest_ground(m) : -1;
		m->dest = m->ground >= 0 ? m->port : choose_destination(m);
		m->stage = ROADS_OUT;
	}
	sail(m, near(&m->rng, roads_of(m->port), ports[m->port].roads_m), harbour_speed(m),
	     NAV_ENGINE);
}

static void sail_to_node(struct motion *m, int node)
{
	int32_t room = sea_nodes[node].room_m;
	int32_t speed = m->cruise;

	if ((room < CHANNEL_ROOM_M || sea_nodes[m->node].room_m < CHANNEL_ROOM_M) &&
	    speed > CHANNEL_SPEED)
		speed = CHANNEL_SPEED;
	m->node = node;
	sail(m, near(&m->rng, node_place(node), room), speed, NAV_ENGINE);
}

static void clear_roads(struct motion *m)
{
	m->node = m->world->port_node[m->port];
	m->target =
	    m->ground >= 0 ? m->world->ground_node[m->ground] : m->world->port_node[m->dest];
	if (m->habit == CONVOY)
		m->target = m->far;
	m->anchored = false;
	m->stage = EN_ROUTE;
	sail_to_node(m, m->node);
}

static struct place on_ground(struct motion *m)
{
	const struct ground *g = &grounds[m->ground];

	return near(&m->rng, place_of_mdeg(g->lat_mdeg, g->lon_mdeg), g->radius_m);
}

/* a convoy goes to and fro, then back to its port */
static void wait_far_out(struct motion *m)
{
	if (m->left-- > 0) {
		sail(m, near(&m->rng, node_place(m->far), FAR_OUT_M), m->cruise, NAV_ENGINE);
		return;
	}
	m->target = m->world->port_node[m->dest];
	m->stage = EN_ROUTE;
	sail_to_node(m, m->world->next[m->far][m->target]);
}

static void go_on(struct motion *m)
{
	if (m->node != m->target) {
		sail_to_node(m, m->world->next[m->node][m->target]);
	} else if (m->ground >= 0) {
		m->left = (int)rng_range(&m->rng, 5, 25);
		m->stage = AT_GROUND;
		sail(m, on_ground(m), m->cruise, NAV_ENGINE);
	} else if (m->habit == CONVOY && m->node == m->far) {
		m->left = (int)rng_range(&m->rng, 3, 9);
		m->stage = FAR_OUT;
		wait_far_out(m);
	} else {
		m->stage = ROADS_IN;
		sail(m, near(&m->rng, roads_of(m->dest), ports[m->dest].roads_m), ROADS_SPEED,
		     NAV_ENGINE);
	}
}

static void fish(struct motion *m)
{
	int32_t trawling = (int32_t)rng_range(&m->rng, 28, 45);

	if (m->left-- > 0) {
		sail(m, on_ground(m), trawling, NAV_FISHING);
		return;
	}
	m->target = m->world->port_node[m->dest];
	m->node = m->world->ground_node[m->ground];
	m->ground = -1;
	m->stage = EN_ROUTE;
	sail_to_node(m, m->node);
}

static void berth(struct motion *m)
{
	m->stage = ARRIVED;
	sail(m, near(&m->rng, berth_of(m->dest), 250), harbour_speed(m), NAV_ENGINE);
}

static void reach_roads(struct motion *m)
{
	if (m->habit == TRADER && !m->anchored && rng_chance(&m->rng, 350000)) {
		m->anchored = true;
		stay(m, rng_range(&m->rng, 3 * HOUR_MS, 30 * (int64_t)HOUR_MS), NAV_ANCHOR,
		     AT_ANCHOR);
		return;
	}
	berth(m);
}

static void moor(struct motion *m)
{
	m->port = m->dest;
	m->stage = IN_PORT;
	stay(m, rng_range(&m->rng, m->stay_min_h * HOUR_MS, m->stay_max_h * HOUR_MS), NAV_MOORED,
	     AT_PORT);
}

static void roam(struct motion *m)
{
	int64_t radius = flies(m) ? 60000 : ports[m->port].roads_m * (int64_t)3 / 2;
	int32_t speed = flies(m) ? m->cruise : m->cruise / 2 + 10;

	if (m->left-- > 0)
		sail(m, near(&m->rng, roads_of(m->port), radius), speed, NAV_ENGINE);
	else
		berth(m);
}

static void next_leg(struct motion *m)
{
	static void (*const steps[])(struct motion *) = {
	    [IN_PORT] = leave_port, [ROADS_OUT] = clear_roads, [EN_ROUTE] = go_on,
	    [AT_GROUND] = fish,     [ROADS_IN] = reach_roads,  [ARRIVED] = moor,
	    [ROAMING] = roam,       [FAR_OUT] = wait_far_out,
	};

	if (m->habit == FIXED)
		stay(m, 3650 * (int64_t)DAY_MS, NAV_UNDEFINED, AT_PORT);
	else
		steps[m->stage](m);
}

void motion_begin(struct motion *m, enum region region, int64_t t)
{
	if (m->habit != CONVOY)
		m->port = port_at_random(&m->rng, region, -1);
	m->home_port = m->port;
	m->other_port = random_destination(m);
	m->dest = m->port;
	m->ground = -1;
	m->leg.t1 = t - rng_range(&m->rng, 0, 8 * (int64_t)DAY_MS) + m->lag_ms;
	m->leg.b = near(&m->rng, berth_of(m->port), 250);
	m->leg.cog = (int32_t)rng_range(&m->rng, 0, 3599);
	moor(m);
	motion_seek(m, t);
}

void motion_fix(struct motion *m, struct place p, int64_t t)
{
	m->habit = FIXED;
	m->leg.t1 = t;
	m->leg.b = p;
	next_leg(m);
}

void motion_seek(struct motion *m, int64_t t)
{
	while (m->leg.t1 <= t)
		next_leg(m);
}

/* an anchored ship swings round its anchor, 120 m and about twice a day with the tide and wind */
static struct place swung(const struct leg *l, int64_t t)
{
	int64_t angle = (t - l->t0) / 1000 * FULL_CIRCLE / 43200;

	return place_moved(l->a, cos_q30(angle) * 120 / Q30, sin_q30(angle) * 120 / Q30);
}

struct state motion_state(const struct motion *m, int64_t t)
{
	const struct leg *l = &m->leg;
	int64_t past = (t - l->t0) >> 4;
	int64_t all = ((l->t1 - l->t0) >> 4) + 1;
	struct state s;

	s.sog = l->sog;
	s.cog = l->cog;
	s.nav = l->nav;
	s.at = l->at;
	s.moving = l->sog > 0;
	s.turning = l->turned && t - l->t0 < TURN_MS;
	if (l->nav == NAV_ANCHOR) {
		s.p = swung(l, t);
		return s;
	}
	s.p.lat = (int32_t)(l->a.lat + ((int64_t)l->b.lat - l->a.lat) * past / all);
	s.p.lon = wrap_lon(l->a.lon + (int64_t)wrap_lon((int64_t)l->b.lon - l->a.lon) * past / all);
	if (m->habit == CONVOY)
		s.p = place_moved(s.p, m->beside_north_m, m->beside_east_m);
	return s;
}

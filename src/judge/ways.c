#include "judge/ways.h"

#include <math.h>

#include "base/utc.h"
#include "geo/geodesic.h"
#include "geo/sphere.h"
#include "judge/cell.h"

/* below this speed a vessel lies still; GPS noise and swinging round an anchor stay below it */
static const double STILL_KN = 1.0;
/* a merchant ship makes no less, if it can; few make more for long */
static const double SLOW_KN = 8.0;
static const double FAST_KN = 25.0;
/* back where it was: as far as a ship swings and a berth is long */
static const double PLACE_NM = 1.0;
/* minutes of latitude in a degree: a nautical mile each, near enough here */
static const double NM_PER_DEG = 60.0;

static bool is_still(const struct fix *fix)
{
	return fix->known & KNOWN_SOG ? fix->sog_kn < STILL_KN : fix_is_moored(fix);
}

static double hours_of(const struct gap *gap)
{
	return (double)(gap->on.t_ms - gap->off.t_ms) / (double)HOUR_MS;
}

static void add(struct ways *w, double weight, double north, double east, bool held)
{
	w->at[w->count] = (struct way){weight, north, east, held, !w->count};
	w->count++;
}

/* ways round: in all directions, at the speed that is left over from the straight way */
static void add_round(struct ways *w, double weight, double speed_kn)
{
	for (int i = 0; i < WAY_DIRECTIONS; i++) {
		double angle = i * (360.0 / WAY_DIRECTIONS) * DEG;

		add(w, weight / WAY_DIRECTIONS, speed_kn * cos(angle), speed_kn * sin(angle),
		    false);
	}
}

/* how likely each way is, by what ships do; chosen, and then tried on simulated traffic */
struct habits {
	double straight; /* or staying, for a ship that lay still */
	double held;
	double round;
};

static const struct habits CLOSED_STILL = {.straight = 0.95, .round = 0.05};
static const struct habits CLOSED_DIRECT = {.straight = 0.8, .round = 0.2};
static const struct habits CLOSED_SLOW = {.straight = 0.3, .held = 0.2, .round = 0.5};
static const struct habits OPEN_STILL = {.straight = 0.7, .round = 0.3};
static const struct habits OPEN_UNDER_WAY = {.straight = 0.2, .held = 0.4, .round = 0.4};

/* part of its speed that the straight way takes, from which little is left for another */
static const double DIRECT = 0.7;
/* part of the speed left over with which it then goes round */
static const double DIRECT_ROUND = 0.5;

static void add_ways(struct ways *w, const struct habits *habits, double round_kn)
{
	add(w, habits->straight, 0, 0, false);
	if (habits->held > 0)
		add(w, habits->held, 0, 0, true);
	add_round(w, habits->round, round_kn);
}

static void closed_ways(struct ways *w)
{
	const struct gap *g = w->gap;
	double nm = geo_distance_nm(g->off.lat_deg, g->off.lon_deg, g->on.lat_deg, g->on.lon_deg);
	double straight_kn = nm / hours_of(g);
	double spare_kn = sqrt(fmax(0, w->speed_kn * w->speed_kn - straight_kn * straight_kn));

	w->still = is_still(&g->off) && is_still(&g->on) && nm < PLACE_NM;
	if (w->still)
		add_ways(w, &CLOSED_STILL, w->speed_kn);
	else if (straight_kn > DIRECT * w->speed_kn)
		add_ways(w, &CLOSED_DIRECT, DIRECT_ROUND * spare_kn);
	else
		add_ways(w, &CLOSED_SLOW, spare_kn);
}

static void open_ways(struct ways *w)
{
	w->still = is_still(&w->gap->off);
	add_ways(w, w->still ? &OPEN_STILL : &OPEN_UNDER_WAY, w->speed_kn);
}

void ways_of(struct ways *w, const struct gap *gap, struct land *land, double speed_kn)
{
	*w = (struct ways){.gap = gap, .land = land};
	if (gap->off.known & KNOWN_SOG)
		speed_kn = fmax(speed_kn, gap->off.sog_kn);
	w->speed_kn = fmin(fmax(speed_kn, SLOW_KN), FAST_KN);
	if (gap->open)
		open_ways(w);
	else
		closed_ways(w);
}

/* on the straight way from off to on */
static void on_straight(const struct ways *w, double leg_h, bool from_on, double *lat, double *lon)
{
	const struct gap *g = w->gap;
	double part = g->open ? 0 : leg_h / hours_of(g);

	if (from_on)
		part = 1 - part;
	*lat = g->off.lat_deg;
	*lon = g->off.lon_deg;
	if (part > 0) {
		*lat += part * (g->on.lat_deg - g->off.lat_deg);
		*lon += part * remainder(g->on.lon_deg - g->off.lon_deg, 360.0);
	}
}

bool ways_cell(const struct ways *w, int i, double leg_h, bool from_on, uint32_t *cell)
{
	const struct way *way = &w->at[i];
	const struct fix *end = from_on ? &w->gap->on : &w->gap->off;
	double north = way->north_nm_h * leg_h;
	double east = way->east_nm_h * leg_h;
	double lat = end->lat_deg;
	double lon = end->lon_deg;

	if (way->held) {
		double nm = (from_on ? -leg_h : leg_h) *
		            (end->known & KNOWN_SOG ? end->sog_kn : w->speed_kn);

		if (!(end->known & KNOWN_COG))
			return false;
		north = nm * cos(end->cog_deg * DEG);
		east = nm * sin(end->cog_deg * DEG);
	} else {
		on_straight(w, leg_h, from_on, &lat, &lon);
	}
	lat += north / NM_PER_DEG;
	if (fabs(lat) > 89.0)
		return false;
	lon = remainder(lon + east / (NM_PER_DEG * cos(lat * DEG)), 360.0);
	*cell = cell_of(lat, lon);
	return true;
}

#include "judge/evidence.h"

#include <math.h>
#include <string.h>

#include "base/utc.h"
#include "geo/geodesic.h"

enum {
	PAST_DAYS = 14, /* that coverage is read from */
	RULE_MINUTES = 720,
	RIPE_H = 12, /* after on, until what is known of a closed gap is complete */
};

/* share of the hours in which somebody is heard, for a feed whose silence means something */
static const double STEADY = 0.5;

/* heard by stations for each heard by satellites, up to which satellites alone hear */
static const double STRAY = 0.02;

static const int64_t PERIOD_MS = (int64_t)PERIOD_H * HOUR_MS;

static int64_t hour_of(int64_t t_ms)
{
	return utc_floor_div(t_ms, HOUR_MS);
}

static int64_t smaller(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t larger(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* hours after off that an open gap is judged by: it is judged anew at these, not every minute */
static const int STEPS_H[] = {3, 12, 24, SILENCE_AFTER_H};
enum { STEPS = sizeof STEPS_H / sizeof *STEPS_H };

/* the as-of from which it is */
static int64_t step_ms(const struct gap *gap, int step)
{
	return gap->off.t_ms + (STEPS_H[step] + SIGHTING_REACH_H + 1) * HOUR_MS;
}

static int steps_passed(const struct gap *gap, int64_t as_of_ms)
{
	int passed = 0;

	while (passed < STEPS && as_of_ms >= step_ms(gap, passed))
		passed++;
	return passed;
}

static int64_t open_hours(const struct gap *gap, int64_t as_of_ms)
{
	int passed = steps_passed(gap, as_of_ms);

	return passed ? STEPS_H[passed - 1] : 0;
}

/*
 * Until which hour sightings are read: what is said of an hour is complete SIGHTING_REACH_H after
 * it has ended, and nothing is read before it is.
 */
static int64_t open_until(const struct gap *gap, int64_t as_of_ms, struct silence_hours *h)
{
	int64_t hours = open_hours(gap, as_of_ms);

	h->off_end = h->off_first + hours;
	return hours ? h->off_end : h->off_first - 1 - SIGHTING_REACH_H;
}

/* how long an open gap has been silent at the last step that it was judged anew; 0 before the first
 */
static double open_silence_h(const struct gap *gap, int64_t as_of_ms)
{
	int passed = steps_passed(gap, as_of_ms);

	return passed ? (double)(step_ms(gap, passed - 1) - gap->off.t_ms) / (double)HOUR_MS : 0;
}

static int64_t closed_until(const struct gap *gap, int64_t as_of_ms, struct silence_hours *h)
{
	int64_t on = hour_of(gap->on.t_ms);
	int64_t until = on - SIGHTING_REACH_H;

	h->off_end = smaller(h->off_first + SILENCE_AFTER_H, on);
	h->ripe = as_of_ms >= gap->on.t_ms + RIPE_H * HOUR_MS;
	if (h->ripe) {
		h->on_first = larger(h->off_end, on - SILENCE_BEFORE_H);
		h->on_end = larger(h->on_first, on);
		until = on + RIPE_H - SIGHTING_REACH_H;
	}
	h->off_end = larger(h->off_first, smaller(h->off_end, until));
	return smaller(until, h->off_first + SILENCE_AFTER_H);
}

/* one that a report behind as-of ends is judged as if it had not come yet */
static bool is_open(const struct gap *gap)
{
	return gap->open || gap->after_as_of;
}

static void set_hours(const struct gap *gap, int64_t as_of_ms, struct silence_hours *h)
{
	int64_t until;

	*h = (struct silence_hours){.off_first = hour_of(gap->off.t_ms) + 1};
	until = is_open(gap) ? open_until(gap, as_of_ms, h) : closed_until(gap, as_of_ms, h);
	h->first_period = utc_floor_div(gap->off.t_ms - PAST_DAYS * DAY_MS, PERIOD_MS);
	h->end_period = larger(h->first_period, utc_floor_div(until, PERIOD_H));
}

/* sightings of a period's first hours rest on what was heard in the period before */
static int64_t rests_on_ms(const struct silence_hours *h)
{
	return (h->first_period - 1) * PERIOD_MS;
}

/* the horizon takes two weeks of coverage away at once, not day by day; false when all is gone */
static bool within_horizon(const struct fleet *fleet, const struct gap *gap,
                           struct silence_hours *h)
{
	if (rests_on_ms(h) < fleet->horizon_ms)
		h->first_period = utc_floor_div(gap->off.t_ms - DAY_MS, PERIOD_MS);
	return rests_on_ms(h) >= fleet->horizon_ms;
}

/* the as-of from which set_hours says something else */
static int64_t next_step(const struct gap *gap, int64_t as_of_ms)
{
	int passed = steps_passed(gap, as_of_ms);
	int64_t ripe_ms = gap->on.t_ms + RIPE_H * HOUR_MS;

	if (is_open(gap))
		return passed < STEPS ? step_ms(gap, passed) : INT64_MAX;
	return as_of_ms < ripe_ms ? ripe_ms : INT64_MAX;
}

/* of evidence that is forgotten: what evidence_rule_minutes reads, and what is known of on */
static void forgotten_span(const struct fleet *fleet, const struct gap *gap,
                           struct evidence_span *span)
{
	int64_t minute = utc_floor_div(gap->off.t_ms, MINUTE_MS) - RULE_MINUTES + 1;
	int64_t rule_ms = utc_floor_div(minute, 60) * HOUR_MS;
	int64_t last = hour_of(gap->open ? gap->off.t_ms : gap->on.t_ms);

	span->since_ms = (last - 1) * HOUR_MS;
	span->horizon_ms = rule_ms < fleet->horizon_ms ? INT64_MAX : rule_ms;
	span->end_ms = (last + 2) * HOUR_MS;
}

void evidence_span(const struct fleet *fleet, const struct gap *gap, int64_t as_of_ms,
                   struct evidence_span *span)
{
	struct silence_hours h;
	int64_t end;

	set_hours(gap, as_of_ms, &h);
	span->until_ms = next_step(gap, as_of_ms);
	if (!within_horizon(fleet, gap, &h)) {
		forgotten_span(fleet, gap, span);
		return;
	}
	end = larger(larger(h.off_end, h.on_end), h.end_period * PERIOD_H);
	span->since_ms = h.first_period * PERIOD_MS;
	span->horizon_ms = rests_on_ms(&h);
	/* what a sighting says of an hour rests on later ones */
	span->end_ms = (end + SIGHTING_REACH_H) * HOUR_MS;
}

/* the last day: how often it was heard, how fast it went */
static void read_last_day(const struct shard *shard, const struct vessel *vessel,
                          const struct gap *gap, struct evidence *e)
{
	int64_t off = hour_of(gap->off.t_ms);
	int64_t minute = utc_floor_div(gap->off.t_ms, MINUTE_MS);
	int heard_h = 0;

	for (int64_t h = off - 24; h <= off; h++) {
		struct presence_hour hour = {0};

		if (!sighting_hour(shard, vessel, h, &hour))
			continue;
		heard_h += h >= off - 12;
		e->speed_kn = fmax(e->speed_kn, hour.sog_kn);
	}
	e->minutes_last_h = fleet_minutes_heard(shard, vessel, minute - 59, 60);
	if (heard_h)
		e->minutes_usual_h =
		    fleet_minutes_heard(shard, vessel, minute - 719, 720) / heard_h;
}

static void count_holes(const struct fleet *fleet, int64_t first, int64_t end, struct evidence *e)
{
	for (int64_t h = first; h < end; h++) {
		e->looked_h++;
		e->hole_h += e->steady && !clock_heard(&fleet->clock, h);
	}
}

/* whether somebody was heard in most hours before off, so that one without anybody tells of the
 * feed */
static bool is_steady(const struct fleet *fleet, const struct silence_hours *h)
{
	int64_t first = h->first_period * PERIOD_H;
	int64_t heard = 0;

	while (first < h->off_first && !clock_heard(&fleet->clock, first))
		first++;
	for (int64_t hour = first; hour < h->off_first; hour++)
		heard += clock_heard(&fleet->clock, hour);
	return (double)heard >= STEADY * (double)(h->off_first - first);
}

/*
 * Minutes of an hour in which it sends, by the intervals of ITU-R M.1371-5, annex 1, tables 1 and
 * 2: all, but every third where it sends every 3 minutes: class A at anchor or moored up to 3 kn,
 * class B up to 2 kn.
 */
static int minutes_most(const struct fix *off)
{
	bool slow =
	    off->known & KNOWN_SOG && off->sog_kn <= (off->ais_class == CLASS_B ? 2.0F : 3.0F);

	return slow && (fix_is_moored(off) || off->ais_class == CLASS_B) ? 20 : 60;
}

static void look_around(const struct evidence_source *source, const struct gap *gap,
                        struct evidence *e)
{
	uint32_t cell = cell_of(gap->off.lat_deg, gap->off.lon_deg);
	int hours = (int)smaller(e->hours.off_end - e->hours.off_first, NEIGHBOUR_HOURS);
	struct tally near[2] = {0};
	struct tally wide;
	double heard = 0;
	double satellite = 0;

	e->neighbours = (struct neighbours){-1, -1};
	if (hours > 0)
		neighbours_at(source->traffic, gap, hours, &e->neighbours);
	/* before the first hour is looked at, coverage is not complete either */
	if (hours <= 0 && e->hours.on_end == e->hours.on_first)
		return;
	traffic_past(source->traffic, e->hours.first_period, e->hours.end_period, cell, 1, near,
	             &wide);
	for (int s = 0; s < STRATA; s++) {
		heard += near[1].heard[s];
		satellite += near[1].satellite[s];
	}
	e->satellite_only = satellite > 0 && heard <= STRAY * satellite;
}

void evidence_of(const struct evidence_source *source, const struct gap *gap, struct evidence *e)
{
	struct silence_query query = {.traffic = source->traffic, .fleet = source->fleet};

	memset(e, 0, sizeof *e);
	set_hours(gap, source->as_of_ms, &e->hours);
	e->silence_h = is_open(gap) ? open_silence_h(gap, source->as_of_ms)
	                            : (double)(gap->on.t_ms - gap->off.t_ms) / (double)HOUR_MS;
	if (!is_open(gap))
		e->moved_kn = geo_distance_nm(gap->off.lat_deg, gap->off.lon_deg, gap->on.lat_deg,
		                              gap->on.lon_deg) /
		              fmax(1, e->silence_h);
	e->forgotten = !within_horizon(source->fleet, gap, &e->hours);
	if (e->forgotten)
		return;
	e->steady = is_steady(source->fleet, &e->hours);
	query.vessel = fleet_vessel(source->fleet, gap->mmsi, &query.shard);
	query.hours = e->hours;
	query.stratum = sighting_stratum(gap->off.ais_class == CLASS_B,
	                                 gap->off.known & KNOWN_SOG ? gap->off.sog_kn : NAN);
	e->minutes_most_h = minutes_most(&gap->off);
	read_last_day(query.shard, query.vessel, gap, e);
	ways_of(&e->ways, gap, source->land, e->speed_kn);
	query.ways = &e->ways;
	silence_chance(&query, &e->silence);
	look_around(source, gap, e);
	count_holes(source->fleet, e->hours.off_first, e->hours.off_end, e);
	count_holes(source->fleet, e->hours.on_first, e->hours.on_end, e);
}

int evidence_rule_minutes(const struct fleet *fleet, const struct gap *gap)
{
	int64_t last = utc_floor_div(gap->off.t_ms, MINUTE_MS);
	int64_t first = last - RULE_MINUTES + 1;
	const struct shard *shard;
	const struct vessel *vessel = fleet_vessel(fleet, gap->mmsi, &shard);
	int satellite = 0;

	if (utc_floor_div(first, 60) * HOUR_MS < fleet->horizon_ms)
		return -1;
	for (int64_t h = utc_floor_div(first, 60); h <= utc_floor_div(last, 60); h++) {
		struct presence_hour sum = {0};
		uint64_t minutes;

		if (!sighting_hour(shard, vessel, h, &sum))
			continue;
		minutes = sum.satellite_minutes;
		if (h * 60 < first)
			minutes &= UINT64_MAX << (first - h * 60);
		if (h * 60 + 59 > last)
			minutes &= UINT64_MAX >> (63 - (last - h * 60));
		satellite += __builtin_popcountll(minutes);
	}
	return satellite ? satellite : fleet_minutes_heard(shard, vessel, first, RULE_MINUTES);
}

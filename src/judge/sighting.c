#include "judge/sighting.h"

#include <math.h>

#include "base/utc.h"

/* up to this speed a transponder of class A that is moored sends every 3 minutes (ITU-R M.1371-5,
 * annex 1, table 1) */
static const float STILL_KN = 3.0F;

/* between an hour's first report and the middle of another, more than this tells no course */
static const double COURSE_H = 3.0;
/* and less than this none either */
static const double COURSE_LEAST_H = 0.2;

struct place {
	int64_t hour;
	double t_h; /* of the position, hours since 1970 */
	double lat_deg;
	double lon_deg;
	uint8_t stratum;
};

struct walk {
	const struct clock *clock;
	sighting_taker *take;
	void *context;
	int64_t first;
	int64_t end;
	struct place before; /* the heard hour before `last` */
	struct place last;   /* the heard hour told last */
	bool has_before;
	bool has_last;
};

uint8_t sighting_stratum(bool class_b, float sog_kn)
{
	bool still = sog_kn <= STILL_KN;

	if (class_b)
		return still ? STRATUM_B_STILL : STRATUM_B;
	return still ? STRATUM_A_STILL : STRATUM_A;
}

static uint8_t stratum_of(const struct presence_hour *cell)
{
	return sighting_stratum(cell->flags & HEARD_CLASS_B && !(cell->flags & HEARD_CLASS_A),
	                        cell->flags & HEARD_SPEED ? cell->sog_kn : NAN);
}

static struct place place_of(const struct presence_hour *cell, int64_t hour)
{
	return (struct place){hour, (double)hour + cell->first_ms / (double)HOUR_MS,
	                      cell->first_lat_e7 / 1e7, cell->first_lon_e7 / 1e7, stratum_of(cell)};
}

/* an unheard hour that is asked for, and in which anybody was heard */
static bool is_asked(const struct walk *w, int64_t hour)
{
	return hour >= w->first && hour < w->end && clock_heard(w->clock, hour);
}

static double lon_step(double from_deg, double to_deg)
{
	return remainder(to_deg - from_deg, 360.0);
}

/* on the line through a and b, or beyond it, at the middle of the hour */
static void tell_unheard(struct walk *w, int64_t hour, const struct place *a, const struct place *b,
                         const struct place *like)
{
	double span_h = b->t_h - a->t_h;
	double part = ((double)hour + 0.5 - a->t_h) / span_h;
	struct sighting s = {.hour = hour, .stratum = like->stratum};

	if (!is_asked(w, hour))
		return;
	s.lat_deg = (float)fmax(-90.0, fmin(90.0, a->lat_deg + part * (b->lat_deg - a->lat_deg)));
	s.lon_deg = (float)remainder(a->lon_deg + part * lon_step(a->lon_deg, b->lon_deg), 360.0);
	w->take(w->context, &s);
}

static void tell_still(struct walk *w, int64_t hour, const struct place *at)
{
	struct sighting s = {.hour = hour,
	                     .lat_deg = (float)at->lat_deg,
	                     .lon_deg = (float)at->lon_deg,
	                     .stratum = at->stratum};

	if (is_asked(w, hour))
		w->take(w->context, &s);
}

/* hours after the last heard one: it goes on as it went */
static void tell_after(struct walk *w, int64_t end)
{
	for (int64_t h = w->last.hour + 1; h < end && h <= w->last.hour + SIGHTING_REACH_H; h++) {
		if (w->has_before && w->last.t_h - w->before.t_h > COURSE_LEAST_H &&
		    w->last.t_h - w->before.t_h <= COURSE_H)
			tell_unheard(w, h, &w->before, &w->last, &w->last);
		else
			tell_still(w, h, &w->last);
	}
}

/* the silent hours between two heard ones */
static void tell_between(struct walk *w, const struct place *next)
{
	int64_t between = next->hour - w->last.hour - 1;

	if (between <= SIGHTING_REACH_H) {
		for (int64_t h = w->last.hour + 1; h < next->hour; h++)
			tell_unheard(w, h, &w->last, next, &w->last);
		return;
	}
	tell_after(w, next->hour);
	for (int64_t h = next->hour - SIGHTING_REACH_H; h < next->hour; h++) {
		if (h > w->last.hour + SIGHTING_REACH_H)
			tell_still(w, h, next);
	}
}

static void tell_heard(struct walk *w, const struct presence_hour *cell, int64_t hour)
{
	struct place here = place_of(cell, hour);
	struct sighting s = {.hour = hour,
	                     .lat_deg = (float)here.lat_deg,
	                     .lon_deg = (float)here.lon_deg,
	                     .stratum = here.stratum,
	                     .heard = true,
	                     .satellite = cell->satellite_minutes && !cell->other_minutes};

	if (w->has_last)
		tell_between(w, &here);
	if (hour >= w->first && hour < w->end)
		w->take(w->context, &s);
	w->before = w->last;
	w->has_before = w->has_last;
	w->last = here;
	w->has_last = true;
}

static bool begins_before(const struct presence_hour *a, const struct presence_hour *b)
{
	if (a->first_ms != b->first_ms)
		return a->first_ms < b->first_ms;
	if (a->first_lat_e7 != b->first_lat_e7)
		return a->first_lat_e7 < b->first_lat_e7;
	return a->first_lon_e7 < b->first_lon_e7;
}

static void join_hour(struct presence_hour *sum, const struct presence_hour *cell)
{
	struct presence_hour first = begins_before(cell, sum) ? *cell : *sum;

	first.satellite_minutes = sum->satellite_minutes | cell->satellite_minutes;
	first.other_minutes = sum->other_minutes | cell->other_minutes;
	first.flags = sum->flags | cell->flags;
	first.sog_kn = fmaxf(sum->sog_kn, cell->sog_kn);
	*sum = first;
}

bool sighting_hour(const struct shard *shard, const struct vessel *vessel, int64_t hour,
                   struct presence_hour *sum)
{
	bool any = false;

	for (uint32_t i = vessel->track; i != FLEET_NONE; i = shard->tracks[i].next) {
		const struct presence_hour *cell = presence_at(&shard->tracks[i].presence, hour);

		if (!cell)
			continue;
		if (any)
			join_hour(sum, cell);
		else
			*sum = *cell;
		any = true;
	}
	return any;
}

/* the beginning of the first six hours, of any track, that end after `hour`; or, with `before`, of
 * the last ones that do not; INT64_MAX: none */
static int64_t next_block(const struct shard *shard, const struct vessel *vessel, int64_t hour,
                          bool before)
{
	int64_t next = INT64_MAX;

	for (uint32_t i = vessel->track; i != FLEET_NONE; i = shard->tracks[i].next) {
		const struct presence *p = &shard->tracks[i].presence;
		uint32_t at = presence_from(p, hour);
		int64_t begin;

		if (before ? at == 0 : at == p->count)
			continue;
		begin = (int64_t)p->at[before ? at - 1 : at].index * BLOCK_HOURS;
		if (next == INT64_MAX || (before ? begin > next : begin < next))
			next = begin;
	}
	return next;
}

void sightings_of(const struct clock *clock, const struct shard *shard, const struct vessel *vessel,
                  int64_t first, int64_t end, sighting_taker *take, void *context)
{
	struct walk w = {
	    .clock = clock, .take = take, .context = context, .first = first, .end = end};
	/* where it was last heard before bears on the first hours, and the hour before that, too */
	int64_t from = next_block(shard, vessel, first - 2 * BLOCK_HOURS, true);
	int64_t block =
	    next_block(shard, vessel, from == INT64_MAX ? first - 2 * BLOCK_HOURS : from, false);

	while (block < end + 2 * SIGHTING_REACH_H) {
		for (int64_t h = block; h < block + BLOCK_HOURS; h++) {
			struct presence_hour sum;

			if (sighting_hour(shard, vessel, h, &sum))
				tell_heard(&w, &sum, h);
		}
		block = next_block(shard, vessel, block + BLOCK_HOURS, false);
	}
	if (w.has_last)
		tell_after(&w, end);
}

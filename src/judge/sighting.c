#include "judge/sighting.h"

#include <math.h>

#include "base/utc.h"

/* up to this speed a transponder of class A that is moored sends every 3 minutes (ITU-R M.1371-5,
 * annex 1, table 1) */
static const float STILL_KN = 3.0F;

/* between an hour's first report and the middle of another, more than this tells no course */
static const double COURSE_H = 3.0;

struct place {
	int64_t hour;
	double t_h; /* of the position, hours since 1970 */
	double lat_deg;
	double lon_deg;
	uint8_t stratum;
};

struct walk {
	sighting_taker *take;
	void *context;
	int64_t first;
	int64_t end;
	struct place before; /* the heard hour before `last` */
	struct place last;   /* the heard hour told last */
	bool has_before;
	bool has_last;
};

static uint8_t stratum_of(const struct presence_hour *cell)
{
	bool still = cell->flags & HEARD_SPEED && cell->sog_kn <= STILL_KN;

	if (cell->flags & HEARD_CLASS_B && !(cell->flags & HEARD_CLASS_A))
		return still ? STRATUM_B_STILL : STRATUM_B;
	return still ? STRATUM_A_STILL : STRATUM_A;
}

static struct place place_of(const struct presence_hour *cell, int64_t hour)
{
	return (struct place){hour, (double)hour + cell->first_ms / (double)HOUR_MS,
	                      cell->first_lat_e7 / 1e7, cell->first_lon_e7 / 1e7, stratum_of(cell)};
}

static double lon_step(double from_deg, double to_deg)
{
	return remainder(to_deg - from_deg, 360.0);
}

/* on the line through a and b at the middle of the hour; b where they lie too far apart to tell */
static void tell_unheard(struct walk *w, int64_t hour, const struct place *a, const struct place *b,
                         const struct place *like)
{
	double span_h = b->t_h - a->t_h;
	double part = ((double)hour + 0.5 - a->t_h) / span_h;
	struct sighting s = {.hour = hour, .stratum = like->stratum};

	if (hour < w->first || hour >= w->end)
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

	if (hour >= w->first && hour < w->end)
		w->take(w->context, &s);
}

/* hours after the last heard one: it goes on as it went */
static void tell_after(struct walk *w, int64_t end)
{
	for (int64_t h = w->last.hour + 1; h < end && h <= w->last.hour + SIGHTING_REACH_H; h++) {
		if (w->has_before && w->last.t_h - w->before.t_h > 0.2 &&
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

void sightings_of(const struct track *track, int64_t first, int64_t end, sighting_taker *take,
                  void *context)
{
	struct walk w = {.take = take, .context = context, .first = first, .end = end};
	const struct presence *p = &track->presence;
	/* hours that bear on those asked for */
	int64_t from = first - SIGHTING_REACH_H - 3;
	int64_t to = end + 2 * SIGHTING_REACH_H;

	for (uint32_t i = presence_from(p, from); i < p->count; i++) {
		int64_t hour = (int64_t)p->at[i].index * BLOCK_HOURS;

		if (hour >= to)
			break;
		for (int h = 0; h < BLOCK_HOURS; h++) {
			const struct presence_hour *cell = &p->at[i].block->hours[h];

			if (cell->satellite_minutes | cell->other_minutes)
				tell_heard(&w, cell, hour + h);
		}
	}
	if (w.has_last)
		tell_after(&w, end);
}

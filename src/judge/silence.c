#include "judge/silence.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/utc.h"

/* the table of what the chain assumes; tried on simulated traffic and by selftest */
enum { NODES = 6 };
static const struct {
	double go_down;   /* of places that are up, in an hour */
	double stay_down; /* of places that are down: stations are down for some 7 h */
	double deaf;      /* chance to be heard where it is down */
	double best;      /* chance to be heard in an hour is never taken as more */
	double uncovered; /* chance to be silent above which one may lie there unheard */
	double most;      /* bound of what one hour of others can tell, in nats */
	double none;      /* chances below this are as good as none */
	/* the vessel's own transmitter: its odds to be heard are so many times those of others */
	double odds[NODES];
	double weight[NODES]; /* how common these are */
} MODEL = {
    .go_down = 0.01,
    .stay_down = 0.85,
    .deaf = 0.03,
    .best = 0.97,
    .uncovered = 0.6,
    .most = 6.0,
    .odds = {1.0 / 55, 1.0 / 20, 1.0 / 7.4, 1.0 / 2.7, 1, 2.7},
    .none = 1e-8,
    .weight = {0.02, 0.05, 0.13, 0.25, 0.35, 0.20},
};

enum { OWN_HOURS = 24, FIRST_HOURS = 6, MEMO = 512 };

/* the vessel's own sightings by hour, to be left out, and to learn from */
struct own_hours {
	int64_t first;
	int64_t count;
	struct sighting *at; /* hour 0: none */
};

/* others share stations, not luck: those in the next cells count less than whole, those further off
 * little */
static const struct traffic_reach AROUND = {
    .near = 1, .far = 3, .near_weight = 0.7, .far_weight = 0.2};

struct memo {
	uint32_t cell;
	bool set;
	struct coverage coverage;
	double heard[STRATA]; /* nats that one heard vessel tells for reception being up */
	double missed[STRATA];
};

struct work {
	const struct silence_query *q;
	struct own own;
	struct own_hours own_hours;
	double node[NODES]; /* how likely each of MODEL.odds is, after its own last day */
	struct memo memo[MEMO];
};

static void keep_own(void *context, const struct sighting *s)
{
	struct own_hours *own = context;
	int64_t i = s->hour - own->first;

	if (i >= 0 && i < own->count)
		own->at[i] = *s;
}

static void read_own(struct work *w)
{
	const struct silence_query *q = w->q;
	const struct silence_hours *h = &q->hours;

	own_add(&w->own, &q->fleet->clock, q->shard, q->vessel, h->first_period, h->end_period);
	w->own_hours.first = h->off_first - OWN_HOURS - 1;
	w->own_hours.count = (h->on_end > h->off_end ? h->on_end : h->off_end) - w->own_hours.first;
	w->own_hours.at = mem_new((size_t)w->own_hours.count, sizeof *w->own_hours.at);
	sightings_of(&q->fleet->clock, q->shard, q->vessel, w->own_hours.first,
	             w->own_hours.first + w->own_hours.count, keep_own, &w->own_hours);
}

static void learn_place(struct work *w, uint32_t cell, struct memo *memo)
{
	*memo = (struct memo){.cell = cell, .set = true};
	coverage_at(w->q->traffic, &w->own, w->q->hours.first_period, w->q->hours.end_period, cell,
	            &memo->coverage);
	for (int s = 0; s < STRATA; s++) {
		double up = fmax(fmin(memo->coverage.heard[s], MODEL.best), 2 * MODEL.deaf);

		memo->heard[s] = log(up / MODEL.deaf);
		memo->missed[s] = log((1 - up) / (1 - MODEL.deaf));
	}
}

static const struct memo *place_of(struct work *w, uint32_t cell)
{
	struct memo *memo = &w->memo[(cell * 2654435761U) >> 23];

	if (!memo->set || memo->cell != cell)
		learn_place(w, cell, memo);
	return memo;
}

/* the chance to be heard by a transmitter whose odds are `odds` times those of others */
static double with_odds(double chance, double odds)
{
	double of = fmin(chance, MODEL.best);

	return of * odds / (1 - of + of * odds);
}

/* the chance to be silent for an hour in a place, reception there being up or down */
static double silent(const struct memo *place, int stratum, double odds, bool up)
{
	double stations = up ? with_odds(place->coverage.heard[stratum], odds) : MODEL.deaf;

	return (1 - stations) * (1 - with_odds(place->coverage.satellite[stratum], odds));
}

/* what it did in its last day tells how well it is heard (Bayes) */
static void weigh_nodes(struct work *w)
{
	double sum = 0;

	for (int n = 0; n < NODES; n++)
		w->node[n] = MODEL.weight[n];
	for (int64_t i = 0; i < OWN_HOURS && i < w->own_hours.count; i++) {
		const struct sighting *s = &w->own_hours.at[i];
		const struct memo *place;

		if (!s->hour)
			continue;
		place = place_of(w, cell_of(s->lat_deg, s->lon_deg));
		for (int n = 0; n < NODES; n++) {
			double p = silent(place, s->stratum, MODEL.odds[n], true);

			w->node[n] *= s->heard ? 1 - p : p;
		}
	}
	for (int n = 0; n < NODES; n++)
		sum += w->node[n];
	for (int n = 0; n < NODES; n++)
		w->node[n] /= sum;
}

static void leave_own(const struct work *w, int64_t hour, uint32_t cell, struct tally *tally)
{
	int64_t i = hour - w->own_hours.first;
	const struct sighting *s;
	uint32_t at;
	double weight;

	if (i < 0 || i >= w->own_hours.count || !w->own_hours.at[i].hour)
		return;
	s = &w->own_hours.at[i];
	at = cell_of(s->lat_deg, s->lon_deg);
	if (cells_apart(at, cell, 0) > AROUND.far)
		return;
	weight = cells_apart(at, cell, 0) <= AROUND.near ? AROUND.near_weight : AROUND.far_weight;
	tally->present[s->stratum] -= weight;
	tally->heard[s->stratum] -= weight * (s->heard && !s->satellite);
}

/* what others near the cell tell in one hour: log of the odds that reception is up */
static double others_tell(struct work *w, int64_t hour, const struct memo *place, double *others)
{
	struct tally tally = {0};
	double nats = 0;

	traffic_hour(w->q->traffic, hour, place->cell, &AROUND, &tally);
	leave_own(w, hour, place->cell, &tally);
	for (int s = 0; s < STRATA; s++) {
		double present = fmax(0, tally.present[s]);
		double heard = fmin(present, fmax(0, tally.heard[s]));

		nats += heard * place->heard[s] + (present - heard) * place->missed[s];
		*others += present;
	}
	return fmin(fmax(nats, -MODEL.most), MODEL.most);
}

/*
 * A leg of a way: from off on, or from on back. The vessel goes along it and stops at land, or
 * where nobody would hear it. Two chains run along, of reception up and down there: what others
 * tell alone, and that with the silence of the vessel, for each kind of transmitter. (A chain of
 * two states runs backward as it runs forward.)
 */
struct leg {
	int way;
	bool from_on;
	bool stopped;
	uint32_t cell;
	double up, down; /* others alone; sum 1 */
	double silent_up[NODES];
	double silent_down[NODES];
};

static void begin_leg(const struct work *w, int way, bool from_on, struct leg *leg)
{
	const struct gap *gap = w->q->ways->gap;
	const struct fix *end = from_on ? &gap->on : &gap->off;
	double down = MODEL.go_down / (MODEL.go_down + 1 - MODEL.stay_down);

	*leg = (struct leg){.way = way, .from_on = from_on, .up = 1 - down, .down = down};
	leg->cell = cell_of(end->lat_deg, end->lon_deg);
	for (int n = 0; n < NODES; n++) {
		leg->silent_up[n] = leg->up;
		leg->silent_down[n] = leg->down;
	}
}

static void go_on(struct work *w, double leg_h, struct leg *leg)
{
	const struct ways *ways = w->q->ways;
	const struct fix *end = leg->from_on ? &ways->gap->on : &ways->gap->off;
	uint32_t home = cell_of(end->lat_deg, end->lon_deg);
	uint32_t cell;

	if (leg->stopped || !ways_cell(ways, leg->way, leg_h, leg->from_on, &cell))
		return;
	if (!ways->at[leg->way].straight) {
		leg->stopped = cells_apart(cell, home, 0) > 1 && land_at(ways->land, cell);
		if (leg->stopped)
			return;
		leg->stopped = silent(place_of(w, cell), w->q->stratum, 1, true) > MODEL.uncovered;
	}
	leg->cell = cell;
}

/* an hour passes, and nobody tells anything of it */
static void pass_hour(double *up, double *down)
{
	double u = *up * (1 - MODEL.go_down) + *down * (1 - MODEL.stay_down);

	*down = *up * MODEL.go_down + *down * MODEL.stay_down;
	*up = u;
}

/* others tell of the hour, and the vessel is silent in it */
static void hear_hour(const struct work *w, const struct memo *place, double nats, struct leg *leg)
{
	double odds = exp(nats);
	double sum;

	pass_hour(&leg->up, &leg->down);
	sum = leg->up * odds + leg->down;
	leg->up *= odds / sum;
	leg->down /= sum;
	for (int n = 0; n < NODES; n++) {
		pass_hour(&leg->silent_up[n], &leg->silent_down[n]);
		leg->silent_up[n] *= odds / sum * silent(place, w->q->stratum, MODEL.odds[n], true);
		leg->silent_down[n] *= 1 / sum * silent(place, w->q->stratum, MODEL.odds[n], false);
	}
}

static void pass_deaf_hour(struct leg *leg)
{
	pass_hour(&leg->up, &leg->down);
	for (int n = 0; n < NODES; n++)
		pass_hour(&leg->silent_up[n], &leg->silent_down[n]);
}

/* what is known of the first way, straight to on, or staying at off; hours in which the feed was
 * down are down everywhere */
static void note_hour(const struct work *w, const struct memo *place, bool feed_up, int hour,
                      const struct leg *leg, struct silence *out)
{
	double up = silent(place, w->q->stratum, 1, true);
	double down = silent(place, w->q->stratum, 1, false);

	out->expected_h += feed_up ? leg->up * (1 - up) + leg->down * (1 - down) : 0;
	out->down += feed_up ? leg->down : 1;
	if (!leg->from_on && hour < FIRST_HOURS)
		out->coverage += 1 - up;
}

static double chance_of(const struct work *w, const struct leg *leg)
{
	double p = 0;

	for (int n = 0; n < NODES; n++)
		p += w->node[n] * (leg->silent_up[n] + leg->silent_down[n]);
	return p;
}

/* `count` hours from the leg's end on; without `out` no further than the chance is any at all */
static void run_leg(struct work *w, struct leg *leg, int64_t hour, int count, struct silence *out)
{
	const struct gap *gap = w->q->ways->gap;
	int64_t end_ms = leg->from_on ? gap->on.t_ms : gap->off.t_ms;
	double others = 0;

	for (int i = 0; i < count && (out || chance_of(w, leg) > MODEL.none); i++) {
		bool feed_up = clock_heard(&w->q->fleet->clock, hour);
		const struct memo *place;

		go_on(w, fabs((double)hour + 0.5 - (double)end_ms / (double)HOUR_MS), leg);
		place = place_of(w, leg->cell);
		if (feed_up)
			hear_hour(w, place, others_tell(w, hour, place, &others), leg);
		else
			pass_deaf_hour(leg);
		if (out)
			note_hour(w, place, feed_up, i, leg, out);
		hour += leg->from_on ? -1 : 1;
	}
	if (out)
		out->others += others;
}

static double way_chance(struct work *w, int way, struct silence *out)
{
	const struct silence_hours *h = &w->q->hours;
	struct leg after;
	struct leg before;
	double p = 0;

	begin_leg(w, way, false, &after);
	run_leg(w, &after, h->off_first, (int)(h->off_end - h->off_first), out);
	if (w->q->ways->gap->open || h->on_end == h->on_first)
		return chance_of(w, &after);
	begin_leg(w, way, true, &before);
	run_leg(w, &before, h->on_end - 1, (int)(h->on_end - h->on_first), out);
	for (int n = 0; n < NODES; n++)
		p += w->node[n] * (after.silent_up[n] + after.silent_down[n]) *
		     (before.silent_up[n] + before.silent_down[n]);
	return p;
}

void silence_chance(const struct silence_query *query, struct silence *silence)
{
	struct work *w = mem_new(1, sizeof *w);
	const struct silence_hours *h = &query->hours;
	int64_t after = h->off_end - h->off_first;
	const struct fix *off = &query->ways->gap->off;

	*silence = (struct silence){0};
	w->q = query;
	read_own(w);
	weigh_nodes(w);
	for (int i = 0; i < query->ways->count; i++)
		silence->p += query->ways->at[i].weight * way_chance(w, i, i == 0 ? silence : NULL);
	silence->down /= fmax(1, (double)(after + h->on_end - h->on_first));
	silence->coverage /= fmax(1, fmin(FIRST_HOURS, (double)after));
	silence->others_past = place_of(w, cell_of(off->lat_deg, off->lon_deg))->coverage.others;
	own_free(&w->own);
	free(w->own_hours.at);
	free(w);
}

/*
 * The chance of a silence, on random feeds, against the plain sum over all courses that reception
 * can have taken (2^hours of them), with others counted one by one by what sightings_of tells. The
 * model's constants are those of silence.c; coverage comes from coverage_at, which has a test of
 * its own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "judge/silence.h"
#include "law/heard.h"
#include "unit/all_zones.h"

enum { TRIALS = 200, SHIPS = 14, OFF_HOUR = 60, NODES = 6, AFTER_MAX = 8, BEFORE_MAX = 5 };

static const double DEAF = 0.03, BEST = 0.97, GO_DOWN = 0.01, STAY_DOWN = 0.85, NATS_MOST = 6;
static const double ODDS[NODES] = {1.0 / 55, 1.0 / 20, 1.0 / 7.4, 1.0 / 2.7, 1, 2.7};
static const double WEIGHTS[NODES] = {0.02, 0.05, 0.13, 0.25, 0.35, 0.20};
static const double NEAR = 0.7, FAR = 0.2;

/* a silence of ship 0, off in hour OFF_HOUR - 1, and all that is asked of it */
struct scene {
	struct fleet *fleet;
	struct traffic *traffic;
	struct gap gap;
	struct ways ways;
	struct silence_query query;
};

/* lies still, or so it is taken; `after` hours after off and, of a closed one, `before` on */
static void scene_open(struct scene *s, struct heard *h, struct fix off, struct fix on, int after,
                       int before)
{
	struct silence_hours *hours = &s->query.hours;

	*s = (struct scene){.fleet = heard_fleet(h, zones)};
	s->traffic = traffic_new(s->fleet, 0, HEARD_MIDNIGHT + 120 * HOUR_MS);
	s->gap = (struct gap){.mmsi = HEARD_MMSI, .off = off, .on = on, .open = before < 0};
	s->ways = (struct ways){.gap = &s->gap, .count = 1, .still = true, .speed_kn = 8};
	s->ways.at[0] = (struct way){.weight = 1, .straight = true};
	hours->off_first = HEARD_HOUR + OFF_HOUR;
	hours->off_end = hours->on_first = hours->off_first + after;
	hours->on_end = hours->on_first + (before > 0 ? before : 0);
	hours->first_period = HEARD_HOUR / PERIOD_H;
	hours->end_period = hours->off_end / PERIOD_H;
	s->query.traffic = s->traffic;
	s->query.fleet = s->fleet;
	s->query.vessel = fleet_vessel(s->fleet, HEARD_MMSI, &s->query.shard);
	s->query.stratum = STRATUM_A_STILL;
}

/* in place, as query points into it */
static void ask(struct scene *s, struct silence *silence)
{
	s->query.ways = &s->ways;
	silence_chance(&s->query, silence);
}

static void scene_close(struct scene *s)
{
	traffic_free(s->traffic);
	fleet_free(s->fleet);
}

/* others, and ship 0's own last day, counted plainly */
struct count {
	uint32_t cell;
	struct tally hours[AFTER_MAX + BEFORE_MAX];
	int64_t first;
	int64_t end;
};

static void count_other(void *context, const struct sighting *s)
{
	struct count *c = context;
	int apart = cells_apart(cell_of(s->lat_deg, s->lon_deg), c->cell, 0);
	double weight = apart <= 1 ? NEAR : apart <= 3 ? FAR : 0;

	if (s->hour < c->first || s->hour >= c->end)
		return;
	c->hours[s->hour - c->first].present[s->stratum] += weight;
	if (s->heard && !s->satellite)
		c->hours[s->hour - c->first].heard[s->stratum] += weight;
}

static void count_others(const struct scene *s, struct count *c)
{
	for (int i = 0; i < FLEET_SHARDS; i++) {
		const struct shard *shard = &s->fleet->shards[i];

		for (size_t k = 0; k < shard->vessel_count; k++) {
			if (shard->vessels[k].mmsi != HEARD_MMSI)
				sightings_of(&s->fleet->clock, shard, &shard->vessels[k],
				             HEARD_HOUR - 10, c->end, count_other, c);
		}
	}
}

static void cover(const struct scene *s, uint32_t cell, struct coverage *coverage)
{
	const struct silence_hours *h = &s->query.hours;
	struct own own = {0};

	own_add(&own, &s->fleet->clock, s->query.shard, s->query.vessel, h->first_period,
	        h->end_period);
	coverage_at(s->traffic, &own, h->first_period, h->end_period, cell, coverage);
	own_free(&own);
}

static double times_odds(double chance, double odds)
{
	double of = chance < BEST ? chance : BEST;

	return 1 / (1 + (1 - of) / (of * odds));
}

static double silent(const struct coverage *c, int stratum, double odds, bool up)
{
	double stations = up ? times_odds(c->heard[stratum], odds) : DEAF;

	return (1 - stations) * (1 - times_odds(c->satellite[stratum], odds));
}

struct last_day {
	const struct scene *scene;
	double nodes[NODES];
};

static void learn(void *context, const struct sighting *s)
{
	struct last_day *day = context;
	struct coverage c;

	cover(day->scene, cell_of(s->lat_deg, s->lon_deg), &c);
	for (int n = 0; n < NODES; n++) {
		double p = silent(&c, s->stratum, ODDS[n], true);

		day->nodes[n] *= s->heard ? 1 - p : p;
	}
}

/* the 24 hours before that of off */
static void learn_nodes(const struct scene *s, double nodes[NODES])
{
	struct last_day day = {.scene = s};
	int64_t off = s->query.hours.off_first - 1;
	double sum = 0;

	for (int n = 0; n < NODES; n++)
		day.nodes[n] = WEIGHTS[n];
	sightings_of(&s->fleet->clock, s->query.shard, s->query.vessel, off - 24, off, learn, &day);
	for (int n = 0; n < NODES; n++)
		sum += day.nodes[n];
	for (int n = 0; n < NODES; n++)
		nodes[n] = day.nodes[n] / sum;
}

/* hours of one leg, from its end on: what others tell of each, in nats, and whether any is told */
struct leg_hours {
	double nats[AFTER_MAX];
	bool feed_up[AFTER_MAX];
	int count;
	struct coverage at;
	int stratum;
};

static double nats_of(const struct coverage *c, const struct tally *tally)
{
	double nats = 0;

	for (int s = 0; s < STRATA; s++) {
		double up = fmax(fmin(c->heard[s], BEST), 2 * DEAF);

		nats += tally->heard[s] * log(up / DEAF) +
		        (tally->present[s] - tally->heard[s]) * log((1 - up) / (1 - DEAF));
	}
	return fmin(fmax(nats, -NATS_MOST), NATS_MOST);
}

/* one course of reception: bit i is hour i, up or down */
static double course_chance(const struct leg_hours *leg, int count, unsigned course)
{
	double down = GO_DOWN / (GO_DOWN + 1 - STAY_DOWN);
	double p[2] = {down, 1 - down};
	double chance = 1;

	for (int i = 0; i < count; i++) {
		unsigned up = course >> i & 1;
		double after_up = up ? 1 - GO_DOWN : GO_DOWN;
		double after_down = up ? 1 - STAY_DOWN : STAY_DOWN;

		chance *= p[1] * after_up + p[0] * after_down;
		p[up] = 1;
		p[!up] = 0;
		if (leg->feed_up[i] && up)
			chance *= exp(leg->nats[i]);
	}
	return chance;
}

static double silent_in(const struct leg_hours *leg, int count, unsigned course, double odds)
{
	double chance = 1;

	for (int i = 0; i < count; i++) {
		if (leg->feed_up[i])
			chance *= silent(&leg->at, leg->stratum, odds, course >> i & 1);
	}
	return chance;
}

/* of the first `count` hours: chance of silence for these odds, and of reception up in the last */
static double chances(const struct leg_hours *leg, int count, double odds, double *up_last)
{
	double all = 0;
	double both = 0;
	double up = 0;

	for (unsigned course = 0; course < 1U << count; course++) {
		double chance = course_chance(leg, count, course);

		all += chance;
		both += chance * silent_in(leg, count, course, odds);
		up += count && course >> (count - 1) & 1 ? chance : 0;
	}
	*up_last = up / all;
	return both / all;
}

static void fill_leg(const struct scene *s, const struct count *count, int64_t hour, int step,
                     struct leg_hours *leg)
{
	leg->stratum = s->query.stratum;
	cover(s, count->cell, &leg->at);
	for (int i = 0; i < leg->count; i++, hour += step) {
		leg->nats[i] = nats_of(&leg->at, &count->hours[hour - count->first]);
		leg->feed_up[i] = map_get(&s->fleet->clock.index, (uint64_t)hour) != MAP_NONE;
	}
}

static void note(const struct leg_hours *leg, const struct count *count, int64_t hour, int step,
                 struct silence *wanted)
{
	for (int i = 0; i < leg->count; i++, hour += step) {
		const struct tally *tally = &count->hours[hour - count->first];
		double up;

		(void)chances(leg, i + 1, 1, &up);
		wanted->down += leg->feed_up[i] ? 1 - up : 1;
		if (!leg->feed_up[i])
			continue;
		wanted->expected_h += up * (1 - silent(&leg->at, leg->stratum, 1, true)) +
		                      (1 - up) * (1 - silent(&leg->at, leg->stratum, 1, false));
		for (int k = 0; k < STRATA; k++)
			wanted->others += tally->present[k];
	}
}

static void work_out(const struct scene *s, struct silence *wanted)
{
	const struct silence_hours *h = &s->query.hours;
	struct leg_hours after = {.count = (int)(h->off_end - h->off_first)};
	struct leg_hours before = {.count = (int)(h->on_end - h->on_first)};
	struct count near_off = {.cell = cell_of(s->gap.off.lat_deg, s->gap.off.lon_deg),
	                         .first = h->off_first,
	                         .end = h->on_end};
	struct count near_on = near_off;
	double nodes[NODES];
	double up;

	*wanted = (struct silence){0};
	count_others(s, &near_off);
	fill_leg(s, &near_off, h->off_first, 1, &after);
	note(&after, &near_off, h->off_first, 1, wanted);
	near_on.cell = cell_of(s->gap.on.lat_deg, s->gap.on.lon_deg);
	for (int i = 0; i < AFTER_MAX + BEFORE_MAX; i++)
		near_on.hours[i] = (struct tally){{0}, {0}, {0}};
	count_others(s, &near_on);
	fill_leg(s, &near_on, h->on_end - 1, -1, &before);
	note(&before, &near_on, h->on_end - 1, -1, wanted);
	learn_nodes(s, nodes);
	for (int n = 0; n < NODES; n++)
		wanted->p += nodes[n] * chances(&after, after.count, ODDS[n], &up) *
		             chances(&before, before.count, ODDS[n], &up);
	wanted->down /= fmax(1, after.count + before.count);
	wanted->coverage = after.count ? 1 - silent(&after.at, after.stratum, 1, true) : 0;
	wanted->others_past = after.at.others;
}

static void assert_near(double got, double wanted)
{
	if (!(fabs(got - wanted) <= 1e-9 * fmax(1e-6, fabs(wanted))))
		fail_msg("%.17g, not %.17g", got, wanted);
}

static double near_by(struct random *r, double deg, double spread)
{
	return deg + spread * (random_below(r, 10000) / 5000.0 - 1);
}

static struct fix *hear(struct heard *h, int ship, int hour, double lat, double lon)
{
	return heard_add(h, ship, HEARD_MIDNIGHT + hour * HOUR_MS + 5 * MINUTE_MS, lat, lon);
}

static void hear_others(struct random *r, struct heard *h)
{
	int blind = OFF_HOUR - 5 + (int)random_below(r, 12);

	for (int ship = 1; ship < SHIPS; ship++) {
		double lat = near_by(r, 42.5, 0.6);
		double lon = near_by(r, 132.5, 0.6);
		uint32_t rate = 1 + random_below(r, 10);
		uint8_t ais_class = random_once_in(r, 4) ? CLASS_B : CLASS_A;
		uint8_t source = (uint8_t)random_below(r, 3);

		for (int hour = 0; hour < 110; hour++) {
			struct fix *fix;

			if (random_below(r, 10) >= rate || (hour >= blind && hour < blind + 5))
				continue;
			fix = hear(h, ship, hour, lat, lon);
			fix->ais_class = ais_class;
			fix->source = source;
			fix->sog_kn = (float)(rate % 2 * 5);
		}
	}
}

static void check_trial(struct random *r)
{
	struct heard h = {0};
	struct scene s;
	struct silence got;
	struct silence wanted;
	double lat = near_by(r, 42.5, 0.3);
	double lon = near_by(r, 132.5, 0.3);
	int after = (int)random_below(r, AFTER_MAX + 1);
	int before = random_once_in(r, 2) ? -1 : (int)random_below(r, BEFORE_MAX + 1);
	int on_hour = OFF_HOUR + after + (before > 0 ? before : 0);
	uint32_t seldom = 1 + random_below(r, 6);
	struct fix off;
	struct fix on;

	for (int hour = 0; hour < OFF_HOUR - 1; hour++) {
		if (random_once_in(r, seldom))
			hear(&h, 0, hour, near_by(r, lat, 0.1), lon)->sog_kn = 0;
	}
	off = *hear(&h, 0, OFF_HOUR - 1, lat, lon);
	on = off;
	if (before >= 0)
		on = *hear(&h, 0, on_hour, lat, lon);
	hear_others(r, &h);
	for (int hour = -10; hour < 115; hour++) {
		if (!random_once_in(r, 6))
			heard_up(&h, hour, hour + 1);
	}
	scene_open(&s, &h, off, on, after, before);
	s.query.stratum = (uint8_t)random_below(r, STRATA);
	ask(&s, &got);
	work_out(&s, &wanted);
	assert_near(got.p, wanted.p);
	assert_near(got.expected_h, wanted.expected_h);
	assert_near(got.down, wanted.down);
	assert_near(got.coverage, wanted.coverage);
	assert_near(got.others, wanted.others);
	assert_near(got.others_past, wanted.others_past);
	assert_true(got.p > 0 && got.p <= 1 + 1e-12);
	/* of two ways that stay as well, the mean: the same */
	s.ways.count = 2;
	s.ways.at[0].weight = 0.25;
	s.ways.at[1] = (struct way){.weight = 0.75, .straight = true};
	ask(&s, &got);
	assert_near(got.p, wanted.p);
	assert_near(got.others, wanted.others);
	scene_close(&s);
}

static void all_courses(void **state)
{
	struct random r = {13};

	(void)state;
	for (int trial = 0; trial < TRIALS; trial++)
		check_trial(&r);
}

/* ship 0 heard in each hour up to off, five others beside it, heard up to `until` */
static void ask_among(int until, bool feed_up, int hours, struct silence *silence)
{
	struct heard h = {0};
	struct scene s;
	struct fix off;

	heard_still(&h, 0, 0, OFF_HOUR, 42.5, 132.5);
	off = h.at[h.count - 1].fix;
	for (int ship = 1; ship <= 5; ship++)
		heard_still(&h, ship, 0, until, 42.5, 132.5);
	heard_up(&h, 0, feed_up ? 110 : OFF_HOUR);
	scene_open(&s, &h, off, off, hours, -1);
	ask(&s, silence);
	scene_close(&s);
}

/* others go on, fall silent as well, or the whole feed does */
static void plain_cases(void **state)
{
	struct silence heard;
	struct silence longer;
	struct silence all_silent;
	struct silence feed_down;
	struct silence none;

	(void)state;
	ask_among(110, true, 6, &heard);
	ask_among(110, true, 12, &longer);
	ask_among(OFF_HOUR, true, 6, &all_silent);
	ask_among(OFF_HOUR, false, 6, &feed_down);
	ask_among(110, true, 0, &none);
	assert_true(heard.p < 1e-4 && longer.p < heard.p);
	assert_true(heard.expected_h > 5 && heard.down < 0.01);
	assert_true(all_silent.p > 0.3 && all_silent.down > 0.5);
	assert_true(all_silent.expected_h < heard.expected_h / 2);
	assert_near(feed_down.p, 1);
	assert_near(feed_down.down, 1);
	assert_near(feed_down.expected_h, 0);
	assert_near(feed_down.others, 0);
	assert_near(none.p, 1);
	assert_near(none.expected_h, 0);
}

/* every hour more in which others are heard beside it makes its silence less likely, never more */
static void longer_is_less_likely(void **state)
{
	struct random r = {17};

	(void)state;
	for (int trial = 0; trial < 40; trial++) {
		uint64_t seed = random_next(&r);
		double last = 1;

		for (int hours = 0; hours < 40; hours += hours < 6 ? 1 : 7) {
			struct random same = {seed};
			struct heard h = {0};
			struct scene s;
			struct silence got;
			struct fix off;
			uint32_t in = 1 + random_below(&same, 6);
			int others = 1 + (int)random_below(&same, 6);

			for (int hour = 0; hour < OFF_HOUR; hour++) {
				if (random_once_in(&same, in))
					heard_still(&h, 0, hour, hour + 1, 42.5, 132.5);
			}
			heard_still(&h, 0, OFF_HOUR - 1, OFF_HOUR, 42.5, 132.5);
			off = h.at[h.count - 1].fix;
			for (int ship = 1; ship <= others; ship++)
				heard_still(&h, ship, 0, 110, 42.5 + ship * 0.02, 132.5);
			heard_up(&h, 0, 110);
			scene_open(&s, &h, off, off, hours, -1);
			ask(&s, &got);
			scene_close(&s);
			assert_true(got.p >= 0 && got.p <= last + 1e-12);
			last = got.p;
		}
		assert_true(last < 0.5);
	}
}

/* itself tells nothing of itself: alone it has no others, neither then nor before */
static void alone(void **state)
{
	struct heard h = {0};
	struct scene s;
	struct silence got;
	struct fix off;

	(void)state;
	heard_still(&h, 0, 0, OFF_HOUR, 42.5, 132.5);
	off = h.at[h.count - 1].fix;
	heard_up(&h, 0, 110);
	scene_open(&s, &h, off, off, 6, -1);
	ask(&s, &got);
	assert_near(got.others, 0);
	assert_near(got.others_past, 0);
	scene_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(all_courses),
	    cmocka_unit_test(plain_cases),
	    cmocka_unit_test(longer_is_less_likely),
	    cmocka_unit_test(alone),
	};

	return cmocka_run_group_tests(tests, begin_all, end_all);
}

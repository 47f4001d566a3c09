/*
 * run/verdicts: what was said before is taken over only where judging would say the same. Random
 * feeds are followed, with late reports, names that come later, wrong clocks and a horizon, and at
 * random moments every gap is judged by itself: all must be the same, bit for bit. Trial i has the
 * seed i, which a failure names; LAW_TRIALS sets another number of trials.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "judge/judge.h"
#include "law/heard.h"
#include "run/verdicts.h"
#include "track/forget.h"

enum { TRIALS = 12, SHIPS = 14, DAYS = 24, CHECK_ONCE_IN = 12 };

static struct zones *zones;
static struct coast *coast;

/* a report, and when it comes in */
struct arrival {
	int64_t t_ms;
	struct position_report report;
};

struct feed {
	struct random random;
	struct arrival *at;
	size_t count;
	size_t cap;
	size_t next; /* not folded yet */
	bool spoofed[DAYS * 24];
	bool down[DAYS * 24];
	struct fleet *fleet;
	struct verdicts *verdicts;
	size_t judged;
	size_t taken_over;
};

static double unit(struct random *r)
{
	return random_below(r, 1000000) / 1e6;
}

/* most at once, some hours or days later */
static int64_t delay_ms(struct random *r)
{
	if (!random_once_in(r, 300))
		return random_below(r, 2 * MINUTE_MS);
	return random_below(r, (uint32_t)(random_once_in(r, 4) ? 9 * DAY_MS : 5 * HOUR_MS));
}

static struct position_report *add(struct feed *f, int ship, int64_t t_ms)
{
	f->at = mem_grow(f->at, &f->cap, f->count + 1, 1024, sizeof *f->at);
	f->at[f->count] = (struct arrival){
	    .t_ms = t_ms + delay_ms(&f->random),
	    .report = {.mmsi = HEARD_MMSI + ship, .fix = {.t_ms = t_ms}},
	};
	return &f->at[f->count++].report;
}

static void draw_hour(struct feed *f, int ship, int hour)
{
	static const char *const NAMES[] = {"ONE", "TWO"};
	struct random *r = &f->random;
	int64_t t_ms = HEARD_MIDNIGHT + hour * HOUR_MS + (int64_t)(unit(r) * (double)HOUR_MS);
	struct position_report *report = add(f, ship, t_ms);

	report->has_position = !random_once_in(r, 20);
	report->fix = (struct fix){.t_ms = t_ms,
	                           .lat_deg = 42.5 + 0.02 * ship + 0.1 * sin(hour / 7.0),
	                           .lon_deg = 132 + 0.02 * ship + 0.1 * cos(hour / 9.0),
	                           .sog_kn = (float)(ship % 3 ? 8 : 0),
	                           .ais_class = ship % 5 ? CLASS_A : CLASS_B,
	                           .known = KNOWN_SOG};
	if (f->spoofed[hour] && ship % 4) {
		report->fix.lat_deg = 43.1;
		report->fix.lon_deg = 134;
	}
	if (!report->has_position || random_once_in(r, 30))
		report->statics.name = span_of(NAMES[random_below(r, 2)]);
	if (random_once_in(r, 200))
		report->statics.type = SPAN("30");
	/* a clock of years before, and one of next week */
	if (random_once_in(r, 4000))
		report->fix.t_ms -= 700 * DAY_MS;
	if (random_once_in(r, 4000))
		report->fix.t_ms += 7 * DAY_MS;
}

static void draw_ship(struct feed *f, int ship)
{
	struct random *r = &f->random;
	int off = (int)random_below(r, DAYS * 24);
	int on = off + (int)random_below(r, 120);
	int rate = random_once_in(r, 4) ? 4 : 1;

	for (int hour = random_once_in(r, 3) ? off : 0; hour < DAYS * 24; hour++) {
		if (hour >= off && hour < on)
			continue;
		if (hour == on + 60 && random_once_in(r, 2))
			on = (off = hour) + (int)random_below(r, 300);
		if (!f->down[hour] && random_once_in(r, (uint32_t)rate))
			draw_hour(f, ship, hour);
	}
}

static int by_arrival(const void *a, const void *b)
{
	const struct arrival *x = a;
	const struct arrival *y = b;

	if (x->t_ms != y->t_ms)
		return x->t_ms < y->t_ms ? -1 : 1;
	return (x->report.mmsi > y->report.mmsi) - (x->report.mmsi < y->report.mmsi);
}

static void draw_feed(struct feed *f, uint64_t seed)
{
	struct fleet_params params = {3 * HOUR_MS, zones, true};

	*f = (struct feed){.random = {seed}, .fleet = fleet_new(&params)};
	f->verdicts = verdicts_new();
	for (int i = 0; i < DAYS * 24; i++) {
		f->spoofed[i] = random_once_in(&f->random, 60);
		f->down[i] = random_once_in(&f->random, 40);
	}
	for (int ship = 0; ship < SHIPS; ship++)
		draw_ship(f, ship);
	qsort(f->at, f->count, sizeof *f->at, by_arrival);
}

static void fold_until(struct feed *f, int64_t t_ms)
{
	struct batch batch;

	batch_init(&batch);
	for (; f->next < f->count && f->at[f->next].t_ms <= t_ms; f->next++) {
		*batch_room(&batch) = f->at[f->next].report;
		batch_add(&batch, zones);
	}
	batch_finish(f->fleet, &batch);
	fleet_settle(f->fleet);
}

static bool keep_all(void *context, const struct gap *gap)
{
	(void)context;
	(void)gap;
	return true;
}

static bool same_number(double a, double b)
{
	return isnan(a) == isnan(b) && !(a < b) && !(a > b);
}

static bool same(const struct judgement *a, const struct judgement *b)
{
	return a->verdict == b->verdict && same_number(a->confidence, b->confidence) &&
	       same_number(a->likelihood_ratio, b->likelihood_ratio) &&
	       same_number(a->p_silent_if_on, b->p_silent_if_on) &&
	       a->others_heard == b->others_heard && a->others_silent == b->others_silent &&
	       memcmp(a->by, b->by, sizeof a->by) == 0 && a->reasons.len == b->reasons.len &&
	       memcmp(a->reasons.text, b->reasons.text, a->reasons.len) == 0;
}

/* every gap judged by itself, with all that the fleet holds */
static void check_all(const struct feed *f, const struct judge_params *params,
                      const struct gaps *gaps, uint64_t seed)
{
	struct judge *judge = judge_new(params);

	for (size_t i = 0; i < gaps->count; i++) {
		const struct judgement *said = verdicts_at(f->verdicts, i);
		const struct gap *g = &gaps->at[i];
		struct judgement judgement;

		judge_gap(judge, g, &judgement);
		if (!same(said, &judgement))
			fail_msg("seed %llu: %s gap of %lld, off %.2f h, on %.2f h, at %.2f h: "
			         "%s %.17g %s | %s %.17g %s",
			         (unsigned long long)seed, g->open ? "open" : "closed",
			         (long long)g->mmsi,
			         (double)(g->off.t_ms - HEARD_MIDNIGHT) / (double)HOUR_MS,
			         (double)(g->on.t_ms - HEARD_MIDNIGHT) / (double)HOUR_MS,
			         (double)(params->as_of_ms - HEARD_MIDNIGHT) / (double)HOUR_MS,
			         verdict_name(said->verdict), said->p_silent_if_on,
			         said->reasons.text, verdict_name(judgement.verdict),
			         judgement.p_silent_if_on, judgement.reasons.text);
	}
	judge_free(judge);
}

static void judge_at(struct feed *f, int64_t as_of_ms, uint64_t seed, bool check)
{
	struct judge_params params = {.fleet = f->fleet,
	                              .zones = zones,
	                              .coast = coast,
	                              .as_of_ms = as_of_ms,
	                              .prior = 0.1,
	                              .published = seed % 2 ? 7 : 0};
	struct gaps_query query = {
	    .min_gap_ms = 4 * HOUR_MS, .as_of_ms = as_of_ms, .keep = keep_all};
	struct fleet_news news = fleet_take_news(f->fleet);
	struct gaps gaps;

	gaps_find(f->fleet, &query, &gaps);
	verdicts_judge(f->verdicts, &params, &news, 2, &gaps);
	f->judged += verdicts_judged(f->verdicts);
	f->taken_over += gaps.count - verdicts_judged(f->verdicts);
	if (check)
		check_all(f, &params, &gaps, seed);
	gaps_free(&gaps);
}

static void follow(struct feed *f, uint64_t seed)
{
	struct random *r = &f->random;
	int64_t keep_ms = (int64_t)(random_once_in(r, 2) ? 400 : 2 + random_below(r, 20)) * DAY_MS;
	int64_t arrived_ms = HEARD_MIDNIGHT;

	while (f->next < f->count) {
		int64_t feed_ms;

		arrived_ms += random_below(
		    r, (uint32_t)(random_once_in(r, 3) ? 6 * HOUR_MS : 10 * MINUTE_MS));
		fold_until(f, arrived_ms);
		if (!fleet_feed_time(f->fleet, &feed_ms))
			continue;
		fleet_forget(f->fleet, feed_ms - keep_ms);
		judge_at(f, feed_ms, seed, random_once_in(r, CHECK_ONCE_IN));
	}
}

static void nothing_shows(void **state)
{
	uint32_t trials = random_trials(TRIALS);
	size_t judged = 0;
	size_t taken_over = 0;

	(void)state;
	for (uint64_t seed = 0; seed < trials; seed++) {
		struct feed f;

		draw_feed(&f, seed);
		follow(&f, seed);
		judged += f.judged;
		taken_over += f.taken_over;
		verdicts_free(f.verdicts);
		fleet_free(f.fleet);
		free(f.at);
	}
	print_message("%zu judged, %zu taken over\n", judged, taken_over);
	assert_true(taken_over > judged);
}

/* another prior on what was judged is what judging with that prior says */
static void another_prior(void **state)
{
	static const double PRIORS[] = {0.001, 0.1, 0.5, 0.95, 0.999};
	size_t differ = 0;

	(void)state;
	for (uint64_t seed = 0; seed < 3; seed++) {
		struct feed f;
		struct gaps gaps;
		struct gaps_query query = {.min_gap_ms = 4 * HOUR_MS, .keep = keep_all};
		struct judge *judges[5];

		draw_feed(&f, seed);
		fold_until(&f, INT64_MAX);
		assert_true(fleet_feed_time(f.fleet, &query.as_of_ms));
		gaps_find(f.fleet, &query, &gaps);
		for (int p = 0; p < 5; p++) {
			struct judge_params params = {.fleet = f.fleet,
			                              .zones = zones,
			                              .coast = coast,
			                              .as_of_ms = query.as_of_ms,
			                              .prior = PRIORS[p]};

			judges[p] = judge_new(&params);
		}
		for (size_t i = 0; i < gaps.count; i++) {
			struct judgement said[5];

			for (int p = 0; p < 5; p++)
				judge_gap(judges[p], &gaps.at[i], &said[p]);
			for (int p = 0; p < 25; p++)
				assert_int_equal(judge_again(&said[p / 5], PRIORS[p % 5]),
				                 said[p % 5].verdict);
			differ += said[0].verdict != said[4].verdict;
		}
		for (int p = 0; p < 5; p++)
			judge_free(judges[p]);
		gaps_free(&gaps);
		verdicts_free(f.verdicts);
		fleet_free(f.fleet);
		free(f.at);
	}
	assert_true(differ > 10);
}

static int set_up(void **state)
{
	(void)state;
	zones = heard_zones(NULL, 0);
	coast = coast_new();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	free(zones);
	coast_free(coast);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(nothing_shows),
	    cmocka_unit_test(another_prior),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}

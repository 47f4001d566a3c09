/*
 * The laws of forgetting: it is a part of the join. Forgetting before a join, after it, at another
 * time or more than once leaves the same fleet; what is folded in later is forgotten as if it had
 * come before; and fleets of a smaller G joined at a larger one are what one fold at that gives.
 * And what is reported: after forgetting the gaps are those of the whole fleet that are open or
 * ended at the horizon or later.
 *
 * Half of the horizons stand exactly at a report or a millisecond beside it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "law/trial.h"
#include "track/forget.h"
#include "track/gaps.h"

enum { TRIALS = 30000 };

static struct zones *zones;

static void each(uint64_t law, void (*check)(struct trial *trial))
{
	trial_each(law, TRIALS, zones, check);
}

static int64_t draw_horizon(struct trial *t)
{
	static const int64_t BESIDE[] = {0, 0, 1, -1, HOUR_MS, -HOUR_MS, 6 * HOUR_MS, DAY_MS};
	struct random *r = &t->random;
	int64_t at = t->traffic.at[random_below(r, t->traffic.count)].fix.t_ms;

	if (random_once_in(r, 12)) /* nothing or all of it */
		return random_once_in(r, 2) ? UTC_MIN_MS - DAY_MS : UTC_MAX_MS + DAY_MS;
	if (random_once_in(r, 8))
		return utc_floor_div(at, HOUR_MS) * HOUR_MS;
	at += BESIDE[random_below(r, sizeof BESIDE / sizeof *BESIDE)];
	return random_once_in(r, 2) ? at
	                            : at + (int64_t)random_below(r, 3) * t->traffic.params.gap_ms;
}

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static struct fleet *forget(struct fleet *fleet, int64_t horizon_ms)
{
	fleet_forget(fleet, horizon_ms);
	return fleet;
}

/* folds the reports of a part into a fleet that may have forgotten, in order or against it */
static struct fleet *fold(struct trial *t, struct fleet *fleet, uint8_t part)
{
	bool backward = random_once_in(&t->random, 2);
	struct batch batch;

	batch_init(&batch);
	for (uint32_t i = 0; i < t->traffic.count; i++) {
		uint32_t at = backward ? t->traffic.count - 1 - i : i;

		if (!(t->parts[at] & part))
			continue;
		*batch_room(&batch) = t->traffic.at[at];
		batch_add(&batch, zones);
		if (random_once_in(&t->random, 3))
			fleet_fold(fleet, &batch);
	}
	batch_finish(fleet, &batch);
	return fleet;
}

static void check_before_and_after(struct trial *t)
{
	int64_t a = draw_horizon(t);
	int64_t b = draw_horizon(t);
	struct fleet *before =
	    trial_join(forget(trial_fleet(t, PART_A), a), forget(trial_fleet(t, PART_B), b));
	struct fleet *after = trial_join(trial_fleet(t, PART_B), trial_fleet(t, PART_A));

	trial_same(t, before, forget(after, later(a, b)));
}

static void before_and_after_a_join(void **state)
{
	(void)state;
	each(21, check_before_and_after);
}

static void check_commutative(struct trial *t)
{
	int64_t a = draw_horizon(t);
	int64_t b = draw_horizon(t);
	struct fleet *left =
	    trial_join(forget(trial_fleet(t, PART_A), a), forget(trial_fleet(t, PART_B), b));
	struct fleet *right =
	    trial_join(forget(trial_fleet(t, PART_B), b), forget(trial_fleet(t, PART_A), a));

	trial_same(t, left, right);
}

static void commutative(void **state)
{
	(void)state;
	each(22, check_commutative);
}

/* one of the three has forgotten nothing */
static void check_associative(struct trial *t)
{
	int64_t a = draw_horizon(t);
	int64_t b = draw_horizon(t);
	struct fleet *left =
	    trial_join(forget(trial_fleet(t, PART_A), a), forget(trial_fleet(t, PART_B), b));
	struct fleet *right = trial_join(forget(trial_fleet(t, PART_B), b), trial_fleet(t, PART_C));

	left = trial_join(left, trial_fleet(t, PART_C));
	trial_same(t, left, trial_join(forget(trial_fleet(t, PART_A), a), right));
}

static void associative(void **state)
{
	(void)state;
	each(23, check_associative);
}

/* forgetting again, at an earlier horizon, or joining in what was forgotten changes nothing */
static void check_idempotent(struct trial *t)
{
	int64_t a = draw_horizon(t);
	struct fleet *again = forget(trial_fleet(t, PART_A), a);

	fleet_forget(again, a - (int64_t)random_below(&t->random, 2) * HOUR_MS);
	if (random_once_in(&t->random, 2))
		again = trial_join(again, forget(trial_fleet(t, PART_A), a));
	if (random_once_in(&t->random, 2))
		again = trial_join(again, trial_fleet(t, PART_A));
	if (random_once_in(&t->random, 2))
		again = forget(fold(t, again, PART_A), again->horizon_ms);
	trial_same(t, again, forget(trial_fleet(t, PART_A), a));
}

static void idempotent(void **state)
{
	(void)state;
	each(24, check_idempotent);
}

/* daily runs that forget each time, and one run over all days */
static void check_fed_after(struct trial *t)
{
	int64_t a = draw_horizon(t);
	int64_t b = draw_horizon(t);
	struct fleet *daily = forget(trial_fleet(t, PART_A), a);

	daily = forget(fold(t, daily, PART_B), random_once_in(&t->random, 2) ? a : b);
	daily = forget(fold(t, daily, PART_C), b);
	trial_same(t, daily, forget(trial_fleet(t, PART_ANY), later(a, b)));
}

static void fed_after_forgetting(void **state)
{
	(void)state;
	each(25, check_fed_after);
}

static int64_t draw_larger(struct random *r, int64_t gap_ms)
{
	static const int64_t MORE[] = {0, 1, 500, MINUTE_MS, HOUR_MS, DAY_MS};
	int64_t times = 1 + (int64_t)random_below(r, 3);

	return times * gap_ms + MORE[random_below(r, sizeof MORE / sizeof *MORE)];
}

/* parts of several G, some of which have forgotten, at a G that is none of theirs */
static void check_coarsened(struct trial *t)
{
	struct fleet_params *params = &t->traffic.params;
	bool forgets = random_once_in(&t->random, 2);
	int64_t horizon = forgets ? draw_horizon(t) : FLEET_KEEPS_ALL;
	int64_t least = params->gap_ms;
	struct fleet *part[3];
	struct fleet *into;

	for (int i = 0; i < 3; i++) {
		part[i] = trial_fleet(t, (uint8_t)(1U << i));
		if (forgets && (i == 0 || random_once_in(&t->random, 2)))
			fleet_forget(part[i], horizon);
		else
			fleet_settle(part[i]);
		params->gap_ms = draw_larger(&t->random, least);
	}
	params->gap_ms = draw_larger(&t->random, 3 * least + DAY_MS);
	into =
	    random_once_in(&t->random, 2) ? fleet_new(params) : fold(t, fleet_new(params), PART_B);
	for (int i = 0; i < 3; i++)
		into = trial_join(into, part[i]);
	trial_same(t, into, forget(trial_fleet(t, PART_ANY), horizon));
}

static void coarsened(void **state)
{
	(void)state;
	each(26, check_coarsened);
}

/* as a state is read: shard by shard, each cleared and used again, and the horizon at the end */
static void check_shards(struct trial *t)
{
	int64_t a = draw_horizon(t);
	struct fleet *from = forget(trial_fleet(t, PART_A), a);
	struct fleet *into = fleet_new(&t->traffic.params);
	struct shard one = {.track_of = {0}};

	for (int s = 0; s < FLEET_SHARDS; s++) {
		const struct shard *shard = &from->shards[s];

		for (size_t v = 0; v < shard->vessel_count; v++)
			identity_join(&shard_vessel(&one, shard->vessels[v].mmsi)->identity,
			              &shard->vessels[v].identity);
		for (size_t i = 0; i < shard->track_count; i++) {
			const struct track *track = &shard->tracks[i];
			struct track *copy = shard_track(&one, track->mmsi, track->zone);

			segments_join(&copy->segments, &track->segments, from->params.gap_ms);
			presence_join(&copy->presence, &one.presence, &track->presence);
		}
		shard_join(into, s, &one);
		shard_clear(&one);
	}
	clock_join(&into->clock, &from->clock);
	into->horizon_ms = from->horizon_ms;
	trial_same(t, into, from);
}

static void shard_by_shard(void **state)
{
	(void)state;
	each(27, check_shards);
}

static bool keep_all(void *context, const struct gap *gap)
{
	(void)context;
	(void)gap;
	return true;
}

/* the gaps as bytes, of closed ones only those that end at the horizon or later */
static void canonical_gaps(struct canonical *c, const struct fleet *fleet, int64_t as_of_ms,
                           int64_t horizon_ms)
{
	struct gaps_query query = {
	    .min_gap_ms = fleet->params.gap_ms, .as_of_ms = as_of_ms, .keep = keep_all};
	struct gaps gaps;

	c->len = 0;
	gaps_find(fleet, &query, &gaps);
	for (size_t i = 0; i < gaps.count; i++) {
		const struct gap *gap = &gaps.at[i];

		if (!gap->open && gap->on.t_ms < horizon_ms)
			continue;
		CANONICAL_PUT(c, gap->mmsi);
		CANONICAL_PUT(c, gap->open);
		CANONICAL_PUT(c, gap->after_as_of);
		canonical_fix(c, &gap->off);
		canonical_fix(c, &gap->on);
	}
	gaps_free(&gaps);
}

static void check_gaps(struct trial *t)
{
	int64_t horizon = draw_horizon(t);
	int64_t as_of = draw_horizon(t);
	struct fleet *whole = trial_fleet(t, PART_ANY);
	struct fleet *part = forget(trial_fleet(t, PART_ANY), horizon);

	fleet_settle(whole);
	canonical_gaps(&t->left, whole, as_of, horizon);
	canonical_gaps(&t->right, part, as_of, FLEET_KEEPS_ALL);
	/* what starts after as-of starts after the horizon, if as-of is no earlier */
	if (as_of >= horizon)
		assert_int_equal(gaps_vessels_after(part, as_of), gaps_vessels_after(whole, as_of));
	assert_int_equal(fleet_vessels_since(part, as_of), fleet_vessels_since(whole, as_of));
	assert_int_equal(fleet_vessel_count(part), fleet_vessel_count(whole));
	fleet_free(whole);
	fleet_free(part);
	if (!canonical_equal(&t->left, &t->right))
		fail_msg("seed %llu: the gaps differ", (unsigned long long)t->seed);
}

static void gaps_since_the_horizon(void **state)
{
	(void)state;
	each(28, check_gaps);
}

/* minutes heard in a window that begins in an hour that is not forgotten */
static void check_minutes(struct trial *t)
{
	int64_t horizon = draw_horizon(t);
	int64_t hour = utc_floor_div(horizon - 1, HOUR_MS) + 1;
	struct fleet *whole = trial_fleet(t, PART_ANY);
	struct fleet *part = forget(trial_fleet(t, PART_ANY), horizon);
	int count = 1 + (int)random_below(&t->random, 720);
	int64_t first = hour * 60 + random_below(&t->random, 600);

	fleet_settle(whole);
	for (uint32_t i = 0; i < t->traffic.count; i++) {
		const struct shard *w;
		const struct shard *p;
		const struct vessel *in_whole = fleet_vessel(whole, t->traffic.at[i].mmsi, &w);
		const struct vessel *in_part = fleet_vessel(part, t->traffic.at[i].mmsi, &p);

		assert_int_equal(fleet_minutes_heard(p, in_part, first, count),
		                 fleet_minutes_heard(w, in_whole, first, count));
		assert_int_equal(
		    fleet_minutes_heard(p, in_part, first - 720, 720 - (int)(first - hour * 60)),
		    0);
	}
	fleet_free(whole);
	fleet_free(part);
}

static void minutes_since_the_horizon(void **state)
{
	(void)state;
	each(29, check_minutes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(before_and_after_a_join),
	    cmocka_unit_test(commutative),
	    cmocka_unit_test(associative),
	    cmocka_unit_test(idempotent),
	    cmocka_unit_test(fed_after_forgetting),
	    cmocka_unit_test(coarsened),
	    cmocka_unit_test(shard_by_shard),
	    cmocka_unit_test(gaps_since_the_horizon),
	    cmocka_unit_test(minutes_since_the_horizon),
	};
	int failed;

	zones = traffic_zones();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	free(zones);
	return failed;
}

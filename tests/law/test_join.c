/*
 * The laws of the join over whole fleets: it is commutative, associative and idempotent, the empty
 * fleet is its identity, and it gives what one fold of all reports gives, in any order and any
 * batches. And of segments alone against their definition: all fixes sorted, cut where more than G
 * lies between.
 *
 * 100,000 random fleets for each law; trial i of law k has the seed k * 2^32 + i, which a failure
 * names. LAW_TRIALS sets another number of trials.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "law/trial.h"

enum { TRIALS = 100000, FIXES_MAX = 300 };

static struct zones *zones;

static void each(uint64_t law, void (*check)(struct trial *trial))
{
	trial_each(law, TRIALS, zones, check);
}

static void check_commutative(struct trial *t)
{
	trial_same(t, trial_join(trial_fleet(t, PART_A), trial_fleet(t, PART_B)),
	           trial_join(trial_fleet(t, PART_B), trial_fleet(t, PART_A)));
}

static void commutative(void **state)
{
	(void)state;
	each(1, check_commutative);
}

static void check_associative(struct trial *t)
{
	struct fleet *left = trial_join(trial_join(trial_fleet(t, PART_A), trial_fleet(t, PART_B)),
	                                trial_fleet(t, PART_C));
	struct fleet *right = trial_join(
	    trial_fleet(t, PART_A), trial_join(trial_fleet(t, PART_B), trial_fleet(t, PART_C)));

	trial_same(t, left, right);
}

static void associative(void **state)
{
	(void)state;
	each(2, check_associative);
}

/* A with itself is A; what has taken A in stays as it is when A comes again */
static void check_idempotent(struct trial *t)
{
	struct fleet *twice = trial_join(trial_fleet(t, PART_A), trial_fleet(t, PART_A));
	struct fleet *both;

	if (random_once_in(&t->random, 2)) {
		trial_same(t, twice, trial_fleet(t, PART_A));
		return;
	}
	both = trial_join(trial_fleet(t, PART_A), trial_fleet(t, PART_B));
	trial_same(t, trial_join(twice, trial_fleet(t, PART_B)),
	           trial_join(both, trial_fleet(t, PART_A)));
}

static void idempotent(void **state)
{
	(void)state;
	each(3, check_idempotent);
}

static void check_identity(struct trial *t)
{
	struct fleet *empty = fleet_new(&t->traffic.params);

	if (random_once_in(&t->random, 2))
		trial_same(t, trial_join(trial_fleet(t, PART_A), empty), trial_fleet(t, PART_A));
	else
		trial_same(t, trial_join(empty, trial_fleet(t, PART_A)), trial_fleet(t, PART_A));
}

static void identity_element(void **state)
{
	(void)state;
	each(4, check_identity);
}

static void check_fold(struct trial *t)
{
	struct fleet *joined = trial_fleet(t, PART_C);

	joined = trial_join(joined, trial_fleet(t, PART_A));
	joined = trial_join(joined, trial_fleet(t, PART_B));
	trial_same(t, joined, trial_fleet(t, PART_ANY));
}

static void same_as_one_fold(void **state)
{
	(void)state;
	each(5, check_fold);
}

/* a fleet that goes on being fed after a join, as it does when dates wait for their order */
static void check_fed_after_join(struct trial *t)
{
	struct fleet *fleet = trial_join(trial_fleet(t, PART_A), trial_fleet(t, PART_B));
	struct batch batch;

	batch_init(&batch);
	for (uint32_t i = 0; i < t->traffic.count; i++) {
		if (!(t->parts[i] & PART_C))
			continue;
		*batch_room(&batch) = t->traffic.at[i];
		batch_add(&batch, zones);
	}
	batch_finish(fleet, &batch);
	trial_same(t, fleet, trial_fleet(t, PART_ANY));
}

static void fed_after_join(void **state)
{
	(void)state;
	each(6, check_fed_after_join);
}

static int by_fix(const void *a, const void *b)
{
	return fix_cmp(a, b);
}

/* what segments are: sorted, of one instant the smallest, cut where more than G lies between */
static void define(const struct fix *fixes, uint32_t count, int64_t gap_ms, struct segments *set)
{
	struct fix sorted[FIXES_MAX];

	memcpy(sorted, fixes, count * sizeof *fixes);
	qsort(sorted, count, sizeof *sorted, by_fix);
	set->count = 0;
	for (uint32_t i = 0; i < count; i++) {
		bool again = i && sorted[i].t_ms == sorted[i - 1].t_ms;
		bool on = i && sorted[i].t_ms - sorted[i - 1].t_ms <= gap_ms;

		if (on && !again)
			set->at[set->count - 1].last = sorted[i];
		else if (!on)
			set->at[set->count++] = (struct segment){sorted[i], sorted[i]};
	}
	set->sorted = set->count;
}

static void fold_fixes(struct random *r, const struct fix *fixes, uint32_t from, uint32_t to,
                       int64_t gap_ms, struct segments *set)
{
	uint32_t order[FIXES_MAX];
	struct tip tip = TIP_NONE;

	for (uint32_t i = from; i < to; i++)
		order[i - from] = i;
	if (!random_once_in(r, 4))
		random_shuffle(r, order, to - from);
	for (uint32_t i = 0; i < to - from; i++) {
		if (!tip_add(&tip, &fixes[order[i]], gap_ms))
			segments_add(set, &tip, &fixes[order[i]], gap_ms);
		if (random_once_in(r, 50))
			segments_settle(set, &tip, gap_ms);
	}
	segments_settle(set, &tip, gap_ms);
}

static void expect_segments(uint64_t seed, const struct segments *set, const struct segments *want)
{
	struct canonical left = {0};
	struct canonical right = {0};

	canonical_segments(&left, set);
	canonical_segments(&right, want);
	if (!canonical_equal(&left, &right))
		fail_msg("seed %llu: %u segments, expected %u", (unsigned long long)seed,
		         set->count, want->count);
	free(left.bytes);
	free(right.bytes);
}

/* many segments, so that the unordered tail fills and is put in order many times */
static void segments_by_definition(void **state)
{
	struct segment room[FIXES_MAX];
	struct fix fixes[FIXES_MAX];
	uint32_t trials = random_trials(TRIALS);

	(void)state;
	for (uint32_t i = 0; i < trials; i++) {
		uint64_t seed = UINT64_C(7) << 32 | i;
		struct random r = {seed};
		struct traffic_mould m = traffic_mould(&r);
		uint32_t count = 1 + random_below(&r, random_once_in(&r, 16) ? FIXES_MAX : 12);
		uint32_t cut = random_below(&r, count + 1);
		struct segments whole = {0};
		struct segments first = {0};
		struct segments second = {0};
		struct segments want = {.at = room};

		m.steps = random_once_in(&r, 2) ? 3 * count : m.steps;
		for (uint32_t f = 0; f < count; f++)
			traffic_fix(&r, &m, &fixes[f]);
		define(fixes, count, m.gap_ms, &want);
		fold_fixes(&r, fixes, 0, count, m.gap_ms, &whole);
		expect_segments(seed, &whole, &want);
		fold_fixes(&r, fixes, 0, cut, m.gap_ms, &first);
		fold_fixes(&r, fixes, cut, count, m.gap_ms, &second);
		segments_join(&first, &second, m.gap_ms);
		expect_segments(seed, &first, &want);
		segments_free(&whole);
		segments_free(&first);
		segments_free(&second);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(commutative),
	    cmocka_unit_test(associative),
	    cmocka_unit_test(idempotent),
	    cmocka_unit_test(identity_element),
	    cmocka_unit_test(same_as_one_fold),
	    cmocka_unit_test(fed_after_join),
	    cmocka_unit_test(segments_by_definition),
	};
	int failed;

	zones = traffic_zones();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	free(zones);
	return failed;
}

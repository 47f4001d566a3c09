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

#include "law/canonical.h"
#include "law/traffic.h"

enum { TRIALS = 100000, FIXES_MAX = 300, A = 1, B = 2, C = 4, ANY = 7 };

/* one trial: the reports, and in which of the parts A, B, C each of them is (perhaps in several) */
struct trial {
	uint64_t seed;
	struct random random;
	struct traffic traffic;
	uint8_t parts[TRAFFIC_MAX];
	struct canonical left;
	struct canonical right;
};

static struct zones *zones;

static void draw(struct trial *trial, uint64_t seed)
{
	trial->seed = seed;
	trial->random = (struct random){seed};
	traffic_draw(&trial->random, zones, &trial->traffic);
	for (uint32_t i = 0; i < trial->traffic.count; i++) {
		uint32_t more =
		    random_once_in(&trial->random, 4) ? random_below(&trial->random, 8) : 0;

		trial->parts[i] = (uint8_t)(1U << random_below(&trial->random, 3) | more);
	}
}

static struct fleet *fleet_of(struct trial *trial, uint8_t part)
{
	return traffic_fleet(&trial->random, &trial->traffic, trial->parts, part);
}

/* joins b into a, and frees b */
static struct fleet *join(struct fleet *a, struct fleet *b)
{
	fleet_settle(b);
	fleet_join(a, b);
	fleet_free(b);
	return a;
}

/* the fleets, which are freed, must be the same */
static void expect_same(struct trial *trial, struct fleet *left, struct fleet *right)
{
	canonical_fleet(&trial->left, left);
	canonical_fleet(&trial->right, right);
	fleet_free(left);
	fleet_free(right);
	if (!canonical_equal(&trial->left, &trial->right))
		fail_msg("seed %llu: %u reports, G %lld ms: %zu and %zu bytes differ",
		         (unsigned long long)trial->seed, trial->traffic.count,
		         (long long)trial->traffic.params.gap_ms, trial->left.len,
		         trial->right.len);
}

static void each(uint64_t law, void (*check)(struct trial *trial))
{
	struct trial *trial = mem_new(1, sizeof *trial);
	uint32_t trials = random_trials(TRIALS);

	for (uint32_t i = 0; i < trials; i++) {
		draw(trial, law << 32 | i);
		check(trial);
	}
	free(trial->left.bytes);
	free(trial->right.bytes);
	free(trial);
}

static void check_commutative(struct trial *t)
{
	expect_same(t, join(fleet_of(t, A), fleet_of(t, B)), join(fleet_of(t, B), fleet_of(t, A)));
}

static void commutative(void **state)
{
	(void)state;
	each(1, check_commutative);
}

static void check_associative(struct trial *t)
{
	struct fleet *left = join(join(fleet_of(t, A), fleet_of(t, B)), fleet_of(t, C));
	struct fleet *right = join(fleet_of(t, A), join(fleet_of(t, B), fleet_of(t, C)));

	expect_same(t, left, right);
}

static void associative(void **state)
{
	(void)state;
	each(2, check_associative);
}

/* A with itself is A; what has taken A in stays as it is when A comes again */
static void check_idempotent(struct trial *t)
{
	struct fleet *twice = join(fleet_of(t, A), fleet_of(t, A));
	struct fleet *both;

	if (random_once_in(&t->random, 2)) {
		expect_same(t, twice, fleet_of(t, A));
		return;
	}
	both = join(fleet_of(t, A), fleet_of(t, B));
	expect_same(t, join(twice, fleet_of(t, B)), join(both, fleet_of(t, A)));
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
		expect_same(t, join(fleet_of(t, A), empty), fleet_of(t, A));
	else
		expect_same(t, join(empty, fleet_of(t, A)), fleet_of(t, A));
}

static void identity_element(void **state)
{
	(void)state;
	each(4, check_identity);
}

static void check_fold(struct trial *t)
{
	struct fleet *joined = fleet_of(t, C);

	joined = join(joined, fleet_of(t, A));
	joined = join(joined, fleet_of(t, B));
	expect_same(t, joined, fleet_of(t, ANY));
}

static void same_as_one_fold(void **state)
{
	(void)state;
	each(5, check_fold);
}

/* a fleet that goes on being fed after a join, as it does when dates wait for their order */
static void check_fed_after_join(struct trial *t)
{
	struct fleet *fleet = join(fleet_of(t, A), fleet_of(t, B));
	struct batch batch;

	batch_init(&batch);
	for (uint32_t i = 0; i < t->traffic.count; i++) {
		if (!(t->parts[i] & C))
			continue;
		*batch_room(&batch) = t->traffic.at[i];
		batch_add(&batch, zones);
	}
	batch_finish(fleet, &batch);
	expect_same(t, fleet, fleet_of(t, ANY));
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

/*
 * Scores by hand: weights, precision, recall, F0.5, Brier, reliability and the threshold, on cases
 * so few that the sums stand in the comments; and where no figure may be given.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "run/selftest_score.h"

enum { CASES = 200 };

struct pile {
	struct score_case at[CASES];
	size_t count;
};

static void put(struct pile *pile, size_t times, const struct score_case *c)
{
	for (size_t i = 0; i < times; i++) {
		assert_true(pile->count < CASES);
		pile->at[pile->count++] = *c;
	}
}

static void expect(double wanted, double found)
{
	assert_true(fabs(wanted - found) < 1e-12);
}

#define OFF(c)                                                                                     \
	{                                                                                          \
		.off = true, .area = SPAN("a"), .verdict = VERDICT_OFF, .confidence = (c)          \
	}
#define LOST(c)                                                                                    \
	{                                                                                          \
		.area = SPAN("a"), .verdict = VERDICT_UNHEARD, .confidence = (c)                   \
	}

/*
 * 25 switch-offs, 20 of them judged off at 0.9 and 5 unclear at 0.2; 50 lost, 5 judged off at 0.9
 * and 45 unheard at 0. With prior 0.2 a switch-off weighs 0.2 / 25 = 0.008, a lost one 0.8 / 50 =
 * 0.016.
 */
static struct pile hand(void)
{
	static const struct score_case HIT = OFF(0.9);
	static const struct score_case MISSED = {
	    .off = true, .area = SPAN("b"), .verdict = VERDICT_UNCLEAR, .confidence = 0.2};
	static const struct score_case FALSE_ALARM = {
	    .area = SPAN("a"), .verdict = VERDICT_OFF, .confidence = 0.9};
	static const struct score_case RIGHT = LOST(0);
	struct pile pile = {.count = 0};

	put(&pile, 20, &HIT);
	put(&pile, 5, &MISSED);
	put(&pile, 5, &FALSE_ALARM);
	put(&pile, 45, &RIGHT);
	return pile;
}

static void figures_by_hand(void **state)
{
	struct pile pile = hand();
	struct score score;
	double precision = 0.16 / (0.16 + 0.08); /* 20 * 0.008 of that and 5 * 0.016 */
	double recall = 0.8;                     /* 20 of 25 */

	(void)state;
	score_make(&score, pile.at, pile.count, 0.2);
	assert_int_equal(score.all.all.off, 25);
	assert_int_equal(score.all.all.lost, 50);
	assert_int_equal(score.all.judged_off.off, 20);
	assert_int_equal(score.all.judged_off.lost, 5);
	expect(precision, score_precision(&score.all));
	expect(recall, score_recall(&score.all));
	/* (1 + 1/4) P R / (P / 4 + R) */
	expect(1.25 * precision * recall / (precision / 4 + recall), score_f05(&score.all));
	/* 20 * 0.008 * 0.1^2 + 5 * 0.008 * 0.8^2 + 5 * 0.016 * 0.9^2 + 0 */
	expect(0.16 * 0.01 + 0.04 * 0.64 + 0.08 * 0.81, score_brier(&score.all.all));
	/* 0.9 * (0.16 + 0.08) + 0.2 * 0.04, of a whole of 1 */
	expect(0.9 * 0.24 + 0.2 * 0.04, score_mean_confidence(&score.all.all));
	expect(0.2, score_share_off(&score.all.all));
	score_free(&score);
}

static void reliability_by_hand(void **state)
{
	struct pile pile = hand();
	struct score score;

	(void)state;
	score_make(&score, pile.at, pile.count, 0.2);
	/* 0.9 lies in the last tenth: 20 that were and 5 that were not, at twice the weight */
	assert_int_equal(score.all.tenths[9].off, 20);
	assert_int_equal(score.all.tenths[9].lost, 5);
	expect(0.9, score_mean_confidence(&score.all.tenths[9]));
	expect(2.0 / 3, score_share_off(&score.all.tenths[9]));
	/* 45 lost at 0 */
	expect(0, score_share_off(&score.all.tenths[0]));
	/* five gaps bear nothing out, and none neither */
	assert_int_equal(score.all.tenths[2].off, 5);
	assert_true(isnan(score_share_off(&score.all.tenths[2])));
	assert_true(isnan(score_mean_confidence(&score.all.tenths[5])));
	score_free(&score);
}

/* a confidence of 1 is in the last tenth, and one on a border in the upper one */
static void tenths_at_borders(void **state)
{
	static const struct score_case ONE = OFF(1);
	static const struct score_case HALF = LOST(0.5);
	struct pile pile = {.count = 0};
	struct score score;

	(void)state;
	put(&pile, 1, &ONE);
	put(&pile, 1, &HALF);
	score_make(&score, pile.at, pile.count, 0.1);
	assert_int_equal(score.all.tenths[9].off, 1);
	assert_int_equal(score.all.tenths[5].lost, 1);
	score_free(&score);
}

static void groups(void **state)
{
	struct pile pile = hand();
	struct score score;

	(void)state;
	for (size_t i = 0; i < pile.count; i++) {
		pile.at[i].duration_h = i < 10 ? 11.9 : i < 30 ? 12 : i < 40 ? 24 : 72;
		pile.at[i].others_heard = i < 10 ? -1 : i < 20 ? 0 : i < 45 ? 4 : 5;
	}
	score_make(&score, pile.at, pile.count, 0.2);
	assert_int_equal(score.area_count, 2);
	assert_true(span_eq(score.areas[0].name, SPAN("a")));
	assert_true(span_eq(score.areas[1].name, SPAN("b")));
	assert_int_equal(score.areas[0].cell.all.off, 20);
	assert_int_equal(score.areas[0].cell.all.lost, 50);
	assert_int_equal(score.areas[1].cell.all.off, 5);
	/* the weights are those of the whole */
	expect(0.16 / (0.16 + 0.8), score_share_off(&score.areas[0].cell.all));
	assert_true(isnan(score_recall(&score.areas[1].cell)));
	assert_int_equal(score.durations[0].all.off + score.durations[0].all.lost, 10);
	assert_int_equal(score.durations[1].all.off + score.durations[1].all.lost, 20);
	assert_int_equal(score.durations[2].all.off + score.durations[2].all.lost, 10);
	assert_int_equal(score.durations[3].all.off + score.durations[3].all.lost, 35);
	assert_int_equal(score.others[3].all.off, 10);
	assert_int_equal(score.others[0].all.off, 10);
	assert_int_equal(score.others[1].all.off + score.others[1].all.lost, 25);
	assert_int_equal(score.others[2].all.off + score.others[2].all.lost, 30);
	assert_int_equal(score.verdicts[VERDICT_OFF].all.off, 20);
	assert_int_equal(score.verdicts[VERDICT_UNCLEAR].all.off, 5);
	assert_int_equal(score.verdicts[VERDICT_UNHEARD].all.lost, 45);
	score_free(&score);
}

/* 30 lost in holes weigh what the 20 others do: 0.9 / (20 + 20) each other, two thirds of it each
 */
static void holes_weigh_less(void **state)
{
	static const struct score_case HIT = OFF(0.8);
	static const struct score_case FALSE_ALARM = {
	    .area = SPAN("a"), .verdict = VERDICT_OFF, .confidence = 0.8};
	static const struct score_case HOLE = {
	    .in_hole = true, .area = SPAN("a"), .verdict = VERDICT_FEED, .confidence = 0};
	struct pile pile = {.count = 0};
	struct score score;

	(void)state;
	put(&pile, 20, &HIT);
	put(&pile, 20, &FALSE_ALARM);
	put(&pile, 30, &HOLE);
	score_make(&score, pile.at, pile.count, 0.1);
	expect(0.1 / (0.1 + 0.45), score_precision(&score.all));
	expect(1, score.all.all.weight);
	score_free(&score);
}

/*
 * 20 switch-offs at 0.9, 10 at 0.6, 10 at 0.3; 20 lost at 0.1, 1 at 0.7. Prior 0.5: 0.0125 each,
 * and 0.5 / 21 each lost one. At 0.9: precision 1. At 0.7: 0.25 / (0.25 + 0.0238) = 0.913. At 0.6:
 * 0.375 / 0.3988 = 0.940. At 0.3: 0.5 / 0.5238 = 0.9545. At 0.1: 0.5. So 0.3 is the least, though
 * 0.7 fails.
 */
static void threshold_by_hand(void **state)
{
	static const struct score_case AT[] = {OFF(0.9), OFF(0.6), OFF(0.3), LOST(0.1), LOST(0.7)};
	static const size_t TIMES[] = {20, 10, 10, 20, 1};
	struct pile pile = {.count = 0};
	struct score score;

	(void)state;
	for (size_t i = 0; i < sizeof AT / sizeof *AT; i++)
		put(&pile, TIMES[i], &AT[i]);
	score_make(&score, pile.at, pile.count, 0.5);
	assert_true(score.threshold.found);
	expect(0.3, score.threshold.confidence);
	expect(0.5 / (0.5 + 0.5 / 21), score.threshold.precision);
	expect(1, score.threshold.recall);
	assert_int_equal(score.threshold.gaps, 41);
	score_free(&score);
	/* at prior 0.1 the one lost at 0.7 weighs 0.9 / 21: only what lies above it will do */
	score_make(&score, pile.at, pile.count, 0.1);
	assert_true(score.threshold.found);
	expect(0.9, score.threshold.confidence);
	expect(0.5, score.threshold.recall);
	assert_int_equal(score.threshold.gaps, 20);
	score_free(&score);
}

/* gaps of one confidence stand or fall together, whatever their order */
static void threshold_takes_ties_whole(void **state)
{
	static const struct score_case HIT = OFF(0.9);
	static const struct score_case BAD = LOST(0.9);
	struct pile pile = {.count = 0};
	struct score score;

	(void)state;
	put(&pile, 25, &HIT);
	put(&pile, 25, &BAD);
	score_make(&score, pile.at, pile.count, 0.5);
	assert_false(score.threshold.found);
	score_free(&score);
}

/* too few of either kind: counts, and recall where it has its gaps, but nothing that mixes them */
static void too_few(void **state)
{
	static const struct score_case HIT = OFF(0.9);
	static const struct score_case RIGHT = LOST(0.1);
	struct pile pile = {.count = 0};
	struct score score;

	(void)state;
	put(&pile, 30, &HIT);
	put(&pile, 19, &RIGHT);
	score_make(&score, pile.at, pile.count, 0.1);
	assert_int_equal(score.all.all.lost, 19);
	assert_true(isnan(score_precision(&score.all)));
	assert_true(isnan(score_brier(&score.all.all)));
	assert_true(isnan(score_f05(&score.all)));
	expect(1, score_recall(&score.all));
	assert_false(score.threshold.found);
	score_free(&score);
	put(&pile, 1, &RIGHT);
	score_make(&score, pile.at, pile.count, 0.1);
	expect(1, score_precision(&score.all));
	assert_true(score.threshold.found);
	score_free(&score);
	score_make(&score, pile.at, 0, 0.1);
	assert_int_equal(score.area_count, 0);
	assert_true(isnan(score_precision(&score.all)));
	score_free(&score);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(figures_by_hand),
	    cmocka_unit_test(reliability_by_hand),
	    cmocka_unit_test(tenths_at_borders),
	    cmocka_unit_test(groups),
	    cmocka_unit_test(holes_weigh_less),
	    cmocka_unit_test(threshold_by_hand),
	    cmocka_unit_test(threshold_takes_ties_whole),
	    cmocka_unit_test(too_few),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * From evidence to a verdict: what the design (section 4) and judge/verdict.h say; the thresholds
 * themselves are verdict.c's table (off from 0.55, unheard up to 0.05 where a silence has a chance
 * of 0.01 at least, half of the hours, three visits, a crowd of five and a third, a ratio from 1/4
 * to 8000), and weights may only push in the one direction.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "judge/verdict.h"
#include "law/random.h"

/* a switch-off as plain as can be: an open gap of 24 h among many */
static struct gap gap;

static struct evidence plain(void)
{
	gap = (struct gap){.mmsi = 273998900, .open = true};
	gap.off = (struct fix){.ais_class = CLASS_A, .sog_kn = 12, .known = KNOWN_SOG};
	return (struct evidence){
	    .ways = {.gap = &gap},
	    .silence =
	        {.p = 1e-9, .expected_h = 20, .coverage = 0.95, .others = 200, .others_past = 2000},
	    .neighbours = {.heard = 20},
	    .looked_h = 24,
	    .silence_h = 24,
	};
}

static enum verdict judged(const struct evidence *e, struct circumstances c, double confidence)
{
	return verdict_of(e, &c, confidence);
}

static const struct circumstances NONE = {false, false, false, false};

static void by_confidence(void **state)
{
	struct evidence e = plain();

	(void)state;
	assert_int_equal(judged(&e, NONE, 0.99), VERDICT_OFF);
	assert_int_equal(judged(&e, NONE, 0.551), VERDICT_OFF);
	assert_int_equal(judged(&e, NONE, 0.549), VERDICT_UNCLEAR);
	/* nothing that reception explains, however low the confidence */
	assert_int_equal(judged(&e, NONE, 0), VERDICT_UNCLEAR);
	e.silence.p = 0.0099;
	assert_int_equal(judged(&e, NONE, 0), VERDICT_UNCLEAR);
	e.silence.p = 0.01;
	assert_int_equal(judged(&e, NONE, 0.051), VERDICT_UNCLEAR);
	assert_int_equal(judged(&e, NONE, 0.049), VERDICT_UNHEARD);
	assert_int_equal(judged(&e, NONE, 0), VERDICT_UNHEARD);
}

/* what is known besides goes first, in this order */
static void by_circumstances(void **state)
{
	struct evidence e = plain();
	struct evidence hole = plain();

	(void)state;
	e.silence.p = 0.5;
	hole.hole_h = 12;
	assert_int_equal(judged(&e, (struct circumstances){true, true, true, true}, 1),
	                 VERDICT_GNSS);
	assert_int_equal(judged(&e, (struct circumstances){true, false, true, true}, 1),
	                 VERDICT_IDENTITY);
	assert_int_equal(judged(&hole, (struct circumstances){true, false, false, false}, 1),
	                 VERDICT_IDENTITY);
	assert_int_equal(judged(&hole, (struct circumstances){false, true, false, false}, 1),
	                 VERDICT_GNSS);
	assert_int_equal(judged(&hole, NONE, 0.99), VERDICT_FEED);
	assert_int_equal(judged(&hole, NONE, 0.01), VERDICT_FEED);
	hole.hole_h = 11;
	assert_int_equal(judged(&hole, NONE, 0.99), VERDICT_OFF);
	/* a cap makes off unclear, and nothing else */
	for (int i = 0; i < 2; i++) {
		struct circumstances c = {.after_as_of = i == 0, .capped = i == 1};

		assert_int_equal(judged(&e, c, 0.99), VERDICT_UNCLEAR);
		assert_int_equal(judged(&e, c, 0.5), VERDICT_UNCLEAR);
		assert_int_equal(judged(&e, c, 0.01), VERDICT_UNHEARD); /* p is a half */
		hole.hole_h = 24;
		assert_int_equal(judged(&hole, c, 0.99), VERDICT_FEED);
	}
}

/* nothing known: unclear, whatever the confidence, and no evidence either way */
static void not_known(void **state)
{
	struct evidence none[3] = {plain(), plain(), plain()};

	(void)state;
	none[0].forgotten = true;
	none[1].looked_h = 0;
	none[2].silence.others = 0.4;
	none[2].silence.others_past = 0.5;
	for (int i = 0; i < 3; i++) {
		assert_int_equal(judged(&none[i], NONE, 0.99), VERDICT_UNCLEAR);
		assert_int_equal(judged(&none[i], NONE, 0.001), VERDICT_UNCLEAR);
		assert_float_equal(verdict_ratio(&none[i]), 1, 0);
	}
}

/* three missed visits of satellites, where they alone hear */
static void satellites(void **state)
{
	struct evidence e = plain();

	(void)state;
	e.satellite_only = true;
	assert_int_equal(judged(&e, NONE, 0.99), VERDICT_OFF);
	e.silence.expected_h = 3.0;
	assert_int_equal(judged(&e, NONE, 0.99), VERDICT_OFF);
	e.silence.expected_h = 2.9;
	assert_int_equal(judged(&e, NONE, 0.99), VERDICT_UNCLEAR);
	e.silence.p = 0.5;
	assert_int_equal(judged(&e, NONE, 0.01), VERDICT_UNHEARD);
	e.satellite_only = false;
	assert_int_equal(judged(&e, NONE, 0.99), VERDICT_OFF);
}

/* five that fell silent with it, and a third of all: nothing is called off, all else is as ever */
static void a_crowd(void **state)
{
	static const struct {
		struct neighbours neighbours;
		bool crowd;
	} CASES[] = {
	    {{10, 5}, true},   {{11, 5}, false}, {{0, 4}, false},   {{0, 5}, true},
	    {{-1, -1}, false}, {{40, 20}, true}, {{41, 20}, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct evidence e = plain();
		struct reasons reasons = {.len = 0};

		e.neighbours = CASES[i].neighbours;
		e.silence.p = 0.5;
		assert_int_equal(judged(&e, NONE, 0.99),
		                 CASES[i].crowd ? VERDICT_UNCLEAR : VERDICT_OFF);
		assert_int_equal(judged(&e, NONE, 0.01), VERDICT_UNHEARD);
		verdict_reasons(&e, &reasons);
		assert_int_equal(strstr(reasons.text, "fell_together") != NULL, CASES[i].crowd);
	}
}

/* Bayes: odds times ratio */
static void confidence(void **state)
{
	struct random r = {4};

	(void)state;
	for (int trial = 0; trial < 10000; trial++) {
		double prior = (1 + random_below(&r, 999998)) / 1e6;
		double ratio = exp(random_below(&r, 20000) / 1000.0 - 10);
		double got = verdict_confidence(prior, ratio);
		double both = prior * ratio + (1 - prior);

		assert_true(fabs(verdict_confidence(prior, 1) - prior) <= 1e-12);
		assert_true(fabs(got - prior * ratio / both) <= 1e-9);
		assert_true(got >= 0 && got <= 1);
		assert_true(verdict_confidence(prior, ratio * 1.1) >= got);
	}
}

static double coin(struct random *r, double most)
{
	return most * random_below(r, 1001) / 1000;
}

/* any evidence gives a ratio that is a number > 0, within bounds; a smaller p never a smaller one
 */
static void ratios(void **state)
{
	struct random r = {6};

	(void)state;
	for (int trial = 0; trial < 10000; trial++) {
		struct evidence e = plain();
		double ratio;

		e.silence =
		    (struct silence){.p = random_once_in(&r, 5) ? 0 : pow(10, -coin(&r, 20)),
		                     .expected_h = coin(&r, 84),
		                     .coverage = coin(&r, 1),
		                     .others = coin(&r, 10000),
		                     .others_past = coin(&r, 1e6)};
		e.satellite_only = random_once_in(&r, 2);
		e.moved_kn = coin(&r, 20);
		gap.off.ais_class = (uint8_t)random_below(&r, 3);
		ratio = verdict_ratio(&e);
		assert_true(ratio >= 0.25 && ratio <= 8000);
		e.silence.p *= coin(&r, 1);
		assert_true(verdict_ratio(&e) >= ratio);
	}
}

static void plain_cases(void **state)
{
	struct evidence e = plain();

	(void)state;
	assert_true(verdict_confidence(0.1, verdict_ratio(&e)) > 0.95);
	e.silence.p = 0.9;
	e.silence.expected_h = 0.1;
	assert_true(verdict_confidence(0.1, verdict_ratio(&e)) < 0.05);
}

static bool flip(struct random *r)
{
	return random_once_in(r, 2);
}

/* what is kept for another prior says the same as judging anew */
static void bands(void **state)
{
	struct random r = {8};

	(void)state;
	for (int trial = 0; trial < 10000; trial++) {
		struct evidence e = plain();
		struct circumstances c = {random_once_in(&r, 8), random_once_in(&r, 8), flip(&r),
		                          flip(&r)};
		double chance = flip(&r) ? coin(&r, 1) : coin(&r, 0.1);
		enum verdict by[CONFIDENCES];

		e.silence.p = coin(&r, 0.02);
		e.silence.expected_h = coin(&r, 6);
		e.satellite_only = flip(&r);
		e.hole_h = (int)random_below(&r, 16);
		e.neighbours =
		    (struct neighbours){(int)random_below(&r, 9), (int)random_below(&r, 9)};
		verdict_by(&e, &c, by);
		assert_int_equal(by[verdict_band(chance)], verdict_of(&e, &c, chance));
	}
	for (int band = 0; band < CONFIDENCES; band++) {
		static const double WITHIN[] = {0.05, 0.5, 0.55};

		assert_int_equal(verdict_band(WITHIN[band]), band);
	}
}

/* codes in their order */
static void assert_reasons(const struct evidence *e, const char *wanted)
{
	struct reasons reasons = {.len = 0};

	verdict_reasons(e, &reasons);
	reasons.text[reasons.len] = '\0';
	assert_string_equal(reasons.text, wanted);
}

static void reason_codes(void **state)
{
	struct evidence e = plain();

	(void)state;
	assert_reasons(&e, "");
	e.neighbours = (struct neighbours){3, 1};
	assert_reasons(&e, "few_others");
	e.neighbours = (struct neighbours){3, 2};
	assert_reasons(&e, "");
	e.neighbours = (struct neighbours){-1, -1};
	assert_reasons(&e, "");
	e.hole_h = 12;
	e.silence.down = 0.5;
	e.silence.coverage = 0.49;
	e.satellite_only = true;
	assert_reasons(&e, "feed_hole;all_silent;thin_coverage;sat_only");
	e.silence.others = e.silence.others_past = 0;
	assert_reasons(&e, "feed_hole;nobody_there;sat_only");
	e.forgotten = true;
	assert_reasons(&e, "forgotten");
	e = plain();
	e.looked_h = 0;
	assert_reasons(&e, "too_early");
}

/* less than half of what it made at off, if that was 5 kn at least, and it came back */
static void slow_and_still(void **state)
{
	struct evidence e = plain();

	(void)state;
	gap.open = false;
	e.moved_kn = 5.9;
	assert_reasons(&e, "slow_after");
	e.moved_kn = 6;
	assert_reasons(&e, "");
	e.moved_kn = 1;
	gap.off.sog_kn = 4.9F;
	assert_reasons(&e, "");
	gap.off.sog_kn = 12;
	gap.off.known = 0;
	assert_reasons(&e, "");
	gap.off.known = KNOWN_SOG;
	gap.open = true;
	assert_reasons(&e, "");
	e.ways.still = true;
	assert_reasons(&e, "");
	gap.open = false;
	assert_reasons(&e, "slow_after;in_place");
}

static void names(void **state)
{
	static const char *const NAMES[] = {"off",  "unclear", "unheard",
	                                    "feed", "gnss",    "identity"};

	(void)state;
	for (int i = 0; i < VERDICTS; i++)
		assert_string_equal(verdict_name((enum verdict)i), NAMES[i]);
	assert_null(verdict_name(VERDICTS));
	assert_null(verdict_name((enum verdict) - 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(by_confidence),  cmocka_unit_test(by_circumstances),
	    cmocka_unit_test(not_known),      cmocka_unit_test(satellites),
	    cmocka_unit_test(confidence),     cmocka_unit_test(ratios),
	    cmocka_unit_test(plain_cases),    cmocka_unit_test(reason_codes),
	    cmocka_unit_test(slow_and_still), cmocka_unit_test(names),
	    cmocka_unit_test(a_crowd),        cmocka_unit_test(bands),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

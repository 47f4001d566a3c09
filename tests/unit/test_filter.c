/*
 * run/filter and run/asked: what a report was asked for. Expectations: section 6 of the design and
 * what filter.h and asked.h promise; the words are those of the record's verdicts (section 4) and
 * of the published rules that issue 5 names.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "judge/published.h"
#include "run/asked.h"
#include "run/filter.h"
#include "run/options.h"

static struct aisgap_options asking(const char *verdict, const char *rules)
{
	struct aisgap_options options;

	aisgap_options_init(&options);
	options.verdict = verdict;
	options.rules = rules;
	return options;
}

/* the verdicts that the list takes in, a bit for each */
static unsigned verdicts_of(const char *list)
{
	struct aisgap_options options = asking(list, NULL);
	struct filter *filter;
	unsigned bits = 0;

	assert_int_equal(filter_new(&options, &filter, NULL), ST_OK);
	for (unsigned v = 0; v < VERDICTS; v++)
		bits |= filter_verdict(filter, (enum verdict)v) ? 1u << v : 0;
	filter_free(filter);
	return bits;
}

static unsigned rules_of(const char *list)
{
	struct aisgap_options options = asking(NULL, list);
	struct filter *filter;
	unsigned bits;

	assert_int_equal(filter_new(&options, &filter, NULL), ST_OK);
	bits = filter_published(filter);
	filter_free(filter);
	return bits;
}

static void verdicts_are_chosen_by_name(void **state)
{
	(void)state;
	assert_int_equal(verdicts_of(NULL), (1u << VERDICTS) - 1);
	assert_int_equal(verdicts_of("off"), 1u << VERDICT_OFF);
	assert_int_equal(verdicts_of(" Unclear, off ,off,"),
	                 1u << VERDICT_OFF | 1u << VERDICT_UNCLEAR);
	assert_int_equal(verdicts_of("unheard,feed,gnss,identity"),
	                 1u << VERDICT_UNHEARD | 1u << VERDICT_FEED | 1u << VERDICT_GNSS |
	                     1u << VERDICT_IDENTITY);
}

static void published_rules_are_asked_by_name(void **state)
{
	(void)state;
	assert_int_equal(rules_of(NULL), 0);
	assert_int_equal(rules_of("skylight"), 1u << PUBLISHED_SKYLIGHT);
	assert_int_equal(rules_of("gfw, LLOYDS"), 1u << PUBLISHED_GFW | 1u << PUBLISHED_LLOYDS);
}

static void expect_refused(const char *verdict, const char *rules, const char *want)
{
	struct aisgap_options options = asking(verdict, rules);
	struct filter *filter;
	struct diag diag = {""};

	assert_int_equal(filter_new(&options, &filter, &diag), ST_USAGE);
	assert_string_equal(diag.text, want);
	filter_free(filter);
}

static void an_unknown_word_is_told_with_the_right_ones(void **state)
{
	char word[1000];

	(void)state;
	expect_refused("off,dark", NULL,
	               "--verdict: 'dark' is none of off, unclear, unheard, feed, gnss, identity");
	expect_refused("of", NULL,
	               "--verdict: 'of' is none of off, unclear, unheard, feed, gnss, identity");
	expect_refused(NULL, "gfw;lloyds",
	               "--rules: 'gfw;lloyds' is none of gfw, skylight, lloyds");
	expect_refused(" , ", NULL, "--verdict: the list is empty");
	expect_refused(NULL, "", "--rules: the list is empty");
	expect_refused("off\n", NULL, "--verdict: a control character in the list");
	memset(word, 'x', sizeof word);
	word[sizeof word - 1] = '\0';
	expect_refused(NULL, word,
	               "--rules: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' "
	               "is none of gfw, skylight, lloyds");
}

static enum status check_prior(double prior)
{
	struct aisgap_options options = asking(NULL, NULL);

	options.prior = prior;
	return options_check(&options, NULL);
}

static void a_prior_is_a_share(void **state)
{
	struct aisgap_options options = asking(NULL, NULL);

	(void)state;
	assert_true(options_prior(&options) == 0.1);
	options.prior = 0.25;
	assert_true(options_prior(&options) == 0.25);
	assert_int_equal(check_prior(0), ST_OK);
	assert_int_equal(check_prior(0.999), ST_OK);
	assert_int_equal(check_prior(1e-9), ST_OK);
	assert_int_equal(check_prior(1), ST_USAGE);
	assert_int_equal(check_prior(-0.1), ST_USAGE);
	assert_int_equal(check_prior(NAN), ST_USAGE);
	assert_int_equal(check_prior(INFINITY), ST_USAGE);
}

static struct span text_of(const struct aisgap_options *options, struct arena *arena)
{
	return asked_text(options, 21600000, arena);
}

static void what_was_asked_is_read_back(void **state)
{
	struct aisgap_options options = asking("off,unclear", "gfw");
	struct aisgap_options back;
	struct arena arena = {.blocks = NULL};

	(void)state;
	options.mmsi = "123456";
	options.prior = 0.05;
	asked_read(text_of(&options, &arena), &back, &arena);
	assert_string_equal(back.verdict, "off,unclear");
	assert_string_equal(back.rules, "gfw");
	assert_string_equal(back.mmsi, "123456");
	assert_true(back.prior == 0.05);
	assert_null(back.imo);
	assert_int_equal(back.min_gap_ms, 21600000);
	arena_free(&arena);
}

static void expect_differ(const struct aisgap_options *a, const struct aisgap_options *b,
                          const char *want)
{
	struct arena arena = {.blocks = NULL};
	struct span differ = asked_differ(text_of(a, &arena), text_of(b, &arena), &arena);

	assert_true(span_eq(differ, span_of(want)));
	arena_free(&arena);
}

static void a_difference_is_told_by_option(void **state)
{
	struct aisgap_options plain = asking(NULL, NULL);
	struct aisgap_options chosen = asking("off", "gfw");
	struct aisgap_options same = asking(NULL, NULL);

	(void)state;
	same.prior = 0.1; /* which is the default */
	expect_differ(&plain, &same, "");
	expect_differ(&plain, &chosen, "--verdict, --rules");
	chosen.prior = 0.2;
	expect_differ(&plain, &chosen, "--verdict, --prior, --rules");
	expect_differ(&chosen, &chosen, "");
}

/* the first run that judges asks for what the last one did, which had no word for it */
static void a_text_of_before_verdicts_is_no_difference(void **state)
{
	static const char OLD[] = "--min-gap 21600000\n--everywhere 0\n"
	                          "--from -9223372036854775808\n--to -9223372036854775808\n"
	                          "--by 0\n--mmsi \n--imo \n--flag \n--type \n--class \n"
	                          "delivery 3\nas-of 1767225600000\n";
	struct aisgap_options plain = asking(NULL, NULL);
	struct aisgap_options back;
	struct arena arena = {.blocks = NULL};

	(void)state;
	assert_int_equal(asked_differ(span_of(OLD), text_of(&plain, &arena), &arena).len, 0);
	asked_read(span_of(OLD), &back, &arena);
	assert_null(back.verdict);
	assert_null(back.rules);
	assert_true(options_prior(&back) == 0.1);
	arena_free(&arena);
}

/* the text lies in a file that anyone can write to */
static void a_prior_that_is_none_is_passed_over(void **state)
{
	static const char *const BAD[] = {"--prior 1\n",     "--prior -1\n", "--prior nan\n",
	                                  "--prior 1e999\n", "--prior \n",   "--prior 0.1x\n"};
	struct arena arena = {.blocks = NULL};
	struct aisgap_options back;

	(void)state;
	for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
		asked_read(span_of(BAD[i]), &back, &arena);
		assert_true(back.prior == 0);
	}
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(verdicts_are_chosen_by_name),
	    cmocka_unit_test(published_rules_are_asked_by_name),
	    cmocka_unit_test(an_unknown_word_is_told_with_the_right_ones),
	    cmocka_unit_test(a_prior_is_a_share),
	    cmocka_unit_test(what_was_asked_is_read_back),
	    cmocka_unit_test(a_difference_is_told_by_option),
	    cmocka_unit_test(a_text_of_before_verdicts_is_no_difference),
	    cmocka_unit_test(a_prior_that_is_none_is_passed_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The self-test's table for people. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "base/num.h"
#include "base/utc.h"
#include "run/selftest_report.h"

enum { LINE = 256, FIGURE = 32 };

/* three decimals, whatever the locale; "few" where too few gaps bear it out */
static const char *figure(double value, char text[FIGURE])
{
	long thousandths;

	if (isnan(value))
		return "few";
	thousandths = lround(value * 1000);
	snprintf(text, FIGURE, "%ld.%03ld", thousandths / 1000, thousandths % 1000);
	return text;
}

static void put_how(struct sink *sink, const struct selftest_report *r)
{
	char percent[NUM_TEXT_SIZE];
	char line[LINE];

	num_fixed(r->prior * 100, 3, percent);
	sink_text(
	    sink,
	    "aisgap selftest: silences of known cause, made in this feed\n"
	    "\n"
	    "How to read it: reports were taken out of the input, those of single vessels for "
	    "a time\n"
	    "(switch-offs) and those of all vessels in places for a time (losses). The gaps "
	    "that this\n"
	    "made were judged like any others, and the verdicts are held against the known "
	    "cause.\n");
	snprintf(line, sizeof line,
	         "The mix is arbitrary, so gaps are weighted: switch-offs count as %s %% of all "
	         "silences (--prior).\n",
	         percent);
	sink_text(sink, line);
	sink_text(
	    sink,
	    "\n"
	    "What it does not show: how often ships here really switch off, and how the verdicts "
	    "do "
	    "on\n"
	    "losses of other kinds; those made here are circles with sharp rims. The cause of gaps "
	    "that\n"
	    "were in the feed before is not known; they are left out.\n"
	    "\n");
}

static void put_feed(struct sink *sink, const struct selftest_report *r)
{
	char as_of[UTC_TEXT_SIZE];
	char hours[NUM_TEXT_SIZE];
	char line[LINE];

	utc_format(r->as_of_ms, as_of);
	num_fixed(r->switch_off_h, 0, hours);
	snprintf(line, sizeof line,
	         "Feed        %zu vessels up to %s, heard in %" PRIu64
	         " vessel-hours in or near the areas\n",
	         r->vessels, as_of, r->vessel_hours);
	sink_text(sink, line);
	snprintf(
	    line, sizeof line,
	    "Taken out   switch-offs: %zu (%s h), losses: %zu, holes of the whole feed: %zu; seed "
	    "%" PRIu64 ", rounds %u\n",
	    r->switch_offs, hours, r->losses, r->holes, r->seed, r->rounds);
	sink_text(sink, line);
	snprintf(
	    line, sizeof line,
	    "Judged      gaps of switch-offs: %zu, of losses: %zu (%zu of them in holes, which "
	    "weigh no\n            more than all the others)\n",
	    r->gaps[TRUTH_OFF], r->gaps[TRUTH_LOST], r->lost_in_holes);
	sink_text(sink, line);
	snprintf(line, sizeof line,
	         "Left out    gaps that were there before: %zu, of mixed cause: %zu, outside the "
	         "areas: %zu\n",
	         r->gaps[TRUTH_BEFORE], r->gaps[TRUTH_MIXED], r->outside);
	sink_text(sink, line);
}

static void put_cell(struct sink *sink, struct span name, const struct score_cell *cell)
{
	char text[6][FIGURE];
	char line[LINE];

	snprintf(line, sizeof line, "  %-14.*s %7zu %7zu %10s %7s %7s %7s %7s %7s\n",
	         (int)(name.len < 64 ? name.len : 64), name.ptr, cell->all.off, cell->all.lost,
	         figure(score_precision(cell), text[0]), figure(score_recall(cell), text[1]),
	         figure(score_f05(cell), text[2]), figure(score_brier(&cell->all), text[3]),
	         figure(score_mean_confidence(&cell->all), text[4]),
	         figure(score_share_off(&cell->all), text[5]));
	sink_text(sink, line);
}

static void put_cells(struct sink *sink, const struct score *score)
{
	sink_text(sink,
	          "\n"
	          "  gaps               off    lost  precision  recall    F0.5   Brier    said "
	          "    was\n");
	put_cell(sink, SPAN("all"), &score->all);
	sink_text(sink, "by area\n");
	for (size_t i = 0; i < score->area_count; i++)
		put_cell(sink, score->areas[i].name, &score->areas[i].cell);
	sink_text(sink, "by duration\n");
	for (int i = 0; i < SCORE_DURATIONS; i++)
		put_cell(sink, span_of(score_duration_name(i)), &score->durations[i]);
	sink_text(sink, "by other vessels heard\n");
	for (int i = 0; i < SCORE_OTHERS; i++)
		put_cell(sink, span_of(score_others_name(i)), &score->others[i]);
}

/* one row of a reliability table */
static void put_sum(struct sink *sink, const char *name, const struct score_sum *sum)
{
	char text[2][FIGURE];
	char line[LINE];

	snprintf(line, sizeof line, "  %-14s %7zu %7zu %42s %7s\n", name, sum->off, sum->lost,
	         figure(score_mean_confidence(sum), text[0]),
	         figure(score_share_off(sum), text[1]));
	sink_text(sink, line);
}

static void put_reliability(struct sink *sink, const struct score *score)
{
	char name[FIGURE];

	sink_text(sink, "by verdict\n");
	for (int i = 0; i < VERDICTS; i++)
		put_sum(sink, verdict_name((enum verdict)i), &score->verdicts[i].all);
	sink_text(sink, "by confidence\n");
	for (int i = 0; i < SCORE_TENTHS; i++) {
		snprintf(name, sizeof name, "%d.%d to %d.%d", i / 10, i % 10, (i + 1) / 10,
		         (i + 1) % 10);
		put_sum(sink, name, &score->all.tenths[i]);
	}
	sink_text(
	    sink,
	    "\n"
	    "off, lost: numbers of gaps by their known cause. precision: of the gaps judged `off`, "
	    "how\n"
	    "many were; recall: of those that were, how many were judged so. said: mean "
	    "confidence;\n"
	    "was: the share that really was off; the two should be alike. few: too few gaps for a "
	    "figure\n"
	    "(fewer than 20 in the row, or of either cause in all).\n");
}

static void put_threshold(struct sink *sink, const struct score_threshold *t)
{
	char text[3][FIGURE];
	char line[LINE];

	if (!t->found) {
		sink_text(sink, "\nNo threshold of confidence gave a precision of 95 % here.\n");
		return;
	}
	snprintf(line, sizeof line,
	         "\nGaps with a confidence of %s or more have a precision of %s here, and a recall "
	         "of %s (%zu gaps).\n",
	         figure(t->confidence, text[0]), figure(t->precision, text[1]),
	         figure(t->recall, text[2]), t->gaps);
	sink_text(sink, line);
}

static void put_few(struct sink *sink, const struct selftest_report *r)
{
	if (r->gaps[TRUTH_OFF] >= SCORE_LEAST && r->gaps[TRUTH_LOST] >= SCORE_LEAST)
		return;
	sink_text(sink, "\nToo few gaps came of it: a longer feed, more vessels or more rounds "
	                "(--rounds) give more.\n");
}

void selftest_text(struct sink *sink, const struct selftest_report *report)
{
	put_how(sink, report);
	put_feed(sink, report);
	put_cells(sink, &report->score);
	put_reliability(sink, &report->score);
	put_threshold(sink, &report->score.threshold);
	put_few(sink, report);
}

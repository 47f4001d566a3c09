/* The self-test as one JSON document. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "base/num.h"
#include "base/utc.h"
#include "report/jsontext.h"
#include "run/selftest_report.h"

enum { SCHEMA_VERSION = 1 };

/* "name": or ,"name": */
static void put_name(struct sink *sink, const char *name, bool first)
{
	sink_text(sink, first ? "\"" : ",\"");
	sink_text(sink, name);
	sink_text(sink, "\":");
}

static void put_count(struct sink *sink, const char *name, uint64_t count, bool first)
{
	char text[32];

	put_name(sink, name, first);
	snprintf(text, sizeof text, "%" PRIu64, count);
	sink_text(sink, text);
}

/* null where too few gaps bear it out */
static void put_figure(struct sink *sink, const char *name, double value)
{
	char text[NUM_TEXT_SIZE] = "null";

	if (isfinite(value))
		num_fixed(value, 6, text);
	put_name(sink, name, false);
	sink_text(sink, text);
}

static void put_sum(struct sink *sink, const struct score_sum *sum)
{
	put_count(sink, "switched_off", sum->off, true);
	put_count(sink, "lost", sum->lost, false);
	put_figure(sink, "mean_confidence", score_mean_confidence(sum));
	put_figure(sink, "share_off", score_share_off(sum));
	put_figure(sink, "brier", score_brier(sum));
}

static void put_tenths(struct sink *sink, const struct score_cell *cell)
{
	sink_text(sink, ",\"reliability\":[");
	for (int i = 0; i < SCORE_TENTHS; i++) {
		sink_text(sink, i ? ",{" : "{");
		put_sum(sink, &cell->tenths[i]);
		put_figure(sink, "from", i / (double)SCORE_TENTHS);
		put_figure(sink, "to", (i + 1) / (double)SCORE_TENTHS);
		sink_text(sink, "}");
	}
	sink_text(sink, "]");
}

/* the members of a cell, without braces */
static void put_cell(struct sink *sink, const struct score_cell *cell)
{
	put_sum(sink, &cell->all);
	put_count(sink, "judged_off", cell->judged_off.off + cell->judged_off.lost, false);
	put_count(sink, "judged_off_rightly", cell->judged_off.off, false);
	put_figure(sink, "precision", score_precision(cell));
	put_figure(sink, "recall", score_recall(cell));
	put_figure(sink, "f0_5", score_f05(cell));
	put_tenths(sink, cell);
}

static void put_named(struct sink *sink, const char *key, struct span name,
                      const struct score_cell *cell, bool first)
{
	sink_text(sink, first ? "\n{\"" : ",\n{\"");
	sink_text(sink, key);
	sink_text(sink, "\":");
	jsontext_string(sink, name);
	sink_text(sink, ",");
	put_cell(sink, cell);
	sink_text(sink, "}");
}

static void put_score(struct sink *sink, const struct score *score)
{
	sink_text(sink, ",\n\"all\":{");
	put_cell(sink, &score->all);
	sink_text(sink, "},\n\"by_verdict\":[");
	for (int i = 0; i < VERDICTS; i++)
		put_named(sink, "verdict", span_of(verdict_name((enum verdict)i)),
		          &score->verdicts[i], i == 0);
	sink_text(sink, "],\n\"by_area\":[");
	for (size_t i = 0; i < score->area_count; i++)
		put_named(sink, "area", score->areas[i].name, &score->areas[i].cell, i == 0);
	sink_text(sink, "],\n\"by_duration\":[");
	for (int i = 0; i < SCORE_DURATIONS; i++)
		put_named(sink, "duration", span_of(score_duration_name(i)), &score->durations[i],
		          i == 0);
	sink_text(sink, "],\n\"by_others_heard\":[");
	for (int i = 0; i < SCORE_OTHERS; i++)
		put_named(sink, "others_heard", span_of(score_others_name(i)), &score->others[i],
		          i == 0);
	sink_text(sink, "]");
}

static void put_threshold(struct sink *sink, const struct score_threshold *t)
{
	sink_text(sink, ",\n\"threshold\":{\"target_precision\":0.95");
	put_figure(sink, "confidence", t->found ? t->confidence : NAN);
	put_figure(sink, "precision", t->found ? t->precision : NAN);
	put_figure(sink, "recall", t->found ? t->recall : NAN);
	put_count(sink, "gaps", t->gaps, false);
	sink_text(sink, "}");
}

static void put_areas(struct sink *sink, const struct selftest_report *r)
{
	sink_text(sink, ",\"areas\":[");
	for (size_t i = 0; i < areas_count(r->areas); i++) {
		sink_text(sink, i ? "," : "");
		jsontext_string(sink, span_of(areas_name(r->areas, i)));
	}
	sink_text(sink, r->everywhere ? "],\"everywhere\":true" : "],\"everywhere\":false");
}

static void put_head(struct sink *sink, const struct selftest_report *r)
{
	char as_of[UTC_TEXT_SIZE];

	utc_format(r->as_of_ms, as_of);
	put_count(sink, "schema_version", SCHEMA_VERSION, true);
	put_count(sink, "seed", r->seed, false);
	put_count(sink, "rounds", r->rounds, false);
	put_figure(sink, "prior", r->prior);
	put_figure(sink, "min_gap_h", (double)r->min_gap_ms / (double)HOUR_MS);
	put_areas(sink, r);
	sink_text(sink, ",\n\"feed\":{\"as_of\":");
	jsontext_string(sink, span_of(as_of));
	put_count(sink, "vessels", r->vessels, false);
	put_count(sink, "vessel_hours", r->vessel_hours, false);
	sink_text(sink, "},\n\"taken_out\":{");
	put_count(sink, "switch_offs", r->switch_offs, true);
	put_figure(sink, "switch_off_h", r->switch_off_h);
	put_count(sink, "losses", r->losses, false);
	put_count(sink, "holes", r->holes, false);
	sink_text(sink, "},\n\"gaps\":{");
	put_count(sink, "switched_off", r->gaps[TRUTH_OFF], true);
	put_count(sink, "lost", r->gaps[TRUTH_LOST], false);
	put_count(sink, "lost_in_holes", r->lost_in_holes, false);
	put_count(sink, "before", r->gaps[TRUTH_BEFORE], false);
	put_count(sink, "mixed", r->gaps[TRUTH_MIXED], false);
	put_count(sink, "outside_areas", r->outside, false);
	put_count(sink, "least_for_a_figure", SCORE_LEAST, false);
	sink_text(sink, "}");
}

void selftest_json(struct sink *sink, const struct selftest_report *report)
{
	sink_text(sink, "{");
	put_head(sink, report);
	put_score(sink, &report->score);
	put_threshold(sink, &report->score.threshold);
	sink_text(sink, "}\n");
}

/*
 * run/changes: what leads from one report to the next. Expectations: section 3 of the design, the
 * rules that changes.h states, and their law: the changes, replayed as a map by gap_id, make the
 * one report out of the other. Vessels are none: MMSIs have one digit.
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

#include "base/utc.h"
#include "law/random.h"
#include "report/columns.h"
#include "report/gap_id.h"
#include "report/writer.h"
#include "run/changes.h"

/* a gap by hours after START; on_h 0 is open */
struct spec {
	int64_t mmsi;
	uint8_t zone;
	int off_h;
	int on_h;
	double lat_deg;
	const char *name;
};

#define START INT64_C(1767225600000) /* 2026-01-01T00:00:00Z */

struct evidence {
	const char *verdict;
	double confidence;
	double likelihood_ratio;
};

static const struct evidence NOT_JUDGED = {NULL, NAN, NAN};

static void add_judged(struct sent *sent, struct spec spec, struct evidence evidence)
{
	struct gap gap = {.mmsi = spec.mmsi, .zone = spec.zone, .open = !spec.on_h};
	struct record record = {.open = gap.open,
	                        .verdict = evidence.verdict,
	                        .confidence = evidence.confidence,
	                        .mmsi = spec.mmsi,
	                        .name = span_of(spec.name),
	                        .flag = "",
	                        .off = {.port_nm = NAN, .shore_nm = NAN},
	                        .on = {.port_nm = NAN, .shore_nm = NAN},
	                        .duration_h = spec.on_h - spec.off_h,
	                        .distance_nm = NAN,
	                        .implied_speed_kn = NAN,
	                        .heard_min_12h_before = -1,
	                        .heard_min_12h_after = -1,
	                        .likelihood_ratio = evidence.likelihood_ratio,
	                        .p_silent_if_on = NAN,
	                        .others_heard = -1,
	                        .others_silent = -1};

	gap.off.t_ms = START + spec.off_h * HOUR_MS;
	gap.off.lat_deg = spec.lat_deg;
	if (!gap.open)
		gap.on.t_ms = START + spec.on_h * HOUR_MS;
	record.off.fix = gap.off;
	record.on.fix = gap.on;
	gap_id(gap.mmsi, &gap.off, gap.zone, record.gap_id);
	sent_add(sent, &gap, &record);
}

static void add(struct sent *sent, struct spec spec)
{
	add_judged(sent, spec, NOT_JUDGED);
}

static struct sent list(const struct spec *specs, size_t count)
{
	struct sent sent = {.count = 0};

	for (size_t i = 0; i < count; i++)
		add(&sent, specs[i]);
	sent_sort(&sent);
	return sent;
}

static bool yes(void *context, const struct sent_row *row)
{
	(void)context;
	(void)row;
	return true;
}

static bool no(void *context, const struct sent_row *row)
{
	(void)context;
	(void)row;
	return false;
}

static const struct changes_rules PLAIN = {.horizon_ms = INT64_MIN, .is_gap = no};

/* "kind mmsi off_h<former's off_h", joined by "; " */
static void expect(const struct spec *before, size_t before_count, const struct spec *now,
                   size_t now_count, const struct changes_rules *rules, const char *want)
{
	struct sent a = list(before, before_count);
	struct sent b = list(now, now_count);
	struct changes changes = {NULL, 0, 0};
	char found[1000] = "";
	size_t len = 0;

	changes_find(&a, &b, rules, &changes);
	for (size_t i = 0; i < changes.count; i++) {
		const struct change *c = &changes.at[i];

		len += (size_t)snprintf(found + len, sizeof found - len, "%s%s %d %d",
		                        i ? "; " : "", c->kind, (int)c->row->mmsi,
		                        (int)((c->row->off_ms - START) / HOUR_MS));
		if (c->former)
			len += (size_t)snprintf(found + len, sizeof found - len, "<%d",
			                        (int)((c->former->off_ms - START) / HOUR_MS));
	}
	assert_string_equal(found, want);
	changes_free(&changes);
	assert_null(changes.at);
	sent_free(&a);
	sent_free(&b);
}

#define SPECS(...)                                                                                 \
	(const struct spec[]){__VA_ARGS__},                                                        \
	    sizeof((const struct spec[]){__VA_ARGS__}) / sizeof(struct spec)
#define NONE NULL, 0

static void nothing_changed_is_no_change(void **state)
{
	(void)state;
	expect(NONE, NONE, &PLAIN, "");
	expect(SPECS({1, 0, 5, 0, 1, "A"}, {1, 0, 2, 4, 1, "A"}),
	       SPECS({1, 0, 2, 4, 1, "A"}, {1, 0, 5, 0, 1, "A"}), &PLAIN, "");
}

static void a_new_gap_is_opened(void **state)
{
	(void)state;
	expect(NONE, SPECS({1, 0, 5, 0, 1, "A"}), &PLAIN, "opened 1 5");
	expect(SPECS({2, 0, 5, 9, 1, "A"}), SPECS({2, 0, 5, 9, 1, "A"}, {1, 0, 5, 8, 1, "A"}),
	       &PLAIN, "opened 1 5");
}

static void a_gap_that_ends_is_closed(void **state)
{
	(void)state;
	expect(SPECS({1, 0, 5, 0, 1, "A"}), SPECS({1, 0, 5, 9, 1, "A"}), &PLAIN, "closed 1 5");
	expect(SPECS({1, 0, 5, 0, 1, "A"}), SPECS({1, 0, 5, 9, 1, "B"}), &PLAIN, "closed 1 5");
}

static void any_other_difference_is_a_revision(void **state)
{
	(void)state;
	expect(SPECS({1, 0, 5, 9, 1, "A"}), SPECS({1, 0, 5, 9, 1, "B"}), &PLAIN, "revised 1 5");
	expect(SPECS({1, 0, 5, 0, 1, "A"}), SPECS({1, 0, 5, 0, 1, ""}), &PLAIN, "revised 1 5");
	expect(SPECS({1, 0, 5, 9, 1, "A"}), SPECS({1, 0, 5, 8, 1, "A"}), &PLAIN, "revised 1 5");
	/* a report that ended it was taken back, or it is judged at an earlier time */
	expect(SPECS({1, 0, 5, 9, 1, "A"}), SPECS({1, 0, 5, 0, 1, "A"}), &PLAIN, "revised 1 5");
}

static void a_late_report_moves_the_off_position(void **state)
{
	(void)state;
	expect(SPECS({1, 0, 5, 9, 1, "A"}), SPECS({1, 0, 6, 9, 1, "A"}), &PLAIN, "revised 1 6<5");
	expect(SPECS({1, 0, 5, 0, 1, "A"}), SPECS({1, 0, 7, 0, 1, "B"}), &PLAIN, "revised 1 7<5");
	/* the same time, another position: of several reports of one instant the smallest counts */
	expect(SPECS({1, 0, 5, 9, 2, "A"}), SPECS({1, 0, 5, 9, 1, "A"}), &PLAIN, "revised 1 5<5");
}

static void only_what_may_be_one_gap_is_paired(void **state)
{
	(void)state;
	/* another end; other zones; other ships; open and closed */
	expect(SPECS({1, 0, 5, 9, 1, "A"}), SPECS({1, 0, 6, 10, 1, "A"}), &PLAIN,
	       "retracted 1 5; opened 1 6");
	expect(SPECS({1, 0, 5, 9, 1, "A"}), SPECS({1, 1, 6, 9, 1, "A"}), &PLAIN,
	       "retracted 1 5; opened 1 6");
	expect(SPECS({1, 0, 5, 9, 1, "A"}), SPECS({2, 0, 6, 9, 1, "A"}), &PLAIN,
	       "retracted 1 5; opened 2 6");
	expect(SPECS({1, 0, 5, 0, 1, "A"}), SPECS({1, 0, 6, 9, 1, "A"}), &PLAIN,
	       "retracted 1 5; opened 1 6");
	/* what stands in both is not paired with what does not */
	expect(SPECS({1, 0, 5, 9, 1, "A"}), SPECS({1, 0, 5, 9, 1, "A"}, {1, 0, 6, 9, 1, "A"}),
	       &PLAIN, "opened 1 6");
	/* a report in its midst cuts a gap in two: the end keeps its end, the beginning its id */
	expect(SPECS({1, 0, 5, 30, 1, "A"}), SPECS({1, 0, 5, 12, 1, "A"}, {1, 0, 13, 30, 1, "A"}),
	       &PLAIN, "revised 1 5; opened 1 13");
}

/* lists that no fleet gives, but files can */
static void of_several_the_nearest_is_paired(void **state)
{
	(void)state;
	expect(SPECS({1, 0, 1, 90, 1, "A"}, {1, 0, 9, 90, 1, "A"}), SPECS({1, 0, 4, 90, 1, "A"}),
	       &PLAIN, "revised 1 4<1; retracted 1 9");
	expect(SPECS({1, 0, 1, 90, 1, "A"}, {1, 0, 7, 90, 1, "A"}), SPECS({1, 0, 4, 90, 1, "A"}),
	       &PLAIN, "revised 1 4<1; retracted 1 7");
	expect(SPECS({1, 0, 1, 90, 1, "A"}, {1, 0, 6, 90, 1, "A"}), SPECS({1, 0, 4, 90, 1, "A"}),
	       &PLAIN, "retracted 1 1; revised 1 4<6");
	expect(SPECS({1, 0, 4, 90, 1, "A"}), SPECS({1, 0, 1, 90, 1, "A"}, {1, 0, 5, 90, 1, "A"}),
	       &PLAIN, "revised 1 1<4; opened 1 5");
}

static void what_is_gone_is_told_by_why(void **state)
{
	struct changes_rules rules = {.horizon_ms = START + 10 * HOUR_MS, .is_gap = no};

	(void)state;
	expect(SPECS({1, 0, 5, 9, 1, "A"}), NONE, &rules, "expired 1 5");
	expect(SPECS({1, 0, 5, 10, 1, "A"}), NONE, &rules, "retracted 1 5");
	/* before the horizon nothing tells any more whether it was filled or ended */
	expect(SPECS({1, 0, 5, 0, 1, "A"}), NONE, &rules, "expired 1 5");
	expect(SPECS({1, 0, 10, 0, 1, "A"}), NONE, &rules, "retracted 1 10");
	/* nor what was heard outside the zone of a zone gap */
	expect(SPECS({1, 2, 5, 15, 1, "A"}), NONE, &rules, "expired 1 5");
	expect(SPECS({1, 2, 10, 15, 1, "A"}), NONE, &rules, "retracted 1 10");
	rules.is_gap = yes;
	expect(SPECS({1, 0, 5, 9, 1, "A"}), NONE, &rules, "expired 1 5");
	expect(SPECS({1, 0, 5, 10, 1, "A"}), NONE, &rules, "excluded 1 5");
	expect(SPECS({1, 0, 5, 0, 1, "A"}), NONE, &rules, "excluded 1 5");
}

static void what_options_brought_in_is_no_news(void **state)
{
	struct changes_rules rules = PLAIN;

	(void)state;
	rules.was_wanted = no;
	expect(NONE, SPECS({1, 0, 5, 9, 1, "A"}), &rules, "included 1 5");
	expect(SPECS({1, 0, 5, 0, 1, "A"}), SPECS({1, 0, 5, 9, 1, "A"}), &rules, "closed 1 5");
	rules.was_wanted = yes;
	expect(NONE, SPECS({1, 0, 5, 9, 1, "A"}), &rules, "opened 1 5");
}

static void changes_stand_as_rows_of_a_report(void **state)
{
	(void)state;
	expect(SPECS({3, 0, 5, 9, 1, "A"}, {1, 0, 7, 9, 1, "A"}),
	       SPECS({2, 0, 5, 0, 1, "A"}, {2, 0, 5, 8, 2, "A"}, {1, 0, 4, 0, 1, "A"}), &PLAIN,
	       "opened 1 4; opened 2 5; opened 2 5; retracted 3 5; retracted 1 7");
}

/* rows that are gone hold the values that were delivered, whatever they would be now */
static void what_is_gone_is_shown_as_it_was(void **state)
{
	static const struct report_head head = {.from_ms = INT64_MIN,
	                                        .to_ms = INT64_MIN,
	                                        .everywhere = true,
	                                        .by = "overlap",
	                                        .changes = true};
	static const struct writer_options options = {NULL, 0, 0, false};
	struct sent before = {.count = 0};
	struct sent now = {.count = 0};
	struct changes changes = {NULL, 0, 0};
	struct sink *sink = sink_memory();
	const struct writer *writer = writer_find("csv");
	struct record record;
	void *csv;
	char *text;

	(void)state;
	add(&before, (struct spec){1, 0, 5, 9, 1.5, "=OLD,\n"});
	changes_find(&before, &now, &PLAIN, &changes);
	sent_record(changes.at[0].row, &record);
	record.change = changes.at[0].kind;
	csv = writer->begin(sink, &head, &options);
	writer->row(csv, sink, &record);
	writer->end(csv, sink);
	text = mem_string(sink_bytes(sink));
	assert_non_null(strstr(text, "\nretracted,,"));
	assert_non_null(
	    strstr(text, ",closed,,,,,1,,\"'=OLD,\",,,,,2026-01-01T05:00:00Z,1.5,0.0,,"));
	assert_non_null(strstr(text, ",2026-01-01T09:00:00Z,0.0,0.0,"));
	free(text);
	sink_close(sink, NULL, NULL);
	changes_free(&changes);
	sent_free(&before);
}

static void what_one_side_does_not_know_is_not_compared(void **state)
{
	struct sent before = {.count = 0};
	struct sent now = {.count = 0};
	struct changes changes = {NULL, 0, 0};
	size_t name;

	(void)state;
	column_find(SPAN("name"), &name);
	add(&before, (struct spec){1, 0, 5, 9, 1, "A"});
	add(&now, (struct spec){1, 0, 5, 9, 1, "B"});
	*(struct span *)(uintptr_t)&before.rows[0].values[name] = (struct span){NULL, 0};
	changes_find(&before, &now, &PLAIN, &changes);
	assert_int_equal(changes.count, 0);
	changes_find(&now, &before, &PLAIN, &changes);
	assert_int_equal(changes.count, 0);
	changes_free(&changes);
	sent_free(&before);
	sent_free(&now);
}

/* what an open gap of these two pieces of evidence leads to, each way */
static void expect_judged(struct evidence a, struct evidence b, const char *want)
{
	static const struct spec SPEC = {1, 0, 5, 0, 1, "A"};
	struct sent before = {.count = 0};
	struct sent now = {.count = 0};
	struct changes changes = {NULL, 0, 0};

	add_judged(&before, SPEC, a);
	add_judged(&now, SPEC, b);
	changes_find(&before, &now, &PLAIN, &changes);
	assert_string_equal(changes.count ? changes.at[0].kind : "", want);
	changes_free(&changes);
	changes_find(&now, &before, &PLAIN, &changes);
	assert_string_equal(changes.count ? changes.at[0].kind : "", want);
	changes_free(&changes);
	sent_free(&before);
	sent_free(&now);
}

/* what is not shown is no news: a reader would see the same row twice */
static void evidence_is_revised_when_it_shows(void **state)
{
	(void)state;
	expect_judged((struct evidence){"off", 0.9, 100}, (struct evidence){"off", 0.9, 100}, "");
	expect_judged((struct evidence){"off", 0.9, 100}, (struct evidence){"unclear", 0.9, 100},
	              "revised");
	expect_judged((struct evidence){"off", 0.9, 100}, (struct evidence){"off", 0.901, 100},
	              "revised");
	expect_judged((struct evidence){"off", 0.9, 100}, (struct evidence){"off", 0.9004, 104},
	              "");
	expect_judged((struct evidence){"off", 0.9, 100}, (struct evidence){"off", 0.9, 106},
	              "revised");
	expect_judged((struct evidence){"off", 0.9991, 2e9}, (struct evidence){"off", 1, INFINITY},
	              "");
	expect_judged((struct evidence){"unclear", 0.1, 1}, (struct evidence){"unclear", NAN, NAN},
	              "revised");
}

/* few values, so that lists have much in common; more of one pair than any fleet gives */
static struct sent random_list(struct random *r)
{
	static const char *const NAMES[] = {"", "A", "B"};
	struct sent sent = {.count = 0};

	for (uint32_t n = random_below(r, 24); n; n--) {
		struct spec spec = {
		    .mmsi = random_below(r, 3),
		    .zone = (uint8_t)random_below(r, 2),
		    .off_h = (int)random_below(r, 12),
		    .lat_deg = random_below(r, 2),
		    .name = NAMES[random_below(r, 3)],
		};

		spec.on_h = random_once_in(r, 3) ? 0 : 12 + (int)random_below(r, 3);
		add(&sent, spec);
	}
	sent_sort(&sent);
	return sent;
}

/* any answer, but always the same for a row */
static bool by_id(void *context, const struct sent_row *row)
{
	return (sent_gap_id(row).ptr[0] + *(const int *)context) % 2;
}

static size_t index_of(const struct sent_row *const *map, size_t count, struct span id)
{
	size_t i = 0;

	while (i < count && !span_eq(sent_gap_id(map[i]), id))
		i++;
	return i;
}

static void drop(const struct sent_row **map, size_t *count, struct span id)
{
	size_t i = index_of(map, *count, id);

	if (i < *count)
		map[i] = map[--*count];
}

/* as whoever is told of changes applies them */
static void replay(const struct sent_row **map, size_t *count, const struct change *change)
{
	static const char *const PUT[] = {"opened", "closed", "revised", "included"};

	drop(map, count, sent_gap_id(change->row));
	if (change->former)
		drop(map, count, sent_gap_id(change->former));
	for (size_t i = 0; i < sizeof PUT / sizeof PUT[0]; i++) {
		if (!strcmp(change->kind, PUT[i]))
			map[(*count)++] = change->row;
	}
}

static bool same_values(const struct sent_row *a, const struct sent_row *b)
{
	for (size_t i = 0; i < column_count(); i++) {
		if (!span_eq(a->values[i], b->values[i]))
			return false;
	}
	return true;
}

/* in a random order, some of them twice: delivery is at least once */
static void check_replay(const struct sent *before, const struct sent *now,
                         const struct changes *changes, struct random *r)
{
	const struct sent_row *map[200];
	uint32_t order[200];
	uint32_t steps = 0;
	size_t count = before->count;

	for (size_t i = 0; i < before->count; i++)
		map[i] = &before->rows[i];
	for (uint32_t i = 0; i < changes->count; i++) {
		order[steps++] = i;
		if (random_once_in(r, 4))
			order[steps++] = i;
	}
	random_shuffle(r, order, steps);
	for (uint32_t i = 0; i < steps; i++)
		replay(map, &count, &changes->at[order[i]]);
	assert_int_equal(count, now->count);
	for (size_t i = 0; i < now->count; i++) {
		size_t at = index_of(map, count, sent_gap_id(&now->rows[i]));

		assert_true(at < count);
		assert_true(same_values(map[at], &now->rows[i]));
	}
}

static bool holds(const struct sent *sent, const struct sent_row *row)
{
	for (size_t i = 0; i < sent->count; i++) {
		if (span_eq(sent_gap_id(&sent->rows[i]), sent_gap_id(row)))
			return true;
	}
	return false;
}

static bool may_be_one(const struct sent_row *a, const struct sent_row *b)
{
	return a->mmsi == b->mmsi && a->zone == b->zone && a->open == b->open &&
	       (a->open || a->on_ms == b->on_ms);
}

/* each kind where its rule says so, and nowhere else */
static void check_kind(const struct sent *before, const struct sent *now,
                       const struct changes_rules *rules, const struct change *c)
{
	bool was = holds(before, c->row);
	bool is = holds(now, c->row);
	bool past = !c->row->open && c->row->on_ms < rules->horizon_ms;
	bool maybe_past =
	    past || ((c->row->open || c->row->zone) && c->row->off_ms < rules->horizon_ms);

	if (!strcmp(c->kind, "revised") && c->former)
		assert_true(!was && is && !holds(now, c->former) && may_be_one(c->row, c->former));
	else if (!strcmp(c->kind, "revised") || !strcmp(c->kind, "closed"))
		assert_true(was && is && !c->former);
	else if (!strcmp(c->kind, "opened"))
		assert_true(!was && is && rules->was_wanted(rules->context, c->row));
	else if (!strcmp(c->kind, "included"))
		assert_true(!was && is && !rules->was_wanted(rules->context, c->row));
	else if (!strcmp(c->kind, "expired"))
		assert_true(was && !is && maybe_past);
	else if (!strcmp(c->kind, "excluded"))
		assert_true(was && !is && !past && rules->is_gap(rules->context, c->row));
	else if (!strcmp(c->kind, "retracted"))
		assert_true(was && !is && !past && !rules->is_gap(rules->context, c->row));
	else
		fail_msg("no kind: %s", c->kind);
}

static int64_t end_of(const struct sent_row *row)
{
	return row->open ? INT64_MAX : row->on_ms;
}

static bool in_order(const struct change *a, const struct change *b)
{
	const int64_t x[] = {a->row->off_ms, a->row->mmsi, a->row->zone, end_of(a->row)};
	const int64_t y[] = {b->row->off_ms, b->row->mmsi, b->row->zone, end_of(b->row)};

	for (int i = 0; i < 4; i++) {
		if (x[i] != y[i])
			return x[i] < y[i];
	}
	return strcmp(a->kind, b->kind) <= 0;
}

static void check_changes(const struct sent *before, const struct sent *now,
                          const struct changes_rules *rules, const struct changes *changes)
{
	for (size_t i = 0; i < changes->count; i++) {
		const struct change *c = &changes->at[i];

		check_kind(before, now, rules, c);
		assert_true(!i || in_order(c - 1, c));
		for (size_t k = 0; k < i; k++) {
			assert_false(span_eq(sent_gap_id(changes->at[k].row), sent_gap_id(c->row)));
			assert_true(!c->former || changes->at[k].former != c->former);
		}
		/* none is left alone that could have been paired */
		for (size_t k = 0; k < changes->count && !c->former; k++) {
			const struct change *d = &changes->at[k];

			assert_false(!d->former && holds(before, c->row) && !holds(now, c->row) &&
			             holds(now, d->row) && !holds(before, d->row) &&
			             may_be_one(c->row, d->row));
		}
	}
}

static void changes_replay_to_what_holds_now(void **state)
{
	uint32_t trials = random_trials(20000);

	(void)state;
	for (uint32_t seed = 0; seed < trials; seed++) {
		struct random r = {seed};
		int salt = (int)random_below(&r, 2);
		struct changes_rules rules = {
		    .horizon_ms = START + (12 + (int64_t)random_below(&r, 4)) * HOUR_MS,
		    .is_gap = by_id,
		    .was_wanted = by_id,
		    .context = &salt};
		struct sent before = random_list(&r);
		struct sent now = random_list(&r);
		struct changes changes = {NULL, 0, 0};

		changes_find(&before, &now, &rules, &changes);
		check_changes(&before, &now, &rules, &changes);
		check_replay(&before, &now, &changes, &r);
		changes_free(&changes);
		changes_find(&now, &now, &rules, &changes);
		assert_int_equal(changes.count, 0);
		changes_free(&changes);
		sent_free(&before);
		sent_free(&now);
	}
}

/* each new row, by off time, takes the nearest that is left: by trying all */
static void pairs_are_those_that_trying_all_finds(void **state)
{
	uint32_t trials = random_trials(5000);

	(void)state;
	for (uint32_t seed = 0; seed < trials; seed++) {
		struct random r = {seed};
		struct sent before = {.count = 0};
		struct sent now = {.count = 0};
		struct changes changes = {NULL, 0, 0};
		int olds[64] = {0};

		for (int h = 0; h < 64; h++) {
			if (random_once_in(&r, 4))
				add(&before, (struct spec){1, 0, h, 90, 1, "A"});
			if (random_once_in(&r, 4))
				add(&now, (struct spec){1, 0, h, 90, 2, "A"});
		}
		for (size_t i = 0; i < before.count; i++)
			olds[(before.rows[i].off_ms - START) / HOUR_MS] = 1;
		sent_sort(&before);
		sent_sort(&now);
		changes_find(&before, &now, &PLAIN, &changes);
		for (size_t i = 0; i < changes.count; i++) {
			int off = (int)((changes.at[i].row->off_ms - START) / HOUR_MS);
			int best = -1;

			if (!strcmp(changes.at[i].kind, "retracted"))
				continue;
			for (int h = 0; h < 64; h++) {
				if (olds[h] && (best < 0 || abs(h - off) < abs(best - off)))
					best = h;
			}
			assert_true((best < 0) == !changes.at[i].former);
			if (best < 0)
				continue;
			assert_int_equal((changes.at[i].former->off_ms - START) / HOUR_MS, best);
			olds[best] = 0;
		}
		changes_free(&changes);
		sent_free(&before);
		sent_free(&now);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(nothing_changed_is_no_change),
	    cmocka_unit_test(a_new_gap_is_opened),
	    cmocka_unit_test(a_gap_that_ends_is_closed),
	    cmocka_unit_test(any_other_difference_is_a_revision),
	    cmocka_unit_test(a_late_report_moves_the_off_position),
	    cmocka_unit_test(only_what_may_be_one_gap_is_paired),
	    cmocka_unit_test(of_several_the_nearest_is_paired),
	    cmocka_unit_test(what_is_gone_is_told_by_why),
	    cmocka_unit_test(what_options_brought_in_is_no_news),
	    cmocka_unit_test(changes_stand_as_rows_of_a_report),
	    cmocka_unit_test(what_is_gone_is_shown_as_it_was),
	    cmocka_unit_test(what_one_side_does_not_know_is_not_compared),
	    cmocka_unit_test(evidence_is_revised_when_it_shows),
	    cmocka_unit_test(changes_replay_to_what_holds_now),
	    cmocka_unit_test(pairs_are_those_that_trying_all_finds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

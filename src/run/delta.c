#include "run/delta.h"

#include <stdlib.h>
#include <string.h>

#include "run/asked.h"

/* gaps of the fleet longer than a time, once anyone asks */
struct looked_up {
	int64_t min_gap_ms;
	bool found;
	struct gaps gaps;
};

/*
 * With which minimum gaps the fleet is looked through: G finds all there is but zone gaps whose off
 * an ordinary gap shares (track/zone_gaps.h), which the others may find.
 */
enum { BY_G, BY_NOW, BY_THEN, LOOKED_UP };

/* what the rules of changes.h ask of the fleet */
struct lookup {
	const struct view *view;
	bool older; /* the view is of an earlier time than the last delivery */
	struct looked_up by[LOOKED_UP];
	struct filter *old_filter; /* by the options of the last delivery; NULL: the same */
	struct aisgap_options old_options;
};

enum status delta_read(struct delta *delta, const char *path, bool *exists, struct diag *diag)
{
	return sent_read(path, &delta->before, exists, diag);
}

static int compare(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* by the first of the keys that gaps are ordered by, which one off position has to itself */
static int by_off(const void *key, const void *element)
{
	const struct sent_row *row = key;
	const struct gap *gap = element;

	if (row->off_ms != gap->off.t_ms)
		return compare(row->off_ms, gap->off.t_ms);
	if (row->mmsi != gap->mmsi)
		return compare(row->mmsi, gap->mmsi);
	return compare(row->zone, gap->zone);
}

static const struct gap *find(const struct gaps *gaps, const struct sent_row *row)
{
	if (!gaps->count)
		return NULL;
	return bsearch(row, gaps->at, gaps->count, sizeof *gaps->at, by_off);
}

static bool has_gap(const struct view *view, struct looked_up *by, const struct sent_row *row)
{
	if (!by->found)
		view_all(view, by->min_gap_ms, &by->gaps);
	by->found = true;
	return find(&by->gaps, row) != NULL;
}

/* what an earlier time does not show yet, nothing has disproved */
static bool is_gap(void *context, const struct sent_row *row)
{
	struct lookup *lookup = context;
	bool is = lookup->older || has_gap(lookup->view, &lookup->by[BY_G], row);

	for (int i = BY_NOW; i < LOOKED_UP && !is && row->zone; i++)
		is = has_gap(lookup->view, &lookup->by[i], row);
	return is;
}

/* whether the options of the last delivery took the gap in, which the report has now */
static bool was_wanted(void *context, const struct sent_row *row)
{
	struct lookup *lookup = context;
	const struct view *view = lookup->view;
	const struct gap *gap = find(&view->gaps, row);

	return gap && view_wants(view, &lookup->old_options, lookup->old_filter,
	                         (size_t)(gap - view->gaps.at));
}

/* the rows as they are reported now */
static void take_now(struct delta *delta, const struct view *view)
{
	sent_free(&delta->now);
	delta->now.settings = asked_text(view->options, view->watch->min_gap_ms, &delta->now.arena);
	for (size_t i = 0; i < view->gaps.count; i++) {
		struct record record;

		view_record(view, i, &record);
		sent_add(&delta->now, &view->gaps.at[i], &record);
	}
	sent_sort(&delta->now);
}

/* reads the options of the last delivery, where they were others */
static void recall_options(struct delta *delta, struct lookup *lookup, struct aisgap_ledger *ledger)
{
	struct arena *arena = &delta->now.arena;
	struct span differ;

	if (!delta->before.settings.len)
		return;
	differ = asked_differ(delta->before.settings, delta->now.settings, arena);
	if (!differ.len)
		return;
	asked_read(delta->before.settings, &lookup->old_options, arena);
	if (filter_new(&lookup->old_options, &lookup->old_filter, NULL) != ST_OK) {
		filter_free(lookup->old_filter);
		lookup->old_filter = NULL;
	}
	if (!delta->told)
		ledger_warn(ledger,
		            "%.*s changed since the last delivery: gaps that come in, go out or "
		            "read otherwise for that are called included, excluded and revised",
		            (int)differ.len, differ.ptr);
	delta->told = true;
}

static void set_minimums(struct lookup *lookup)
{
	const struct watch *watch = lookup->view->watch;

	lookup->by[BY_G].min_gap_ms = watch->params.gap_ms;
	lookup->by[BY_NOW].min_gap_ms = watch->min_gap_ms;
	/* never below G, which is what the zones of a fleet are cut by */
	lookup->by[BY_THEN].min_gap_ms = lookup->old_filter ? lookup->old_options.min_gap_ms : 0;
	if (lookup->by[BY_THEN].min_gap_ms < watch->params.gap_ms)
		lookup->by[BY_THEN].min_gap_ms = watch->min_gap_ms;
}

void delta_find(struct delta *delta, const struct view *view, struct aisgap_ledger *ledger)
{
	struct lookup lookup = {.view = view};
	struct changes_rules rules = {
	    .horizon_ms = view->fleet->horizon_ms, .is_gap = is_gap, .context = &lookup};

	take_now(delta, view);
	recall_options(delta, &lookup, ledger);
	set_minimums(&lookup);
	lookup.older = view->resolver->as_of_ms < asked_time_of(delta->before.settings);
	if (lookup.older && !delta->told_older)
		ledger_warn(ledger, "this is the report of an earlier time than the last that was "
		                    "delivered: gaps that it does not have are called excluded");
	delta->told_older = lookup.older;
	if (lookup.old_filter)
		rules.was_wanted = was_wanted;
	changes_free(&delta->changes);
	changes_find(&delta->before, &delta->now, &rules, &delta->changes);
	for (int i = 0; i < LOOKED_UP; i++)
		gaps_free(&lookup.by[i].gaps);
	filter_free(lookup.old_filter);
	delta->number = asked_number_of(delta->before.settings) + (delta->changes.count ? 1 : 0);
	delta->now.settings = asked_stamp(delta->now.settings, delta->number,
	                                  view->resolver->as_of_ms, &delta->now.arena);
}

void delta_record(const struct change *change, struct record *record)
{
	sent_record(change->row, record);
	record->change = change->kind;
	if (change->former) {
		struct record former;

		sent_record(change->former, &former);
		memcpy(record->former_gap_id, former.gap_id, sizeof record->former_gap_id);
	}
}

enum status delta_keep(const struct delta *delta, const char *path, struct diag *diag)
{
	return sent_write(path, &delta->now, diag);
}

void delta_advance(struct delta *delta)
{
	changes_free(&delta->changes);
	sent_free(&delta->before);
	delta->before = delta->now;
	delta->now = (struct sent){.count = 0};
}

void delta_free(struct delta *delta)
{
	sent_free(&delta->before);
	sent_free(&delta->now);
	changes_free(&delta->changes);
}

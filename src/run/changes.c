#include "run/changes.h"

#include <stdlib.h>

#include "base/mem.h"
#include "report/columns.h"

/* rows that have no row of the same id on the other side */
struct lone {
	const struct sent_row **at;
	size_t count;
};

struct finder {
	const struct changes_rules *rules;
	struct changes *changes;
	struct lone gone; /* of what was delivered */
	struct lone come; /* of what holds now */
};

static int compare(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* open gaps behind closed ones, as if they ended last */
static int by_end(const struct sent_row *a, const struct sent_row *b)
{
	if (a->open || b->open)
		return a->open - b->open;
	return compare(a->on_ms, b->on_ms);
}

static int by_key(const struct sent_row *a, const struct sent_row *b)
{
	int order = compare(a->mmsi, b->mmsi);

	return order ? order : a->zone - b->zone;
}

/* rows that may be one gap: of one MMSI and zone, with the same on time or both open */
static int by_pair(const struct sent_row *a, const struct sent_row *b)
{
	int order = by_key(a, b);

	return order ? order : by_end(a, b);
}

static int by_pair_and_off(const void *a, const void *b)
{
	const struct sent_row *x = *(const struct sent_row *const *)a;
	const struct sent_row *y = *(const struct sent_row *const *)b;
	int order = by_pair(x, y);

	if (!order)
		order = compare(x->off_ms, y->off_ms);
	return order ? order : span_cmp(sent_gap_id(x), sent_gap_id(y));
}

/* the order of a report; the id decides where nothing else does */
static int by_report(const void *a, const void *b)
{
	const struct change *x = a;
	const struct change *y = b;
	int order = compare(x->row->off_ms, y->row->off_ms);

	if (!order)
		order = by_key(x->row, y->row);
	if (!order)
		order = by_end(x->row, y->row);
	if (!order)
		order = strcmp(x->kind, y->kind);
	return order ? order : span_cmp(sent_gap_id(x->row), sent_gap_id(y->row));
}

static void add(struct finder *f, const char *kind, const struct sent_row *row,
                const struct sent_row *former)
{
	struct changes *c = f->changes;

	c->at = mem_grow(c->at, &c->cap, c->count + 1, 64, sizeof c->at[0]);
	c->at[c->count++] = (struct change){kind, row, former};
}

/* (whether it is open is a value, too) */
static bool is_same(const struct sent_row *a, const struct sent_row *b)
{
	for (size_t i = COLUMN_GAP_ID; i < column_count(); i++) {
		if (a->values[i].ptr && b->values[i].ptr && !span_eq(a->values[i], b->values[i]))
			return false;
	}
	return true;
}

static void add_same_id(struct finder *f, const struct sent_row *before, const struct sent_row *now)
{
	if (!is_same(before, now))
		add(f, before->open && !now->open ? "closed" : "revised", now, NULL);
}

/*
 * The report lacks it now. How a gap that began before the horizon and was open went is not known
 * any more: a late report may have filled it, or ended it before the horizon. Of a zone gap, what
 * was heard elsewhere then is forgotten, which made it one.
 */
static const char *gone_kind(const struct changes_rules *rules, const struct sent_row *row)
{
	if (!row->open && row->on_ms < rules->horizon_ms)
		return "expired";
	if (rules->is_gap(rules->context, row))
		return "excluded";
	return (row->open || row->zone) && row->off_ms < rules->horizon_ms ? "expired"
	                                                                   : "retracted";
}

static void add_gone(struct finder *f, const struct sent_row *row)
{
	add(f, gone_kind(f->rules, row), row, NULL);
}

/* the report lacked it before */
static void add_come(struct finder *f, const struct sent_row *row)
{
	const struct changes_rules *rules = f->rules;
	bool wanted = !rules->was_wanted || rules->was_wanted(rules->context, row);

	add(f, wanted ? "opened" : "included", row, NULL);
}

/* walks both lists by id: what stands in both is compared, the rest is kept for pairing */
static void match_ids(struct finder *f, const struct sent *before, const struct sent *now)
{
	size_t b = 0;
	size_t n = 0;

	while (b < before->count || n < now->count) {
		int order = b == before->count ? 1
		            : n == now->count  ? -1
		                               : span_cmp(sent_gap_id(&before->rows[b]),
		                                          sent_gap_id(&now->rows[n]));

		if (order < 0)
			f->gone.at[f->gone.count++] = &before->rows[b++];
		else if (order > 0)
			f->come.at[f->come.count++] = &now->rows[n++];
		else
			add_same_id(f, &before->rows[b++], &now->rows[n++]);
	}
}

/* how far apart two times are; the difference of any two fits */
static uint64_t distance(int64_t a, int64_t b)
{
	return a < b ? (uint64_t)b - (uint64_t)a : (uint64_t)a - (uint64_t)b;
}

/*
 * Rows that may be one gap, in the order of their off times. Each that came, in its turn, takes of
 * those that went and are still there the one whose off time is nearest, the earlier of two. Those
 * before it wait on a stack, its top the nearest; it lies at the front of `gone`, where those
 * lie that were looked at already.
 */
static void pair_group(struct finder *f, const struct sent_row **gone, size_t gone_count,
                       const struct sent_row *const *come, size_t come_count)
{
	size_t top = 0;
	size_t next = 0;

	for (size_t i = 0; i < come_count; i++) {
		int64_t off = come[i]->off_ms;

		while (next < gone_count && gone[next]->off_ms <= off)
			gone[top++] = gone[next++];
		if (!top && next == gone_count)
			add_come(f, come[i]);
		else if (!top || (next < gone_count && distance(gone[next]->off_ms, off) <
		                                           distance(gone[top - 1]->off_ms, off)))
			add(f, "revised", come[i], gone[next++]);
		else
			add(f, "revised", come[i], gone[--top]);
	}
	while (top)
		add_gone(f, gone[--top]);
	while (next < gone_count)
		add_gone(f, gone[next++]);
}

/* the rows from `from` that may be one gap with `row` */
static size_t run_length(const struct lone *rows, size_t from, const struct sent_row *row)
{
	size_t end = from;

	while (end < rows->count && by_pair(rows->at[end], row) == 0)
		end++;
	return end - from;
}

static void pair_rest(struct finder *f)
{
	size_t g = 0;
	size_t c = 0;

	while (g < f->gone.count || c < f->come.count) {
		const struct sent_row *first = g < f->gone.count ? f->gone.at[g] : f->come.at[c];
		size_t gone;
		size_t come;

		if (c < f->come.count && by_pair(f->come.at[c], first) < 0)
			first = f->come.at[c];
		gone = run_length(&f->gone, g, first);
		come = run_length(&f->come, c, first);
		pair_group(f, f->gone.at + g, gone, f->come.at + c, come);
		g += gone;
		c += come;
	}
}

static void sort_lone(struct lone *rows)
{
	if (rows->count)
		qsort(rows->at, rows->count, sizeof rows->at[0], by_pair_and_off);
}

void changes_find(const struct sent *before, const struct sent *now,
                  const struct changes_rules *rules, struct changes *changes)
{
	struct finder f = {.rules = rules, .changes = changes};

	f.gone.at = mem_new(before->count, sizeof f.gone.at[0]);
	f.come.at = mem_new(now->count, sizeof f.come.at[0]);
	match_ids(&f, before, now);
	sort_lone(&f.gone);
	sort_lone(&f.come);
	pair_rest(&f);
	if (changes->count)
		qsort(changes->at, changes->count, sizeof changes->at[0], by_report);
	free(f.gone.at);
	free(f.come.at);
}

void changes_free(struct changes *changes)
{
	free(changes->at);
	*changes = (struct changes){.count = 0};
}

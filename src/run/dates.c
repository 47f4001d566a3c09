#include "run/dates.h"

#include <string.h>

/* of rows that decide the date order, so many in a hundred may contradict the rest: broken rows */
enum { CONTRADICTION_PCT = 1 };

static bool same_columns(const struct input_entry *x, const struct input_entry *y)
{
	const struct column_map *a = &x->layout.header.map;
	const struct column_map *b = &y->layout.header.map;

	for (int f = 0; f < FIELD_COUNT; f++) {
		if (a->field[f].column != b->field[f].column)
			return false;
	}
	return a->columns == b->columns && strcmp(a->profile, b->profile) == 0;
}

bool dates_open(const struct tally *t)
{
	return t->day_first || t->month_first || t->either;
}

enum status dates_own(const struct input_entry *entry, enum when_order *order, struct diag *diag)
{
	const struct tally *t = &entry->tally;
	uint64_t deciding = t->day_first + t->month_first;
	bool day = t->day_first > t->month_first;
	uint64_t against = day ? t->month_first : t->day_first;

	*order = WHEN_ORDER_UNKNOWN;
	if (!deciding)
		return ST_OK;
	if (against * 100 > deciding * CONTRADICTION_PCT)
		return diag_set(diag, ST_USAGE,
		                "%s: %llu rows have dates that are only valid day first and %llu "
		                "only month first; say --time-format day-first or --time-format "
		                "month-first",
		                entry->name, (unsigned long long)t->day_first,
		                (unsigned long long)t->month_first);
	*order = day ? WHEN_DAY_FIRST : WHEN_MONTH_FIRST;
	return ST_OK;
}

/* the order of the texts with the same columns that vote; unknown when none does or they differ */
static enum when_order others(const struct aisgap_ledger *ledger, const struct input_entry *entry)
{
	bool day = false;
	bool month = false;

	for (size_t i = 0; i < ledger->input_count; i++) {
		const struct input_entry *other = &ledger->inputs[i];
		enum when_order order;

		if (!same_columns(entry, other) || dates_own(other, &order, NULL) != ST_OK)
			continue;
		day = day || order == WHEN_DAY_FIRST;
		month = month || order == WHEN_MONTH_FIRST;
	}
	return day == month ? WHEN_ORDER_UNKNOWN : day ? WHEN_DAY_FIRST : WHEN_MONTH_FIRST;
}

/* rows of the other order were not used */
static void settle(struct input_entry *entry, enum when_order order)
{
	struct tally *t = &entry->tally;
	uint64_t outside = order == WHEN_DAY_FIRST ? t->month_first : t->day_first;

	entry->order = order;
	t->by[ROW_OUTSIDE_ORDER] += outside;
	t->by[ROW_USED] -= outside < t->by[ROW_USED] ? outside : t->by[ROW_USED];
}

static enum status decide(struct aisgap_ledger *ledger, struct input_entry *entry,
                          struct diag *diag)
{
	const char *column = entry->layout.header.found[FIELD_TIME];
	enum when_order order;
	enum status status = dates_own(entry, &order, diag);

	if (status != ST_OK)
		return status;
	if (order == WHEN_ORDER_UNKNOWN)
		order = others(ledger, entry);
	if (order == WHEN_ORDER_UNKNOWN)
		return diag_set(diag, ST_USAGE,
		                "%s: the dates %s%.40s%s can be read day first or month first, and "
		                "no row decides; say --time-format day-first or --time-format "
		                "month-first",
		                entry->name, *column ? "in column \"" : "beside the sentences",
		                column, *column ? "\"" : "");
	settle(entry, order);
	return ST_OK;
}

enum status dates_decide(struct aisgap_ledger *ledger, struct diag *diag)
{
	enum status status = ST_OK;

	for (size_t i = 0; i < ledger->input_count && status == ST_OK; i++) {
		if (dates_open(&ledger->inputs[i].tally))
			status = decide(ledger, &ledger->inputs[i], diag);
	}
	return status;
}

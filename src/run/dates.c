#include "run/dates.h"

/* of rows that decide the date order, so many in a hundred may contradict the rest: broken rows */
enum { CONTRADICTION_PCT = 1 };

void dates_add(struct date_votes *votes, const struct tally *tally)
{
	votes->only_day_first += tally->day_first;
	votes->only_month_first += tally->month_first;
	votes->either += tally->either;
}

enum status dates_decide(const struct date_votes *votes, const struct input_entry *entry,
                         enum when_order *order, struct diag *diag)
{
	uint64_t deciding = votes->only_day_first + votes->only_month_first;
	bool day = votes->only_day_first > votes->only_month_first;
	uint64_t against = day ? votes->only_month_first : votes->only_day_first;

	*order = WHEN_ORDER_UNKNOWN;
	if (!deciding && !votes->either)
		return ST_OK;
	if (!deciding)
		return diag_set(diag, ST_USAGE,
		                "%s: the dates in column \"%.40s\" can be read day first or month "
		                "first, and no row decides; say --time-format day-first or "
		                "--time-format month-first",
		                entry->name, entry->layout.header.found[FIELD_TIME]);
	if (against * 100 > deciding * CONTRADICTION_PCT)
		return diag_set(diag, ST_USAGE,
		                "%s: %llu rows have dates that are only valid day first and %llu "
		                "only month first; say --time-format day-first or --time-format "
		                "month-first",
		                entry->name, (unsigned long long)votes->only_day_first,
		                (unsigned long long)votes->only_month_first);
	*order = day ? WHEN_DAY_FIRST : WHEN_MONTH_FIRST;
	return ST_OK;
}

void dates_settle(struct input_entry *entry, enum when_order order)
{
	struct tally *t = &entry->tally;
	uint64_t outside = order == WHEN_DAY_FIRST ? t->month_first : t->day_first;

	entry->order = order;
	t->by[ROW_OUTSIDE_ORDER] += outside;
	t->by[ROW_USED] -= outside < t->by[ROW_USED] ? outside : t->by[ROW_USED];
}

#include "run/feed.h"

#include <stdio.h>

/* what an input with many rows left out most likely is */
static const char *hint(const struct tally *t)
{
	if (t->by[ROW_OUT_OF_RANGE] * 2 > tally_bad(t)) {
		if (t->raw_units * 2 > t->by[ROW_OUT_OF_RANGE])
			return "; the positions look like raw AIS units: --map lat=COLUMN/600000 "
			       "--map lon=COLUMN/600000";
		return "; are latitude and longitude swapped? --map lat=COLUMN --map lon=COLUMN";
	}
	if (!t->by[ROW_USED] && t->by[ROW_NOT_A_SHIP])
		return "; if these ids are not meant to be MMSIs, use --any-id";
	return "";
}

/* the reason that left out most rows, for a message */
static enum row_outcome main_reason(const struct tally *t, int first)
{
	int most = first;

	for (int i = first; i < ROW_OUTCOMES; i++) {
		if (t->by[i] > t->by[most])
			most = i;
	}
	return (enum row_outcome)most;
}

static enum status check_input(struct aisgap_ledger *ledger, const struct input_entry *entry,
                               double max_bad_pct, struct diag *diag)
{
	const struct tally *t = &entry->tally;
	double pct = t->rows ? 100.0 * (double)tally_bad(t) / (double)t->rows : 0;
	enum row_outcome reason = main_reason(t, ROW_FIRST_BAD);
	char text[96];

	if (pct <= 1)
		return ST_OK;
	snprintf(text, sizeof text, "%llu of %llu rows cannot be read",
	         (unsigned long long)tally_bad(t), (unsigned long long)t->rows);
	if (pct > max_bad_pct)
		return diag_set(diag, ST_NO_FEED,
		                "%s: %s, most of them rows %s%s; more than --max-bad", entry->name,
		                text, row_outcome_info(reason)->text, hint(t));
	ledger_warn(ledger, "%s: %s, most of them rows %s%s", entry->name, text,
	            row_outcome_info(reason)->text, hint(t));
	return ST_OK;
}

static enum status no_report(const char *name, const struct tally *total, struct diag *diag)
{
	enum row_outcome reason = main_reason(total, ROW_STATIC);

	if (!total->rows)
		return diag_set(diag, ST_NO_FEED, "%s: no rows; expected position reports", name);
	return diag_set(diag, ST_NO_FEED,
	                "%s: no valid position report in %llu %s; most are rows %s%s", name,
	                (unsigned long long)total->rows, total->rows == 1 ? "row" : "rows",
	                row_outcome_info(reason)->text, hint(total));
}

enum status feed_check(struct aisgap_ledger *ledger, double max_bad_pct, struct diag *diag)
{
	struct tally total;
	enum status status = ST_OK;

	ledger_total(ledger, &total);
	if (!total.by[ROW_USED])
		return no_report(ledger->inputs[0].name, &total, diag);
	for (size_t i = 0; i < ledger->input_count && status == ST_OK; i++)
		status = check_input(ledger, &ledger->inputs[i], max_bad_pct, diag);
	return status;
}

#include "run/feed.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const char *untimed_hint(const struct input_entry *entry)
{
	if (entry->tally.notes[__builtin_ctz(NOTE_BAD_TAG)])
		return "; tag blocks whose checksum is wrong are not believed";
	if (entry->layout.format == FORMAT_NMEA)
		return "; a time can stand in a tag block (\\c:1418169601*hh\\), before or behind "
		       "the sentence, or in a $PGHP line; the UTC second alone is none";
	return "; a report needs a time of its own";
}

static const char *range_hint(const struct input_entry *entry)
{
	const struct tally *t = &entry->tally;

	if (entry->layout.format == FORMAT_NMEA)
		return "";
	if (t->notes[__builtin_ctz(NOTE_RAW_UNITS)] * 2 > t->by[ROW_OUT_OF_RANGE])
		return "; the positions look like raw AIS units: --map lat=COLUMN/600000 "
		       "--map lon=COLUMN/600000";
	return "; are latitude and longitude swapped? --map lat=COLUMN --map lon=COLUMN";
}

/* what an input with many rows left out, most of them for this reason, most likely is */
static const char *hint(const struct input_entry *entry, enum row_outcome reason)
{
	const struct tally *t = &entry->tally;

	if (reason == ROW_OUT_OF_RANGE && t->by[ROW_OUT_OF_RANGE] * 2 > tally_bad(t))
		return range_hint(entry);
	if (reason == ROW_NO_TIME || (!t->by[ROW_USED] && t->by[ROW_NO_TIME]))
		return untimed_hint(entry);
	if (!t->by[ROW_USED] && t->by[ROW_NOT_A_SHIP])
		return "; if these ids are not meant to be MMSIs, use --any-id";
	return "";
}

/* the reason that left out most rows, for a message */
static enum row_outcome main_reason(const struct tally *t, int first, bool untimed)
{
	int most = first;

	for (int i = first; i < ROW_OUTCOMES; i++) {
		if (t->by[i] > t->by[most] && (untimed || i != ROW_NO_TIME))
			most = i;
	}
	return (enum row_outcome)most;
}

/* " (the first, at byte 123: 367777550,2022-06-01...)": what the first bad row looks like */
static void quote(const struct tally *t, char *text, size_t size)
{
	text[0] = '\0';
	if (t->sample_count)
		snprintf(text, size, " (the first, at byte %llu: %.60s)",
		         (unsigned long long)t->samples[0].offset, t->samples[0].text);
}

/* decode writes untimed reports on purpose, and they are no fault of the file that it wrote */
static bool untimed_is_bad(const struct input_entry *entry, const struct feed_rule *rule)
{
	bool ours = strcmp(entry->layout.header.map.profile, "aisgap") == 0;

	return rule->untimed_is_bad && !ours;
}

static enum status check_input(struct aisgap_ledger *ledger, const struct input_entry *entry,
                               double max_bad_pct, const struct feed_rule *rule, struct diag *diag)
{
	const struct tally *t = &entry->tally;
	bool untimed = untimed_is_bad(entry, rule);
	uint64_t bad = tally_bad(t) - (untimed ? 0 : t->by[ROW_NO_TIME]);
	double pct = t->rows ? 100.0 * (double)bad / (double)t->rows : 0;
	enum row_outcome reason = main_reason(t, ROW_FIRST_BAD, untimed);
	char sample[SAMPLE_TEXT];
	char text[256];

	if (t->swallowed)
		ledger_warn(
		    ledger,
		    "%s: quoted cells hold %llu lines that look like rows; a quote may stand "
		    "where none belongs",
		    entry->name, (unsigned long long)t->swallowed);
	if (pct <= 1 && pct <= max_bad_pct)
		return ST_OK;
	quote(t, sample, sizeof sample);
	snprintf(text, sizeof text,
	         "%llu of %llu rows (%.1f %%) cannot be read, most of them rows %s",
	         (unsigned long long)bad, (unsigned long long)t->rows, pct,
	         row_outcome_info(reason)->text);
	if (pct > max_bad_pct)
		return diag_set(diag, ST_NO_FEED, "%s: %s%s; more than --max-bad %g%s", entry->name,
		                text, sample, max_bad_pct, hint(entry, reason));
	ledger_warn(ledger, "%s: %s%s%s", entry->name, text, sample, hint(entry, reason));
	return ST_OK;
}

static enum status refuse(const struct input_entry *entry, struct diag *diag)
{
	const struct tally *t = &entry->tally;
	enum row_outcome reason = main_reason(t, ROW_STATIC, true);
	char sample[SAMPLE_TEXT];

	if (!t->rows)
		return diag_set(diag, ST_NO_FEED, "%s: no rows; expected position reports",
		                entry->name);
	quote(t, sample, sizeof sample);
	return diag_set(diag, ST_NO_FEED,
	                "%s: no valid position report in %llu %s; most are rows %s%s%s",
	                entry->name, (unsigned long long)t->rows, t->rows == 1 ? "row" : "rows",
	                row_outcome_info(reason)->text, reason >= ROW_FIRST_BAD ? sample : "",
	                hint(entry, reason));
}

enum status feed_input_used(const struct input_entry *entry, struct diag *diag)
{
	return entry->tally.by[ROW_USED] ? ST_OK : refuse(entry, diag);
}

enum status feed_input_decoded(const struct input_entry *entry, struct diag *diag)
{
	const struct tally *t = &entry->tally;

	return t->by[ROW_USED] + t->by[ROW_STATIC] + t->by[ROW_NO_TIME] ? ST_OK
	                                                                : refuse(entry, diag);
}

const struct feed_rule FEED_DETECT = {feed_input_used, true};
const struct feed_rule FEED_DECODE = {feed_input_decoded, false};

/* no input was any use: why not */
static enum status useless(const struct aisgap_ledger *ledger, struct diag *diag)
{
	enum status status = ledger_failure(ledger, diag);

	return status != ST_OK ? status
	                       : diag_set(diag, ST_NO_FEED, "no input holds a position report");
}

enum status feed_check(struct aisgap_ledger *ledger, double max_bad_pct,
                       const struct feed_rule *rule, struct diag *diag)
{
	enum status status = ST_OK;
	size_t useful = 0;

	for (size_t i = 0; i < ledger->input_count && status == ST_OK; i++) {
		if (rule->check(&ledger->inputs[i], NULL) != ST_OK)
			continue;
		useful++;
		status = check_input(ledger, &ledger->inputs[i], max_bad_pct, rule, diag);
	}
	return status == ST_OK && !useful ? useless(ledger, diag) : status;
}

enum { WATCH_S = 60, WATCH_ROWS = 100 /* fewer say nothing of a feed */ };

bool feed_watch(struct feed_watch *w, const struct input_entry *entry, double max_bad_pct,
                double now_s, struct diag *diag)
{
	uint64_t rows = entry->tally.rows - w->rows;
	uint64_t bad = tally_bad(&entry->tally) - w->bad;

	if (now_s - w->looked_s < WATCH_S || rows < WATCH_ROWS)
		return true;
	*w = (struct feed_watch){entry->tally.rows, tally_bad(&entry->tally), now_s};
	if ((double)bad * 100 <= (double)rows * max_bad_pct)
		return true;
	diag_set(diag, ST_NO_FEED,
	         "%.200s: of the last %llu rows %llu cannot be read; is it still the same feed?",
	         entry->name, (unsigned long long)rows, (unsigned long long)bad);
	return false;
}

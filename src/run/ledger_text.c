/* The ledger as people and programs read it. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "aisgap/detect.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/utc.h"
#include "report/jsontext.h"
#include "report/sink.h"
#include "run/ledger.h"
#include "text/utf8.h"

enum { LINE = 512 };

__attribute__((format(printf, 2, 3))) static void put(struct sink *sink, const char *format, ...)
{
	char line[LINE];
	va_list args;

	va_start(args, format);
	vsnprintf(line, sizeof line, format, args);
	va_end(args);
	sink_text(sink, line);
}

/* the sink's bytes as a string for the caller; frees the sink */
static char *finish(struct sink *sink)
{
	struct span bytes = sink_bytes(sink);
	char *text = mem_new(bytes.len + 1, 1);

	memcpy(text, bytes.ptr, bytes.len);
	sink_abort(sink);
	return text;
}

static unsigned long long number(uint64_t n)
{
	return (unsigned long long)n;
}

static const char *plural(uint64_t n)
{
	return n == 1 ? "" : "s";
}

static const char *order_word(enum when_order order)
{
	return order == WHEN_DAY_FIRST     ? "day-first"
	       : order == WHEN_MONTH_FIRST ? "month-first"
	                                   : "";
}

static void put_notes(struct sink *sink, const struct tally *t)
{
	bool first = true;

	sink_text(sink, ",\"noted\":{");
	for (unsigned i = 0; i < ROW_NOTES; i++) {
		if (!t->notes[i])
			continue;
		put(sink, "%s\"%s\":%llu", first ? "" : ",", row_note_info(i)->key,
		    number(t->notes[i]));
		first = false;
	}
	sink_text(sink, "}");
}

static void put_outcomes(struct sink *sink, const struct tally *t)
{
	bool first = true;

	sink_text(sink, "\"left_out\":{");
	for (int i = ROW_USED + 1; i < ROW_OUTCOMES; i++) {
		if (!t->by[i])
			continue;
		put(sink, "%s\"%s\":%llu", first ? "" : ",",
		    row_outcome_info((enum row_outcome)i)->key, number(t->by[i]));
		first = false;
	}
	sink_text(sink, "}");
}

static void put_columns(struct sink *sink, const struct header *header)
{
	bool first = true;

	sink_text(sink, "\"columns\":{");
	for (int f = 0; f < FIELD_COUNT; f++) {
		const struct field_column *c = &header->map.field[f];
		char divisor[NUM_TEXT_SIZE];

		if (c->column < 0)
			continue;
		num_repr(c->divisor, divisor);
		put(sink, "%s\"%s\":{\"number\":%d,\"name\":", first ? "" : ",",
		    field_name((enum field)f), c->column + 1);
		jsontext_string(sink, span_of(header->found[f]));
		put(sink, ",\"divisor\":%s}", divisor);
		first = false;
	}
	sink_text(sink, "}");
}

static void put_samples(struct sink *sink, const struct tally *t)
{
	sink_text(sink, "\"bad_rows\":[");
	for (size_t i = 0; i < t->sample_count; i++) {
		put(sink, "%s{\"offset\":%llu,\"reason\":\"%s\",\"text\":", i ? "," : "",
		    number(t->samples[i].offset), row_outcome_info(t->samples[i].outcome)->key);
		jsontext_string(sink, span_of(t->samples[i].text));
		sink_text(sink, "}");
	}
	sink_text(sink, "]");
}

static void put_input(struct sink *sink, const struct input_entry *entry)
{
	sink_text(sink, "{\"name\":");
	jsontext_message(sink, span_of(entry->name));
	put(sink, ",\"bytes\":%llu,\"rows\":%llu,\"used\":%llu,", number(entry->bytes),
	    number(entry->tally.rows), number(entry->tally.by[ROW_USED]));
	put_outcomes(sink, &entry->tally);
	put_notes(sink, &entry->tally);
	put(sink, ",\"format\":\"%s\",\"profile\":", format_name(entry->layout.format));
	jsontext_string(sink, span_of(entry->layout.header.map.profile));
	sink_text(sink, ",");
	if (entry->layout.header.map.columns)
		put_columns(sink, &entry->layout.header);
	else
		sink_text(sink, "\"columns\":{}");
	put(sink, ",\"date_order\":\"%s\",", order_word(entry->order));
	put_samples(sink, &entry->tally);
	sink_text(sink, ",\"failure\":");
	jsontext_message(sink, span_of(entry->failure));
	sink_text(sink, "}");
}

static double megabytes_per_s(const struct aisgap_ledger *ledger)
{
	uint64_t bytes = 0;

	for (size_t i = 0; i < ledger->input_count; i++)
		bytes += ledger->inputs[i].bytes;
	return ledger->seconds > 0 ? (double)bytes / 1e6 / ledger->seconds : 0;
}

/* a member of a time, null where it is not known */
static void put_time(struct sink *sink, const char *name, bool known, int64_t t_ms)
{
	char time[UTC_TEXT_SIZE];

	if (known)
		utc_format(t_ms, time);
	put(sink, "\"%s\":%s%s%s,", name, known ? "\"" : "", known ? time : "null",
	    known ? "\"" : "");
}

char *aisgap_ledger_json(const struct aisgap_ledger *ledger)
{
	struct sink *sink = sink_memory();
	char seconds[NUM_TEXT_SIZE];
	char speed[NUM_TEXT_SIZE];

	num_fixed(ledger->seconds, 3, seconds);
	num_fixed(megabytes_per_s(ledger), 1, speed);
	put(sink, "{\"status\":%d,\"message\":", ledger->result);
	jsontext_message(sink, span_of(ledger->message));
	sink_text(sink, ",\"warnings\":[");
	for (size_t i = 0; i < ledger->warning_count; i++) {
		sink_text(sink, i ? "," : "");
		jsontext_message(sink, span_of(ledger->warnings[i]));
	}
	sink_text(sink, "],\"inputs\":[");
	for (size_t i = 0; i < ledger->input_count; i++) {
		sink_text(sink, i ? ",\n" : "\n");
		put_input(sink, &ledger->inputs[i]);
	}
	put(sink, "\n],\"vessels\":%zu,\"vessels_after_as_of\":%zu,\"gaps\":%zu,\"open\":%zu,",
	    ledger->vessels, ledger->vessels_after, ledger->gaps, ledger->open);
	put(sink, "\"reported\":%zu,\"due\":%zu,", ledger->rows, ledger->due);
	put_time(sink, "as_of", ledger->heard, ledger->as_of_ms);
	put_time(sink, "horizon", ledger->horizon_ms != INT64_MIN, ledger->horizon_ms);
	put(sink, "\"threads\":%u,\"seconds\":%s,\"mb_per_s\":%s}\n", ledger->threads, seconds,
	    speed);
	return finish(sink);
}

static void tell_count(struct sink *sink, uint64_t count, const char *what)
{
	if (count)
		put(sink, "  %12llu %s %s\n", number(count), count == 1 ? "row" : "rows", what);
}

static void tell_outcomes(struct sink *sink, const struct tally *t)
{
	for (int i = ROW_USED + 1; i < ROW_OUTCOMES; i++)
		tell_count(sink, t->by[i], row_outcome_info((enum row_outcome)i)->text);
	for (unsigned i = 0; i < ROW_NOTES; i++)
		tell_count(sink, t->notes[i], row_note_info(i)->text);
}

/* strangers' bytes on their way to a terminal */
static void put_clean(struct sink *sink, const char *raw)
{
	char clean[LINE * UTF8_CHAR_SIZE];

	sink_put(sink, (struct span){clean, utf8_clean(span_of(raw), LINE, clean)});
}

static void tell_columns(struct sink *sink, const struct header *header)
{
	for (int f = 0; f < FIELD_COUNT; f++) {
		const struct field_column *c = &header->map.field[f];

		if (c->column < 0)
			continue;
		put(sink, "    %-12s column %d ", field_name((enum field)f), c->column + 1);
		put_clean(sink, header->found[f]);
		if (c->divisor != 1) {
			char text[NUM_TEXT_SIZE];

			num_repr(c->divisor, text);
			put(sink, " divided by %s", text);
		}
		sink_text(sink, "\n");
	}
}

static void tell_input(struct sink *sink, const struct input_entry *entry)
{
	const struct header *header = &entry->layout.header;

	sink_text(sink, "  ");
	put_clean(sink, entry->name);
	put(sink, ": %llu rows, %s", number(entry->tally.rows), format_name(entry->layout.format));
	if (header->map.profile[0]) {
		sink_text(sink, ", profile ");
		put_clean(sink, header->map.profile);
	}
	put(sink, "%s%s\n", entry->order ? ", dates " : "", order_word(entry->order));
	if (entry->status != ST_OK) {
		sink_text(sink, "    not all of it was read: ");
		put_clean(sink, entry->failure);
		sink_text(sink, "\n");
	}
	if (header->map.columns)
		tell_columns(sink, header);
	for (size_t i = 0; i < entry->tally.sample_count; i++) {
		const struct sample *sample = &entry->tally.samples[i];

		put(sink, "    at byte %llu, a row %s: ", number(sample->offset),
		    row_outcome_info(sample->outcome)->text);
		put_clean(sink, sample->text);
		sink_text(sink, "\n");
	}
}

char *aisgap_ledger_text(const struct aisgap_ledger *ledger, bool verbose)
{
	struct sink *sink = sink_memory();
	char as_of[UTC_TEXT_SIZE] = "(no report)";
	struct tally total;

	ledger_total(ledger, &total);
	if (ledger->heard)
		utc_format(ledger->as_of_ms, as_of);
	if (ledger->input_count || !ledger->judged)
		put(sink, "%llu row%s read, %llu used%s", number(total.rows), plural(total.rows),
		    number(total.by[ROW_USED]), ledger->judged ? ", " : "");
	if (ledger->judged)
		put(sink, "%zu vessel%s, %zu gap%s (%zu open), as of %s", ledger->vessels,
		    plural(ledger->vessels), ledger->gaps, plural(ledger->gaps), ledger->open,
		    as_of);
	if (ledger->judged && ledger->rows != ledger->gaps)
		put(sink, ", %zu change%s", ledger->rows, plural(ledger->rows));
	sink_text(sink, "\n");
	tell_outcomes(sink, &total);
	if (ledger->vessels_after)
		put(sink, "  %12zu vessel%s with reports after that time: clocks may be wrong\n",
		    ledger->vessels_after, plural(ledger->vessels_after));
	for (size_t i = 0; verbose && i < ledger->input_count; i++)
		tell_input(sink, &ledger->inputs[i]);
	put(sink, "  %.2f s, %.0f MB/s, %u thread%s\n", ledger->seconds, megabytes_per_s(ledger),
	    ledger->threads, plural(ledger->threads));
	return finish(sink);
}

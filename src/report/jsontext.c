#include "report/jsontext.h"

#include <stdio.h>

#include "base/num.h"
#include "base/utc.h"
#include "report/columns.h"

enum { MESSAGE_CHARS = 1024 };

/* what a character of a cleaned text is written as; NULL for itself */
static const char *escape(char c)
{
	switch (c) {
	case '"':
		return "\\\"";
	case '\\':
		return "\\\\";
	case '<':
		return "\\u003c";
	case '>':
		return "\\u003e";
	case '&':
		return "\\u0026";
	default:
		return NULL;
	}
}

/* a cleaned text, which holds no control character */
static void put_string(struct sink *sink, struct span clean)
{
	size_t from = 0;

	sink_text(sink, "\"");
	for (size_t i = 0; i < clean.len; i++) {
		const char *escaped = escape(clean.ptr[i]);

		if (!escaped)
			continue;
		sink_put(sink, (struct span){clean.ptr + from, i - from});
		sink_text(sink, escaped);
		from = i + 1;
	}
	sink_put(sink, (struct span){clean.ptr + from, clean.len - from});
	sink_text(sink, "\"");
}

void jsontext_message(struct sink *sink, struct span raw)
{
	char clean[MESSAGE_CHARS * UTF8_CHAR_SIZE];

	put_string(sink, (struct span){clean, utf8_clean(raw, MESSAGE_CHARS, clean)});
}

void jsontext_string(struct sink *sink, struct span raw)
{
	char text[COLUMN_TEXT_SIZE];

	put_string(sink, column_text(raw, text));
}

static void put_list(struct sink *sink, struct span list)
{
	char text[COLUMN_TEXT_SIZE];
	struct span item = column_item(&list, text);

	sink_text(sink, "[");
	while (item.len) {
		put_string(sink, item);
		item = column_item(&list, text);
		if (item.len)
			sink_text(sink, ",");
	}
	sink_text(sink, "]");
}

static void put_text(struct sink *sink, struct span raw)
{
	char text[COLUMN_TEXT_SIZE];
	struct span clean = column_text(raw, text);

	if (clean.len)
		put_string(sink, clean);
	else
		sink_text(sink, "null");
}

static void put_value(struct sink *sink, const struct column *column, const struct record *record)
{
	char scratch[COLUMN_SCRATCH_SIZE];
	struct span value = column_value(column, record, scratch);

	if (column->kind == COLUMN_LIST)
		put_list(sink, value);
	else if (column->kind != COLUMN_NUMBER)
		put_text(sink, value);
	else if (value.len)
		sink_put(sink, value);
	else
		sink_text(sink, "null");
}

void jsontext_record(struct sink *sink, const struct record *record, bool changes)
{
	const struct column *column;
	size_t first = column_first(changes);

	for (size_t i = first; (column = column_at(i)); i++) {
		sink_text(sink, i > first ? ",\"" : "{\"");
		sink_text(sink, column->name);
		sink_text(sink, "\":");
		put_value(sink, column, record);
	}
	sink_text(sink, "}");
}

static void put_areas(struct sink *sink, const struct report_head *head)
{
	sink_text(sink, ",\"areas\":[");
	for (size_t i = 0; i < head->area_count; i++) {
		if (i)
			sink_text(sink, ",");
		jsontext_string(sink, span_of(head->areas[i]));
	}
	sink_text(sink, "]");
}

static void put_limit(struct sink *sink, const char *name, int64_t t_ms)
{
	char time[UTC_TEXT_SIZE];

	sink_text(sink, name);
	if (t_ms == INT64_MIN) {
		sink_text(sink, "null");
		return;
	}
	utc_format(t_ms, time);
	jsontext_string(sink, span_of(time));
}

/* which gaps were asked for, where not all were */
static void put_selection(struct sink *sink, const struct report_head *head)
{
	static const char *const NAMES[REPORT_FILTERS] = {"mmsi", "imo",   "flag",
	                                                  "type", "class", "verdict"};
	bool any = false;

	if (head->from_ms != INT64_MIN || head->to_ms != INT64_MIN) {
		put_limit(sink, ",\"window\":{\"from\":", head->from_ms);
		put_limit(sink, ",\"to\":", head->to_ms);
		sink_text(sink, ",\"by\":");
		jsontext_string(sink, span_of(head->by));
		sink_text(sink, "}");
	}
	for (int i = 0; i < REPORT_FILTERS; i++) {
		if (!head->filters[i])
			continue;
		sink_text(sink, any ? "," : ",\"filters\":{");
		jsontext_string(sink, span_of(NAMES[i]));
		sink_text(sink, ":");
		jsontext_string(sink, span_of(head->filters[i]));
		any = true;
	}
	if (any)
		sink_text(sink, "}");
}

/* what is no share of anything is left out */
static void put_prior(struct sink *sink, double prior)
{
	char text[NUM_TEXT_SIZE];

	if (!(prior > 0 && prior < 1))
		return;
	num_repr(prior, text);
	sink_text(sink, ",\"prior\":");
	sink_text(sink, text);
}

void jsontext_head(struct sink *sink, const struct report_head *head)
{
	char as_of[UTC_TEXT_SIZE];
	char hours[NUM_TEXT_SIZE];
	char text[160];

	utc_format(head->as_of_ms, as_of);
	/* seven decimals of an hour tell every millisecond */
	num_fixed((double)head->min_gap_ms / (double)HOUR_MS, 7, hours);
	snprintf(text, sizeof text, "\"schema_version\":%d,\"as_of\":\"%s\",\"min_gap_h\":%s",
	         RECORD_SCHEMA_VERSION, as_of, hours);
	sink_text(sink, text);
	put_prior(sink, head->prior);
	if (head->changes)
		sink_text(sink, ",\"changes\":true");
	if (head->everywhere)
		sink_text(sink, ",\"everywhere\":true");
	if (!head->everywhere || head->area_count)
		put_areas(sink, head);
	put_selection(sink, head);
}

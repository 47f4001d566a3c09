#include "state/sent.h"

#include <math.h>
#include <stdlib.h>

#include "base/num.h"
#include "report/columns.h"

void sent_free(struct sent *sent)
{
	free(sent->rows);
	arena_free(&sent->arena);
	*sent = (struct sent){.count = 0};
}

/* a record's value as it is shown, in the list's arena */
static struct span clean_value(struct sent *sent, const struct column *column,
                               const struct record *record)
{
	char scratch[COLUMN_SCRATCH_SIZE];
	char text[COLUMN_TEXT_SIZE];
	struct span value = column_value(column, record, scratch);
	char *joined;

	if (column->kind == COLUMN_TEXT)
		return arena_span(&sent->arena, column_text(value, text));
	if (column->kind != COLUMN_LIST)
		return arena_span(&sent->arena, value);
	joined = mem_new(COLUMN_LIST_SIZE(value.len), 1);
	value = arena_span(&sent->arena, column_list(value, joined));
	free(joined);
	return value;
}

void sent_add(struct sent *sent, const struct gap *gap, const struct record *record)
{
	struct span *values = arena_new(&sent->arena, column_count() * sizeof *values);

	for (size_t i = COLUMN_GAP_ID; i < column_count(); i++)
		values[i] = clean_value(sent, column_at(i), record);
	sent->rows = mem_grow(sent->rows, &sent->cap, sent->count + 1, 64, sizeof sent->rows[0]);
	sent->rows[sent->count++] = (struct sent_row){
	    .mmsi = gap->mmsi,
	    .off_ms = gap->off.t_ms,
	    .on_ms = gap->open ? 0 : gap->on.t_ms,
	    .zone = gap->zone,
	    .open = gap->open,
	    .values = values,
	};
}

struct span sent_gap_id(const struct sent_row *row)
{
	return row->values[COLUMN_GAP_ID];
}

static int by_gap_id(const void *a, const void *b)
{
	return span_cmp(sent_gap_id(a), sent_gap_id(b));
}

void sent_sort(struct sent *sent)
{
	size_t kept = 0;

	if (sent->count)
		qsort(sent->rows, sent->count, sizeof sent->rows[0], by_gap_id);
	for (size_t i = 0; i < sent->count; i++) {
		if (kept && by_gap_id(&sent->rows[i], &sent->rows[kept - 1]) == 0)
			continue;
		sent->rows[kept++] = sent->rows[i];
	}
	sent->count = kept;
}

/* the row's value in a column; empty when it is not known */
static struct span value_of(const struct sent_row *row, struct span name)
{
	size_t i;

	return column_find(name, &i) ? row->values[i] : (struct span){NULL, 0};
}

/* NAN when it is not known */
static double number_of(const struct sent_row *row, struct span name)
{
	double value;

	return num_double(value_of(row, name), &value) ? value : NAN;
}

void sent_record(const struct sent_row *row, struct record *record)
{
	*record = (struct record){
	    .open = row->open,
	    .confidence = NAN,
	    .reasons = value_of(row, SPAN("reasons")),
	    .mmsi = row->mmsi,
	    .flag = "",
	    .off = {.fix = {.t_ms = row->off_ms,
	                    .lat_deg = number_of(row, SPAN("off_lat")),
	                    .lon_deg = number_of(row, SPAN("off_lon"))},
	            .port = value_of(row, SPAN("off_port")),
	            .port_nm = number_of(row, SPAN("off_port_nm")),
	            .shore_nm = NAN},
	    .on = {.port_nm = NAN, .shore_nm = NAN},
	    .duration_h = number_of(row, SPAN("duration_h")),
	    .distance_nm = NAN,
	    .implied_speed_kn = NAN,
	    .heard_min_12h_before = -1,
	    .heard_min_12h_after = -1,
	    .likelihood_ratio = NAN,
	    .p_silent_if_on = NAN,
	    .others_heard = -1,
	    .others_silent = -1,
	    .kept = row->values,
	};
	span_copy(sent_gap_id(row), record->gap_id, sizeof record->gap_id);
	if (row->open)
		return;
	record->on.fix.t_ms = row->on_ms;
	record->on.fix.lat_deg = number_of(row, SPAN("on_lat"));
	record->on.fix.lon_deg = number_of(row, SPAN("on_lon"));
	record->on.port = value_of(row, SPAN("on_port"));
	record->on.port_nm = number_of(row, SPAN("on_port_nm"));
}

#include "input/reader.h"

#include <stdlib.h>

#include "ais/json_report.h"
#include "ais/nmea.h"
#include "base/mem.h"
#include "text/json_cut.h"
#include "text/record.h"

struct reader {
	const struct reader_plan *plan;
	bool (*next)(struct reader *reader, struct position_report *report,
	             struct reading *reading);
	const struct block *block;

	/* CSV */
	struct rows rows;
	struct row_cache cache;
	row_fn *read_row;

	/* lines: NMEA, JSON lines */
	size_t line;      /* where the next begins */
	struct span rest; /* JSON lines: of the line at hand */
	struct nmea *nmea;
	struct json_reader *json;
	struct json_cut cut; /* JSON lines: within the line */
	size_t record;       /* JSON: the next of the block's list */
};

void reader_plan(struct reader_plan *plan, const struct layout *layout,
                 const struct layout_options *options)
{
	*plan = (struct reader_plan){.layout = layout, .options = options};
	plan->rows.map = layout->header.map;
	plan->rows.when = options->when;
	plan->rows.any_id = options->any_id;
	if (plan->rows.when.order == WHEN_ORDER_UNKNOWN)
		plan->rows.when.order = layout->header.map.order;
	if (layout->format == FORMAT_CSV)
		row_plan_finish(&plan->rows);
	plan->in_order = layout->format == FORMAT_NMEA;
	plan->style = layout->format == FORMAT_CSV                     ? SPLIT_ROWS
	              : layout->format == FORMAT_NMEA || layout->lines ? SPLIT_LINES
	                                                               : SPLIT_JSON;
}

static void set_text(struct reading *reading, const struct block *block, struct span text)
{
	reading->text = text;
	reading->offset = block->offset + (uint64_t)(text.ptr - block->text);
}

static bool next_row(struct reader *r, struct position_report *report, struct reading *reading)
{
	struct row row;

	if (!rows_next(&r->rows, &row))
		return false;
	reading->outcome = r->read_row(&r->plan->rows, &row, &r->cache, report, &reading->row);
	reading->swallowed = row.swallowed;
	reading->offset = row.offset;
	if (reading->outcome >= ROW_FIRST_BAD)
		reading->text = row_text(&row);
	return true;
}

/* the next line that is not empty, without its end; false at the block's end */
static bool next_line(struct reader *r, struct span *line)
{
	const struct block *block = r->block;

	while (r->line < block->len) {
		const char *start = block->text + r->line;
		size_t len = record_line_end(start, block->len - r->line);

		r->line += len + 1;
		*line = (struct span){start, len};
		if (len)
			return true;
	}
	return false;
}

/* a block that is one record's beginning; given once */
static bool next_too_long(struct reader *r, struct reading *reading)
{
	if (r->line)
		return false;
	r->line = r->block->len;
	reading->outcome = ROW_LONG;
	set_text(reading, r->block, (struct span){r->block->text, r->block->len});
	return true;
}

static bool next_sentence(struct reader *r, struct position_report *report, struct reading *reading)
{
	struct span line;

	if (r->block->kind == BLOCK_TOO_LONG)
		return next_too_long(r, reading);
	while (next_line(r, &line)) {
		if (line.len > SPLIT_LINE_MAX)
			reading->outcome = ROW_LONG;
		else if (!nmea_line(r->nmea, line, &reading->outcome, report, &reading->row))
			continue;
		set_text(reading, r->block, line);
		return true;
	}
	return false;
}

static void read_json(struct reader *r, struct span record, struct position_report *report,
                      struct reading *reading)
{
	reading->outcome = record.len > SPLIT_LINE_MAX
	                       ? ROW_LONG
	                       : json_reader_read(r->json, record, report, &reading->row);
	set_text(reading, r->block, record);
}

/* of a line that is no plain record, the next record; what its end cuts off is one too */
static bool next_of_line(struct reader *r, struct span *record)
{
	while (r->rest.len) {
		struct json_record found;
		bool whole;
		size_t taken = json_cut_next(&r->cut, r->rest.ptr, r->rest.len, &whole, &found);
		struct span rest = {r->rest.ptr + taken, r->rest.len - taken};

		*record =
		    whole ? (struct span){r->rest.ptr + found.start, found.len} : span_trim(rest);
		r->rest = whole ? rest : (struct span){NULL, 0};
		if (record->len)
			return true;
	}
	return false;
}

static bool next_json_line(struct reader *r, struct position_report *report,
                           struct reading *reading)
{
	const struct block *block = r->block;
	struct span record;

	if (block->kind == BLOCK_TOO_LONG)
		return next_too_long(r, reading);
	while (!next_of_line(r, &record)) {
		struct span line;

		if (!next_line(r, &line))
			return false;
		if (line.len > SPLIT_LINE_MAX)
			reading->outcome = ROW_LONG;
		if (line.len > SPLIT_LINE_MAX ||
		    json_reader_plain(r->json, line, &reading->outcome, report, &reading->row)) {
			set_text(reading, block, line);
			return true;
		}
		r->rest = line;
		r->cut = (struct json_cut){0};
	}
	read_json(r, record, report, reading);
	return true;
}

static bool next_json(struct reader *r, struct position_report *report, struct reading *reading)
{
	const struct json_record *record = r->block->records + r->record;

	if (r->block->kind == BLOCK_TOO_LONG)
		return next_too_long(r, reading);
	if (r->record == r->block->record_count)
		return false;
	r->record++;
	read_json(r, (struct span){r->block->text + record->start, record->len}, report, reading);
	return true;
}

static struct json_reader *new_json(const struct reader_plan *plan)
{
	struct json_reader_options options = {
	    .columns = plan->options->columns,
	    .when = &plan->rows.when,
	    .any_id = plan->options->any_id,
	    .context = span_of(plan->layout->context),
	};

	return json_reader_new(&options);
}

static struct nmea *new_nmea(const struct reader_plan *plan)
{
	struct nmea_options options = {
	    .any_id = plan->options->any_id,
	    .when = &plan->options->when,
	    .has_clock = plan->layout->has_clock,
	};

	return nmea_new(&options);
}

struct reader *reader_new(const struct reader_plan *plan)
{
	struct reader *r = mem_new(1, sizeof *r);

	r->plan = plan;
	switch (plan->layout->format) {
	case FORMAT_NMEA:
		r->next = next_sentence;
		r->nmea = new_nmea(plan);
		break;
	case FORMAT_JSON:
		r->next = plan->layout->lines ? next_json_line : next_json;
		r->json = new_json(plan);
		break;
	default:
		r->next = next_row;
		r->read_row = row_reader();
	}
	return r;
}

void reader_free(struct reader *r)
{
	rows_free(&r->rows);
	nmea_free(r->nmea);
	json_reader_free(r->json);
	free(r);
}

void reader_begin(struct reader *r, const struct block *block)
{
	r->block = block;
	r->line = 0;
	r->rest = (struct span){NULL, 0};
	r->record = 0;
	if (r->read_row)
		rows_begin(&r->rows, block, r->plan->layout->header.delimiter);
}

bool reader_next(struct reader *r, struct position_report *report, struct reading *reading)
{
	/* nothing of the record before */
	report->has_position = false;
	reading->row.notes = 0;
	reading->row.message = 0;
	reading->swallowed = 0;
	return r->next(r, report, reading);
}

void reader_forget(struct reader *r)
{
	if (r->nmea)
		nmea_forget(r->nmea);
	if (r->json)
		json_reader_forget(r->json);
}

uint64_t reader_lone_parts(const struct reader *r)
{
	return r->nmea ? nmea_lone_parts(r->nmea) : 0;
}

#include "ais/json_report.h"

#include <stdlib.h>

#include "ais/json_shape.h"
#include "text/json_cut.h"

static const struct when_style DETECTED = {.order = WHEN_ORDER_UNKNOWN};

struct json_reader {
	struct shape_options options;
	struct column_values context;
	struct arena kept;  /* the context's texts */
	struct arena texts; /* the rows that reports point into */
	struct flat flat;
	struct shapes shapes;
	struct row_cache cache;
	row_fn *read;
};

/* the members of the input's first record, so that conditions can be asked of them */
static void read_context(struct json_reader *r, struct span text)
{
	struct json *doc;
	struct span *names;
	struct span *values;
	struct flat_name *paths;

	if (!text.len || !json_parse_record(text, &doc))
		return;
	flat_read(&r->flat, doc);
	names = arena_new(&r->kept, (r->flat.count + 1) * sizeof *names);
	values = arena_new(&r->kept, (r->flat.count + 1) * sizeof *values);
	paths = flat_names((struct span){r->flat.names, r->flat.len}, r->flat.count, &r->kept);
	for (size_t i = 0; i < r->flat.count; i++) {
		char *value = arena_new(&r->kept, flat_text_size(&r->flat.value[i]) + 1);

		names[i] = paths[i].path;
		values[i] =
		    (struct span){value, (size_t)(flat_text(&r->flat.value[i], value) - value)};
	}
	r->context = (struct column_values){names, values, r->flat.count};
	r->options.context = &r->context;
	json_free(doc);
}

struct json_reader *json_reader_new(const struct json_reader_options *options)
{
	struct json_reader *r = mem_new(1, sizeof *r);

	r->options = (struct shape_options){.columns = options->columns,
	                                    .when = options->when ? options->when : &DETECTED,
	                                    .any_id = options->any_id};
	r->read = row_reader();
	read_context(r, options->context);
	return r;
}

void json_reader_free(struct json_reader *r)
{
	if (!r)
		return;
	shapes_free(&r->shapes);
	flat_free(&r->flat);
	arena_free(&r->kept);
	arena_free(&r->texts);
	free(r);
}

void json_reader_forget(struct json_reader *r)
{
	arena_free(&r->texts);
}

/* cells as the rows of delimited text have them, with any byte for the delimiter */
struct cells {
	uint32_t ends[FIELD_COUNT + 1]; /* the first is the end before the first cell */
	char *text;
};

/* the record's cells in a text that lives until json_reader_forget */
static void put_cells(struct json_reader *r, const struct shape_plan *plan, struct cells *cells)
{
	size_t size = BLOCK_PADDING;
	char *out;

	for (uint32_t i = 0; i < plan->count; i++)
		size += 1 + (plan->value[i] == CELL_EMPTY
		                 ? 0
		                 : flat_text_size(&r->flat.value[plan->value[i]]));
	cells->text = arena_new(&r->texts, size);
	cells->ends[0] = UINT32_MAX;
	out = cells->text;
	for (uint32_t i = 0; i < plan->count; i++) {
		if (plan->value[i] != CELL_EMPTY)
			out = flat_text(&r->flat.value[plan->value[i]], out);
		cells->ends[i + 1] = (uint32_t)(out - cells->text);
		*out++ = '\0';
	}
}

static enum row_outcome read_flat(struct json_reader *r, struct position_report *report,
                                  struct row_reading *reading)
{
	const struct shape_plan *plan = shapes_find(&r->shapes, &r->options, &r->flat);
	struct row row = {.count = plan->count};
	struct cells cells;
	enum row_outcome outcome;

	reading->message = 0;
	if (!plan->has_id || shape_names_two(plan, &r->flat))
		return ROW_OTHER;
	put_cells(r, plan, &cells);
	row.base = cells.text;
	row.ends = cells.ends + 1;
	outcome = r->read(&plan->rows, &row, &r->cache, report, reading);
	if (outcome == ROW_NO_POSITION && !plan->has_position)
		return ROW_OTHER;
	return outcome;
}

bool json_reader_plain(struct json_reader *r, struct span text, enum row_outcome *outcome,
                       struct position_report *report, struct row_reading *reading)
{
	reading->notes = 0;
	if (!flat_read_plain(&r->flat, text))
		return false;
	*outcome = read_flat(r, report, reading);
	return true;
}

enum row_outcome json_reader_read(struct json_reader *r, struct span record,
                                  struct position_report *report, struct row_reading *reading)
{
	enum row_outcome outcome;
	struct json *doc;

	if (json_reader_plain(r, record, &outcome, report, reading))
		return outcome;
	if (!json_parse_record(record, &doc))
		return ROW_JSON;
	flat_read(&r->flat, doc);
	outcome = read_flat(r, report, reading);
	json_free(doc);
	return outcome;
}

/* the records of a head, one after the other */
struct head {
	struct span rest;  /* lines: of the line at hand */
	struct span lines; /* behind it */
	struct json_cut cut;
};

static bool next_record(struct head *head, struct span *text)
{
	for (;;) {
		struct json_record record;
		bool found;
		size_t taken =
		    json_cut_next(&head->cut, head->rest.ptr, head->rest.len, &found, &record);

		if (found) {
			*text = (struct span){head->rest.ptr + record.start, record.len};
			head->rest.ptr += taken;
			head->rest.len -= taken;
			return true;
		}
		if (!head->lines.len)
			return false;
		span_cut(head->lines, '\n', &head->rest, &head->lines);
		head->cut = (struct json_cut){0};
	}
}

/* what was found out of one record */
struct finding {
	enum status status;
	struct column_map map;
	struct json_rivals rivals;
	char found[FIELD_COUNT][48];
	struct diag diag;
	int needed; /* how many of the needed fields it has; -1: no record yet */
};

static int count_needed(const struct column_map *map)
{
	int count = 0;

	for (int f = FIELD_MMSI; f <= FIELD_LON; f++)
		count += map->field[f].column >= 0;
	return count;
}

static void keep_names(const struct flat_name *names, struct finding *finding)
{
	for (int f = 0; f < FIELD_COUNT; f++) {
		int column = finding->map.field[f].column;

		finding->found[f][0] = '\0';
		if (column >= 0)
			span_copy(names[column].path, finding->found[f], sizeof finding->found[f]);
	}
}

/* false when the text is no record */
static bool find_out(struct json_reader *r, struct span text, struct finding *finding)
{
	struct arena arena = {NULL, 0};
	struct flat_name *names;
	struct json *doc;

	if (text.len > JSON_RECORD_MAX || !json_parse_record(text, &doc))
		return false;
	finding->diag.text[0] = '\0';
	flat_read(&r->flat, doc);
	finding->status = shape_map(&r->options, &r->flat, &arena, &names, &finding->map,
	                            &finding->rivals, &finding->diag);
	finding->needed = count_needed(&finding->map);
	keep_names(names, finding);
	json_free(doc);
	arena_free(&arena);
	return true;
}

/* the best of the head's records: the first that lacks nothing, else the first that lacks least */
static void find_best(struct head *head, struct json_reader *r, struct finding *best,
                      struct span *context)
{
	struct finding *finding = mem_new(1, sizeof *finding);
	bool first = !r->options.context;
	struct span text;

	best->needed = -1;
	for (int f = 0; f < FIELD_COUNT; f++)
		best->map.field[f] = (struct field_column){-1, 1};
	while ((best->needed < 0 || best->status != ST_OK) && next_record(head, &text)) {
		if (!find_out(r, text, finding))
			continue;
		if (first && finding->map.field[FIELD_MMSI].column < 0) {
			*context = text;
			read_context(r, text);
		}
		first = false;
		if (finding->needed > best->needed || finding->status == ST_OK)
			*best = *finding;
	}
	free(finding);
}

enum status json_detect(struct span head, const char *name,
                        const struct json_reader_options *options, struct column_map *map,
                        char found[FIELD_COUNT][48], struct span *context, struct diag *diag)
{
	struct json_reader *r = json_reader_new(options);
	struct finding *best = mem_new(1, sizeof *best);
	struct head records = {.rest = head};
	enum status status = ST_OK;

	if (json_is_lines(head))
		records = (struct head){.lines = head};
	*context = options->context;
	find_best(&records, r, best, context);
	*map = best->map;
	memcpy(found, best->found, sizeof best->found);
	if (best->needed < 0)
		status = diag_set(diag, ST_NO_FEED,
		                  "%s: no whole JSON object in its first %zu bytes; expected "
		                  "records with MMSI, time, latitude and longitude",
		                  name, head.len);
	else if (best->status != ST_OK)
		status = diag_set(diag, best->status, "%s: %.400s", name, best->diag.text);
	free(best);
	json_reader_free(r);
	return status;
}

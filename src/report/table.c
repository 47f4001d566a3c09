/*
 * A table for people at a terminal: what one reads first, fitted to the width there is. Times are
 * shortened to minutes (cut, not rounded), positions to a hundredth of a degree, hours to a tenth.
 * Widths depend on every row, so all rows are held until the end.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/utc.h"
#include "report/columns.h"
#include "report/formats.h"

static const char ELLIPSIS[] = "\xE2\x80\xA6"; /* U+2026 */

enum {
	CELL_SIZE = COLUMN_TEXT_SIZE + 64,
	SPACE_BETWEEN = 2,
	LEAST_TEXT = 8, /* a text asked for by --columns is never narrower, in terminal columns */
	RANKS = 10,
	MINUTE_CHARS = sizeof "2026-01-06 12:14Z" - 1,
};

/* one column of the table */
struct view {
	const char *name; /* the header, and the record's column unless `get` is set */
	size_t least;     /* may be narrowed to this many terminal columns; 0 is never narrowed */
	int rank; /* 0 is always shown; of the others the small ones first, while there is room */
	struct span (*get)(const struct record *record, char cell[CELL_SIZE]);
	const struct column *column;
	size_t natural; /* terminal columns of the widest cell */
	size_t width;   /* and of what is shown; 0 is left out */
};

struct row {
	struct row *next;
	struct span cells[];
};

struct table {
	struct view views[COLUMNS_MAX];
	size_t count;
	struct arena arena;
	struct row *first;
	struct row **last;
	size_t rows;
	size_t open;
	size_t limit; /* terminal columns; 0 is no limit */
	bool color;
	int64_t as_of_ms;
	int64_t min_gap_ms;
	bool marked; /* a time has a star */
	bool changes;
};

/* "2026-01-06 12:14Z" from an RFC 3339 time, which may lie in the cell itself */
static struct span minute(struct span time, char *cell)
{
	memmove(cell, time.ptr, MINUTE_CHARS);
	cell[10] = ' ';
	cell[MINUTE_CHARS - 1] = 'Z';
	return (struct span){cell, MINUTE_CHARS};
}

/* "42.31N 131.90E" */
static struct span position(const struct fix *fix, char *cell)
{
	int lat = (int)lround(fabs(fix->lat_deg) * 100);
	int lon = (int)lround(fabs(fix->lon_deg) * 100);
	int length = snprintf(cell, CELL_SIZE, "%d.%02d%c %d.%02d%c", lat / 100, lat % 100,
	                      fix->lat_deg < 0 ? 'S' : 'N', lon / 100, lon % 100,
	                      fix->lon_deg < 0 ? 'W' : 'E');

	return (struct span){cell, (size_t)length};
}

/* "Slavyanka 12.5 nm" */
static struct span near_port(const struct record_end *end, char *cell)
{
	struct span name = column_text(end->port, cell);
	char distance[NUM_TEXT_SIZE];

	if (!name.len || !isfinite(end->port_nm))
		return name;
	num_fixed(end->port_nm, 1, distance);
	name.len += (size_t)snprintf(cell + name.len, CELL_SIZE - name.len, " %s nm", distance);
	return name;
}

static struct span off_position(const struct record *record, char cell[CELL_SIZE])
{
	return position(&record->off.fix, cell);
}

static struct span on_position(const struct record *record, char cell[CELL_SIZE])
{
	return record->open ? (struct span){NULL, 0} : position(&record->on.fix, cell);
}

static struct span off_port(const struct record *record, char cell[CELL_SIZE])
{
	return near_port(&record->off, cell);
}

static struct span on_port(const struct record *record, char cell[CELL_SIZE])
{
	return record->open ? (struct span){NULL, 0} : near_port(&record->on, cell);
}

static struct span duration(const struct record *record, char cell[CELL_SIZE])
{
	if (record->open)
		return SPAN("open");
	if (!isfinite(record->duration_h))
		return (struct span){NULL, 0};
	return (struct span){cell, (size_t)num_fixed(record->duration_h, 1, cell)};
}

static const struct view READABLE[] = {
    {.name = "change"}, /* with --changes alone */
    {.name = "area", .least = 8},
    {.name = "verdict", .rank = 1},
    {.name = "confidence", .rank = 4},
    {.name = "mmsi"},
    {.name = "name", .rank = 2, .least = 12},
    {.name = "flag", .rank = 7},
    {.name = "off_time"},
    {.name = "on_time", .rank = 3},
    {.name = "duration_h", .get = duration},
    {.name = "off_position", .rank = 6, .get = off_position},
    {.name = "off_port", .rank = 5, .least = 10, .get = off_port},
    {.name = "on_position", .rank = 9, .get = on_position},
    {.name = "on_port", .rank = 8, .least = 10, .get = on_port},
};

static bool is_text(const struct column *column)
{
	return column->kind == COLUMN_TEXT || column->kind == COLUMN_LIST;
}

/* its end was reported after the time at which open gaps are judged */
static bool ends_after_as_of(const struct record *record)
{
	struct span rest = record->reasons;
	struct span code;

	while (rest.len) {
		span_cut(rest, ';', &code, &rest);
		if (span_eq(code, SPAN("after_as_of")))
			return true;
	}
	return false;
}

/* such a time gets a star, which the last line explains */
static struct span marked(struct span time, bool mark, char *cell)
{
	if (mark)
		cell[time.len++] = '*';
	return time;
}

static struct span plain_cell(const struct column *column, const struct record *record, char *cell)
{
	struct span value = column_value(column, record, cell);
	char text[COLUMN_TEXT_SIZE];

	if (column->kind == COLUMN_TIME && value.len)
		return marked(minute(value, cell), column->of == OF_ON && ends_after_as_of(record),
		              cell);
	if (column->kind == COLUMN_TIME && column->of == OF_ON && record->open)
		return SPAN("still silent");
	if (!is_text(column))
		return value;
	value = column_text(value, text);
	if (value.len)
		memcpy(cell, value.ptr, value.len);
	return (struct span){cell, value.len};
}

static void add_view(struct table *table, struct view view)
{
	view.column = column_find(span_of(view.name), NULL);
	view.natural = strlen(view.name);
	table->views[table->count++] = view;
}

static void *table_begin(struct sink *sink, const struct report_head *head,
                         const struct writer_options *options)
{
	struct table *table = mem_new(1, sizeof *table);

	(void)sink;
	table->last = &table->first;
	table->limit = options->width > 0 ? (size_t)options->width : 0;
	table->color = options->color;
	table->as_of_ms = head->as_of_ms;
	table->min_gap_ms = head->min_gap_ms;
	table->changes = head->changes;
	for (size_t i = head->changes ? 0 : 1;
	     !options->columns && i < sizeof READABLE / sizeof READABLE[0]; i++)
		add_view(table, READABLE[i]);
	for (size_t i = 0; options->columns && i < options->column_count; i++) {
		const struct column *column = column_at(options->columns[i]);

		add_view(table, (struct view){.name = column->name,
		                              .least = is_text(column) ? LEAST_TEXT : 0});
	}
	return table;
}

static void table_row(void *state, struct sink *sink, const struct record *record)
{
	struct table *table = state;
	struct row *row =
	    arena_new(&table->arena, sizeof *row + table->count * sizeof row->cells[0]);

	(void)sink;
	for (size_t i = 0; i < table->count; i++) {
		struct view *view = &table->views[i];
		char text[CELL_SIZE];
		struct span cell =
		    view->get ? view->get(record, text) : plain_cell(view->column, record, text);
		size_t width = utf8_width(cell);

		row->cells[i] = arena_span(&table->arena, cell);
		view->natural = width > view->natural ? width : view->natural;
	}
	*table->last = row;
	table->last = &row->next;
	table->rows++;
	table->open += record->open;
	table->marked = table->marked || ends_after_as_of(record);
}

static size_t narrowest(const struct view *view)
{
	size_t head = strlen(view->name);
	size_t least = view->least > head ? view->least : head;

	return view->least && least < view->natural ? least : view->natural;
}

/* chooses the views of a rank that there is room for, at their narrowest; returns the width so far
 */
static size_t choose(struct table *table, int rank, size_t used)
{
	for (size_t i = 0; i < table->count; i++) {
		struct view *view = &table->views[i];
		size_t width = narrowest(view) + (used ? SPACE_BETWEEN : 0);

		if (view->rank != rank)
			continue;
		if (rank && table->limit && used + width > table->limit)
			continue;
		view->width = narrowest(view);
		used += width;
	}
	return used;
}

/* widens what was narrowed, evenly, while there is room; true when something changed */
static bool widen(struct table *table, size_t *used)
{
	bool changed = false;

	for (size_t i = 0; i < table->count; i++) {
		struct view *view = &table->views[i];

		if (!view->width || view->width >= view->natural)
			continue;
		if (table->limit && *used >= table->limit)
			continue;
		view->width++;
		++*used;
		changed = true;
	}
	return changed;
}

static void put_spaces(struct sink *sink, size_t n)
{
	for (size_t i = 0; i < n; i++)
		sink_put(sink, SPAN(" "));
}

/* puts a cell, cut to the view's width; *pending is the space due before the next cell, if any */
static void put_cell(struct sink *sink, const struct view *view, struct span cell, size_t *pending)
{
	bool right = view->column && view->column->kind == COLUMN_NUMBER;
	bool cut = utf8_width(cell) > view->width;
	struct span shown = cut ? utf8_fit(cell, view->width - 1) : cell;
	size_t spare = view->width - utf8_width(shown) - cut;

	if (right)
		*pending += spare;
	if (shown.len || cut) {
		put_spaces(sink, *pending);
		*pending = 0;
	}
	sink_put(sink, shown);
	sink_text(sink, cut ? ELLIPSIS : "");
	*pending += SPACE_BETWEEN + (right ? 0 : spare);
}

static void put_header(const struct table *table, struct sink *sink)
{
	size_t pending = 0;

	sink_text(sink, table->color ? "\033[1m" : "");
	for (size_t i = 0; i < table->count; i++) {
		if (table->views[i].width)
			put_cell(sink, &table->views[i], span_of(table->views[i].name), &pending);
	}
	sink_text(sink, table->color ? "\033[0m\n" : "\n");
}

static void put_row(const struct table *table, struct sink *sink, const struct row *row)
{
	size_t pending = 0;

	for (size_t i = 0; i < table->count; i++) {
		if (table->views[i].width)
			put_cell(sink, &table->views[i], row->cells[i], &pending);
	}
	sink_text(sink, "\n");
}

/* "6 h", "90 min", "10 s": the largest unit that it is a whole number of */
static void put_length(int64_t ms, char text[NUM_TEXT_SIZE + 8])
{
	bool hours = ms % HOUR_MS == 0;
	bool minutes = ms % MINUTE_MS == 0;
	int64_t unit = hours ? HOUR_MS : minutes ? MINUTE_MS : 1000;
	int len = num_fixed((double)ms / (double)unit, 3, text);

	memcpy(text + len, hours ? " h" : minutes ? " min" : " s", hours ? 3 : minutes ? 5 : 3);
}

/* "3 gaps longer than 6 h, 1 still silent at 2026-01-06 12:14Z", or "2 changes of gaps ...", some
 * of which may be gaps no longer */
static void put_count(const struct table *table, struct sink *sink)
{
	char as_of[UTC_TEXT_SIZE];
	char length[NUM_TEXT_SIZE + 8];
	char text[200];
	const char *plural = table->rows == 1 ? "" : "s";
	struct span time = {as_of, (size_t)utc_format(table->as_of_ms, as_of)};

	time = minute(time, as_of);
	put_length(table->min_gap_ms, length);
	if (table->changes)
		snprintf(text, sizeof text, "%zu change%s of gaps longer than %s, as of %.*s\n",
		         table->rows, plural, length, (int)time.len, time.ptr);
	else
		snprintf(text, sizeof text, "%zu gap%s longer than %s, %zu still silent at %.*s\n",
		         table->rows, plural, length, table->open, (int)time.len, time.ptr);
	sink_text(sink, text);
	if (table->marked)
		sink_text(sink,
		          "* heard again only after that time: the clock of that report may be "
		          "wrong\n");
}

static void table_end(void *state, struct sink *sink)
{
	struct table *table = state;
	size_t used = 0;

	for (int rank = 0; rank < RANKS; rank++)
		used = choose(table, rank, used);
	while (widen(table, &used))
		;
	if (table->rows)
		put_header(table, sink);
	for (const struct row *row = table->first; row; row = row->next)
		put_row(table, sink, row);
	put_count(table, sink);
	arena_free(&table->arena);
	free(table);
}

const struct writer writer_table = {
    .name = "table",
    .endings = "txt",
    .purpose = "a table to read at a terminal, fitted to its width",
    .takes_columns = true,
    .begin = table_begin,
    .row = table_row,
    .end = table_end,
};

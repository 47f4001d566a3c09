/*
 * CSV by RFC 4180, except that a line ends in LF alone. One header row; a cell that holds a comma
 * or a quote stands in quotes, quotes within it doubled; unknown is an empty cell.
 *
 * Text cells (csvtext.h) are reasons, area, name, callsign, ship_type, off_port and on_port.
 * Numbers, times and codes are never changed: a longitude of -131.9 is written so.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "report/columns.h"
#include "report/csvtext.h"
#include "report/formats.h"

struct csv {
	const struct column *columns[COLUMNS_MAX];
	size_t count;
};

static void put_list(struct sink *sink, struct span list)
{
	char *joined = mem_new(COLUMN_LIST_SIZE(list.len), 1);

	csvtext_put(sink, column_list(list, joined));
	free(joined);
}

static void put_cell(struct sink *sink, const struct column *column, const struct record *record)
{
	char scratch[COLUMN_SCRATCH_SIZE];
	char text[COLUMN_TEXT_SIZE];
	struct span value = column_value(column, record, scratch);

	if (column->kind == COLUMN_LIST)
		put_list(sink, value);
	else if (column->kind == COLUMN_TEXT)
		csvtext_put(sink, column_text(value, text));
	else
		sink_put(sink, value);
}

static void *csv_begin(struct sink *sink, const struct report_head *head,
                       const struct writer_options *options)
{
	struct csv *csv = mem_new(1, sizeof *csv);
	const struct column *column;

	for (size_t i = column_first(head->changes); (column = column_at(i)) && !options->columns;
	     i++)
		csv->columns[csv->count++] = column;
	for (size_t i = 0; options->columns && i < options->column_count; i++)
		csv->columns[csv->count++] = column_at(options->columns[i]);
	for (size_t i = 0; i < csv->count; i++) {
		sink_text(sink, i ? "," : "");
		sink_text(sink, csv->columns[i]->name);
	}
	sink_text(sink, "\n");
	return csv;
}

static void csv_row(void *state, struct sink *sink, const struct record *record)
{
	const struct csv *csv = state;

	for (size_t i = 0; i < csv->count; i++) {
		sink_text(sink, i ? "," : "");
		put_cell(sink, csv->columns[i], record);
	}
	sink_text(sink, "\n");
}

static void csv_end(void *state, struct sink *sink)
{
	(void)sink;
	free(state);
}

const struct writer writer_csv = {
    .name = "csv",
    .endings = "csv",
    .purpose = "comma-separated values, one row for each gap, safe to open in a spreadsheet",
    .takes_columns = true,
    .streams = true,
    .begin = csv_begin,
    .row = csv_row,
    .end = csv_end,
};

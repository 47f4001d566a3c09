/*
 * CSV by RFC 4180, except that a line ends in LF alone. One header row; a cell that holds a comma
 * or a quote stands in quotes, quotes within it doubled; unknown is an empty cell.
 *
 * A spreadsheet runs a cell that begins like a formula, and a ship chooses its own name. So, as
 * OWASP advises ("CSV Injection", owasp.org/www-community/attacks/CSV_Injection), a text cell is
 * written with an apostrophe before it when, after blanks if any, it begins with one of = + - @ or
 * their full-width forms. (Tabs and line ends, of which OWASP warns too, are never written: a text
 * holds a space instead.) A text cell that begins with an apostrophe of its own gets one more.
 * To read back: where a text cell begins with an apostrophe, drop that one; all else is as it was.
 *
 * Text cells are reasons, area, name, callsign, ship_type, off_port and on_port. Numbers, times and
 * codes are never changed: a longitude of -131.9 is written so.
 *
 * The advice holds for a program that takes the comma for what separates cells, as it must.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "report/columns.h"
#include "report/formats.h"

struct csv {
	const struct column *columns[COLUMNS_MAX];
	size_t count;
};

static bool is_blank(uint32_t c)
{
	return c == ' ' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
	       c == 0x202F || c == 0x205F || c == 0x3000;
}

static bool starts_formula(uint32_t c)
{
	return c == '=' || c == '+' || c == '-' || c == '@' || c == 0xFF1D || c == 0xFF0B ||
	       c == 0xFF0D || c == 0xFF20;
}

static bool needs_apostrophe(struct span clean)
{
	uint32_t c = ' ';

	if (clean.len && clean.ptr[0] == '\'')
		return true;
	while (clean.len && is_blank(c))
		c = utf8_next(&clean);
	return starts_formula(c);
}

static void put_doubled(struct sink *sink, struct span text)
{
	struct span head;

	while (span_cut(text, '"', &head, &text)) {
		sink_put(sink, head);
		sink_text(sink, "\"\"");
	}
	sink_put(sink, head);
}

static void put_text(struct sink *sink, struct span clean)
{
	bool quoted =
	    clean.len && (memchr(clean.ptr, ',', clean.len) || memchr(clean.ptr, '"', clean.len));

	if (quoted)
		sink_text(sink, "\"");
	if (needs_apostrophe(clean))
		sink_text(sink, "'");
	put_doubled(sink, clean);
	if (quoted)
		sink_text(sink, "\"");
}

/* the items of a list, each clean, joined again */
static void put_list(struct sink *sink, struct span list)
{
	size_t most = (list.len + 1) * (UTF8_CHAR_SIZE + 1);
	char *joined = mem_new(most, 1);
	char text[COLUMN_TEXT_SIZE];
	struct span item;
	size_t used = 0;

	while ((item = column_item(&list, text)).len) {
		if (used)
			joined[used++] = ';';
		memcpy(joined + used, item.ptr, item.len);
		used += item.len;
	}
	put_text(sink, (struct span){joined, used});
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
		put_text(sink, column_text(value, text));
	else
		sink_put(sink, value);
}

static void *csv_begin(struct sink *sink, const struct report_head *head,
                       const struct writer_options *options)
{
	struct csv *csv = mem_new(1, sizeof *csv);
	const struct column *column;

	(void)head;
	for (size_t i = 0; (column = column_at(i)) && !options->columns; i++)
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
    .begin = csv_begin,
    .row = csv_row,
    .end = csv_end,
};

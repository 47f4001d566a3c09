#include "text/rows.h"

#include <string.h>

#include "text/record.h"

void rows_free(struct rows *rows)
{
	scan_free(&rows->scan);
	quoted_free(rows->quoted);
	*rows = (struct rows){0};
}

void rows_begin(struct rows *rows, const struct block *block, char delimiter)
{
	rows->block = *block;
	rows->delimiter = delimiter;
	rows->next = 0;
	rows->plain = 0;
	if (block->kind == BLOCK_PLAIN) {
		scan_text(&rows->scan, block->text, (uint32_t)block->len, delimiter);
		rows->plain = rows->scan.record_count;
	}
	if (block->kind != BLOCK_QUOTED)
		return;
	if (!rows->quoted)
		rows->quoted = quoted_new();
	quoted_begin(rows->quoted, block->len);
}

static bool blank(struct span s, char delimiter)
{
	size_t i = 0;

	while (i < s.len && (s.ptr[i] == ' ' || s.ptr[i] == '\t') && s.ptr[i] != delimiter)
		i++;
	return i == s.len;
}

/* record i of a block's scan as a row, blank or not */
static inline void take_record(const struct scan *scan, size_t i, const struct block *block,
                               struct row *row)
{
	uint32_t first = i ? scan->records[i - 1] + 1 : 0;

	row->base = block->text;
	row->ends = scan->ends + first;
	row->count = scan->records[i] + 1 - first;
	row->offset = block->offset + (row->ends[-1] + 1);
	row->swallowed = 0;
	row->cut = row->ends[row->count - 1] == block->len;
	row->fault = ROW_FINE;
}

/* the same; false when it is blank */
static bool scanned(const struct scan *scan, size_t i, const struct block *block, char delimiter,
                    struct row *row)
{
	take_record(scan, i, block, row);
	return row->count > 1 || !blank(row_field(row, 0), delimiter);
}

static void whole_row(struct rows *rows, size_t at, size_t len, enum row_fault fault,
                      struct row *row)
{
	rows->whole[0] = UINT32_MAX;
	rows->whole[1] = (uint32_t)len;
	*row = (struct row){.base = rows->block.text + at,
	                    .ends = rows->whole + 1,
	                    .count = 1,
	                    .offset = rows->block.offset + at,
	                    .fault = fault};
}

static bool next_plain(struct rows *rows, struct row *row)
{
	while (rows->next < rows->plain) {
		if (!scanned(&rows->scan, rows->next++, &rows->block, rows->delimiter, row))
			continue;
		if (row_text(row).len > RECORD_MAX)
			whole_row(rows, row->ends[-1] + 1, RECORD_WINDOW, ROW_TOO_LONG, row);
		return true;
	}
	return false;
}

/* a record without a quote */
static bool plain_record(struct rows *rows, size_t at, size_t len, struct row *row)
{
	struct block record = {.text = rows->block.text + at,
	                       .len = len,
	                       .offset = rows->block.offset + at,
	                       .kind = BLOCK_PLAIN};

	if (!len)
		return false;
	scan_text(&rows->scan, record.text, (uint32_t)len, rows->delimiter);
	return scanned(&rows->scan, 0, &record, rows->delimiter, row);
}

/*
 * Lines of a record with at least as many delimiters as mmsi, time, lat, lon have. They stay part
 * of the record, whatever they look like: a name may hold anything. But where there are any, a
 * quote may stand where none belongs and hide rows, so they are counted.
 */
static uint32_t swallowed_lines(const char *text, size_t len, char delimiter)
{
	enum { ROW_DELIMITERS = 3 };
	uint32_t lines = 0;
	size_t at = 0;

	while (at < len) {
		size_t end = at + record_line_end(text + at, len - at);
		int delimiters = 0;

		for (size_t i = at; i < end && delimiters < ROW_DELIMITERS; i++)
			delimiters += text[i] == delimiter;
		lines += at && delimiters == ROW_DELIMITERS;
		at = end + 1;
	}
	return lines;
}

static bool quoted_record(struct rows *rows, size_t at, size_t len, struct row *row)
{
	struct quoted_fields fields =
	    quoted_split(rows->quoted, rows->block.text + at, len, rows->delimiter);

	*row =
	    (struct row){.base = fields.text,
	                 .ends = fields.ends,
	                 .count = fields.count,
	                 .offset = rows->block.offset + at,
	                 .swallowed = swallowed_lines(rows->block.text + at, len, rows->delimiter)};
	return fields.count > 0;
}

/* one line of a suspect block: without a quote it is a record like any other */
static bool suspect_line(struct rows *rows, size_t at, size_t len, struct row *row)
{
	if (!len || !memchr(rows->block.text + at, '"', len))
		return plain_record(rows, at, len, row);
	whole_row(rows, at, len, ROW_OPEN_QUOTE, row);
	return true;
}

static bool next_careful(struct rows *rows, struct row *row)
{
	while (rows->next < rows->block.len) {
		size_t at = rows->next;
		const char *text = rows->block.text + at;
		size_t left = rows->block.len - at;
		size_t len = record_line_end(text, left);
		bool quote = len && memchr(text, '"', len);
		bool found;

		if (quote && rows->block.kind == BLOCK_QUOTED)
			len = record_find_end(text, left, rows->delimiter).length;
		rows->next += len + 1;
		if (rows->block.kind == BLOCK_SUSPECT)
			found = suspect_line(rows, at, len, row);
		else if (quote)
			found = quoted_record(rows, at, len, row);
		else
			found = plain_record(rows, at, len, row);
		row->cut = at + len == rows->block.len;
		if (found)
			return true;
	}
	return false;
}

/* rows_next for all that it does not do itself; apart, so that it costs the usual row nothing */
static __attribute__((noinline)) bool next_rare(struct rows *rows, struct row *row)
{
	if (rows->block.kind == BLOCK_PLAIN)
		return next_plain(rows, row);
	if (rows->block.kind != BLOCK_TOO_LONG)
		return next_careful(rows, row);
	if (rows->next)
		return false;
	rows->next = 1;
	whole_row(rows, 0, rows->block.len, ROW_TOO_LONG, row);
	return true;
}

bool rows_next(struct rows *rows, struct row *row)
{
	if (rows->next < rows->plain) {
		take_record(&rows->scan, rows->next, &rows->block, row);
		if (row->count > 1 && row_text(row).len <= RECORD_MAX) {
			rows->next++;
			return true;
		}
	}
	return next_rare(rows, row);
}

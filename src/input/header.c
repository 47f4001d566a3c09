#include "input/header.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "input/format.h"
#include "text/record.h"
#include "text/rows.h"

/* how many lines a preamble may have, and how many cells of a header are looked at */
enum { PREAMBLE_MAX = 40, CELLS_MAX = 4096 };

/* the blank comes last: it only counts where no other delimiter finds a header */
static const char DELIMITERS[] = {',', ';', '\t', '|', ' '};

/* one record of the head, split */
struct cells {
	struct span at[CELLS_MAX];
	size_t count;
	size_t end; /* of the record in the head, terminator counted */
};

/* what was tried: the first record that reads as a header under some delimiter */
struct finding {
	char delimiter;
	size_t start;
	size_t end;
	size_t count;
};

/* splits the record at `at`; false at the end of the head */
static bool read_record(struct rows *rows, struct span head, size_t at, char delimiter,
                        struct cells *cells)
{
	size_t left = head.len - at;
	struct record_end end = record_find_end(head.ptr + at, left, delimiter);
	struct block block = {
	    .text = head.ptr + at, .len = end.length, .offset = at, .kind = BLOCK_QUOTED};
	struct row row;

	cells->count = 0;
	/* a record that the head does not hold whole is no header */
	if (!left || end.open_quote || (!end.complete && head.len >= FORMAT_HEAD))
		return false;
	cells->end = at + end.length + end.complete;
	rows_begin(rows, &block, delimiter);
	if (rows_next(rows, &row)) {
		for (uint32_t i = 0; i < row.count && i < CELLS_MAX; i++)
			cells->at[cells->count++] = span_trim(row_field(&row, i));
	}
	return true;
}

/* the first record that looks like a header when cut at `delimiter` */
static bool find_header(struct rows *rows, struct span head, size_t at, char delimiter,
                        const struct column_options *options, struct cells *cells,
                        struct finding *found)
{
	for (int line = 0; line < PREAMBLE_MAX; line++) {
		if (!read_record(rows, head, at, delimiter, cells))
			return false;
		if (cells->count > 1 && columns_is_header(options, cells->at, cells->count)) {
			*found = (struct finding){delimiter, at, cells->end, cells->count};
			return true;
		}
		at = cells->end;
	}
	return false;
}

static bool all_empty(const struct cells *cells)
{
	for (size_t i = 0; i < cells->count; i++) {
		if (cells->at[i].len)
			return false;
	}
	return true;
}

/* the first record that is not blank, at the delimiter that cuts it into most cells */
static void widest(struct rows *rows, struct span head, size_t at, struct cells *cells,
                   struct finding *found)
{
	for (size_t d = 0; d < sizeof DELIMITERS; d++) {
		size_t start = at;

		if (DELIMITERS[d] == ' ' && found->count > 1)
			break;
		while (read_record(rows, head, start, DELIMITERS[d], cells) && all_empty(cells))
			start = cells->end;
		if (!all_empty(cells) && cells->count > found->count)
			*found = (struct finding){DELIMITERS[d], start, cells->end, cells->count};
	}
}

/* keeps the names of the columns that the map reads */
static void keep_names(const struct cells *cells, struct header *header)
{
	for (int f = 0; f < FIELD_COUNT; f++) {
		int column = header->map.field[f].column;

		header->found[f][0] = '\0';
		if (column >= 0 && (size_t)column < cells->count)
			span_copy(cells->at[column], header->found[f], sizeof header->found[f]);
	}
}

/* adds the input's name to a message */
static enum status named(enum status status, const char *name, struct diag *diag)
{
	struct diag inner = *diag;

	if (status == ST_OK)
		return ST_OK;
	return diag_set(diag, status, "%s: %.400s", name, inner.text);
}

static bool any_number(const struct cells *cells)
{
	double value;

	for (size_t i = 0; i < cells->count; i++) {
		if (num_double(cells->at[i], &value))
			return true;
	}
	return false;
}

/* no record reads as a header: columns by number, or a message that says what is missing */
static enum status without_header(struct rows *rows, struct span head, size_t at, const char *name,
                                  const struct column_options *options, struct cells *cells,
                                  struct header *header, struct diag *diag)
{
	struct finding found = {',', at, at, 0};
	enum status status;

	widest(rows, head, at, cells, &found);
	if (!found.count)
		return diag_set(diag, ST_NO_FEED, "%s: %s; expected an AIS export", name,
		                head.len >= FORMAT_HEAD ? "no header line in the first 64 KiB"
		                                        : "no rows");
	read_record(rows, head, found.start, found.delimiter, cells);
	header->delimiter = found.delimiter;
	header->bytes = found.start;
	if (columns_by_number(options, cells->count, &header->map, diag) == ST_OK)
		return ST_OK;
	if (any_number(cells))
		return diag_set(diag, ST_NO_FEED,
		                "%s: no header line with columns for MMSI, time, latitude and "
		                "longitude; if there is none, name the columns by number, as in: "
		                "--map mmsi=1 --map time=2 --map lat=3 --map lon=4",
		                name);
	status = columns_detect(options, cells->at, cells->count, &header->map, diag);
	return named(status == ST_OK ? ST_NO_FEED : status, name, diag);
}

static enum status detect(struct rows *rows, struct cells *cells, struct span head,
                          const char *name, const struct column_options *options,
                          struct header *header, struct diag *diag)
{
	size_t at = span_starts(head, SPAN("\xEF\xBB\xBF")) ? 3 : 0;
	struct finding best = {',', 0, 0, 0};
	enum status status;

	for (size_t d = 0; d < sizeof DELIMITERS; d++) {
		struct finding found;

		if (DELIMITERS[d] == ' ' && best.count)
			break;
		if (find_header(rows, head, at, DELIMITERS[d], options, cells, &found) &&
		    found.count > best.count)
			best = found;
	}
	if (!best.count)
		return without_header(rows, head, at, name, options, cells, header, diag);
	read_record(rows, head, best.start, best.delimiter, cells);
	header->bytes = best.end;
	header->delimiter = best.delimiter;
	status = columns_detect(options, cells->at, cells->count, &header->map, diag);
	if (status == ST_OK)
		keep_names(cells, header);
	return named(status, name, diag);
}

enum status header_detect(struct span head, const char *name, const struct column_options *options,
                          struct header *header, struct diag *diag)
{
	struct rows rows = {0};
	struct cells *cells;
	enum status status;

	cells = mem_new(1, sizeof *cells);
	status = detect(&rows, cells, head, name, options, header, diag);
	rows_free(&rows);
	free(cells);
	return status;
}

#include "input/header.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
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
	struct block block = {head.ptr + at, end.length, at, BLOCK_QUOTED};
	struct row row;

	cells->count = 0;
	/* a record that the head does not hold whole is no header */
	if (!left || end.open_quote || (!end.complete && head.len >= HEADER_PEEK))
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

/* control bytes that no text has */
static bool is_binary(struct span head)
{
	size_t controls = 0;
	size_t n = head.len < 4096 ? head.len : 4096;

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)head.ptr[i];

		controls += c < 9 || (c > 13 && c < 32 && c != 26);
	}
	return controls * 20 > n;
}

/* what else people pipe in, by its first bytes, and what to do about it */
static const struct {
	struct span begin;
	const char *what;
} KINDS[] = {
    {SPAN("\x1F\x8B"), "gzip; unpack it first: zcat FILE | aisgap"},
    {SPAN("\x28\xB5\x2F\xFD"), "zstd; unpack it first: zstdcat FILE | aisgap"},
    {SPAN("\xFD"
          "7zXZ"),
     "xz; unpack it first: xzcat FILE | aisgap"},
    {SPAN("BZh"), "bzip2; unpack it first: bzcat FILE | aisgap"},
    {SPAN("PK\x03\x04"), "a zip archive (unzip -p FILE | aisgap) or a workbook (save it as CSV)"},
    {SPAN("\xFF\xFE"), "UTF-16; save it as UTF-8, or: iconv -f UTF-16 -t UTF-8 FILE | aisgap"},
    {SPAN("\xFE\xFF"), "UTF-16; save it as UTF-8, or: iconv -f UTF-16 -t UTF-8 FILE | aisgap"},
    {SPAN("{"), "JSON, which this version does not read"},
    {SPAN("["), "JSON, which this version does not read"},
    {SPAN("<"), "HTML or XML, which is no export"},
    {SPAN("!"), "NMEA, which this version does not read"},
    {SPAN("$GP"), "NMEA, which this version does not read"},
    {SPAN("\\s:"), "NMEA, which this version does not read"},
    {SPAN("\\g:"), "NMEA, which this version does not read"},
    {SPAN("\\c:"), "NMEA, which this version does not read"},
};

static enum status refuse_kind(struct span head, const char *name, struct diag *diag)
{
	for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
		if (span_starts(head, KINDS[i].begin))
			return diag_set(diag, ST_NO_FEED, "%s: this is %s", name, KINDS[i].what);
	}
	return ST_OK;
}

static enum status binary(struct span head, const char *name, struct diag *diag)
{
	char bytes[32] = "";
	size_t len = 0;

	for (size_t i = 0; i < head.len && i < 6; i++) {
		len += (size_t)snprintf(bytes + len, sizeof bytes - len, i ? " %02X" : "%02X",
		                        (unsigned char)head.ptr[i]);
	}
	return diag_set(diag, ST_NO_FEED,
	                "%s: binary data (first bytes %s); expected delimited text in UTF-8 or an "
	                "8-bit encoding",
	                name, bytes);
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
		                head.len >= HEADER_PEEK ? "no header line in the first 64 KiB"
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

	if (!head.len)
		return diag_set(diag, ST_NO_FEED, "%s: empty; expected an AIS export", name);
	if ((status = refuse_kind(head, name, diag)) != ST_OK)
		return status;
	if (is_binary(head))
		return binary(head, name, diag);
	cells = mem_new(1, sizeof *cells);
	status = detect(&rows, cells, head, name, options, header, diag);
	rows_free(&rows);
	free(cells);
	return status;
}

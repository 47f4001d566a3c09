/*
 * The file of what was delivered, a container (container.h) of these sections, in this order:
 *   SETTINGS  what was asked for: text that the caller knows to read
 *   COLUMNS   how many, then the name of each
 *   ROWS      any number of sections, each of rows one behind the other, ordered by gap_id over
 * all: MMSI, off time, zone, whether open, on time unless open, and a text for each column Columns
 * are matched by name, so that a version of the program that has more or other ones reads the list
 * of an earlier one: what the file does not have is not compared.
 */
#include <stdlib.h>

#include "report/columns.h"
#include "state/code.h"
#include "state/container.h"
#include "state/sent.h"
#include "state/sent_check.h"

static const char MAGIC[8] = "AISGSENT";

enum {
	FORMAT_VERSION = 1,
	SETTINGS = 1,
	COLUMNS = 2,
	ROWS = 3,
	ROWS_IN_SECTION = 1024,
	FILE_COLUMNS_MAX = 1024, /* that a file may name; far more than there will be */
	NOT_OURS = COLUMNS_MAX,  /* a column that this version does not know */
};

struct reader {
	struct container_in *in;
	struct sent *sent;
	uint32_t seen;                          /* the last section's tag */
	unsigned char places[FILE_COLUMNS_MAX]; /* the column of each text of a row */
	size_t columns;
	struct diag *diag;
};

/* without these a row could not be drawn, or not be told from another */
static const char *const NEEDED[] = {"gap_id",  "status",  "mmsi",   "off_time", "off_lat",
                                     "off_lon", "on_time", "on_lat", "on_lon"};

static void put_columns(struct container_out *out)
{
	struct code_out code = {.bytes = NULL};

	code_varint(&code, column_count() - COLUMN_GAP_ID);
	for (size_t i = COLUMN_GAP_ID; i < column_count(); i++)
		code_text(&code, span_of(column_at(i)->name));
	container_put(out, COLUMNS, (struct span){code.bytes, code.len});
	free(code.bytes);
}

static void put_row(struct code_out *code, const struct sent_row *row)
{
	code_signed(code, row->mmsi);
	code_signed(code, row->off_ms);
	code_byte(code, row->zone);
	code_byte(code, row->open);
	if (!row->open)
		code_signed(code, row->on_ms);
	for (size_t i = COLUMN_GAP_ID; i < column_count(); i++)
		code_text(code, row->values[i]);
}

static void put_rows(struct container_out *out, const struct sent *sent)
{
	struct code_out code = {.bytes = NULL};

	for (size_t i = 0; i < sent->count; i++) {
		put_row(&code, &sent->rows[i]);
		if ((i + 1) % ROWS_IN_SECTION && i + 1 < sent->count)
			continue;
		container_put(out, ROWS, (struct span){code.bytes, code.len});
		code.len = 0;
	}
	free(code.bytes);
}

enum status sent_write(const char *path, const struct sent *sent, struct diag *diag)
{
	struct container_out *out;
	enum status status = container_create(path, MAGIC, FORMAT_VERSION, &out, diag);

	if (status != ST_OK)
		return status;
	container_put(out, SETTINGS, sent->settings);
	put_columns(out);
	put_rows(out, sent);
	return container_commit(out, diag);
}

static enum status damaged(const struct reader *r, const char *why)
{
	return container_damaged(r->in, why, r->diag);
}

static bool is_named(const struct reader *r, size_t column)
{
	for (size_t i = 0; i < r->columns; i++) {
		if (r->places[i] == column)
			return true;
	}
	return false;
}

static bool has_needed(const struct reader *r)
{
	for (size_t i = 0; i < sizeof NEEDED / sizeof NEEDED[0]; i++) {
		size_t column;

		if (!column_find(span_of(NEEDED[i]), &column) || !is_named(r, column))
			return false;
	}
	return true;
}

static enum status read_columns(struct reader *r, struct span payload)
{
	struct code_in code = code_in_of(payload);
	uint64_t count = code_get_varint(&code);

	if (count > FILE_COLUMNS_MAX)
		return damaged(r, "too many columns");
	for (uint64_t i = 0; i < count; i++) {
		struct span name = code_get_text(&code);
		size_t column = NOT_OURS;

		if (column_find(name, &column) && (column < COLUMN_GAP_ID || is_named(r, column)))
			return damaged(r, "a column is named twice, or is none of a gap");
		r->places[r->columns++] = (unsigned char)column;
	}
	if (code.bad || code.at != code.end)
		return damaged(r, "the names of the columns do not fill their section");
	return has_needed(r) ? ST_OK : damaged(r, "a column is missing");
}

static struct sent_row read_row(struct reader *r, struct code_in *code)
{
	struct arena *arena = &r->sent->arena;
	struct span *values = arena_new(arena, column_count() * sizeof *values);
	struct sent_row row = {.values = values};
	uint8_t open;

	row.mmsi = code_get_signed(code);
	row.off_ms = code_get_signed(code);
	row.zone = code_get_byte(code);
	open = code_get_byte(code);
	row.open = open == 1;
	if (!row.open)
		row.on_ms = code_get_signed(code);
	code->bad = code->bad || open > 1;
	for (size_t i = 0; i < r->columns && !code->bad; i++) {
		struct span value = code_get_text(code);

		if (r->places[i] != NOT_OURS)
			values[r->places[i]] = arena_span(arena, value);
	}
	return row;
}

static enum status read_rows(struct reader *r, struct span payload)
{
	struct code_in code = code_in_of(payload);
	struct sent *sent = r->sent;

	while (code.at != code.end) {
		struct sent_row row = read_row(r, &code);
		const char *fault = code.bad ? "a row is cut off or is none" : sent_fault(&row);

		if (!fault && sent->count &&
		    span_cmp(sent_gap_id(&sent->rows[sent->count - 1]), sent_gap_id(&row)) >= 0)
			fault = "rows are out of order";
		if (fault)
			return damaged(r, fault);
		sent->rows = mem_grow(sent->rows, &sent->cap, sent->count + 1, 64, sizeof row);
		sent->rows[sent->count++] = row;
	}
	return ST_OK;
}

static enum status read_section(struct reader *r, uint32_t tag, struct span payload)
{
	bool again = tag == ROWS && r->seen == ROWS;

	if (tag > ROWS || (!again && tag != r->seen + 1))
		return damaged(r, "a section is not where it belongs");
	r->seen = tag;
	if (tag == ROWS)
		return read_rows(r, payload);
	if (tag == COLUMNS)
		return read_columns(r, payload);
	r->sent->settings = arena_span(&r->sent->arena, payload);
	return ST_OK;
}

static enum status read_sections(struct reader *r)
{
	struct span payload;
	uint32_t tag = 0;
	enum status status;

	do {
		status = container_next(r->in, &tag, &payload, r->diag);
		if (status == ST_OK && tag)
			status = read_section(r, tag, payload);
	} while (status == ST_OK && tag);
	if (status == ST_OK && r->seen < COLUMNS)
		status = damaged(r, "a section is missing");
	return status;
}

/* whoever cannot mend the file may do without it */
static void add_advice(struct diag *diag)
{
	struct diag told;

	if (!diag)
		return;
	told = *diag;
	diag_set(diag, ST_FAILED, "%s; without it every gap is delivered once more", told.text);
}

enum status sent_read(const char *path, struct sent *sent, bool *exists, struct diag *diag)
{
	struct reader reader = {.sent = sent, .diag = diag};
	enum status status;

	*exists = false;
	status = container_open(path, MAGIC, FORMAT_VERSION, "a list of what was delivered",
	                        &reader.in, diag);
	if (status == ST_OK && !reader.in)
		return ST_OK;
	*exists = true;
	if (status == ST_OK)
		status = read_sections(&reader);
	container_close(reader.in);
	if (status == ST_OK)
		return ST_OK;
	sent_free(sent);
	add_advice(diag);
	return status;
}

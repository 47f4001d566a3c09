#include "state/sent_check.h"

#include <math.h>
#include <stdlib.h>

#include "base/num.h"
#include "base/utc.h"
#include "report/columns.h"
#include "report/gap_id.h"

enum { CODE_CHARS = 64 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_gap_id(struct span id)
{
	for (size_t i = 0; i < id.len; i++) {
		if (!is_digit(id.ptr[i]) && !(id.ptr[i] >= 'a' && id.ptr[i] <= 'f'))
			return false;
	}
	return id.len == GAP_ID_SIZE - 1;
}

static size_t digits(struct span *rest)
{
	size_t n = 0;

	while (n < rest->len && is_digit(rest->ptr[n]))
		n++;
	*rest = (struct span){rest->ptr + n, rest->len - n};
	return n;
}

static bool skip(struct span *rest, const char *any)
{
	if (!rest->len || !rest->ptr[0] || !strchr(any, rest->ptr[0]))
		return false;
	*rest = (struct span){rest->ptr + 1, rest->len - 1};
	return true;
}

/* a number of JSON (RFC 8259, 6) that a double can hold; num_double reads more spellings */
static bool is_number(struct span value)
{
	struct span rest = value;
	double number;
	bool zero;
	size_t whole;

	skip(&rest, "-");
	zero = rest.len && rest.ptr[0] == '0';
	whole = digits(&rest);
	if (!whole || (zero && whole > 1))
		return false;
	if (skip(&rest, ".") && !digits(&rest))
		return false;
	if (skip(&rest, "eE")) {
		skip(&rest, "+-");
		if (!digits(&rest))
			return false;
	}
	return !rest.len && value.len < COLUMN_SCRATCH_SIZE && num_double(value, &number) &&
	       isfinite(number);
}

static bool is_code(struct span value)
{
	for (size_t i = 0; i < value.len; i++) {
		char c = value.ptr[i];

		if (!is_digit(c) && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && c != '_')
			return false;
	}
	return value.len <= CODE_CHARS;
}

static bool is_clean_text(struct span value)
{
	char text[COLUMN_TEXT_SIZE];

	return span_eq(column_text(value, text), value);
}

static bool is_clean_list(struct span value)
{
	char *joined = mem_new(COLUMN_LIST_SIZE(value.len), 1);
	bool clean = span_eq(column_list(value, joined), value);

	free(joined);
	return clean;
}

static bool in_range(struct span value, double least, double most)
{
	double number;

	return num_double(value, &number) && number >= least && number <= most;
}

/* what the row tells of itself beside its values */
static struct record outline(const struct sent_row *row)
{
	struct record record = {.open = row->open, .mmsi = row->mmsi};

	record.off.fix.t_ms = row->off_ms;
	record.on.fix.t_ms = row->on_ms;
	return record;
}

static bool is_told_alike(const struct column *column, const struct sent_row *row,
                          struct span value)
{
	struct record record = outline(row);
	char scratch[COLUMN_SCRATCH_SIZE];

	return span_eq(column_value(column, &record, scratch), value);
}

static bool is_named(const struct column *column, const char *name)
{
	return strcmp(column->name, name) == 0;
}

/* whether a known value is one that the column can have */
static bool fits(const struct column *column, const struct sent_row *row, struct span value)
{
	if (column->kind == COLUMN_TIME || is_named(column, "status") || is_named(column, "mmsi"))
		return is_told_alike(column, row, value);
	if (is_named(column, "off_lat") || is_named(column, "on_lat"))
		return is_number(value) && in_range(value, -90, 90);
	if (is_named(column, "off_lon") || is_named(column, "on_lon"))
		return is_number(value) && in_range(value, -180, 180);
	if (column->kind == COLUMN_NUMBER)
		return is_number(value);
	if (column->kind == COLUMN_CODE)
		return is_code(value);
	return column->kind == COLUMN_LIST ? is_clean_list(value) : is_clean_text(value);
}

/* columns that every gap has a value for, if the list has the column */
static bool is_always_known(const struct column *column, const struct sent_row *row)
{
	static const char *const NAMES[] = {"status",  "mmsi",    "off_time", "off_lat",
	                                    "off_lon", "on_time", "on_lat",   "on_lon"};

	for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
		if (is_named(column, NAMES[i]))
			return column->of != OF_ON || !row->open;
	}
	return false;
}

static bool is_time(int64_t t_ms)
{
	return t_ms >= UTC_MIN_MS && t_ms < UTC_MAX_MS;
}

const char *sent_fault(const struct sent_row *row)
{
	const struct column *column;

	if (!is_gap_id(sent_gap_id(row)))
		return "an id of a gap is none";
	if (!is_time(row->off_ms) ||
	    (!row->open && (!is_time(row->on_ms) || row->on_ms <= row->off_ms)))
		return "a time is out of range";
	for (size_t i = COLUMN_GAP_ID; (column = column_at(i)); i++) {
		struct span value = row->values[i];

		if (!value.ptr)
			continue;
		if (value.len ? (column->of == OF_ON && row->open) || !fits(column, row, value)
		              : is_always_known(column, row))
			return "a value is none that its column can have";
	}
	return NULL;
}

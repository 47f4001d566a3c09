/*
 * Time zones from the system's TZif files (RFC 9636): header, a block of 32-bit times that is
 * passed over, the same in 64 bits, and a footer whose rule is written out here to 2100, so that a
 * look-up is one binary search.
 *
 * A local time that occurs twice is read as the first of both. One that does not occur (clocks went
 * forward over it) is read by the offset before the change, so it comes out later by the width of
 * the gap. Python's zoneinfo with fold=0 does the same.
 */
#include <stdlib.h>

#include "ais/posix_tz.h"
#include "ais/small_file.h"
#include "ais/when.h"
#include "base/mem.h"
#include "base/utc.h"

#define ZONE_DIRECTORY "/usr/share/zoneinfo/"

enum {
	NAME_LENGTH = 100,
	FILE_LIMIT = 256 * 1024, /* the longest of the tz database has 4 KiB */
	HEADER_SIZE = 44,
	OFFSET_LIMIT_S = 26 * 3600, /* RFC 9636 section 3.2 */
	FIRST_YEAR = 1989,          /* no report is older than 1990 */
	LAST_YEAR = 2100,
};

/* from local time `local_s` on, local time is UTC plus `offset_s` */
struct zone_change {
	int64_t local_s;
	int32_t offset_s;
};

struct zone_rules {
	int32_t first_s;             /* the offset before all changes */
	struct zone_change *changes; /* by local_s */
	size_t count;
	size_t cap;
	int64_t last_utc_s; /* of the last change */
};

/* what one TZif block holds, as its header counts it */
struct block {
	const unsigned char *data;
	uint32_t utc_flags, standard_flags, leaps, times, types, letters;
};

static uint32_t be32(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static int64_t be64(const unsigned char *p)
{
	return (int64_t)((uint64_t)be32(p) << 32 | be32(p + 4));
}

static int32_t latest_offset(const struct zone_rules *z)
{
	return z->count ? z->changes[z->count - 1].offset_s : z->first_s;
}

/* the change's place in local time is the later of its two clock readings: see the head */
static void add_change(struct zone_rules *z, int64_t utc_s, int32_t offset_s)
{
	int32_t before = latest_offset(z);
	int64_t local;

	z->last_utc_s = utc_s;
	if (utc_s < utc_days(FIRST_YEAR, 1, 1) * 86400) {
		z->first_s = offset_s;
		return;
	}
	local = utc_s + (before > offset_s ? before : offset_s);
	if (z->count && local < z->changes[z->count - 1].local_s)
		local = z->changes[z->count - 1].local_s;
	z->changes = mem_grow(z->changes, &z->cap, z->count + 1, 64, sizeof *z->changes);
	z->changes[z->count++] = (struct zone_change){local, offset_s};
}

/* writes the footer's rule out, from the last change in the file on */
static void add_rule(struct zone_rules *z, const struct posix_tz *tz)
{
	const int64_t after = z->last_utc_s;

	for (int year = FIRST_YEAR - 1; tz->has_summer && year <= LAST_YEAR; year++) {
		int64_t start;
		int64_t end;

		posix_tz_year(tz, year, &start, &end);
		if (start <= end && start > after)
			add_change(z, start, tz->summer_s);
		if (end > after)
			add_change(z, end, tz->standard_s);
		if (start > end && start > after)
			add_change(z, start, tz->summer_s);
	}
}

/* reads a header and passes over its block, whose times take `width` bytes each */
static bool read_block(struct span *rest, size_t width, struct block *b)
{
	const unsigned char *p = (const unsigned char *)rest->ptr;
	size_t size;

	if (rest->len < HEADER_SIZE || !span_starts(*rest, SPAN("TZif")) || p[4] < '2')
		return false;
	*b = (struct block){p + HEADER_SIZE, be32(p + 20), be32(p + 24), be32(p + 28),
	                    be32(p + 32),    be32(p + 36), be32(p + 40)};
	if (b->utc_flags > FILE_LIMIT || b->standard_flags > FILE_LIMIT || b->leaps > FILE_LIMIT ||
	    b->times > FILE_LIMIT || b->types > FILE_LIMIT || b->letters > FILE_LIMIT)
		return false;
	size = b->times * (width + 1) + b->types * (size_t)6 + b->letters + b->leaps * (width + 4) +
	       b->standard_flags + b->utc_flags;
	if (rest->len - HEADER_SIZE < size)
		return false;
	rest->ptr += HEADER_SIZE + size;
	rest->len -= HEADER_SIZE + size;
	return true;
}

static bool type_offset(const struct block *b, uint32_t type, int32_t *offset_s)
{
	const unsigned char *types = b->data + (size_t)b->times * 9;

	if (type >= b->types)
		return false;
	*offset_s = (int32_t)be32(types + (size_t)type * 6);
	return *offset_s > -OFFSET_LIMIT_S && *offset_s < OFFSET_LIMIT_S;
}

/* the 64-bit block: times, the type of each, and the types */
static bool add_block(struct zone_rules *z, const struct block *b)
{
	const unsigned char *indices = b->data + (size_t)b->times * 8;
	int32_t offset;

	if (b->leaps || !type_offset(b, 0, &z->first_s))
		return false; /* the "right/" zones count leap seconds; reports do not */
	for (uint32_t i = 0; i < b->times; i++) {
		int64_t at = be64(b->data + (size_t)i * 8);

		if ((i && at <= z->last_utc_s) || at > utc_days(LAST_YEAR + 1, 1, 1) * 86400 ||
		    !type_offset(b, indices[i], &offset))
			return false;
		add_change(z, at, offset);
	}
	return true;
}

static bool read_tzif(struct zone_rules *z, struct span file)
{
	struct block b;
	struct posix_tz tz;
	struct span footer;
	struct span tail;

	z->last_utc_s = INT64_MIN;
	if (!read_block(&file, 4, &b) || !read_block(&file, 8, &b) || !add_block(z, &b))
		return false;
	if (!file.len || file.ptr[0] != '\n')
		return false;
	file = (struct span){file.ptr + 1, file.len - 1};
	if (!span_cut(file, '\n', &footer, &tail))
		return false;
	if (!footer.len)
		return true; /* no rule: the last offset stays */
	if (!posix_tz_parse(footer, &tz))
		return false;
	add_rule(z, &tz);
	return true;
}

/* +hh, +hhmm, +hh:mm (or -): one offset for all time */
static bool fixed_offset(struct span name, int32_t *offset_s)
{
	int sign = name.len && name.ptr[0] == '-' ? -1 : 1;
	int digits[4] = {0, 0, 0, 0};
	int n = 0;

	if (name.len < 3 || (name.ptr[0] != '+' && name.ptr[0] != '-'))
		return false;
	for (size_t i = 1; i < name.len; i++) {
		if (i == 3 && name.ptr[i] == ':' && name.len == 6)
			continue;
		if (name.ptr[i] < '0' || name.ptr[i] > '9' || n == 4)
			return false;
		digits[n++] = name.ptr[i] - '0';
	}
	*offset_s = sign * ((digits[0] * 10 + digits[1]) * 60 + digits[2] * 10 + digits[3]) * 60;
	return (n == 2 || n == 4) && digits[0] * 10 + digits[1] <= 23 && digits[2] <= 5;
}

/* a letter, then letters, digits, _ + - and /; so no "..", and no path from the root */
static bool is_name(struct span name)
{
	if (!name.len || name.len > NAME_LENGTH || strchr("/_+-0123456789", name.ptr[0]))
		return false;
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') &&
		    !memchr("_+-/", c, 4))
			return false;
	}
	return true;
}

static enum status load_named(const char *name, struct zone_rules *z, struct diag *diag)
{
	char path[sizeof ZONE_DIRECTORY + NAME_LENGTH] = ZONE_DIRECTORY;
	struct arena arena = {NULL, 0};
	struct span file;
	enum status status;

	span_copy(span_of(name), path + sizeof ZONE_DIRECTORY - 1, NAME_LENGTH + 1);
	status = small_file_read(path, FILE_LIMIT, &arena, &file, NULL);
	if (status != ST_OK)
		diag_set(
		    diag, ST_USAGE,
		    "time zone \"%s\": not known to this system (no %s); expected UTC, an offset "
		    "like +09:00, or an IANA name like Asia/Seoul",
		    name, path);
	else if (!read_tzif(z, file))
		status =
		    diag_set(diag, ST_USAGE,
		             "time zone \"%s\": %s is no zone of TZif version 2 or later, or one "
		             "that counts leap seconds",
		             name, path);
	arena_free(&arena);
	return status == ST_OK ? ST_OK : ST_USAGE;
}

enum status zone_rules_load(const char *name, struct zone_rules **rules, struct diag *diag)
{
	struct zone_rules *z = mem_new(1, sizeof *z);
	struct span s = span_of(name);
	enum status status = ST_OK;

	if (span_eq_nocase(s, SPAN("UTC")) || span_eq_nocase(s, SPAN("GMT")) ||
	    span_eq_nocase(s, SPAN("Z")))
		z->first_s = 0;
	else if (fixed_offset(s, &z->first_s))
		z->count = 0;
	else if (!is_name(s))
		status = diag_set(diag, ST_USAGE,
		                  "time zone \"%.60s\": expected UTC, an offset like +09:00, or an "
		                  "IANA name like Asia/Seoul",
		                  name);
	else
		status = load_named(name, z, diag);
	if (status != ST_OK) {
		zone_rules_free(z);
		z = NULL;
	}
	*rules = z;
	return status;
}

void zone_rules_free(struct zone_rules *rules)
{
	if (rules)
		free(rules->changes);
	free(rules);
}

int64_t zone_rules_to_utc(const struct zone_rules *rules, int64_t local_ms)
{
	int64_t local_s = utc_floor_div(local_ms, 1000);
	size_t low = 0;
	size_t high = rules->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (rules->changes[middle].local_s <= local_s)
			low = middle + 1;
		else
			high = middle;
	}
	return local_ms - (int64_t)(low ? rules->changes[low - 1].offset_s : rules->first_s) * 1000;
}

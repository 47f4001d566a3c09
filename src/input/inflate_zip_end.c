#include "input/inflate_zip_end.h"

#include <string.h>

enum {
	/* a field of all ones says that its value stands in the zip64 record instead */
	ZIP64_COUNT = 0xFFFF,
	/* room for that record and its locator between the directory and the end */
	ZIP64_ROOM = 4096,
};

void zip_end_take(struct zip_end *end, const char *bytes, size_t len)
{
	size_t keep;

	end->total += len;
	if (len > sizeof end->bytes) {
		bytes += len - sizeof end->bytes;
		len = sizeof end->bytes;
	}
	keep = end->len < sizeof end->bytes - len ? end->len : sizeof end->bytes - len;
	memmove(end->bytes, end->bytes + end->len - keep, keep);
	memcpy(end->bytes + keep, bytes, len);
	end->len = keep + len;
}

static uint32_t number(const char *bytes, int width)
{
	uint32_t value = 0;

	for (int i = width - 1; i >= 0; i--)
		value = value << 8 | (unsigned char)bytes[i];
	return value;
}

/* the last record whose comment ends with the input; NULL when there is none */
static const char *find_record(const struct zip_end *end)
{
	for (size_t at = end->len; at-- > 0;) {
		const char *record = end->bytes + at;

		if (end->len - at >= ZIP_END_LEAST && memcmp(record, "PK\x05\x06", 4) == 0 &&
		    number(record + 20, 2) == end->len - at - ZIP_END_LEAST)
			return record;
	}
	return NULL;
}

const char *zip_end_fault(const struct zip_end *end, uint64_t entries)
{
	const char *record = find_record(end);
	uint32_t count;
	uint32_t size;
	uint32_t offset;
	uint64_t at;

	if (!record)
		return "the zip archive has no end record; it may have been cut off";
	count = number(record + 10, 2);
	size = number(record + 12, 4);
	offset = number(record + 16, 4);
	at = end->total - end->len + (uint64_t)(record - end->bytes);
	if (count != ZIP64_COUNT && count != (entries & 0xFFFF))
		return "not all members that the zip archive lists could be found in it";
	if (offset != UINT32_MAX && size != UINT32_MAX && (uint64_t)offset + size + ZIP64_ROOM < at)
		return "another zip archive lies before or behind this one, which was not read";
	return NULL;
}

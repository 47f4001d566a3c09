/* The first bytes of any input: header_detect must answer, and what it answers must be usable. */
#include "base/mem.h"
#include "check.h"
#include "input/format.h"
#include "input/header.h"

static void check_map(const struct header *header, size_t size)
{
	const struct column_map *map = &header->map;

	CHECK(header->bytes <= size);
	CHECK(map->field[FIELD_TIME].column >= 0);
	CHECK(map->field[FIELD_LAT].column >= 0);
	CHECK(map->field[FIELD_LON].column >= 0);
	CHECK(map->field[FIELD_MMSI].column >= 0 || map->imo_is_id);
	CHECK(!map->imo_is_id || map->field[FIELD_IMO].column >= 0);
	for (int f = 0; f < FIELD_COUNT; f++) {
		CHECK(map->field[f].column < (int)map->columns);
		CHECK(map->field[f].divisor != 0);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct column_options *options;
	struct header header = {0};
	struct diag diag = {""};
	struct span head = {NULL, size < FORMAT_HEAD ? size : FORMAT_HEAD};
	char *copy = mem_new(head.len + 1, 1); /* so that reading past the end is seen */
	enum status status;

	if (!options)
		options = column_options_new();
	memcpy(copy, data, head.len);
	head.ptr = copy;
	status = header_detect(head, "input", options, &header, &diag);
	CHECK(status == ST_OK || status == ST_NO_FEED);
	CHECK((status == ST_OK) == (diag.text[0] == '\0'));
	if (status == ST_OK)
		check_map(&header, head.len);
	free(copy);
	return 0;
}

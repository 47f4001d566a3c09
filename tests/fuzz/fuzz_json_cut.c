/*
 * Streams of JSON: whatever the bytes and however they are cut into pieces, the records are the
 * same. The first byte says how large the pieces are.
 */
#include "base/mem.h"
#include "check.h"
#include "text/json_cut.h"

/* what came out, as one number, and what is left */
struct sum {
	uint64_t hash;
	size_t records;
	size_t left;
};

static void add(struct sum *sum, const char *text, const struct json_record *record)
{
	sum->records++;
	for (uint32_t i = 0; i < record->len; i++)
		sum->hash = (sum->hash ^ (unsigned char)text[record->start + i]) * 0x100000001B3;
	sum->hash = (sum->hash ^ 0x100) * 0x100000001B3;
}

static struct sum cut_in_pieces(const uint8_t *data, size_t size, size_t piece)
{
	struct json_cut cut = {0};
	struct sum sum = {0, 0, 0};
	size_t begin = 0;
	size_t end = 0;

	while (end < size) {
		bool more = true;

		end = size - end < piece ? size : end + piece;
		while (more) {
			size_t len = end - begin;
			char *copy = mem_new(len + 1, 1); /* so that reading past the end is seen */
			struct json_record record;
			size_t taken;

			memcpy(copy, data + begin, len);
			taken = json_cut_next(&cut, copy, len, &more, &record);
			CHECK(taken <= len);
			CHECK(!more || (record.len && record.start + record.len <= taken));
			if (more)
				add(&sum, copy, &record);
			free(copy);
			begin += taken;
		}
	}
	sum.left = size - begin;
	return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t piece = size ? 1 + data[0] % 64 : 1;
	struct sum whole;
	struct sum pieces;

	if (!size)
		return 0;
	whole = cut_in_pieces(data + 1, size - 1, size);
	pieces = cut_in_pieces(data + 1, size - 1, piece);
	CHECK(whole.records == pieces.records);
	CHECK(whole.hash == pieces.hash);
	CHECK(whole.left == pieces.left);
	(void)json_is_lines((struct span){(const char *)data + 1, size - 1});
	return 0;
}

/*
 * Rows cut by the splitter against libcsv over the whole text, and against other block sizes.
 * Byte 0 chooses the delimiter, byte 1 the block size, the rest is the text.
 */
#include "base/status.h"
#include "check.h"
#include "split_text.h"
#include "text/record.h"
#include "whole_csv.h"

static const char DELIMITERS[] = {',', ';', '\t', '|', ' '};

static void list_fields(void *listing, const struct row *row)
{
	for (uint32_t i = 0; i < row->count; i++)
		listing_field(listing, row_field(row, i));
	listing_row(listing);
}

static void list_all(void *listing, const struct row *row)
{
	listing_put(listing, &row->offset, sizeof row->offset);
	listing_put(listing, &row->fault, sizeof row->fault);
	list_fields(listing, row);
}

static bool alike(const struct listing *a, const struct listing *b)
{
	return a->len == b->len && (!a->len || memcmp(a->bytes, b->bytes, a->len) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct memory_file file;
	struct listing a = {0};
	struct listing b = {0};
	struct rows rows = {0};
	const char *text = (const char *)data + 2;
	char delimiter;
	size_t block;

	if (size < 2 || size > RECORD_MAX)
		return 0;
	if (!file.path[0])
		file = memory_file_new();
	delimiter = DELIMITERS[data[0] % sizeof DELIMITERS];
	block = BLOCK_SIZE_LEAST + data[1];
	memory_file_set(&file, text, size - 2);
	split_text(&file, 0, delimiter, block, &rows, list_all, &a);
	split_text(&file, 0, delimiter, BLOCK_SIZE, &rows, list_all, &b);
	CHECK(alike(&a, &b));
	a.len = 0;
	split_text(&file, 0, delimiter, block, &rows, list_fields, &a);
	if (!listing_libcsv(&b, text, size - 2, delimiter))
		CHECK(alike(&a, &b));
	rows_free(&rows);
	free(a.bytes);
	free(b.bytes);
	return 0;
}

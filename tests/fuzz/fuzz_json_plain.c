/*
 * Two ways to read a record of JSON: what the fast one takes, cJSON must take too, with the same
 * names and the same values. Numbers may be spelled otherwise, but must be the same number.
 */
#include <stdlib.h>

#include "ais/json_flatten.h"
#include "base/num.h"
#include "fuzz/check.h"

/* a value as text, to be freed */
static struct span text_of(const struct flat_value *value)
{
	char *text = mem_new(flat_text_size(value) + 1, 1);

	return (struct span){text, (size_t)(flat_text(value, text) - text)};
}

static void compare(const struct flat_value *plain, const struct flat_value *tree)
{
	struct span a = text_of(plain);
	struct span b = text_of(tree);
	double x;
	double y;

	CHECK(span_eq(a, b) || (num_double(a, &x) && num_double(b, &y) && x == y));
	free((char *)a.ptr);
	free((char *)b.ptr);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct flat plain;
	static struct flat tree;
	char *text = mem_new(size + 1, 1);
	struct span record = {text, size};
	struct json *doc;

	memcpy(text, data, size);
	if (flat_read_plain(&plain, record)) {
		CHECK(json_parse_record(record, &doc));
		flat_read(&tree, doc);
		CHECK(plain.count == tree.count);
		CHECK(span_eq((struct span){plain.names, plain.len},
		              (struct span){tree.names, tree.len}));
		for (size_t i = 0; i < plain.count; i++)
			compare(&plain.value[i], &tree.value[i]);
		json_free(doc);
	}
	free(text);
	return 0;
}

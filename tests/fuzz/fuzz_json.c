/* JSON documents: any bytes are read or refused, and what is read can be walked. */
#include "check.h"
#include "text/json.h"

enum { DEPTH_MAX = 1001 };

static void walk(const struct json *v, int depth)
{
	size_t count = 0;
	double number;
	bool flag;

	CHECK(depth <= DEPTH_MAX);
	for (const struct json *m = json_first(v); m; m = json_next(m)) {
		const char *name = json_name(m);

		CHECK((name != NULL) == json_is_object(v));
		if (name)
			CHECK(json_get(v, name) != NULL);
		walk(m, depth + 1);
		count++;
	}
	CHECK(count == json_count(v));
	CHECK(!count || json_is_object(v) || json_is_array(v));
	CHECK((int)json_number(v, &number) + json_bool(v, &flag) + (json_string(v).ptr != NULL) <=
	      1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct json *doc = NULL;
	struct diag diag = {""};
	enum status status = json_parse((struct span){(const char *)data, size}, &doc, &diag);

	CHECK((status == ST_OK) == (doc != NULL));
	CHECK((status == ST_OK) == (diag.text[0] == '\0'));
	if (doc)
		walk(doc, 0);
	json_free(doc);
	return 0;
}

/*
 * One JSON document (data/schema/gap.schema.json): what the report covers, and an array of its
 * gaps, each on a line of its own. Always every column: the schema requires them.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "report/formats.h"
#include "report/jsontext.h"

struct json_state {
	bool any; /* a gap was written */
	bool changes;
};

static void *json_begin(struct sink *sink, const struct report_head *head,
                        const struct writer_options *options)
{
	struct json_state *json = mem_new(1, sizeof *json);

	(void)options;
	json->changes = head->changes;
	sink_text(sink, "{");
	jsontext_head(sink, head);
	sink_text(sink, ",\"gaps\":[");
	return json;
}

static void json_row(void *state, struct sink *sink, const struct record *record)
{
	struct json_state *json = state;

	sink_text(sink, json->any ? ",\n" : "\n");
	json->any = true;
	jsontext_record(sink, record, json->changes);
}

static void json_end(void *state, struct sink *sink)
{
	const struct json_state *json = state;

	sink_text(sink, json->any ? "\n]}\n" : "]}\n");
	free(state);
}

const struct writer writer_json = {
    .name = "json",
    .endings = "json",
    .purpose = "one JSON document that says what it covers",
    .media_type = "application/json",
    .begin = json_begin,
    .row = json_row,
    .end = json_end,
};

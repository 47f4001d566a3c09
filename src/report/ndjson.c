/* Newline-delimited JSON: each gap an object on a line of its own, as in the JSON document's gaps.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "report/formats.h"
#include "report/jsontext.h"

struct ndjson {
	bool changes;
};

static void *ndjson_begin(struct sink *sink, const struct report_head *head,
                          const struct writer_options *options)
{
	struct ndjson *ndjson = mem_new(1, sizeof *ndjson);

	(void)sink;
	(void)options;
	ndjson->changes = head->changes;
	return ndjson;
}

static void ndjson_row(void *state, struct sink *sink, const struct record *record)
{
	const struct ndjson *ndjson = state;

	jsontext_record(sink, record, ndjson->changes);
	sink_text(sink, "\n");
}

static void ndjson_end(void *state, struct sink *sink)
{
	(void)sink;
	free(state);
}

const struct writer writer_ndjson = {
    .name = "ndjson",
    .endings = "ndjson,jsonl",
    .purpose = "newline-delimited JSON, one object for each gap",
    .media_type = "application/x-ndjson",
    .streams = true,
    .begin = ndjson_begin,
    .row = ndjson_row,
    .end = ndjson_end,
};

/* Newline-delimited JSON: each gap an object on a line of its own, as in the JSON document's gaps.
 */
#include "report/formats.h"
#include "report/jsontext.h"

static void *ndjson_begin(struct sink *sink, const struct report_head *head,
                          const struct writer_options *options)
{
	(void)sink;
	(void)head;
	(void)options;
	return NULL;
}

static void ndjson_row(void *state, struct sink *sink, const struct record *record)
{
	(void)state;
	jsontext_record(sink, record);
	sink_text(sink, "\n");
}

static void ndjson_end(void *state, struct sink *sink)
{
	(void)state;
	(void)sink;
}

const struct writer writer_ndjson = {
    .name = "ndjson",
    .endings = "ndjson,jsonl",
    .purpose = "newline-delimited JSON, one object for each gap",
    .begin = ndjson_begin,
    .row = ndjson_row,
    .end = ndjson_end,
};

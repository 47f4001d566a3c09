#include "text/quoted.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/rows.h"

struct quoted {
	struct csv_parser parser;
	char *text;
	size_t len;
	size_t record; /* where the record's fields begin in text */
	size_t text_cap;
	uint32_t *ends; /* ends[0] is UINT32_MAX, ends[1] that of the first field */
	size_t count;
	size_t ends_cap;
};

struct quoted *quoted_new(void)
{
	struct quoted *quoted = mem_new(1, sizeof *quoted);

	if (csv_init(&quoted->parser, 0))
		mem_out();
	return quoted;
}

void quoted_free(struct quoted *quoted)
{
	if (!quoted)
		return;
	csv_free(&quoted->parser);
	free(quoted->text);
	free(quoted->ends);
	free(quoted);
}

static void take_field(void *field, size_t len, void *context)
{
	struct quoted *q = context;

	q->ends = mem_grow(q->ends, &q->ends_cap, q->count + 2, 64, sizeof *q->ends);
	if (len)
		memcpy(q->text + q->len, field, len);
	q->len += len;
	q->ends[++q->count] = (uint32_t)(q->len - q->record);
	q->text[q->len++] = '\n'; /* stands where a delimiter would */
}

/* a record of n bytes has at most n + 1 fields, and each takes its bytes and one more */
void quoted_begin(struct quoted *quoted, size_t bytes)
{
	quoted->text =
	    mem_grow(quoted->text, &quoted->text_cap, 2 * bytes + 2 + BLOCK_PADDING, 4096, 1);
	quoted->len = 0;
}

struct quoted_fields quoted_split(struct quoted *quoted, const char *record, size_t len,
                                  char delimiter)
{
	quoted->record = quoted->len;
	quoted->count = 0;
	quoted->ends = mem_grow(quoted->ends, &quoted->ends_cap, 1, 64, sizeof *quoted->ends);
	quoted->ends[0] = UINT32_MAX;
	csv_set_delim(&quoted->parser, (unsigned char)delimiter);
	/* in lenient mode libcsv fails only for want of memory */
	if (csv_parse(&quoted->parser, record, len, take_field, NULL, quoted) != len ||
	    csv_fini(&quoted->parser, take_field, NULL, quoted) != 0)
		mem_out();
	memset(quoted->text + quoted->len, 0, BLOCK_PADDING);
	return (struct quoted_fields){quoted->text + quoted->record, quoted->ends + 1,
	                              (uint32_t)quoted->count};
}

/* How a report is written: the writer, its columns, and where it goes. */
#ifndef RUN_OUTPUT_H
#define RUN_OUTPUT_H

#include "aisgap/detect.h"
#include "base/status.h"
#include "report/columns.h"
#include "report/sink.h"
#include "report/writer.h"

struct output {
	const struct aisgap_options *options;
	const struct writer *writer;
	unsigned char columns[COLUMNS_MAX];
	size_t column_count; /* 0: the format's own choice */
};

/* reads --format, --output and --columns: by the format, else by the output's ending, else CSV
 * (what is posted: NDJSON); ST_USAGE with a message that names the option */
enum status output_prepare(struct output *output, const struct aisgap_options *options,
                           struct diag *diag);
/* --columns, --table... as the writer takes them; borrowed from the output */
struct writer_options output_options(const struct output *output);
/* whether rows go to a file or to standard output, too: not where they are posted and no output is
 * named */
bool output_is_written(const struct output *output);

#endif

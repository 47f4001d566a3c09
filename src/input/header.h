/* How one delimited input is laid out: what stands before its rows, what parts its fields, what
 * they mean. */
#ifndef INPUT_HEADER_H
#define INPUT_HEADER_H

#include <stddef.h>

#include "ais/profile.h"
#include "base/span.h"
#include "base/status.h"

struct header {
	size_t bytes; /* before the first row: byte order mark, preamble, header */
	char delimiter;
	struct column_map map;
	char found[FIELD_COUNT]
	          [48]; /* the header's own names of the columns that are read, for people */
};

/*
 * Reads the layout from the input's first bytes, FORMAT_HEAD of them or all. `name` is for
 * messages. ST_NO_FEED when it is no AIS export: without the columns that a position report needs.
 */
enum status header_detect(struct span head, const char *name, const struct column_options *options,
                          struct header *header, struct diag *diag);

#endif

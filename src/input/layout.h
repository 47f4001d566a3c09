/* How one input is laid out: its format, and what must be known before its records can be read. */
#ifndef INPUT_LAYOUT_H
#define INPUT_LAYOUT_H

#include <stdbool.h>

#include "ais/profile.h"
#include "ais/when.h"
#include "base/span.h"
#include "base/status.h"
#include "input/format.h"
#include "input/header.h"

/* what the user said about the inputs; borrowed by all who read them */
struct layout_options {
	enum input_format format; /* FORMAT_DETECT: told by the first bytes */
	const struct column_options *columns;
	struct when_style when;
	bool any_id;
};

struct layout {
	enum input_format format;
	struct header header; /* of CSV; of JSON the columns of its first position report */
	bool lines;           /* JSON: each record ends with its line */
	bool has_clock;       /* NMEA: lines carry times */
	char *context;        /* JSON: a first record that speaks of all others; else NULL */
};

/*
 * Reads the layout from an input's first FORMAT_HEAD bytes, or all it has. `name` is for messages.
 * ST_NO_FEED when it is no AIS export; the layout then holds what was found. layout_free in every
 * case.
 */
enum status layout_detect(struct span head, const char *name, const struct layout_options *options,
                          struct layout *layout, struct diag *diag);
void layout_free(struct layout *layout);

#endif

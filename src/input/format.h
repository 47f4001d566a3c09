/* What kind of text an input holds, told by its first bytes, never by its name. */
#ifndef INPUT_FORMAT_H
#define INPUT_FORMAT_H

#include <stddef.h>

#include "base/span.h"
#include "base/status.h"

enum input_format {
	FORMAT_DETECT, /* not known yet */
	FORMAT_CSV,    /* delimited text, whatever the delimiter */
	FORMAT_NMEA,
	FORMAT_JSON,
};

/* an input's kind shows within so many bytes, and a header ends there */
enum { FORMAT_HEAD = 64 * 1024 };

/* "csv", "nmea", "json"; "" for FORMAT_DETECT */
const char *format_name(enum input_format format);
/* the format that --input-format calls so; FORMAT_DETECT when there is none */
enum input_format format_find(struct span name);

/*
 * Tells the format from an input's first bytes. ST_NO_FEED, with a message that begins with `name`,
 * when it is empty or something that no export is (HTML, UTF-16, a program's data ...).
 */
enum status format_detect(struct span head, const char *name, enum input_format *format,
                          struct diag *diag);

#endif

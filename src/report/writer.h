/*
 * Writers: one per format, found by name in one table. Init, feed, finish; the caller owns the
 * sink. Every text is made clean UTF-8 without control characters and escaped for its format.
 */
#ifndef REPORT_WRITER_H
#define REPORT_WRITER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "report/record.h"
#include "report/sink.h"

struct writer_options {
	const unsigned char
	    *columns; /* indexes into the column table; NULL for the format's default */
	size_t column_count;
	int width;  /* of the terminal, for tables; 0 is no limit */
	bool color; /* bold header and such on a terminal */
};

struct writer {
	const char *name;       /* "csv" */
	const char *endings;    /* file endings, joined by ',': "geojson" */
	const char *purpose;    /* one line for --help */
	const char *media_type; /* of what it writes, where that may be posted; else NULL */
	bool takes_columns;     /* --columns chooses what it writes */
	bool streams;           /* a row can be read before the last one is written */
	/* each returns nothing: failures stay in the sink until sink_close */
	void *(*begin)(struct sink *sink, const struct report_head *head,
	               const struct writer_options *options);
	void (*row)(void *state, struct sink *sink, const struct record *record);
	void (*end)(void *state, struct sink *sink); /* frees state */
};

/* by name, or by the ending of a path; NULL when there is none */
const struct writer *writer_find(const char *name);
const struct writer *writer_for_path(const char *path);
/* the i-th writer of the table; NULL past the last */
const struct writer *writer_at(size_t i);

#endif

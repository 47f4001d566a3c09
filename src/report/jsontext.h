/* JSON text (RFC 8259), shared by every writer whose format is made of it. */
#ifndef REPORT_JSONTEXT_H
#define REPORT_JSONTEXT_H

#include "base/span.h"
#include "report/record.h"
#include "report/sink.h"

/*
 * A string with its quotes; raw bytes are cleaned and bounded (columns.h). '<', '>' and '&' are
 * written as \u003c, \u003e and \u0026, so that the text may stand inside a page's script element
 * as it is.
 */
void jsontext_string(struct sink *sink, struct span raw);
/* likewise a message or a path, of which 1024 characters are kept */
void jsontext_message(struct sink *sink, struct span raw);
/*
 * A record as an object of all columns in the order of the table, those that tell of a change only
 * with `changes`: null where the value is unknown, lists as arrays, which are empty rather than
 * null; no line break.
 */
void jsontext_record(struct sink *sink, const struct record *record, bool changes);
/* the members that tell of a whole report: "schema_version":1,... without braces */
void jsontext_head(struct sink *sink, const struct report_head *head);

#endif

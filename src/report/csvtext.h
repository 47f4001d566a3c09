/*
 * Text cells of CSV (RFC 4180), safe to open in a spreadsheet.
 *
 * A spreadsheet runs a cell that begins like a formula, and a ship chooses its own name. So, as
 * OWASP advises ("CSV Injection", owasp.org/www-community/attacks/CSV_Injection), a text cell is
 * written with an apostrophe before it when, after blanks if any, it begins with one of = + - @ or
 * their full-width forms. (Tabs and line ends, of which OWASP warns too, are never written: a text
 * holds a space instead.) A text cell that begins with an apostrophe of its own gets one more.
 * To read back: where a text cell begins with an apostrophe, drop that one; all else is as it was.
 *
 * The advice holds for a program that takes the comma for what separates cells, as it must.
 */
#ifndef REPORT_CSVTEXT_H
#define REPORT_CSVTEXT_H

#include "base/span.h"
#include "report/sink.h"

/* one cell from a cleaned text (columns.h), quoted where it must be */
void csvtext_put(struct sink *sink, struct span clean);

#endif

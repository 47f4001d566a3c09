/* Identity fields as exports write them, made comparable: one spelling per value, absent words
 * gone. */
#ifndef AIS_STATICS_H
#define AIS_STATICS_H

#include <stdbool.h>

#include "ais/fix.h"
#include "base/span.h"

enum static_kind { STATIC_NAME, STATIC_CALLSIGN, STATIC_IMO, STATIC_TYPE, STATIC_KINDS };

/* longest value kept, in bytes; AIS itself has 20 characters (M.1371), providers' exports more */
enum { STATIC_MAX = 80 };

/* true for the words by which exports say "nothing here": "", NaN, None, \N, NULL, Unknown, ... */
bool value_absent(struct span s);

/* the raw field of one kind */
struct span statics_field(const struct statics *statics, enum static_kind kind);
/*
 * The value of a raw field: blanks trimmed, cut at '@' (M.1371's padding), bounded to STATIC_MAX
 * bytes on a character boundary. IMO numbers become their seven digits, and are absent unless the
 * check digit fits; numeric types lose leading zeros and fractions. Returns the empty span when
 * absent; the result points into `raw` or `buf`.
 */
struct span statics_value(enum static_kind kind, struct span raw, char buf[STATIC_MAX]);
/* true when any of the fields has a value */
bool statics_any(const struct statics *statics);

#endif

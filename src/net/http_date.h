/* Dates as HTTP writes them (RFC 9110 section 5.6.7). */
#ifndef NET_HTTP_DATE_H
#define NET_HTTP_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

/*
 * The whole span in one of the three forms that a recipient must accept:
 * "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994".
 * False for anything else, or a date that does not exist; the day of the week is not checked.
 */
bool http_date_parse(struct span text, int64_t *t_ms);

#endif

/* Whether rows that were read from a file could have been delivered: files are strangers' bytes. */
#ifndef STATE_SENT_CHECK_H
#define STATE_SENT_CHECK_H

#include "state/sent.h"

/*
 * NULL, or what is wrong with the row, static text. A row that passes may be given to every writer:
 * its id is one, its times and position are in range, numbers are numbers, codes are words, texts
 * are clean, and what is told twice is told alike.
 */
const char *sent_fault(const struct sent_row *row);

#endif

/* What the names of an archive's members say about them. */
#ifndef INPUT_INFLATE_NAMES_H
#define INPUT_INFLATE_NAMES_H

#include <stdbool.h>

#include "base/span.h"

/* a file that macOS adds to archives, which holds no one's data */
bool inflate_is_clutter(struct span name);
/* what a zip begins with that is a workbook or another office document */
bool inflate_is_office(struct span name);
/*
 * What people put beside their data, by a member's name with or without directories: README,
 * LICENSE, COPYING, NOTICE and the like, with any ending or none; texts for people, pictures and
 * the parts of web pages by their ending. Never what ends as data do (readme.csv).
 */
bool inflate_is_document(const char *member);

#endif

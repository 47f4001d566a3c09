/* What the names of an archive's members say about them. */
#ifndef INPUT_INFLATE_NAMES_H
#define INPUT_INFLATE_NAMES_H

#include <stdbool.h>

#include "base/span.h"

/* a file that macOS adds to archives, which holds no one's data */
bool inflate_is_clutter(struct span name);
/* what a zip begins with that is a workbook or another office document */
bool inflate_is_office(struct span name);

#endif

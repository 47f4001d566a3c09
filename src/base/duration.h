/* Durations as people write them: "90m", "6h", "2d", "1.5h". */
#ifndef BASE_DURATION_H
#define BASE_DURATION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

#define DURATION_MAX_MS (INT64_C(10000) * 24 * 3600 * 1000)

/* a number >= 0 and one of the units s, m (minutes), h, d, w; at most 10,000 days; false otherwise
 */
bool duration_parse(struct span s, int64_t *ms);

#endif

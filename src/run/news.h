/* Which identity records tell something that the vessel's records before did not. */
#ifndef RUN_NEWS_H
#define RUN_NEWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ais/fix.h"
#include "ais/statics.h"
#include "base/map.h"

/* all zero is empty */
struct news {
	struct map index;                /* by MMSI */
	uint64_t (*known)[STATIC_KINDS]; /* what each vessel last said of each kind, as a hash */
	size_t count;
	size_t cap;
};

void news_free(struct news *news);
/*
 * True when the report names at least one value that differs from what its vessel last said of that
 * kind, which it then is. A kind that it leaves out is as it was: parts A and B of message 24 tell
 * of different kinds.
 */
bool news_tell(struct news *news, const struct position_report *report);

#endif

/* From heard reports to rows: duplicates and late arrivals. */
#ifndef SIM_DELIVER_H
#define SIM_DELIVER_H

#include <stddef.h>
#include <stdint.h>

#include "vessel.h"

struct sink {
	void (*take)(void *arg, const struct report *r);
	void *arg;
};

struct waiting {
	int64_t due; /* ms of true time */
	uint64_t seq;
	struct report r;
};

struct delivery {
	const struct options *o;
	struct sink to;
	struct waiting *heap;
	size_t count, room;
	uint64_t seq;
};

/* sent must not decrease between two flushes */
void deliver(struct delivery *d, const struct report *r, int64_t sent);
void deliver_rest(struct delivery *d);
void deliver_free(struct delivery *d);

#endif

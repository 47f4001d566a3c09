/* The files of data/ that a run needs, compiled in. */
#ifndef BASE_EMBED_H
#define BASE_EMBED_H

#include <stdbool.h>

#include "base/span.h"

struct embedded {
	const char *name;  /* path below data/ */
	struct span bytes; /* static, read only, no terminator */
};

/* the file's bytes; an empty span with a NULL pointer when no such file is compiled in */
struct span embed_find(const char *name);
/* the i-th file in the order of their names; false past the last */
bool embed_at(size_t i, struct embedded *file);

#endif

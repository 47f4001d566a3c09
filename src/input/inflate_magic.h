/* What compressed streams and archives begin with. */
#ifndef INPUT_INFLATE_MAGIC_H
#define INPUT_INFLATE_MAGIC_H

#include <stdbool.h>

#include "base/span.h"

/* "gzip stream", "tar archive" and so on, for messages; NULL when it is none of them */
const char *inflate_kind(struct span head);
bool inflate_is_gzip(struct span head);
bool inflate_is_tar(struct span head);

#endif

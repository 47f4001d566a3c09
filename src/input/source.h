/* Where bytes come from: standard input or a file. Names are bounded only by the system. */
#ifndef INPUT_SOURCE_H
#define INPUT_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct source;

/* opens a path, or standard input for "-"; ST_FAILED with the reason (a directory, not readable
 * ...) */
enum status source_open(const char *path, struct source **source, struct diag *diag);
void source_close(struct source *source);
/* the path, or "(standard input)" */
const char *source_name(const struct source *source);
/* size in bytes of a regular file, else 0 */
uint64_t source_size(const struct source *source);
/*
 * Reads until buf is full or the input ends: *got < len only at its end. ST_FAILED when reading
 * fails; *got bytes before that are good.
 */
enum status source_read(struct source *source, char *buf, size_t len, size_t *got,
                        struct diag *diag);

#endif

/* A small regular file, read whole: a zone's history, a user's profile. */
#ifndef AIS_SMALL_FILE_H
#define AIS_SMALL_FILE_H

#include <stddef.h>

#include "base/mem.h"
#include "base/span.h"
#include "base/status.h"

/*
 * The file's bytes, kept in the arena. ST_USAGE when it cannot be opened, is no regular file or is
 * longer than `limit`, ST_FAILED when reading fails; the message begins with the path.
 */
enum status small_file_read(const char *path, size_t limit, struct arena *arena, struct span *bytes,
                            struct diag *diag);

#endif

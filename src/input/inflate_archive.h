/*
 * Archives and single compressed streams, unpacked by libarchive: tar and zip; zstd, xz, bzip2,
 * lz4. No other format or filter is enabled, and no program is ever run.
 */
#ifndef INPUT_INFLATE_ARCHIVE_H
#define INPUT_INFLATE_ARCHIVE_H

#include <stdint.h>

#include "input/inflate_out.h"
#include "input/source.h"

/* sends every member of `packed` and what went wrong, up to and with INFLATE_END; as inflate.h
 * promises */
void inflate_archive(struct source *packed, uint64_t max_ratio, struct inflate_out *out);

#endif

/*
 * A packed input in whole blocks: what libarchive makes of a damaged archive, and how much of a
 * bomb is unpacked before it is known as one, depends on how bytes come, so they always come alike.
 */
#ifndef INPUT_INFLATE_BLOCKS_H
#define INPUT_INFLATE_BLOCKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "input/inflate_out.h"
#include "input/source.h"

enum { INFLATE_BLOCK_BYTES = 256 * 1024 };

/* all zero but for the first two at first */
struct inflate_blocks {
	struct source *source;
	struct inflate_out *out; /* blocks end when it is no longer wanted */
	uint64_t taken;          /* bytes of all blocks */
	size_t len;              /* of bytes[], the last block */
	bool at_end;             /* the source has no more */
	bool dry;                /* a block was asked for behind the last */
	struct diag failure;     /* why the source has no more; "" at its end */
	char bytes[INFLATE_BLOCK_BYTES];
};

/* the next block's length; 0, and the last block untouched, when there is none */
size_t inflate_blocks_next(struct inflate_blocks *blocks);

#endif

#include "input/inflate_blocks.h"

size_t inflate_blocks_next(struct inflate_blocks *blocks)
{
	size_t len = 0;

	while (!blocks->at_end && len < sizeof blocks->bytes && inflate_out_wanted(blocks->out)) {
		size_t got = 0;

		if (source_read(blocks->source, blocks->bytes + len, sizeof blocks->bytes - len,
		                &got, &blocks->failure) != ST_OK)
			got = 0;
		blocks->at_end = got == 0;
		len += got;
	}
	blocks->dry = len == 0;
	blocks->taken += len;
	if (len)
		blocks->len = len;
	return len;
}

/*
 * gzip streams (RFC 1952), unpacked by zlib. Not by libarchive: its gzip filter (3.6.2) checks
 * neither checksum nor length, so that damage would go unseen, and of a stream that is cut off it
 * withholds up to 64 KiB that can be read.
 */
#ifndef INPUT_INFLATE_GZIP_H
#define INPUT_INFLATE_GZIP_H

#include <stdint.h>

#include "input/inflate_out.h"
#include "input/source.h"

/*
 * The unpacked bytes of `below`, which is borrowed and whose name it bears: of all its members, one
 * after the other; zero bytes between and behind them are padding. source_read fails, behind all
 * that can be read, when the stream is damaged or ends too early, when anything else follows it,
 * for a bomb (as inflate_open has it), and when `out` is no longer wanted.
 */
struct source *inflate_gzip(struct source *below, uint64_t max_ratio, struct inflate_out *out);

#endif

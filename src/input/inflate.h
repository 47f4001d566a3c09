/*
 * Compressed inputs and archives, unpacked on a thread of their own: gzip by zlib; zstd, xz, bzip2,
 * lz4, tar and zip by libarchive. One level is unpacked at a time (a tar may be compressed): a
 * member that is itself compressed is a source over which inflate_open may be called again.
 */
#ifndef INPUT_INFLATE_H
#define INPUT_INFLATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"
#include "base/status.h"
#include "input/source.h"

enum {
	INFLATE_RATIO = 250,          /* the default of --max-ratio */
	INFLATE_HEAD = 512,           /* bytes that inflate_wanted looks at */
	INFLATE_ENTRIES_MAX = 100000, /* in one archive, directories and the like included */
	INFLATE_NAME_MAX = 255,       /* bytes of a member's name; the rest is cut off */
};

/*
 * True when an input's first bytes are those of gzip, zstd (or its skippable frames), xz, bzip2,
 * lz4, zip or tar. A tar from before 1988, without "ustar" in its header, is not recognised.
 */
bool inflate_wanted(struct span head);

struct inflate;

/*
 * Borrows `below`, which its thread reads, from its present place on, until inflate_close. More
 * than max_ratio times as many bytes as were read of `below` are a failure, once 16 MiB have been
 * unpacked; 0 sets no bound.
 */
struct inflate *inflate_open(struct source *below, uint64_t max_ratio);
/*
 * The next member in the archive's order, as a source for the caller to close, before it asks for
 * the next and before inflate_close. Named "BELOW" (a compressed stream that is no archive) or
 * "BELOW:member"; the name is the archive's own, any bytes, never a path to use. What was not read
 * of the member before is passed over. Only regular files are members; of those not the files
 * that macOS adds (__MACOSX/, ._NAME, .DS_Store).
 *
 * A member that is damaged, cut off, encrypted or sparse gives what can be read of it, then its
 * source_read fails; the next member may still be good.
 *
 * NULL at the end or when the archive cannot be read on, which inflate_status tells.
 */
struct source *inflate_next(struct inflate *inflate);
/*
 * After inflate_next gave NULL: ST_OK at the archive's end (which may hold no member at all), else
 * ST_FAILED. The failure of a single compressed stream is its member's alone and not told again.
 */
enum status inflate_status(const struct inflate *inflate, struct diag *diag);
/*
 * After inflate_next gave NULL: true when a member's source_read has already given the failure that
 * inflate_status tells (then inflate_status adds only that the archive ends there). False when
 * there is none, when it is the archive's own, and when the member was not read that far: then
 * inflate_status tells the member's reason itself. A failure that source_peek met does not count
 * while bytes before it are unread.
 */
bool inflate_told(const struct inflate *inflate);
/*
 * At any time, also with bytes unread: stops the thread and waits for it, which takes as long as a
 * read of `below` that is under way. NULL is closed already.
 */
void inflate_close(struct inflate *inflate);

#endif

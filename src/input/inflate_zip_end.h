/*
 * The end of a zip, which says how many entries it has: read as a stream, an entry whose signature
 * is damaged would otherwise go unseen, and so would a second zip behind the first.
 * Source: PKWARE APPNOTE.TXT 6.3.9, 4.3.16 (end of central directory record).
 */
#ifndef INPUT_INFLATE_ZIP_END_H
#define INPUT_INFLATE_ZIP_END_H

#include <stddef.h>
#include <stdint.h>

/* the record is at least so long, and at most with its comment */
enum { ZIP_END_LEAST = 22, ZIP_END_MOST = ZIP_END_LEAST + 65535 };

/* the last bytes of an input; all zero at first */
struct zip_end {
	char bytes[ZIP_END_MOST];
	size_t len;
	uint64_t total; /* bytes of the whole input */
};

/* the input's next bytes */
void zip_end_take(struct zip_end *end, const char *bytes, size_t len);
/* what is wrong with a zip of which `entries` were read, once all bytes were taken; NULL: nothing
 */
const char *zip_end_fault(const struct zip_end *end, uint64_t entries);

#endif

/* MD5 (RFC 1321): a name for content and a guard against damage, no defence against a forger. */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <stddef.h>

#include "base/span.h"

enum { DIGEST_SIZE = 16, DIGEST_HEX_SIZE = 33 };

/* of the parts end to end */
void digest_md5(const struct span *parts, size_t count, unsigned char digest[DIGEST_SIZE]);
/* lower case, with a terminator */
void digest_hex(const unsigned char digest[DIGEST_SIZE], char hex[DIGEST_HEX_SIZE]);

#endif

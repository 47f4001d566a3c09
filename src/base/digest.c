#include "base/digest.h"

#include <md5.h>
#include <stdint.h>

void digest_md5(const struct span *parts, size_t count, unsigned char digest[DIGEST_SIZE])
{
	MD5_CTX context;

	MD5Init(&context);
	for (size_t i = 0; i < count; i++) {
		if (parts[i].len)
			MD5Update(&context, (const uint8_t *)parts[i].ptr, parts[i].len);
	}
	MD5Final(digest, &context);
}

void digest_hex(const unsigned char digest[DIGEST_SIZE], char hex[DIGEST_HEX_SIZE])
{
	static const char DIGITS[] = "0123456789abcdef";

	for (int i = 0; i < DIGEST_SIZE; i++) {
		hex[2 * i] = DIGITS[digest[i] >> 4];
		hex[2 * i + 1] = DIGITS[digest[i] & 15];
	}
	hex[2 * DIGEST_SIZE] = '\0';
}

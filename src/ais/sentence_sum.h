/* The checksum of sentences and tag blocks: all bytes XORed, as two hex digits (IEC 61162-1 7.2.4).
 */
#ifndef AIS_SENTENCE_SUM_H
#define AIS_SENTENCE_SUM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

static inline unsigned sentence_sum(struct span s)
{
	const char *p = s.ptr;
	size_t len = s.len;
	uint64_t sum = 0;

	for (; len >= sizeof sum; len -= sizeof sum, p += sizeof sum) {
		uint64_t word;

		memcpy(&word, p, sizeof word);
		sum ^= word;
	}
	sum ^= sum >> 32;
	sum ^= sum >> 16;
	sum ^= sum >> 8;
	for (; len; len--, p++)
		sum ^= (unsigned char)*p;
	return sum & 0xff;
}

/* 0-15; 16 for what is no hex digit. Receivers write either case. */
static inline unsigned sentence_hex(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	c |= 'a' ^ 'A';
	return c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10 : 16;
}

/* the sum that the first two digits of `hex` tell; 256 when they are none */
static inline unsigned sentence_told_sum(struct span hex)
{
	unsigned high = hex.len >= 2 ? sentence_hex(hex.ptr[0]) : 16;
	unsigned low = hex.len >= 2 ? sentence_hex(hex.ptr[1]) : 16;

	return high < 16 && low < 16 ? high << 4 | low : 256;
}

/* true when `hex` begins with the two digits of body's sum */
static inline bool sentence_sum_fits(struct span body, struct span hex)
{
	return sentence_told_sum(hex) == sentence_sum(body);
}

#endif

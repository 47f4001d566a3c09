/* Hashes keyed by a secret of the process: strangers cannot choose keys that collide. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stdint.h>

#include "base/span.h"

/* the secret, drawn once per process; hashes mean nothing outside it and are never shown */
uint64_t hash_seed(void);
/* 64 bits of the bytes and of their number */
uint64_t hash_bytes(uint64_t seed, struct span s);

/* the finaliser of SplitMix64 (Steele, Lea, Flood 2014), which mixes every bit into every bit */
static inline uint64_t hash_mix(uint64_t x)
{
	x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
	return x ^ (x >> 31);
}

#endif

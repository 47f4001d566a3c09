/* Numbers that look random and are the same in every run: each trial is told by its seed. */
#ifndef LAW_RANDOM_H
#define LAW_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/hash.h"

/* SplitMix64 (Steele, Lea, Flood 2014) */
struct random {
	uint64_t state;
};

static inline uint64_t random_next(struct random *r)
{
	r->state += UINT64_C(0x9E3779B97F4A7C15);
	return hash_mix(r->state);
}

/* 0 to n - 1 */
static inline uint32_t random_below(struct random *r, uint32_t n)
{
	return (uint32_t)((random_next(r) >> 32) * n >> 32);
}

/* true once in n */
static inline bool random_once_in(struct random *r, uint32_t n)
{
	return random_below(r, n) == 0;
}

/* Fisher and Yates */
static inline void random_shuffle(struct random *r, uint32_t *order, uint32_t count)
{
	for (uint32_t i = count; i > 1; i--) {
		uint32_t j = random_below(r, i);
		uint32_t kept = order[i - 1];

		order[i - 1] = order[j];
		order[j] = kept;
	}
}

/*
 * How many trials of each kind to run: LAW_TRIALS, else `usual`, of which a tenth where every
 * access is checked, which takes ten times as long.
 */
static inline uint32_t random_trials(uint32_t usual)
{
	const char *said = getenv("LAW_TRIALS");

	if (said)
		return (uint32_t)strtoul(said, NULL, 10);
#if defined(__SANITIZE_ADDRESS__)
	return usual / 10;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
	return usual / 10;
#endif
#endif
	return usual;
}

#endif

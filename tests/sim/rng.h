/* Random numbers that are the same on every machine: SplitMix64 (Steele, Lea, Flood 2014). */
#ifndef SIM_RNG_H
#define SIM_RNG_H

#include <stdint.h>

/* two draws never stand in one expression: C leaves their order open, compilers differ */
struct rng {
	uint64_t s;
};

/* SplitMix64's finaliser: one 64-bit number turned into another that looks unrelated */
static inline uint64_t rng_mix(uint64_t x)
{
	x += 0x9e3779b97f4a7c15u;
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
	return x ^ (x >> 31);
}

/* a number that depends on three others: what is random in time must not depend on the order
 * in which it is asked for */
static inline uint64_t rng_hash(uint64_t a, uint64_t b, uint64_t c)
{
	return rng_mix(rng_mix(rng_mix(a) ^ b) ^ c);
}

/* the stream of one purpose of one ship: streams never share numbers in practice */
struct rng rng_stream(uint64_t seed, uint64_t who, uint64_t purpose);
uint64_t rng_next(struct rng *r);
/* 0 to n - 1; n at most 2^32 */
uint64_t rng_below(struct rng *r, uint64_t n);
/* lo to hi, both included */
int64_t rng_range(struct rng *r, int64_t lo, int64_t hi);
/* true with ppm millionths */
int rng_chance(struct rng *r, int64_t ppm);

#endif

#include "rng.h"

struct rng rng_stream(uint64_t seed, uint64_t who, uint64_t purpose)
{
	struct rng r = {rng_hash(seed, who, purpose)};

	return r;
}

uint64_t rng_next(struct rng *r)
{
	uint64_t x = rng_mix(r->s);

	r->s += 0x9e3779b97f4a7c15u;
	return x;
}

/* the multiply-and-shift of Lemire (2019) without its rejection: the bias is below 2^-32 x n */
uint64_t rng_below(struct rng *r, uint64_t n)
{
	return ((rng_next(r) >> 32) * n) >> 32;
}

int64_t rng_range(struct rng *r, int64_t lo, int64_t hi)
{
	if (hi <= lo)
		return lo;
	return lo + (int64_t)(rng_next(r) % (uint64_t)(hi - lo + 1));
}

int rng_chance(struct rng *r, int64_t ppm)
{
	return (int64_t)rng_below(r, 1000000) < ppm;
}

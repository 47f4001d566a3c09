/*
 * Four rounds of an alternating Feistel network (Luby, Rackoff 1988; Black, Rogaway 2002) over the
 * next power of two, walked on until the result is below n (cycle walking).
 */
#include "permute.h"

enum { ROUNDS = 4 };

void permutation_make(struct permutation *p, uint64_t n)
{
	int bits = 2;

	while (bits < 62 && (UINT64_C(1) << bits) < n)
		bits++;
	p->n = n;
	p->low = bits / 2;
	p->high = bits - p->low;
}

/* one multiplication is scrambling enough for a shuffle; the high bits of a product are best */
static inline uint64_t scramble(uint64_t half, uint64_t key, int round, int bits)
{
	uint64_t x = half + key + (uint64_t)round * UINT64_C(0x9e3779b97f4a7c15);

	x = (x ^ (x >> 29)) * UINT64_C(0xd6e8feb86659fd93);
	x ^= x >> 32;
	return (x * UINT64_C(0xff51afd7ed558ccd)) >> (64 - bits);
}

uint64_t permute(const struct permutation *p, uint64_t x, uint64_t key)
{
	uint64_t l;
	uint64_t h;
	int i;

	do {
		l = x & ((UINT64_C(1) << p->low) - 1);
		h = x >> p->low;
		for (i = 0; i < ROUNDS; i += 2) {
			l ^= scramble(h, key, i, p->low);
			h ^= scramble(l, key, i + 1, p->high);
		}
		x = h << p->low | l;
	} while (x >= p->n);
	return x;
}

uint64_t unpermute(const struct permutation *p, uint64_t y, uint64_t key)
{
	uint64_t l;
	uint64_t h;
	int i;

	do {
		l = y & ((UINT64_C(1) << p->low) - 1);
		h = y >> p->low;
		for (i = ROUNDS - 2; i >= 0; i -= 2) {
			h ^= scramble(l, key, i + 1, p->high);
			l ^= scramble(h, key, i, p->low);
		}
		y = h << p->low | l;
	} while (y >= p->n);
	return y;
}

/* A scrambling of 0 to n - 1 that needs no memory, and its inverse. */
#ifndef SIM_PERMUTE_H
#define SIM_PERMUTE_H

#include <stdint.h>

struct permutation {
	uint64_t n;
	int low, high; /* bits of the two halves */
};

void permutation_make(struct permutation *p, uint64_t n);
uint64_t permute(const struct permutation *p, uint64_t x, uint64_t key);
uint64_t unpermute(const struct permutation *p, uint64_t y, uint64_t key);

#endif

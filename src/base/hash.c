#include "base/hash.h"

#include <pthread.h>
#include <sys/random.h>

static uint64_t seed;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void draw(void)
{
	if (getrandom(&seed, sizeof seed, 0) != (ssize_t)sizeof seed)
		seed = (uintptr_t)&seed;
}

uint64_t hash_seed(void)
{
	pthread_once(&once, draw);
	return seed;
}

static uint64_t load(const char *p, size_t len)
{
	uint64_t word = 0;

	memcpy(&word, p, len);
	return word;
}

/* the two halves of a 128-bit product, folded (Wang Yi, "wyhash", 2019) */
static uint64_t fold(uint64_t a, uint64_t b)
{
	unsigned __int128 product = (unsigned __int128)a * b;

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

uint64_t hash_bytes(uint64_t key, struct span s)
{
	/* secret on both sides of each product: nobody can choose bytes that make it 0 */
	const uint64_t secret = hash_mix(hash_seed() + UINT64_C(0x9E3779B97F4A7C15));
	const char *p = s.ptr;
	size_t left = s.len;

	for (; left > 16; left -= 16, p += 16)
		key = fold(load(p, 8) ^ secret, load(p + 8, 8) ^ key);
	if (s.len >= 16) /* the last 16 bytes, whatever was taken in already */
		key = fold(load(p + left - 16, 8) ^ secret, load(p + left - 8, 8) ^ key);
	else if (left >= 8)
		key = fold(load(p, 8) ^ secret, load(p + left - 8, 8) ^ key);
	else if (left)
		key = fold(load(p, left) ^ secret, key ^ left);
	return hash_mix(key ^ s.len);
}

#include "base/hash.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/random.h>

static uint64_t seed;
static uint64_t secret; /* another, that follows from it */
static pthread_once_t once = PTHREAD_ONCE_INIT;
static _Atomic bool drawn;

static void draw(void)
{
	if (getrandom(&seed, sizeof seed, 0) != (ssize_t)sizeof seed)
		seed = (uintptr_t)&seed;
	secret = hash_mix(seed + UINT64_C(0x9E3779B97F4A7C15));
	atomic_store_explicit(&drawn, true, memory_order_release);
}

uint64_t hash_seed(void)
{
	/* pthread_once alone would do, at the price of a call per hash */
	if (!atomic_load_explicit(&drawn, memory_order_acquire))
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

/* 8 bytes at p and at q; secret on both sides of the product: nobody can choose bytes that make it
 * 0 */
static uint64_t take(uint64_t key, const char *p, const char *q)
{
	return fold(load(p, 8) ^ secret, load(q, 8) ^ key);
}

uint64_t hash_bytes(uint64_t key, struct span s)
{
	const char *p = s.ptr;
	const char *end;

	hash_seed();
	if (!s.len)
		return hash_mix(key);
	end = p + s.len;
	if (s.len >= 16) {
		for (; end - p > 16; p += 16)
			key = take(key, p, p + 8);
		/* the last 16 bytes, whatever was taken in already */
		key = take(key, end - 16, end - 8);
	} else if (s.len >= 8) {
		key = take(key, p, end - 8);
	} else {
		key = fold(load(p, s.len) ^ secret, key ^ s.len);
	}
	return hash_mix(key ^ s.len);
}

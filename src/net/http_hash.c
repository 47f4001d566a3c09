#include "net/http_hash.h"

#include "base/hash.h"

void http_hash_start(struct http_hash *hash)
{
	*hash = (struct http_hash){.state = hash_seed()};
}

static void add_byte(struct http_hash *hash, char c)
{
	hash->word |= (uint64_t)(unsigned char)c << (hash->count++ % 8 * 8);
	if (hash->count % 8 == 0) {
		hash->state = hash_mix(hash->state ^ hash->word);
		hash->word = 0;
	}
}

static uint64_t load(const char *p)
{
	uint64_t word = 0;

	for (int i = 0; i < 8; i++)
		word |= (uint64_t)(unsigned char)p[i] << (i * 8);
	return word;
}

/* each word is mixed in by a one-to-one function: a difference stays until another undoes it */
void http_hash_add(struct http_hash *hash, struct span bytes)
{
	size_t i = 0;

	for (; i < bytes.len && hash->count % 8; i++)
		add_byte(hash, bytes.ptr[i]);
	for (; bytes.len - i >= 8; i += 8, hash->count += 8)
		hash->state = hash_mix(hash->state ^ load(bytes.ptr + i));
	for (; i < bytes.len; i++)
		add_byte(hash, bytes.ptr[i]);
}

bool http_hash_same(const struct http_hash *a, const struct http_hash *b)
{
	return a->state == b->state && a->word == b->word && a->count == b->count;
}

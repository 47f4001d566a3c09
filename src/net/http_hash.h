/*
 * A running hash of a body: the same for the same bytes, however they are cut up. It tells whether
 * a body that is read anew begins with what was already passed on. A server can send what it likes
 * anyway, so this is no seal against it; the process's seed merely makes 64 bits enough.
 */
#ifndef NET_HTTP_HASH_H
#define NET_HTTP_HASH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

struct http_hash {
	uint64_t state;
	uint64_t word;  /* bytes that do not fill a word yet, the first lowest */
	uint64_t count; /* bytes so far */
};

void http_hash_start(struct http_hash *hash);
void http_hash_add(struct http_hash *hash, struct span bytes);
bool http_hash_same(const struct http_hash *a, const struct http_hash *b);

#endif

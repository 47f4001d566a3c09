/*
 * A hash map from 64-bit keys to 32-bit values (indexes), open addressing, no removal.
 * Keys come from strangers: a random seed per process keeps them from being chosen to collide.
 * The order of its entries means nothing and is never shown.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"

enum { MAP_NONE = UINT32_MAX };

struct map_slot {
	uint64_t key;
	uint32_t value; /* MAP_NONE in an empty slot */
};

/* all zero is an empty map */
struct map {
	struct map_slot *slots;
	size_t mask; /* slots - 1, a power of two less one */
	size_t used;
	uint64_t seed;
};

void map_free(struct map *map);
/* where the search for a key begins; only in a map that is not empty */
static inline size_t map_home(const struct map *map, uint64_t key)
{
	return hash_mix(key ^ map->seed) & map->mask;
}

/* asks the processor to fetch the place where a key would be */
static inline void map_prefetch(const struct map *map, uint64_t key)
{
	if (map->slots)
		__builtin_prefetch(&map->slots[map_home(map, key)]);
}

/* the key's slot, or the empty one where it belongs; only in a map that is not empty */
static inline struct map_slot *map_slot(const struct map *map, uint64_t key)
{
	size_t i = map_home(map, key);

	while (map->slots[i].value != MAP_NONE && map->slots[i].key != key)
		i = (i + 1) & map->mask;
	return &map->slots[i];
}

/* the key's value, or MAP_NONE */
static inline uint32_t map_get(const struct map *map, uint64_t key)
{
	return map->slots ? map_slot(map, key)->value : MAP_NONE;
}

/* adds a key that is not in the map; value is not MAP_NONE */
void map_put(struct map *map, uint64_t key, uint32_t value);

#endif

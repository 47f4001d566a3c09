#include "base/map.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"

static void rehash(struct map *map, size_t count)
{
	struct map_slot *old = map->slots;
	size_t old_count = old ? map->mask + 1 : 0;

	map->slots = mem_resize(NULL, count, sizeof *map->slots);
	map->mask = count - 1;
	for (size_t i = 0; i < count; i++)
		map->slots[i].value = MAP_NONE;
	for (size_t i = 0; i < old_count; i++) {
		if (old[i].value != MAP_NONE)
			*map_slot(map, old[i].key) = old[i];
	}
	free(old);
}

void map_free(struct map *map)
{
	free(map->slots);
	*map = (struct map){0};
}

void map_put(struct map *map, uint64_t key, uint32_t value)
{
	if (!map->slots) {
		map->seed = hash_seed();
		rehash(map, 64);
	} else if (map->used >= (map->mask + 1) / 8 * 5) {
		rehash(map, (map->mask + 1) * 2);
	}
	*map_slot(map, key) = (struct map_slot){key, value};
	map->used++;
}

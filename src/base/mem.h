/*
 * Memory. Out of memory ends the program in one place (mem_out), so no caller checks.
 * Two lifetimes: heap blocks that their owner frees with free(), and arenas that are freed whole.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

#include "base/span.h"

/* count * size bytes, zeroed; ends the program when there is no memory or the product overflows */
void *mem_new(size_t count, size_t size);
/* resizes ptr (or NULL) to count * size bytes; new bytes are not set */
void *mem_resize(void *ptr, size_t count, size_t size);
/* doubles *cap (from at least `least`) until it holds `need` elements, and resizes ptr to it */
void *mem_grow(void *ptr, size_t *cap, size_t need, size_t least, size_t size);
/* a copy of the bytes as a C string, to be freed by the caller */
char *mem_string(struct span s);
/* prints "out of memory" and ends the program with status 1 */
_Noreturn void mem_out(void);

struct arena_block;

/* a region: everything allocated from it goes at once; all zero is an empty arena */
struct arena {
	struct arena_block *blocks;
	size_t used;
};

/* size bytes aligned for any type, zeroed, alive until arena_free */
void *arena_new(struct arena *arena, size_t size);
/* a copy of the bytes, unaligned and without terminator */
struct span arena_span(struct arena *arena, struct span s);
/* a copy of the bytes as a C string */
char *arena_string(struct arena *arena, struct span s);
/* frees all blocks; the arena is empty and usable again */
void arena_free(struct arena *arena);

#endif

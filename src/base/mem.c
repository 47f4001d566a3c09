#include "base/mem.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { BLOCK_SIZE = 64 * 1024 - 64 };

struct arena_block {
	struct arena_block *next;
	size_t size;
	alignas(max_align_t) char bytes[];
};

void mem_out(void)
{
	fputs("aisgap: out of memory\n", stderr);
	exit(1);
}

static size_t product(size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		mem_out();
	return count * size;
}

void *mem_new(size_t count, size_t size)
{
	size_t total = product(count, size);
	void *ptr = calloc(1, total ? total : 1);

	if (!ptr)
		mem_out();
	return ptr;
}

void *mem_resize(void *ptr, size_t count, size_t size)
{
	size_t total = product(count, size);

	ptr = realloc(ptr, total ? total : 1);
	if (!ptr)
		mem_out();
	return ptr;
}

void *mem_grow(void *ptr, size_t *cap, size_t need, size_t least, size_t size)
{
	size_t grown = *cap > least ? *cap : least;

	if (need <= *cap)
		return ptr;
	while (grown < need) {
		if (grown > SIZE_MAX / 2)
			mem_out();
		grown *= 2;
	}
	*cap = grown;
	return mem_resize(ptr, grown, size);
}

char *mem_string(struct span s)
{
	char *copy = mem_resize(NULL, s.len + 1, 1);

	span_copy(s, copy, s.len + 1);
	return copy;
}

/* `size` bytes at an address that is a multiple of `align`, in the newest block or a new one */
static char *take(struct arena *arena, size_t size, size_t align)
{
	struct arena_block *block = arena->blocks;
	size_t at = (arena->used + align - 1) & ~(align - 1);

	if (!block || at > block->size || size > block->size - at) {
		size_t want = size > BLOCK_SIZE ? size : BLOCK_SIZE;

		if (want > SIZE_MAX - sizeof *block)
			mem_out();
		block = mem_resize(NULL, 1, sizeof *block + want);
		block->next = arena->blocks;
		block->size = want;
		arena->blocks = block;
		at = 0;
	}
	arena->used = at + size;
	return block->bytes + at;
}

void *arena_new(struct arena *arena, size_t size)
{
	void *ptr = take(arena, size, alignof(max_align_t));

	memset(ptr, 0, size);
	return ptr;
}

struct span arena_span(struct arena *arena, struct span s)
{
	char *copy = take(arena, s.len, 1);

	if (s.len)
		memcpy(copy, s.ptr, s.len);
	return (struct span){copy, s.len};
}

char *arena_string(struct arena *arena, struct span s)
{
	char *copy = take(arena, s.len + 1, 1);

	if (s.len)
		memcpy(copy, s.ptr, s.len);
	copy[s.len] = '\0';
	return copy;
}

void arena_free(struct arena *arena)
{
	while (arena->blocks) {
		struct arena_block *next = arena->blocks->next;

		free(arena->blocks);
		arena->blocks = next;
	}
	arena->used = 0;
}

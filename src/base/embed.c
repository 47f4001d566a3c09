#include "base/embed.h"

#include <stdint.h>

/*
 * embed_files.h is written by the Makefile: one EMBED(symbol, "path below data/") per file, sorted
 * by path. The assembler copies the bytes, so a data file never becomes a source file.
 */
#define EMBED(symbol, path)                                                                        \
	__asm__(".pushsection .rodata\n.balign 16\n" #symbol ":\n.incbin \"data/" path             \
	        "\"\n" #symbol "_end:\n.byte 0\n.popsection\n");                                   \
	extern const char symbol[] __attribute__((visibility("hidden")));                          \
	extern const char symbol##_end[] __attribute__((visibility("hidden")));
#include "embed_files.h"
#undef EMBED

static const struct {
	const char *name;
	const char *begin;
	const char *end;
} FILES[] = {
#define EMBED(symbol, path) {path, symbol, symbol##_end},
#include "embed_files.h"
#undef EMBED
};

enum { FILE_COUNT = sizeof FILES / sizeof *FILES };

bool embed_at(size_t i, struct embedded *file)
{
	if (i >= FILE_COUNT)
		return false;
	file->name = FILES[i].name;
	file->bytes.ptr = FILES[i].begin;
	file->bytes.len = (size_t)((uintptr_t)FILES[i].end - (uintptr_t)FILES[i].begin);
	return true;
}

struct span embed_find(const char *name)
{
	struct embedded file;

	for (size_t i = 0; embed_at(i, &file); i++) {
		if (strcmp(file.name, name) == 0)
			return file.bytes;
	}
	return (struct span){NULL, 0};
}

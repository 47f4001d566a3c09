/* A text in memory, cut by the splitter as a file is, and its rows. */
#ifndef FUZZ_SPLIT_TEXT_H
#define FUZZ_SPLIT_TEXT_H

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "input/splitter.h"
#include "text/rows.h"

/* a file that lies in memory, under a path that can be opened */
struct memory_file {
	int fd;
	char path[40];
};

static inline struct memory_file memory_file_new(void)
{
	struct memory_file file = {.fd = memfd_create("text", MFD_CLOEXEC)};

	if (file.fd < 0)
		abort();
	snprintf(file.path, sizeof file.path, "/proc/self/fd/%d", file.fd);
	return file;
}

static inline void memory_file_set(const struct memory_file *file, const char *text, size_t len)
{
	size_t done = 0;

	while (done < len) {
		ssize_t n = pwrite(file->fd, text + done, len - done, (off_t)done);

		if (n <= 0)
			abort();
		done += (size_t)n;
	}
	if (ftruncate(file->fd, (off_t)len) != 0)
		abort();
}

/* calls `take` with every row of the file from byte `start` on */
static inline void split_text(const struct memory_file *file, size_t start, char delimiter,
                              size_t block_size, struct rows *rows,
                              void (*take)(void *context, const struct row *row), void *context)
{
	struct block_buffer buffer = {0};
	struct splitter *splitter;
	struct source *source;
	struct block block;
	struct row row;

	if (source_open(file->path, NULL, &source, NULL) != ST_OK)
		abort();
	splitter = splitter_new(source, block_size, SPLIT_ROWS, delimiter, start);
	while (splitter_next(splitter, &buffer, &block)) {
		rows_begin(rows, &block, delimiter);
		while (rows_next(rows, &row))
			take(context, &row);
	}
	if (splitter_status(splitter, NULL) != ST_OK)
		abort();
	block_buffer_free(&buffer);
	splitter_free(splitter);
	source_close(source);
}

#endif

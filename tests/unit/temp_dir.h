/* A directory of a test's own, in memory where there is room for one, and files in it. */
#ifndef UNIT_TEMP_DIR_H
#define UNIT_TEMP_DIR_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

struct temp_dir {
	char path[64];
	char file[128]; /* the last that temp_path named */
};

static inline void temp_open(struct temp_dir *dir)
{
	bool shm = access("/dev/shm", W_OK) == 0;

	snprintf(dir->path, sizeof dir->path, "%s/aisgap-test-XXXXXX", shm ? "/dev/shm" : "/tmp");
	if (!mkdtemp(dir->path))
		abort();
}

/* a file's path in the directory, valid until the next call */
static inline const char *temp_path(struct temp_dir *dir, const char *name)
{
	snprintf(dir->file, sizeof dir->file, "%s/%.60s", dir->path, name);
	return dir->file;
}

/* how many entries the directory has */
static inline int temp_count(const struct temp_dir *dir)
{
	DIR *d = opendir(dir->path);
	int count = -2; /* "." and ".." */

	if (!d)
		return -1;
	while (readdir(d))
		count++;
	closedir(d);
	return count;
}

/* removes the directory and the files in it */
static inline void temp_close(struct temp_dir *dir)
{
	DIR *d = opendir(dir->path);
	struct dirent *entry;

	while (d && (entry = readdir(d))) {
		char path[400];

		snprintf(path, sizeof path, "%s/%s", dir->path, entry->d_name);
		if (entry->d_name[0] != '.' && unlink(path))
			rmdir(path);
	}
	if (d)
		closedir(d);
	rmdir(dir->path);
}

/* the file's bytes, to be freed; ptr is NULL when it cannot be read */
static inline struct span temp_read(const char *path)
{
	FILE *file = fopen(path, "rb");
	char *bytes = NULL;
	size_t cap = 0;
	size_t len = 0;
	size_t got;

	if (!file)
		return (struct span){NULL, 0};
	do {
		bytes = mem_grow(bytes, &cap, len + 1, 4096, 1);
		got = fread(bytes + len, 1, cap - len, file);
		len += got;
	} while (got);
	fclose(file);
	return (struct span){bytes, len};
}

static inline void temp_write(const char *path, struct span bytes)
{
	FILE *file = fopen(path, "wb");

	if (!file || (bytes.len && fwrite(bytes.ptr, 1, bytes.len, file) != bytes.len) ||
	    fclose(file))
		abort();
}

#endif

#include "base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

enum { MAX_LINKS = 40 }; /* as many as Linux follows */

/* the first `head` bytes of a path, then `tail` */
static char *join(const char *path, size_t head, const char *tail)
{
	size_t size = strlen(tail) + 1;
	char *joined = mem_new(head + size, 1);

	memcpy(joined, path, head);
	memcpy(joined + head, tail, size);
	return joined;
}

char *path_with(const char *path, const char *ending)
{
	return join(path, strlen(path), ending);
}

char *path_beside(const char *path, const char *name)
{
	const char *slash = strrchr(path, '/');

	return join(path, slash ? (size_t)(slash - path) + 1 : 0, name);
}

char *path_real(const char *path)
{
	char *at = path_with(path, "");

	for (int i = 0; i < MAX_LINKS; i++) {
		char link[PATH_MAX];
		char *real = realpath(at, NULL);
		ssize_t length = real ? -1 : readlink(at, link, sizeof link - 1);
		char *next = real;

		if (length >= 0) {
			link[length] = '\0';
			next = path_beside(link[0] == '/' ? "" : at, link);
		}
		if (!next)
			return at;
		free(at);
		at = next;
		if (real)
			return at;
	}
	return at;
}

int path_sync_fd(int fd)
{
	while (fsync(fd)) {
		if (errno != EINTR)
			return errno == EINVAL || errno == ENOTSUP ? 0 : errno;
	}
	return 0;
}

int path_sync_directory(const char *path)
{
	char *directory = path_beside(path, ".");
	int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int error;

	free(directory);
	if (fd < 0)
		return 0;
	error = path_sync_fd(fd);
	close(fd);
	return error;
}

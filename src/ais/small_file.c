#include "ais/small_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum status fail(struct diag *diag, enum status status, const char *path)
{
	char text[128];

	return diag_set(diag, status, "%.200s: %s", path, strerror_r(errno, text, sizeof text));
}

static enum status read_all(int fd, const char *path, char *buf, size_t size, struct diag *diag)
{
	size_t done = 0;

	while (done < size) {
		ssize_t n = read(fd, buf + done, size - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return fail(diag, ST_FAILED, path);
		if (n == 0)
			return diag_set(diag, ST_FAILED, "%.200s: became shorter while it was read",
			                path);
		done += (size_t)n;
	}
	return ST_OK;
}

enum status small_file_read(const char *path, size_t limit, struct arena *arena, struct span *bytes,
                            struct diag *diag)
{
	/* O_NONBLOCK: opening a pipe that nobody writes to must not wait */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	enum status status = ST_OK;
	struct stat info;
	char *buf;

	if (fd < 0)
		return fail(diag, ST_USAGE, path);
	if (fstat(fd, &info) < 0)
		status = fail(diag, ST_USAGE, path);
	else if (!S_ISREG(info.st_mode))
		status = diag_set(diag, ST_USAGE, "%.200s: not a regular file", path);
	else if (info.st_size < 0 || (uintmax_t)info.st_size > limit)
		status = diag_set(diag, ST_USAGE, "%.200s: longer than %zu bytes", path, limit);
	if (status == ST_OK) {
		buf = arena_new(arena, (size_t)info.st_size + 1);
		*bytes = (struct span){buf, (size_t)info.st_size};
		status = read_all(fd, path, buf, bytes->len, diag);
	}
	close(fd);
	return status;
}

#include "input/source.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/span.h"

/* what Linux allows without privilege; fewer wake-ups than the usual 64 KiB */
enum { PIPE_SIZE = 1024 * 1024 };

struct source {
	int fd;
	uint64_t size;
	char name[]; /* for messages */
};

static struct source *new_source(const char *name, int fd)
{
	size_t len = strlen(name) + 1;
	struct source *source = mem_new(1, sizeof *source + len);

	source->fd = fd;
	memcpy(source->name, name, len);
	return source;
}

enum status source_open(const char *path, struct source **source, struct diag *diag)
{
	bool standard = strcmp(path, "-") == 0;
	int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;

	if (standard)
		path = "(standard input)";
	if (fd < 0 || fstat(fd, &st) < 0)
		return diag_set(diag, ST_FAILED, "%s: %s", path, strerror(errno));
	if (S_ISDIR(st.st_mode)) {
		if (!standard)
			close(fd);
		return diag_set(diag, ST_FAILED, "%s: is a directory; expected a file", path);
	}
	*source = new_source(path, fd);
	if (S_ISREG(st.st_mode)) {
		(*source)->size = (uint64_t)st.st_size;
		posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
	} else if (S_ISFIFO(st.st_mode)) {
		fcntl(fd, F_SETPIPE_SZ, PIPE_SIZE);
	}
	return ST_OK;
}

void source_close(struct source *source)
{
	if (!source)
		return;
	if (source->fd != STDIN_FILENO)
		close(source->fd);
	free(source);
}

const char *source_name(const struct source *source)
{
	return source->name;
}

uint64_t source_size(const struct source *source)
{
	return source->size;
}

/* a descriptor that its owner made non-blocking (ssh, systemd, node do) */
static void wait_for_bytes(int fd)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};

	poll(&p, 1, -1);
}

enum status source_read(struct source *source, char *buf, size_t len, size_t *got,
                        struct diag *diag)
{
	for (*got = 0; *got < len;) {
		ssize_t n = read(source->fd, buf + *got, len - *got);

		if (n == 0)
			break;
		if (n > 0)
			*got += (size_t)n;
		else if (errno == EAGAIN)
			wait_for_bytes(source->fd);
		else if (errno != EINTR)
			return diag_set(diag, ST_FAILED, "%s: read error: %s", source->name,
			                strerror(errno));
	}
	return ST_OK;
}

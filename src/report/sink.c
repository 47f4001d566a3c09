#include "report/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/path.h"

enum {
	BUFFER_SIZE = 256 * 1024,
	NAME_TRIES = 100,
};

static const char STDOUT_NAME[] = "standard output";

struct sink {
	int fd;    /* -1 for memory */
	int error; /* errno of the first write that failed; nothing is written after it */
	char *buffer;
	size_t used;
	size_t capacity;
	char *name;      /* as the user gave it, for messages */
	char *target;    /* where the file appears; NULL for a stream */
	char *temporary; /* where it is written meanwhile */
};

/*
 * A new file beside the target; mode as open(2) takes it, so that umask and default ACLs hold.
 * The name is short, for a target's name may be as long as the file system allows.
 */
static bool create_temporary(struct sink *sink, mode_t mode)
{
	for (int i = 0; i < NAME_TRIES; i++) {
		uint32_t random[2];
		char name[40];
		char *path;
		int error;

		if (getrandom(random, sizeof random, 0) != (ssize_t)sizeof random)
			return false;
		snprintf(name, sizeof name, ".aisgap-%08x%08x", random[0], random[1]);
		path = path_beside(sink->target, name);
		sink->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
		error = errno;
		if (sink->fd >= 0) {
			sink->temporary = path;
			return true;
		}
		free(path);
		errno = error;
		if (error != EEXIST)
			return false;
	}
	return false;
}

/* A replaced file keeps its mode, and its owner where this process may give files away. */
static bool keep_mode(int fd, const struct stat *old)
{
	if (fchown(fd, old->st_uid, old->st_gid))
		errno = 0; /* only a privileged process may */
	return !fchmod(fd, old->st_mode & 0777);
}

/* An older file that may not be written to is not replaced either, though rename would do it. */
static bool open_file(struct sink *sink, const struct stat *old)
{
	sink->target = path_real(sink->name);
	if (old && faccessat(AT_FDCWD, sink->target, W_OK, AT_EACCESS))
		return false;
	return create_temporary(sink, old ? 0600 : 0666) && (!old || keep_mode(sink->fd, old));
}

/* What an earlier run could not write to its end must not take the first line of this one. */
static void end_last_line(struct sink *sink)
{
	char name[64];
	struct stat st;
	char last = '\n';
	int fd;

	if (fstat(sink->fd, &st) || !S_ISREG(st.st_mode) || !st.st_size ||
	    !(fcntl(sink->fd, F_GETFL) & O_APPEND))
		return;
	/* it is open for writing alone */
	snprintf(name, sizeof name, "/proc/self/fd/%d", sink->fd);
	fd = open(name, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	if (pread(fd, &last, 1, st.st_size - 1) == 1 && last != '\n')
		sink_text(sink, "\n");
	close(fd);
}

static bool open_any(struct sink *sink, const char *path)
{
	struct stat status;
	bool exists;

	/* /dev/stdout may lead to a file that a shell has open: it is no file to be replaced */
	if (!path || !strcmp(path, "/dev/stdout")) {
		sink->fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
		if (sink->fd >= 0)
			end_last_line(sink);
		return sink->fd >= 0;
	}
	exists = !stat(path, &status);
	if (!exists && (errno != ENOENT || !*path))
		return false;
	if (!exists || S_ISREG(status.st_mode))
		return open_file(sink, exists ? &status : NULL);
	sink->fd = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
	return sink->fd >= 0;
}

static struct sink *sink_new(const char *name)
{
	struct sink *sink = mem_new(1, sizeof *sink);

	sink->fd = -1;
	sink->name = mem_string(span_of(name));
	sink->capacity = BUFFER_SIZE;
	sink->buffer = mem_resize(NULL, sink->capacity, 1);
	return sink;
}

enum status sink_open(const char *path, struct sink **sink, struct diag *diag)
{
	enum status status;

	if (path && !strcmp(path, "-"))
		path = NULL;
	*sink = sink_new(path ? path : STDOUT_NAME);
	if (open_any(*sink, path))
		return ST_OK;
	status = diag_set(diag, ST_FAILED, "%.400s: %s", (*sink)->name, strerror(errno));
	sink_abort(*sink);
	*sink = NULL;
	return status;
}

struct sink *sink_memory(void)
{
	return sink_new("memory");
}

struct span sink_bytes(const struct sink *sink)
{
	return (struct span){sink->buffer, sink->used};
}

/* all of it, also to a pipe that someone else made non-blocking; false with errno set */
static bool write_all(int fd, const char *bytes, size_t len)
{
	while (len) {
		ssize_t n = write(fd, bytes, len);

		if (n >= 0) {
			bytes += n;
			len -= (size_t)n;
		} else if (errno == EAGAIN) {
			struct pollfd ready = {fd, POLLOUT, 0};

			poll(&ready, 1, -1);
		} else if (errno != EINTR) {
			return false;
		}
	}
	return true;
}

void sink_flush(struct sink *sink)
{
	if (sink->fd < 0)
		return;
	if (!sink->error && !write_all(sink->fd, sink->buffer, sink->used))
		sink->error = errno;
	sink->used = 0;
}

void sink_put(struct sink *sink, struct span bytes)
{
	if (!bytes.len || sink->error)
		return;
	if (sink->fd < 0) {
		sink->buffer =
		    mem_grow(sink->buffer, &sink->capacity, sink->used + bytes.len, BUFFER_SIZE, 1);
	} else if (bytes.len > sink->capacity - sink->used) {
		sink_flush(sink);
	}
	if (bytes.len > sink->capacity) {
		if (!sink->error && !write_all(sink->fd, bytes.ptr, bytes.len))
			sink->error = errno;
		return;
	}
	memcpy(sink->buffer + sink->used, bytes.ptr, bytes.len);
	sink->used += bytes.len;
}

bool sink_failed(const struct sink *sink)
{
	return sink->error != 0;
}

void sink_reset(struct sink *sink)
{
	sink->used = 0;
}

void sink_text(struct sink *sink, const char *text)
{
	sink_put(sink, span_of(text));
}

static void close_fd(struct sink *sink)
{
	if (sink->fd >= 0 && close(sink->fd) && !sink->error && errno != EINTR)
		sink->error = errno;
	sink->fd = -1;
}

/* puts a file that is complete in its place */
static void publish(struct sink *sink)
{
	if (!sink->error)
		sink->error = path_sync_fd(sink->fd);
	close_fd(sink);
	if (sink->error)
		return;
	if (rename(sink->temporary, sink->target)) {
		sink->error = errno;
		return;
	}
	free(sink->temporary);
	sink->temporary = NULL;
	sink->error = path_sync_directory(sink->target);
}

enum status sink_close(struct sink *sink, bool *gone, struct diag *diag)
{
	enum status status = ST_OK;
	bool left;

	sink_flush(sink);
	if (sink->target)
		publish(sink);
	else
		close_fd(sink);
	left = sink->error == EPIPE && !sink->target;
	if (gone)
		*gone = left;
	if (sink->error && !left)
		status = diag_set(diag, ST_FAILED, "%.400s: %s", sink->name, strerror(sink->error));
	sink_abort(sink);
	return status;
}

void sink_abort(struct sink *sink)
{
	close_fd(sink);
	if (sink->temporary)
		unlink(sink->temporary);
	free(sink->temporary);
	free(sink->target);
	free(sink->name);
	free(sink->buffer);
	free(sink);
}

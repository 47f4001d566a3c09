#include "state/replace.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/path.h"

enum { BUFFER_SIZE = 256 * 1024 };

struct replace {
	int fd;
	int error; /* errno of the first failure; nothing is written after it */
	bool made; /* the temporary is there */
	size_t used;
	char *path;
	char *temporary;
	char buffer[BUFFER_SIZE];
};

/* A file that may not be written to is not replaced either, though rename would do it. */
static bool check_old(const char *path, struct stat *old, bool *exists)
{
	*exists = !lstat(path, old);
	if (!*exists)
		return errno == ENOENT;
	if (!S_ISREG(old->st_mode)) {
		errno = S_ISDIR(old->st_mode) ? EISDIR : EINVAL;
		return false;
	}
	return !faccessat(AT_FDCWD, path, W_OK, AT_EACCESS);
}

/* the mode of the file that is replaced, and its owner where this process may give files away */
static bool keep_mode(int fd, const struct stat *old)
{
	if (fchown(fd, old->st_uid, old->st_gid))
		errno = 0; /* only a privileged process may */
	return !fchmod(fd, old->st_mode & 0777);
}

static bool begin(struct replace *r)
{
	struct stat old;
	bool exists;

	if (!check_old(r->path, &old, &exists))
		return false;
	if (unlink(r->temporary) && errno != ENOENT)
		return false;
	r->fd =
	    open(r->temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, (mode_t)0600);
	r->made = r->fd >= 0;
	return r->made && (!exists || keep_mode(r->fd, &old));
}

enum status replace_open(const char *path, struct replace **replace, struct diag *diag)
{
	struct replace *r = mem_new(1, sizeof *r);
	enum status status;

	r->fd = -1;
	r->path = path_with(path, "");
	r->temporary = path_with(path, ".tmp");
	*replace = r;
	if (begin(r))
		return ST_OK;
	status = diag_set(diag, ST_FAILED, "%.400s: %s", path, strerror(errno));
	replace_abort(r);
	*replace = NULL;
	return status;
}

static void write_all(struct replace *r, const char *bytes, size_t len)
{
	while (len && !r->error) {
		ssize_t n = write(r->fd, bytes, len);

		if (n > 0) {
			bytes += n;
			len -= (size_t)n;
		} else if (n == 0) { /* no file system should */
			r->error = EIO;
		} else if (errno != EINTR) {
			r->error = errno;
		}
	}
}

static void flush(struct replace *r)
{
	write_all(r, r->buffer, r->used);
	r->used = 0;
}

void replace_put(struct replace *r, struct span bytes)
{
	if (!bytes.len || r->error)
		return;
	if (bytes.len > BUFFER_SIZE - r->used)
		flush(r);
	if (bytes.len > BUFFER_SIZE) {
		write_all(r, bytes.ptr, bytes.len);
		return;
	}
	memcpy(r->buffer + r->used, bytes.ptr, bytes.len);
	r->used += bytes.len;
}

/* Linux closes the file even where close(2) was interrupted */
static void close_file(struct replace *r)
{
	if (r->fd >= 0 && close(r->fd) && !r->error && errno != EINTR)
		r->error = errno;
	r->fd = -1;
}

static void publish(struct replace *r)
{
	flush(r);
	if (!r->error)
		r->error = path_sync_fd(r->fd);
	close_file(r);
	if (r->error)
		return;
	if (rename(r->temporary, r->path)) {
		r->error = errno;
		return;
	}
	r->made = false;
	r->error = path_sync_directory(r->path);
}

enum status replace_commit(struct replace *r, struct diag *diag)
{
	enum status status = ST_OK;

	publish(r);
	if (r->error)
		status = diag_set(diag, ST_FAILED, "%.400s: %s", r->path, strerror(r->error));
	replace_abort(r);
	return status;
}

enum status replace_remove(const char *path, struct diag *diag)
{
	int error = unlink(path) < 0 && errno != ENOENT ? errno : path_sync_directory(path);

	return error ? diag_set(diag, ST_FAILED, "%.400s: %s", path, strerror(error)) : ST_OK;
}

void replace_abort(struct replace *r)
{
	if (!r)
		return;
	close_file(r);
	if (r->made)
		unlink(r->temporary);
	free(r->path);
	free(r->temporary);
	free(r);
}

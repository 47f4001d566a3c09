/*
 * A library to be preloaded (LD_PRELOAD) that makes one system call of a program fail, so that each
 * of them can be tried in turn. Counted are calls of those named below on files in one directory.
 *
 *   FAIL_IO_DIR    the directory, as the program names it (files by descriptor are looked up)
 *   FAIL_IO_CALLS  names of those that count, joined by blanks
 *   FAIL_IO_AT     which of these calls, from 1
 *   FAIL_IO_HOW    fail: the errno that such a call meets with, and on a write each later one too
 *                  short: a write of half the bytes, and each later one finds the disk full
 *                  part: a read or write of half the bytes, and nothing else
 *                  intr: EINTR, once
 *                  kill: the process ends before the call, as by kill -9
 *   FAIL_IO_MARK   a file outside the directory that is made when this happens; it names the call
 *
 * short, part and intr are for calls of read and write alone.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { MARK_MODE = 0600 };

static atomic_int calls;
static atomic_bool full;

static bool is_how(const char *how)
{
	const char *set = getenv("FAIL_IO_HOW");

	return set && strcmp(set, how) == 0;
}

static bool is_inside(const char *path)
{
	const char *dir = getenv("FAIL_IO_DIR");

	return dir && path && strncmp(path, dir, strlen(dir)) == 0;
}

static bool is_inside_fd(int fd)
{
	char link[64];
	char path[PATH_MAX];
	ssize_t length;

	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	length = readlink(link, path, sizeof path - 1);
	if (length < 0)
		return false;
	path[length] = '\0';
	return is_inside(path);
}

static void mark(const char *name)
{
	const char *path = getenv("FAIL_IO_MARK");
	long fd = path
	              ? syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, MARK_MODE)
	              : -1;

	if (fd < 0)
		abort();
	if (syscall(SYS_write, fd, name, strlen(name)) < 0)
		abort();
	syscall(SYS_close, fd);
}

/* whether a call of this name is one of those that count */
static bool is_counted(const char *name)
{
	const char *at = getenv("FAIL_IO_CALLS");
	size_t len = strlen(name);

	while (at && *at) {
		size_t word = strcspn(at, " ");

		if (word == len && memcmp(at, name, len) == 0)
			return true;
		at += word + (at[word] == ' ');
	}
	return false;
}

/* whether this call is the one; does not return where it is to be killed */
static bool is_due(const char *name)
{
	const char *at = getenv("FAIL_IO_AT");

	if (!at || !is_counted(name) || atomic_fetch_add(&calls, 1) + 1 != atoi(at))
		return false;
	mark(name);
	if (is_how("kill"))
		raise(SIGKILL);
	return true;
}

/* for calls that can only fail or be the last */
static bool fails(const char *name, bool inside, int error)
{
	int before = errno;

	if (!inside || !(is_how("fail") || is_how("kill")) || !is_due(name)) {
		errno = before;
		return false;
	}
	errno = error;
	return true;
}

static void *next(const char *name)
{
	void *found = dlsym(RTLD_NEXT, name);

	if (!found)
		abort();
	return found;
}

#define CALL(name, type) ((type)next(name))

int open(const char *path, int flags, ...)
{
	va_list list;
	mode_t mode;

	va_start(list, flags);
	mode = flags & O_CREAT ? va_arg(list, mode_t) : 0;
	va_end(list);
	if (fails("open", is_inside(path), EACCES))
		return -1;
	return CALL("open", int (*)(const char *, int, ...))(path, flags, mode);
}

ssize_t read(int fd, void *bytes, size_t len)
{
	ssize_t (*real)(int, void *, size_t) = CALL("read", ssize_t(*)(int, void *, size_t));
	bool inside = is_inside_fd(fd);

	if (fails("read", inside, EIO))
		return -1;
	if (!inside || !(is_how("part") || is_how("intr")) || !is_due("read"))
		return real(fd, bytes, len);
	if (is_how("part"))
		return real(fd, bytes, len > 1 ? len / 2 : len);
	errno = EINTR;
	return -1;
}

ssize_t write(int fd, const void *bytes, size_t len)
{
	ssize_t (*real)(int, const void *, size_t) =
	    CALL("write", ssize_t(*)(int, const void *, size_t));
	bool inside = is_inside_fd(fd);

	if (inside && full) {
		errno = ENOSPC;
		return -1;
	}
	if (fails("write", inside, ENOSPC)) {
		full = true;
		return -1;
	}
	if (!inside || is_how("fail") || is_how("kill") || !is_due("write"))
		return real(fd, bytes, len);
	if (is_how("intr")) {
		errno = EINTR;
		return -1;
	}
	full = is_how("short");
	return real(fd, bytes, len > 1 ? len / 2 : len);
}

int fsync(int fd)
{
	return fails("fsync", is_inside_fd(fd), EIO) ? -1 : CALL("fsync", int (*)(int))(fd);
}

/* the file is closed all the same, as Linux does */
int close(int fd)
{
	bool inside = is_inside_fd(fd);
	int result;

	if (inside && is_how("kill"))
		fails("close", true, 0);
	result = CALL("close", int (*)(int))(fd);
	if (inside && is_how("fail") && fails("close", true, EIO))
		return -1;
	return result;
}

int rename(const char *from, const char *to)
{
	if (fails("rename", is_inside(to), EACCES))
		return -1;
	return CALL("rename", int (*)(const char *, const char *))(from, to);
}

int unlink(const char *path)
{
	if (fails("unlink", is_inside(path), EACCES))
		return -1;
	return CALL("unlink", int (*)(const char *))(path);
}

int flock(int fd, int how)
{
	if (fails("flock", is_inside_fd(fd), ENOLCK))
		return -1;
	return CALL("flock", int (*)(int, int))(fd, how);
}

int fchmod(int fd, mode_t mode)
{
	if (fails("fchmod", is_inside_fd(fd), EPERM))
		return -1;
	return CALL("fchmod", int (*)(int, mode_t))(fd, mode);
}

int fstat(int fd, struct stat *status)
{
	if (fails("fstat", is_inside_fd(fd), EIO))
		return -1;
	return CALL("fstat", int (*)(int, struct stat *))(fd, status);
}

int faccessat(int fd, const char *path, int mode, int flags)
{
	if (fails("faccessat", is_inside(path), EACCES))
		return -1;
	return CALL("faccessat", int (*)(int, const char *, int, int))(fd, path, mode, flags);
}

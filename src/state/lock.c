#include "state/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/path.h"

struct lock {
	int fd;
};

static int take(int fd, bool wait)
{
	while (flock(fd, wait ? LOCK_EX : LOCK_EX | LOCK_NB)) {
		if (errno != EINTR)
			return errno;
	}
	return 0;
}

enum status lock_take(const char *path, bool wait, struct lock **lock, struct diag *diag)
{
	char *name = path_with(path, ".lock");
	enum status status = ST_OK;
	int error;
	int fd;

	*lock = NULL;
	/* flock needs no right to write, so that a lock made by another user serves too */
	fd = open(name, O_RDONLY | O_CREAT | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK | O_CLOEXEC,
	          (mode_t)0600);
	error = fd < 0 ? errno : take(fd, wait);
	if (fd >= 0 && error)
		close(fd);
	if (error == EWOULDBLOCK && fd >= 0)
		status = diag_set(diag, ST_FAILED,
		                  "%.300s: another run is using it (it holds %.100s); wait for it "
		                  "to end, or use --wait",
		                  path, name);
	else if (error)
		status = diag_set(diag, ST_FAILED, "%.400s: %s", name, strerror(error));
	free(name);
	if (status)
		return status;
	*lock = mem_new(1, sizeof **lock);
	(*lock)->fd = fd;
	return ST_OK;
}

void lock_give(struct lock *lock)
{
	if (!lock)
		return;
	close(lock->fd);
	free(lock);
}

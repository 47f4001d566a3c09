#include "input/live.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "input/file_url.h"
#include "net/http.h"
#include "text/record.h"

enum {
	STEP_MS = 200,      /* how long one poll may wait */
	QUIET_MS = 1000,    /* of a head: nothing came for so long */
	PATIENCE_MS = 5000, /* of a head whose first line is there */
	/* what Linux allows without privilege: room for what comes while a state is saved */
	PIPE_SIZE = 1024 * 1024,
};

#define NEVER INT64_MAX

struct live {
	struct live_options options;
	struct source *source;
	int fd;
	bool regular; /* a file, which ends where it ends */
	bool stopped; /* told to stop: what is there is read, but no more than a pipe holds */
	int64_t left; /* bytes of that */
	bool ended;
	int64_t idle_ms; /* when idle was called last */
	char *name;
};

enum waited { WAITED_READY, WAITED_QUIET, WAITED_ENDED };

/* by a clock of no date */
static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* what was sent before somebody said stop is not lost, where it is there already */
static bool told_to_stop(struct live *live)
{
	struct pollfd p = {.fd = live->fd, .events = POLLIN};

	if (!live->stopped) {
		if (!live->options.stop || !live->options.stop(live->options.context))
			return false;
		live->stopped = true;
		live->left = live->regular ? 0 : PIPE_SIZE;
	}
	if (live->left > 0 && poll(&p, 1, 0) > 0)
		return false;
	live->ended = true;
	source_cut(live->source);
	return true;
}

static void be_idle(struct live *live)
{
	if (!live->options.idle || now_ms() - live->idle_ms < STEP_MS)
		return;
	live->options.idle(live->options.context);
	live->idle_ms = now_ms();
}

/* until there is something to read (its end, too), or until_ms, which may have passed */
static enum waited wait_for_bytes(struct live *live, int64_t until_ms)
{
	struct pollfd p = {.fd = live->fd, .events = POLLIN};

	for (;;) {
		int64_t left_ms;
		int ready;

		if (live->ended || told_to_stop(live))
			return WAITED_ENDED;
		be_idle(live);
		left_ms = until_ms == NEVER ? STEP_MS : until_ms - now_ms();
		if (left_ms <= 0)
			return WAITED_QUIET;
		ready = poll(&p, 1, left_ms < STEP_MS ? (int)left_ms : STEP_MS);
		/* what else is wrong with the descriptor, reading tells */
		if (ready > 0 || (ready < 0 && errno != EINTR))
			return WAITED_READY;
	}
}

/* the end of the stream: after a stop it is as good as none, and a connection may have broken off
 */
static void end_source(struct live *live)
{
	if (live->stopped)
		source_cut(live->source);
	else if (!live->regular)
		source_tear(live->source);
}

/*
 * A descriptor that poll calls ready is read at once, so that reading blocks only where somebody
 * else took the bytes.
 */
static enum status live_read(void *state, char *buf, size_t len, size_t *got, struct diag *diag)
{
	struct live *live = state;

	*got = 0;
	while (wait_for_bytes(live, NEVER) == WAITED_READY) {
		ssize_t n = read(live->fd, buf, len);

		if (n >= 0) {
			*got = (size_t)n;
			live->left -= live->stopped ? n : 0;
			live->ended = n == 0;
			if (live->ended)
				end_source(live);
			return ST_OK;
		}
		if (errno == EAGAIN || errno == EINTR)
			continue;
		live->ended = true;
		return diag_set(diag, ST_FAILED, "%s: read error: %s", live->name, strerror(errno));
	}
	return ST_OK;
}

static void live_close(void *state)
{
	struct live *live = state;

	if (live->fd != STDIN_FILENO)
		close(live->fd);
	free(live->name);
	free(live);
}

/* of a URL only what stands before its colon: a password may follow */
static enum status refuse_url(const char *path, struct diag *diag)
{
	return diag_set(diag, ST_USAGE,
	                "%.*s...: is a URL; --follow reads a stream: curl -N URL | aisgap --follow",
	                (int)strcspn(path, ":/"), path);
}

/* without waiting for a FIFO's writer, and without a terminal's signals */
static enum status open_fd(const char *path, int *fd, struct diag *diag)
{
	if (http_is_url(path) || file_url_is(path))
		return refuse_url(path, diag);
	*fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (*fd >= 0)
		return ST_OK;
	if (source_is_foreign(path))
		return refuse_url(path, diag);
	return diag_set(diag, ST_FAILED, "%s: %s", path, strerror(errno));
}

static enum status check_fd(int fd, const char *name, struct stat *st, struct diag *diag)
{
	if (fstat(fd, st) < 0)
		return diag_set(diag, ST_FAILED, "%s: %s", name, strerror(errno));
	if (S_ISDIR(st->st_mode))
		return diag_set(diag, ST_FAILED, "%s: is a directory; expected a stream", name);
	return ST_OK;
}

static struct source *new_source(const char *name, int fd, const struct live_options *options,
                                 const struct stat *st)
{
	static const struct source_ops OPS = {live_read, live_close};
	struct live *live = mem_new(1, sizeof *live);

	live->options = *options;
	live->fd = fd;
	live->regular = S_ISREG(st->st_mode);
	live->idle_ms = now_ms();
	live->name = mem_string(span_of(name));
	live->source =
	    source_new(name, S_ISREG(st->st_mode) ? (uint64_t)st->st_size : 0, &OPS, live);
	if (S_ISFIFO(st->st_mode))
		fcntl(fd, F_SETPIPE_SZ, PIPE_SIZE);
	return live->source;
}

enum status live_open(const char *path, const struct live_options *options, struct source **source,
                      struct diag *diag)
{
	bool standard = strcmp(path, "-") == 0;
	const char *name = standard ? "(standard input)" : path;
	enum status status = ST_OK;
	int fd = STDIN_FILENO;
	struct stat st;

	*source = NULL;
	if (!standard)
		status = open_fd(path, &fd, diag);
	if (status != ST_OK)
		return status;
	status = check_fd(fd, name, &st, diag);
	if (status == ST_OK)
		*source = new_source(name, fd, options, &st);
	else if (!standard)
		close(fd);
	return status;
}

bool live_ended(const struct source *source)
{
	const struct live *live = source_state(source);

	return live->ended;
}

struct span live_peek(struct source *source, size_t want)
{
	struct live *live = source_state(source);
	struct span head = source_peek(source, 0);
	int64_t end_ms = NEVER;
	size_t line = 0;

	while (head.len < want) {
		int64_t now = now_ms();
		int64_t until_ms = NEVER;

		if (head.len)
			line += record_line_end(head.ptr + line, head.len - line);
		if (line < head.len) {
			end_ms = end_ms == NEVER ? now + PATIENCE_MS : end_ms;
			until_ms = now + QUIET_MS < end_ms ? now + QUIET_MS : end_ms;
		}
		if (wait_for_bytes(live, until_ms) != WAITED_READY)
			break;
		head = source_peek_once(source, want);
	}
	return head;
}

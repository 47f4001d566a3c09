#include "input/source.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "input/file_url.h"

/* what Linux allows without privilege; fewer wake-ups than the usual 64 KiB */
enum { PIPE_SIZE = 1024 * 1024 };

struct source {
	const struct source_ops *ops;
	void *state;
	uint64_t size;
	_Atomic uint64_t taken;
	char *head; /* read, but not yet taken out: head[head_at..head_len) */
	size_t head_at;
	size_t head_len;
	size_t head_cap;
	bool cut;
	bool torn;
	enum status status; /* of the reading behind the head */
	struct diag diag;
	char name[]; /* for messages */
};

struct source *source_new(const char *name, uint64_t size, const struct source_ops *ops,
                          void *state)
{
	size_t len = strlen(name) + 1;
	struct source *source = mem_new(1, sizeof *source + len);

	source->ops = ops;
	source->state = state;
	source->size = size;
	memcpy(source->name, name, len);
	return source;
}

void *source_state(const struct source *source)
{
	return source->state;
}

void source_close(struct source *source)
{
	if (!source)
		return;
	source->ops->close(source->state);
	free(source->head);
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

uint64_t source_taken(const struct source *source)
{
	return source->taken;
}

static enum status read_below(struct source *source, char *buf, size_t len, size_t *got,
                              struct diag *diag)
{
	enum status status = source->ops->read(source->state, buf, len, got, diag);

	source->taken += *got;
	return status;
}

/* moves what is in the head to its beginning, with room for `want` bytes */
static void make_room(struct source *source, size_t want)
{
	size_t have = source->head_len - source->head_at;

	if (source->head_at && have)
		memmove(source->head, source->head + source->head_at, have);
	source->head_at = 0;
	source->head_len = have;
	source->head = mem_grow(source->head, &source->head_cap, want, want, 1);
}

/* false when nothing came */
static bool lengthen_head(struct source *source, size_t want)
{
	size_t got = 0;

	if (source->status == ST_OK)
		source->status = read_below(source, source->head + source->head_len,
		                            want - source->head_len, &got, &source->diag);
	source->head_len += got;
	return got;
}

struct span source_peek(struct source *source, size_t want)
{
	make_room(source, want);
	while (source->head_len < want && lengthen_head(source, want))
		;
	return (struct span){source->head, source->head_len};
}

struct span source_peek_once(struct source *source, size_t want)
{
	make_room(source, want);
	if (source->head_len < want)
		lengthen_head(source, want);
	return (struct span){source->head, source->head_len};
}

void source_cut(struct source *source)
{
	source->cut = true;
}

bool source_is_cut(const struct source *source)
{
	return source->cut;
}

void source_tear(struct source *source)
{
	source->torn = true;
}

bool source_is_torn(const struct source *source)
{
	return source->torn;
}

enum status source_read(struct source *source, char *buf, size_t len, size_t *got,
                        struct diag *diag)
{
	size_t have = source->head_len - source->head_at;

	*got = have < len ? have : len;
	if (*got) {
		memcpy(buf, source->head + source->head_at, *got);
		source->head_at += *got;
		return ST_OK;
	}
	if (source->status == ST_OK)
		source->status = read_below(source, buf, len, got, &source->diag);
	if (source->status != ST_OK && diag)
		*diag = source->diag;
	return source->status;
}

/* a descriptor of this process */
struct file {
	int fd;
	char *name;
};

/* a descriptor that its owner made non-blocking (ssh, systemd, node do) */
static void wait_for_bytes(int fd)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};

	poll(&p, 1, -1);
}

static enum status file_read(void *state, char *buf, size_t len, size_t *got, struct diag *diag)
{
	const struct file *file = state;

	*got = 0;
	for (;;) {
		ssize_t n = read(file->fd, buf, len);

		if (n >= 0) {
			*got = (size_t)n;
			return ST_OK;
		}
		if (errno == EAGAIN)
			wait_for_bytes(file->fd);
		else if (errno != EINTR)
			return diag_set(diag, ST_FAILED, "%s: read error: %s", file->name,
			                strerror(errno));
	}
}

static void file_close(void *state)
{
	struct file *file = state;

	if (file->fd != STDIN_FILENO)
		close(file->fd);
	free(file->name);
	free(file);
}

bool source_is_foreign(const char *path)
{
	const char *slashes = strstr(path, "//");

	/* "/a//b" and "a/b//c" are paths; "ftp://h", "https//h" and " http://h" are not */
	return slashes && slashes > path && !memchr(path, '/', (size_t)(slashes - path)) &&
	       !http_is_url(path);
}

static enum status open_file(const char *path, struct source **source, struct diag *diag)
{
	static const struct source_ops OPS = {file_read, file_close};
	bool standard = strcmp(path, "-") == 0;
	int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	struct file *file;
	struct stat st;

	if (standard)
		path = "(standard input)";
	if (fd < 0 && source_is_foreign(path))
		return diag_set(diag, ST_FAILED,
		                "%.*s...: no such file, and of URLs only http, https and file are "
		                "read",
		                (int)strcspn(path, ":/"), path);
	if (fd < 0 || fstat(fd, &st) < 0)
		return diag_set(diag, ST_FAILED, "%s: %s", path, strerror(errno));
	if (S_ISDIR(st.st_mode)) {
		if (!standard)
			close(fd);
		return diag_set(diag, ST_FAILED, "%s: is a directory; expected a file", path);
	}
	file = mem_new(1, sizeof *file);
	*file = (struct file){fd, mem_string(span_of(path))};
	*source = source_new(path, S_ISREG(st.st_mode) ? (uint64_t)st.st_size : 0, &OPS, file);
	if (S_ISREG(st.st_mode))
		posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
	else if (S_ISFIFO(st.st_mode))
		fcntl(fd, F_SETPIPE_SZ, PIPE_SIZE);
	return ST_OK;
}

static enum status url_read(void *state, char *buf, size_t len, size_t *got, struct diag *diag)
{
	return http_read(state, buf, len, got, diag);
}

static void url_close(void *state)
{
	http_close(state);
}

static enum status open_url(const char *url, const struct http_options *options,
                            struct source **source, struct diag *diag)
{
	static const struct source_ops OPS = {url_read, url_close};
	struct http *http;
	enum status status = http_open(url, options, &http, diag);
	char *name;

	if (status != ST_OK)
		return status;
	name = http_public_name(url);
	*source = source_new(name, http_size(http), &OPS, http);
	free(name);
	return ST_OK;
}

static enum status open_file_url(const char *url, struct source **source, struct diag *diag)
{
	char *path;
	enum status status = file_url_path(url, &path, diag);

	if (status == ST_OK)
		status = open_file(path, source, diag);
	free(path);
	return status;
}

enum status source_open(const char *path, const struct http_options *http, struct source **source,
                        struct diag *diag)
{
	*source = NULL;
	if (http_is_url(path))
		return open_url(path, http, source, diag);
	return file_url_is(path) ? open_file_url(path, source, diag)
	                         : open_file(path, source, diag);
}

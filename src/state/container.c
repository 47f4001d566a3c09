#include "state/container.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/mem.h"
#include "state/code.h"
#include "state/replace.h"

enum {
	FILE_HEAD = CONTAINER_MAGIC_SIZE + CONTAINER_VERSION_SIZE,
	LABEL = 4 + 8, /* tag and length */
	SECTION_HEAD = LABEL + DIGEST_SIZE,
	END_SIZE = 8,
};

struct container_out {
	struct replace *file;
	unsigned char chain[DIGEST_SIZE]; /* the digest before */
	uint64_t count;
};

struct container_in {
	int fd;
	char *path;
	const char *what;
	uint64_t size;
	uint64_t at;      /* bytes read */
	uint64_t section; /* where the section that was read last begins */
	uint64_t count;
	uint32_t version;
	unsigned char chain[DIGEST_SIZE];
	char *payload;
	size_t cap;
};

static struct span digest_span(const unsigned char digest[DIGEST_SIZE])
{
	return (struct span){(const char *)digest, DIGEST_SIZE};
}

static void put_head(struct container_out *out, const char *magic, uint32_t version)
{
	struct code_out head = {0};

	code_raw(&head, (struct span){magic, CONTAINER_MAGIC_SIZE});
	code_u32(&head, version);
	digest_md5(&(struct span){head.bytes, head.len}, 1, out->chain);
	replace_put(out->file, (struct span){head.bytes, head.len});
	free(head.bytes);
}

static void put_section(struct container_out *out, uint32_t tag, struct span payload)
{
	struct code_out label = {0};
	struct span parts[3];

	code_u32(&label, tag);
	code_u64(&label, payload.len);
	parts[0] = digest_span(out->chain);
	parts[1] = (struct span){label.bytes, label.len};
	parts[2] = payload;
	digest_md5(parts, 3, out->chain);
	replace_put(out->file, parts[1]);
	replace_put(out->file, digest_span(out->chain));
	replace_put(out->file, payload);
	free(label.bytes);
}

enum status container_create(const char *path, const char magic[CONTAINER_MAGIC_SIZE],
                             uint32_t version, struct container_out **out, struct diag *diag)
{
	struct replace *file;
	enum status status = replace_open(path, &file, diag);

	*out = NULL;
	if (status)
		return status;
	*out = mem_new(1, sizeof **out);
	(*out)->file = file;
	put_head(*out, magic, version);
	return ST_OK;
}

void container_put(struct container_out *out, uint32_t tag, struct span payload)
{
	put_section(out, tag, payload);
	out->count++;
}

enum status container_commit(struct container_out *out, struct diag *diag)
{
	struct code_out end = {0};
	enum status status;

	code_u64(&end, out->count);
	put_section(out, 0, (struct span){end.bytes, end.len});
	free(end.bytes);
	status = replace_commit(out->file, diag);
	free(out);
	return status;
}

void container_abort(struct container_out *out)
{
	if (!out)
		return;
	replace_abort(out->file);
	free(out);
}

enum status container_damaged_at(const struct container_in *in, uint64_t section, const char *why,
                                 struct diag *diag)
{
	return diag_set(diag, ST_FAILED,
	                "%.200s: damaged at byte %llu (%.150s): restore it from a copy, or remove "
	                "it to begin anew",
	                in->path, (unsigned long long)section, why);
}

enum status container_damaged(const struct container_in *in, const char *why, struct diag *diag)
{
	return container_damaged_at(in, in->section, why, diag);
}

uint64_t container_section(const struct container_in *in)
{
	return in->section;
}

/* exactly `len` bytes, which the file's size promises */
static enum status read_bytes(struct container_in *in, char *bytes, size_t len, struct diag *diag)
{
	while (len) {
		ssize_t n = read(in->fd, bytes, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return diag_set(diag, ST_FAILED, "%.400s: %s", in->path, strerror(errno));
		if (!n)
			return container_damaged(in, "cut short", diag);
		bytes += n;
		len -= (size_t)n;
		in->at += (uint64_t)n;
	}
	return ST_OK;
}

static enum status check_version(struct container_in *in, uint32_t newest, struct diag *diag)
{
	if (in->version > newest)
		return diag_set(diag, ST_FAILED,
		                "%.300s: written by a newer aisgap (format %u; this one reads up "
		                "to %u): use that version",
		                in->path, in->version, newest);
	return in->version ? ST_OK : container_damaged(in, "format 0", diag);
}

static enum status read_head(struct container_in *in, const char *magic, uint32_t newest,
                             struct diag *diag)
{
	char bytes[FILE_HEAD];
	size_t len = in->size < FILE_HEAD ? (size_t)in->size : FILE_HEAD;
	struct code_in version;
	enum status status = read_bytes(in, bytes, len, diag);

	if (status)
		return status;
	if (!len)
		return container_damaged(in, "empty", diag);
	if (memcmp(bytes, magic, len < CONTAINER_MAGIC_SIZE ? len : CONTAINER_MAGIC_SIZE) != 0)
		return diag_set(diag, ST_FAILED,
		                "%.300s: this is not %s of aisgap; expected a file that it wrote: "
		                "give another name, or move this file away",
		                in->path, in->what);
	if (len < FILE_HEAD)
		return container_damaged(in, "cut short", diag);
	digest_md5(&(struct span){bytes, FILE_HEAD}, 1, in->chain);
	version = code_in_of((struct span){bytes + CONTAINER_MAGIC_SIZE, CONTAINER_VERSION_SIZE});
	in->version = code_get_u32(&version);
	return check_version(in, newest, diag);
}

/* not blocking, so that a pipe of this name does not hang the run; it is refused */
static enum status open_file(const char *path, int *fd, uint64_t *size, struct diag *diag)
{
	struct stat st = {0};
	int error = 0;

	*fd = open(path, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	if (*fd < 0 && errno == ENOENT)
		return ST_OK;
	if (*fd < 0 || fstat(*fd, &st))
		error = errno;
	if (!error && S_ISREG(st.st_mode)) {
		*size = (uint64_t)st.st_size;
		return ST_OK;
	}
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
	return diag_set(diag, ST_FAILED, "%.400s: %s", path,
	                error                 ? strerror(error)
	                : S_ISDIR(st.st_mode) ? "a directory; expected a file"
	                                      : "a pipe or device; expected a file");
}

enum status container_open(const char *path, const char magic[CONTAINER_MAGIC_SIZE],
                           uint32_t version, const char *what, struct container_in **in,
                           struct diag *diag)
{
	uint64_t size = 0;
	int fd;
	enum status status = open_file(path, &fd, &size, diag);

	*in = NULL;
	if (status || fd < 0)
		return status;
	*in = mem_new(1, sizeof **in);
	(*in)->fd = fd;
	(*in)->path = mem_string(span_of(path));
	(*in)->what = what;
	(*in)->size = size;
	status = read_head(*in, magic, version, diag);
	if (status) {
		container_close(*in);
		*in = NULL;
	}
	return status;
}

/* a section's payload, in memory that is asked for only after the file was seen to hold it */
static enum status read_payload(struct container_in *in, uint64_t len, struct diag *diag)
{
	if (len > in->size - in->at)
		return container_damaged(in, "cut short", diag);
	if (len > in->cap) {
		free(in->payload);
		in->payload = mem_resize(NULL, (size_t)len, 1);
		in->cap = (size_t)len;
	}
	return read_bytes(in, in->payload, (size_t)len, diag);
}

static enum status check_digest(struct container_in *in, const char *head, struct span payload,
                                struct diag *diag)
{
	struct span parts[3] = {digest_span(in->chain), {head, LABEL}, payload};

	digest_md5(parts, 3, in->chain);
	if (memcmp(in->chain, head + LABEL, DIGEST_SIZE) != 0)
		return container_damaged(in, "its checksum does not fit", diag);
	return ST_OK;
}

static enum status check_end(const struct container_in *in, struct span payload, struct diag *diag)
{
	struct code_in end = code_in_of(payload);

	if (payload.len != END_SIZE || code_get_u64(&end) != in->count)
		return container_damaged(in, "sections are missing", diag);
	if (in->at != in->size)
		return container_damaged(in, "more follows after its end", diag);
	return ST_OK;
}

enum status container_next(struct container_in *in, uint32_t *tag, struct span *payload,
                           struct diag *diag)
{
	char head[SECTION_HEAD];
	struct code_in label = code_in_of((struct span){head, LABEL});
	uint64_t len;
	enum status status;

	in->section = in->at;
	if (in->size - in->at < SECTION_HEAD)
		return container_damaged(in, "cut short", diag);
	status = read_bytes(in, head, SECTION_HEAD, diag);
	if (status)
		return status;
	*tag = code_get_u32(&label);
	len = code_get_u64(&label);
	status = read_payload(in, len, diag);
	if (status)
		return status;
	*payload = (struct span){in->payload, (size_t)len};
	status = check_digest(in, head, *payload, diag);
	if (!status && !*tag)
		status = check_end(in, *payload, diag);
	in->count++;
	return status;
}

uint32_t container_version(const struct container_in *in)
{
	return in->version;
}

void container_close(struct container_in *in)
{
	if (!in)
		return;
	close(in->fd);
	free(in->path);
	free(in->payload);
	free(in);
}

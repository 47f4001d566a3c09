#include "input/inflate.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/pipe.h"
#include "input/inflate_archive.h"
#include "input/inflate_gzip.h"
#include "input/inflate_magic.h"
#include "input/inflate_out.h"

struct inflate {
	struct source *below;
	uint64_t max_ratio;
	struct pipe *pipe;
	pthread_t thread;
	bool started;
	size_t at;             /* bytes taken out of the slot at hand */
	bool ended;            /* nothing more comes */
	struct source *member; /* the last; valid until the caller closes it */
	bool cut;              /* it gave a failure behind which nothing can be read */
	bool told;             /* as inflate_told */
	enum status status;    /* once it has ended */
	struct diag diag;      /* once it has ended, or of a cut that was passed over */
};

bool inflate_wanted(struct span head)
{
	return inflate_kind(head) != NULL;
}

/* the bytes of a source, which is no archive, as the one member */
static void pass_on(struct source *source, struct inflate_out *out)
{
	struct diag diag = {""};
	size_t got = 1;
	size_t room;
	char *to;

	inflate_out_event(out, INFLATE_MEMBER, SPAN(""));
	while (got && (to = inflate_out_room(out, &room)) != NULL) {
		if (source_read(source, to, room, &got, &diag) != ST_OK)
			break;
		inflate_out_filled(out, got);
		inflate_out_flush(out);
	}
	inflate_out_event(out, INFLATE_MEMBER_END, span_of(diag.text));
	inflate_out_event(out, INFLATE_END, SPAN(""));
}

static void unpack_gzip(struct inflate *inflate, struct inflate_out *out)
{
	struct source *unpacked = inflate_gzip(inflate->below, inflate->max_ratio, out);

	if (inflate_is_tar(source_peek(unpacked, INFLATE_HEAD)))
		inflate_archive(unpacked, inflate->max_ratio, out);
	else
		pass_on(unpacked, out);
	source_close(unpacked);
}

/* the thread */
static void *unpack(void *state)
{
	struct inflate *inflate = state;
	struct inflate_out out = {.pipe = inflate->pipe};

	if (inflate_is_gzip(source_peek(inflate->below, INFLATE_HEAD)))
		unpack_gzip(inflate, &out);
	else
		inflate_archive(inflate->below, inflate->max_ratio, &out);
	return NULL;
}

struct inflate *inflate_open(struct source *below, uint64_t max_ratio)
{
	struct inflate *inflate = mem_new(1, sizeof *inflate);

	inflate->below = below;
	inflate->max_ratio = max_ratio;
	inflate->pipe = pipe_new();
	inflate->started = pthread_create(&inflate->thread, NULL, unpack, inflate) == 0;
	if (!inflate->started) {
		inflate->ended = true;
		inflate->status =
		    diag_set(&inflate->diag, ST_FAILED,
		             "%s: cannot be unpacked: no thread to be had", source_name(below));
	}
	return inflate;
}

static void release(struct inflate *inflate)
{
	inflate->at = 0;
	pipe_release(inflate->pipe);
}

static enum status member_read(void *state, char *buf, size_t len, size_t *got, struct diag *diag)
{
	struct inflate *inflate = state;
	struct pipe_slot *slot = pipe_full(inflate->pipe);
	size_t left = slot->len - inflate->at;

	*got = 0;
	/* the member's end stays for inflate_next, and for a read after the end */
	inflate->cut = slot->kind == INFLATE_MEMBER_CUT;
	if (inflate->cut || slot->kind == INFLATE_MEMBER_END)
		return slot->len ? diag_set(diag, ST_FAILED, "%.*s", (int)slot->len, slot->bytes)
		                 : ST_OK;
	*got = left < len ? left : len;
	memcpy(buf, slot->bytes + inflate->at, *got);
	inflate->at += *got;
	if (inflate->at == slot->len)
		release(inflate);
	return ST_OK;
}

/* the pipe is the inflate's: what is unread is passed over by inflate_next */
static void member_close(void *state)
{
	struct inflate *inflate = state;

	/* who leaves bytes unread has not come to the failure that a peek met behind them */
	if (inflate->cut && !source_peek(inflate->member, 0).len)
		inflate->told = true;
	inflate->cut = false;
}

static struct source *new_member(struct inflate *inflate, struct span member)
{
	static const struct source_ops OPS = {member_read, member_close};
	struct span below = span_of(source_name(inflate->below));
	char *name = mem_new(1, below.len + member.len + 2);
	struct source *source;

	memcpy(name, below.ptr, below.len);
	if (member.len) {
		name[below.len] = ':';
		memcpy(name + below.len + 1, member.ptr, member.len);
	}
	source = source_new(name, 0, &OPS, inflate);
	free(name);
	return source;
}

/* the reason that a member would have told comes before what the archive says of its end */
static void end(struct inflate *inflate, struct span failure)
{
	inflate->ended = true;
	if (!failure.len)
		return;
	inflate->status = ST_FAILED;
	if (!inflate->diag.text[0])
		diag_set(&inflate->diag, ST_FAILED, "%.*s", (int)failure.len, failure.ptr);
}

struct source *inflate_next(struct inflate *inflate)
{
	struct source *member = NULL;

	while (!inflate->ended && !member) {
		struct pipe_slot *slot = pipe_full(inflate->pipe);
		struct span text = {slot->bytes, slot->len};

		if (slot->kind == INFLATE_MEMBER)
			inflate->member = member = new_member(inflate, text);
		if (slot->kind == INFLATE_MEMBER_CUT && !inflate->told)
			diag_set(&inflate->diag, ST_FAILED, "%.*s", (int)text.len, text.ptr);
		if (slot->kind == INFLATE_END)
			end(inflate, text);
		release(inflate);
	}
	return member;
}

enum status inflate_status(const struct inflate *inflate, struct diag *diag)
{
	if (inflate->status != ST_OK && diag)
		*diag = inflate->diag;
	return inflate->status;
}

bool inflate_told(const struct inflate *inflate)
{
	return inflate->status != ST_OK && inflate->told;
}

void inflate_close(struct inflate *inflate)
{
	if (!inflate)
		return;
	pipe_hang_up(inflate->pipe);
	if (inflate->started)
		pthread_join(inflate->thread, NULL);
	pipe_free(inflate->pipe);
	free(inflate);
}

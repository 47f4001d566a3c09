#include "input/inflate_out.h"

#include <inttypes.h>
#include <string.h>

char *inflate_out_room(struct inflate_out *out, size_t *room)
{
	if (!out->slot)
		out->slot = pipe_empty(out->pipe);
	out->hung_up = !out->slot;
	if (!out->slot)
		return NULL;
	*room = PIPE_SLOT_BYTES - out->slot->len;
	return out->slot->bytes + out->slot->len;
}

static void send_slot(struct inflate_out *out, enum inflate_event event)
{
	out->slot->kind = (int)event;
	out->slot = NULL;
	pipe_send(out->pipe);
}

void inflate_out_filled(struct inflate_out *out, size_t len)
{
	out->slot->len += len;
	if (out->slot->len == PIPE_SLOT_BYTES)
		send_slot(out, INFLATE_BYTES);
}

void inflate_out_flush(struct inflate_out *out)
{
	if (out->slot && out->slot->len)
		send_slot(out, INFLATE_BYTES);
}

bool inflate_out_wanted(struct inflate_out *out)
{
	out->hung_up = out->hung_up || pipe_hung_up(out->pipe);
	return !out->hung_up;
}

bool inflate_out_bytes(struct inflate_out *out, struct span bytes)
{
	size_t room;

	while (bytes.len) {
		char *to = inflate_out_room(out, &room);
		size_t len;

		if (!to)
			return false;
		len = room < bytes.len ? room : bytes.len;
		memcpy(to, bytes.ptr, len);
		inflate_out_filled(out, len);
		bytes.ptr += len;
		bytes.len -= len;
	}
	return true;
}

void inflate_out_event(struct inflate_out *out, enum inflate_event event, struct span text)
{
	size_t room;
	char *to;

	inflate_out_flush(out);
	to = inflate_out_room(out, &room);
	if (!to)
		return;
	memcpy(to, text.ptr, text.len);
	out->slot->len = text.len;
	send_slot(out, event);
}

enum status inflate_bomb(const char *name, uint64_t max_ratio, struct diag *diag)
{
	return diag_set(diag, ST_FAILED,
	                "%s: unpacks to more than %" PRIu64
	                " times its size; --max-ratio allows more",
	                name, max_ratio);
}

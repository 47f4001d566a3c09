/*
 * The unpacking thread's end of the pipe: members, their bytes and what went wrong, in one order.
 * Every call is harmless once the reader has hung up.
 */
#ifndef INPUT_INFLATE_OUT_H
#define INPUT_INFLATE_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/pipe.h"
#include "base/span.h"
#include "base/status.h"

/* what a slot of the pipe says */
enum inflate_event {
	INFLATE_MEMBER,     /* a member begins; its bytes are its name, none for a bare stream */
	INFLATE_BYTES,      /* the member's next bytes */
	INFLATE_MEMBER_END, /* its bytes, if any, tell why the member is not whole */
	INFLATE_MEMBER_CUT, /* the same, which is also why the archive cannot be read on */
	INFLATE_END,        /* nothing follows; its bytes, if any, tell what could not be read */
};

/* bytes that may be unpacked whatever the ratio: a short text of one letter is no bomb */
enum { INFLATE_FREE_BYTES = 16 * 1024 * 1024 };

/* all zero but for the pipe at first */
struct inflate_out {
	struct pipe *pipe;
	struct pipe_slot *slot; /* being filled with a member's bytes, or NULL */
	bool hung_up;
};

/* sends an event with its text */
void inflate_out_event(struct inflate_out *out, enum inflate_event event, struct span text);
/* where the member's next bytes go, *room of them, at least 1; NULL when the reader has hung up */
char *inflate_out_room(struct inflate_out *out, size_t *room);
/* len bytes were put where inflate_out_room said; a full slot is sent */
void inflate_out_filled(struct inflate_out *out, size_t len);
/* copies the member's next bytes in; false when the reader has hung up */
bool inflate_out_bytes(struct inflate_out *out, struct span bytes);
/* sends what is there, before a wait for more */
void inflate_out_flush(struct inflate_out *out);
/* false when the reader has hung up; asked for every block that is read, lest an endless input that
 * unpacks to nothing keeps the thread */
bool inflate_out_wanted(struct inflate_out *out);

/* true when so many bytes out of so few are a bomb; a ratio of 0 allows all */
static inline bool inflate_is_bomb(uint64_t packed, uint64_t unpacked, uint64_t max_ratio)
{
	return unpacked > INFLATE_FREE_BYTES && max_ratio && (unpacked - 1) / max_ratio >= packed;
}

/* sets the message for a bomb; returns ST_FAILED */
enum status inflate_bomb(const char *name, uint64_t max_ratio, struct diag *diag);

#endif

/*
 * The bytes of a saved file: numbers little-endian or as varints (LEB128: seven bits a byte, low
 * ones first, the top bit says that more follow), signed ones folded into unsigned by zigzag
 * (0, -1, 1, -2 ... as 0, 1, 2, 3 ...), texts behind their length. The same on every machine.
 */
#ifndef STATE_CODE_H
#define STATE_CODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

enum { CODE_VARINT_MAX = 10 }; /* bytes of the longest varint */

/* all zero is empty; bytes are owned, free() */
struct code_out {
	char *bytes;
	size_t len;
	size_t cap;
	bool bad; /* something was put that would be refused when read; set by whoever puts it */
};

/* makes room for `more` bytes */
void code_room(struct code_out *out, size_t more);

static inline void code_byte(struct code_out *out, uint8_t byte)
{
	if (out->len == out->cap)
		code_room(out, 1);
	out->bytes[out->len++] = (char)byte;
}

static inline void code_varint(struct code_out *out, uint64_t value)
{
	if (out->cap - out->len < CODE_VARINT_MAX)
		code_room(out, CODE_VARINT_MAX);
	for (; value >= 0x80; value >>= 7)
		out->bytes[out->len++] = (char)(value | 0x80);
	out->bytes[out->len++] = (char)value;
}

static inline void code_signed(struct code_out *out, int64_t value)
{
	code_varint(out, (uint64_t)value << 1 ^ (value < 0 ? UINT64_MAX : 0));
}

void code_u32(struct code_out *out, uint32_t value);  /* 4 bytes */
void code_u64(struct code_out *out, uint64_t value);  /* 8 bytes */
void code_float(struct code_out *out, float value);   /* its 4 bytes */
void code_double(struct code_out *out, double value); /* its 8 bytes */
void code_text(struct code_out *out, struct span text);
void code_raw(struct code_out *out, struct span bytes);

/* what is left to be read; borrowed */
struct code_in {
	const unsigned char *at;
	const unsigned char *end;
	bool bad;
};

static inline struct code_in code_in_of(struct span bytes)
{
	const unsigned char *at = (const unsigned char *)bytes.ptr;

	return (struct code_in){at, bytes.len ? at + bytes.len : at, false};
}

static inline size_t code_left(const struct code_in *in)
{
	return (size_t)(in->end - in->at);
}

/* the text is bad: nothing more can be read from it */
void code_spoil(struct code_in *in);
uint64_t code_get_long_varint(struct code_in *in);

/*
 * Each returns 0 or the empty span once the text is bad: it ended too early, or a varint was not in
 * its shortest form. `bad` stays.
 */
static inline uint8_t code_get_byte(struct code_in *in)
{
	if (in->at == in->end) {
		code_spoil(in);
		return 0;
	}
	return *in->at++;
}

static inline uint64_t code_get_varint(struct code_in *in)
{
	if (in->at != in->end && *in->at < 0x80)
		return *in->at++;
	return code_get_long_varint(in);
}

static inline int64_t code_get_signed(struct code_in *in)
{
	uint64_t value = code_get_varint(in);

	return (int64_t)(value >> 1) ^ (value & 1 ? -1 : 0);
}

uint32_t code_get_u32(struct code_in *in);
uint64_t code_get_u64(struct code_in *in);
float code_get_float(struct code_in *in);
double code_get_double(struct code_in *in);
struct span code_get_text(struct code_in *in); /* borrowed */
struct span code_get_raw(struct code_in *in, size_t len);

#endif

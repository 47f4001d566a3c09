#include "state/code.h"

#include <string.h>

#include "base/mem.h"

enum { LEAST_BYTES = 4096 };

void code_room(struct code_out *out, size_t more)
{
	if (more > SIZE_MAX - out->len)
		mem_out();
	out->bytes = mem_grow(out->bytes, &out->cap, out->len + more, LEAST_BYTES, 1);
}

static void put_number(struct code_out *out, uint64_t value, int size)
{
	code_room(out, (size_t)size);
	for (int i = 0; i < size; i++)
		out->bytes[out->len++] = (char)(value >> 8 * i);
}

void code_u32(struct code_out *out, uint32_t value)
{
	put_number(out, value, 4);
}

void code_u64(struct code_out *out, uint64_t value)
{
	put_number(out, value, 8);
}

void code_float(struct code_out *out, float value)
{
	uint32_t bits;

	memcpy(&bits, &value, sizeof bits);
	code_u32(out, bits);
}

void code_double(struct code_out *out, double value)
{
	uint64_t bits;

	memcpy(&bits, &value, sizeof bits);
	code_u64(out, bits);
}

void code_text(struct code_out *out, struct span text)
{
	code_varint(out, text.len);
	code_raw(out, text);
}

void code_raw(struct code_out *out, struct span bytes)
{
	if (!bytes.len)
		return;
	code_room(out, bytes.len);
	memcpy(out->bytes + out->len, bytes.ptr, bytes.len);
	out->len += bytes.len;
}

void code_spoil(struct code_in *in)
{
	in->bad = true;
	in->at = in->end;
}

uint64_t code_get_long_varint(struct code_in *in)
{
	uint64_t value = 0;

	for (int shift = 0; shift < 7 * CODE_VARINT_MAX; shift += 7) {
		uint8_t byte = code_get_byte(in);

		/* the tenth byte holds the last of 64 bits */
		if (shift == 63 && byte > 1)
			break;
		value |= (uint64_t)(byte & 0x7F) << shift;
		if (byte >= 0x80)
			continue;
		if (!byte && shift) /* a shorter form says the same */
			break;
		return value;
	}
	code_spoil(in);
	return 0;
}

static uint64_t get_number(struct code_in *in, size_t size)
{
	uint64_t value = 0;

	if (code_left(in) < size) {
		code_spoil(in);
		return 0;
	}
	for (size_t i = 0; i < size; i++)
		value |= (uint64_t)*in->at++ << 8 * i;
	return value;
}

uint32_t code_get_u32(struct code_in *in)
{
	return (uint32_t)get_number(in, 4);
}

uint64_t code_get_u64(struct code_in *in)
{
	return get_number(in, 8);
}

float code_get_float(struct code_in *in)
{
	uint32_t bits = code_get_u32(in);
	float value;

	memcpy(&value, &bits, sizeof value);
	return value;
}

double code_get_double(struct code_in *in)
{
	uint64_t bits = code_get_u64(in);
	double value;

	memcpy(&value, &bits, sizeof value);
	return value;
}

struct span code_get_text(struct code_in *in)
{
	uint64_t len = code_get_varint(in);

	if (len > code_left(in)) {
		code_spoil(in);
		return (struct span){NULL, 0};
	}
	return code_get_raw(in, (size_t)len);
}

struct span code_get_raw(struct code_in *in, size_t len)
{
	struct span bytes = {(const char *)in->at, len};

	if (len > code_left(in)) {
		code_spoil(in);
		return (struct span){NULL, 0};
	}
	in->at += len;
	return len ? bytes : (struct span){NULL, 0};
}

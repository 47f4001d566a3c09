#include "text/sixbit.h"

enum {
	BITS_MAX = SIXBIT_CHARS_MAX * 6,
	BAD = 0x80, /* no value of a character has this bit */
	X = BAD,
};

/* what a character of a payload stands for: '0'-'W' are 0-39, '`'-'w' are 40-63 */
static const uint8_t VALUES[256] = {
    X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,
    X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,
    0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23,
    24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, X,  X,  X,  X,  X,  X,  X,  X,
    40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63,
    X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,
    X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,
    X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,
    X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,
    X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,
    X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,
};

/* where the next bits go: `held` (0-7) bits of the byte at `next` are set, and lead `word` */
struct packer {
	uint8_t *next;
	uint64_t word;
	unsigned held;
};

static struct packer packer_at(struct bits *bits, uint32_t count)
{
	struct packer p = {bits->bytes + count / 8, 0, count % 8};

	if (p.held)
		p.word = (uint64_t)(*p.next & (0xFF00 >> p.held)) << 56;
	return p;
}

/* writes eight bytes: those behind the last bit become 0 */
static void pack(struct packer *p, uint32_t value, unsigned width)
{
	uint64_t stored;
	unsigned used = p->held + width;

	p->word |= (uint64_t)value << (64 - used);
	stored = htobe64(p->word);
	memcpy(p->next, &stored, sizeof stored);
	p->next += used / 8;
	p->word <<= used & ~7U;
	p->held = used % 8;
}

/* all bits from `count` to the end of the eight bytes that begin with it */
static void clear_behind(struct bits *bits)
{
	struct packer p = packer_at(bits, bits->count);
	uint64_t stored = htobe64(p.word);

	memcpy(p.next, &stored, sizeof stored);
}

void bits_clear(struct bits *bits)
{
	bits->count = 0;
	clear_behind(bits);
}

bool bits_append(struct bits *bits, struct span payload, unsigned fill)
{
	const unsigned char *c = (const unsigned char *)payload.ptr;
	struct packer p = packer_at(bits, bits->count);
	unsigned bad = 0;
	size_t i = 0;

	if (fill > 5 || (fill && !payload.len) || payload.len > (BITS_MAX - bits->count) / 6)
		return false;
	for (; i + 4 <= payload.len; i += 4) {
		uint32_t v[4] = {VALUES[c[i]], VALUES[c[i + 1]], VALUES[c[i + 2]],
		                 VALUES[c[i + 3]]};

		bad |= v[0] | v[1] | v[2] | v[3];
		pack(&p, v[0] << 18 | v[1] << 12 | v[2] << 6 | v[3], 24);
		if (bad & BAD)
			return false;
	}
	for (; i < payload.len; i++) {
		bad |= VALUES[c[i]];
		pack(&p, VALUES[c[i]] & 63, 6);
	}
	bits->count += (uint32_t)payload.len * 6 - fill;
	clear_behind(bits);
	return !(bad & BAD);
}

uint32_t bits_beyond(const struct bits *bits, uint32_t offset, unsigned width)
{
	uint32_t here = bits->count > offset ? bits->count - offset : 0;

	/* less than `width`, so it shifts by 1 to 31 */
	return here ? bits_unsigned(bits, offset, here) << (width - here) : 0;
}

size_t bits_text(const struct bits *bits, uint32_t offset, unsigned chars, char *out)
{
	size_t len = 0;

	for (; len < chars; len++) {
		uint32_t value = bits_unsigned(bits, offset + 6 * (uint32_t)len, 6);

		if (value == 0) /* @ */
			break;
		out[len] = (char)(value < 32 ? value + 64 : value);
	}
	while (len && out[len - 1] == ' ')
		len--;
	return len;
}

/*
 * Any bytes as a compressed input: what comes out is bounded, ends, and is the same, names, bytes
 * and failures, whatever the size of reads. The first byte chooses that size; one in the middle,
 * how many bytes are read before closing.
 */
#include "check.h"

#include <string.h>

#include "base/hash.h"
#include "input/inflate.h"

enum { RATIO = 4, READ_MOST = 1 << 20, MEMBERS_MOST = 50 };

struct memory {
	const uint8_t *data;
	size_t size;
	size_t most; /* bytes in one read */
};

static enum status memory_read(void *state, char *buf, size_t len, size_t *got, struct diag *diag)
{
	struct memory *m = state;

	(void)diag;
	*got = m->size < len ? m->size : len;
	*got = *got < m->most ? *got : m->most;
	if (*got)
		memcpy(buf, m->data, *got);
	m->data += *got;
	m->size -= *got;
	return ST_OK;
}

static void memory_close(void *state)
{
	(void)state;
}

static void mix_text(uint64_t *sum, const char *text)
{
	for (; *text; text++)
		*sum = hash_mix(*sum + (uint8_t)*text);
	*sum = hash_mix(*sum);
}

/* reads a member, exactly `most` bytes of it if there are so many; their hash goes into *sum */
static void read_member(struct source *member, size_t most, uint64_t *sum)
{
	static char buf[10007];
	struct diag diag = {""};
	enum status status = ST_OK;
	size_t got = 1;

	for (size_t n = 0; n < most && got && status == ST_OK; n += got) {
		size_t room = most - n < sizeof buf ? most - n : sizeof buf;

		status = source_read(member, buf, room, &got, &diag);
		CHECK(got <= room);
		CHECK((status == ST_OK) == (diag.text[0] == '\0'));
		for (size_t i = 0; status == ST_OK && i < got; i++)
			*sum = hash_mix(*sum + (uint8_t)buf[i]);
	}
	mix_text(sum, diag.text);
}

static uint64_t unpack(const uint8_t *data, size_t size, size_t block, size_t most)
{
	static const struct source_ops OPS = {memory_read, memory_close};
	struct memory memory = {data, size, block};
	struct source *below = source_new("in", 0, &OPS, &memory);
	struct inflate *inflate = inflate_open(below, RATIO);
	struct source *member = NULL;
	struct diag diag = {""};
	uint64_t sum = 0;
	unsigned members = 0;

	while (members < MEMBERS_MOST && (member = inflate_next(inflate)) != NULL) {
		members++;
		CHECK(strlen(source_name(member)) <= 3 + INFLATE_NAME_MAX);
		mix_text(&sum, source_name(member));
		read_member(member, most, &sum);
		source_close(member);
	}
	if (!member) {
		CHECK((inflate_status(inflate, &diag) == ST_OK) == (diag.text[0] == '\0'));
		CHECK(diag.text[0] || !inflate_told(inflate));
		mix_text(&sum, diag.text);
		sum = hash_mix(sum + inflate_told(inflate));
	}
	inflate_close(inflate);
	source_close(below);
	return hash_mix(sum + members);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span head;
	size_t block;

	if (size < 2)
		return 0;
	block = (size_t)data[0] % 100 + 1;
	data++;
	size--;
	head = (struct span){(const char *)data, size < INFLATE_HEAD ? size : INFLATE_HEAD};
	if (!inflate_wanted(head))
		return 0;
	CHECK(unpack(data, size, block, READ_MOST) == unpack(data, size, size, READ_MOST));
	unpack(data, size, block, data[size / 2]);
	return 0;
}

#include "input/inflate_magic.h"

static bool has(struct span head, size_t offset, struct span bytes)
{
	return head.len >= offset + bytes.len &&
	       memcmp(head.ptr + offset, bytes.ptr, bytes.len) == 0;
}

/* RFC 1952, 2.3.1 */
bool inflate_is_gzip(struct span head)
{
	return has(head, 0, SPAN("\x1F\x8B"));
}

/* RFC 8878: 3.1.1 frames, 3.1.2 skippable frames (which lz4 has too) */
static bool is_zstd(struct span head)
{
	return has(head, 0, SPAN("\x28\xB5\x2F\xFD")) ||
	       (has(head, 1, SPAN("\x2A\x4D\x18")) && (head.ptr[0] & 0xF0) == 0x50);
}

/* the .xz file format, 2.1.1.1 */
static bool is_xz(struct span head)
{
	return has(head, 0, SPAN("\xFD\x37\x7A\x58\x5A\x00"));
}

/* "BZh", the block size in 100 kB, then what begins a block (pi) or ends the stream (its root) */
static bool is_bzip2(struct span head)
{
	return has(head, 0, SPAN("BZh")) &&
	       (has(head, 4, SPAN("\x31\x41\x59\x26\x53\x59")) ||
	        has(head, 4, SPAN("\x17\x72\x45\x38\x50\x90"))) &&
	       head.ptr[3] >= '1' && head.ptr[3] <= '9';
}

/* the LZ4 frame format 1.6, "General structure of LZ4 frame format" */
static bool is_lz4(struct span head)
{
	return has(head, 0, SPAN("\x04\x22\x4D\x18"));
}

/* APPNOTE 4.3.7: a member; 4.3.16: the end, of an archive without members */
static bool is_zip(struct span head)
{
	return has(head, 0, SPAN("PK\x03\x04")) || has(head, 0, SPAN("PK\x05\x06"));
}

/* as POSIX.1-1988 and as GNU tar spell it */
bool inflate_is_tar(struct span head)
{
	return has(head, 257, SPAN("ustar\0")) || has(head, 257, SPAN("ustar  \0"));
}

const char *inflate_kind(struct span head)
{
	static const struct {
		const char *kind;
		bool (*is)(struct span head);
	} KINDS[] = {
	    {"gzip stream", inflate_is_gzip}, {"zstd stream", is_zstd}, {"xz stream", is_xz},
	    {"bzip2 stream", is_bzip2},       {"lz4 stream", is_lz4},   {"zip archive", is_zip},
	    {"tar archive", inflate_is_tar},
	};

	for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
		if (KINDS[i].is(head))
			return KINDS[i].kind;
	return NULL;
}

#include "input/inflate_gzip.h"

#include <inttypes.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/mem.h"
#include "base/status.h"
#include "input/inflate_blocks.h"

/* added to the window's bits: a gzip header and trailer, both checked */
enum { GZIP_ONLY = 16 };

struct gzip {
	uint64_t max_ratio;
	uint64_t unpacked;
	uint64_t members;   /* that are whole */
	bool within;        /* a member has begun and not ended */
	bool holds;         /* there was no room left: zlib may hold more of what it has read */
	bool bomb;          /* no more is unpacked */
	const char *damage; /* zlib's word for it; NULL when all is well */
	z_stream stream;    /* of the last block */
	/* whole blocks, or where a bomb is met would hang on the size of reads */
	struct inflate_blocks packed;
};

static enum status read_packed(struct gzip *gzip, struct diag *diag)
{
	struct inflate_blocks *packed = &gzip->packed;
	size_t len = inflate_blocks_next(packed);

	gzip->stream.next_in = (unsigned char *)packed->bytes;
	gzip->stream.avail_in = (uInt)len;
	if (len)
		return ST_OK;
	if (!packed->at_end)
		return diag_set(diag, ST_FAILED, "%s: closed", source_name(packed->source));
	if (packed->failure.text[0])
		return diag_set(diag, ST_FAILED, "%s", packed->failure.text);
	return ST_OK;
}

/* passes over padding; the first other byte begins a member */
static void begin_member(struct gzip *gzip)
{
	z_stream *z = &gzip->stream;

	for (; z->avail_in && !*z->next_in; z->avail_in--)
		z->next_in++;
	if (!z->avail_in)
		return;
	inflateReset(z);
	gzip->within = true;
}

static void unpack_some(struct gzip *gzip)
{
	z_stream *z = &gzip->stream;
	uInt room = z->avail_out;
	int result = inflate(z, Z_NO_FLUSH);

	gzip->unpacked += room - z->avail_out;
	gzip->holds = !z->avail_out && result != Z_STREAM_END;
	gzip->bomb = inflate_is_bomb(gzip->packed.taken, gzip->unpacked, gzip->max_ratio);
	if (result == Z_MEM_ERROR)
		mem_out();
	if (result == Z_STREAM_END) {
		gzip->within = false;
		gzip->members++;
	} else if (result != Z_OK && result != Z_BUF_ERROR) {
		gzip->damage = z->msg ? z->msg : zError(result);
	}
}

/* what is wrong once nothing more can be read */
static enum status failure(const struct gzip *gzip, struct diag *diag)
{
	const char *name = source_name(gzip->packed.source);

	if (gzip->bomb)
		return inflate_bomb(name, gzip->max_ratio, diag);
	if (!gzip->damage)
		return diag_set(diag, ST_FAILED,
		                "%s: the gzip stream ends too early, after %" PRIu64
		                " unpacked bytes",
		                name, gzip->unpacked);
	if (gzip->members && gzip->stream.total_in <= 2)
		return diag_set(diag, ST_FAILED,
		                "%s: the gzip stream is followed by bytes that are no gzip, after "
		                "%" PRIu64 " unpacked bytes; they were not read",
		                name, gzip->unpacked);
	return diag_set(diag, ST_FAILED,
	                "%s: the gzip stream is damaged, after %" PRIu64 " unpacked bytes (%s)",
	                name, gzip->unpacked, gzip->damage);
}

static enum status gzip_read(void *state, char *buf, size_t len, size_t *got, struct diag *diag)
{
	struct gzip *gzip = state;
	z_stream *z = &gzip->stream;
	uInt room = len < UINT_MAX ? (uInt)len : UINT_MAX;
	enum status status = ST_OK;

	z->next_out = (unsigned char *)buf;
	z->avail_out = room;
	while (status == ST_OK && z->avail_out && !gzip->damage && !gzip->bomb) {
		bool dry = !z->avail_in && !gzip->holds;

		/* what there is goes out before more is waited for */
		if (dry && z->avail_out < room)
			break;
		if (dry)
			status = read_packed(gzip, diag);
		if (dry && !z->avail_in)
			break;
		if (!gzip->within)
			begin_member(gzip);
		if (gzip->within)
			unpack_some(gzip);
	}
	*got = room - z->avail_out;
	if (*got || status != ST_OK)
		return status;
	return gzip->damage || gzip->bomb || gzip->within ? failure(gzip, diag) : ST_OK;
}

static void gzip_close(void *state)
{
	struct gzip *gzip = state;

	inflateEnd(&gzip->stream);
	free(gzip);
}

struct source *inflate_gzip(struct source *below, uint64_t max_ratio, struct inflate_out *out)
{
	static const struct source_ops OPS = {gzip_read, gzip_close};
	struct gzip *gzip = mem_new(1, sizeof *gzip);

	gzip->packed.source = below;
	gzip->packed.out = out;
	gzip->max_ratio = max_ratio;
	/* it fails for lack of memory, and with a zlib that is not the one of the header */
	if (inflateInit2(&gzip->stream, MAX_WBITS + GZIP_ONLY) != Z_OK)
		mem_out();
	return source_new(source_name(below), 0, &OPS, gzip);
}

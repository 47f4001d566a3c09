/*
 * Logs of AIVDM sentences. nmea: with tag blocks (NMEA 0183 4.10, annex on TAG blocks) that name
 * the station and the time in seconds; every other message of two sentences is a group (g:), where
 * the second sentence carries neither. nmea-bare: behind the time, which each sentence has.
 */
#include <stddef.h>

#include "sentence.h"

/* the index-th of count sentences of a row's message: what stands before it and behind it */
struct dress {
	void (*before)(struct out *o, const struct row *row, int index, int count);
	const char *behind;
};

static void write_messages(struct out *o, const struct row *row, const struct dress *dress)
{
	struct payload p;
	int part;
	int i;

	for (part = 0; part < payload_parts(row); part++) {
		payload_make(&p, row, part);
		for (i = 0; i < sentence_count(&p); i++) {
			dress->before(o, row, i, sentence_count(&p));
			out_sentence(o, &p, i, row->number);
			out_text(o, dress->behind);
		}
	}
}

static void put_group(struct out *o, const struct row *row, int index, int count)
{
	out_text(o, "g:");
	out_int(o, index + 1);
	out_char(o, '-');
	out_int(o, count);
	out_char(o, '-');
	out_int(o, (int64_t)(row->number % 9999 + 1));
}

static void put_origin(struct out *o, const struct row *row)
{
	out_text(o, row->r->satellite ? "s:SIMSAT,c:" : "s:SIMTER,c:");
	out_int(o, row->r->t / 1000);
}

static void tag_block(struct out *o, const struct row *row, int index, int count)
{
	bool grouped = count > 1 && row->number % 4 < 2;
	size_t from = o->used + 1;

	out_char(o, '\\');
	if (grouped)
		put_group(o, row, index, count);
	if (grouped && index == 0)
		out_char(o, ',');
	if (!grouped || index == 0)
		put_origin(o, row);
	out_checksum(o, from);
	out_char(o, '\\');
}

static void nmea_row(const struct layout *l, struct out *o, const struct row *row)
{
	static const struct dress dress = {tag_block, "\r\n"};

	(void)l;
	write_messages(o, row, &dress);
}

static void epoch_prefix(struct out *o, const struct row *row, int index, int count)
{
	(void)index;
	(void)count;
	out_int(o, row->r->t / 1000);
	out_char(o, ' ');
}

static void bare_row(const struct layout *l, struct out *o, const struct row *row)
{
	static const struct dress dress = {epoch_prefix, "\n"};

	(void)l;
	write_messages(o, row, &dress);
}

static const struct writer nmea_writer = {NULL, nmea_row, NULL};
static const struct writer bare_writer = {NULL, bare_row, NULL};

const struct layout layout_nmea = {
    .name = "nmea",
    .about = "AIVDM sentences with tag blocks",
    .writer = &nmea_writer,
    .fixtures = true,
    .seconds = true,
    .statics = STATICS_SENT,
};
const struct layout layout_nmea_bare = {
    .name = "nmea-bare",
    .about = "AIVDM sentences behind epoch seconds",
    .writer = &bare_writer,
    .fixtures = true,
    .seconds = true,
    .statics = STATICS_SENT,
};

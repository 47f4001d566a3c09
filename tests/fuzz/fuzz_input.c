/*
 * Any bytes as one input, from its layout to its last record: what is read depends on the bytes
 * alone, whatever the block size, however many bytes the source gives at a time, whether blocks are
 * filled or not, and whichever reader sees which block. Byte 0 holds options (see below), bytes 1
 * and 2 a block size, byte 3 how many bytes the source gives; the rest is the input.
 */
#include "ais/profile.h"
#include "base/mem.h"
#include "check.h"
#include "input/reader.h"

enum { HEAD = 4, READS = 4096 };

/* options, in byte 0 */
enum {
	ANY_ID = 1,
	DAY_FIRST = 2,
	BREAKS = 4,  /* the source fails behind its last byte */
	FORMAT = 24, /* that of --input-format */
	FORMAT_SHIFT = 3,
	LONG =
	    224, /* all of them: the middle byte comes many times, for records that are too long */
};

/* more than a line or a row may have, and not their number */
enum { LONG_STRETCH = SPLIT_LINE_MAX + 100 };

/* a source over memory that gives at most `step` bytes at a time */
struct memory {
	struct span rest;
	size_t step;
	bool breaks;
};

static enum status memory_read(void *state, char *buf, size_t len, size_t *got, struct diag *diag)
{
	struct memory *memory = state;

	*got = len < memory->step ? len : memory->step;
	if (*got > memory->rest.len)
		*got = memory->rest.len;
	if (!*got)
		return memory->breaks ? diag_set(diag, ST_FAILED, "input: broken off") : ST_OK;
	memcpy(buf, memory->rest.ptr, *got);
	memory->rest.ptr += *got;
	memory->rest.len -= *got;
	return ST_OK;
}

static void memory_close(void *state)
{
	(void)state;
}

/* what is compared of one record: all that those above the reader look at */
struct seen {
	struct reading reading; /* without its text */
	uint64_t text;          /* hashed, as the identity is */
	int64_t mmsi;
	struct fix fix;
	bool has_position;
	uint64_t statics;
};

struct listing {
	struct seen *at;
	size_t count;
	size_t cap;
	uint64_t lone_parts;
	enum status status;
};

/* how one of the passes over the input is made */
struct pass {
	struct span text;
	const struct layout *layout;
	const struct reader_plan *plan;
	size_t block_size;
	size_t step;
	bool breaks;
	bool eager; /* blocks of what each read gives */
	bool two;   /* readers, as workers have them, where order does not matter */
	struct position_report before; /* what the report holds before it is filled */
};

static uint64_t hash(uint64_t h, struct span s)
{
	h = (h ^ s.len) * 1099511628211U;
	for (size_t i = 0; i < s.len; i++)
		h = (h ^ (unsigned char)s.ptr[i]) * 1099511628211U;
	return h;
}

/* the outcomes of which decode prints the report, or detect uses it */
static bool report_is_read(const struct reading *reading, const struct position_report *report)
{
	switch (reading->outcome) {
	case ROW_USED:
	case ROW_STATIC:
	case ROW_NO_TIME:
		return true;
	default:
		return reading->outcome == ROW_SAR && reading->row.message == 9 &&
		       report->has_position;
	}
}

static void keep_report(struct seen *seen, const struct position_report *report)
{
	const struct statics *s = &report->statics;

	seen->mmsi = report->mmsi;
	seen->has_position = report->has_position;
	if (report->has_position)
		seen->fix = report->fix;
	seen->fix.t_ms = 0; /* the reading has it */
	seen->statics = hash(hash(hash(hash(0, s->name), s->callsign), s->imo), s->type);
}

/* of the text what a ledger quotes is compared; a row with quotes is no piece of the block */
static void keep_text(struct seen *seen, const struct reading *reading, const struct block *block)
{
	struct span text = reading->text;

	if (reading->outcome < ROW_FIRST_BAD)
		return;
	if (block->kind == BLOCK_PLAIN || block->kind == BLOCK_TOO_LONG)
		CHECK(text.ptr == block->text + (reading->offset - block->offset));
	text.len = text.len < 80 ? text.len : 80;
	seen->text = hash(0, text);
}

static void keep(struct listing *listing, const struct reading *reading,
                 const struct position_report *report, const struct block *block)
{
	struct seen *seen;

	CHECK(reading->outcome < ROW_OUTCOMES);
	CHECK(reading->offset >= block->offset && reading->offset < block->offset + block->len);
	listing->at =
	    mem_grow(listing->at, &listing->cap, listing->count + 1, 64, sizeof *listing->at);
	seen = &listing->at[listing->count++];
	*seen = (struct seen){.reading = {.outcome = reading->outcome,
	                                  .row.message = reading->row.message,
	                                  .swallowed = reading->swallowed,
	                                  .offset = reading->offset,
	                                  .row.notes = reading->row.notes}};
	keep_text(seen, reading, block);
	if (!report_is_read(reading, report))
		return;
	keep_report(seen, report);
	if (reading->outcome != ROW_NO_TIME)
		seen->reading.row = reading->row;
}

/* the block lies where it says, behind the last; only what is left out may lie between them */
static void check_block(const struct pass *pass, const struct block *block, uint64_t end, bool gap)
{
	CHECK(block->len && block->offset + block->len <= pass->text.len);
	CHECK(gap ? block->offset >= end : block->offset == end);
	CHECK(memcmp(block->text, pass->text.ptr + block->offset, block->len) == 0);
	for (size_t i = 0; i < block->record_count; i++) {
		CHECK(block->records[i].len && block->records[i].start < block->len);
		CHECK(block->records[i].len <= block->len - block->records[i].start ||
		      block->kind == BLOCK_TOO_LONG);
	}
}

static void read_block(struct listing *listing, const struct pass *pass, struct reader *reader,
                       const struct block *block)
{
	struct position_report report = pass->before;
	size_t most = listing->count + block->len;
	struct reading reading;

	reader_begin(reader, block);
	while (reader_next(reader, &report, &reading)) {
		CHECK(listing->count < most);
		keep(listing, &reading, &report, block);
		report = pass->before;
	}
	reader_forget(reader);
}

/* all blocks of the splitter, by one reader or by two in turn; the offset behind the last */
static uint64_t read_blocks(struct listing *listing, const struct pass *pass,
                            struct splitter *splitter)
{
	size_t readers = pass->two && !pass->plan->in_order ? 2 : 1;
	struct reader *reader[2] = {reader_new(pass->plan), reader_new(pass->plan)};
	struct block_buffer buffer = {0};
	struct block block = {.kind = BLOCK_PLAIN};
	uint64_t end = pass->layout->header.bytes;
	size_t blocks = 0;
	bool gap = pass->plan->style == SPLIT_JSON;

	while (splitter_next(splitter, &buffer, &block)) {
		CHECK(++blocks <= pass->text.len);
		check_block(pass, &block, end, gap);
		read_block(listing, pass, reader[blocks % readers], &block);
		end = block.offset + block.len;
		gap = pass->plan->style == SPLIT_JSON || block.kind == BLOCK_TOO_LONG;
	}
	CHECK(gap || end == pass->text.len);
	listing->lone_parts = reader_lone_parts(reader[0]);
	reader_free(reader[0]);
	reader_free(reader[1]);
	block_buffer_free(&buffer);
	return splitter_offset(splitter);
}

static struct listing read_input(const struct pass *pass)
{
	static const struct source_ops OPS = {memory_read, memory_close};
	struct memory memory = {pass->text, pass->step, pass->breaks};
	struct source *source = source_new("input", 0, &OPS, &memory);
	const struct layout *layout = pass->layout;
	struct splitter *splitter = splitter_new(source, pass->block_size, pass->plan->style,
	                                         layout->header.delimiter, layout->header.bytes);
	struct listing listing = {0};

	if (pass->eager)
		splitter_set_eager(splitter);
	CHECK(read_blocks(&listing, pass, splitter) == pass->text.len);
	listing.status = splitter_status(splitter, NULL);
	/* of JSON it is also told when a document is not whole */
	CHECK(pass->breaks ? listing.status == ST_FAILED
	                   : listing.status == ST_OK || pass->plan->style == SPLIT_JSON);
	splitter_free(splitter);
	source_close(source);
	return listing;
}

static bool same_reading(const struct reading *a, const struct reading *b)
{
	return a->outcome == b->outcome && a->row.message == b->row.message &&
	       a->swallowed == b->swallowed && a->offset == b->offset &&
	       a->row.when == b->row.when && a->row.t_ms[0] == b->row.t_ms[0] &&
	       a->row.t_ms[1] == b->row.t_ms[1] && a->row.notes == b->row.notes;
}

static bool same_report(const struct seen *a, const struct seen *b)
{
	return a->text == b->text && a->mmsi == b->mmsi && a->has_position == b->has_position &&
	       a->statics == b->statics && fix_cmp(&a->fix, &b->fix) == 0;
}

static void compare(const struct listing *a, const struct listing *b)
{
	for (size_t i = 0; i < a->count && i < b->count; i++) {
		CHECK(same_reading(&a->at[i].reading, &b->at[i].reading));
		CHECK(same_report(&a->at[i], &b->at[i]));
	}
	CHECK(a->count == b->count);
	CHECK(a->lone_parts == b->lone_parts);
	CHECK(a->status == b->status);
}

/*
 * In one block, in the smallest, in blocks of the size that the data choose, and in what such reads
 * give, of which there may be READS: rows with quotes are cut anew with each line that comes.
 */
static void read_all_ways(struct pass *pass, size_t block_size, size_t step)
{
	static const struct position_report STALE = {
	    .mmsi = 273998987,
	    .fix = {.t_ms = 1, .lat_deg = 1, .lon_deg = 1, .sog_kn = 1, .known = KNOWN_SOG},
	    .statics = {{"stale", 5}, {"stale", 5}, {"stale", 5}, {"stale", 5}, {"stale", 5}},
	    .has_position = true,
	};
	struct listing whole;
	struct listing least;
	struct listing some;
	struct listing eager;

	pass->block_size = pass->text.len + BLOCK_SIZE_LEAST;
	pass->step = SIZE_MAX;
	whole = read_input(pass);
	pass->before = STALE;
	pass->block_size = BLOCK_SIZE_LEAST;
	least = read_input(pass);
	compare(&whole, &least);
	pass->two = true;
	pass->block_size = block_size;
	pass->step = step;
	some = read_input(pass);
	compare(&whole, &some);
	pass->eager = true;
	pass->step += pass->text.len / READS;
	eager = read_input(pass);
	compare(&whole, &eager);
	free(eager.at);
	free(whole.at);
	free(least.at);
	free(some.at);
}

/* the text, to be freed; ends where the memory does, so that reading past it is seen */
static struct span input_text(const uint8_t *data, size_t size, bool stretched)
{
	size_t half = size / 2;
	size_t more = stretched && size ? LONG_STRETCH : 0;
	char *text = mem_new(size + more + !size, 1);

	memcpy(text, data, half);
	if (more)
		memset(text + half, data[half], more);
	memcpy(text + half + more, data + half, size - half);
	return (struct span){text, size + more};
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct column_options *columns;
	struct layout_options options = {.format = FORMAT_DETECT};
	struct reader_plan plan;
	struct layout layout;
	struct diag diag = {""};
	struct pass pass = {.layout = &layout, .plan = &plan};
	struct span head;

	if (size < HEAD)
		return 0;
	if (!columns)
		columns = column_options_new();
	options.format = (enum input_format)((data[0] & FORMAT) >> FORMAT_SHIFT);
	options.any_id = data[0] & ANY_ID;
	options.when.order = data[0] & DAY_FIRST ? WHEN_DAY_FIRST : WHEN_ORDER_UNKNOWN;
	options.columns = columns;
	pass.breaks = data[0] & BREAKS;
	pass.text = input_text(data + HEAD, size - HEAD, (data[0] & LONG) == LONG);
	head = pass.text;
	if (head.len > FORMAT_HEAD)
		head.len = FORMAT_HEAD;
	if (layout_detect(head, "input", &options, &layout, &diag) == ST_OK) {
		CHECK(diag.text[0] == '\0' && layout.header.bytes <= head.len);
		reader_plan(&plan, &layout, &options);
		read_all_ways(&pass, BLOCK_SIZE_LEAST + data[1] + 256U * (data[2] & 15U),
		              1U + data[3]);
	}
	layout_free(&layout);
	free((char *)pass.text.ptr);
	return 0;
}

#include "input/splitter.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/json_cut.h"
#include "text/record.h"

struct splitter {
	pthread_mutex_t lock;
	struct source *source;
	size_t block_size;
	size_t window; /* bytes in which a record must end */
	enum split_style style;
	char delimiter;
	struct json_cut json;
	char *carry; /* bytes read but not yet in a block: carry[carry_at..carry_len) */
	size_t carry_at;
	size_t carry_len;
	size_t carry_cap;
	bool eager;              /* reads are not repeated to fill a block */
	bool at_end;             /* the source has nothing more */
	bool skipping;           /* inside a record that is too long */
	_Atomic uint64_t offset; /* of the next block's first byte */
	enum status status;
	struct diag diag;
};

static size_t read_more(struct splitter *s, char *to, size_t len)
{
	size_t len_before = len;
	size_t got = 1;

	while (len && got && s->status == ST_OK) {
		s->status = source_read(s->source, to, len, &got, &s->diag);
		to += got;
		len -= got;
		if (s->eager && got && s->status == ST_OK)
			return len_before - len;
	}
	s->at_end = len > 0;
	return len_before - len;
}

struct splitter *splitter_new(struct source *source, size_t block_size, enum split_style style,
                              char delimiter, size_t skip)
{
	struct splitter *s = mem_new(1, sizeof *s);

	pthread_mutex_init(&s->lock, NULL);
	s->source = source;
	s->block_size = block_size;
	s->window = style == SPLIT_ROWS ? RECORD_WINDOW : SPLIT_LINE_MAX + 1;
	s->style = style;
	s->delimiter = delimiter;
	s->carry = mem_grow(s->carry, &s->carry_cap, skip, block_size, 1);
	s->offset = read_more(s, s->carry, skip);
	return s;
}

void splitter_set_eager(struct splitter *s)
{
	s->eager = true;
}

void splitter_free(struct splitter *s)
{
	if (!s)
		return;
	pthread_mutex_destroy(&s->lock);
	free(s->carry);
	free(s);
}

void block_buffer_free(struct block_buffer *buffer)
{
	free(buffer->bytes);
	free(buffer->records);
}

/*
 * Fills the buffer up to `want` bytes, from the carry and then from the source; an eager splitter
 * only reads when the carry has nothing: whole records may lie in it.
 */
static void fill(struct splitter *s, struct block_buffer *b, size_t want)
{
	size_t carried = s->carry_len - s->carry_at;
	size_t take = want - b->len < carried ? want - b->len : carried;

	b->bytes =
	    mem_grow(b->bytes, &b->cap, want + BLOCK_PADDING, s->block_size + BLOCK_PADDING, 1);
	if (take)
		memcpy(b->bytes + b->len, s->carry + s->carry_at, take);
	s->carry_at += take;
	b->len += take;
	if (b->len < want && !s->at_end && !(s->eager && take))
		b->len += read_more(s, b->bytes + b->len, want - b->len);
	/* what is read behind the last number means nothing, but it is something */
	memset(b->bytes + b->len, 0, BLOCK_PADDING);
}

/*
 * Gives back what lies behind `keep`: to the carry it came from, if that is not empty yet, else as
 * the new carry.
 */
static void give_back(struct splitter *s, struct block_buffer *b, size_t keep)
{
	size_t rest = b->len - keep;

	if (s->carry_at < s->carry_len) {
		s->carry_at -= rest;
	} else {
		s->carry = mem_grow(s->carry, &s->carry_cap, rest, s->block_size, 1);
		if (rest)
			memcpy(s->carry, b->bytes + keep, rest);
		s->carry_at = 0;
		s->carry_len = rest;
	}
	b->len = keep;
}

static bool nothing_left(const struct splitter *s)
{
	return s->at_end && s->carry_at == s->carry_len;
}

/* the source was told to stop, and what is left is no whole record */
static bool broken_off(const struct splitter *s, const struct block_buffer *b)
{
	return source_is_cut(s->source) && nothing_left(s) && b->len < s->window;
}

/* drops the buffer's first `len` bytes, which are of no record */
static void drop(struct splitter *s, struct block_buffer *b, size_t len)
{
	if (!len)
		return;
	memmove(b->bytes, b->bytes + len, b->len - len + BLOCK_PADDING);
	b->len -= len;
	s->offset += len;
}

/* drops the rest of a record that is too long */
static void skip_record(struct splitter *s, struct block_buffer *b)
{
	while (s->skipping && !nothing_left(s)) {
		size_t end;

		b->len = 0;
		fill(s, b, s->block_size);
		end = record_line_end(b->bytes, b->len);
		s->skipping = end == b->len;
		give_back(s, b, end);
		s->offset += end;
	}
}

/*
 * The record at the buffer's beginning is longer than RECORD_MAX, or holds a quote that is not
 * closed by then or by the input's end. In the second case the lines of that stretch are given one
 * by one, marked as suspect: which of their quotes open and which close cannot be known.
 */
static size_t cut_long(struct splitter *s, struct block_buffer *b, bool open_quote,
                       struct block *block)
{
	size_t lines;

	if (open_quote && b->len < s->window) {
		block->kind = BLOCK_SUSPECT;
		return b->len;
	}
	lines = open_quote ? record_cut(b->bytes, s->window, s->delimiter, false) : 0;
	block->kind = lines ? BLOCK_SUSPECT : BLOCK_TOO_LONG;
	s->skipping = !lines;
	return lines ? lines : s->window;
}

/* behind a quote that is not closed there may be whole lines all the same */
static size_t cut_broken_off(struct splitter *s, struct block_buffer *b, bool quotes,
                             struct block *block)
{
	size_t lines = quotes ? record_cut(b->bytes, b->len, s->delimiter, false) : 0;

	block->kind = BLOCK_SUSPECT;
	if (!lines)
		drop(s, b, b->len);
	return lines;
}

/* whole rows or lines at the buffer's beginning: how many bytes; 0 when more must be read to tell
 */
static size_t cut_text(struct splitter *s, struct block_buffer *b, struct block *block)
{
	bool quotes = s->style == SPLIT_ROWS && memchr(b->bytes, '"', b->len) != NULL;
	size_t whole = record_cut(b->bytes, b->len, s->delimiter, quotes);
	struct record_end end = {0};

	block->kind = quotes ? BLOCK_QUOTED : BLOCK_PLAIN;
	if (whole)
		return whole;
	if (!nothing_left(s) && b->len < s->window)
		return 0;
	if (broken_off(s, b))
		return cut_broken_off(s, b, quotes, block);
	if (quotes)
		end = record_find_end(b->bytes, b->len < s->window ? b->len : s->window,
		                      s->delimiter);
	if (!end.open_quote && b->len < s->window) {
		/* the last record has no terminator: whole at the input's end, cut by a read error,
		 * and cut, as far as is known, at the end of a connection: a number tells nothing
		 */
		if (s->status != ST_OK || (source_is_torn(s->source) && s->style == SPLIT_ROWS))
			block->kind = BLOCK_TOO_LONG;
		return b->len;
	}
	return cut_long(s, b, end.open_quote, block);
}

static void add_record(struct block_buffer *b, struct json_record record)
{
	b->records =
	    mem_grow(b->records, &b->record_cap, b->record_count + 1, 64, sizeof *b->records);
	b->records[b->record_count++] = record;
}

/* the record at the buffer's beginning is too long, or the input ends in it */
static size_t cut_broken(struct splitter *s, struct block_buffer *b, struct block *block)
{
	bool whole = b->len < s->window && s->status == ST_OK;
	struct json_record record = {0, (uint32_t)(b->len < s->window ? b->len : s->window)};
	size_t len = record.len;
	size_t taken;
	bool found;

	block->kind = whole ? BLOCK_PLAIN : BLOCK_TOO_LONG;
	add_record(b, record);
	json_cut_skip(&s->json);
	taken = json_cut_next(&s->json, b->bytes, len, &found, &record);
	/* a piece of a byte order mark is no record, but it is all that is left */
	return taken ? taken : len;
}

/* likewise for records of JSON; what stands before the first of them is dropped */
static size_t cut_json(struct splitter *s, struct block_buffer *b, struct block *block)
{
	size_t at = 0;
	bool found = true;

	b->record_count = 0;
	block->kind = BLOCK_PLAIN;
	while (found && at < b->len) {
		struct json_record record;
		size_t taken = json_cut_next(&s->json, b->bytes + at, b->len - at, &found, &record);

		if (!b->record_count && (!found || record.start)) {
			size_t before = found ? record.start : taken;

			drop(s, b, before);
			taken -= before;
			record.start = 0;
		}
		record.start += (uint32_t)at;
		if (found)
			add_record(b, record);
		at += found || b->record_count ? taken : 0;
	}
	if (!b->record_count && broken_off(s, b))
		drop(s, b, b->len);
	if (b->record_count || !b->len)
		return at;
	return nothing_left(s) || b->len >= s->window ? cut_broken(s, b, block) : 0;
}

/* a document that was cut off between two records lacks the rest of them, which nothing else tells
 */
static void end_json(struct splitter *s)
{
	if (s->style == SPLIT_JSON && s->status == ST_OK && json_cut_open(&s->json) &&
	    !source_is_cut(s->source))
		s->status = diag_set(&s->diag, ST_FAILED,
		                     "%s: the JSON ends too early, within an array or object; "
		                     "expected its end",
		                     source_name(s->source));
}

/* bytes to read at first: of a record of JSON that was looked at already, more than that */
static size_t first_want(const struct splitter *s)
{
	size_t looked_at = s->style == SPLIT_JSON ? (size_t)s->json.looked_at : 0;

	return looked_at < s->block_size ? s->block_size : looked_at + 1;
}

/*
 * Whether what stands behind `looked_at` can end a record: else it need not be cut once more, which
 * would take quadratic time where reads are small. Of JSON, blanks only end what is broken, and may
 * wait.
 */
static bool may_end(const struct splitter *s, const struct block_buffer *b, size_t looked_at)
{
	struct span more = {b->bytes + looked_at, b->len - looked_at};

	if (nothing_left(s) || b->len >= s->window)
		return true;
	return s->style == SPLIT_JSON ? span_trim(more).len > 0
	                              : record_line_end(more.ptr, more.len) < more.len;
}

static bool take_block(struct splitter *s, struct block_buffer *b, struct block *block)
{
	size_t want;
	size_t size = 0;

	skip_record(s, b);
	b->len = 0;
	want = first_want(s);
	do {
		size_t looked_at = b->len;

		if (nothing_left(s) && !b->len) {
			end_json(s);
			return false;
		}
		if (b->len == want)
			want = 2 * want < s->window ? 2 * want : s->window;
		fill(s, b, want);
		if (may_end(s, b, looked_at))
			size =
			    s->style == SPLIT_JSON ? cut_json(s, b, block) : cut_text(s, b, block);
	} while (!size);
	give_back(s, b, size);
	block->text = b->bytes;
	block->len = size;
	block->offset = s->offset;
	block->records = s->style == SPLIT_JSON ? b->records : NULL;
	block->record_count = b->record_count;
	s->offset += size;
	return true;
}

bool splitter_next(struct splitter *s, struct block_buffer *buffer, struct block *block)
{
	bool found;

	pthread_mutex_lock(&s->lock);
	found = take_block(s, buffer, block);
	pthread_mutex_unlock(&s->lock);
	return found;
}

enum status splitter_status(const struct splitter *s, struct diag *diag)
{
	if (s->status != ST_OK && diag)
		*diag = s->diag;
	return s->status;
}

uint64_t splitter_offset(const struct splitter *s)
{
	return s->offset;
}

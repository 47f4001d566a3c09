/*
 * The eager splitter: blocks of what single reads give, by hand, and the same records as the other
 * kind of splitter gives, for random texts in random reads (that one is tried by hand in
 * test_splitter.c; fuzz_input compares both below the readers, too).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "input/splitter.h"
#include "law/random.h"
#include "text/record.h"

/* a source that gives its text in pieces: each as long as the next of `sizes`, then as at random */
struct pieces {
	struct span rest;
	const size_t *sizes; /* ends with 0 */
	struct random *random;
	size_t most; /* of a random piece */
	bool breaks; /* reading fails at the end */
	bool cut;    /* the end is one only because it was told to stop */
	struct source *source;
	size_t reads;
};

static size_t next_size(struct pieces *p)
{
	if (p->sizes && *p->sizes)
		return *p->sizes++;
	return p->random ? 1 + random_below(p->random, (uint32_t)p->most) : SIZE_MAX;
}

static enum status pieces_read(void *state, char *buf, size_t len, size_t *got, struct diag *diag)
{
	struct pieces *p = state;
	size_t size = next_size(p);

	size = size < len ? size : len;
	*got = size < p->rest.len ? size : p->rest.len;
	p->reads++;
	if (!*got && p->breaks)
		return diag_set(diag, ST_FAILED, "broken off");
	if (!*got && p->cut)
		source_cut(p->source);
	memcpy(buf, p->rest.ptr, *got);
	p->rest = (struct span){p->rest.ptr + *got, p->rest.len - *got};
	return ST_OK;
}

static void pieces_close(void *state)
{
	(void)state;
}

struct splitting {
	struct pieces pieces;
	struct splitter *splitter;
	struct block_buffer buffer;
	struct block block;
};

static void begin(struct splitting *t, enum split_style style, size_t block_size, bool eager)
{
	static const struct source_ops OPS = {pieces_read, pieces_close};

	t->pieces.source = source_new("text", 0, &OPS, &t->pieces);
	t->splitter = splitter_new(t->pieces.source, block_size, style, ',', 0);
	if (eager)
		splitter_set_eager(t->splitter);
}

static void end(struct splitting *t, enum status status)
{
	assert_false(splitter_next(t->splitter, &t->buffer, &t->block));
	assert_int_equal(splitter_status(t->splitter, NULL), status);
	splitter_free(t->splitter);
	source_close(t->pieces.source);
	block_buffer_free(&t->buffer);
}

static void expect_block(struct splitting *t, uint64_t offset, const char *text,
                         enum block_kind kind, size_t reads)
{
	assert_true(splitter_next(t->splitter, &t->buffer, &t->block));
	assert_int_equal(t->block.offset, offset);
	assert_int_equal(t->block.len, strlen(text));
	assert_memory_equal(t->block.text, text, t->block.len);
	assert_int_equal(t->block.kind, kind);
	assert_int_equal(t->pieces.reads, reads);
}

/* after one read: all the whole records that it made, and not the beginning of the next */
static void what_a_read_gives(void **state)
{
	static const size_t SIZES[] = {6, 1, 1, 3, 9, 0};
	struct splitting t = {.pieces = {SPAN("a,1\nb,2\nc,3\nd,4\ne,5\nf"), .sizes = SIZES}};

	(void)state;
	begin(&t, SPLIT_ROWS, 64, true);
	expect_block(&t, 0, "a,1\n", BLOCK_PLAIN, 1);
	expect_block(&t, 4, "b,2\n", BLOCK_PLAIN, 3);
	expect_block(&t, 8, "c,3\nd,4\ne,5\n", BLOCK_PLAIN, 5);
	expect_block(&t, 20, "f", BLOCK_PLAIN, 7);
	end(&t, ST_OK);
}

static void what_a_read_gives_of_json(void **state)
{
	static const size_t SIZES[] = {12, 9, 2, 0};
	struct splitting t = {.pieces = {SPAN("{\"a\":1}{\"b\":2}\n{\"c\":3}"), .sizes = SIZES}};

	(void)state;
	begin(&t, SPLIT_JSON, 64, true);
	expect_block(&t, 0, "{\"a\":1}", BLOCK_PLAIN, 1);
	assert_int_equal(t.block.record_count, 1);
	expect_block(&t, 7, "{\"b\":2}\n", BLOCK_PLAIN, 2);
	expect_block(&t, 15, "{\"c\":3}", BLOCK_PLAIN, 3);
	end(&t, ST_OK);
}

/* the lines that come with the end of a long one are given without waiting for more */
static void behind_a_long_line(void **state)
{
	enum { LEN = SPLIT_LINE_MAX + 100 };
	static const size_t SIZES[] = {LEN, 100, 0};
	char *text = mem_new(LEN + 100, 1);
	struct splitting t = {.pieces = {{text, LEN + 6}, .sizes = SIZES}};
	size_t reads;

	(void)state;
	memset(text, 'x', LEN);
	memcpy(text + LEN, "\nyes\nn", 6);
	begin(&t, SPLIT_LINES, BLOCK_SIZE, true);
	assert_true(splitter_next(t.splitter, &t.buffer, &t.block));
	assert_int_equal(t.block.kind, BLOCK_TOO_LONG);
	assert_int_equal(t.block.len, SPLIT_LINE_MAX + 1);
	reads = t.pieces.reads;
	expect_block(&t, LEN, "\nyes\n", BLOCK_PLAIN, reads + 1);
	expect_block(&t, LEN + 5, "n", BLOCK_PLAIN, reads + 2);
	end(&t, ST_OK);
	free(text);
}

/* told to stop within a record: what is whole is given, the rest is nothing */
static void cut(void **state)
{
	static const size_t SIZES[] = {9, 1, 0};
	struct splitting t = {
	    .pieces = {SPAN("a,1\nb,2\nc,13"), .sizes = SIZES, .cut = true},
	};

	(void)state;
	begin(&t, SPLIT_ROWS, 64, true);
	expect_block(&t, 0, "a,1\nb,2\n", BLOCK_PLAIN, 1);
	end(&t, ST_OK);

	t = (struct splitting){.pieces = {SPAN("{\"a\":1}\n{\"b\""), .cut = true}};
	begin(&t, SPLIT_LINES, 64, true);
	expect_block(&t, 0, "{\"a\":1}\n", BLOCK_PLAIN, 1);
	end(&t, ST_OK);

	/* a document that is open besides, which is no failure then */
	t = (struct splitting){.pieces = {SPAN("[{\"a\":1},{\"b\""), .cut = true}};
	begin(&t, SPLIT_JSON, 64, true);
	expect_block(&t, 1, "{\"a\":1},", BLOCK_PLAIN, 1);
	end(&t, ST_OK);

	/* a quote that is not closed: whole lines may follow it */
	t = (struct splitting){.pieces = {SPAN("a,\"1\nb,2\nc,1"), .cut = true}};
	begin(&t, SPLIT_ROWS, 64, true);
	expect_block(&t, 0, "a,\"1\nb,2\n", BLOCK_SUSPECT, 2);
	end(&t, ST_OK);
}

/* what was given: a text of records, each with its offset, and what is left out */
struct listing {
	char *text;
	size_t len;
	size_t cap;
};

static void list(struct listing *l, char kind, uint64_t offset, struct span text)
{
	char head[40];
	int n = snprintf(head, sizeof head, "\n%c %llu %zu ", kind, (unsigned long long)offset,
	                 text.len);

	text.len = text.len < 300 ? text.len : 300;
	l->text = mem_grow(l->text, &l->cap, l->len + (size_t)n + text.len, 4096, 1);
	memcpy(l->text + l->len, head, (size_t)n);
	if (text.len)
		memcpy(l->text + l->len + n, text.ptr, text.len);
	l->len += (size_t)n + text.len;
}

static void list_rows(struct listing *l, struct rows *rows, const struct block *block)
{
	struct row row;

	rows_begin(rows, block, ',');
	while (rows_next(rows, &row)) {
		list(l, (char)('0' + row.fault), row.offset, row_text(&row));
		for (uint32_t i = 0; i < row.count; i++)
			list(l, row.cut ? 'c' : 'f', row.swallowed, row_field(&row, i));
	}
}

static void list_lines(struct listing *l, const struct block *block)
{
	for (size_t at = 0; at < block->len;) {
		size_t len = record_line_end(block->text + at, block->len - at);

		if (len)
			list(l, 'l', block->offset + at, (struct span){block->text + at, len});
		at += len + 1;
	}
}

static void list_records(struct listing *l, const struct block *block)
{
	for (size_t i = 0; i < block->record_count; i++) {
		const struct json_record *r = &block->records[i];

		list(l, 'r', block->offset + r->start,
		     (struct span){block->text + r->start, r->len});
	}
}

static void list_block(struct listing *l, struct rows *rows, enum split_style style,
                       const struct block *block)
{
	if (style == SPLIT_ROWS)
		list_rows(l, rows, block);
	else if (block->kind == BLOCK_TOO_LONG)
		list(l, 'x', block->offset, (struct span){block->text, block->len});
	else if (style == SPLIT_LINES)
		list_lines(l, block);
	else
		list_records(l, block);
}

static struct listing list_all(struct pieces pieces, enum split_style style, size_t block_size,
                               bool eager)
{
	struct splitting t = {.pieces = pieces};
	struct listing l = {0};
	struct rows rows = {0};

	begin(&t, style, block_size, eager);
	while (splitter_next(t.splitter, &t.buffer, &t.block))
		list_block(&l, &rows, style, &t.block);
	list(&l, (char)('A' + splitter_status(t.splitter, NULL)), splitter_offset(t.splitter),
	     SPAN("end"));
	end(&t, splitter_status(t.splitter, NULL));
	rows_free(&rows);
	return l;
}

/* pieces of records, and what breaks them; seldom more than a record may have */
static char *random_text(struct random *r, size_t *len)
{
	static const char *const WORDS[] = {
	    "273998987,2022-06-01T00:00:00,43.1,131.9\n",
	    "a,\"b \"\"c\"\"\",d\r\n",
	    "x,\"two\nlines\",y\n",
	    "\"",
	    "\n",
	    "\r",
	    ",",
	    "{\"mmsi\":273998987,\"n\":\"}{\"}\n",
	    "{\"meta\":{\"features\":[{\"mmsi\":1},",
	    "[",
	    "]",
	    "}",
	    "{",
	    "\\!AIVDM,1,1,,A,13u?etPv2;0n:dDPwUM1U1Cb069D,0*24\n",
	    "\xEF\xBB\xBF",
	    "  ",
	};
	uint32_t words = 1 + random_below(r, 60);
	size_t cap = words * 50 + SPLIT_LINE_MAX + 200;
	char *text = mem_new(cap, 1);

	*len = 0;
	for (uint32_t i = 0; i < words; i++) {
		const char *word = WORDS[random_below(r, sizeof WORDS / sizeof *WORDS)];

		memcpy(text + *len, word, strlen(word));
		*len += strlen(word);
		if (random_once_in(r, 1000) && *len < 50 * words) {
			size_t more = random_once_in(r, 2) ? RECORD_MAX : SPLIT_LINE_MAX;

			more += random_below(r, 3);
			memset(text + *len, random_once_in(r, 2) ? 'x' : ' ', more);
			*len += more;
			break;
		}
	}
	return text;
}

static void expect_same(const struct listing *a, const struct listing *b, uint32_t trial)
{
	if (a->len != b->len || memcmp(a->text, b->text, a->len) != 0)
		fail_msg("trial %u:\n%.*s\n-- eager:\n%.*s", trial,
		         (int)(a->len < 2000 ? a->len : 2000), a->text,
		         (int)(b->len < 2000 ? b->len : 2000), b->text);
}

static void same_records(void **state)
{
	uint32_t trials = random_trials(6000);
	struct random r = {4};

	(void)state;
	for (uint32_t trial = 0; trial < trials; trial++) {
		enum split_style style = (enum split_style)(trial % 3);
		size_t block_size = BLOCK_SIZE_LEAST + random_below(&r, 300);
		struct pieces pieces = {.random = &r, .breaks = random_once_in(&r, 10)};
		struct listing filled;
		struct listing eager;
		size_t len;
		char *text = random_text(&r, &len);

		pieces.rest = (struct span){text, len};
		pieces.most = len > 100000            ? 20000
		              : random_once_in(&r, 4) ? 1
		                                      : 1 + random_below(&r, 200);
		filled = list_all(pieces, style, block_size, false);
		eager = list_all(pieces, style, block_size, true);
		expect_same(&filled, &eager, trial);
		free(filled.text);
		free(eager.text);
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_a_read_gives),  cmocka_unit_test(what_a_read_gives_of_json),
	    cmocka_unit_test(behind_a_long_line), cmocka_unit_test(cut),
	    cmocka_unit_test(same_records),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

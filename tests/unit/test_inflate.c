/*
 * input/inflate and base/pipe. The archives are made here by the formats' own tools (gzip, zstd,
 * xz, bzip2, lz4, zip, tar) of bytes that a formula gives, so what must come out is known byte by
 * byte; what can be read of a gzip stream that is cut off is what gzip itself writes. A format
 * whose tool is missing is passed over, and said so.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/mem.h"
#include "input/inflate.h"

enum { LONG = 300001, WHOLE = 1 << 30, RATIO = INFLATE_RATIO };

struct bytes {
	char *ptr;
	size_t len;
};

static char dir[] = "/tmp/test_inflate.XXXXXX";

/* --- what goes in -------------------------------------------------------------------------- */

/* byte i of text number k: digits that compress to about a half */
static char truth(unsigned k, size_t i)
{
	return "0123456789,\n"[hash_mix(((uint64_t)k << 40) + i) % 12];
}

static struct bytes text(unsigned k, size_t len)
{
	struct bytes b = {mem_new(len + 1, 1), len};

	for (size_t i = 0; i < len; i++)
		b.ptr[i] = truth(k, i);
	return b;
}

static void write_file(const char *name, struct bytes b)
{
	char path[300];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", dir, name);
	f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(b.ptr, 1, b.len, f), b.len);
	fclose(f);
}

static void write_text(const char *name, unsigned k, size_t len)
{
	struct bytes b = text(k, len);

	write_file(name, b);
	free(b.ptr);
}

static struct bytes read_stream(FILE *f)
{
	struct bytes b = {NULL, 0};
	size_t cap = 0;
	size_t got = 1;

	while (got) {
		b.ptr = mem_grow(b.ptr, &cap, b.len + 65536, 65536, 1);
		got = fread(b.ptr + b.len, 1, 65536, f);
		b.len += got;
	}
	return b;
}

/* runs a shell command in the directory and gives what it prints */
static struct bytes output_of(const char *command)
{
	char line[600];
	struct bytes b;
	FILE *f;

	snprintf(line, sizeof line, "cd %s && { %s; } 2>/dev/null", dir, command);
	f = popen(line, "r");
	assert_non_null(f);
	b = read_stream(f);
	pclose(f);
	return b;
}

static bool have(const char *tool)
{
	char line[100];

	snprintf(line, sizeof line, "command -v %s >/dev/null 2>&1", tool);
	if (system(line) == 0)
		return true;
	print_message("no %s here: its format is not tested\n", tool);
	return false;
}

/* --- a source of bytes ---------------------------------------------------------------------- */

struct memory {
	struct bytes bytes;
	size_t at;
	size_t most;    /* bytes in one read */
	bool fails;     /* at its end, as a broken connection does */
	bool endless;   /* goes on with zeros */
	size_t repeats; /* how often the bytes come in all, when not 0 */
};

static enum status memory_read(void *state, char *buf, size_t len, size_t *got, struct diag *diag)
{
	struct memory *m = state;

	if (m->at == m->bytes.len && m->repeats > 1) {
		m->repeats--;
		m->at = 0;
	}
	*got = m->bytes.len - m->at;
	*got = *got < len ? *got : len;
	*got = *got < m->most ? *got : m->most;
	memcpy(buf, m->bytes.ptr + m->at, *got);
	m->at += *got;
	if (!*got && m->fails)
		return diag_set(diag, ST_FAILED, "the line went dead");
	if (!*got && m->endless)
		memset(buf, 0, *got = len);
	return ST_OK;
}

static void memory_close(void *state)
{
	(void)state;
}

static struct source *memory_source(struct memory *m)
{
	static const struct source_ops OPS = {memory_read, memory_close};

	return source_new("in", 0, &OPS, m);
}

/* --- what comes out ------------------------------------------------------------------------- */

/* a member's bytes to its end, in reads of `most` */
static enum status read_all(struct source *member, size_t most, struct bytes *b, struct diag *diag)
{
	enum status status = ST_OK;
	size_t cap = 0;
	size_t got = 1;

	*b = (struct bytes){NULL, 0};
	diag->text[0] = '\0';
	while (got && status == ST_OK) {
		b->ptr = mem_grow(b->ptr, &cap, b->len + most, most, 1);
		status = source_read(member, b->ptr + b->len, most, &got, diag);
		b->len += status == ST_OK ? got : 0;
	}
	assert_true((status == ST_OK) == (diag->text[0] == '\0'));
	return status;
}

/* all members in one, the first failure kept */
struct result {
	struct bytes bytes;
	unsigned members;
	enum status status; /* the worst of members and whole */
	char message[512];  /* the first */
	char names[4096];   /* each with a blank behind it */
};

static void keep(struct result *r, enum status status, const struct diag *diag)
{
	if (status != ST_OK && r->status == ST_OK)
		snprintf(r->message, sizeof r->message, "%s", diag->text);
	if (status != ST_OK)
		r->status = status;
}

static void append(struct bytes *to, struct bytes b)
{
	to->ptr = mem_resize(to->ptr, to->len + b.len + 1, 1);
	if (b.len)
		memcpy(to->ptr + to->len, b.ptr, b.len);
	to->len += b.len;
}

static struct result unpack_from(struct memory *m, uint64_t ratio, size_t most)
{
	struct source *below = memory_source(m);
	struct inflate *inflate = inflate_open(below, ratio);
	struct result r = {{NULL, 0}, 0, ST_OK, "", ""};
	struct diag diag = {""};
	struct source *member;
	struct bytes b;

	while ((member = inflate_next(inflate)) != NULL) {
		size_t used = strlen(r.names);

		r.members++;
		snprintf(r.names + used, sizeof r.names - used, "%s ", source_name(member));
		keep(&r, read_all(member, most, &b, &diag), &diag);
		append(&r.bytes, b);
		free(b.ptr);
		source_close(member);
	}
	keep(&r, inflate_status(inflate, &diag), &diag);
	assert_null(inflate_next(inflate));
	inflate_close(inflate);
	source_close(below);
	return r;
}

static struct result unpack(struct bytes packed)
{
	struct memory m = {.bytes = packed, .most = WHOLE};

	return unpack_from(&m, RATIO, 100003);
}

static void assert_truth(struct bytes b, unsigned k, size_t len)
{
	assert_int_equal(b.len, len);
	for (size_t i = 0; i < len; i++)
		if (b.ptr[i] != truth(k, i))
			fail_msg("byte %zu differs", i);
}

static void assert_prefix(struct bytes b, unsigned k)
{
	for (size_t i = 0; i < b.len; i++)
		if (b.ptr[i] != truth(k, i))
			fail_msg("byte %zu of %zu differs", i, b.len);
}

static bool is_truth(struct bytes b, unsigned k, size_t len)
{
	for (size_t i = 0; i < b.len && i < len; i++)
		if (b.ptr[i] != truth(k, i))
			return false;
	return b.len == len;
}

/* unpacks what a command prints and expects a failure whose message holds `what` */
static struct result fails_with(const char *command, const char *what)
{
	struct bytes packed = output_of(command);
	struct result r = unpack(packed);

	assert_int_equal(r.status, ST_FAILED);
	if (!strstr(r.message, what))
		fail_msg("\"%s\" does not say \"%s\"", r.message, what);
	free(packed.ptr);
	return r;
}

/* --- the formats ---------------------------------------------------------------------------- */

/* each command packs the file "long", text 1 of LONG bytes */
static const struct format {
	const char *tool;
	const char *command;
	const char *name; /* of its one member */
	bool checked;     /* it holds a checksum of all its bytes */
} FORMATS[] = {
    {"gzip", "gzip -c long", "in ", true},
    {"zstd", "zstd -qc --check long", "in ", true},
    {"xz", "xz -c -1 long", "in ", true},
    {"bzip2", "bzip2 -c long", "in ", true},
    {"lz4", "lz4 -qc -B4 long", "in ", true},
    {"zip", "zip -q - long", "in:long ", true},
    {"zip", "cat long | zip -q - - | cat", "in:- ", true},
    {"zip", "cat long | zip -q -fz - - | cat", "in:- ", true},
    {"tar", "tar -cf - long", "in:long ", false},
    {"gzip", "tar -czf - long", "in:long ", true},
    {"zstd", "tar -cf - long | zstd -qc --check", "in:long ", true},
    {"xz", "tar -cf - long | xz -c -1", "in:long ", true},
    {"bzip2", "tar -cf - long | bzip2 -c", "in:long ", true},
    {"lz4", "tar -cf - long | lz4 -qc -B4", "in:long ", true},
};

enum { FORMAT_COUNT = sizeof FORMATS / sizeof *FORMATS };

static void every_format_is_unpacked(void **state)
{
	(void)state;
	for (size_t i = 0; i < FORMAT_COUNT; i++) {
		struct bytes packed;
		struct result r;

		if (!have(FORMATS[i].tool))
			continue;
		packed = output_of(FORMATS[i].command);
		assert_true(inflate_wanted((struct span){packed.ptr, packed.len}));
		r = unpack(packed);
		assert_string_equal(r.message, "");
		assert_int_equal(r.status, ST_OK);
		assert_string_equal(r.names, FORMATS[i].name);
		assert_truth(r.bytes, 1, LONG);
		free(r.bytes.ptr);
		free(packed.ptr);
	}
}

static void the_size_of_reads_does_not_matter(void **state)
{
	static const size_t SIZES[] = {1, 61, 509, 65537};

	(void)state;
	for (size_t i = 0; i < FORMAT_COUNT; i++) {
		struct bytes packed;

		if (!have(FORMATS[i].tool))
			continue;
		packed = output_of(FORMATS[i].command);
		/* byte by byte is slow: for the first */
		for (size_t s = i != 0; s < 4; s++) {
			struct memory m = {.bytes = packed, .most = SIZES[s]};
			struct result r = unpack_from(&m, RATIO, SIZES[3 - s]);

			assert_int_equal(r.status, ST_OK);
			assert_truth(r.bytes, 1, LONG);
			free(r.bytes.ptr);
		}
		free(packed.ptr);
	}
}

/* packed comes out alike, whole or in small pieces: members, bytes and the failure */
static void assert_alike(struct bytes packed, uint64_t ratio)
{
	static const size_t SIZES[] = {97, 4099, 300007};
	struct memory whole = {.bytes = packed, .most = WHOLE};
	struct result a = unpack_from(&whole, ratio, 100003);

	assert_int_equal(a.status, ST_FAILED);
	for (size_t s = 0; s < 3; s++) {
		struct memory m = {.bytes = packed, .most = SIZES[s]};
		struct result b = unpack_from(&m, ratio, 65537);

		assert_string_equal(b.message, a.message);
		assert_string_equal(b.names, a.names);
		assert_int_equal(b.bytes.len, a.bytes.len);
		assert_true(!a.bytes.len || memcmp(b.bytes.ptr, a.bytes.ptr, a.bytes.len) == 0);
		free(b.bytes.ptr);
	}
	free(a.bytes.ptr);
}

static void the_size_of_reads_does_not_matter_to_damage(void **state)
{
	(void)state;
	for (size_t i = 0; i < FORMAT_COUNT; i++) {
		struct bytes packed;

		if (!FORMATS[i].checked || !have(FORMATS[i].tool))
			continue;
		packed = output_of(FORMATS[i].command);
		packed.ptr[packed.len / 2] ^= 16;
		assert_alike(packed, RATIO);
		packed.ptr[packed.len / 2] ^= 16;
		packed.len = packed.len / 3 * 2;
		assert_alike(packed, RATIO);
		free(packed.ptr);
	}
}

/* as fuzzing found it: more than 1 MiB unpacked of a few bytes, and a wrong checksum behind them */
static void the_size_of_reads_does_not_matter_to_a_wrong_checksum(void **state)
{
	struct bytes packed = output_of("head -c 1069631 /dev/zero | tr '\\0' 3 | gzip -c");

	(void)state;
	assert_in_range(packed.len, 100, 3000);
	packed.ptr[packed.len - 8] ^= 1;
	assert_alike(packed, RATIO);
	free(packed.ptr);
}

/* packed to more than one block of reading, so that what was read of it grows on the way */
static void the_size_of_reads_does_not_matter_to_a_bomb(void **state)
{
	static const char *const TOOLS[] = {"gzip -c", "zstd -qc", "tar -czf -"};
	char command[100];

	(void)state;
	for (unsigned i = 0; i < 20; i++) {
		write_text("some", 300 + i, LONG);
		free(output_of("cat some >>most").ptr);
	}
	free(output_of("head -c 40000000 /dev/zero >>most").ptr);
	for (size_t i = 0; i < 3; i++) {
		struct bytes packed;

		snprintf(command, sizeof command, "%s most", TOOLS[i]);
		packed = output_of(command);
		assert_alike(packed, 4);
		free(packed.ptr);
	}
	free(output_of("rm most").ptr);
}

static void a_cut_gives_what_is_before_it_and_fails(void **state)
{
	(void)state;
	for (size_t i = 0; i < FORMAT_COUNT; i++) {
		struct bytes packed;

		if (!have(FORMATS[i].tool))
			continue;
		packed = output_of(FORMATS[i].command);
		/* in small steps near both ends, in 20 between; a zip's and a tar's end holds no
		 * data */
		for (size_t cut = 520; cut < packed.len - 10;
		     cut += cut < 540 || cut + 40 > packed.len ? 5 : packed.len / 20) {
			struct bytes part = {packed.ptr, cut};
			struct result r = unpack(part);

			assert_prefix(r.bytes, 1);
			if (r.status == ST_OK)
				assert_int_equal(r.bytes.len, LONG);
			if (r.bytes.len < LONG)
				assert_int_equal(r.status, ST_FAILED);
			free(r.bytes.ptr);
		}
		free(packed.ptr);
	}
}

static void a_cut_gzip_gives_all_that_gzip_gives(void **state)
{
	char command[200];

	(void)state;
	for (size_t cut = 30; cut < LONG / 2; cut += 13007) {
		struct bytes expected;
		struct result r;

		snprintf(command, sizeof command, "gzip -c long | head -c %zu", cut);
		r = fails_with(command, "in: the gzip stream ends too early, after ");
		snprintf(command, sizeof command, "gzip -c long | head -c %zu | gzip -dc", cut);
		expected = output_of(command);
		assert_true(r.bytes.len >= expected.len);
		assert_prefix(r.bytes, 1);
		free(expected.ptr);
		free(r.bytes.ptr);
	}
}

/* of what repeats, zlib has read more than there was room for when the room is full: of the first
 * peek, at about byte 26, and of the first slot, at about byte 280. Python's zlib gives all. */
static void a_cut_gzip_of_repeats_gives_all_that_zlib_has(void **state)
{
	char command[300];

	(void)state;
	if (!have("python3"))
		skip();
	for (size_t cut = 22; cut < 286; cut += cut == 30 ? 245 : 1) {
		struct bytes expected;
		struct result r;

		snprintf(command, sizeof command,
		         "head -c 1000000 /dev/zero | gzip -9nc | head -c %zu >cut; cat cut", cut);
		r = fails_with(command, "in: the gzip stream ends too early, after ");
		expected = output_of("python3 -c 'import sys, zlib; sys.stdout.buffer.write("
		                     "zlib.decompressobj(31).decompress(open(\"cut\", "
		                     "\"rb\").read()))'");
		assert_int_equal(r.bytes.len, expected.len);
		free(expected.ptr);
		free(r.bytes.ptr);
	}
}

/* zlib has nothing more when the last byte fills the room: of a peek, of a slot */
static void a_gzip_may_end_where_the_room_does(void **state)
{
	static const size_t SIZES[] = {512, 262144, 512 + 262144, 524288};
	char command[100];

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct bytes packed;
		struct result r;

		snprintf(command, sizeof command, "head -c %zu /dev/zero | gzip -c", SIZES[i]);
		packed = output_of(command);
		r = unpack(packed);
		assert_int_equal(r.status, ST_OK);
		assert_int_equal(r.bytes.len, SIZES[i]);
		free(r.bytes.ptr);
		free(packed.ptr);
	}
}

static void no_flipped_bit_goes_unseen(void **state)
{
	(void)state;
	for (size_t i = 0; i < FORMAT_COUNT; i++) {
		struct bytes packed;

		if (!FORMATS[i].checked || !have(FORMATS[i].tool))
			continue;
		packed = output_of(FORMATS[i].command);
		for (unsigned n = 0; n < 24; n++) {
			size_t at = hash_mix(n * 1000 + i) % packed.len;
			char bit = (char)(1 << n % 8);
			struct result r;

			packed.ptr[at] ^= bit;
			r = unpack(packed);
			packed.ptr[at] ^= bit;
			if (!is_truth(r.bytes, 1, LONG))
				assert_int_equal(r.status, ST_FAILED);
			free(r.bytes.ptr);
		}
		free(packed.ptr);
	}
}

static void a_source_that_fails_says_so_behind_its_bytes(void **state)
{
	(void)state;
	for (size_t i = 0; i < FORMAT_COUNT; i++) {
		struct bytes packed;
		struct memory m;
		struct result r;

		if (!have(FORMATS[i].tool))
			continue;
		packed = output_of(FORMATS[i].command);
		m = (struct memory){
		    .bytes = {packed.ptr, packed.len * 9 / 10}, .most = 10000, .fails = true};
		r = unpack_from(&m, RATIO, 100003);
		assert_int_equal(r.status, ST_FAILED);
		assert_string_equal(r.message, "the line went dead");
		/* of bzip2, one block of 900,000 bytes, nothing can be read */
		if (strcmp(FORMATS[i].tool, "bzip2") != 0)
			assert_true(r.bytes.len > LONG / 2);
		assert_prefix(r.bytes, 1);
		free(r.bytes.ptr);
		free(packed.ptr);
	}
}

static void what_follows_a_stream(void **state)
{
	static const struct {
		const char *tool, *command, *message;
		size_t times;
	} CASES[] = {
	    {"gzip", "gzip -c short; gzip -c short", "", 2},
	    {"gzip", "gzip -c short; head -c 70000 /dev/zero", "", 1},
	    {"gzip", "gzip -c short; head -c 5 /dev/zero; gzip -c short", "", 2},
	    {"gzip", "gzip -c short; echo junk", "followed by bytes that are no gzip", 1},
	    {"gzip", "gzip -c short; printf '\\037\\213'", "ends too early", 1},
	    {"gzip", "gzip -c short; gzip -c short | head -c 9", "ends too early", 1},
	    {"zstd", "zstd -qc short; zstd -qc short", "", 2},
	    {"xz", "xz -c short; xz -c short", "", 2},
	    {"xz", "xz -c short; head -c 1024 /dev/zero", "", 1},
	    {"bzip2", "bzip2 -c short; bzip2 -c short", "", 2},
	    {"bzip2", "bzip2 -c short; head -c 300000 /dev/zero", "", 1},
	    {"bzip2", "bzip2 -c short; echo junk and more junk", "other bytes follow", 1},
	    {"bzip2", "bzip2 -c short; printf BZ", "other bytes follow", 1},
	    {"lz4", "lz4 -qc short; lz4 -qc short", "", 2},
	    {"lz4", "lz4 -qc short; head -c 300000 /dev/zero; echo", "other bytes follow", 1},
	};

	(void)state;
	write_text("short", 2, 3000);
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct bytes packed;
		struct result r;

		if (!have(CASES[i].tool))
			continue;
		packed = output_of(CASES[i].command);
		r = unpack(packed);
		assert_int_equal(r.status, *CASES[i].message ? ST_FAILED : ST_OK);
		assert_non_null(strstr(r.message, CASES[i].message));
		assert_int_equal(r.bytes.len, 3000 * CASES[i].times);
		for (size_t n = 0; n < r.bytes.len; n++)
			assert_int_equal(r.bytes.ptr[n], truth(2, n % 3000));
		free(r.bytes.ptr);
		free(packed.ptr);
	}
}

static void streams_of_nothing_are_one_empty_member(void **state)
{
	static const char *const TOOLS[] = {"gzip", "zstd -q", "xz", "bzip2", "lz4 -q"};
	char command[100];

	(void)state;
	for (size_t i = 0; i < 5; i++) {
		struct bytes packed;
		struct result r;

		snprintf(command, sizeof command, "printf '' | %s | cat", TOOLS[i]);
		packed = output_of(command);
		if (packed.len) {
			r = unpack(packed);
			assert_int_equal(r.status, ST_OK);
			assert_string_equal(r.names, "in ");
			assert_int_equal(r.bytes.len, 0);
			free(r.bytes.ptr);
		}
		free(packed.ptr);
	}
}

/* --- archives ------------------------------------------------------------------------------- */

/* 200 files, every tenth empty: m000 to m199, text 100 + i of 37 * i bytes */
static void make_members(void)
{
	char name[40];

	for (unsigned i = 0; i < 200; i++) {
		snprintf(name, sizeof name, "m%03u", i);
		write_text(name, 100 + i, i % 10 ? (size_t)37 * i : 0);
	}
}

static void members_come_in_order(void **state)
{
	static const char *const COMMANDS[] = {"tar -cf - m???", "tar -czf - m???", "zip -q - m???",
	                                       "zip -q -0 - m???"};

	(void)state;
	make_members();
	for (size_t c = 0; c < 4; c++) {
		struct bytes packed = output_of(COMMANDS[c]);
		struct memory m = {.bytes = packed, .most = 4093};
		struct source *below = memory_source(&m);
		struct inflate *inflate = inflate_open(below, RATIO);
		struct diag diag;

		for (unsigned i = 0; i < 200 && packed.len; i++) {
			struct source *member = inflate_next(inflate);
			char name[40];
			struct bytes b;

			assert_non_null(member);
			snprintf(name, sizeof name, "in:m%03u", i);
			assert_string_equal(source_name(member), name);
			/* some are read, some looked at, some passed over */
			if (i % 3 == 0) {
				assert_int_equal(read_all(member, 1000, &b, &diag), ST_OK);
				assert_truth(b, 100 + i, i % 10 ? (size_t)37 * i : 0);
				free(b.ptr);
			} else if (i % 3 == 1) {
				struct span head = source_peek(member, 100);

				assert_prefix((struct bytes){(char *)head.ptr, head.len}, 100 + i);
				assert_true(head.len == 100 || i % 10 == 0 || i < 3);
			}
			source_close(member);
		}
		assert_null(packed.len ? inflate_next(inflate) : NULL);
		inflate_close(inflate);
		source_close(below);
		free(packed.ptr);
	}
}

static void what_is_no_regular_file_is_passed_over(void **state)
{
	struct bytes packed;
	struct result r;

	(void)state;
	packed =
	    output_of("mkdir -p d/__MACOSX && cp short d/a && ln -sf a d/b && ln -f d/a d/c && "
	              "mkfifo d/e && cp short d/._a && cp short d/.DS_Store && : >d/z && "
	              "tar --sort=name -cf - d");
	r = unpack(packed);
	assert_int_equal(r.status, ST_OK);
	assert_string_equal(r.names, "in:d/a in:d/z ");
	assert_truth(r.bytes, 2, 3000);
	free(r.bytes.ptr);
	free(packed.ptr);
}

static void sparse_and_encrypted_members_fail_alone(void **state)
{
	struct result r;

	(void)state;
	r = fails_with("truncate -s 1M holes && echo end >>holes && tar -S -cf - holes short",
	               "in:holes: is a sparse file");
	assert_string_equal(r.names, "in:holes in:short ");
	assert_truth(r.bytes, 2, 3000);
	free(r.bytes.ptr);
	if (!have("zip"))
		return;
	r = fails_with("rm -f p.zip; zip -q -P secret p.zip m001 && zip -q p.zip short; cat p.zip",
	               "in:m001: is encrypted");
	assert_string_equal(r.names, "in:m001 in:short ");
	assert_truth(r.bytes, 2, 3000);
	free(r.bytes.ptr);
}

static void archives_without_members(void **state)
{
	char empty_zip[22] = "PK\x05\x06";
	struct result r = unpack((struct bytes){empty_zip, sizeof empty_zip});
	struct bytes packed;

	(void)state;
	assert_int_equal(r.status, ST_OK);
	assert_int_equal(r.members, 0);
	packed = output_of("mkdir -p only && tar -cf - only");
	r = unpack(packed);
	assert_int_equal(r.status, ST_OK);
	assert_int_equal(r.members, 0);
	free(packed.ptr);
}

static void workbooks_are_refused(void **state)
{
	static const char *const FIRST[] = {"'[Content_Types].xml'", "_rels/x", "xl/x", "mimetype"};
	char command[200];

	(void)state;
	if (!have("zip"))
		skip();
	for (size_t i = 0; i < 4; i++) {
		struct result r;

		snprintf(command, sizeof command,
		         "mkdir -p _rels xl && cp short %s && zip -q - %s short", FIRST[i],
		         FIRST[i]);
		r = fails_with(command, "in: is a workbook or office document; save it as CSV");
		assert_int_equal(r.members, 0);
		free(r.bytes.ptr);
	}
}

static void names_are_kept_and_bounded(void **state)
{
	struct bytes packed;
	struct result r;
	char name[300] = "in:";

	(void)state;
	packed =
	    output_of("n=\"$(printf 'c\\033\\320\\222')\" && cp short \"$n\" && tar -cf - \"$n\"");
	r = unpack(packed);
	assert_string_equal(r.names, "in:c\x1b\xD0\x92 ");
	free(r.bytes.ptr);
	free(packed.ptr);
	packed = output_of("n=$(printf '%0150d' 0) && mkdir -p $n && cp short $n/$n && "
	                   "tar -cf - $n/$n");
	r = unpack(packed);
	memset(name + 3, '0', 255);
	name[3 + 150] = '/';
	name[3 + 255] = ' ';
	assert_string_equal(r.names, name);
	assert_truth(r.bytes, 2, 3000);
	free(r.bytes.ptr);
	free(packed.ptr);
}

static void a_plain_tar_without_its_end_is_told(void **state)
{
	/* one header and 3,000 bytes in blocks of 512 */
	struct result r =
	    fails_with("tar -cf - short | head -c 3584", "in: the tar archive has no end");

	(void)state;
	assert_truth(r.bytes, 2, 3000);
	free(r.bytes.ptr);
}

static void tars_may_be_concatenated(void **state)
{
	struct bytes packed = output_of("tar -cf - short; tar -cf - short m001");
	struct result r = unpack(packed);

	(void)state;
	assert_int_equal(r.status, ST_OK);
	assert_string_equal(r.names, "in:short in:short in:m001 ");
	free(r.bytes.ptr);
	free(packed.ptr);
}

static void a_member_may_be_packed_itself(void **state)
{
	struct bytes packed = output_of("gzip -c long >long.gz && tar -cf - long.gz");
	struct memory m = {.bytes = packed, .most = 5000};
	struct source *below = memory_source(&m);
	struct inflate *outer = inflate_open(below, RATIO);
	struct source *member = inflate_next(outer);
	struct inflate *inner;
	struct source *text_of;
	struct diag diag;
	struct bytes b;

	(void)state;
	assert_true(inflate_wanted(source_peek(member, INFLATE_HEAD)));
	inner = inflate_open(member, RATIO);
	text_of = inflate_next(inner);
	assert_string_equal(source_name(text_of), "in:long.gz");
	assert_int_equal(read_all(text_of, 30000, &b, &diag), ST_OK);
	assert_truth(b, 1, LONG);
	free(b.ptr);
	source_close(text_of);
	inflate_close(inner);
	source_close(member);
	assert_null(inflate_next(outer));
	inflate_close(outer);
	source_close(below);
	free(packed.ptr);
}

/* --- whether a failure was told already ------------------------------------------------------ */

/* how far each member is read */
enum reading { READ_ALL, READ_PEEK, READ_NONE };

struct telling {
	bool told;
	enum status status;
	struct diag diag;        /* of inflate_status */
	struct diag member_diag; /* of the last member that failed */
};

static struct telling telling_of(struct memory *m, enum reading reading)
{
	struct source *below = memory_source(m);
	struct inflate *inflate = inflate_open(below, RATIO);
	struct telling t = {.told = false};
	struct source *member;
	struct diag diag;
	struct bytes b;

	assert_false(inflate_told(inflate));
	while ((member = inflate_next(inflate)) != NULL) {
		if (reading != READ_NONE)
			source_peek(member, 2 * LONG);
		if (reading == READ_ALL) {
			if (read_all(member, 5000, &b, &diag) != ST_OK)
				t.member_diag = diag;
			free(b.ptr);
		}
		source_close(member);
	}
	t.status = inflate_status(inflate, &t.diag);
	t.told = inflate_told(inflate);
	inflate_close(inflate);
	source_close(below);
	return t;
}

/* the archive breaks off within its second member */
static void a_failure_that_a_member_told_is_known(void **state)
{
	static const char *const COMMANDS[] = {"tar -cf - short long", "tar -czf - short long",
	                                       "zip -q - short long"};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct bytes packed = output_of(COMMANDS[i]);
		struct memory m = {{packed.ptr, packed.len / 2}, .most = WHOLE, .fails = true};
		struct memory cut = {{packed.ptr, packed.len / 2}, .most = WHOLE};
		struct memory again = cut;
		struct memory peeked = cut;
		struct memory whole = {packed, .most = WHOLE};
		struct telling t;

		if (!packed.len)
			continue;
		t = telling_of(&m, READ_ALL);
		assert_true(t.told);
		assert_int_equal(t.status, ST_FAILED);
		assert_string_equal(t.member_diag.text, "the line went dead");
		t = telling_of(&cut, READ_ALL);
		assert_true(t.told);
		assert_int_equal(t.status, ST_FAILED);
		assert_string_equal(t.diag.text,
		                    "in:long: what follows this member cannot be read");
		assert_string_not_equal(t.member_diag.text, "");
		/* who did not read that far hears the member's reason at the end */
		for (int peek = 0; peek < 2; peek++) {
			struct telling other =
			    telling_of(peek ? &peeked : &again, peek ? READ_PEEK : READ_NONE);

			assert_false(other.told);
			assert_int_equal(other.status, ST_FAILED);
			assert_string_equal(other.diag.text, t.member_diag.text);
		}
		t = telling_of(&whole, READ_ALL);
		assert_false(t.told);
		assert_int_equal(t.status, ST_OK);
		free(packed.ptr);
	}
}

/* what is the archive's own is told by no member, even where one has failed */
static void a_failure_of_the_archive_is_told_by_it_alone(void **state)
{
	static const struct {
		const char *command, *member_message, *message;
	} CASES[] = {
	    {"tar -b1 -cf - short | head -c -1024", "", "has no end mark"},
	    {"tar -b1 -S -cf - holes short | head -c -1024", "in:holes: is a sparse file",
	     "has no end mark"},
	    {"tar -b1 -S -cf - holes short | head -c -4300", "in:holes: is a sparse file",
	     "in: the tar archive"},
	    {"rm -f p.zip; zip -q -P secret p.zip m001 && zip -q p.zip short; head -c 160 p.zip",
	     "in:m001: is encrypted", "in: the zip archive"},
	};

	(void)state;
	free(output_of("truncate -s 1M holes && echo end >>holes").ptr);
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct bytes packed = output_of(CASES[i].command);
		struct memory m = {.bytes = packed, .most = WHOLE};
		struct telling t;

		if (i == 3 && !have("zip"))
			continue;
		t = telling_of(&m, READ_ALL);
		assert_false(t.told);
		assert_int_equal(t.status, ST_FAILED);
		assert_non_null(strstr(t.diag.text, CASES[i].message));
		assert_non_null(strstr(t.member_diag.text, CASES[i].member_message));
		free(packed.ptr);
	}
}

/* --- bounds --------------------------------------------------------------------------------- */

static void bombs_are_bounded(void **state)
{
	static const char *const TOOLS[] = {"gzip -c",  "zstd -qc", "xz -c -1",
	                                    "bzip2 -c", "zip -q -", "tar -czf -"};
	char command[100];

	(void)state;
	free(output_of("yes 0 | head -c 24000000 >lines").ptr);
	for (size_t i = 0; i < 5; i++) {
		struct bytes packed;
		struct memory m;
		struct result r;

		snprintf(command, sizeof command, "%s lines", TOOLS[i]);
		packed = output_of(command);
		if (!packed.len)
			continue;
		r = unpack(packed);
		assert_int_equal(r.status, ST_FAILED);
		assert_non_null(strstr(
		    r.message, "unpacks to more than 250 times its size; --max-ratio allows more"));
		/* 16 MiB are free, and what is under way when the bound is met */
		assert_in_range(r.bytes.len, 16000000, 20000000);
		free(r.bytes.ptr);
		m = (struct memory){.bytes = packed, .most = WHOLE};
		r = unpack_from(&m, 2000000, 100003);
		assert_int_equal(r.status, ST_OK);
		assert_int_equal(r.bytes.len, 24000000);
		free(r.bytes.ptr);
		free(packed.ptr);
	}
	free(output_of("rm lines").ptr);
}

static void a_short_text_of_zeros_is_no_bomb(void **state)
{
	struct bytes packed = output_of("head -c 16000000 /dev/zero | gzip -c");
	struct result r = unpack(packed);

	(void)state;
	assert_int_equal(r.status, ST_OK);
	assert_int_equal(r.bytes.len, 16000000);
	free(r.bytes.ptr);
	free(packed.ptr);
}

/* libarchive takes a stream that begins with zeros for a tar of nothing */
static void a_bomb_of_zeros_in_any_stream(void **state)
{
	static const char *const TOOLS[] = {"gzip -c", "zstd -qc", "xz -c -1", "bzip2 -c"};
	char command[100];

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct result r;

		if (!have(i == 1 ? "zstd" : i == 2 ? "xz" : i == 3 ? "bzip2" : "gzip"))
			continue;
		snprintf(command, sizeof command, "head -c 40000000 /dev/zero | %s", TOOLS[i]);
		r = fails_with(command, "--max-ratio allows more");
		free(r.bytes.ptr);
	}
}

static void members_are_bounded(void **state)
{
	struct bytes one = output_of(": >none && tar -cf - none | head -c 512");
	struct memory m = {.bytes = one, .most = 512, .repeats = INFLATE_ENTRIES_MAX + 10};
	struct result r = unpack_from(&m, RATIO, 100);

	(void)state;
	assert_int_equal(r.members, INFLATE_ENTRIES_MAX);
	assert_int_equal(r.status, ST_FAILED);
	assert_string_equal(r.message, "in: holds too many members; the rest was not read");
	free(r.bytes.ptr);
	free(one.ptr);
}

/* --- closing -------------------------------------------------------------------------------- */

static void closing_early_does_not_hang(void **state)
{
	(void)state;
	for (size_t i = 0; i < FORMAT_COUNT; i++) {
		struct bytes packed;

		if (!have(FORMATS[i].tool))
			continue;
		packed = output_of(FORMATS[i].command);
		for (size_t reads = 0; reads < 4; reads++) {
			struct memory m = {.bytes = packed, .most = 3000, .endless = true};
			struct source *below = memory_source(&m);
			struct inflate *inflate = inflate_open(below, RATIO);
			struct source *member = reads ? inflate_next(inflate) : NULL;
			struct diag diag;
			char buf[1000];
			size_t got;

			for (size_t n = 1; n < reads; n++)
				source_read(member, buf, sizeof buf, &got, &diag);
			source_close(member);
			inflate_close(inflate);
			source_close(below);
		}
		free(packed.ptr);
	}
}

/* behind the stream there is nothing but zeros, without end: the thread has nothing to send */
static void closing_stops_a_thread_that_finds_nothing(void **state)
{
	static const char *const COMMANDS[] = {"gzip -c short", "bzip2 -c short"};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct bytes packed = output_of(COMMANDS[i]);
		struct memory m = {.bytes = packed, .most = 3000, .endless = true};
		struct source *below = memory_source(&m);
		struct inflate *inflate = inflate_open(below, RATIO);
		struct source *member = packed.len ? inflate_next(inflate) : NULL;
		struct diag diag;
		char buf[3000];
		size_t got;

		if (member)
			assert_int_equal(source_read(member, buf, 3000, &got, &diag), ST_OK);
		usleep(20000);
		source_close(member);
		inflate_close(inflate);
		source_close(below);
		free(packed.ptr);
	}
}

/* --- what is unpacked at all ---------------------------------------------------------------- */

static void kinds_are_known_by_their_first_bytes(void **state)
{
	static const struct {
		struct span head;
		bool wanted;
	} CASES[] = {
	    {{"\x1F\x8B\x08", 3}, true},
	    {{"\x1F\x8B", 2}, true},
	    {{"\x1F", 1}, false},
	    {{"\x28\xB5\x2F\xFD", 4}, true},
	    {{"\x50\x2A\x4D\x18", 4}, true},
	    {{"\x5F\x2A\x4D\x18", 4}, true},
	    {{"\x60\x2A\x4D\x18", 4}, false},
	    {{"\xFD\x37\x7A\x58\x5A\x00", 6}, true},
	    {{"\xFD\x37\x7A\x58\x5A", 5}, false},
	    {{"BZh9\x31\x41\x59\x26\x53\x59", 10}, true},
	    {{"BZh1\x17\x72\x45\x38\x50\x90", 10}, true},
	    {{"BZh0\x31\x41\x59\x26\x53\x59", 10}, false},
	    {{"BZh9,name,lat", 13}, false},
	    {{"\x04\x22\x4D\x18", 4}, true},
	    {{"PK\x03\x04", 4}, true},
	    {{"PK\x05\x06", 4}, true},
	    {{"PK\x01\x02", 4}, false},
	    {{"PK,lat,lon", 10}, false},
	    {{"MMSI,LAT,LON", 12}, false},
	    {{"", 0}, false},
	    {{NULL, 0}, false},
	};
	struct bytes tar = output_of("tar -cf - short");
	struct bytes v7 = output_of("tar --format=v7 -cf - short");

	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
		assert_int_equal(inflate_wanted(CASES[i].head), CASES[i].wanted);
	assert_true(inflate_wanted((struct span){tar.ptr, INFLATE_HEAD}));
	assert_false(inflate_wanted((struct span){tar.ptr, 262}));
	assert_false(inflate_wanted((struct span){v7.ptr, INFLATE_HEAD}));
	tar.ptr[0] ^= 1;
	assert_string_equal(unpack(tar).message,
	                    "in: begins like an archive, but its first header is damaged");
	free(tar.ptr);
	free(v7.ptr);
}

static int make_directory(void **state)
{
	(void)state;
	alarm(300);
	if (!mkdtemp(dir))
		return -1;
	write_text("long", 1, LONG);
	write_text("short", 2, 3000);
	return 0;
}

static int remove_directory(void **state)
{
	char line[100];

	(void)state;
	snprintf(line, sizeof line, "rm -rf %s", dir);
	return system(line);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(kinds_are_known_by_their_first_bytes),
	    cmocka_unit_test(every_format_is_unpacked),
	    cmocka_unit_test(the_size_of_reads_does_not_matter),
	    cmocka_unit_test(the_size_of_reads_does_not_matter_to_damage),
	    cmocka_unit_test(the_size_of_reads_does_not_matter_to_a_wrong_checksum),
	    cmocka_unit_test(the_size_of_reads_does_not_matter_to_a_bomb),
	    cmocka_unit_test(a_cut_gives_what_is_before_it_and_fails),
	    cmocka_unit_test(a_cut_gzip_gives_all_that_gzip_gives),
	    cmocka_unit_test(a_cut_gzip_of_repeats_gives_all_that_zlib_has),
	    cmocka_unit_test(a_gzip_may_end_where_the_room_does),
	    cmocka_unit_test(no_flipped_bit_goes_unseen),
	    cmocka_unit_test(a_source_that_fails_says_so_behind_its_bytes),
	    cmocka_unit_test(what_follows_a_stream),
	    cmocka_unit_test(streams_of_nothing_are_one_empty_member),
	    cmocka_unit_test(members_come_in_order),
	    cmocka_unit_test(what_is_no_regular_file_is_passed_over),
	    cmocka_unit_test(sparse_and_encrypted_members_fail_alone),
	    cmocka_unit_test(archives_without_members),
	    cmocka_unit_test(workbooks_are_refused),
	    cmocka_unit_test(names_are_kept_and_bounded),
	    cmocka_unit_test(a_plain_tar_without_its_end_is_told),
	    cmocka_unit_test(tars_may_be_concatenated),
	    cmocka_unit_test(a_member_may_be_packed_itself),
	    cmocka_unit_test(a_failure_that_a_member_told_is_known),
	    cmocka_unit_test(a_failure_of_the_archive_is_told_by_it_alone),
	    cmocka_unit_test(bombs_are_bounded),
	    cmocka_unit_test(a_short_text_of_zeros_is_no_bomb),
	    cmocka_unit_test(a_bomb_of_zeros_in_any_stream),
	    cmocka_unit_test(members_are_bounded),
	    cmocka_unit_test(closing_early_does_not_hang),
	    cmocka_unit_test(closing_stops_a_thread_that_finds_nothing),
	};

	return cmocka_run_group_tests(tests, make_directory, remove_directory);
}

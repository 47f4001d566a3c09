/*
 * The loop of the scan, included once per kernel after it has defined
 *   SCAN_NAME   the kernel's function
 *   LOWEST_BIT(bits)   the index of the lowest bit, anything for 0
 *   masks(p, delimiter, &ends)   bits of the delimiters and terminators among p[0..64), and in
 * `ends` those of the terminators alone
 */

enum { AT_ONCE = 12 };

/* offsets of the bits of `all` */
static inline void put_ends(uint32_t *out, uint32_t at, uint64_t all, unsigned count)
{
	/* a dozen at a time, past the end where there are fewer: a branch per bit would be guessed
	 * wrong */
	for (unsigned i = 0; i < AT_ONCE; i++) {
		out[i] = at + (uint32_t)LOWEST_BIT(all);
		all &= all - 1;
	}
	if (__builtin_expect(count <= AT_ONCE, 1))
		return;
	for (unsigned i = AT_ONCE; i < count; i++) {
		out[i] = at + (uint32_t)__builtin_ctzll(all);
		all &= all - 1;
	}
}

/* places in `ends` of the bits of `terminators`, which are among those of `all` */
static inline void put_records(uint32_t *out, uint32_t first, uint64_t all, uint64_t terminators)
{
	/* most blocks of 64 bytes hold one or none: the first is put without a branch */
	do {
		uint64_t below = terminators ^ (terminators - 1);

		*out++ = first + (uint32_t)__builtin_popcountll(all & below) - 1;
		terminators &= terminators - 1;
	} while (__builtin_expect(terminators != 0, 0));
}

/* where the scan is in its arrays */
struct place {
	uint32_t ends;
	uint32_t records;
};

static inline void flush(const struct scan *scan, struct place *to, uint32_t at, uint64_t all,
                         uint64_t terminators)
{
	unsigned count = (unsigned)__builtin_popcountll(all);

	put_records(scan->records + to->records, to->ends, all, terminators);
	put_ends(scan->ends + to->ends, at, all, count);
	to->records += (unsigned)__builtin_popcountll(terminators);
	to->ends += count;
}

void SCAN_NAME(struct scan *scan, const char *text, uint32_t len, char delimiter)
{
	const struct scan into = *scan; /* by value: what is stored cannot change it */
	struct place to = {0, 0};
	uint32_t at = 0;
	uint64_t all;
	uint64_t terminators;

	for (; len - at >= 64; at += 64) {
		all = masks(text + at, delimiter, &terminators);
		flush(&into, &to, at, all, terminators);
	}
	if (at < len) {
		char tail[64] = {0};
		uint64_t inside = (UINT64_C(1) << (len - at)) - 1;

		memcpy(tail, text + at, len - at);
		all = masks(tail, delimiter, &terminators) & inside;
		flush(&into, &to, at, all, terminators & inside);
	}
	scan->end_count = to.ends;
	scan->record_count = to.records;
}

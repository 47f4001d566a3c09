/*
 * The loop of the scan, included once per kernel after it has defined
 *   SCAN_NAME   the kernel's function
 *   LOWEST_BIT(bits)   the index of the lowest bit, anything for 0
 *   masks(p, delimiter, &ends)   bits of the delimiters and terminators among p[0..64), and in
 * `ends` those of the terminators alone
 */

enum { AT_ONCE = 12 };

static void put_ends(uint32_t *out, uint32_t at, uint64_t all, size_t count)
{
	/* a dozen at a time, past the end where there are fewer: a branch per bit would be guessed
	 * wrong */
	for (size_t i = 0; i < AT_ONCE; i++) {
		out[i] = at + (uint32_t)LOWEST_BIT(all);
		all &= all - 1;
	}
	if (__builtin_expect(count <= AT_ONCE, 1))
		return;
	for (size_t i = AT_ONCE; i < count; i++) {
		out[i] = at + (uint32_t)__builtin_ctzll(all);
		all &= all - 1;
	}
}

static void flush(struct scan *scan, uint32_t at, uint64_t all, uint64_t ends)
{
	uint32_t *records = scan->records + scan->record_count;

	scan->record_count += (size_t)__builtin_popcountll(ends);
	/* most blocks of 64 bytes hold one record end or none: the first is put without a branch */
	do {
		uint64_t below = (ends & (~ends + 1)) - 1;

		*records++ =
		    (uint32_t)(scan->end_count + (size_t)__builtin_popcountll(all & below));
		ends &= ends - 1;
	} while (__builtin_expect(ends != 0, 0));
	put_ends(scan->ends + scan->end_count, at, all, (size_t)__builtin_popcountll(all));
	scan->end_count += (size_t)__builtin_popcountll(all);
}

void SCAN_NAME(struct scan *scan, const char *text, uint32_t len, char delimiter)
{
	uint32_t at = 0;
	uint64_t all;
	uint64_t ends;

	scan->end_count = 0;
	scan->record_count = 0;
	for (; len - at >= 64; at += 64) {
		all = masks(text + at, delimiter, &ends);
		flush(scan, at, all, ends);
	}
	if (at < len) {
		char tail[64] = {0};
		uint64_t inside = (UINT64_C(1) << (len - at)) - 1;

		memcpy(tail, text + at, len - at);
		all = masks(tail, delimiter, &ends) & inside;
		flush(scan, at, all, ends & inside);
	}
}

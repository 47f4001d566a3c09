/*
 * The loop of the scan, included once per kernel after it has defined
 *   SCAN_NAME   the kernel's function
 *   masks(p, delimiter, &ends)   bits of the delimiters and terminators among p[0..64), and in `ends`
 *                                those of the terminators alone
 */

static void flush(struct scan *scan, uint32_t at, uint64_t all, uint64_t ends)
{
	uint32_t *out = scan->ends + scan->end_count;
	size_t count = (size_t)__builtin_popcountll(all);

	for (; ends; ends &= ends - 1) {
		uint64_t below = (ends & (~ends + 1)) - 1;

		scan->records[scan->record_count++] =
		    (uint32_t)(scan->end_count + (size_t)__builtin_popcountll(all & below));
	}
	scan->end_count += count;
	/* eight at a time, past the end where there are fewer: no branch per bit */
	for (size_t i = 0; i < count; i += 8) {
		for (size_t k = 0; k < 8; k++) {
			out[i + k] = at + (uint32_t)__builtin_ctzll(all | UINT64_C(1) << 63);
			all &= all - 1;
		}
	}
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

/*
 * The scan: where fields and records end in a block of delimited text that holds no quote.
 * One loop (scan_body.h), four ways to see 64 bytes at once: AVX2, SSE2, NEON, plain C.
 */
#ifndef TEXT_SCAN_H
#define TEXT_SCAN_H

#include <stddef.h>
#include <stdint.h>

/* all zero is empty; owns its arrays, which keep their size from block to block */
struct scan {
	uint32_t *ends; /* offsets of delimiters and record terminators, in order; ends[-1] is
	                   UINT32_MAX */
	size_t end_count;
	uint32_t *records; /* for each record the index in `ends` of its terminator */
	size_t record_count;
	uint32_t *memory; /* of ends */
	size_t cap;       /* bytes of text that the arrays have room for */
};

typedef void scan_fn(struct scan *scan, const char *text, uint32_t len, char delimiter);

/*
 * Finds every delimiter and every CR and LF in text[0..len). A last record without terminator is
 * given one at `len`. The text may hold any bytes; quotes mean nothing here. len < 2^31.
 */
void scan_text(struct scan *scan, const char *text, uint32_t len, char delimiter);
void scan_free(struct scan *scan);

/* the kernels by name, for tests: NULL past the last or when this processor lacks it */
struct scan_kernel {
	const char *name;
	scan_fn *run;
};
const struct scan_kernel *scan_kernel_at(size_t i);
/* makes room for len bytes; kernels expect it done */
void scan_reserve(struct scan *scan, uint32_t len);

#endif

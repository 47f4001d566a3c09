#include "text/scan.h"

#include <stdlib.h>

#include "base/mem.h"
#include "text/scan_kernels.h"

/* slowest first: the last one that this processor has is used */
static const struct scan_kernel KERNELS[] = {
    {"plain", scan_plain},
#if defined(__x86_64__)
    {"sse2", scan_sse2},
    {"avx2", scan_avx2},
#elif defined(__aarch64__)
    {"neon", scan_neon},
#endif
};

enum { KERNEL_COUNT = sizeof KERNELS / sizeof *KERNELS };

const struct scan_kernel *scan_kernel_at(size_t i)
{
	if (i >= KERNEL_COUNT)
		return NULL;
#if defined(__x86_64__)
	if (KERNELS[i].run == scan_avx2 &&
	    !(__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi")))
		return NULL;
#endif
	return &KERNELS[i];
}

static scan_fn *fastest(void)
{
	size_t i = 0;

	while (scan_kernel_at(i + 1))
		i++;
	return KERNELS[i].run;
}

void scan_reserve(struct scan *scan, uint32_t len)
{
	if (len < scan->cap)
		return;
	scan->cap = len + (size_t)1;
	/* a terminator at the end, and the places that the kernels may write past it */
	scan->memory = mem_resize(scan->memory, scan->cap + 17, sizeof *scan->ends);
	scan->memory[0] = UINT32_MAX;
	scan->ends = scan->memory + 1;
	scan->records = mem_resize(scan->records, scan->cap + 2, sizeof *scan->records);
}

void scan_text(struct scan *scan, const char *text, uint32_t len, char delimiter)
{
	scan_reserve(scan, len);
	fastest()(scan, text, len, delimiter);
	if (len && text[len - 1] != '\n' && text[len - 1] != '\r') {
		scan->records[scan->record_count++] = (uint32_t)scan->end_count;
		scan->ends[scan->end_count++] = len;
	}
}

void scan_free(struct scan *scan)
{
	free(scan->memory);
	free(scan->records);
	*scan = (struct scan){0};
}

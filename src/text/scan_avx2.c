#include "text/scan_kernels.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

/* this file alone is compiled for AVX2; scan.c calls it only where the processor has it */
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,bmi,popcnt"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,bmi,popcnt")
#endif

static uint64_t masks(const char *p, char delimiter, uint64_t *ends)
{
	const __m256i delim = _mm256_set1_epi8(delimiter);
	const __m256i lf = _mm256_set1_epi8('\n');
	const __m256i cr = _mm256_set1_epi8('\r');
	__m256i a = _mm256_loadu_si256((const __m256i *)(const void *)p);
	__m256i b = _mm256_loadu_si256((const __m256i *)(const void *)(p + 32));
	__m256i end_a = _mm256_or_si256(_mm256_cmpeq_epi8(a, lf), _mm256_cmpeq_epi8(a, cr));
	__m256i end_b = _mm256_or_si256(_mm256_cmpeq_epi8(b, lf), _mm256_cmpeq_epi8(b, cr));
	__m256i any_a = _mm256_or_si256(end_a, _mm256_cmpeq_epi8(a, delim));
	__m256i any_b = _mm256_or_si256(end_b, _mm256_cmpeq_epi8(b, delim));

	*ends = (uint64_t)(uint32_t)_mm256_movemask_epi8(end_b) << 32 |
	        (uint32_t)_mm256_movemask_epi8(end_a);
	return (uint64_t)(uint32_t)_mm256_movemask_epi8(any_b) << 32 |
	       (uint32_t)_mm256_movemask_epi8(any_a);
}

#define LOWEST_BIT(bits) _tzcnt_u64(bits)
#define SCAN_NAME        scan_avx2
#include "text/scan_body.h"

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#endif

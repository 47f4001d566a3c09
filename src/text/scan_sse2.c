#include "text/scan_kernels.h"

#if defined(__x86_64__)
#include <emmintrin.h>
#include <string.h>

static uint64_t masks(const char *p, char delimiter, uint64_t *ends)
{
	const __m128i delim = _mm_set1_epi8(delimiter);
	const __m128i lf = _mm_set1_epi8('\n');
	const __m128i cr = _mm_set1_epi8('\r');
	uint64_t all = 0;

	*ends = 0;
	for (int i = 0; i < 4; i++) {
		__m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + 16 * i));
		__m128i end = _mm_or_si128(_mm_cmpeq_epi8(v, lf), _mm_cmpeq_epi8(v, cr));
		__m128i any = _mm_or_si128(end, _mm_cmpeq_epi8(v, delim));

		*ends |= (uint64_t)(uint32_t)_mm_movemask_epi8(end) << (16 * i);
		all |= (uint64_t)(uint32_t)_mm_movemask_epi8(any) << (16 * i);
	}
	return all;
}

#define LOWEST_BIT(bits) __builtin_ctzll((bits) | UINT64_C(1) << 63)
#define SCAN_NAME        scan_sse2
#include "text/scan_body.h"
#endif

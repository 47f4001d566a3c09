#include "ais/row_kernels.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <math.h>
#include <string.h>

/* this file alone is compiled for AVX2; row.c calls it only where the processor has it */
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,bmi,bmi2,popcnt"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,bmi,bmi2,popcnt")
#endif

#include "ais/digits.h"

/*
 * Up to seven digits, a point and at most eight digits, as most numbers are written. The digits
 * before the point are moved to the end of the first eight bytes and those behind it to the
 * beginning of the second, then multiplied and added in pairs, fours and eights (W. Mula,
 * "SIMD-ized faster parse of IPv4 addresses", and "Parsing series of integers with SIMD"). Exact as
 * num_double is: the digits as one number and 10^8 are both exact doubles.
 */
static inline bool plain_number(struct span s, double *value)
{
	static const double SCALE[] = {1e8, -1e8};
	const __m128i lanes = _mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
	const __m128i moves = _mm_setr_epi8(-8, -7, -6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6, 7, 8);
	const __m128i tens = _mm_set1_epi16(1 << 8 | 10);
	const __m128i hundreds = _mm_set1_epi32(1 << 16 | 100);
	const __m128i ten_thousands = _mm_set1_epi32(1 << 16 | 10000);
	bool negative = *s.ptr == '-';
	const char *p = s.ptr + negative;
	size_t len = s.len - negative;
	__m128i d =
	    _mm_sub_epi8(_mm_loadu_si128((const __m128i *)(const void *)p), _mm_set1_epi8('0'));
	__m128i is_digit = _mm_cmpeq_epi8(_mm_min_epu8(d, _mm_set1_epi8(9)), d);
	unsigned other = ~(unsigned)_mm_movemask_epi8(is_digit) & ((1U << (len & 31)) - 1);
	size_t point = (size_t)_tzcnt_u32(other | 1U << (len & 31));
	uint64_t eights;

	if (len - 1 > 14 || point - 1 > 6 || len - point > 9)
		return false;
	if (other && (p[point] != '.' || (other & (other - 1))))
		return false;
	d = _mm_and_si128(d, _mm_cmpgt_epi8(_mm_set1_epi8((char)len), lanes));
	d = _mm_shuffle_epi8(d, _mm_add_epi8(moves, _mm_set1_epi8((char)point)));
	d = _mm_madd_epi16(_mm_maddubs_epi16(d, tens), hundreds);
	d = _mm_madd_epi16(_mm_packus_epi32(d, d), ten_thousands);
	eights = (uint64_t)_mm_cvtsi128_si64(d);
	*value = (double)((eights & UINT32_MAX) * 100000000 + (eights >> 32)) / SCALE[negative];
	return true;
}

#define ROW_NAME row_report_avx2
#include "ais/row_body.h"

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#endif

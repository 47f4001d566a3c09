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

/* text xor this: digits become 0 to 9, and the others none of these */
#define ZEROS _mm256_set1_epi8('0')
#define POINT _mm256_set1_epi8('.' ^ '0')
#define MINUS _mm256_set1_epi8('-' ^ '0')

/* not zero where a byte is no digit */
static inline __m256i no_digits(__m256i d)
{
	return _mm256_subs_epu8(d, _mm256_set1_epi8(9));
}

/*
 * Digits to numbers, in the lanes of one vector or of two: multiplied and added in pairs and fours,
 * packed side by side, then in eights (W. Mula, "SIMD-ized faster parse of IPv4 addresses" and
 * "Parsing series of integers with SIMD"). Of each 16 bytes: two of a, then two of b.
 */
static inline __m256i fours(__m256i d)
{
	return _mm256_madd_epi16(_mm256_maddubs_epi16(d, _mm256_set1_epi16(1 << 8 | 10)),
	                         _mm256_set1_epi32(1 << 16 | 100));
}

static inline __m256i eights(__m256i a, __m256i b)
{
	return _mm256_madd_epi16(_mm256_packus_epi32(fours(a), fours(b)),
	                         _mm256_set1_epi32(1 << 16 | 10000));
}

/* one text in each lane, and its length */
struct lanes {
	__m256i text;
	__m256i length;
};

static inline struct lanes load_motion(const uint32_t *column, const struct row *row)
{
	uint32_t end[MOTION];
	uint32_t start[MOTION];
	uint64_t text[MOTION];

	for (int i = 0; i < MOTION; i++) {
		end[i] = row->ends[column[i]];
		start[i] = row->ends[(int64_t)column[i] - 1] + 1;
		memcpy(&text[i], row->base + start[i], sizeof text[i]);
	}
	return (struct lanes){
	    _mm256_setr_epi64x((int64_t)text[0], (int64_t)text[1], (int64_t)text[2],
	                       (int64_t)text[3]),
	    _mm256_setr_epi64x(end[0] - start[0], end[1] - start[1], end[2] - start[2],
	                       end[3] - start[3]),
	};
}

/*
 * Four numbers of one to seven bytes, digits with or without a point among them: each lane is moved
 * up until the byte behind the text is its last, which then counts as a point, and the digits
 * before the first point are moved up by one more. What the digits are to be divided by is the one
 * digit 1 in the place of the point. Digits and divisor are exact, so the quotient is rounded once,
 * as num_double's.
 */
static inline unsigned plain_motion(const uint32_t *column, const struct row *row, double *value)
{
	const __m256i ones = _mm256_set1_epi64x(-1);
	const __m256i last = _mm256_set1_epi64x((int64_t)(UINT64_C(0xFF) << 56));
	struct lanes lanes = load_motion(column, row);
	__m256i up = _mm256_sub_epi64(_mm256_set1_epi64x(56), _mm256_slli_epi64(lanes.length, 3));
	__m256i first = _mm256_sllv_epi64(_mm256_set1_epi64x(0xFF), up);
	__m256i d =
	    _mm256_andnot_si256(last, _mm256_sllv_epi64(_mm256_xor_si256(lanes.text, ZEROS), up));
	__m256i points = _mm256_or_si256(_mm256_cmpeq_epi8(d, POINT), last);
	__m256i before = _mm256_andnot_si256(points, _mm256_add_epi64(points, ones));
	__m256i divisor = _mm256_sub_epi64(before, ones);
	__m256i until = _mm256_add_epi64(_mm256_slli_epi64(divisor, 8), ones);
	__m256i bad;
	__m256i both;

	d = _mm256_or_si256(_mm256_slli_epi64(_mm256_and_si256(d, before), 8),
	                    _mm256_andnot_si256(until, d));
	/* the first byte stands before the first point; nowhere when the text is too long */
	bad = _mm256_cmpeq_epi64(_mm256_and_si256(first, before), _mm256_setzero_si256());
	bad = _mm256_cmpeq_epi64(_mm256_or_si256(bad, no_digits(d)), _mm256_setzero_si256());
	both = _mm256_permute4x64_epi64(eights(d, divisor), 0xD8);
	_mm256_storeu_pd(value,
	                 _mm256_div_pd(_mm256_cvtepi32_pd(_mm256_castsi256_si128(both)),
	                               _mm256_cvtepi32_pd(_mm256_extracti128_si256(both, 1))));
	return (unsigned)_mm256_movemask_pd(_mm256_castsi256_pd(bad));
}

/* 16 bytes at p and at q */
static inline __m256i load_two(const void *p, const void *q)
{
	return _mm256_inserti128_si256(_mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)p)),
	                               _mm_loadu_si128((const __m128i *)q), 1);
}

/* where the digits of a number with a point go, by the point's place: see plain_position */
static inline const int8_t *moves(unsigned point)
{
	static const int8_t MOVES[8][16] = {
#define MOVE(p)                                                                                    \
	{p - 8, p - 7, p - 6, p - 5, p - 4, p - 3, p - 2, p - 1,                                   \
	 p + 1, p + 2, p + 3, p + 4, p + 5, p + 6, p + 7, p + 8}
	    MOVE(0), MOVE(1), MOVE(2), MOVE(3), MOVE(4), MOVE(5), MOVE(6), MOVE(7),
#undef MOVE
	};

	return MOVES[point];
}

/* 16 bytes that keep the first `len` of 16, 0 to 16 */
static inline const uint8_t *keep(unsigned len)
{
	static const uint8_t KEEP[32] = {
	    0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
	    0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
	};

	return KEEP + 16 - len;
}

/*
 * Two numbers, each with or without a minus, of one to seven digits, a point and up to eight
 * digits. The digits before the point are moved to the end of the first eight bytes and those
 * behind it to the beginning of the second. Exact as num_double is: the digits as one number and
 * 10^8 are both exact doubles.
 */
static inline unsigned plain_position(const uint32_t *column, const struct row *row, double *value)
{
	const __m256i head = _mm256_setr_epi64x(0xFF, 0, 0xFF, 0);
	const __m256i exponent = _mm256_set1_epi64x(0x4330000000000000); /* of 2^52 */
	struct span a = row_field(row, column[0]);
	struct span b = row_field(row, column[1]);
	__m256i d = _mm256_xor_si256(load_two(a.ptr, b.ptr), ZEROS);
	__m256i minus = _mm256_and_si256(_mm256_cmpeq_epi8(d, MINUS), head);
	unsigned points = (unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(d, POINT));
	unsigned minuses = (unsigned)_mm256_movemask_epi8(minus);
	unsigned point_a = _tzcnt_u32(points);
	unsigned point_b = _tzcnt_u32(points >> 16);
	__m256d quotient;

	/* a point among the first eight bytes, at most eight digits behind it, one before it */
	if ((point_a | point_b) > 7 || a.len - point_a - 1 > 8 || b.len - point_b - 1 > 8 ||
	    (points & (0x10001 | minuses << 1)))
		return 0;
	d = _mm256_and_si256(_mm256_andnot_si256(minus, d),
	                     load_two(keep((unsigned)a.len), keep((unsigned)b.len)));
	d = _mm256_shuffle_epi8(d, load_two(moves(point_a), moves(point_b)));
	if (!_mm256_testz_si256(no_digits(d), no_digits(d)))
		return 0;
	d = eights(d, d);
	d = _mm256_add_epi64(_mm256_mul_epu32(d, _mm256_set1_epi64x(100000000)),
	                     _mm256_srli_epi64(d, 32));
	/* to doubles, by way of the mantissa of 2^52 */
	quotient = _mm256_sub_pd(_mm256_castsi256_pd(_mm256_or_si256(d, exponent)),
	                         _mm256_castsi256_pd(exponent));
	quotient = _mm256_div_pd(quotient, _mm256_set1_pd(1e8));
	quotient = _mm256_xor_pd(quotient, _mm256_castsi256_pd(_mm256_slli_epi64(minus, 63)));
	value[0] = _mm256_cvtsd_f64(quotient);
	value[1] = _mm_cvtsd_f64(_mm256_extractf128_pd(quotient, 1));
	return 3;
}

static inline unsigned plain_numbers(const struct row_plan *plan, const struct row *row,
                                     double value[NUMBERS])
{
	if (row->count < plan->complete)
		return 0;
	return (plain_position(plan->number, row, value) |
	        plain_motion(plan->number + NUMBER_SOG, row, value + NUMBER_SOG) << NUMBER_SOG) &
	       plan->numbers;
}

/* without branches: sentinels come and go from row to row */
static inline unsigned within(double value[MOTION], const double limit[MOTION])
{
	__m256d v = _mm256_loadu_pd(value);
	__m256d in = _mm256_and_pd(_mm256_cmp_pd(v, _mm256_setzero_pd(), _CMP_GE_OQ),
	                           _mm256_cmp_pd(v, _mm256_loadu_pd(limit), _CMP_LT_OQ));

	_mm256_storeu_pd(value, _mm256_and_pd(v, in));
	return (unsigned)_mm256_movemask_pd(in);
}

#define ROW_NAME row_report_avx2
#include "ais/row_body.h"

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#endif

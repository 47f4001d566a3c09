#include "text/scan_kernels.h"

#if defined(__aarch64__)
#include <arm_neon.h>
#include <string.h>

/* one bit per byte of four comparison results, by three rounds of pairwise addition */
static uint64_t bits(uint8x16_t a, uint8x16_t b, uint8x16_t c, uint8x16_t d)
{
	const uint8x16_t weights = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
	uint8x16_t low = vpaddq_u8(vandq_u8(a, weights), vandq_u8(b, weights));
	uint8x16_t high = vpaddq_u8(vandq_u8(c, weights), vandq_u8(d, weights));
	uint8x16_t sum = vpaddq_u8(low, high);

	return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(sum, sum)), 0);
}

static uint64_t masks(const char *p, char delimiter, uint64_t *ends)
{
	const uint8x16_t delim = vdupq_n_u8((uint8_t)delimiter);
	const uint8x16_t lf = vdupq_n_u8('\n');
	const uint8x16_t cr = vdupq_n_u8('\r');
	uint8x16_t end[4];
	uint8x16_t any[4];

	for (int i = 0; i < 4; i++) {
		uint8x16_t v = vld1q_u8((const uint8_t *)p + 16 * i);

		end[i] = vorrq_u8(vceqq_u8(v, lf), vceqq_u8(v, cr));
		any[i] = vorrq_u8(end[i], vceqq_u8(v, delim));
	}
	*ends = bits(end[0], end[1], end[2], end[3]);
	return bits(any[0], any[1], any[2], any[3]);
}

#define LOWEST_BIT(bits) __builtin_ctzll((bits) | UINT64_C(1) << 63)
#define SCAN_NAME        scan_neon
#include "text/scan_body.h"
#endif

#include <string.h>

#include "text/scan_kernels.h"

static uint64_t masks(const char *p, char delimiter, uint64_t *ends)
{
	uint64_t all = 0;

	*ends = 0;
	for (unsigned i = 0; i < 64; i++) {
		uint64_t end = p[i] == '\n' || p[i] == '\r';

		*ends |= end << i;
		all |= (end | (uint64_t)(p[i] == delimiter)) << i;
	}
	return all;
}

#define LOWEST_BIT(bits) __builtin_ctzll((bits) | UINT64_C(1) << 63)
#define SCAN_NAME        scan_plain
#include "text/scan_body.h"

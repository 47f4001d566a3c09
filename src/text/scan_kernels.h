/* The kernels of the scan; only scan.c calls them. */
#ifndef TEXT_SCAN_KERNELS_H
#define TEXT_SCAN_KERNELS_H

#include "text/scan.h"

scan_fn scan_plain;
#if defined(__x86_64__)
scan_fn scan_sse2;
scan_fn scan_avx2;
#elif defined(__aarch64__)
scan_fn scan_neon;
#endif

#endif

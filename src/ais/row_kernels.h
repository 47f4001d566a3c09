/* The kernels of row_report; only row.c calls them. */
#ifndef AIS_ROW_KERNELS_H
#define AIS_ROW_KERNELS_H

#include "ais/row.h"

row_fn row_report_plain;
#if defined(__x86_64__)
row_fn row_report_avx2;
#endif

#endif

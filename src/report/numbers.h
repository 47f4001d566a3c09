/* Numbers as the writers write them; the text lies in scratch, which holds COLUMN_SCRATCH_SIZE. */
#ifndef REPORT_NUMBERS_H
#define REPORT_NUMBERS_H

#include <stdint.h>

#include "base/span.h"

/* rounded to at most so many decimals; empty for what is not finite, as below */
struct span number_fixed(double value, int decimals, char *scratch);
/*
 * rounded to so many (1-6) significant digits: "120", "0.0034", and with an exponent below 1e-4 and
 * from 1e6 on: "1.2e-05"; JSON takes either
 */
struct span number_significant(double value, int digits, char *scratch);
/* the shortest form that reads back as the same double */
struct span number_exact(double value, char *scratch);
/* the fewest decimals that read back as the same float: 12.3, where the float is 12.3000002 */
struct span number_single(float value, char *scratch);
struct span number_integer(int64_t value, char *scratch);

#endif

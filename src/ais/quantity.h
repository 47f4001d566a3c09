/* Numbers with what exports hang on them: blanks, hemispheres, degree signs, units, decimal commas.
 */
#ifndef AIS_QUANTITY_H
#define AIS_QUANTITY_H

#include <stdbool.h>

#include "base/span.h"

/*
 * "39.01888", " 39.01888 N" (S and W negate), "305.8 deg", "305.8°", "8.1 kn", "57,717413". False
 * when anything else is there, or nothing.
 */
bool quantity_parse(struct span s, double *value);

#endif

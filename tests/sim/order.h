/* The order in which the ships' reports are put into one stream. */
#ifndef SIM_ORDER_H
#define SIM_ORDER_H

#include <stdbool.h>

#include "deliver.h"

/* runs the whole simulation into the sink; false when memory runs out */
bool run_in_order(const struct sim *sim, struct truth *truth, struct sink to);

#endif

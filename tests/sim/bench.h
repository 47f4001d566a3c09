/* aissim bench: very many rows, fast, in constant memory. */
#ifndef SIM_BENCH_H
#define SIM_BENCH_H

#include <stdbool.h>

#include "options.h"

bool bench_run(const struct options *o);

#endif

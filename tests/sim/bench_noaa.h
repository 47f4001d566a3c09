/* Rows of the NOAA 2018 layout from tables of digits: ten times as fast as the layout's columns. */
#ifndef SIM_BENCH_NOAA_H
#define SIM_BENCH_NOAA_H

#include <stdbool.h>
#include <stdint.h>

#include "bench_ship.h"
#include "out.h"

struct noaa_tables {
	int64_t start_ms;
	char clock[86400][9]; /* "HH:MM:SS" of each second of a day */
	char *days;           /* "YYYY-MM-DDT" of each day */
	char two[100][2];
};

/* for span_s seconds from start_ms; false when memory runs out */
bool noaa_tables_make(struct noaa_tables *t, int64_t start_ms, uint64_t span_s);
/* the ship's row at second since the start */
void noaa_put(const struct noaa_tables *t, struct out *o, const struct ship *s, uint64_t second);

#endif

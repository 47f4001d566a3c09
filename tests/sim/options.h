/* The command line of aissim. */
#ifndef SIM_OPTIONS_H
#define SIM_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

enum { ORDER_TIME, ORDER_VESSEL, ORDER_REVERSE, ORDER_RANDOM };
enum { AREA_BOTH, AREA_VLADIVOSTOK, AREA_CASPIAN, AREA_WORLD };
enum { STATIONS_NONE, STATIONS_SPARSE, STATIONS_NORMAL, STATIONS_DENSE };
enum { OFFS_ALL, OFFS_INSIDE };
enum { SPREAD_EVEN, SPREAD_LOG };
enum { OFFS_AT_RANDOM, OFFS_AT_SEA, OFFS_AT_ANCHOR, OFFS_AT_PORT, OFFS_MIXED };

struct span_opt {
	int64_t lo, hi;
};

/* fractions and percentages are in millionths of one and of a percent: 0.5 is 500000 */
struct options {
	bool bench, help;
	int64_t seed, vessels, days, start_ms;
	int64_t layout, order, region, inside, thin_s;
	const char *truth, *cast;
	int64_t truth_min_h;
	int64_t switch_offs, switch_offs_percent; /* a number; or per cent of the vessels */
	int64_t switch_offs_in, switch_offs_at, switch_off_spread;
	struct span_opt switch_off_h, outage_h, hole_h;
	int64_t stations, satellites, density, outages, holes, shadows;
	int64_t station_layout, stations_gone, rush, interference, convoys;
	int64_t duplicates, disorder, shared, clock_errors, future, sentinels, class_b, fixtures;
	int64_t rows, hours; /* bench */
};

/* fills o from defaults and argv; false after saying on stderr what is wrong */
bool options_read(struct options *o, int argc, char **argv);
void options_help(void);

#endif

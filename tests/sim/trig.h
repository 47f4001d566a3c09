/*
 * Angles and distances in whole numbers. No floating point is used anywhere in this program, so
 * that the same seed gives the same bytes whatever the compiler, its flags or the C library.
 * Angles are in microdegrees (udeg), sines in Q30 (1 << 30 is one), lengths in metres.
 */
#ifndef SIM_TRIG_H
#define SIM_TRIG_H

#include <stdint.h>

enum { Q30 = 1 << 30, FULL_CIRCLE = 360000000 };

struct place {
	int32_t lat, lon; /* udeg */
};

int64_t sin_q30(int64_t udeg);
int64_t cos_q30(int64_t udeg);
/* direction of (north, east), clockwise from north, 0 to 359999999 udeg; to about 0.001 degree */
int64_t bearing_udeg(int64_t north, int64_t east);
/* the largest whole number whose square is not above x */
uint64_t isqrt(uint64_t x);
/* longitude difference or value brought into [-180, 180) degrees */
int32_t wrap_lon(int64_t udeg);
/* on a plane fitted at the middle latitude: good to 1 % up to some hundreds of km */
int64_t distance_m(struct place a, struct place b);
/* metres north and east of a to b */
void offset_m(struct place a, struct place b, int64_t *north, int64_t *east);
struct place place_moved(struct place p, int64_t north_m, int64_t east_m);

#endif

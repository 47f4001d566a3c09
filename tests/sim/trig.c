#include "trig.h"

/* one degree of latitude is 60 nautical miles of 1852 m: 0.11112 m per microdegree */
enum { M_PER_UDEG_E5 = 11112 };

/* Taylor's series up to x^11, x in [0, pi/2] as Q30: the error is below 6e-8 */
static int64_t sine_of_first_quarter(int64_t udeg)
{
	static const int64_t next[] = {110, 72, 42, 20, 6};
	const int64_t q30_rad_per_udeg_q20 = 19650660; /* pi / 180e6 * 2^50, rounded */
	int64_t x = (udeg * q30_rad_per_udeg_q20) >> 20;
	int64_t xx = (x * x) >> 30;
	int64_t sum = Q30;
	unsigned i;

	for (i = 0; i < sizeof(next) / sizeof(*next); i++)
		sum = Q30 - ((xx / next[i] * sum) >> 30);
	return (x * sum) >> 30;
}

int64_t sin_q30(int64_t udeg)
{
	int64_t a = udeg % FULL_CIRCLE;
	int64_t sign = 1;

	if (a < 0)
		a += FULL_CIRCLE;
	if (a >= FULL_CIRCLE / 2) {
		a -= FULL_CIRCLE / 2;
		sign = -1;
	}
	if (a > FULL_CIRCLE / 4)
		a = FULL_CIRCLE / 2 - a;
	return sign * sine_of_first_quarter(a);
}

int64_t cos_q30(int64_t udeg)
{
	return sin_q30(udeg + FULL_CIRCLE / 4);
}

/* CORDIC (Volder 1959): turn the vector onto the axis, adding up the angles turned by */
static int64_t angle_from_axis(int64_t x, int64_t y)
{
	static const int32_t atan_udeg[] = {45000000, 26565051, 14036243, 7125016, 3576334, 1789911,
	                                    895174,   447614,   223811,   111906,  55953,   27976,
	                                    13988,    6994,     3497,     1749,    874};
	int64_t angle = 0;
	int64_t dx;
	unsigned i;

	x *= 1 << 16;
	y *= 1 << 16;
	for (i = 0; i < sizeof(atan_udeg) / sizeof(*atan_udeg); i++) {
		dx = y / (1 << i);
		if (y > 0) {
			y -= x / (1 << i);
			x += dx;
			angle += atan_udeg[i];
		} else {
			y += x / (1 << i);
			x -= dx;
			angle -= atan_udeg[i];
		}
	}
	return angle;
}

int64_t bearing_udeg(int64_t north, int64_t east)
{
	int64_t a;

	if (north == 0 && east == 0)
		return 0;
	if (north >= 0)
		a = angle_from_axis(north, east);
	else
		a = FULL_CIRCLE / 2 + angle_from_axis(-north, -east);
	return (a + FULL_CIRCLE) % FULL_CIRCLE;
}

uint64_t isqrt(uint64_t x)
{
	uint64_t root = 0;
	uint64_t bit = (uint64_t)1 << 62;

	while (bit > x)
		bit >>= 2;
	for (; bit != 0; bit >>= 2) {
		if (x >= root + bit) {
			x -= root + bit;
			root = (root >> 1) + bit;
		} else {
			root >>= 1;
		}
	}
	return root;
}

int32_t wrap_lon(int64_t udeg)
{
	int64_t a = (udeg + FULL_CIRCLE / 2) % FULL_CIRCLE;

	if (a < 0)
		a += FULL_CIRCLE;
	return (int32_t)(a - FULL_CIRCLE / 2);
}

void offset_m(struct place a, struct place b, int64_t *north, int64_t *east)
{
	int64_t mid = ((int64_t)a.lat + b.lat) / 2;

	*north = ((int64_t)b.lat - a.lat) * M_PER_UDEG_E5 / 100000;
	*east = (int64_t)wrap_lon((int64_t)b.lon - a.lon) * M_PER_UDEG_E5 / 100000;
	*east = *east * (cos_q30(mid) >> 10) / (Q30 >> 10);
}

int64_t distance_m(struct place a, struct place b)
{
	int64_t north;
	int64_t east;

	offset_m(a, b, &north, &east);
	return (int64_t)isqrt((uint64_t)(north * north + east * east));
}

struct place place_moved(struct place p, int64_t north_m, int64_t east_m)
{
	int64_t c = cos_q30(p.lat) >> 10;
	struct place q;

	q.lat = (int32_t)(p.lat + north_m * 100000 / M_PER_UDEG_E5);
	q.lon = wrap_lon(p.lon + east_m * 100000 / M_PER_UDEG_E5 * (Q30 >> 10) / (c > 0 ? c : 1));
	return q;
}

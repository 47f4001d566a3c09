/* A ship of the bench file: its way, its silences and the constant parts of its rows. */
#ifndef SIM_BENCH_SHIP_H
#define SIM_BENCH_SHIP_H

#include <stdbool.h>
#include <stdint.h>

#include "vessel.h"

enum { SUFFIX_ROOM = 104 };

struct ship {
	uint64_t phase, step;         /* of a circle of 2^32; step per second, times 2^16 */
	int32_t lat, lon, dlat, dlon; /* in 1e-5 degree */
	int32_t cog[2], sog;
	uint32_t silent[2][2]; /* seconds since the start, half open */
	uint8_t suffix_len, mmsi_len;
	char mmsi[14];
	char suffix[SUFFIX_ROOM];
};

/* ship number index of sim, over span_s seconds */
void bench_ship_make(struct ship *s, const struct sim *sim, uint64_t span_s, uint64_t index);

/* bit 31 of the phase: on the way back */
static inline uint32_t phase_of(const struct ship *s, uint64_t second)
{
	return (uint32_t)((s->phase + s->step * second) >> 16);
}

/* in 1e-5 degree */
static inline struct place ship_place(const struct ship *s, uint64_t second)
{
	uint32_t phase = phase_of(s, second);
	int64_t part = (phase >> 31 ? ~phase : phase) & 0x7fffffff;
	int32_t lon = (int32_t)(s->lon + (s->dlon * part >> 31));
	struct place p = {(int32_t)(s->lat + (s->dlat * part >> 31)), lon};

	p.lon += lon < -18000000 ? 36000000 : lon >= 18000000 ? -36000000 : 0;
	return p;
}

/* tenths of a knot, a little unsteady */
static inline uint32_t ship_sog(const struct ship *s, uint64_t second)
{
	uint32_t wobble = (phase_of(s, second) >> 3 ^ (uint32_t)second) & 3;

	return s->sog > 0 ? (uint32_t)s->sog + wobble : wobble >> 1;
}

/* tenths of a degree */
static inline uint32_t ship_cog(const struct ship *s, uint64_t second)
{
	return (uint32_t)s->cog[phase_of(s, second) >> 31];
}

static inline bool silent_at(const struct ship *s, uint64_t second)
{
	return (second >= s->silent[0][0] && second < s->silent[0][1]) ||
	       (second >= s->silent[1][0] && second < s->silent[1][1]);
}

#endif

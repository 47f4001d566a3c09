/*
 * Draws for a self-test's plan, by hashes of what a fleet holds: the same whatever the order of the
 * fleet's tables. For the files of the plan only.
 */
#ifndef RUN_SELFTEST_DRAW_H
#define RUN_SELFTEST_DRAW_H

#include "run/selftest_plan.h"

/* what a hash is drawn for, so that draws for different ends do not hang together */
enum purpose { FOR_SWITCH_OFF = 1, FOR_LOSS, FOR_HOLE };

/* one vessel in one zone and hour, as presence holds it, and the draw that it got */
struct heard {
	uint64_t hash;
	int64_t mmsi;
	uint8_t zone;
	int64_t hour; /* since 1970 */
	double lat_deg;
	double lon_deg;
};

struct heards {
	struct heard *at;
	size_t count;
	size_t cap;
};

/* SplitMix64 (Steele, Lea, Flood 2014): a stream of draws from one hash */
struct draws {
	uint64_t state;
};

/* uniform in [0, 1) */
double draw(struct draws *draws);
/* log-uniform from `least` to `most`; 0 < least <= most */
double draw_log(struct draws *draws, double least, double most);

/* calls back for every hour in which the track was heard; the hash is not set */
void each_hour(const struct track *track, void (*visit)(void *context, struct heard *heard),
               void *context);
void each_hour_of_fleet(const struct fleet *fleet,
                        void (*visit)(void *context, struct heard *heard), void *context);
/* a visit that counts into a uint64_t */
void count_hour(void *context, struct heard *heard);

uint64_t hash_of(uint64_t seed, enum purpose purpose, const struct heard *heard);
/* the hash below which about `want` of `of` hashes lie */
uint64_t hash_limit(double want, uint64_t of);
/* true where silences that begin there are judged */
bool heard_watched(const struct plan_params *params, const struct heard *heard);
/* at most `want` hours, drawn from all that were heard in watched areas; its array is the caller's
 */
struct heards sample_hours(const struct plan_params *params, enum purpose purpose, size_t want,
                           uint64_t vessel_hours);

/* what follows are the parts of plan_new; vessel_hours is set */
void plan_draw_switch_offs(struct plan *plan, const struct plan_params *params);
/* holes after the other losses */
void plan_draw_losses(struct plan *plan, const struct plan_params *params);

#endif

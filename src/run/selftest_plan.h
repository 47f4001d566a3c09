/*
 * What a self-test takes out of a feed: single vessels for a time (switch-offs), and all vessels in
 * places for a time (losses, holes). A plan is a pure function of the seed and of what the fleet
 * holds, never of the order in which that came.
 */
#ifndef RUN_SELFTEST_PLAN_H
#define RUN_SELFTEST_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/map.h"
#include "geo/area.h"
#include "geo/sphere.h"
#include "track/fleet.h"

/* one vessel's transponder, off in [begin, end) */
struct switch_off {
	int64_t mmsi;
	int64_t begin_ms;
	int64_t end_ms;
};

/* reception that failed in [begin, end), of reports within a circle, or of all reports: a hole */
struct loss {
	int64_t begin_ms;
	int64_t end_ms;
	bool everywhere;
	double lat_deg; /* centre; unused everywhere, as are the next three */
	double lon_deg;
	double radius_nm;
	struct vec centre; /* set by plan_index, as is the next */
	double cos_radius;
	double rate;  /* share of the minutes that are lost, (0, 1] */
	uint64_t key; /* of the hash that says which */
};

/* which losses may be at work in each stretch of time, so that a report is not held against all */
struct loss_index {
	int64_t begin_ms;
	int64_t bucket_ms;
	size_t buckets;
	uint32_t *first; /* buckets + 1 places in `members` */
	uint32_t *members;
};

struct plan {
	struct switch_off *switch_offs; /* by MMSI, at most one each */
	size_t switch_off_count;
	struct loss *losses; /* holes among them */
	size_t loss_count;
	size_t hole_count;
	uint64_t vessel_hours; /* hours in which a vessel was heard where presence is kept */
	struct map of_mmsi;    /* set by plan_index, as is the next */
	struct loss_index index;
};

struct plan_params {
	const struct fleet *fleet; /* settled */
	const struct areas *areas; /* injected is what begins in one of them */
	bool everywhere;           /* or anywhere */
	int64_t as_of_ms;          /* the feed's end */
	uint64_t seed;
};

/* draws a plan; in a fleet too small or too short for one it is empty. Freed by plan_free. */
struct plan *plan_new(const struct plan_params *params);
void plan_free(struct plan *plan);

/* readies switch-offs and losses put together by hand for the questions below; once */
void plan_index(struct plan *plan);
/* whether a `struct plan` takes this report out; safe from many threads, shaped for struct waist */
bool plan_drops(const void *plan, const struct position_report *report);
/* the vessel's switch-off, or NULL */
const struct switch_off *plan_switch_off(const struct plan *plan, int64_t mmsi);
/* whether a loss can have taken out what was sent there and then */
bool plan_loses(const struct loss *loss, int64_t t_ms, double lat_deg, double lon_deg);
/* milliseconds of [begin, end) that lie in holes */
int64_t plan_hole_ms(const struct plan *plan, int64_t begin_ms, int64_t end_ms);

/* indexes losses by time: set `first` and `members`, freed by loss_index_free */
void loss_index_make(struct loss_index *index, const struct loss *losses, size_t count);
void loss_index_free(struct loss_index *index);
/* losses that may be at work at t_ms: *count of them, as places in the array that was indexed */
const uint32_t *loss_index_at(const struct loss_index *index, int64_t t_ms, size_t *count);

#endif

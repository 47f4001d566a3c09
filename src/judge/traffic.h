/*
 * Traffic: who was where in each hour, and how many of them were heard. Read from the presence of a
 * whole fleet once; Hammond and Peters (2012, "Estimating AIS coverage from received
 * transmissions", Journal of Navigation 65) take coverage from received data in the same way, as
 * heard of present.
 */
#ifndef JUDGE_TRAFFIC_H
#define JUDGE_TRAFFIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "judge/periods.h"
#include "track/fleet.h"

struct traffic;

/* reads the hours from since_ms (0: the first) to as_of_ms of the settled fleet, which is borrowed
 */
struct traffic *traffic_new(const struct fleet *fleet, int64_t since_ms, int64_t as_of_ms);
void traffic_free(struct traffic *traffic);

/* how much the cells around count: those at most `near` cells away, and those up to `far` */
struct traffic_reach {
	int near;
	int far;
	double near_weight;
	double far_weight;
};

/* adds to *tally what is known of the hour in the cells around `cell`, weighted */
void traffic_hour(const struct traffic *traffic, int64_t hour, uint32_t cell,
                  const struct traffic_reach *reach, struct tally *tally);

enum { WIDE_SHIFT = 3 };

/*
 * Adds what is known of the periods [first, end) since 1970 (periods.h): to near[r], for each r up
 * to `reach`, of the cells at most r cells away; to *wide of the nine squares of a degree round the
 * cell.
 */
void traffic_past(const struct traffic *traffic, int64_t first, int64_t end, uint32_t cell,
                  int reach, struct tally *near, struct tally *wide);
/* false when it has had enough */
typedef bool vessel_taker(void *context, const struct shard *shard, const struct vessel *vessel);

/*
 * Tells the vessels heard in the hour within the square, those of one cell in an order that has
 * nothing to do with who they are, but is the same in every run; of more than a million, some are
 * left out.
 */
void traffic_vessels(const struct traffic *traffic, int64_t hour, uint32_t cell, int reach,
                     vessel_taker *take, void *context);

#endif

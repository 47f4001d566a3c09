/*
 * Sightings: hours in which a vessel is known to have been somewhere, and whether it was heard. It
 * was there in an hour in which it was heard, and, unheard, in the three hours after one and the
 * three before the next: longer, nobody knows where it was, and before it was first heard nothing
 * is known of it. So what is said of an hour rests on reports of that hour and three more, and does
 * not change once these have passed.
 */
#ifndef JUDGE_SIGHTING_H
#define JUDGE_SIGHTING_H

#include <stdbool.h>
#include <stdint.h>

#include "track/fleet.h"

/* vessels that are heard alike: by class, and by whether they keep still, for those send less */
enum stratum { STRATUM_A, STRATUM_A_STILL, STRATUM_B, STRATUM_B_STILL, STRATA };

enum {
	SIGHTING_REACH_H =
	    3, /* how long before or after it was heard a vessel is known to be there */
};

struct sighting {
	int64_t hour; /* since 1970 */
	float lat_deg;
	float lon_deg; /* [-180, 180] */
	uint8_t stratum;
	bool heard;
	bool satellite; /* heard by satellites alone */
};

typedef void sighting_taker(void *context, const struct sighting *sighting);

/*
 * Tells all sightings of a vessel, in the order of time, of the hours [first, end), of which none
 * is later than the feed goes. An hour in which the feed's clock knows of nobody at all tells
 * nothing. The shard, which holds the vessel, is settled.
 */
void sightings_of(const struct clock *clock, const struct shard *shard, const struct vessel *vessel,
                  int64_t first, int64_t end, sighting_taker *take, void *context);
/* the stratum of a vessel of class B, or not, at this speed; NAN where it is not known */
uint8_t sighting_stratum(bool class_b, float sog_kn);
/*
 * The vessel's hour over all zones: minutes and flags of all, the first report of all, by its time,
 * then place. False when it was not heard.
 */
bool sighting_hour(const struct shard *shard, const struct vessel *vessel, int64_t hour,
                   struct presence_hour *sum);

#endif

/*
 * Falsified positions. Where satellite navigation is interfered with, ships jump together, to one
 * spot, onto a ring or onto land, or say that their set does not work: what they then send is not
 * where they are, and a silence there is none that its position tells of.
 *
 * Known only as far as presence is kept: a jump out of the watched zones, without --everywhere, is
 * not seen; nor is one that ends less than 60 kn and 5 nm from where it began.
 */
#ifndef JUDGE_GNSS_H
#define JUDGE_GNSS_H

#include <stdbool.h>
#include <stdint.h>

#include "geo/coast.h"
#include "track/fleet.h"

struct gnss;

/*
 * Of a settled fleet: at least three vessels that in one hour jump (judge/gnss_jumps.h) to within
 * 2 nm of one of them, which takes in a small ring; or onto land within 20 nm of one of them; or
 * fall back on something else than satellites within 20 nm of one of them. Neither the fleet nor
 * the coast is needed afterwards; to be freed with gnss_free.
 */
struct gnss *gnss_find(const struct fleet *fleet, struct coast *coast);
/* likewise, without what was false before since_ms; what lies days before it is not read */
struct gnss *gnss_since(const struct fleet *fleet, struct coast *coast, int64_t since_ms);
void gnss_free(struct gnss *gnss);
/*
 * True within 20 nm (to one) of where any of these vessels jumped from or to, in that hour, the one
 * before and the one after: positions there and then are false. Threads may share it.
 */
bool gnss_at(const struct gnss *gnss, int64_t t_ms, double lat_deg, double lon_deg);

#endif

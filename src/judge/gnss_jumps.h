/*
 * What a fleet's presence shows of positions that cannot be: jumps that no ship makes, and hours in
 * which a vessel says that its satellite navigation does not work.
 */
#ifndef JUDGE_GNSS_JUMPS_H
#define JUDGE_GNSS_JUMPS_H

#include "judge/gnss_places.h"
#include "track/fleet.h"

/*
 * Adds to `jumps` where vessels jumped to, and whence, in the hour of arrival: from one heard
 * hour's first position to that of the next, at most 3 h later, farther than 60 kn and 5 nm allow;
 * or within an hour whose box is wider than that, to its corner opposite to the first position.
 * Left out are the days of a vessel with jumps in more than 3 hours and in more than a third of
 * those in which it was heard: two ships on one MMSI jump all the time.
 *
 * Adds to `dark` the hours of HEARD_NO_GNSS in vessels that did not show it in the 24 h before,
 * when they were heard, and the hours up to 24 h on in which they went on showing it: a set that
 * always shows it is defective.
 *
 * The fleet is settled. One pass; both come in no order. All of hour `first` and later are found,
 * and some of those before.
 */
void jumps_find(const struct fleet *fleet, int64_t first, struct places *jumps,
                struct places *dark);

#endif

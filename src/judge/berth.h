/*
 * Silence at a berth. Some ports allow or ask for the transponder to be off, and tankers are
 * advised to turn it off at terminals, so a ship that was moored when it fell silent and lies in
 * the same place afterwards has told little; unless there was time for a call in another country.
 */
#ifndef JUDGE_BERTH_H
#define JUDGE_BERTH_H

#include <stdbool.h>

#include "geo/ports.h"
#include "track/gaps.h"

struct berth {
	const struct port *port; /* where it was moored or at anchor at off; NULL: nowhere */
	bool in_place;           /* lies in the same place at on, or is still silent */
	/*
	 * The nearest port of another country at which it could have called and come back within
	 * the silence; NULL: none.
	 */
	const struct port *roundtrip;
};

/*
 * The port, terminal or anchorage within 3 nm at which the fix keeps still: navigational status 1
 * (at anchor) or 5 (moored), or less than 0.5 kn whatever the status. The nearest one; NULL: none.
 */
const struct port *berth_moored(const struct ports *ports, const struct fix *fix);

/*
 * silence_h is how long it was or, of an open gap, has been silent. An open gap counts as in place:
 * the ship may still lie there. A round trip takes twice the distance at 12 kn, and no time in
 * port.
 *
 * The distance is the geodesic, by way of the channels that the table knows; it may cross land, and
 * the way by sea is then longer (Vostochny to Rajin: 127 nm for 136). So round trips are found that
 * take a little longer than the silence was, never the other way round. That is the error to be
 * had: a round trip only lifts the cap, so that the verdict rests on reception as anywhere at sea
 * and is right or wrong by that; a trip that is missed hides the very call that is looked for.
 */
void berth_look(const struct ports *ports, const struct gap *gap, double silence_h,
                struct berth *berth);

#endif

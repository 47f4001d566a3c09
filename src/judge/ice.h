/* Ships that lie up for the winter. */
#ifndef JUDGE_ICE_H
#define JUDGE_ICE_H

#include <stdbool.h>

#include "geo/ports.h"
#include "track/gaps.h"

/*
 * True when the vessel was last moored (berth_moored) at a port that freezes, from 1 December to
 * 31 March UTC. Which ports do, and by what source, the table of ports says; in the Volga delta
 * icebreakers worked from 13 December 2023, and until 12 March in 2014.
 */
bool ice_layup(const struct ports *ports, const struct gap *gap);

#endif

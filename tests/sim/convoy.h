/* Groups of ships that sail together. */
#ifndef SIM_CONVOY_H
#define SIM_CONVOY_H

#include <stdint.h>

struct sim;
struct vessel;

/* the number of the ship's convoy, from 0; -1 when it sails alone */
int64_t convoy_of(const struct sim *sim, uint32_t index);
/* gives a ship of a convoy the convoy's port, its way and its own place beside the others */
void convoy_join(struct vessel *v);

#endif

/* Which cells are land, looked up once each. */
#ifndef JUDGE_LAND_H
#define JUDGE_LAND_H

#include <stdbool.h>
#include <stdint.h>

#include "geo/coast.h"

struct land;

/* the coast is borrowed; threads may share the land */
struct land *land_new(struct coast *coast);
void land_free(struct land *land);
/* whether the cell's middle lies on land, as far as the coast is known */
bool land_at(struct land *land, uint32_t cell);

#endif

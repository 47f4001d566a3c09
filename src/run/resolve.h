/* From a gap to the record that is reported: which areas, who, near what, how far. */
#ifndef RUN_RESOLVE_H
#define RUN_RESOLVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/area.h"
#include "geo/coast.h"
#include "judge/judge.h"
#include "report/record.h"
#include "run/nearby.h"
#include "track/gaps.h"

/* room for the names of all areas that one gap can touch */
enum { AREA_TEXT_SIZE = AREAS_MAX * (AREA_NAME_MAX + 8) };

struct resolver {
	const struct fleet *fleet;
	const struct areas *areas;
	const struct zones *zones;
	struct coast *coast;
	struct nearby *nearby;
	int64_t as_of_ms;
	char area[AREA_TEXT_SIZE];
};

/*
 * Names of the areas that hold the gap's off or on position, joined by ';', and NAME:path for areas
 * of open sea that its path crosses at sea. Empty when there is none. Valid until the next call.
 */
struct span resolve_areas(struct resolver *resolver, const struct gap *gap);
/* fills the record; its spans live until the next call, or as long as the fleet and the judgement
 */
void resolve_record(struct resolver *resolver, const struct gap *gap,
                    const struct judgement *judgement, struct record *record);

#endif

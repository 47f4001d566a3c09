/*
 * Zones: a fix's zone is a pure function of its position, read from a grid of quarter degrees.
 * Zone 0 is elsewhere. Each area with its margin is a zone; areas whose margins touch share one.
 * A cell belongs to a zone when any of it lies within the margin, so a zone is never too small.
 */
#ifndef GEO_ZONE_H
#define GEO_ZONE_H

#include <stdint.h>

#include "geo/area.h"

enum { ZONE_ROWS = 720, ZONE_COLS = 1440 };

struct zones {
	uint8_t cells[ZONE_ROWS][ZONE_COLS]; /* row 0 at the south pole, column 0 at 180 W */
	uint8_t count;                       /* zones besides elsewhere */
	uint8_t of_area[AREAS_MAX];
	/* columns [first, end) of each row that hold any zone: most positions are told without the
	 * cells */
	uint16_t row_first[ZONE_ROWS];
	uint16_t row_end[ZONE_ROWS];
};

/* the zones of these areas; the caller frees it with free() */
struct zones *zones_new(const struct areas *areas);

/* lat [-90, 90], lon [-180, 180) */
static inline uint8_t zones_at(const struct zones *zones, double lat_deg, double lon_deg)
{
	unsigned row = (unsigned)((lat_deg + 90.0) * 4.0);
	unsigned col = (unsigned)((lon_deg + 180.0) * 4.0);

	if (row >= ZONE_ROWS) /* the north pole itself */
		row = ZONE_ROWS - 1;
	if (col >= ZONE_COLS) /* the sum was rounded up to a whole turn */
		col = ZONE_COLS - 1;
	if (col < zones->row_first[row] || col >= zones->row_end[row])
		return 0;
	return zones->cells[row][col];
}

#endif

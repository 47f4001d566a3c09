#include "judge/land.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "base/mem.h"
#include "judge/cell.h"

enum { UNASKED, SEA, LAND };

struct land {
	struct coast *coast;
	_Atomic uint8_t cells[(size_t)CELL_ROWS * CELL_COLS]; /* threads may find the same twice */
};

struct land *land_new(struct coast *coast)
{
	struct land *land = mem_new(1, sizeof *land);

	land->coast = coast;
	return land;
}

void land_free(struct land *land)
{
	free(land);
}

bool land_at(struct land *land, uint32_t cell)
{
	uint8_t known = atomic_load_explicit(&land->cells[cell], memory_order_relaxed);

	if (known == UNASKED) {
		/* 0 is on land; NAN, where the coast is not known, is not */
		known = coast_distance_nm(land->coast, cell_lat(cell), cell_lon(cell)) <= 0 ? LAND
		                                                                            : SEA;
		atomic_store_explicit(&land->cells[cell], known, memory_order_relaxed);
	}
	return known == LAND;
}

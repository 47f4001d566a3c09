#include "judge/periods.h"

#include <stdlib.h>

#include "base/mem.h"

void periods_init(struct periods *p, int shift)
{
	*p = (struct periods){.shift = shift};
	p->rows = CELL_ROWS >> shift;
	p->cols = CELL_COLS >> shift;
	p->place = mem_new((size_t)p->rows * (size_t)p->cols, sizeof *p->place);
}

void periods_free(struct periods *p)
{
	for (size_t i = 0; i < p->count; i++)
		free(p->places[i].at);
	free(p->places);
	free(p->place);
}

static struct period_place *place_of(struct periods *p, uint32_t cell)
{
	uint32_t *place =
	    &p->place[(cell_row(cell) >> p->shift) * p->cols + (cell_col(cell) >> p->shift)];

	if (!*place) {
		p->places = mem_grow(p->places, &p->cap, p->count + 1, 256, sizeof p->places[0]);
		p->places[p->count] = (struct period_place){.count = 0};
		*place = (uint32_t)++p->count;
	}
	return &p->places[*place - 1];
}

struct period_sum *periods_at(struct periods *p, uint32_t cell, int32_t period)
{
	struct period_place *place = place_of(p, cell);

	if (!place->count || place->at[place->count - 1].period != period) {
		place->at =
		    mem_grow(place->at, &place->cap, place->count + 1, 4, sizeof place->at[0]);
		place->at[place->count] =
		    place->count ? place->at[place->count - 1] : (struct period_sum){.period = 0};
		place->at[place->count++].period = period;
	}
	return &place->at[place->count - 1];
}

/* what it had seen by the end of the last of its periods before this one; NULL: nothing */
static const struct period_sum *seen_before(const struct period_place *place, int64_t period)
{
	size_t low = 0;
	size_t high = place->count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (place->at[mid].period < period)
			low = mid + 1;
		else
			high = mid;
	}
	return low ? &place->at[low - 1] : NULL;
}

static void add(struct tally *tally, const struct period_sum *sum, double sign)
{
	if (!sum)
		return;
	for (int s = 0; s < STRATA; s++) {
		tally->present[s] += sign * sum->present[s];
		tally->heard[s] += sign * sum->heard[s];
		tally->satellite[s] += sign * sum->satellite[s];
	}
}

static void add_between(const struct period_place *place, int64_t first, int64_t end,
                        struct tally *tally)
{
	add(tally, seen_before(place, end), 1);
	add(tally, seen_before(place, first), -1);
}

/* a tally of the ring at a distance becomes that of the square, with all rings inside it */
static void fill_rings(struct tally *tallies, int reach)
{
	for (int r = 1; r <= reach; r++) {
		for (int s = 0; s < STRATA; s++) {
			tallies[r].present[s] += tallies[r - 1].present[s];
			tallies[r].heard[s] += tallies[r - 1].heard[s];
			tallies[r].satellite[s] += tallies[r - 1].satellite[s];
		}
	}
}

void periods_sum(const struct periods *p, int64_t first, int64_t end, uint32_t cell, int reach,
                 struct tally *tallies)
{
	int row = cell_row(cell) >> p->shift;
	int col = cell_col(cell) >> p->shift;

	for (int r = row - reach; r <= row + reach; r++) {
		for (int c = col - reach; c <= col + reach && r >= 0 && r < p->rows; c++) {
			int wrapped = cell_wrap(c, p->cols);
			uint32_t place = p->place[r * p->cols + wrapped];
			int ring = abs(r - row) > abs(c - col) ? abs(r - row) : abs(c - col);

			if (place)
				add_between(&p->places[place - 1], first, end, &tallies[ring]);
		}
	}
	fill_rings(tallies, reach);
}

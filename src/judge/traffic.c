#include "judge/traffic.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utc.h"

/*
 * A sighting in 64 bits, so that sorting them as numbers puts them by hour and cell: 17 bits of
 * hours since the first, 23 of the cell, 2 of the stratum, heard, satellite, and 20 of the vessel:
 * its shard and its place in it, of which the lowest bits.
 */
enum {
	VESSEL_BITS = 20,
	SHARD_AT = 14,
	SATELLITE_AT = 20,
	HEARD_AT = 21,
	STRATUM_AT = 22,
	CELL_AT = 24,
	HOUR_AT = 47,
	HOURS_MAX = 1 << 17,
	NAMELESS =
	    (1 << SHARD_AT) - 1, /* vessels from here on in a shard count, but are not told apart */
	CROWD = 64,      /* sightings in one cell and hour: more are put in an order of their own */
	DIGIT_BITS = 11, /* of the sort: four digits, all but the vessel */
};

/* vessel-hours of one cell in one hour */
struct cell_hour {
	uint32_t cell;
	uint32_t first; /* its first sighting */
	uint16_t present[STRATA];
	uint16_t heard[STRATA]; /* by stations */
	uint16_t satellite[STRATA];
};

struct traffic {
	const struct fleet *fleet;
	int64_t first_hour;
	int64_t hours;
	uint64_t *sightings; /* by hour and cell; in a crowded cell by lot */
	size_t sighting_count;
	struct cell_hour *cells; /* by hour, then cell */
	size_t cell_count;
	uint32_t *hour_at;   /* hours + 1 places in cells */
	struct periods near; /* by cell */
	struct periods wide; /* by squares of a degree */
};

struct gathering {
	struct traffic *traffic;
	size_t cap;
	uint64_t vessel;
};

static void gather(void *context, const struct sighting *s)
{
	struct gathering *g = context;
	struct traffic *t = g->traffic;
	uint64_t cell = cell_of(s->lat_deg, s->lon_deg);

	t->sightings =
	    mem_grow(t->sightings, &g->cap, t->sighting_count + 1, 65536, sizeof t->sightings[0]);
	t->sightings[t->sighting_count++] = (uint64_t)(s->hour - t->first_hour) << HOUR_AT |
	                                    cell << CELL_AT | (uint64_t)s->stratum << STRATUM_AT |
	                                    (uint64_t)s->heard << HEARD_AT |
	                                    (uint64_t)s->satellite << SATELLITE_AT | g->vessel;
}

static void gather_all(struct traffic *t, int64_t end_hour)
{
	struct gathering g = {.traffic = t};

	for (unsigned s = 0; s < FLEET_SHARDS; s++) {
		const struct shard *shard = &t->fleet->shards[s];

		for (size_t i = 0; i < shard->vessel_count; i++) {
			g.vessel = (uint64_t)s << SHARD_AT | (i < NAMELESS ? i : NAMELESS);
			sightings_of(&t->fleet->clock, shard, &shard->vessels[i], t->first_hour,
			             end_hour, gather, &g);
		}
	}
}

/* by digits, lowest first (Knuth, TAOCP vol. 3, 5.2.5): by hour, cell, and all else but the vessel
 */
static void sort(struct traffic *t)
{
	uint64_t *from = t->sightings;
	uint64_t *to = mem_new(t->sighting_count, sizeof *to);

	for (int shift = SATELLITE_AT; shift < 64; shift += DIGIT_BITS) {
		size_t at[1 << DIGIT_BITS] = {0};
		size_t sum = 0;
		uint64_t *swap = from;

		for (size_t i = 0; i < t->sighting_count; i++)
			at[from[i] >> shift & ((1 << DIGIT_BITS) - 1)]++;
		for (int d = 0; d < 1 << DIGIT_BITS; d++) {
			size_t count = at[d];

			at[d] = sum;
			sum += count;
		}
		for (size_t i = 0; i < t->sighting_count; i++)
			to[at[from[i] >> shift & ((1 << DIGIT_BITS) - 1)]++] = from[i];
		from = to;
		to = swap;
	}
	t->sightings = from;
	free(to);
}

static void count_one(struct cell_hour *c, uint64_t sighting)
{
	unsigned stratum = sighting >> STRATUM_AT & 3;

	if (c->present[stratum] == UINT16_MAX)
		return;
	c->present[stratum]++;
	if (sighting >> SATELLITE_AT & 1)
		c->satellite[stratum]++;
	else
		c->heard[stratum] += sighting >> HEARD_AT & 1;
}

static void count_hours(struct traffic *t)
{
	size_t cap = 0;
	int64_t hour = 0;
	uint64_t last = UINT64_MAX;

	t->hour_at = mem_new((size_t)t->hours + 1, sizeof *t->hour_at);
	for (size_t i = 0; i < t->sighting_count; i++) {
		uint64_t key = t->sightings[i] >> CELL_AT;

		if (key != last) {
			t->cells =
			    mem_grow(t->cells, &cap, t->cell_count + 1, 4096, sizeof t->cells[0]);
			for (; hour <= (int64_t)(key >> (HOUR_AT - CELL_AT)); hour++)
				t->hour_at[hour] = (uint32_t)t->cell_count;
			t->cells[t->cell_count++] = (struct cell_hour){
			    .cell = (uint32_t)(key & ((1U << (HOUR_AT - CELL_AT)) - 1)),
			    .first = (uint32_t)i};
			last = key;
		}
		count_one(&t->cells[t->cell_count - 1], t->sightings[i]);
	}
	for (; hour <= t->hours; hour++)
		t->hour_at[hour] = (uint32_t)t->cell_count;
}

static size_t end_of(const struct traffic *t, size_t cell)
{
	return cell + 1 < t->cell_count ? t->cells[cell + 1].first : t->sighting_count;
}

/* the vessel of a sighting; NULL when it is not told apart */
static const struct vessel *vessel_of(const struct traffic *t, uint64_t sighting,
                                      const struct shard **shard)
{
	size_t place = sighting & NAMELESS;

	*shard = &t->fleet->shards[sighting >> SHARD_AT & (FLEET_SHARDS - 1)];
	return place != NAMELESS ? &(*shard)->vessels[place] : NULL;
}

static uint64_t lot_of(const struct traffic *t, uint64_t sighting)
{
	const struct shard *shard;
	const struct vessel *vessel = vessel_of(t, sighting, &shard);

	return vessel ? (uint64_t)vessel->mmsi * UINT64_C(0x9E3779B97F4A7C15) : UINT64_MAX;
}

static int by_lot(const void *a, const void *b, void *context)
{
	uint64_t x = lot_of(context, *(const uint64_t *)a);
	uint64_t y = lot_of(context, *(const uint64_t *)b);

	return (x > y) - (x < y);
}

/* so that of a crowd a few can be taken, the same ones in whatever order all came */
static void shuffle_cells(struct traffic *t)
{
	for (size_t i = 0; i < t->cell_count; i++) {
		size_t first = t->cells[i].first;
		size_t count = end_of(t, i) - first;

		if (count > CROWD)
			qsort_r(t->sightings + first, count, sizeof t->sightings[0], by_lot, t);
	}
}

static void count_cell(const struct traffic *t, size_t cell, struct period_sum *sum)
{
	for (int s = 0; s < STRATA; s++) {
		sum->present[s] += t->cells[cell].present[s];
		sum->heard[s] += t->cells[cell].heard[s];
		sum->satellite[s] += t->cells[cell].satellite[s];
	}
}

static void count_periods(struct traffic *t)
{
	periods_init(&t->near, 0);
	periods_init(&t->wide, WIDE_SHIFT);
	for (int64_t h = 0; h < t->hours; h++) {
		int32_t period = (int32_t)utc_floor_div(t->first_hour + h, PERIOD_H);

		for (uint32_t i = t->hour_at[h]; i < t->hour_at[h + 1]; i++) {
			count_cell(t, i, periods_at(&t->near, t->cells[i].cell, period));
			count_cell(t, i, periods_at(&t->wide, t->cells[i].cell, period));
		}
	}
}

/* the first hour that anything is kept of, at most HOURS_MAX before the end, but not before `since`
 */
static int64_t first_hour(const struct fleet *fleet, int64_t since, int64_t end_hour)
{
	int64_t first = end_hour;

	for (int s = 0; s < FLEET_SHARDS; s++) {
		const struct shard *shard = &fleet->shards[s];

		for (size_t i = 0; i < shard->track_count; i++) {
			const struct presence *p = &shard->tracks[i].presence;

			if (p->count && (int64_t)p->at[0].index * BLOCK_HOURS < first)
				first = (int64_t)p->at[0].index * BLOCK_HOURS;
		}
	}
	first -= SIGHTING_REACH_H;
	if (first < since)
		first = since < end_hour ? since : end_hour;
	return first > end_hour - HOURS_MAX ? first : end_hour - HOURS_MAX;
}

struct traffic *traffic_new(const struct fleet *fleet, int64_t since_ms, int64_t as_of_ms)
{
	struct traffic *t = mem_new(1, sizeof *t);
	int64_t end_hour = utc_floor_div(as_of_ms, HOUR_MS) + 1;

	t->fleet = fleet;
	t->first_hour = first_hour(fleet, utc_floor_div(since_ms, HOUR_MS), end_hour);
	t->hours = end_hour - t->first_hour;
	gather_all(t, end_hour);
	sort(t);
	count_hours(t);
	shuffle_cells(t);
	count_periods(t);
	return t;
}

void traffic_free(struct traffic *t)
{
	if (!t)
		return;
	free(t->sightings);
	free(t->cells);
	free(t->hour_at);
	periods_free(&t->near);
	periods_free(&t->wide);
	free(t);
}

/* a part of a row that does not go round the earth: columns [west, east] */
typedef void run_taker(const struct traffic *t, uint32_t row_start, int west, int east,
                       void *context);

/* the rows of a square, cut where they go round the earth */
static void each_run(const struct traffic *t, uint32_t cell, int reach, run_taker *take,
                     void *context)
{
	int row = cell_row(cell) - reach;
	int last = cell_row(cell) + reach;
	int west = cell_col(cell) - reach;
	int east = cell_col(cell) + reach;

	for (row = row < 0 ? 0 : row; row <= last && row < CELL_ROWS; row++) {
		uint32_t start = cell_join(row, 0);

		if (west < 0)
			take(t, start, west + CELL_COLS, CELL_COLS - 1, context);
		if (east >= CELL_COLS)
			take(t, start, 0, east - CELL_COLS, context);
		take(t, start, west < 0 ? 0 : west, east < CELL_COLS ? east : CELL_COLS - 1,
		     context);
	}
}

/* the first cell-hour of the hour whose cell is not below */
static uint32_t search(const struct traffic *t, int64_t h, uint32_t cell)
{
	uint32_t low = t->hour_at[h];
	uint32_t high = t->hour_at[h + 1];

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (t->cells[mid].cell < cell)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

struct hour_sum {
	int64_t h;
	uint32_t cell;
	const struct traffic_reach *reach;
	struct tally *tally;
};

static void add_run(const struct traffic *t, uint32_t row_start, int west, int east, void *context)
{
	const struct hour_sum *sum = context;
	uint32_t i = search(t, sum->h, row_start + (uint32_t)west);

	for (; i < t->hour_at[sum->h + 1] && t->cells[i].cell <= row_start + (uint32_t)east; i++) {
		const struct cell_hour *c = &t->cells[i];
		bool near = cells_apart(c->cell, sum->cell, 0) <= sum->reach->near;
		double weight = near ? sum->reach->near_weight : sum->reach->far_weight;

		for (int s = 0; s < STRATA; s++) {
			sum->tally->present[s] += weight * c->present[s];
			sum->tally->heard[s] += weight * c->heard[s];
			sum->tally->satellite[s] += weight * c->satellite[s];
		}
	}
}

void traffic_hour(const struct traffic *t, int64_t hour, uint32_t cell,
                  const struct traffic_reach *reach, struct tally *tally)
{
	struct hour_sum sum = {hour - t->first_hour, cell, reach, tally};

	if (sum.h >= 0 && sum.h < t->hours)
		each_run(t, cell, reach->far, add_run, &sum);
}

void traffic_past(const struct traffic *t, int64_t first, int64_t end, uint32_t cell, int reach,
                  struct tally *near, struct tally *wide)
{
	struct tally squares[2] = {0};

	periods_sum(&t->near, first, end, cell, reach, near);
	periods_sum(&t->wide, first, end, cell, 1, squares);
	*wide = squares[1];
}

struct vessel_tour {
	int64_t h;
	vessel_taker *take;
	void *context;
	bool enough;
};

static void tour_cell(const struct traffic *t, size_t cell, struct vessel_tour *tour)
{
	for (size_t i = t->cells[cell].first; i < end_of(t, cell) && !tour->enough; i++) {
		const struct shard *shard;
		const struct vessel *vessel = vessel_of(t, t->sightings[i], &shard);

		if (t->sightings[i] >> HEARD_AT & 1 && vessel)
			tour->enough = !tour->take(tour->context, shard, vessel);
	}
}

static void tour_run(const struct traffic *t, uint32_t row_start, int west, int east, void *context)
{
	struct vessel_tour *tour = context;
	uint32_t i = search(t, tour->h, row_start + (uint32_t)west);

	for (; i < t->hour_at[tour->h + 1] && t->cells[i].cell <= row_start + (uint32_t)east; i++)
		tour_cell(t, i, tour);
}

void traffic_vessels(const struct traffic *t, int64_t hour, uint32_t cell, int reach,
                     vessel_taker *take, void *context)
{
	struct vessel_tour tour = {hour - t->first_hour, take, context, false};

	if (tour.h >= 0 && tour.h < t->hours)
		each_run(t, cell, reach, tour_run, &tour);
}

/* Reports gathered by hand for tests of src/judge, and settled fleets of them. */
#ifndef LAW_HEARD_H
#define LAW_HEARD_H

#include <stdlib.h>

#include "base/mem.h"
#include "base/utc.h"
#include "law/random.h"
#include "track/fleet.h"

#define HEARD_MIDNIGHT INT64_C(1654041600000) /* 2022-06-01T00:00Z */
#define HEARD_HOUR     (HEARD_MIDNIGHT / HOUR_MS)
#define HEARD_MMSI     INT64_C(273998900)

/* reports on their way into a fleet; all zero is none */
struct heard {
	struct position_report *at;
	size_t count;
	size_t cap;
};

/* one more report of ship HEARD_MMSI + `ship`, class A, terrestrial, at 10 kn; to be changed */
static inline struct fix *heard_add(struct heard *h, int ship, int64_t t_ms, double lat, double lon)
{
	h->at = mem_grow(h->at, &h->cap, h->count + 1, 64, sizeof *h->at);
	h->at[h->count] = (struct position_report){
	    .mmsi = HEARD_MMSI + ship,
	    .fix = {.t_ms = t_ms,
	            .lat_deg = lat,
	            .lon_deg = lon,
	            .sog_kn = 10,
	            .ais_class = CLASS_A,
	            .source = SOURCE_TERRESTRIAL,
	            .known = KNOWN_SOG},
	    .has_position = true,
	};
	return &h->at[h->count++].fix;
}

/* five minutes past each hour of [from, to) since HEARD_MIDNIGHT, lying still */
static inline void heard_still(struct heard *h, int ship, int from, int to, double lat, double lon)
{
	for (int hour = from; hour < to; hour++)
		heard_add(h, ship, HEARD_MIDNIGHT + hour * HOUR_MS + 5 * MINUTE_MS, lat, lon)
		    ->sog_kn = 0;
}

/* a ship at the other end of the world in each hour of [from, to): the feed is up in them */
static inline void heard_up(struct heard *h, int from, int to)
{
	for (int hour = from; hour < to; hour++)
		heard_add(h, 999, HEARD_MIDNIGHT + hour * HOUR_MS + MINUTE_MS, -70, -60);
}

static inline void heard_fold(struct fleet *fleet, const struct heard *h, const uint32_t *order)
{
	struct batch batch;

	batch_init(&batch);
	for (size_t i = 0; i < h->count; i++) {
		*batch_room(&batch) = h->at[order ? order[i] : i];
		batch_add(&batch, fleet->params.zones);
	}
	batch_finish(fleet, &batch);
}

/* presence everywhere, G one hour; the reports go */
static inline struct fleet *heard_fleet(struct heard *h, const struct zones *zones)
{
	struct fleet_params params = {HOUR_MS, zones, true};
	struct fleet *fleet = fleet_new(&params);

	heard_fold(fleet, h, NULL);
	fleet_settle(fleet);
	free(h->at);
	*h = (struct heard){0};
	return fleet;
}

/* bands of zones: elsewhere up to the first of these rims, then zone 1 ...; without any, zone 1 */
static inline struct zones *heard_zones(const double *rims_deg, int count)
{
	struct zones *zones = mem_new(1, sizeof *zones);

	zones->count = (uint8_t)(count ? count : 1);
	for (int row = 0; row < ZONE_ROWS; row++) {
		uint8_t zone = count ? 0 : 1;

		for (int i = 0; i < count; i++)
			zone = (uint8_t)(zone + (row / 4.0 - 90 >= rims_deg[i]));
		zones->row_first[row] = 0;
		zones->row_end[row] = ZONE_COLS;
		for (int col = 0; col < ZONE_COLS; col++)
			zones->cells[row][col] = zone;
	}
	return zones;
}

#endif

/*
 * Small traffic made to break a join: times that stand exactly G and G + 1 ms apart, many reports
 * at one instant, positions that differ in one field, zones, names and numbers beyond what is kept,
 * hours on both sides of midnight, and clocks that are years ahead.
 */
#ifndef LAW_TRAFFIC_H
#define LAW_TRAFFIC_H

#include <stdio.h>

#include "base/mem.h"
#include "base/utc.h"
#include "law/random.h"
#include "track/fleet.h"

enum { TRAFFIC_MAX = 128, TRAFFIC_TEXT = 96 };

struct traffic {
	struct fleet_params params;
	uint32_t count;
	struct position_report at[TRAFFIC_MAX];
	char text[TRAFFIC_MAX][TRAFFIC_TEXT]; /* what the reports' spans point into */
};

/* how a trial's traffic is drawn */
struct traffic_mould {
	int64_t gap_ms;
	int64_t start_ms;
	uint32_t steps; /* of G */
	uint32_t ships;
	uint32_t values;  /* names, call signs, types */
	uint32_t numbers; /* IMO numbers */
};

/* zone 1 north of the equator to 20 N, zone 2 from there to 40 N, zone 3 east of 100 E; else 0 */
static inline struct zones *traffic_zones(void)
{
	struct zones *zones = mem_new(1, sizeof *zones);

	zones->count = 3;
	for (int row = 0; row < ZONE_ROWS; row++) {
		double lat = row / 4.0 - 90;

		zones->row_first[row] = 0;
		zones->row_end[row] = ZONE_COLS;
		for (int col = 0; col < ZONE_COLS; col++) {
			uint8_t band = lat < 0 || lat >= 40 ? 0 : lat < 20 ? 1 : 2;

			zones->cells[row][col] = col / 4.0 - 180 >= 100 ? 3 : band;
		}
	}
	return zones;
}

/* the i-th number of seven digits whose check digit fits (IMO Resolution A.1117(30)) */
static inline uint32_t traffic_imo(uint32_t i)
{
	uint32_t stem = 910000 + i * 7;
	uint32_t sum = 0;
	uint32_t rest = stem;

	for (uint32_t weight = 2; weight <= 7; weight++, rest /= 10)
		sum += rest % 10 * weight;
	return stem * 10 + sum % 10;
}

static inline void traffic_fix(struct random *r, const struct traffic_mould *m, struct fix *fix)
{
	static const double LATS[] = {10, 10, 10.1, 10.00000001, 30, 50, -0.25, 0};
	static const double LONS[] = {5, 5, 5.1, -180, 179.9, 0, -0.1};
	static const int OFFSETS[] = {0, 0, 0, 1, -1, 2, 500};
	int64_t t = m->start_ms + (int64_t)random_below(r, m->steps) * (m->gap_ms ? m->gap_ms : 1);

	if (random_once_in(r, 40))
		t = INT64_C(2114380800000) + random_below(r, 3); /* 2037-01-01 */
	else if (random_once_in(r, 3))
		t += m->gap_ms ? (int64_t)(random_next(r) % (uint64_t)m->gap_ms) : 0;
	else
		t += OFFSETS[random_below(r, sizeof OFFSETS / sizeof *OFFSETS)];
	*fix = (struct fix){
	    .t_ms = t,
	    .lat_deg = LATS[random_below(r, sizeof LATS / sizeof *LATS)],
	    .lon_deg = LONS[random_below(r, sizeof LONS / sizeof *LONS)],
	    .ais_class = (uint8_t)random_below(r, 3),
	    .source = (uint8_t)random_below(r, 3),
	    .known = (uint8_t)random_below(r, 32),
	};
	if (fix->known & KNOWN_SOG)
		fix->sog_kn = 0.5F * (float)random_below(r, 3);
	if (fix->known & KNOWN_COG)
		fix->cog_deg = 90.0F * (float)random_below(r, 2);
	if (fix->known & KNOWN_HEADING)
		fix->heading_deg = (uint16_t)random_below(r, 2);
	if (fix->known & KNOWN_NAV_STATUS)
		fix->nav_status = (uint8_t)random_below(r, 2);
	if (fix->known & KNOWN_SECOND)
		fix->second = (uint8_t)random_below(r, 2);
}

/* "NAME 3,CALL4,9100001,70": often empty, sometimes padded, sometimes with a wrong check digit */
static inline void traffic_statics(struct random *r, const struct traffic_mould *m, char *text,
                                   struct statics *statics)
{
	struct span *fields[] = {&statics->name, &statics->callsign, &statics->imo, &statics->type};
	uint32_t wrong = random_once_in(r, 8);
	struct span rest;
	int len;

	len = snprintf(text, TRAFFIC_TEXT, "%sNAME %u%s,CALL%u,%u,%u",
	               random_once_in(r, 6) ? " " : "", random_below(r, m->values),
	               random_once_in(r, 6) ? "@@@ " : "", random_below(r, m->values),
	               traffic_imo(random_below(r, m->numbers)) + wrong,
	               random_below(r, m->values) + 60);
	rest = (struct span){text, (size_t)len};
	for (size_t i = 0; i < 4; i++) {
		span_cut(rest, ',', fields[i], &rest);
		if (random_once_in(r, 3))
			*fields[i] = (struct span){NULL, 0};
	}
	statics->whole = (struct span){NULL, 0};
	if (statics->name.len && statics->callsign.len && statics->imo.len && statics->type.len)
		statics->whole = (struct span){text, (size_t)len};
}

static inline struct traffic_mould traffic_mould(struct random *r)
{
	static const int64_t GAPS[] = {0, 1, 1000, 10 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS};
	/* the last half hour of a leap day, of 1999, and the first and last times there are */
	static const int64_t STARTS[] = {INT64_C(1709249400000), INT64_C(946684500000),
	                                 UTC_MIN_MS + 1000, UTC_MAX_MS - 10 * DAY_MS};
	bool many = random_once_in(r, 16);

	return (struct traffic_mould){
	    .gap_ms = GAPS[random_below(r, sizeof GAPS / sizeof *GAPS)],
	    .start_ms = STARTS[random_below(r, sizeof STARTS / sizeof *STARTS)],
	    .steps = 1 + random_below(r, 9),
	    .ships = random_once_in(r, 10) ? 12 : 1 + random_below(r, 2),
	    .values = many ? 14 : 3,
	    .numbers = many ? 48 : 3,
	};
}

/* draws a trial's reports; `zones` is borrowed */
static inline void traffic_draw(struct random *r, const struct zones *zones,
                                struct traffic *traffic)
{
	struct traffic_mould m = traffic_mould(r);

	traffic->params = (struct fleet_params){m.gap_ms, zones, random_once_in(r, 4)};
	traffic->count =
	    m.numbers > 3 ? 20 + random_below(r, TRAFFIC_MAX - 20) : 1 + random_below(r, 10);
	for (uint32_t i = 0; i < traffic->count; i++) {
		struct position_report *report = &traffic->at[i];

		traffic_fix(r, &m, &report->fix);
		traffic_statics(r, &m, traffic->text[i], &report->statics);
		report->mmsi = 273000001 + random_below(r, m.ships);
		report->has_position = !random_once_in(r, 12);
	}
}

/* a fleet of the reports that `part` has a bit for in `parts`, in any order and any batches */
static inline struct fleet *traffic_fleet(struct random *r, const struct traffic *traffic,
                                          const uint8_t *parts, uint8_t part)
{
	struct fleet *fleet = fleet_new(&traffic->params);
	uint32_t order[TRAFFIC_MAX];
	uint32_t batch_size = 1 + random_below(r, random_once_in(r, 2) ? 3 : 40);
	struct batch batch;

	for (uint32_t i = 0; i < traffic->count; i++)
		order[i] = i;
	if (!random_once_in(r, 4))
		random_shuffle(r, order, traffic->count);
	batch_init(&batch);
	for (uint32_t i = 0; i < traffic->count; i++) {
		if (!(parts[order[i]] & part))
			continue;
		*batch_room(&batch) = traffic->at[order[i]];
		batch_add(&batch, traffic->params.zones);
		if (batch.count == batch_size)
			fleet_fold(fleet, &batch);
	}
	batch_finish(fleet, &batch);
	return fleet;
}

#endif

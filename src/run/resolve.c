#include "run/resolve.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ais/rules.h"
#include "base/num.h"
#include "base/utc.h"
#include "geo/geodesic.h"
#include "geo/path.h"
#include "report/gap_id.h"

enum { HEARD_MINUTES = 720 }; /* 12 h */

static bool holds_end(const struct areas *areas, size_t i, const struct gap *gap)
{
	return areas_contain(areas, i, gap->off.lat_deg, gap->off.lon_deg) ||
	       (!gap->open && areas_contain(areas, i, gap->on.lat_deg, gap->on.lon_deg));
}

static uint8_t zone_of(const struct resolver *r, const struct fix *fix)
{
	return zones_at(r->zones, fix->lat_deg, fix->lon_deg);
}

/*
 * The path of a closed gap crosses the area without crossing land. Both ends must lie within the
 * area's margin: further out, a great circle says nothing of the way that a ship took.
 */
static bool crosses(const struct resolver *r, size_t i, const struct gap *gap)
{
	uint8_t zone = r->zones->of_area[i];

	return !gap->open && !areas_closed(r->areas, i) && zone_of(r, &gap->off) == zone &&
	       zone_of(r, &gap->on) == zone &&
	       path_meets_area(r->areas, i, gap->off.lat_deg, gap->off.lon_deg, gap->on.lat_deg,
	                       gap->on.lon_deg) &&
	       coast_path_at_sea(r->coast, gap->off.lat_deg, gap->off.lon_deg, gap->on.lat_deg,
	                         gap->on.lon_deg);
}

struct span resolve_areas(struct resolver *r, const struct gap *gap)
{
	size_t len = 0;

	for (size_t i = 0; i < areas_count(r->areas); i++) {
		bool end = holds_end(r->areas, i, gap);

		if (!end && !crosses(r, i, gap))
			continue;
		len +=
		    (size_t)snprintf(r->area + len, sizeof r->area - len, "%s%s%s", len ? ";" : "",
		                     areas_name(r->areas, i), end ? "" : ":path");
	}
	return (struct span){r->area, len};
}

static void resolve_end(const struct resolver *r, const struct fix *fix, struct record_end *end)
{
	const struct nearby_place *place = nearby_at(r->nearby, fix->lat_deg, fix->lon_deg);

	end->fix = *fix;
	end->port = place->port ? place->port->name : (struct span){NULL, 0};
	end->port_nm = place->port_nm;
	end->shore_nm = place->shore_nm;
}

static void resolve_identity(const struct vessel *vessel, int64_t off_ms, struct record *record)
{
	const struct identity *identity = &vessel->identity;
	int64_t imo = 0;

	num_int(identity_at(identity, STATIC_IMO, off_ms), &imo);
	record->imo = (uint32_t)imo;
	record->name = identity_at(identity, STATIC_NAME, off_ms);
	record->callsign = identity_at(identity, STATIC_CALLSIGN, off_ms);
	record->ship_type = identity_at(identity, STATIC_TYPE, off_ms);
	record->flag = mmsi_kind(vessel->mmsi) == MMSI_SHIP ? mmsi_flag(vessel->mmsi) : "";
}

/*
 * True when presence was kept, and not forgotten, wherever the vessel was heard in [from, from + 12
 * h). Beyond the horizon a segment whose beginning was forgotten says what it said before: it began
 * before the window.
 */
static bool presence_kept(const struct resolver *r, const struct shard *shard,
                          const struct vessel *vessel, int64_t from_ms)
{
	if (utc_floor_div(from_ms, HOUR_MS) * HOUR_MS < r->fleet->horizon_ms)
		return false;
	if (r->fleet->params.everywhere)
		return true;
	for (uint32_t t = vessel->track; t != FLEET_NONE; t = shard->tracks[t].next) {
		const struct segments *set = &shard->tracks[t].segments;

		for (uint32_t i = 0; shard->tracks[t].zone == 0 && i < set->count; i++) {
			if (set->at[i].last.t_ms >= from_ms &&
			    set->at[i].first.t_ms < from_ms + HEARD_MINUTES * MINUTE_MS)
				return false;
		}
	}
	return true;
}

/* heard minutes among the 720 that end with off's, and among the 720 that begin with on's */
static void resolve_heard(const struct resolver *r, const struct shard *shard,
                          const struct vessel *vessel, const struct gap *gap, struct record *record)
{
	int64_t off = utc_floor_div(gap->off.t_ms, MINUTE_MS);
	int64_t on = utc_floor_div(gap->on.t_ms, MINUTE_MS);

	record->heard_min_12h_before = -1;
	record->heard_min_12h_after = -1;
	if (presence_kept(r, shard, vessel, (off - HEARD_MINUTES + 1) * MINUTE_MS))
		record->heard_min_12h_before =
		    fleet_minutes_heard(shard, vessel, off - HEARD_MINUTES + 1, HEARD_MINUTES);
	if (!gap->open && presence_kept(r, shard, vessel, on * MINUTE_MS) &&
	    r->as_of_ms >= (on + HEARD_MINUTES) * MINUTE_MS)
		record->heard_min_12h_after = fleet_minutes_heard(shard, vessel, on, HEARD_MINUTES);
}

static void resolve_distance(const struct gap *gap, struct record *record)
{
	record->duration_h = NAN;
	record->distance_nm = NAN;
	record->implied_speed_kn = NAN;
	if (gap->open)
		return;
	record->duration_h = (double)(gap->on.t_ms - gap->off.t_ms) / (double)HOUR_MS;
	record->distance_nm =
	    geo_distance_nm(gap->off.lat_deg, gap->off.lon_deg, gap->on.lat_deg, gap->on.lon_deg);
	record->implied_speed_kn = record->distance_nm / record->duration_h;
}

static void resolve_verdict(const struct judgement *judgement, struct record *record)
{
	record->verdict = verdict_name(judgement->verdict);
	record->confidence = judgement->confidence;
	record->reasons = (struct span){judgement->reasons.text, judgement->reasons.len};
	record->likelihood_ratio = judgement->likelihood_ratio;
	record->p_silent_if_on = judgement->p_silent_if_on;
	record->others_heard = judgement->others_heard;
	record->others_silent = judgement->others_silent;
}

void resolve_record(struct resolver *r, const struct gap *gap, const struct judgement *judgement,
                    struct record *record)
{
	const struct shard *shard;
	const struct vessel *vessel = fleet_vessel(r->fleet, gap->mmsi, &shard);

	memset(record, 0, sizeof *record);
	gap_id(gap->mmsi, &gap->off, gap->zone, record->gap_id);
	record->open = gap->open;
	record->mmsi = gap->mmsi;
	resolve_verdict(judgement, record);
	record->area = resolve_areas(r, gap);
	resolve_identity(vessel, gap->off.t_ms, record);
	resolve_end(r, &gap->off, &record->off);
	if (!gap->open)
		resolve_end(r, &gap->on, &record->on);
	resolve_distance(gap, record);
	resolve_heard(r, shard, vessel, gap, record);
}

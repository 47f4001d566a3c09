/*
 * The evidence of every gap of a saved state, as CSV: what tests/bench/weights.py finds the weights
 * of src/judge/verdict.c from.  usage: bench_evidence STATE
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "geo/coast.h"
#include "judge/evidence.h"
#include "state/state.h"
#include "track/gaps.h"

static bool in_area(void *context, const struct gap *gap)
{
	const struct areas *areas = context;

	for (size_t i = 0; i < areas_count(areas); i++) {
		if (areas_contain(areas, i, gap->off.lat_deg, gap->off.lon_deg) ||
		    (!gap->open && areas_contain(areas, i, gap->on.lat_deg, gap->on.lon_deg)))
			return true;
	}
	return false;
}

static void print(const struct gap *gap, const struct evidence *e)
{
	printf("%lld,%lld,%lld,%d,%.6g,%.6g,%.4g,%.6g,%.6g,%d,%d,%d,%d,%.4g\n",
	       (long long)gap->mmsi, (long long)gap->off.t_ms,
	       gap->open ? 0LL : (long long)gap->on.t_ms, e->looked_h, e->silence.p,
	       e->silence.expected_h, e->silence.coverage, e->silence.others,
	       e->silence.others_past, e->neighbours.heard, e->neighbours.silent,
	       gap->off.ais_class == CLASS_B, e->satellite_only, e->moved_kn);
}

static void judge_all(const struct state_params *params, const struct fleet *fleet)
{
	struct gaps_query query = {
	    .min_gap_ms = params->gap_ms, .keep = in_area, .context = params->areas};
	struct evidence_source source = {.fleet = fleet};
	struct coast *coast = coast_new();
	struct traffic *traffic;
	struct gaps gaps;

	fleet_feed_time(fleet, &query.as_of_ms);
	gaps_find(fleet, &query, &gaps);
	traffic = traffic_new(fleet, INT64_MIN, query.as_of_ms);
	source.traffic = traffic;
	source.land = land_new(coast);
	source.as_of_ms = query.as_of_ms;
	puts("mmsi,off_ms,on_ms,looked_h,p,expected_h,coverage,others,past,heard,silent,class_b,"
	     "satellite,moved_kn");
	for (size_t i = 0; i < gaps.count; i++) {
		struct evidence evidence;

		evidence_of(&source, &gaps.at[i], &evidence);
		print(&gaps.at[i], &evidence);
	}
	land_free(source.land);
	traffic_free(traffic);
	gaps_free(&gaps);
	coast_free(coast);
}

int main(int argc, char **argv)
{
	struct diag diag = {"no such state"};
	struct state *state = NULL;
	struct fleet_params params;
	struct zones *zones;
	struct fleet *fleet;

	if (argc != 2 || state_open(argv[1], &state, &diag) != ST_OK || !state) {
		fprintf(stderr, "bench_evidence: %s\n", argc == 2 ? diag.text : "which state?");
		return 1;
	}
	zones = zones_new(state_params(state)->areas);
	params = (struct fleet_params){state_params(state)->gap_ms, zones,
	                               state_params(state)->everywhere};
	fleet = fleet_new(&params);
	if (state_join(state, fleet, 1, &diag) != ST_OK) {
		fprintf(stderr, "bench_evidence: %s\n", diag.text);
		return 1;
	}
	judge_all(state_params(state), fleet);
	fleet_free(fleet);
	free(zones);
	state_close(state);
	return 0;
}

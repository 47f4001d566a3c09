/*
 * Size and time of a saved state: 60,000 vessels over 90 days, 3,000 of them at a time inside the
 * margins of the built-in areas (6.48 million vessel-hours). No real ship: each slot of 3,000 is
 * held by twenty ships in turn, for 4.5 days each, a quarter of them under way and heard well, a
 * quarter under way and heard now and then, three in ten moored, the rest heard by satellite.
 *
 *   bench_state build FILE      makes the state and saves it
 *   bench_state day FILE [N]    loads it, joins the next day in, saves it; N threads (2)
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

#include "law/random.h"
#include "state/state.h"

enum {
	SLOTS = 3000,
	DAYS = 90,
	STAY_HOURS = 108,
	BATCH = 4096,
};

#define START_MS INT64_C(1640995200000) /* 2022-01-01T00:00Z */
#define GAP_MS   (6 * HOUR_MS)

enum conduct { WELL_HEARD, NOW_AND_THEN, MOORED, BY_SATELLITE };

/* of each kind: reports an hour, at least and besides */
static const struct {
	uint32_t least, more;
} REPORTS[] = {
    [WELL_HEARD] = {12, 60}, [NOW_AND_THEN] = {3, 9}, [MOORED] = {3, 6}, [BY_SATELLITE] = {1, 3}};

struct ship {
	int64_t mmsi;
	enum conduct conduct;
	double lat, lon, course;
	float knots;
	char name[16];
};

struct bench {
	struct random r;
	struct ship ships[SLOTS];
	struct batch batch;
	struct fleet *fleet;
};

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double unit(struct random *r)
{
	return (double)(random_next(r) >> 11) / 9007199254740992.0;
}

/* the ship that holds the slot at an hour: it appears off Vladivostok or in the Caspian */
static void arrive(struct bench *b, uint32_t slot, int64_t hour)
{
	struct ship *s = &b->ships[slot];
	uint32_t kind = random_below(&b->r, 20);
	bool caspian = slot % 3 == 0;

	s->mmsi = 273000000 + slot * 100 + (hour + slot % STAY_HOURS) / STAY_HOURS % 100;
	s->conduct = kind < 5    ? WELL_HEARD
	             : kind < 10 ? NOW_AND_THEN
	             : kind < 16 ? MOORED
	                         : BY_SATELLITE;
	s->lat = caspian ? 39 + 5 * unit(&b->r) : 41 + 2 * unit(&b->r);
	s->lon = caspian ? 50 + 2 * unit(&b->r) : 131 + 4 * unit(&b->r);
	s->course = 360 * unit(&b->r);
	s->knots = s->conduct == MOORED ? 0 : (float)(6 + random_below(&b->r, 90) / 10.0);
	snprintf(s->name, sizeof s->name, "SIM %u", (unsigned)(s->mmsi % 1000000));
}

/* a minute's way, turned back at the edges of where ships sail here */
static void sail(struct ship *s, double hours)
{
	double nm = (double)s->knots * hours;

	s->lat += nm / 60 * cos(s->course * 0.017453292519943295);
	s->lon += nm / 45 * sin(s->course * 0.017453292519943295);
	if (s->lat < 38 || s->lat > 46)
		s->course = s->lat < 38 ? 0 : 180;
	if (s->lon < 49 || (s->lon > 53 && s->lon < 130) || s->lon > 136)
		s->course = s->lon < 49 || (s->lon > 100 && s->lon < 131) ? 90 : 270;
}

static double rounded(double deg)
{
	return round(deg * 1e5) / 1e5;
}

static void report(struct bench *b, struct ship *s, int64_t t_ms)
{
	double jitter = s->conduct == MOORED ? 2e-4 : 0;

	*batch_room(&b->batch) = (struct position_report){
	    .mmsi = s->mmsi,
	    .fix = {.t_ms = t_ms,
	            .lat_deg = rounded(s->lat + jitter * unit(&b->r)),
	            .lon_deg = rounded(s->lon + jitter * unit(&b->r)),
	            .sog_kn = (float)(round((double)s->knots * 10 + 10 * unit(&b->r)) / 10),
	            .cog_deg = (float)(floor(s->course * 10) / 10),
	            .ais_class = CLASS_A,
	            .source = s->conduct == BY_SATELLITE ? SOURCE_SATELLITE : SOURCE_TERRESTRIAL,
	            .known = KNOWN_SOG | KNOWN_COG},
	    .statics.name = span_of(s->name),
	    .has_position = true,
	};
	batch_add(&b->batch, b->fleet->params.zones);
	if (b->batch.count >= BATCH)
		fleet_fold(b->fleet, &b->batch);
}

static void one_hour(struct bench *b, int64_t hour)
{
	for (uint32_t slot = 0; slot < SLOTS; slot++) {
		struct ship *s = &b->ships[slot];
		uint32_t count;

		if (!s->mmsi || (hour + slot % STAY_HOURS) % STAY_HOURS == 0) {
			fleet_fold(b->fleet, &b->batch); /* it borrows the name */
			arrive(b, slot, hour);
		}
		count = REPORTS[s->conduct].least + random_below(&b->r, REPORTS[s->conduct].more);
		for (uint32_t i = 0; i < count; i++) {
			int64_t part = HOUR_MS * i / count;

			sail(s, 1.0 / count);
			report(b, s,
			       START_MS + hour * HOUR_MS + part +
			           random_below(&b->r, 3600 / count) * 1000);
		}
	}
}

static struct fleet *hours(struct fleet *fleet, int64_t first, int64_t count)
{
	struct bench *b = mem_new(1, sizeof *b);

	b->fleet = fleet;
	b->r = (struct random){(uint64_t)first};
	batch_init(&b->batch);
	/* whoever holds a slot at the first hour came before it, and keeps its MMSI */
	for (int64_t hour = first; hour < first + count; hour++)
		one_hour(b, hour);
	batch_finish(fleet, &b->batch);
	fleet_settle(fleet);
	free(b);
	return fleet;
}

static void must(enum status status, const struct diag *diag)
{
	if (!status)
		return;
	fprintf(stderr, "bench_state: %s\n", diag->text);
	exit(1);
}

static long peak_mb(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_maxrss / 1024;
}

static size_t count_hours(const struct fleet *fleet)
{
	size_t count = 0;

	for (int s = 0; s < FLEET_SHARDS; s++) {
		const struct shard *shard = &fleet->shards[s];

		for (size_t i = 0; i < shard->track_count; i++) {
			const struct presence *presence = &shard->tracks[i].presence;

			for (uint32_t e = 0; e < presence->count; e++) {
				for (int h = 0; h < BLOCK_HOURS; h++)
					count +=
					    presence_at(presence, (int64_t)presence->at[e].index *
					                                  BLOCK_HOURS +
					                              h) != NULL;
			}
		}
	}
	return count;
}

static void print_size(const char *path, const struct fleet *fleet)
{
	struct stat st;
	size_t heard = count_hours(fleet);

	if (stat(path, &st))
		exit(1);
	printf("vessels %zu, vessel-hours %zu, state %.1f MB, %.1f bytes per vessel-hour\n",
	       fleet_vessel_count(fleet), heard, (double)st.st_size / 1e6,
	       (double)st.st_size / (double)heard);
}

static void build(const char *path)
{
	struct areas *areas = areas_new();
	struct state_params params = {GAP_MS, false, false, areas};
	struct zones *zones;
	struct fleet *fleet;
	struct diag diag;

	must(areas_add(areas, "vladivostok", GAP_MS, &diag), &diag);
	must(areas_add(areas, "caspian", GAP_MS, &diag), &diag);
	zones = zones_new(areas);
	fleet = hours(fleet_new(&(struct fleet_params){GAP_MS, zones, false}), 0, DAYS * 24);
	must(state_save(path, &params, fleet, 2, &diag), &diag);
	print_size(path, fleet);
	fleet_free(fleet);
	free(zones);
	areas_free(areas);
}

static void day(const char *path, unsigned threads)
{
	double t[5] = {seconds()};
	struct state *state;
	struct fleet *fleet;
	struct zones *zones;
	struct diag diag;

	must(state_open(path, &state, &diag), &diag);
	if (!state)
		exit(1);
	zones = zones_new(state_params(state)->areas);
	fleet = fleet_new(&(struct fleet_params){GAP_MS, zones, false});
	t[1] = seconds();
	must(state_join(state, fleet, threads, &diag), &diag);
	t[2] = seconds();
	hours(fleet, DAYS * 24, 24);
	t[3] = seconds();
	must(state_save(path, state_params(state), fleet, threads, &diag), &diag);
	t[4] = seconds();
	printf("areas %.2f s, load %.2f s, a day joined %.2f s, save %.2f s, in all %.2f s, "
	       "peak %ld MB\n",
	       t[1] - t[0], t[2] - t[1], t[3] - t[2], t[4] - t[3], t[4] - t[0], peak_mb());
	print_size(path, fleet);
	state_close(state);
	fleet_free(fleet);
	free(zones);
}

int main(int argc, char **argv)
{
	if (argc >= 3 && !strcmp(argv[1], "build")) {
		build(argv[2]);
	} else if (argc >= 3 && !strcmp(argv[1], "day")) {
		day(argv[2], argc > 3 ? (unsigned)strtoul(argv[3], NULL, 10) : 2);
	} else {
		fputs("usage: bench_state build|day FILE [THREADS]\n", stderr);
		return 2;
	}
	return 0;
}

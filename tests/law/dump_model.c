/*
 * Reads cases of reports from standard input, folds, joins and forgets them as each case says, and
 * prints what the fleet then holds, for model.py to compare. Positions are whole tenths of a
 * degree.
 *
 *   case G_MS MIN_GAP_MS REPORTS FLEETS STEPS
 *   MMSI T_MS LAT LON NAME IMO FLEET      one line per report; fleets count from 0
 *   join INTO FROM                        the steps; they leave all in one fleet
 *   fold INTO FROM                        the reports of FROM, to which nothing happened yet
 *   forget FLEET HORIZON_MS
 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "law/canonical.h"
#include "law/traffic.h"
#include "track/forget.h"
#include "track/gaps.h"

enum { FLEETS_MAX = 16, NAME_MAX = 24 };

struct line {
	struct position_report report;
	char name[NAME_MAX];
	char imo[NAME_MAX];
	unsigned fleet;
};

static long tenths(double degrees)
{
	return lrint(degrees * 10);
}

static void print_fix(const struct fix *fix)
{
	printf(" %" PRId64 " %ld %ld", fix->t_ms, tenths(fix->lat_deg), tenths(fix->lon_deg));
}

static void print_segments(const char *word, int64_t mmsi, int zone, const struct segments *set)
{
	for (uint32_t i = 0; i < set->count; i++) {
		printf("%s %" PRId64 " %d", word, mmsi, zone);
		print_fix(&set->at[i].first);
		print_fix(&set->at[i].last);
		putchar('\n');
	}
}

static void print_hour(const struct track *track, int64_t hour, const struct presence_hour *h)
{
	printf("presence %" PRId64 " %d %" PRId64 " %" PRIu64 " %" PRId64 " %d %d", track->mmsi,
	       track->zone, hour, h->other_minutes | h->satellite_minutes,
	       hour * HOUR_MS + h->first_ms, h->first_lat_e7, h->first_lon_e7);
	printf(" %d %d %d %d %d %d\n", h->box.lat_min, h->box.lat_max, h->box.lon_min,
	       h->box.lon_max, h->box.east_min, h->box.east_max);
}

static void print_presence(const struct track *track)
{
	for (uint32_t i = 0; i < track->presence.count; i++) {
		int64_t first = (int64_t)track->presence.at[i].index * BLOCK_HOURS;

		for (int h = 0; h < BLOCK_HOURS; h++) {
			const struct presence_hour *cell = presence_at(&track->presence, first + h);

			if (cell)
				print_hour(track, first + h, cell);
		}
	}
}

static void print_kind(const char *word, int64_t mmsi, const struct identity_kind *kind)
{
	for (int i = 0; i < kind->count; i++) {
		const struct identity_value *v = &kind->at[i];

		if (v->in_first)
			printf("%s-first %" PRId64 " %.*s %" PRId64 "\n", word, mmsi, v->length,
			       v->text, v->first_ms);
		if (v->in_last)
			printf("%s-last %" PRId64 " %.*s %" PRId64 "\n", word, mmsi, v->length,
			       v->text, v->last_ms);
	}
	if (kind->overflow)
		printf("%s-overflow %" PRId64 "\n", word, mmsi);
}

static void print_shard(const struct fleet *fleet, const struct shard *shard)
{
	struct segments ordinary = {0};

	for (size_t i = 0; i < shard->track_count; i++) {
		const struct track *track = &shard->tracks[i];

		print_segments("segment", track->mmsi, track->zone, &track->segments);
		print_presence(track);
	}
	for (size_t i = 0; i < shard->vessel_count; i++) {
		const struct vessel *vessel = &shard->vessels[i];

		fleet_ordinary(fleet, shard, vessel, &ordinary);
		print_segments("ordinary", vessel->mmsi, 0, &ordinary);
		print_kind("name", vessel->mmsi, &vessel->identity.kind[STATIC_NAME]);
		print_kind("imo", vessel->mmsi, &vessel->identity.kind[STATIC_IMO]);
	}
	segments_free(&ordinary);
}

static void print_clock(const struct clock *clock)
{
	for (size_t i = 0; i < clock->count; i++) {
		const struct clock_hour *hour = &clock->hours[i];

		for (uint32_t e = 0; e < hour->count; e++)
			printf("clock %" PRId64 " %" PRIu32 " %" PRId64 " %" PRId64 "\n",
			       hour->hour, e, hour->at[e].t_ms, hour->at[e].mmsi);
	}
}

static bool keep_all(void *context, const struct gap *gap)
{
	(void)context;
	(void)gap;
	return true;
}

static void print_gaps(const struct fleet *fleet, int64_t as_of_ms, int64_t min_gap_ms)
{
	struct gaps_query query = {
	    .min_gap_ms = min_gap_ms, .as_of_ms = as_of_ms, .keep = keep_all};
	struct gaps gaps;

	gaps_find(fleet, &query, &gaps);
	for (size_t i = 0; i < gaps.count; i++) {
		printf("gap %" PRId64, gaps.at[i].mmsi);
		print_fix(&gaps.at[i].off);
		if (gaps.at[i].open)
			printf(" open");
		else
			print_fix(&gaps.at[i].on);
		putchar('\n');
	}
	gaps_free(&gaps);
}

static void print_fleet(struct fleet *fleet, int64_t min_gap_ms)
{
	int64_t as_of_ms = 0; /* when the clock was forgotten: then nothing is open */
	int64_t t_ms;

	fleet_settle(fleet);
	for (int s = 0; s < FLEET_SHARDS; s++)
		print_shard(fleet, &fleet->shards[s]);
	print_clock(&fleet->clock);
	if (fleet->horizon_ms != FLEET_KEEPS_ALL)
		printf("horizon %" PRId64 "\n", fleet->horizon_ms);
	if (fleet_feed_time(fleet, &as_of_ms))
		printf("feed-time %" PRId64 "\n", as_of_ms);
	if (clock_witnessed(&fleet->clock, &t_ms))
		printf("witnessed %" PRId64 "\n", t_ms);
	if (fleet_latest_evidence(fleet, &t_ms))
		printf("evidence %" PRId64 "\n", t_ms);
	printf("since %zu\n", fleet_vessels_since(fleet, as_of_ms - HOUR_MS));
	print_gaps(fleet, as_of_ms, min_gap_ms);
	puts("end");
}

static bool read_line(struct line *line)
{
	long lat;
	long lon;

	*line = (struct line){.report.has_position = true};
	if (scanf("%" SCNd64 " %" SCNd64 " %ld %ld %23s %23s %u", &line->report.mmsi,
	          &line->report.fix.t_ms, &lat, &lon, line->name, line->imo, &line->fleet) != 7)
		return false;
	line->report.fix.lat_deg = (double)lat / 10;
	line->report.fix.lon_deg = (double)lon / 10;
	return line->fleet < FLEETS_MAX;
}

/* the spans are set when the line has come to rest */
static void add(struct batch *batch, struct line *line, const struct zones *zones)
{
	line->report.statics.name = span_of(line->name);
	line->report.statics.imo = span_of(line->imo);
	*batch_room(batch) = line->report;
	batch_add(batch, zones);
}

/* a case that is being run; a fleet is NULL once it is part of another */
struct scene {
	struct fleet_params params;
	struct line *lines;
	unsigned count;
	unsigned fleets;
	struct fleet *fleet[FLEETS_MAX];
};

static void fold(const struct scene *scene, struct fleet *into, unsigned from)
{
	struct batch batch;

	batch_init(&batch);
	for (unsigned i = 0; i < scene->count; i++) {
		if (scene->lines[i].fleet != from)
			continue;
		add(&batch, &scene->lines[i], scene->params.zones);
		if (i % 7 == 0)
			fleet_fold(into, &batch);
	}
	batch_finish(into, &batch);
}

static bool is_fleet(const struct scene *scene, int64_t f)
{
	return f >= 0 && f < scene->fleets && scene->fleet[f];
}

/* one fleet into another, by its reports or as it is */
static void unite(struct scene *scene, int64_t into, int64_t from, bool by_reports)
{
	struct fleet *fleet = scene->fleet[into];

	if (by_reports) {
		fold(scene, fleet, (unsigned)from);
		fleet_forget(fleet, fleet->horizon_ms);
	} else {
		fleet_join(fleet, scene->fleet[from]);
	}
	fleet_free(scene->fleet[from]);
	scene->fleet[from] = NULL;
}

/* false when the input is not as it should be */
static bool run_step(struct scene *scene)
{
	char word[NAME_MAX];
	int64_t a;
	int64_t b;

	if (scanf("%23s %" SCNd64 " %" SCNd64, word, &a, &b) != 3 || !is_fleet(scene, a))
		return false;
	if (strcmp(word, "forget") == 0) {
		fleet_forget(scene->fleet[a], b);
		return true;
	}
	if (a == b || !is_fleet(scene, b))
		return false;
	unite(scene, a, b, strcmp(word, "fold") == 0);
	return true;
}

static bool run_scene(struct scene *scene, unsigned steps, int64_t min_gap_ms)
{
	unsigned f = 0;

	if (!scene->fleets || scene->fleets > FLEETS_MAX)
		return false;
	for (unsigned i = 0; i < scene->count; i++) {
		if (!read_line(&scene->lines[i]))
			return false;
	}
	for (unsigned i = 0; i < scene->fleets; i++) {
		scene->fleet[i] = fleet_new(&scene->params);
		fold(scene, scene->fleet[i], i);
	}
	for (unsigned i = 0; i < steps; i++) {
		if (!run_step(scene))
			return false;
	}
	while (!scene->fleet[f])
		f++;
	print_fleet(scene->fleet[f], min_gap_ms);
	return true;
}

static bool run_case(const struct zones *zones)
{
	struct scene scene = {.params.zones = zones};
	int64_t min_gap_ms;
	unsigned steps;
	bool good;

	if (scanf("%" SCNd64 " %" SCNd64 " %u %u %u", &scene.params.gap_ms, &min_gap_ms,
	          &scene.count, &scene.fleets, &steps) != 5)
		return false;
	scene.lines = mem_new((size_t)scene.count + 1, sizeof *scene.lines);
	good = run_scene(&scene, steps, min_gap_ms);
	for (unsigned f = 0; f < FLEETS_MAX; f++)
		fleet_free(scene.fleet[f]);
	free(scene.lines);
	return good;
}

int main(void)
{
	struct zones *zones = traffic_zones();
	char word[NAME_MAX];
	bool good = true;

	while (good && scanf("%23s", word) == 1)
		good = strcmp(word, "case") == 0 && run_case(zones);
	free(zones);
	if (!good)
		fputs("a case that cannot be read\n", stderr);
	return !good;
}

/*
 * Forgetting by hand: what stays of a track, of presence and of the feed clock, what a fleet says
 * of what it forgot, and that a fleet which forgets as it goes stays small. tests/law has the rest.
 */
#include <malloc.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "law/traffic.h"
#include "track/forget.h"
#include "track/gaps.h"

#define NOON INT64_C(1654084800000) /* 2022-06-01T12:00Z */

enum { SHIP = 273000001 };

static struct zones *zones;

/* positions in the zones of traffic_zones */
static const double LAT_OF_ZONE[] = {-10, 10, 30};

static void add(struct batch *batch, int64_t mmsi, int64_t t_ms, int zone)
{
	*batch_room(batch) = (struct position_report){
	    .mmsi = mmsi,
	    .fix = {.t_ms = t_ms, .lat_deg = LAT_OF_ZONE[zone], .lon_deg = 5},
	    .statics.name = SPAN("A"),
	    .has_position = true,
	};
	batch_add(batch, zones);
}

/* G is an hour; reports in hours from noon, by one ship in one zone */
static void heard(struct fleet *fleet, int zone, const int *hours, size_t count)
{
	struct batch batch;

	batch_init(&batch);
	for (size_t i = 0; i < count; i++)
		add(&batch, SHIP, NOON + hours[i] * HOUR_MS, zone);
	batch_finish(fleet, &batch);
}

#define HOURS(...) (const int[]){__VA_ARGS__}, sizeof((const int[]){__VA_ARGS__}) / sizeof(int)

static struct fleet *fleet_of_hour_gaps(void)
{
	struct fleet_params params = {HOUR_MS, zones, false};

	return fleet_new(&params);
}

static const struct track *track_of(const struct fleet *fleet, int zone)
{
	const struct shard *shard;
	const struct vessel *vessel = fleet_vessel(fleet, SHIP, &shard);
	uint32_t i = vessel->track;

	while (i != FLEET_NONE && shard->tracks[i].zone != zone)
		i = shard->tracks[i].next;
	assert_true(i != FLEET_NONE);
	return &shard->tracks[i];
}

/* the segment's ends in hours from noon; no `first` for one whose beginning was forgotten */
static void expect_segment(const struct segments *set, uint32_t i, const int *first, int last)
{
	assert_true(i < set->count);
	assert_int_equal(set->at[i].first.t_ms, first ? NOON + *first * HOUR_MS : SEGMENT_BEFORE);
	assert_int_equal(set->at[i].last.t_ms, NOON + last * HOUR_MS);
}

static void segments_before(void **state)
{
	struct fleet *fleet = fleet_of_hour_gaps();
	const struct fix none = {.t_ms = SEGMENT_BEFORE};
	const struct segments *set;

	(void)state;
	heard(fleet, 1, HOURS(0, 3, 4, 5, 8, 12));
	fleet_forget(fleet, NOON);
	set = &track_of(fleet, 1)->segments;
	assert_int_equal(set->count, 4); /* what begins at the horizon stays */
	expect_segment(set, 0, &(int){0}, 0);
	fleet_forget(fleet, NOON + 1);
	expect_segment(set, 0, NULL, 0);
	assert_int_equal(fix_cmp(&set->at[0].first, &none), 0);
	expect_segment(set, 1, &(int){3}, 5);
	fleet_forget(fleet, NOON + 4 * HOUR_MS); /* within the second: its end stays */
	assert_int_equal(set->count, 3);
	expect_segment(set, 0, NULL, 5);
	expect_segment(set, 1, &(int){8}, 8);
	fleet_forget(fleet, NOON + 6 * HOUR_MS); /* behind it: just so */
	assert_int_equal(set->count, 3);
	fleet_forget(fleet, NOON + 20 * HOUR_MS);
	assert_int_equal(set->count, 1); /* where it was last heard is never forgotten */
	expect_segment(set, 0, NULL, 12);
	fleet_forget(fleet, NOON); /* a horizon does not go back */
	assert_int_equal(fleet->horizon_ms, NOON + 20 * HOUR_MS);
	fleet_free(fleet);
}

/* reports into and around a segment whose beginning was forgotten, by the tip and without */
static void fed_behind(void **state)
{
	struct fleet *fleet = fleet_of_hour_gaps();
	const struct segments *set;

	(void)state;
	heard(fleet, 1, HOURS(0, 1, 2, 6));
	fleet_forget(fleet, NOON + HOUR_MS);
	set = &track_of(fleet, 1)->segments;
	heard(fleet, 1, HOURS(-100, 1, -5, 2));
	fleet_settle(fleet);
	assert_int_equal(set->count, 2); /* all that is covered */
	expect_segment(set, 0, NULL, 2);
	heard(fleet, 1, HOURS(3, 3, -7));
	fleet_settle(fleet);
	expect_segment(set, 0, NULL, 3);
	heard(fleet, 1, HOURS(4, 5));
	fleet_settle(fleet);
	assert_int_equal(set->count, 1); /* and at last it reaches the next one */
	expect_segment(set, 0, NULL, 6);
	fleet_free(fleet);
}

/* an older report is no reason to forget the later one, nor the other way round */
static void late_report(void **state)
{
	struct fleet *fleet = fleet_of_hour_gaps();
	const struct segments *set;

	(void)state;
	heard(fleet, 1, HOURS(0, 20));
	fleet_forget(fleet, NOON + 10 * HOUR_MS);
	set = &track_of(fleet, 1)->segments;
	heard(fleet, 1, HOURS(8, 5)); /* refused by none, before the horizon */
	fleet_forget(fleet, fleet->horizon_ms);
	assert_int_equal(set->count, 2);
	expect_segment(set, 0, NULL, 8);
	expect_segment(set, 1, &(int){20}, 20);
	fleet_free(fleet);
}

static void hours_of_presence(void **state)
{
	struct fleet *fleet = fleet_of_hour_gaps();
	const int64_t noon = NOON / HOUR_MS;
	const struct presence *presence;
	int64_t t;

	(void)state;
	heard(fleet, 1, HOURS(0, 1, 2, 30));
	heard(fleet, 0, HOURS(3));
	fleet_forget(fleet, NOON + 1); /* within the first hour, which goes whole */
	presence = &track_of(fleet, 1)->presence;
	assert_null(presence_at(presence, noon));
	assert_non_null(presence_at(presence, noon + 1));
	assert_int_equal(presence->count, 2);
	assert_int_equal(fleet->clock.count, 4);
	fleet_forget(fleet, NOON + 2 * HOUR_MS);
	assert_non_null(presence_at(presence, noon + 2));
	fleet_forget(fleet, NOON + 3 * HOUR_MS);
	assert_int_equal(presence->count, 1); /* a block with no hour in it goes */
	assert_non_null(presence_at(presence, noon + 30));
	assert_int_equal(fleet->clock.count, 2);
	fleet_forget(fleet, NOON + 99 * HOUR_MS);
	assert_int_equal(presence->count, 0);
	assert_false(fleet_feed_time(fleet, &t));
	fleet_free(fleet);
}

static void span_and_identity(void **state)
{
	struct fleet *fleet = fleet_of_hour_gaps();
	const struct shard *shard;
	const struct vessel *vessel;
	int64_t first;
	int64_t last;

	(void)state;
	heard(fleet, 1, HOURS(0, 1, 5));
	fleet_forget(fleet, NOON + 2 * HOUR_MS);
	assert_true(fleet_span(fleet, &first, &last));
	assert_int_equal(first, NOON + HOUR_MS);
	assert_int_equal(last, NOON + 5 * HOUR_MS);
	vessel = fleet_vessel(fleet, SHIP, &shard);
	assert_int_equal(vessel->identity.kind[STATIC_NAME].at[0].first_ms, NOON);
	assert_int_equal(gaps_vessels_after(fleet, NOON + 4 * HOUR_MS), 1);
	fleet_forget(fleet, NOON + 6 * HOUR_MS);
	assert_true(fleet_span(fleet, &first, &last));
	assert_int_equal(first, last);
	assert_int_equal(gaps_vessels_after(fleet, NOON + 4 * HOUR_MS), 0);
	fleet_free(fleet);
}

static void evidence(void **state)
{
	struct fleet *fleet = fleet_of_hour_gaps();
	int64_t t = -1;

	(void)state;
	assert_false(fleet_latest_evidence(fleet, &t));
	heard(fleet, 0, HOURS(0)); /* elsewhere: no presence, no gap */
	fleet_settle(fleet);
	assert_false(fleet_latest_evidence(fleet, &t));
	assert_int_equal(t, -1);
	heard(fleet, 0, HOURS(5)); /* a gap was closed */
	fleet_settle(fleet);
	assert_true(fleet_latest_evidence(fleet, &t));
	assert_int_equal(t, NOON + 5 * HOUR_MS);
	heard(fleet, 1, HOURS(6));
	fleet_settle(fleet);
	assert_true(fleet_latest_evidence(fleet, &t));
	assert_int_equal(t, NOON + 6 * HOUR_MS);
	heard(fleet, 1, HOURS(100000)); /* one clock eleven years ahead is no evidence */
	fleet_settle(fleet);
	assert_true(fleet_latest_evidence(fleet, &t));
	assert_int_equal(t, NOON + 6 * HOUR_MS);
	fleet_free(fleet);
}

static void vessels_since(void **state)
{
	struct fleet *fleet = fleet_of_hour_gaps();
	struct batch batch;

	(void)state;
	batch_init(&batch);
	add(&batch, SHIP, NOON, 1);
	add(&batch, SHIP, NOON + 1, 2);
	add(&batch, SHIP + 1, NOON - 1, 0);
	add(&batch, SHIP + 2, NOON + 9, 0);
	add(&batch, SHIP + 3, NOON + 9, 0);
	batch.reports[batch.count - 1].has_position = false;
	batch_finish(fleet, &batch);
	fleet_forget(fleet, NOON + 5); /* when a ship was last heard is never forgotten */
	assert_int_equal(fleet_vessels_since(fleet, NOON - 1), 3);
	assert_int_equal(fleet_vessels_since(fleet, NOON), 2);
	assert_int_equal(fleet_vessels_since(fleet, NOON + 2), 1);
	assert_int_equal(fleet_vessels_since(fleet, NOON + 10), 0);
	fleet_free(fleet);
}

enum { SHIPS = 40, DAYS = 900, KEEP_DAYS = 10 };

/* hourly by day and silent by night, now in one zone and now in another, a few reports late */
static void add_day(struct batch *batch, int day)
{
	for (int64_t i = 0; i < SHIPS; i++) {
		for (int h = 0; h < 16; h++) {
			int64_t t = NOON + day * DAY_MS + h * HOUR_MS + i;

			add(batch, SHIP + i, h % 7 ? t : t - 5 * DAY_MS, (day + (int)i) / 20 % 3);
		}
	}
}

static size_t bytes_in_use(void)
{
	struct mallinfo2 info = mallinfo2(); /* all zero where every access is checked */

	return info.uordblks + info.hblkhd;
}

/* segments, presence and hours of the clock that there is room for */
static size_t room(const struct fleet *fleet)
{
	size_t total = fleet->clock.cap + fleet->clock.index.mask;

	for (int s = 0; s < FLEET_SHARDS; s++) {
		for (size_t i = 0; i < fleet->shards[s].track_count; i++) {
			total += fleet->shards[s].tracks[i].segments.cap;
			total += fleet->shards[s].tracks[i].presence.cap;
		}
		total += fleet->shards[s].dropped;
	}
	return total;
}

static void run_day(struct fleet *fleet, int day)
{
	struct fleet *other = day % 3 ? NULL : fleet_of_hour_gaps();
	struct batch batch;

	batch_init(&batch);
	add_day(&batch, day);
	batch_finish(other ? other : fleet, &batch);
	if (other)
		fleet_join(fleet, other);
	fleet_free(other);
	fleet_forget(fleet, NOON + (day - KEEP_DAYS) * DAY_MS);
}

static size_t max_size(size_t a, size_t b)
{
	return a > b ? a : b;
}

/* years of days: no more memory than in the first hundred */
static void memory_is_flat(void **state)
{
	struct fleet *fleet = fleet_of_hour_gaps();
	size_t bytes[2] = {0, 0};
	size_t rooms[2] = {0, 0};

	(void)state;
	for (int day = 0; day < DAYS; day++) {
		int later = day >= 100;

		run_day(fleet, day);
		bytes[later] = max_size(bytes[later], bytes_in_use());
		rooms[later] = max_size(rooms[later], room(fleet));
	}
	assert_true(bytes[1] <= bytes[0] + bytes[0] / 10);
	assert_true(rooms[1] <= rooms[0] + rooms[0] / 10);
	fleet_free(fleet);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(segments_before),   cmocka_unit_test(fed_behind),
	    cmocka_unit_test(late_report),       cmocka_unit_test(hours_of_presence),
	    cmocka_unit_test(span_and_identity), cmocka_unit_test(evidence),
	    cmocka_unit_test(vessels_since),     cmocka_unit_test(memory_is_flat),
	};
	int failed;

	zones = traffic_zones();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	free(zones);
	return failed;
}

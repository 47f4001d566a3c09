/*
 * The fleet as workers use it: batches folded in, tracks kept apart by zone, ordinary tracks joined
 * over zones, minutes heard, many threads at once. Expectations are by hand; tests/law has the
 * rest.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "law/canonical.h"
#include "law/traffic.h"
#include "track/gaps.h"

#define NOON INT64_C(1654084800000) /* 2022-06-01T12:00Z */

static struct zones *zones;

/* positions in the zones of traffic_zones */
static const double LAT_OF_ZONE[] = {-10, 10, 30};

static void add(struct batch *batch, int64_t mmsi, int64_t t_ms, int zone, const char *name)
{
	*batch_room(batch) = (struct position_report){
	    .mmsi = mmsi,
	    .fix = {.t_ms = t_ms, .lat_deg = LAT_OF_ZONE[zone], .lon_deg = 5},
	    .statics.name = span_of(name),
	    .has_position = true,
	};
	batch_add(batch, zones);
}

static struct fleet *fleet_of_hour_gaps(void)
{
	struct fleet_params params = {HOUR_MS, zones, false};

	return fleet_new(&params);
}

static void zones_by_position(void **state)
{
	(void)state;
	assert_int_equal(zones_at(zones, 0, 0), 1);
	assert_int_equal(zones_at(zones, -0.0001, 0), 0);
	assert_int_equal(zones_at(zones, 19.99, 0), 1);
	assert_int_equal(zones_at(zones, 20, 0), 2);
	assert_int_equal(zones_at(zones, 40, 99.99), 0);
	assert_int_equal(zones_at(zones, 90, 100), 3);
	assert_int_equal(zones_at(zones, 90, -180), 0);
	assert_int_equal(zones_at(zones, -90, 179.99999999999997), 3);
}

static void tracks_by_zone(void **state)
{
	struct fleet *fleet = fleet_of_hour_gaps();
	const struct shard *shard;
	const struct vessel *vessel;
	struct segments ordinary = {0};
	struct batch batch;

	(void)state;
	batch_init(&batch);
	add(&batch, 273000001, NOON, 1, "A");
	add(&batch, 273000001, NOON + 40 * MINUTE_MS, 0, "A");
	add(&batch, 273000001, NOON + 80 * MINUTE_MS, 1, "A");
	add(&batch, 273000002, NOON, 2, "B");
	assert_int_equal(batch.count, 4);
	fleet_fold(fleet, &batch);
	assert_int_equal(batch.count, 0);
	batch_finish(fleet, &batch);
	fleet_settle(fleet);
	assert_int_equal(fleet_vessel_count(fleet), 2);
	assert_null(fleet_vessel(fleet, 273000003, &shard));
	vessel = fleet_vessel(fleet, 273000001, &shard);
	assert_non_null(vessel);
	assert_int_equal(vessel->mmsi, 273000001);
	for (uint32_t i = vessel->track; i != FLEET_NONE; i = shard->tracks[i].next)
		/* in its zone silent for 80 minutes, elsewhere heard once */
		assert_int_equal(shard->tracks[i].segments.count, shard->tracks[i].zone ? 2 : 1);
	fleet_ordinary(fleet, shard, vessel, &ordinary);
	assert_int_equal(ordinary.count, 1); /* and nowhere silent over an hour */
	assert_int_equal(ordinary.at[0].last.t_ms, NOON + 80 * MINUTE_MS);
	vessel = fleet_vessel(fleet, 273000002, &shard);
	fleet_ordinary(fleet, shard, vessel, &ordinary); /* the set is emptied first */
	assert_int_equal(ordinary.count, 1);
	assert_int_equal(ordinary.at[0].last.t_ms, NOON);
	segments_free(&ordinary);
	fleet_free(fleet);
}

static void room_not_taken(void **state)
{
	struct fleet *fleet = fleet_of_hour_gaps();
	const struct shard *shard;
	struct batch batch;

	(void)state;
	batch_init(&batch);
	batch_room(&batch)->mmsi = 273000009;
	add(&batch, 273000001, NOON, 1, "A");
	batch_room(&batch)->mmsi = 273000009;
	batch_finish(fleet, &batch);
	fleet_settle(fleet);
	assert_null(fleet_vessel(fleet, 273000009, &shard));
	assert_int_equal(fleet_vessel_count(fleet), 1);
	fleet_free(fleet);
}

/* a report without position feeds identity, never a track, the clock or the count */
static void static_reports(void **state)
{
	struct fleet *fleet = fleet_of_hour_gaps();
	const struct shard *shard;
	const struct vessel *vessel;
	struct batch batch;
	int64_t t;

	(void)state;
	batch_init(&batch);
	*batch_room(&batch) = (struct position_report){
	    .mmsi = 273000001, .fix.t_ms = NOON, .statics.name = SPAN("A")};
	batch_add(&batch, zones);
	batch_finish(fleet, &batch);
	fleet_settle(fleet);
	assert_int_equal(fleet_vessel_count(fleet), 0);
	assert_false(fleet_feed_time(fleet, &t));
	vessel = fleet_vessel(fleet, 273000001, &shard);
	assert_non_null(vessel);
	assert_true(vessel->track == FLEET_NONE);
	assert_true(span_eq(identity_at(&vessel->identity, STATIC_NAME, 0), SPAN("A")));
	fleet_free(fleet);
}

static void minutes_heard(void **state)
{
	struct fleet *fleet = fleet_of_hour_gaps();
	const struct shard *shard;
	const struct vessel *vessel;
	int64_t first = NOON / MINUTE_MS;
	struct batch batch;

	(void)state;
	batch_init(&batch);
	add(&batch, 273000001, NOON, 1, "A");
	add(&batch, 273000001, NOON + 59999, 2, "A"); /* the same minute, another zone */
	add(&batch, 273000001, NOON + 59 * MINUTE_MS, 1, "A");
	add(&batch, 273000001, NOON + 60 * MINUTE_MS, 2, "A");
	add(&batch, 273000001, NOON + 30 * MINUTE_MS, 0, "A"); /* elsewhere: no presence is kept */
	add(&batch, 273000001, NOON - 1, 1, "A");
	batch_finish(fleet, &batch);
	fleet_settle(fleet);
	vessel = fleet_vessel(fleet, 273000001, &shard);
	assert_int_equal(fleet_minutes_heard(shard, vessel, first, 1), 1);
	assert_int_equal(fleet_minutes_heard(shard, vessel, first, 59), 1);
	assert_int_equal(fleet_minutes_heard(shard, vessel, first, 60), 2);
	assert_int_equal(fleet_minutes_heard(shard, vessel, first, 61), 3);
	assert_int_equal(fleet_minutes_heard(shard, vessel, first - 1, 62), 4);
	assert_int_equal(fleet_minutes_heard(shard, vessel, first - 4000, FLEET_MINUTES_MAX), 4);
	assert_int_equal(fleet_minutes_heard(shard, vessel, first + 1, 58), 0);
	assert_int_equal(fleet_minutes_heard(shard, vessel, first + 61, FLEET_MINUTES_MAX), 0);
	fleet_free(fleet);
}

static bool keep_all(void *context, const struct gap *gap)
{
	++*(int *)context;
	return gap->mmsi != 273000003;
}

/* closed, open, and closed after as-of; G is an hour, a gap is strictly longer */
static void gaps(void **state)
{
	struct fleet *fleet = fleet_of_hour_gaps();
	int asked = 0;
	struct gaps_query query = {.min_gap_ms = HOUR_MS,
	                           .as_of_ms = NOON + 5 * HOUR_MS,
	                           .keep = keep_all,
	                           .context = &asked};
	struct gaps found;
	struct batch batch;

	(void)state;
	batch_init(&batch);
	add(&batch, 273000001, NOON, 1, "A");
	add(&batch, 273000001, NOON + HOUR_MS, 1, "A");
	add(&batch, 273000001, NOON + 2 * HOUR_MS + 1, 1, "A");
	add(&batch, 273000001, NOON + 5 * HOUR_MS, 1, "A");
	add(&batch, 273000002, NOON + 4 * HOUR_MS, 0, "B"); /* an hour before as-of: not silent */
	add(&batch, 273000003, NOON, 0, "C");
	add(&batch, 273000004, NOON + 3 * HOUR_MS, 0, "D");
	add(&batch, 273000004, NOON + 9 * HOUR_MS, 0, "D");
	batch_finish(fleet, &batch);
	fleet_settle(fleet);
	gaps_find(fleet, &query, &found);
	assert_int_equal(asked, 4);
	assert_int_equal(found.count, 3);
	assert_int_equal(found.at[0].off.t_ms, NOON + HOUR_MS);
	assert_int_equal(found.at[0].on.t_ms, NOON + 2 * HOUR_MS + 1);
	assert_false(found.at[0].open || found.at[0].after_as_of);
	assert_int_equal(found.at[1].off.t_ms, NOON + 2 * HOUR_MS + 1);
	assert_int_equal(found.at[2].mmsi, 273000004);
	assert_true(found.at[2].after_as_of);
	assert_false(found.at[2].open);
	gaps_free(&found);
	assert_int_equal(gaps_vessels_after(fleet, query.as_of_ms), 1);
	query.as_of_given = true; /* then what starts later is not there */
	gaps_find(fleet, &query, &found);
	assert_int_equal(found.count, 3);
	assert_true(found.at[2].open);
	gaps_free(&found);
	query.min_gap_ms = HOUR_MS + 1; /* not shorter than it either */
	gaps_find(fleet, &query, &found);
	assert_int_equal(found.count, 2);
	gaps_free(&found);
	fleet_free(fleet);
}

/* as many tracks as make every table grow while a join is under way */
static void many_vessels(void **state)
{
	enum { SHIPS = 5000 };
	struct fleet *a = fleet_of_hour_gaps();
	struct fleet *b = fleet_of_hour_gaps();
	struct canonical left = {0};
	struct canonical right = {0};
	struct batch batch;

	(void)state;
	for (int half = 0; half < 2; half++) {
		batch_init(&batch);
		for (int64_t i = 0; i < SHIPS; i++) {
			if (i % 3 != half)
				add(&batch, 273000000 + i, NOON + i, (int)(i % 3), "A");
			if (i % 5 == half) {
				add(&batch, 273000000 + i, NOON + i, 1, "B");
				batch.reports[batch.count - 1].has_position = i % 2;
			}
		}
		batch_finish(half ? b : a, &batch);
	}
	fleet_settle(b);
	fleet_join(a, b);
	canonical_fleet(&left, a);
	fleet_join(b, a);
	canonical_fleet(&right, b);
	assert_int_equal(fleet_vessel_count(a), SHIPS);
	assert_true(canonical_equal(&left, &right));
	free(left.bytes);
	free(right.bytes);
	fleet_free(a);
	fleet_free(b);
}

/* as a loader does: a shard by itself, filled, joined, cleared and filled again */
static void shard_by_itself(void **state)
{
	struct fleet *fleet = fleet_of_hour_gaps();
	const int64_t hour = NOON / HOUR_MS;
	int s = (int)fleet_shard_of(273000001);
	struct shard shard = {.dropped = 0};
	const struct vessel *vessel;
	const struct shard *of;

	(void)state;
	for (int day = 0; day < 2; day++) {
		struct fix fix = {.t_ms = NOON + day * DAY_MS, .lat_deg = 10, .lon_deg = 5};
		struct segments one = {.at = &(struct segment){fix, fix}, .count = 1, .sorted = 1};
		struct track *track = shard_track(&shard, 273000001, 1);

		assert_ptr_equal(track, shard_track(&shard, 273000001, 1));
		segments_join(&track->segments, &one, HOUR_MS);
		presence_put(&track->presence, &shard.presence, hour + 24 * day)->other_minutes = 5;
		assert_int_equal(shard_vessel(&shard, 273000001)->track, 0);
		shard_vessel(&shard, 273000064);
		assert_int_equal(shard.vessel_count, 2);
		shard_join(fleet, s, &shard);
		shard_clear(&shard);
		assert_int_equal(shard.track_count + shard.vessel_count, 0);
	}
	vessel = fleet_vessel(fleet, 273000001, &of);
	assert_int_equal(of->tracks[vessel->track].segments.count, 2);
	assert_int_equal(fleet_minutes_heard(of, vessel, hour * 60, 25 * 60), 4);
	assert_int_equal(fleet_minutes_heard(of, vessel, hour * 60 + 1, 24 * 60), 2);
	fleet_free(fleet);
}

enum { THREADS = 4, PER_THREAD = 20000 };

struct feeder {
	struct fleet *fleet;
	int number;
};

static void feed(const struct feeder *feeder)
{
	struct random r = {(uint64_t)feeder->number};
	struct batch batch;

	batch_init(&batch);
	for (int i = 0; i < PER_THREAD; i++) {
		int64_t t = NOON + (int64_t)random_below(&r, 200000) * 1000;

		add(&batch, 273000000 + random_below(&r, 300), t, (int)random_below(&r, 3),
		    random_once_in(&r, 9) ? "A" : "B");
		if (batch.count == 500)
			fleet_fold(feeder->fleet, &batch);
	}
	batch_finish(feeder->fleet, &batch);
}

static void *feed_thread(void *feeder)
{
	feed(feeder);
	return NULL;
}

/* what four threads fold at once is what one folds alone */
static void threads(void **state)
{
	struct fleet *together = fleet_of_hour_gaps();
	struct fleet *alone = fleet_of_hour_gaps();
	struct canonical left = {0};
	struct canonical right = {0};
	struct feeder feeders[THREADS];
	pthread_t ids[THREADS];

	(void)state;
	for (int i = 0; i < THREADS; i++) {
		feeders[i] = (struct feeder){together, i};
		assert_int_equal(pthread_create(&ids[i], NULL, feed_thread, &feeders[i]), 0);
	}
	for (int i = 0; i < THREADS; i++)
		pthread_join(ids[i], NULL);
	for (int i = THREADS; i-- > 0;)
		feed(&(struct feeder){alone, i});
	canonical_fleet(&left, together);
	canonical_fleet(&right, alone);
	assert_true(canonical_equal(&left, &right));
	free(left.bytes);
	free(right.bytes);
	fleet_free(together);
	fleet_free(alone);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(zones_by_position), cmocka_unit_test(tracks_by_zone),
	    cmocka_unit_test(room_not_taken),    cmocka_unit_test(static_reports),
	    cmocka_unit_test(minutes_heard),     cmocka_unit_test(gaps),
	    cmocka_unit_test(many_vessels),      cmocka_unit_test(shard_by_itself),
	    cmocka_unit_test(threads),
	};
	int failed;

	zones = traffic_zones();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	free(zones);
	return failed;
}

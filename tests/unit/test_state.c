/*
 * Saved fleets. What must hold is a law, not a table: what is loaded is what was saved, the same
 * content gives the same bytes however it came together, and a file that is damaged or made to do
 * harm is refused. Fleets are of the random traffic of tests/law.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/duration.h"
#include "law/canonical.h"
#include "law/traffic.h"
#include "state/clock_code.h"
#include "state/container.h"
#include "state/params_code.h"
#include "state/shard_code.h"
#include "state/state.h"
#include "state/tags.h"
#include "state/time_code.h"
#include "track/forget.h"
#include "unit/temp_dir.h"

enum { PARTS = 8 };

#define NOON INT64_C(1654084800000) /* 2022-06-01T12:00Z */

static struct temp_dir dir;
static struct zones *zones;
static struct areas *no_areas;

static int begin_all(void **state)
{
	(void)state;
	temp_open(&dir);
	zones = traffic_zones();
	no_areas = areas_new();
	return 0;
}

static int end_all(void **state)
{
	(void)state;
	temp_close(&dir);
	free(zones);
	areas_free(no_areas);
	return 0;
}

static struct state_params params_of(const struct fleet *fleet)
{
	return (struct state_params){fleet->params.gap_ms, fleet->params.everywhere, false,
	                             no_areas};
}

static void save(struct fleet *fleet, const char *name, unsigned threads)
{
	struct state_params params = params_of(fleet);

	fleet_settle(fleet);
	assert_int_equal(state_save(temp_path(&dir, name), &params, fleet, threads, NULL), ST_OK);
}

/* the bytes of the fleet's state, to be freed */
static struct span bytes_of(struct fleet *fleet, unsigned threads)
{
	save(fleet, "bytes", threads);
	return temp_read(temp_path(&dir, "bytes"));
}

static void join_file(struct fleet *into, const char *name, unsigned threads)
{
	struct state *state;
	struct diag diag = {""};

	assert_int_equal(state_open(temp_path(&dir, name), &state, &diag), ST_OK);
	assert_non_null(state);
	if (state_join(state, into, threads, &diag))
		fail_msg("%s", diag.text);
	state_close(state);
}

static void assert_same_bytes(struct fleet *a, struct fleet *b, uint64_t seed)
{
	struct span x = bytes_of(a, 1);
	struct span y = bytes_of(b, 2);

	if (!span_eq(x, y))
		fail_msg("seed %llu: other bytes", (unsigned long long)seed);
	free((char *)x.ptr);
	free((char *)y.ptr);
}

static void assert_same_fleet(struct fleet *a, struct fleet *b, uint64_t seed)
{
	struct canonical x = {0};
	struct canonical y = {0};

	canonical_fleet(&x, a);
	canonical_fleet(&y, b);
	if (!canonical_equal(&x, &y) || a->horizon_ms != b->horizon_ms)
		fail_msg("seed %llu: another fleet", (unsigned long long)seed);
	free(x.bytes);
	free(y.bytes);
}

/* a trial's traffic, in which every report is in one part or more */
struct trial {
	struct random r;
	struct traffic traffic;
	uint8_t parts[TRAFFIC_MAX];
};

static struct trial *trial_new(uint64_t seed)
{
	struct trial *t = mem_new(1, sizeof *t);

	t->r = (struct random){seed};
	traffic_draw(&t->r, zones, &t->traffic);
	for (uint32_t i = 0; i < t->traffic.count; i++)
		t->parts[i] = (uint8_t)(1U << random_below(&t->r, PARTS) |
		                        (random_once_in(&t->r, 4) ? random_below(&t->r, 256) : 0));
	return t;
}

static struct fleet *part_of(struct trial *t, unsigned part)
{
	return traffic_fleet(&t->r, &t->traffic, t->parts, (uint8_t)part);
}

/* a horizon among the reports, or none */
static int64_t draw_horizon(struct trial *t)
{
	uint32_t i = random_below(&t->r, t->traffic.count);

	if (random_once_in(&t->r, 2))
		return FLEET_KEEPS_ALL;
	return t->traffic.at[i].fix.t_ms + (int64_t)random_below(&t->r, 3) - 1;
}

static void forget(struct fleet *fleet, int64_t horizon_ms)
{
	if (horizon_ms != FLEET_KEEPS_ALL)
		fleet_forget(fleet, horizon_ms);
}

static void reads_back(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < random_trials(3000); seed++) {
		struct trial *t = trial_new(seed);
		struct fleet *fleet = part_of(t, 255);
		struct fleet *again = fleet_new(&t->traffic.params);

		forget(fleet, draw_horizon(t));
		save(fleet, "state", 1 + (unsigned)seed % 3);
		join_file(again, "state", 1 + (unsigned)seed / 3 % 3);
		assert_same_fleet(fleet, again, seed);
		assert_same_bytes(fleet, again, seed);
		fleet_free(fleet);
		fleet_free(again);
		free(t);
	}
}

static void any_order_any_threads(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < random_trials(1000); seed++) {
		struct trial *t = trial_new(seed);
		int64_t horizon = draw_horizon(t);
		struct fleet *a = part_of(t, 255);
		struct fleet *b = part_of(t, 255); /* in another order */
		struct span one;
		struct span many;

		forget(a, horizon);
		forget(b, horizon);
		one = bytes_of(a, 1);
		many = bytes_of(b, 2 + (unsigned)seed % 90);
		assert_true(span_eq(one, many));
		free((char *)one.ptr);
		free((char *)many.ptr);
		fleet_free(a);
		fleet_free(b);
		free(t);
	}
}

/* the states numbered `a` and `b` become one, numbered `a` */
static void merge_files(struct trial *t, int a, int b)
{
	struct fleet *fleet = fleet_new(&t->traffic.params);
	char name[2][16];

	snprintf(name[0], sizeof name[0], "part%d", a);
	snprintf(name[1], sizeof name[1], "part%d", b);
	join_file(fleet, name[0], 1);
	join_file(fleet, name[1], 2);
	save(fleet, name[0], 2);
	fleet_free(fleet);
}

/* saves each part, with a horizon of its own; returns the latest */
static int64_t save_parts(struct trial *t)
{
	int64_t latest = FLEET_KEEPS_ALL;

	for (int i = 0; i < PARTS; i++) {
		struct fleet *part = part_of(t, 1U << i);
		int64_t horizon = draw_horizon(t);
		char name[16];

		forget(part, horizon);
		snprintf(name, sizeof name, "part%d", i);
		save(part, name, 1);
		fleet_free(part);
		if (horizon > latest)
			latest = horizon;
	}
	return latest;
}

/* partial states, merged two by two in a random tree, are the state of all the reports */
static void merged_in_random_trees(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < random_trials(300); seed++) {
		struct trial *t = trial_new(seed);
		struct fleet *whole = part_of(t, 255);
		struct fleet *merged = fleet_new(&t->traffic.params);
		uint32_t left[PARTS];

		forget(whole, save_parts(t));
		for (uint32_t i = 0; i < PARTS; i++)
			left[i] = i;
		for (uint32_t count = PARTS; count > 1; count--) {
			random_shuffle(&t->r, left, count);
			merge_files(t, (int)left[0], (int)left[count - 1]);
		}
		join_file(merged, (char[]){'p', 'a', 'r', 't', (char)('0' + left[0]), 0}, 1);
		assert_same_bytes(whole, merged, seed);
		fleet_free(whole);
		fleet_free(merged);
		free(t);
	}
}

/* a state joined in twice, and into a fleet that holds other things, changes nothing more */
static void joined_again(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < random_trials(300); seed++) {
		struct trial *t = trial_new(seed);
		struct fleet *whole = part_of(t, 255);
		struct fleet *part = part_of(t, 15);

		save(whole, "whole", 1);
		join_file(part, "whole", 2);
		join_file(part, "whole", 1);
		assert_same_bytes(whole, part, seed);
		fleet_free(whole);
		fleet_free(part);
		free(t);
	}
}

/* states of a smaller gap, joined at a larger: as if all had been read at that */
static void larger_gap(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < random_trials(1000); seed++) {
		struct trial *t = trial_new(seed);
		struct fleet *small[2] = {part_of(t, 15), part_of(t, 255)};
		int64_t horizon = draw_horizon(t);
		struct fleet *large;
		struct fleet *whole;

		forget(small[1], horizon);
		save(small[0], "part", 1);
		save(small[1], "all", 1);
		t->traffic.params.gap_ms = t->traffic.params.gap_ms * (1 + random_below(&t->r, 3)) +
		                           random_below(&t->r, 2);
		large = fleet_new(&t->traffic.params);
		join_file(large, "part", 1);
		join_file(large, "all", 2);
		whole = part_of(t, 255);
		forget(whole, horizon);
		assert_same_bytes(whole, large, seed);
		fleet_free(small[0]);
		fleet_free(small[1]);
		fleet_free(large);
		fleet_free(whole);
		free(t);
	}
}

static void add(struct batch *batch, int64_t mmsi, int64_t t_ms, double lat)
{
	*batch_room(batch) = (struct position_report){
	    .mmsi = mmsi,
	    .fix = {.t_ms = t_ms, .lat_deg = lat, .lon_deg = 5},
	    .statics.name = SPAN("SIM"),
	    .has_position = true,
	};
	batch_add(batch, zones);
}

/* heard at 12:00, 20:00 and 20:30, in zone 1; its gap is an hour */
static struct fleet *small_fleet(void)
{
	struct fleet *fleet = fleet_new(&(struct fleet_params){HOUR_MS, zones, false});
	struct batch batch;

	batch_init(&batch);
	add(&batch, 273998987, NOON, 10);
	add(&batch, 273998987, NOON + 8 * HOUR_MS, 10.1);
	add(&batch, 273998987, NOON + 8 * HOUR_MS + 30 * MINUTE_MS, 10.2);
	add(&batch, 273998988, NOON + 9 * HOUR_MS, -10);
	batch_finish(fleet, &batch);
	fleet_settle(fleet);
	return fleet;
}

static void forgotten_beginning(void **state)
{
	struct fleet *fleet = small_fleet();
	struct fleet *again = fleet_new(&fleet->params);
	const struct shard *shard;
	const struct vessel *vessel;
	const struct segments *set;

	(void)state;
	fleet_forget(fleet, NOON + 1);
	save(fleet, "state", 1);
	join_file(again, "state", 1);
	assert_int_equal(again->horizon_ms, NOON + 1);
	vessel = fleet_vessel(again, 273998987, &shard);
	assert_non_null(vessel);
	set = &shard->tracks[vessel->track].segments;
	assert_int_equal(set->count, 2);
	assert_true(set->at[0].first.t_ms == SEGMENT_BEFORE);
	assert_true(set->at[0].last.t_ms == NOON);
	assert_true(set->at[1].first.t_ms == NOON + 8 * HOUR_MS);
	assert_same_bytes(fleet, again, 0);
	fleet_free(fleet);
	fleet_free(again);
}

/* an MMSI of which only a name was heard, one of which not even that, and a fleet of nobody */
static void without_tracks(void **state)
{
	struct fleet *fleet = fleet_new(&(struct fleet_params){HOUR_MS, zones, false});
	struct fleet *again = fleet_new(&fleet->params);
	const struct shard *shard;
	struct batch batch;

	(void)state;
	assert_same_bytes(fleet, again, 0);
	batch_init(&batch);
	for (int i = 0; i < 2; i++) {
		*batch_room(&batch) = (struct position_report){
		    .mmsi = 273998987 + i,
		    .fix.t_ms = NOON,
		    .statics.name = i ? SPAN("") : SPAN("SIM"),
		};
		batch_add(&batch, zones);
	}
	batch_finish(fleet, &batch);
	save(fleet, "state", 1);
	join_file(again, "state", 1);
	assert_same_fleet(fleet, again, 0);
	assert_non_null(fleet_vessel(again, 273998987, &shard));
	fleet_free(fleet);
	fleet_free(again);
}

/* with --any-id ids are any whole numbers */
static void any_ids(void **state)
{
	static const int64_t IDS[] = {-(INT64_C(1) << 53) + 1, -7, 0, 1, (INT64_C(1) << 53) - 1};
	struct fleet *fleet = fleet_new(&(struct fleet_params){HOUR_MS, zones, true});
	struct fleet *again = fleet_new(&fleet->params);
	struct batch batch;

	(void)state;
	batch_init(&batch);
	for (size_t i = 0; i < sizeof IDS / sizeof *IDS; i++) {
		add(&batch, IDS[i], UTC_MIN_MS, 10);
		add(&batch, IDS[i], UTC_MAX_MS - 1, -10);
	}
	batch_finish(fleet, &batch);
	save(fleet, "state", 1);
	join_file(again, "state", 1);
	assert_same_fleet(fleet, again, 0);
	fleet_free(fleet);
	fleet_free(again);
}

static void add_area(struct areas *areas, const char *spec)
{
	struct diag diag = {""};

	if (areas_add(areas, spec, 6 * HOUR_MS, &diag))
		fail_msg("%s", diag.text);
}

/* a square with a hole beside a triangle across the antimeridian; numbers of many digits */
static const char SHAPES[] =
    "{\"type\":\"Feature\",\"properties\":{\"name\":\"a \\\"b\\\" \\\\ \xC3\xA9\","
    "\"margin_nm\":12.345678901234567},"
    "\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[[[[0.1,0.2],[1.1000000000000001,0.2],"
    "[1.1,1.3333333333333333],[0.1,1.2],[0.1,0.2]],[[0.4,0.4],[0.5,0.4],[0.5,0.5],[0.4,0.4]]],"
    "[[[179.00000001,5],[-179.3,5.5],[179.2,7e-1],[179.00000001,5]]]]}}";

static struct areas *all_areas(void)
{
	const char *file = temp_path(&dir, "shapes.geojson");
	struct areas *areas = areas_new();

	temp_write(file, span_of(SHAPES));
	add_area(areas, "vladivostok");
	add_area(areas, file);
	add_area(areas, "caspian");
	add_area(areas, "42.5,133.123456789,217.3");
	add_area(areas, "-17.7,179.9,333.3333");
	return areas;
}

static void assert_same_area(const struct areas *a, const struct areas *b, size_t i)
{
	char *x = areas_geojson(a, i);
	char *y = areas_geojson(b, i);

	assert_string_equal(x, y);
	assert_string_equal(areas_name(a, i), areas_name(b, i));
	assert_true(areas_builtin(a, i) == areas_builtin(b, i));
	assert_true(areas_closed(a, i) == areas_closed(b, i));
	assert_true(areas_margin_nm(a, i) >= areas_margin_nm(b, i) &&
	            areas_margin_nm(a, i) <= areas_margin_nm(b, i));
	free(x);
	free(y);
}

static void areas_read_back(void **state)
{
	struct areas *areas = all_areas();
	struct fleet *fleet = small_fleet();
	struct state_params params = {HOUR_MS, false, true, areas};
	struct state *saved;
	struct diag diag = {""};
	struct zones *x;
	struct zones *y;

	(void)state;
	assert_int_equal(state_save(temp_path(&dir, "state"), &params, fleet, 1, &diag), ST_OK);
	assert_int_equal(state_open(temp_path(&dir, "state"), &saved, &diag), ST_OK);
	assert_null(state_params_differ(&params, state_params(saved), false));
	assert_int_equal(state_params(saved)->gap_ms, HOUR_MS);
	assert_int_equal(areas_count(state_params(saved)->areas), areas_count(areas));
	for (size_t i = 0; i < areas_count(areas); i++)
		assert_same_area(areas, state_params(saved)->areas, i);
	assert_true(areas_builtin(areas, 0) && !areas_builtin(areas, 1) &&
	            areas_builtin(areas, 2) && !areas_builtin(areas, 3));
	x = zones_new(areas);
	y = zones_new(state_params(saved)->areas);
	assert_memory_equal(x, y, sizeof *x);
	free(x);
	free(y);
	state_close(saved);
	fleet_free(fleet);
	areas_free(areas);
}

/* a margin that 10,000 days make is wider than a file may state, and reads back all the same */
static void widest_margin(void **state)
{
	struct areas *areas = areas_new();
	struct areas *again = areas_new();
	struct diag diag = {""};
	char *text;

	(void)state;
	assert_int_equal(areas_add(areas, "10,20,30", DURATION_MAX_MS, &diag), ST_OK);
	text = areas_geojson(areas, 0);
	assert_int_equal(areas_restore(again, span_of(text), false, "x", &diag), ST_OK);
	assert_same_area(areas, again, 0);
	/* anything but that text is refused, and nothing is added */
	text[strlen(text) - 1] = ' ';
	assert_int_equal(areas_restore(again, span_of(text), false, "x", &diag), ST_USAGE);
	assert_int_equal(areas_restore(again, span_of(SHAPES), false, "x", &diag), ST_USAGE);
	assert_int_equal(areas_count(again), 1);
	free(text);
	areas_free(areas);
	areas_free(again);
}

static struct areas *areas_of(const char *first, const char *second)
{
	struct areas *areas = areas_new();

	add_area(areas, first);
	if (second)
		add_area(areas, second);
	return areas;
}

/* an older program's idea of the Caspian: a built-in area of another shape */
static struct areas *old_caspian(void)
{
	struct areas *areas = areas_new();
	struct diag diag;
	static const char TEXT[] =
	    "{\"type\":\"Feature\",\"properties\":{\"name\":\"caspian\",\"margin_nm\":30,"
	    "\"closed_sea\":true},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
	    "[[[48,37],[54,37],[54,46],[48,37]]]}}";

	assert_int_equal(areas_restore(areas, span_of(TEXT), true, "x", &diag), ST_OK);
	return areas;
}

static void watches_compared(void **state)
{
	struct areas *areas[] = {areas_of("caspian", NULL),       areas_of("caspian", NULL),
	                         areas_of("caspian", "10,20,30"), areas_of("10,20,30", "caspian"),
	                         areas_of("10,20,31", "caspian"), old_caspian()};
	struct state_params a = {HOUR_MS, false, false, areas[0]};
	struct state_params b = {2 * HOUR_MS, false, false, areas[1]};

	(void)state;
	assert_null(state_params_differ(&a, &b, false));
	b.any_id = true;
	assert_string_equal(state_params_differ(&a, &b, true), "--any-id");
	b.any_id = false;
	b.everywhere = true;
	assert_string_equal(state_params_differ(&a, &b, true), "--everywhere");
	b.everywhere = false;
	for (int i = 2; i < 5; i++) {
		b.areas = areas[i];
		assert_string_equal(state_params_differ(&a, &b, true), "areas");
	}
	a.areas = areas[3];
	assert_string_equal(state_params_differ(&a, &b, true), "areas");
	a.areas = areas[0];
	b.areas = areas[5];
	assert_string_equal(state_params_differ(&a, &b, false), "areas");
	assert_null(state_params_differ(&a, &b, true));
	for (size_t i = 0; i < sizeof areas / sizeof *areas; i++)
		areas_free(areas[i]);
}

/* opens and joins whatever is in the file */
static enum status read_file(const char *path, struct diag *diag)
{
	struct fleet *fleet = fleet_new(&(struct fleet_params){6 * HOUR_MS, zones, true});
	struct state *state;
	enum status status = state_open(path, &state, diag);

	if (!status && state)
		status = state_join(state, fleet, 2, diag);
	else
		assert_null(state);
	state_close(state);
	fleet_free(fleet);
	return status;
}

static void assert_refused(struct span bytes, uint64_t seed)
{
	const char *path = temp_path(&dir, "damaged");
	struct diag diag = {""};
	struct span after;

	temp_write(path, bytes);
	if (read_file(path, &diag) != ST_FAILED)
		fail_msg("seed %llu: taken", (unsigned long long)seed);
	assert_true(span_starts(span_of(diag.text), span_of(path)));
	assert_true(strlen(diag.text) > strlen(path) + 10);
	after = temp_read(path);
	assert_true(span_eq(after, bytes));
	free((char *)after.ptr);
}

/* flips up to three bits, cuts off an end, or appends; returns the length */
static size_t damage(struct random *r, char *bytes, size_t len)
{
	uint32_t flips = 1 + random_below(r, 3);

	switch (random_below(r, 4)) {
	case 0:
		return random_below(r, (uint32_t)len);
	case 1:
		bytes[len] = (char)random_next(r);
		return len + 1;
	default:
		for (uint32_t i = 0; i < flips; i++) {
			uint32_t at = random_below(r, (uint32_t)len);

			bytes[at] = (char)(bytes[at] ^ 1 << random_below(r, 8));
		}
		return len;
	}
}

/* a state with something in every section */
static struct span sample_state(void)
{
	struct areas *areas = areas_of("10,20,30", NULL);
	struct fleet *fleet = fleet_new(&(struct fleet_params){HOUR_MS, zones, true});
	struct state_params params = {HOUR_MS, true, false, areas};
	struct random r = {7};
	struct batch batch;

	batch_init(&batch);
	for (int i = 0; i < 300; i++)
		add(&batch, 273000001 + random_below(&r, 100),
		    NOON + random_below(&r, 100) * 10 * MINUTE_MS, random_below(&r, 60) - 20.5);
	batch_finish(fleet, &batch);
	fleet_forget(fleet, NOON + HOUR_MS);
	assert_int_equal(state_save(temp_path(&dir, "sample"), &params, fleet, 1, NULL), ST_OK);
	fleet_free(fleet);
	areas_free(areas);
	return temp_read(temp_path(&dir, "sample"));
}

static void damaged_files(void **state)
{
	struct span bytes = sample_state();
	char *copy = mem_new(bytes.len + 1, 1);
	struct diag diag = {""};

	(void)state;
	assert_int_equal(read_file(temp_path(&dir, "sample"), &diag), ST_OK);
	for (uint64_t seed = 0; seed < random_trials(10000); seed++) {
		struct random r = {seed};
		size_t len;

		memcpy(copy, bytes.ptr, bytes.len);
		len = damage(&r, copy, bytes.len);
		if (len != bytes.len || memcmp(copy, bytes.ptr, len) != 0)
			assert_refused((struct span){copy, len}, seed);
	}
	free(copy);
	free((char *)bytes.ptr);
}

static void other_files(void **state)
{
	struct diag diag = {""};
	struct container_out *out;
	const char *path;

	(void)state;
	assert_refused(SPAN(""), 0);
	assert_refused(SPAN("MMSI,BaseDateTime,LAT,LON\n"), 0);
	assert_int_equal(read_file(temp_path(&dir, "none"), &diag), ST_OK);
	assert_int_equal(read_file(dir.path, &diag), ST_FAILED);
	assert_non_null(strstr(diag.text, "a directory"));
	path = temp_path(&dir, "other");
	assert_int_equal(container_create(path, STATE_MAGIC, STATE_VERSION + 1, &out, NULL), ST_OK);
	assert_int_equal(container_commit(out, NULL), ST_OK);
	assert_int_equal(read_file(path, &diag), ST_FAILED);
	assert_non_null(strstr(diag.text, "newer aisgap"));
	assert_int_equal(container_create(path, "AISGSENT", STATE_VERSION, &out, NULL), ST_OK);
	assert_int_equal(container_commit(out, NULL), ST_OK);
	assert_int_equal(read_file(path, &diag), ST_FAILED);
	assert_non_null(strstr(diag.text, "this is not a state of aisgap"));
	assert_int_equal(container_create(path, STATE_MAGIC, STATE_VERSION, &out, NULL), ST_OK);
	assert_int_equal(container_commit(out, NULL), ST_OK); /* whole, but of no section */
	assert_int_equal(read_file(path, &diag), ST_FAILED);
	assert_non_null(strstr(diag.text, "a section out of order"));
}

/* the same sections in a file that says it is of another format */
static void copy_as(const char *from, const char *to, uint32_t version)
{
	struct container_in *in;
	struct container_out *out;
	struct span payload;
	uint32_t tag;

	assert_int_equal(container_open(from, STATE_MAGIC, STATE_VERSION, "a state", &in, NULL),
	                 ST_OK);
	assert_int_equal(container_create(to, STATE_MAGIC, version, &out, NULL), ST_OK);
	while (!container_next(in, &tag, &payload, NULL) && tag)
		container_put(out, tag, payload);
	container_close(in);
	assert_int_equal(container_commit(out, NULL), ST_OK);
}

/* format 1 had no HEARD_NO_GNSS, and is else the same: its states are read, and saved as format 2
 */
static void older_format(void **state)
{
	struct state_params params = {HOUR_MS, false, false, no_areas};
	struct fleet *fleet = small_fleet();
	struct fleet *again = fleet_new(&fleet->params);
	struct canonical x = {0};
	struct canonical y = {0};
	struct state *saved;
	char path[200];

	(void)state;
	snprintf(path, sizeof path, "%s", temp_path(&dir, "now"));
	assert_int_equal(state_save(path, &params, fleet, 1, NULL), ST_OK);
	copy_as(path, temp_path(&dir, "format-1"), 1);
	assert_int_equal(state_open(temp_path(&dir, "format-1"), &saved, NULL), ST_OK);
	assert_non_null(saved);
	assert_int_equal(state_join(saved, again, 1, NULL), ST_OK);
	state_close(saved);
	canonical_fleet(&x, fleet);
	canonical_fleet(&y, again);
	assert_true(canonical_equal(&x, &y));
	free(x.bytes);
	free(y.bytes);
	fleet_free(fleet);
	fleet_free(again);
}

/* the shard that has this MMSI alone, decoded as another's or under other rules */
static const char *decode_as(const struct shard *shard, int64_t mmsi,
                             const struct shard_rules *rules)
{
	struct code_out out = {0};
	struct shard again = {0};
	const char *wrong;

	shard_encode(&out, shard);
	wrong = shard_decode((struct span){out.bytes, out.len}, (int)fleet_shard_of(mmsi), rules,
	                     &again);
	shard_clear(&again);
	free(out.bytes);
	return wrong;
}

static const struct shard_rules RULES = {HOUR_MS, HOUR_MS, 3, true, true};

/* what can only be in a file that was made to do harm: its checksums would be right */
static void crafted_shards(void **state)
{
	struct fleet *fleet = small_fleet();
	const int64_t mmsi = 273998987;
	struct shard *shard = &fleet->shards[fleet_shard_of(mmsi)];
	struct track *track = shard_track(shard, mmsi, 1);
	struct segments *set = &track->segments;
	struct shard_rules rules = RULES;

	(void)state;
	assert_null(decode_as(shard, mmsi, &RULES));
	assert_non_null(decode_as(shard, mmsi + 1, &RULES)); /* not its shard */
	rules.zones = 0;
	assert_non_null(decode_as(shard, mmsi, &rules));
	rules = RULES;
	rules.gap_ms = 8 * HOUR_MS; /* then its segments are too close */
	assert_non_null(decode_as(shard, mmsi, &rules));
	rules.gap_ms = 8 * HOUR_MS - 1;
	assert_null(decode_as(shard, mmsi, &rules));
	set->at[0].last.lat_deg = set->at[0].first.lat_deg = 90.5;
	assert_non_null(decode_as(shard, mmsi, &RULES));
	set->at[0].last.lat_deg = set->at[0].first.lat_deg = 10;
	set->at[1].last.t_ms = TIME_MOST_MS;
	assert_non_null(decode_as(shard, mmsi, &RULES));
	set->at[1].last.t_ms = NOON + 9 * HOUR_MS;
	assert_null(decode_as(shard, mmsi, &RULES));
	set->at[0].first = (struct fix){.t_ms = SEGMENT_BEFORE};
	assert_null(decode_as(shard, mmsi, &RULES));
	rules = RULES;
	rules.forgets = false;
	assert_non_null(decode_as(shard, mmsi, &rules));
	track->zone = 0;
	rules = RULES;
	rules.everywhere = false;
	assert_null(decode_as(shard, mmsi, &RULES));
	assert_non_null(decode_as(shard, mmsi, &rules));
	fleet_free(fleet);
}

/* what no reader makes is not saved: a file that cannot be read must not replace one that can */
static void not_saved(void **state)
{
	struct fleet *fleet = small_fleet();
	struct state_params params = params_of(fleet);
	const int64_t mmsi = 273998987;
	struct shard *shard = &fleet->shards[fleet_shard_of(mmsi)];
	struct fix *last = &shard_track(shard, mmsi, 1)->segments.at[0].last;
	struct diag diag = {""};
	struct span before = bytes_of(fleet, 1);
	struct span after;

	(void)state;
	last->cog_deg = shard_track(shard, mmsi, 1)->segments.at[0].first.cog_deg = 360;
	assert_int_equal(state_save(temp_path(&dir, "bytes"), &params, fleet, 2, &diag), ST_FAILED);
	assert_non_null(strstr(diag.text, "not saved"));
	after = temp_read(temp_path(&dir, "bytes"));
	assert_true(span_eq(before, after));
	free((char *)before.ptr);
	free((char *)after.ptr);
	fleet_free(fleet);
}

static void crafted_identity(void **state)
{
	struct fleet *fleet = small_fleet();
	const int64_t mmsi = 273998987;
	struct shard *shard = &fleet->shards[fleet_shard_of(mmsi)];
	struct identity_kind *name = &shard_vessel(shard, mmsi)->identity.kind[STATIC_NAME];
	struct identity_kind *imo = &shard_vessel(shard, mmsi)->identity.kind[STATIC_IMO];

	(void)state;
	assert_int_equal(name->count, 1);
	name->at[0].in_first = false; /* but no value was left out */
	assert_non_null(decode_as(shard, mmsi, &RULES));
	name->at[0].in_last = false;
	assert_non_null(decode_as(shard, mmsi, &RULES));
	name->at[0].in_first = name->at[0].in_last = true;
	name->overflow = true; /* of one value */
	assert_non_null(decode_as(shard, mmsi, &RULES));
	name->overflow = false;
	name->at[0].length = 0;
	assert_non_null(decode_as(shard, mmsi, &RULES));
	name->at[0].length = 3;
	*imo = *name; /* "SIM" is no IMO number */
	assert_non_null(decode_as(shard, mmsi, &RULES));
	*imo = (struct identity_kind){0};
	assert_null(decode_as(shard, mmsi, &RULES));
	name->at[0].last_ms = TIME_MOST_MS;
	assert_non_null(decode_as(shard, mmsi, &RULES));
	fleet_free(fleet);
}

static bool clock_reads_back(struct clock_hour hour)
{
	struct clock clock = {.hours = &hour, .count = 1};
	struct clock again = {0};
	struct code_out out = {0};
	struct code_in in;
	bool good;

	clock_encode(&out, &clock);
	in = code_in_of((struct span){out.bytes, out.len});
	good = clock_decode(&in, &again);
	clock_free(&again);
	free(out.bytes);
	return good;
}

static void crafted_clocks(void **state)
{
	const int64_t t = NOON;
	const int64_t h = NOON / HOUR_MS;

	(void)state;
	assert_true(clock_reads_back((struct clock_hour){h, 2, {{t + 5, 7}, {t, 8}}}));
	assert_true(clock_reads_back((struct clock_hour){h, 2, {{t, 7}, {t, 8}}}));
	assert_false(clock_reads_back((struct clock_hour){h, 2, {{t, 8}, {t, 7}}}));
	assert_false(clock_reads_back((struct clock_hour){h, 2, {{t, 7}, {t + 5, 8}}}));
	assert_false(clock_reads_back((struct clock_hour){h, 2, {{t + 5, 7}, {t, 7}}}));
	assert_false(clock_reads_back((struct clock_hour){h, 1, {{t + HOUR_MS, 7}}}));
	assert_false(clock_reads_back((struct clock_hour){h, 1, {{t, INT64_C(1) << 53}}}));
	assert_false(clock_reads_back((struct clock_hour){h, 0, {{0, 0}}}));
	assert_false(clock_reads_back((struct clock_hour){1, 1, {{HOUR_MS, 7}}}));
}

static bool params_read_back(int64_t gap_ms, int64_t horizon_ms)
{
	struct state_params params = {gap_ms, false, false, no_areas};
	struct state_params again;
	struct code_out out = {0};
	struct code_in in;
	struct diag diag = {""};
	int64_t horizon;
	bool good;

	assert_int_equal(params_encode(&out, &params, horizon_ms, &diag), ST_OK);
	in = code_in_of((struct span){out.bytes, out.len});
	good = !params_decode(&in, &again, &horizon, &diag);
	good = good && again.gap_ms == gap_ms && horizon == horizon_ms;
	areas_free(again.areas);
	free(out.bytes);
	return good;
}

static void crafted_params(void **state)
{
	(void)state;
	assert_true(params_read_back(0, FLEET_KEEPS_ALL));
	assert_true(params_read_back(DURATION_MAX_MS, NOON));
	assert_true(params_read_back(1, UTC_MIN_MS - DURATION_MAX_MS));
	assert_false(params_read_back(DURATION_MAX_MS + 1, NOON));
	assert_false(params_read_back(-1, NOON));
	assert_false(params_read_back(1, UTC_MAX_MS + DAY_MS));
	assert_false(params_read_back(1, SEGMENT_BEFORE));
}

/* a bad shard in a file whose checksums are right: refused, and the place named */
static void crafted_file(void **state)
{
	const char *path = temp_path(&dir, "crafted");
	struct state_params params = {HOUR_MS, false, false, no_areas};
	struct code_out out = {0};
	struct container_out *file;
	struct diag diag = {""};

	(void)state;
	assert_int_equal(params_encode(&out, &params, FLEET_KEEPS_ALL, &diag), ST_OK);
	assert_int_equal(container_create(path, STATE_MAGIC, STATE_VERSION, &file, NULL), ST_OK);
	container_put(file, TAG_PARAMS, (struct span){out.bytes, out.len});
	container_put(file, TAG_CLOCK, SPAN("\0"));
	for (int s = 0; s < FLEET_SHARDS; s++)
		container_put(file, TAG_SHARD, s == 5 || s == 60 ? SPAN("\1\1\1\1") : SPAN("\0"));
	assert_int_equal(container_commit(file, NULL), ST_OK);
	for (int i = 0; i < 20; i++) {
		assert_int_equal(read_file(path, &diag), ST_FAILED);
		/* head 12, parameters 28 + 6 bytes of a gap, flags, no areas; clock and 5 shards */
		assert_int_equal(out.len, 6);
		assert_non_null(
		    strstr(diag.text, "damaged at byte 220 (an MMSI out of order): restore it"));
	}
	free(out.bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads_back),
	    cmocka_unit_test(any_order_any_threads),
	    cmocka_unit_test(merged_in_random_trees),
	    cmocka_unit_test(joined_again),
	    cmocka_unit_test(larger_gap),
	    cmocka_unit_test(forgotten_beginning),
	    cmocka_unit_test(without_tracks),
	    cmocka_unit_test(any_ids),
	    cmocka_unit_test(areas_read_back),
	    cmocka_unit_test(widest_margin),
	    cmocka_unit_test(watches_compared),
	    cmocka_unit_test(damaged_files),
	    cmocka_unit_test(other_files),
	    cmocka_unit_test(older_format),
	    cmocka_unit_test(crafted_shards),
	    cmocka_unit_test(not_saved),
	    cmocka_unit_test(crafted_identity),
	    cmocka_unit_test(crafted_clocks),
	    cmocka_unit_test(crafted_params),
	    cmocka_unit_test(crafted_file),
	};

	return cmocka_run_group_tests(tests, begin_all, end_all);
}

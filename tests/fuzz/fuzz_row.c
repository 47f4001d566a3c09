/*
 * A whole export, from its bytes to a fleet: header, rows, reports, folding. Every fix must be in
 * range, and every row must end as one of the outcomes.
 */
#include <math.h>

#include "ais/row.h"
#include "ais/statics.h"
#include "base/mem.h"
#include "base/utc.h"
#include "check.h"
#include "input/format.h"
#include "input/header.h"
#include "split_text.h"
#include "track/fleet.h"

struct reader {
	struct row_plan plan;
	struct row_cache cache;
	struct batch batch;
	struct fleet *fleet;
};

static void check_fix(const struct fix *fix)
{
	CHECK(fix->lat_deg >= -90 && fix->lat_deg <= 90);
	CHECK(fix->lon_deg >= -180 && fix->lon_deg < 180);
	CHECK(!signbit(fix->lat_deg) || fix->lat_deg < 0);
	CHECK(!signbit(fix->lon_deg) || fix->lon_deg < 0);
	CHECK(fix->sog_kn >= 0 && fix->sog_kn < 102.3F);
	CHECK(fix->cog_deg >= 0 && fix->cog_deg < 360);
	CHECK(fix->heading_deg <= 359);
	CHECK(fix->nav_status <= 14);
	CHECK(fix->second <= 63);
	CHECK(fix->ais_class <= CLASS_B && fix->source <= SOURCE_SATELLITE);
	CHECK(fix->known & KNOWN_SOG || fix->sog_kn == 0);
	CHECK(fix->known & KNOWN_COG || fix->cog_deg == 0);
	CHECK(fix->known & KNOWN_HEADING || !fix->heading_deg);
	CHECK(fix->known & KNOWN_NAV_STATUS || !fix->nav_status);
	CHECK(fix->known & KNOWN_SECOND || !fix->second);
}

static void check_statics(const struct statics *statics)
{
	for (int k = 0; k < STATIC_KINDS; k++) {
		char buf[STATIC_MAX];
		struct span value = statics_value((enum static_kind)k,
		                                  statics_field(statics, (enum static_kind)k), buf);

		CHECK(value.len <= STATIC_MAX);
	}
}

/* every way to read a row must read the same */
static void check_kernels(const struct reader *r, const struct row *row, enum row_outcome outcome,
                          const struct position_report *report)
{
	for (size_t i = 0; row_kernel_at(i); i++) {
		struct position_report other = {0};
		struct row_reading reading;
		struct row_cache cache = {0}; /* and the cache must not matter */

		CHECK(row_kernel_at(i)->run(&r->plan, row, &cache, &other, &reading) == outcome);
		if (outcome != ROW_USED)
			continue;
		other.fix.t_ms = report->fix.t_ms;
		CHECK(fix_cmp(&other.fix, &report->fix) == 0);
		CHECK(other.fix.known == report->fix.known && other.mmsi == report->mmsi);
		CHECK(span_eq(other.statics.name, report->statics.name));
	}
}

static void take_row(void *context, const struct row *row)
{
	struct reader *r = context;
	struct row_reading reading = {0};
	struct position_report *report = batch_room(&r->batch);
	enum row_outcome outcome;
	bool month;

	outcome = row_reader()(&r->plan, row, &r->cache, report, &reading);
	check_kernels(r, row, outcome, report);
	CHECK(outcome < ROW_OUTCOMES && row_outcome_info(outcome)->key);
	CHECK(row->fault == ROW_FINE || outcome == ROW_LONG || outcome == ROW_QUOTE);
	if (outcome != ROW_USED && outcome != ROW_STATIC)
		return;
	CHECK(report->has_position == (outcome == ROW_USED));
	CHECK(reading.when != WHEN_BAD);
	month = reading.when == WHEN_ONLY_MONTH_FIRST;
	report->fix.t_ms = reading.t_ms[month];
	/* milliseconds in a column of their own may lead past the last second there is */
	CHECK(report->fix.t_ms >= UTC_MIN_MS && report->fix.t_ms < UTC_MAX_MS + 1000);
	if (outcome == ROW_USED)
		check_fix(&report->fix);
	check_statics(&report->statics);
	/* at once, since the spans live no longer than the block */
	batch_add(&r->batch, r->fleet->params.zones);
	fleet_fold(r->fleet, &r->batch);
}

static void read_rows(const struct memory_file *file, const struct header *header,
                      const struct zones *zones)
{
	struct fleet_params params = {HOUR_MS, zones, true};
	struct reader reader = {.plan = {.map = header->map, .any_id = true},
	                        .fleet = fleet_new(&params)};
	struct rows rows = {0};

	reader.plan.when.order = header->map.order;
	row_plan_finish(&reader.plan);
	batch_init(&reader.batch);
	split_text(file, header->bytes, header->delimiter, 256, &rows, take_row, &reader);
	batch_finish(reader.fleet, &reader.batch);
	fleet_settle(reader.fleet);
	rows_free(&rows);
	fleet_free(reader.fleet);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct column_options *options;
	static struct memory_file file;
	static struct zones *zones;
	struct header header = {0};
	struct diag diag;
	size_t peek = size < FORMAT_HEAD ? size : FORMAT_HEAD;

	if (!options) {
		options = column_options_new();
		file = memory_file_new();
		zones = mem_new(1, sizeof *zones);
	}
	if (header_detect((struct span){(const char *)data, peek}, "input", options, &header,
	                  &diag) != ST_OK)
		return 0;
	memory_file_set(&file, (const char *)data, size);
	read_rows(&file, &header, zones);
	return 0;
}

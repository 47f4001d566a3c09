/*
 * Any lines as an NMEA log: every line that is not blank has one outcome, what is used is a report,
 * and no part of a message is lost from the counts.
 */
#include <math.h>
#include <string.h>

#include "ais/nmea.h"
#include "base/utc.h"
#include "check.h"

struct totals {
	uint64_t lines;
	uint64_t outcomes;
	uint64_t parts; /* that waited */
};

static bool is_blank(struct span line)
{
	return span_trim(line).len == 0;
}

static void check_text(struct span text, size_t most)
{
	CHECK(text.len <= most);
	for (size_t i = 0; i < text.len; i++)
		CHECK(text.ptr[i] >= ' ' && text.ptr[i] <= '_');
}

static void check_report(const struct position_report *report, enum row_outcome outcome)
{
	const struct fix *fix = &report->fix;

	check_text(report->statics.name, 20);
	check_text(report->statics.callsign, 7);
	check_text(report->statics.imo, 10);
	check_text(report->statics.type, 3);
	CHECK(outcome != ROW_USED || report->has_position);
	CHECK(outcome != ROW_STATIC || !report->has_position);
	if (!report->has_position)
		return;
	CHECK(fix->t_ms == 0);
	if (outcome == ROW_USED || outcome == ROW_NO_TIME) {
		CHECK(fabs(fix->lat_deg) <= 90 && fix->lon_deg >= -180 && fix->lon_deg < 180);
		CHECK(fix->sog_kn >= 0 && fix->cog_deg >= 0 && fix->cog_deg < 360);
		CHECK(fix->heading_deg <= 359 && fix->nav_status <= 14 && fix->second <= 63);
	}
}

static void check_reading(const struct row_reading *reading, enum row_outcome outcome)
{
	bool month = reading->when == WHEN_ONLY_MONTH_FIRST;

	CHECK((outcome != ROW_USED && outcome != ROW_STATIC) || reading->when != WHEN_BAD);
	CHECK(outcome != ROW_NO_TIME || reading->when == WHEN_BAD);
	if (reading->when == WHEN_BAD)
		return;
	CHECK(reading->t_ms[month] >= UTC_MIN_MS && reading->t_ms[month] < UTC_MAX_MS);
	CHECK(reading->when != WHEN_CERTAIN || reading->t_ms[0] == reading->t_ms[1]);
}

static void take_line(struct nmea *nmea, bool has_clock, struct span line, struct totals *totals)
{
	struct position_report report;
	struct row_reading reading;
	enum row_outcome outcome;
	uint64_t lone = nmea_lone_parts(nmea);

	totals->lines += !is_blank(line);
	if (!nmea_line(nmea, line, &outcome, &report, &reading))
		return;
	totals->outcomes++;
	totals->parts += outcome == ROW_PART;
	CHECK(outcome < ROW_OUTCOMES && row_outcome_info(outcome)->key);
	CHECK(!has_clock || !(reading.notes & NOTE_DERIVED_TIME));
	CHECK(outcome != ROW_PART || nmea_lone_parts(nmea) == lone + 1);
	CHECK(outcome == ROW_PART || nmea_lone_parts(nmea) <= lone);
	CHECK(nmea_lone_parts(nmea) <= totals->parts);
	/* a message completed takes its own parts out, and no others */
	CHECK(lone - nmea_lone_parts(nmea) <= 8 || outcome == ROW_PART);
	CHECK(reading.message >= 0 && reading.message <= 63);
	if (reading.message == 0)
		CHECK(outcome != ROW_USED && outcome != ROW_STATIC && outcome != ROW_NO_TIME);
	check_report(&report, outcome);
	check_reading(&reading, outcome);
}

/* the first byte chooses the options */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct when_style STYLE = {.order = WHEN_DAY_FIRST};
	struct nmea_options options = {.any_id = size && data[0] & 1};
	struct totals totals = {0};
	struct span rest = {(const char *)data, size};
	struct span line;
	struct nmea *nmea;

	if (size && data[0] & 2)
		options.when = &STYLE;
	options.has_clock = nmea_head_has_clock(rest, options.when);
	nmea_is_log(rest);
	nmea = nmea_new(&options);
	while (rest.len) {
		span_cut(rest, '\n', &line, &rest);
		take_line(nmea, options.has_clock, line, &totals);
		if (totals.lines % 7 == 0)
			nmea_forget(nmea);
	}
	CHECK(totals.lines == totals.outcomes);
	nmea_free(nmea);
	return 0;
}

/* Records of JSON: any bytes are read or refused, and what is read keeps the promises of a report.
 */
#include <math.h>

#include "ais/json_report.h"
#include "base/mem.h"
#include "base/utc.h"
#include "check.h"
#include "text/json_cut.h"

static void check_span(struct span s)
{
	volatile char last = 0;

	if (s.len)
		last = s.ptr[s.len - 1];
	(void)last;
}

static void check_report(enum row_outcome outcome, const struct position_report *report,
                         const struct row_reading *reading)
{
	const struct fix *fix = &report->fix;

	CHECK(outcome < ROW_OUTCOMES);
	if (outcome != ROW_USED && outcome != ROW_STATIC)
		return;
	CHECK(report->has_position == (outcome == ROW_USED));
	CHECK(reading->when != WHEN_BAD);
	if (reading->when == WHEN_CERTAIN)
		CHECK(reading->t_ms[0] == reading->t_ms[1]);
	check_span(report->statics.name);
	check_span(report->statics.callsign);
	check_span(report->statics.imo);
	check_span(report->statics.type);
	check_span(report->statics.whole);
	if (outcome != ROW_USED)
		return;
	CHECK(fix->lat_deg >= -90 && fix->lat_deg <= 90);
	CHECK(fix->lon_deg >= -180 && fix->lon_deg < 180);
	CHECK(fix->sog_kn >= 0 && fix->sog_kn < 102.3F);
	CHECK(fix->cog_deg >= 0 && fix->cog_deg < 360);
}

static void read_all(const struct json_reader_options *options, struct span text)
{
	struct json_reader *reader = json_reader_new(options);
	struct json_cut cut = {0};
	bool more = true;

	while (more) {
		struct json_record record;
		struct position_report report = {.mmsi = 0};
		struct row_reading reading = {.when = WHEN_BAD};
		size_t taken = json_cut_next(&cut, text.ptr, text.len, &more, &record);

		if (more)
			check_report(json_reader_read(
			                 reader, (struct span){text.ptr + record.start, record.len},
			                 &report, &reading),
			             &report, &reading);
		text.ptr += taken;
		text.len -= taken;
	}
	json_reader_free(reader);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct column_options *columns;
	struct json_reader_options options = {.any_id = size & 1};
	char found[FIELD_COUNT][48];
	struct column_map map;
	struct span context;
	struct diag diag = {""};
	char *copy = mem_new(size + 1, 1); /* so that reading past the end is seen */
	struct span text = {copy, size};
	enum status status;

	if (!columns)
		columns = column_options_new();
	options.columns = columns;
	memcpy(copy, data, size);
	status = json_detect(text, "input", &options, &map, found, &context, &diag);
	CHECK(status == ST_OK || status == ST_NO_FEED);
	CHECK((status == ST_OK) == (diag.text[0] == '\0'));
	options.context = context;
	read_all(&options, text);
	free(copy);
	return 0;
}

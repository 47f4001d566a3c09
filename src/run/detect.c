#include "aisgap/detect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/duration.h"
#include "base/mem.h"
#include "base/utc.h"
#include "report/columns.h"
#include "report/sink.h"
#include "report/writer.h"
#include "run/feed.h"
#include "run/filter.h"
#include "run/ingest.h"
#include "run/inputs.h"
#include "run/ledger.h"
#include "run/resolve.h"

/* everything that one run owns */
struct run {
	const struct aisgap_options *options;
	struct aisgap_ledger *ledger;
	struct areas *areas;
	struct zones *zones;
	struct inputs inputs;
	struct filter *filter;
	struct fleet *fleet;
	const struct writer *writer;
	unsigned char column_order[COLUMNS_MAX];
	size_t column_count;
	struct resolver *resolver;
	struct gaps gaps;
};

static const char *const DEFAULT_AREAS[] = {"vladivostok", "caspian"};

void aisgap_options_init(struct aisgap_options *options)
{
	*options = (struct aisgap_options){
	    .min_gap_ms = 6 * HOUR_MS,
	    .from_ms = AISGAP_NO_TIME,
	    .to_ms = AISGAP_NO_TIME,
	    .as_of_ms = AISGAP_NO_TIME,
	    .max_bad_pct = 5,
	};
}

static enum status prepare_areas(struct run *run, struct diag *diag)
{
	const struct aisgap_options *o = run->options;
	const char *const *specs = o->area_count ? o->areas : DEFAULT_AREAS;
	size_t count = o->area_count ? o->area_count : 2;
	enum status status = ST_OK;

	run->areas = areas_new();
	for (size_t i = 0; i < count && status == ST_OK; i++)
		status = areas_add(run->areas, specs[i], o->min_gap_ms, diag);
	if (status == ST_OK)
		run->zones = zones_new(run->areas);
	return status;
}

static enum status refuse_format(const char *format, struct diag *diag)
{
	char names[128] = "";
	size_t len = 0;

	for (size_t i = 0; writer_at(i) && len < sizeof names; i++)
		len += (size_t)snprintf(names + len, sizeof names - len, "%s%s", i ? ", " : "",
		                        writer_at(i)->name);
	return diag_set(diag, ST_USAGE, "--format: '%.60s' is none of %s", format, names);
}

/* by --format, else by the output's ending, else CSV */
static enum status choose_writer(struct run *run, struct diag *diag)
{
	const struct aisgap_options *o = run->options;
	const char *name = o->output ? strrchr(o->output, '/') : NULL;

	name = name ? name + 1 : o->output;
	if (o->format)
		run->writer = writer_find(o->format);
	else if (name && *name && strchr(name + 1, '.'))
		run->writer = writer_for_path(name);
	else
		run->writer = writer_find("csv");
	if (run->writer)
		return ST_OK;
	if (o->format)
		return refuse_format(o->format, diag);
	return diag_set(diag, ST_USAGE,
	                "--output: no format has the ending of '%.200s'; say which with --format",
	                o->output);
}

static enum status prepare_writer(struct run *run, struct diag *diag)
{
	const struct aisgap_options *o = run->options;
	enum status status = choose_writer(run, diag);

	if (status != ST_OK || !o->columns)
		return status;
	if (!run->writer->takes_columns)
		return diag_set(diag, ST_USAGE,
		                "--columns is for csv and table; %s always has all columns",
		                run->writer->name);
	return columns_parse(span_of(o->columns), run->column_order, &run->column_count, diag);
}

static bool time_given_right(int64_t t_ms)
{
	return t_ms == AISGAP_NO_TIME || (t_ms >= UTC_MIN_MS && t_ms < UTC_MAX_MS);
}

static enum status prepare(struct run *run, struct diag *diag)
{
	const struct aisgap_options *o = run->options;
	enum status status;

	if (o->min_gap_ms < 1000 || o->min_gap_ms > DURATION_MAX_MS)
		return diag_set(diag, ST_USAGE,
		                "the minimum gap must lie between one second and 10,000 days");
	if (!time_given_right(o->from_ms) || !time_given_right(o->to_ms) ||
	    !time_given_right(o->as_of_ms))
		return diag_set(diag, ST_USAGE, "times must lie between the years 1990 and 2100");
	status = prepare_areas(run, diag);
	if (status == ST_OK)
		status = inputs_prepare(&run->inputs, o, diag);
	if (status == ST_OK)
		status = prepare_writer(run, diag);
	if (status == ST_OK)
		status = filter_new(o, &run->filter, diag);
	if (status == ST_OK) {
		struct fleet_params params = {o->min_gap_ms, run->zones, o->everywhere};

		run->fleet = fleet_new(&params);
	}
	return status;
}

static unsigned processors(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : n > 64 ? 64 : (unsigned)n;
}

static enum status read_inputs(struct run *run, struct diag *diag)
{
	const struct aisgap_options *o = run->options;
	const struct inputs *inputs = &run->inputs;
	struct ingest_options ingest_options = {
	    .intake = inputs->intake,
	    .threads = o->threads ? o->threads : processors(),
	    .progress = o->progress,
	    .progress_context = o->progress_context,
	};
	struct ingest ingest = {
	    .options = &ingest_options, .fleet = run->fleet, .ledger = run->ledger};
	enum status status = ST_OK;

	if (o->progress)
		ingest.bytes_total = inputs_bytes(inputs);
	run->ledger->threads = ingest_options.threads;
	for (size_t i = 0; i < inputs->count && status == ST_OK; i++)
		status = ingest_input(&ingest, inputs->paths[i], diag);
	if (status == ST_OK)
		status = ingest_finish(&ingest, diag);
	ingest_free(&ingest);
	if (o->progress_done)
		o->progress_done(o->progress_context);
	return status;
}

static bool keep_gap(void *context, const struct gap *gap)
{
	struct run *run = context;

	return filter_window(run->filter, gap, run->ledger->as_of_ms) &&
	       filter_vessel(run->filter, run->fleet, gap) &&
	       (run->options->everywhere || resolve_areas(run->resolver, gap).len > 0);
}

static void find_gaps(struct run *run)
{
	const struct aisgap_options *o = run->options;
	struct aisgap_ledger *ledger = run->ledger;
	struct gaps_query query = {.min_gap_ms = o->min_gap_ms, .keep = keep_gap, .context = run};

	fleet_settle(run->fleet);
	ledger->judged = true;
	query.as_of_given = o->as_of_ms != AISGAP_NO_TIME;
	ledger->heard = fleet_feed_time(run->fleet, &ledger->as_of_ms);
	if (query.as_of_given)
		ledger->as_of_ms = o->as_of_ms;
	query.as_of_ms = ledger->as_of_ms;
	run->resolver = mem_new(1, sizeof *run->resolver);
	run->resolver->fleet = run->fleet;
	run->resolver->areas = run->areas;
	run->resolver->zones = run->zones;
	run->resolver->coast = coast_new();
	run->resolver->ports = ports_new();
	run->resolver->as_of_ms = ledger->as_of_ms;
	gaps_find(run->fleet, &query, &run->gaps);
	ledger->vessels = fleet_vessel_count(run->fleet);
	if (!query.as_of_given)
		ledger->vessels_after = gaps_vessels_after(run->fleet, ledger->as_of_ms);
	ledger->gaps = run->gaps.count;
	for (size_t i = 0; i < run->gaps.count; i++)
		ledger->open += run->gaps.at[i].open;
}

/* "no gaps" is only good news where gaps could have been found */
static void warn_blind(struct run *run)
{
	const struct aisgap_options *o = run->options;
	struct aisgap_ledger *ledger = run->ledger;
	int64_t first_ms;
	int64_t last_ms;

	if (!fleet_span(run->fleet, &first_ms, &last_ms))
		return;
	if (!o->everywhere && !fleet_in_zones(run->fleet))
		ledger_warn(ledger, "no report lies in or near a watched area: see --area and "
		                    "--everywhere");
	if (last_ms - first_ms <= o->min_gap_ms)
		ledger_warn(ledger, "all reports lie within the minimum gap of each other: no gap "
		                    "can show");
	if (ledger->as_of_ms < first_ms)
		ledger_warn(ledger, "--as-of is before the first report");
	if ((o->from_ms != AISGAP_NO_TIME && o->from_ms > last_ms &&
	     o->from_ms > ledger->as_of_ms) ||
	    (o->to_ms != AISGAP_NO_TIME && o->to_ms <= first_ms))
		ledger_warn(ledger, "the window of --from and --to holds no report");
}

static void write_rows(struct run *run, struct sink *sink)
{
	const struct aisgap_options *o = run->options;
	static const char *const BY[] = {"overlap", "off", "on"};
	const char *names[AREAS_MAX];
	struct report_head head = {.as_of_ms = run->ledger->as_of_ms,
	                           .min_gap_ms = o->min_gap_ms,
	                           .areas = names,
	                           .area_count = areas_count(run->areas),
	                           .everywhere = o->everywhere,
	                           .from_ms = o->from_ms,
	                           .to_ms = o->to_ms,
	                           .by = BY[o->by],
	                           .filters = {o->mmsi, o->imo, o->flag, o->type, o->ais_class}};
	struct writer_options options = {run->column_count ? run->column_order : NULL,
	                                 run->column_count, o->table_width, o->table_color};
	struct record record;
	void *state;

	for (size_t i = 0; i < head.area_count; i++)
		names[i] = areas_name(run->areas, i);
	state = run->writer->begin(sink, &head, &options);
	for (size_t i = 0; i < run->gaps.count; i++) {
		resolve_record(run->resolver, &run->gaps.at[i], &record);
		run->writer->row(state, sink, &record);
	}
	run->writer->end(state, sink);
}

static enum status write_report(struct run *run, struct diag *diag)
{
	struct sink *sink;
	enum status status = sink_open(run->options->output, &sink, diag);

	if (status != ST_OK)
		return status;
	if (run->gaps.count || !run->options->if_any)
		write_rows(run, sink);
	return sink_close(sink, &run->ledger->reader_gone, diag);
}

static enum status run_all(struct run *run, struct diag *diag)
{
	enum status status = prepare(run, diag);

	if (status == ST_OK)
		status = read_inputs(run, diag);
	if (status == ST_OK)
		status = feed_check(run->ledger, run->options->max_bad_pct, &FEED_DETECT, diag);
	if (status != ST_OK)
		return status;
	find_gaps(run);
	warn_blind(run);
	return write_report(run, diag);
}

static void free_run(struct run *run)
{
	if (run->resolver) {
		coast_free(run->resolver->coast);
		ports_free(run->resolver->ports);
	}
	free(run->resolver);
	gaps_free(&run->gaps);
	fleet_free(run->fleet);
	filter_free(run->filter);
	inputs_free(&run->inputs);
	free(run->zones);
	areas_free(run->areas);
}

enum aisgap_status aisgap_detect(const struct aisgap_options *options,
                                 struct aisgap_ledger **ledger, char message[512])
{
	struct diag diag = {""};
	struct run run = {.options = options};
	enum status status;

	run.ledger = ledger_new();
	status = run_all(&run, &diag);
	ledger_conclude(run.ledger, status, &diag);
	free_run(&run);
	*ledger = run.ledger;
	span_copy(span_of(run.ledger->message), message, 512);
	return (enum aisgap_status)run.ledger->result;
}

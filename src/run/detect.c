#include "aisgap/detect.h"

#include <stdlib.h>
#include <string.h>

#include "base/utc.h"
#include "run/delivery.h"
#include "run/feed.h"
#include "run/ingest.h"
#include "run/inputs.h"
#include "run/options.h"

/* everything that one run owns */
struct run {
	const struct aisgap_options *options;
	struct aisgap_ledger *ledger;
	struct saved saved;
	struct watch watch;
	struct inputs inputs;
	struct output output;
	struct delivery delivery;
	struct view *view;
	struct fleet *fleet;
};

void aisgap_options_init(struct aisgap_options *options)
{
	*options = (struct aisgap_options){
	    .from_ms = AISGAP_NO_TIME,
	    .to_ms = AISGAP_NO_TIME,
	    .as_of_ms = AISGAP_NO_TIME,
	    .max_bad_pct = 5,
	};
}

/* what can be told before anything is read */
static enum status prepare_options(struct run *run, struct diag *diag)
{
	const struct aisgap_options *o = run->options;
	enum status status = options_check(o, diag);

	if (status == ST_OK)
		status = inputs_prepare(&run->inputs, o, diag);
	if (status == ST_OK)
		status = output_prepare(&run->output, o, diag);
	if (status == ST_OK)
		status = view_new(o, &run->view, diag);
	return status;
}

/* the state and what is watched, then an empty fleet for it; the state is joined in */
static enum status prepare_fleet(struct run *run, struct diag *diag)
{
	const struct aisgap_options *o = run->options;
	struct fleet_params params;
	enum status status = ST_OK;

	if (o->state)
		status = saved_take(&run->saved, o->state, o->wait, diag);
	if (status == ST_OK)
		status = watch_prepare(&run->watch, o, saved_params(&run->saved), run->saved.path,
		                       true, diag);
	if (status == ST_OK)
		status = delivery_prepare(&run->delivery, &run->output, &run->saved, false, diag);
	if (status != ST_OK)
		return status;
	params = (struct fleet_params){run->watch.params.gap_ms, run->watch.zones,
	                               run->watch.params.everywhere};
	run->fleet = fleet_new(&params);
	view_bind(run->view, &run->watch, run->fleet);
	return saved_load(&run->saved, run->fleet, options_threads(o), diag);
}

static enum status read_inputs(struct run *run, struct diag *diag)
{
	const struct aisgap_options *o = run->options;
	const struct inputs *inputs = &run->inputs;
	struct ingest_options ingest_options = {
	    .intake = inputs->intake,
	    .threads = options_threads(o),
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

/* the state holds what was read before anything is said of it */
static enum status save(struct run *run, struct diag *diag)
{
	const struct aisgap_options *o = run->options;
	bool as_of_given = o->as_of_ms != AISGAP_NO_TIME;
	enum status status = saved_forget(&run->saved, run->fleet, o->keep_ms,
	                                  as_of_given ? &o->as_of_ms : NULL, diag);

	if (status == ST_OK)
		status = saved_store(&run->saved, &run->watch.params, run->fleet,
		                     options_threads(o), diag);
	run->ledger->horizon_ms = run->fleet->horizon_ms;
	return status;
}

static void judge(struct run *run)
{
	const struct aisgap_options *o = run->options;
	int64_t as_of_ms = 0;

	run->ledger->heard = fleet_feed_time(run->fleet, &as_of_ms);
	if (o->as_of_ms != AISGAP_NO_TIME)
		as_of_ms = o->as_of_ms;
	view_judge(run->view, as_of_ms, o->as_of_ms != AISGAP_NO_TIME, run->ledger);
	view_warn_blind(run->view, run->ledger);
}

static enum status run_all(struct run *run, struct diag *diag)
{
	enum status status = prepare_options(run, diag);

	if (status == ST_OK)
		status = prepare_fleet(run, diag);
	if (status == ST_OK)
		status = read_inputs(run, diag);
	if (status == ST_OK)
		status = feed_check(run->ledger, run->options->max_bad_pct, &FEED_DETECT, diag);
	if (status != ST_OK)
		return status;
	fleet_settle(run->fleet);
	if (run->saved.path)
		status = save(run, diag);
	if (status != ST_OK)
		return status;
	judge(run);
	return delivery_run(&run->delivery, run->view, run->ledger, diag);
}

static void free_run(struct run *run)
{
	view_free(run->view);
	delivery_free(&run->delivery);
	fleet_free(run->fleet);
	inputs_free(&run->inputs);
	watch_free(&run->watch);
	saved_free(&run->saved);
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

/* Reports from a saved state. */
#include "aisgap/state.h"
#include "run/delivery.h"
#include "run/options.h"

/* everything that one report owns */
struct run {
	const struct aisgap_options *options;
	struct aisgap_ledger *ledger;
	struct saved saved;
	struct saved none; /* nothing is kept: a report changes no state */
	struct watch watch;
	struct output output;
	struct delivery delivery;
	struct view *view;
	struct fleet *fleet;
};

static enum status prepare(struct run *run, struct diag *diag)
{
	const struct aisgap_options *o = run->options;
	enum status status = options_check(o, diag);

	if (status == ST_OK && o->changes)
		status = diag_set(diag, ST_USAGE,
		                  "--changes is for detect: a report has no run before it");
	if (status == ST_OK)
		status = output_prepare(&run->output, o, diag);
	if (status == ST_OK)
		status = view_new(o, &run->view, diag);
	if (status == ST_OK)
		status = saved_read(&run->saved, o->state, diag);
	if (status == ST_OK)
		status = watch_prepare(&run->watch, o, saved_params(&run->saved), run->saved.path,
		                       false, diag);
	if (status == ST_OK)
		status = delivery_prepare(&run->delivery, &run->output, &run->none, false, diag);
	return status;
}

static enum status load(struct run *run, struct diag *diag)
{
	struct fleet_params params = {run->watch.params.gap_ms, run->watch.zones,
	                              run->watch.params.everywhere};

	run->fleet = fleet_new(&params);
	view_bind(run->view, &run->watch, run->fleet);
	return saved_load(&run->saved, run->fleet, options_threads(run->options), diag);
}

static enum status run_all(struct run *run, struct diag *diag)
{
	const struct aisgap_options *o = run->options;
	bool as_of_given = o->as_of_ms != AISGAP_NO_TIME;
	int64_t as_of_ms = 0;
	enum status status = prepare(run, diag);

	if (status == ST_OK)
		status = load(run, diag);
	if (status != ST_OK)
		return status;
	run->ledger->heard = fleet_feed_time(run->fleet, &as_of_ms);
	run->ledger->horizon_ms = run->fleet->horizon_ms;
	view_judge(run->view, as_of_given ? o->as_of_ms : as_of_ms, as_of_given, run->ledger);
	view_warn_blind(run->view, run->ledger);
	return delivery_run(&run->delivery, run->view, run->ledger, diag);
}

static void free_run(struct run *run)
{
	view_free(run->view);
	delivery_free(&run->delivery);
	fleet_free(run->fleet);
	watch_free(&run->watch);
	saved_free(&run->saved);
}

enum aisgap_status aisgap_report(const struct aisgap_options *options,
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

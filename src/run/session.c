#include "run/session.h"

#include "run/options.h"

void session_init(struct session *s, enum session_kind kind, const struct aisgap_options *options)
{
	*s = (struct session){.kind = kind, .options = *options, .ledger = ledger_new()};
}

/* whether what --changes compares with is known; a session that follows remembers it itself */
static enum status check_changes(const struct session *s, struct diag *diag)
{
	if (!s->options.changes || s->kind == SESSION_FOLLOW)
		return ST_OK;
	if (s->kind == SESSION_REPORT)
		return diag_set(diag, ST_USAGE,
		                "--changes is for detect: a report has no run before it");
	if (s->options.state)
		return ST_OK;
	return diag_set(diag, ST_USAGE,
	                "--changes tells what changed since the last run; name with --state the "
	                "file that remembers it");
}

enum status session_prepare(struct session *s, struct diag *diag)
{
	enum status status = options_check(&s->options, diag);

	if (status == ST_OK)
		status = check_changes(s, diag);
	if (status == ST_OK && s->kind != SESSION_REPORT)
		status = inputs_prepare(&s->inputs, &s->options, diag);
	if (status == ST_OK)
		status = output_prepare(&s->output, &s->options, diag);
	if (status == ST_OK)
		status = view_new(&s->options, &s->view, diag);
	return status;
}

static enum status open_state(struct session *s, struct diag *diag)
{
	if (s->kind == SESSION_REPORT)
		return saved_read(&s->saved, s->options.state, diag);
	if (s->options.state)
		return saved_take(&s->saved, s->options.state, s->options.wait, diag);
	return ST_OK;
}

/* what was delivered of a state that is no longer there would all be taken back */
static enum status check_told(const struct session *s, struct diag *diag)
{
	if (!s->delivery.told_before || saved_params(&s->saved))
		return ST_OK;
	return diag_set(
	    diag, ST_FAILED,
	    "%.300s tells of a state that is gone; remove it, too, to begin anew (every "
	    "gap is then delivered once more), or bring the state back",
	    s->delivery.sent_path);
}

/* where the options are silent, the state's hold */
static void go_on(struct session *s)
{
	s->options.everywhere = s->options.everywhere || s->watch.params.everywhere;
	s->options.any_id = s->watch.params.any_id;
	s->inputs.intake.layout.any_id = s->watch.params.any_id;
}

enum status session_begin(struct session *s, struct diag *diag)
{
	bool report = s->kind == SESSION_REPORT;
	struct fleet_params params;
	enum status status = open_state(s, diag);

	if (status == ST_OK)
		status = watch_prepare(&s->watch, &s->options, saved_params(&s->saved),
		                       s->saved.path, !report, diag);
	if (status == ST_OK)
		status = delivery_prepare(&s->delivery, &s->output, report ? NULL : s->saved.path,
		                          s->kind == SESSION_FOLLOW, diag);
	if (status == ST_OK)
		status = check_told(s, diag);
	if (status != ST_OK)
		return status;
	go_on(s);
	params = (struct fleet_params){s->watch.params.gap_ms, s->watch.zones,
	                               s->watch.params.everywhere};
	s->fleet = fleet_new(&params);
	view_bind(s->view, &s->watch, s->fleet);
	s->ledger->threads = options_threads(&s->options);
	return saved_load(&s->saved, s->fleet, options_threads(&s->options), diag);
}

const int64_t *session_as_of(const struct session *s)
{
	return s->options.as_of_ms != AISGAP_NO_TIME ? &s->options.as_of_ms : NULL;
}

void session_judge(struct session *s)
{
	const int64_t *given = session_as_of(s);
	int64_t as_of_ms = 0;

	s->ledger->heard = fleet_feed_time(s->fleet, &as_of_ms);
	s->ledger->horizon_ms = s->fleet->horizon_ms;
	view_judge(s->view, given ? *given : as_of_ms, given != NULL, s->ledger);
	view_warn_blind(s->view, s->ledger);
	/* of a state that is only read, it was said when it was made */
	if (s->kind == SESSION_DETECT)
		view_warn_hole(s->view, s->saved.has_feed ? s->saved.feed_ms : INT64_MIN,
		               s->ledger);
}

enum aisgap_status session_end(struct session *s, enum status status, const struct diag *diag,
                               struct aisgap_ledger **ledger, char message[512])
{
	struct aisgap_ledger *ended = s->ledger;

	ledger_conclude(ended, status, diag);
	span_copy(span_of(ended->message), message, 512);
	*ledger = ended;
	view_free(s->view);
	delivery_free(&s->delivery);
	fleet_free(s->fleet);
	inputs_free(&s->inputs);
	watch_free(&s->watch);
	saved_free(&s->saved);
	return (enum aisgap_status)ended->result;
}

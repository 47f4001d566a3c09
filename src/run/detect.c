#include "aisgap/detect.h"

#include "run/feed.h"
#include "run/ingest.h"
#include "run/options.h"
#include "run/session.h"

void aisgap_options_init(struct aisgap_options *options)
{
	*options = (struct aisgap_options){
	    .from_ms = AISGAP_NO_TIME,
	    .to_ms = AISGAP_NO_TIME,
	    .as_of_ms = AISGAP_NO_TIME,
	    .max_bad_pct = 5,
	};
}

static enum status read_inputs(struct session *s, struct diag *diag)
{
	const struct aisgap_options *o = &s->options;
	struct ingest_options ingest_options = {
	    .intake = s->inputs.intake,
	    .threads = options_threads(o),
	    .progress = o->progress,
	    .progress_context = o->progress_context,
	};
	struct ingest ingest = {.options = &ingest_options, .fleet = s->fleet, .ledger = s->ledger};
	enum status status = ST_OK;

	if (o->progress)
		ingest.bytes_total = inputs_bytes(&s->inputs);
	s->ledger->threads = ingest_options.threads;
	for (size_t i = 0; i < s->inputs.count && status == ST_OK; i++)
		status = ingest_input(&ingest, s->inputs.paths[i], diag);
	if (status == ST_OK)
		status = ingest_finish(&ingest, diag);
	ingest_free(&ingest);
	if (o->progress_done)
		o->progress_done(o->progress_context);
	return status;
}

/* the state holds what was read before anything is said of it */
static enum status save(struct session *s, struct diag *diag)
{
	enum status status =
	    saved_forget(&s->saved, s->fleet, s->options.keep_ms, session_as_of(s), diag);

	return status != ST_OK ? status
	                       : saved_store(&s->saved, &s->watch.params, s->fleet,
	                                     options_threads(&s->options), diag);
}

static enum status run_all(struct session *s, struct diag *diag)
{
	enum status status = session_prepare(s, diag);

	if (status == ST_OK)
		status = session_begin(s, diag);
	if (status == ST_OK)
		status = read_inputs(s, diag);
	if (status == ST_OK)
		status = feed_check(s->ledger, s->options.max_bad_pct, &FEED_DETECT, diag);
	if (status != ST_OK)
		return status;
	fleet_settle(s->fleet);
	if (s->saved.path)
		status = save(s, diag);
	if (status != ST_OK)
		return status;
	session_judge(s);
	return delivery_run(&s->delivery, s->view, s->ledger, diag);
}

enum aisgap_status aisgap_detect(const struct aisgap_options *options,
                                 struct aisgap_ledger **ledger, char message[512])
{
	struct diag diag = {""};
	struct session session;
	enum status status;

	session_init(&session, SESSION_DETECT, options);
	status = run_all(&session, &diag);
	return session_end(&session, status, &diag, ledger, message);
}

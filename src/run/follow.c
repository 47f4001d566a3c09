/*
 * An endless feed: whenever its clock has passed a minute, what a batch run would do at that moment
 * is done: forget, judge, compare. The state holds what is told before it is told.
 */
#include "aisgap/follow.h"

#include <stdlib.h>

#include "base/elapsed.h"
#include "run/feed.h"
#include "run/options.h"
#include "run/outlet.h"
#include "run/session.h"
#include "run/stream.h"

enum { CHECKPOINT_S = 60 };

struct following {
	struct session session;
	struct outlet outlet;
	const struct aisgap_follow_hooks *hooks;
	struct feed_watch watch;
	double saved_s;     /* when the state was saved last */
	bool unsaved;       /* a minute passed since */
	bool has_state;     /* there is one to tell what was delivered of it */
	enum status status; /* of a save between two reads */
	struct diag diag;
};

static enum status check(const struct aisgap_options *o, struct diag *diag)
{
	if (o->as_of_ms != AISGAP_NO_TIME)
		return diag_set(diag, ST_USAGE,
		                "--follow judges by the feed's own clock; leave --as-of out");
	if (o->input_count > 1)
		return diag_set(diag, ST_USAGE, "--follow reads one stream; %zu are named",
		                o->input_count);
	return ST_OK;
}

static enum status prepare(struct following *f, struct diag *diag)
{
	struct session *s = &f->session;
	enum status status = check(&s->options, diag);

	s->options.changes = true;
	if (status == ST_OK)
		status = session_prepare(s, diag);
	if (status == ST_OK)
		status = session_begin(s, diag);
	if (status == ST_OK)
		status = outlet_open(&f->outlet, &s->delivery, s->view, s->ledger, diag);
	return status;
}

static void warn(const struct following *f, const char *text)
{
	if (f->hooks->warn)
		f->hooks->warn(f->hooks->context, text);
}

static bool told_to_stop(const struct following *f)
{
	return f->hooks->stop && f->hooks->stop(f->hooks->context);
}

static bool stop(void *context)
{
	const struct following *f = context;

	return f->status != ST_OK || !outlet_takes(&f->outlet) || told_to_stop(f);
}

static enum status save(struct following *f, struct diag *diag)
{
	struct session *s = &f->session;
	enum status status = ST_OK;

	if (s->saved.path && f->unsaved) {
		fleet_settle(s->fleet);
		status = saved_store(&s->saved, &s->watch.params, s->fleet,
		                     options_threads(&s->options), diag);
		f->has_state = f->has_state || status == ST_OK;
	}
	f->saved_s = elapsed_s();
	f->unsaved = f->unsaved && status != ST_OK;
	return status;
}

/* the changes at hand; those that cannot be written stay due */
static enum status tell(struct following *f, struct diag *diag)
{
	struct delivery *d = &f->session.delivery;
	enum status status = save(f, diag);

	if (status != ST_OK || !outlet_write(&f->outlet))
		return status;
	f->session.ledger->rows += d->delta.changes.count;
	status = delivery_queue(d, f->session.view, diag);
	if (status == ST_OK && d->sent_path)
		status = delta_keep(&d->delta, d->sent_path, diag);
	if (status == ST_OK)
		delta_advance(&d->delta);
	return status;
}

static enum status pass(void *context, int64_t feed_ms, struct diag *diag)
{
	struct following *f = context;
	struct session *s = &f->session;
	struct diag why;
	enum status status;

	fleet_settle(s->fleet);
	status = saved_forget(&s->saved, s->fleet, s->options.keep_ms, NULL, diag);
	/* clocks that are not believed must not get into the state */
	f->unsaved = status == ST_OK;
	if (status != ST_OK)
		return status;
	s->ledger->heard = true;
	s->ledger->horizon_ms = s->fleet->horizon_ms;
	view_judge(s->view, feed_ms, false, s->ledger);
	delta_find(&s->delivery.delta, s->view, s->ledger);
	if (s->delivery.delta.changes.count)
		status = tell(f, diag);
	/* posts would hold up who wants to stop; what is due is kept */
	if (status == ST_OK && !told_to_stop(f) && !outlet_post(&f->outlet, &why))
		warn(f, why.text);
	if (status == ST_OK && elapsed_s() - f->saved_s >= CHECKPOINT_S)
		status = save(f, diag);
	return status;
}

/* now and then, between two reads and while nothing comes */
static void idle(void *context)
{
	struct following *f = context;
	struct session *s = &f->session;
	struct diag why;

	if (s->ledger->input_count && !feed_watch(&f->watch, &s->ledger->inputs[0],
	                                          s->options.max_bad_pct, elapsed_s(), &why))
		warn(f, why.text);
	if (!told_to_stop(f) && !outlet_post(&f->outlet, &why))
		warn(f, why.text);
	if (f->status == ST_OK && elapsed_s() - f->saved_s >= CHECKPOINT_S)
		f->status = save(f, &f->diag);
}

static enum status follow(struct following *f, struct diag *diag)
{
	struct session *s = &f->session;
	struct stream stream = {
	    .layout = &s->inputs.intake.layout,
	    .fleet = s->fleet,
	    .ledger = s->ledger,
	    .live = {.stop = stop, .idle = idle, .context = f},
	    .pass = pass,
	    .context = f,
	};
	enum status status = stream_run(&stream, s->inputs.paths[0], diag);

	if (status == ST_OK && f->status != ST_OK)
		status = diag_set(diag, f->status, "%s", f->diag.text);
	/* one that was stopped may have heard nothing yet */
	if (status == ST_OK && !stop(f))
		status = feed_check(s->ledger, s->options.max_bad_pct, &FEED_DETECT, diag);
	return status;
}

/* the first failure is the one that is told */
static void add_status(enum status *first, struct diag *diag, enum status status,
                       const struct diag *why)
{
	if (*first == ST_OK && status != ST_OK)
		*first = diag_set(diag, status, "%s", why->text);
}

/* what was read is kept and what was told is ended, however the run went */
static enum status finish(struct following *f, enum status status, struct diag *diag)
{
	struct delivery *d = &f->session.delivery;
	struct diag why = {""};

	add_status(&status, diag, save(f, &why), &why);
	if (f->has_state)
		add_status(&status, diag, sent_write(d->sent_path, &d->delta.before, &why), &why);
	add_status(&status, diag, outlet_close(&f->outlet, &why), &why);
	if (d->post && !(told_to_stop(f) && d->due_path))
		add_status(&status, diag, delivery_post(d, f->session.ledger, &why), &why);
	return status;
}

static enum status run_all(struct following *f, struct diag *diag)
{
	enum status status = prepare(f, diag);

	if (status != ST_OK)
		return status;
	f->saved_s = elapsed_s();
	f->has_state = f->session.saved.loaded;
	f->session.ledger->threads = 1;
	status = follow(f, diag);
	return finish(f, status, diag);
}

enum aisgap_status aisgap_follow(const struct aisgap_options *options,
                                 const struct aisgap_follow_hooks *hooks,
                                 struct aisgap_ledger **ledger, char message[512])
{
	struct following f = {.hooks = hooks};
	struct diag diag = {""};
	enum status status;

	session_init(&f.session, SESSION_FOLLOW, options);
	status = run_all(&f, &diag);
	return session_end(&f.session, status, &diag, ledger, message);
}

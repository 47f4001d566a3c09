/* Reports from a saved state. */
#include "aisgap/state.h"
#include "run/session.h"

static enum status run_all(struct session *s, struct diag *diag)
{
	enum status status = session_prepare(s, diag);

	if (status == ST_OK)
		status = session_begin(s, diag);
	if (status != ST_OK)
		return status;
	session_judge(s);
	return delivery_run(&s->delivery, s->view, s->ledger, diag);
}

enum aisgap_status aisgap_report(const struct aisgap_options *options,
                                 struct aisgap_ledger **ledger, char message[512])
{
	struct diag diag = {""};
	struct session session;
	enum status status;

	session_init(&session, SESSION_REPORT, options);
	status = run_all(&session, &diag);
	return session_end(&session, status, &diag, ledger, message);
}

/*
 * What the commands that report have in common: the options, the state that they go on with, what
 * is watched, the fleet, the view of it and where that goes.
 */
#ifndef RUN_SESSION_H
#define RUN_SESSION_H

#include "aisgap/detect.h"
#include "run/delivery.h"
#include "run/inputs.h"
#include "run/ledger.h"
#include "run/output.h"
#include "run/saved.h"
#include "run/view.h"
#include "run/watch.h"

enum session_kind {
	SESSION_DETECT, /* inputs are joined into the state, if there is one */
	SESSION_FOLLOW, /* likewise, and posts do not hold the input up */
	SESSION_REPORT, /* the state is only read */
};

struct session {
	enum session_kind kind;
	struct aisgap_options options; /* those that hold: what they leave open is the state's */
	struct aisgap_ledger *ledger;
	struct inputs inputs;
	struct output output;
	struct saved saved;
	struct watch watch;
	struct delivery delivery;
	struct fleet *fleet;
	struct view *view;
};

/* begins the ledger; strings of the options are borrowed until session_end; the session stays where
 * it is */
void session_init(struct session *session, enum session_kind kind,
                  const struct aisgap_options *options);
/* what can be told from the options alone; ST_USAGE with a message */
enum status session_prepare(struct session *session, struct diag *diag);
/* takes and loads the state; afterwards the fleet can be folded into, or judged */
enum status session_begin(struct session *session, struct diag *diag);
/* --as-of, or the fleet's feed time, which is settled */
void session_judge(struct session *session);
/* the time given with --as-of; NULL without */
const int64_t *session_as_of(const struct session *session);
/* concludes the ledger, hands it over and frees all else; `diag` is what status came with */
enum aisgap_status session_end(struct session *session, enum status status, const struct diag *diag,
                               struct aisgap_ledger **ledger, char message[512]);

#endif

/*
 * Dates such as 03/04/2021 can be read day first or month first. Rows that are only valid one way
 * vote. Each text decides for itself; one that holds no vote follows the texts with the same
 * columns, when those agree.
 */
#ifndef RUN_DATES_H
#define RUN_DATES_H

#include <stdbool.h>

#include "ais/when.h"
#include "base/status.h"
#include "run/ledger.h"

/* true when the text has rows whose dates are open */
bool dates_open(const struct tally *tally);
/*
 * The order that a text's own rows decide for; unknown when none of them votes. ST_USAGE, naming
 * the input, when too many contradict the rest.
 */
enum status dates_own(const struct input_entry *entry, enum when_order *order, struct diag *diag);
/*
 * Once all texts are read: decides for every text with open dates and tells its entry, whose
 * `order` then says it. ST_USAGE when one holds no vote, and no text with the same columns does or
 * those that do disagree.
 */
enum status dates_decide(struct aisgap_ledger *ledger, struct diag *diag);

#endif

/*
 * Dates such as 03/04/2021 can be read day first or month first. Rows that are only valid one way
 * vote; the vote of the rows that share their columns decides for all of them.
 */
#ifndef RUN_DATES_H
#define RUN_DATES_H

#include <stdbool.h>
#include <stdint.h>

#include "ais/when.h"
#include "base/status.h"
#include "run/ledger.h"

struct date_votes {
	uint64_t only_day_first;
	uint64_t only_month_first;
	uint64_t either;
};

/* adds the rows of one input */
void dates_add(struct date_votes *votes, const struct tally *tally);
/*
 * The order that the rows decide for; WHEN_ORDER_UNKNOWN when no date was open. ST_USAGE, naming
 * the input and its column, when rows are open and none decides, or too many contradict the rest.
 */
enum status dates_decide(const struct date_votes *votes, const struct input_entry *entry,
                         enum when_order *order, struct diag *diag);
/* tells the input's entry how its dates were read: rows of the other order were not used */
void dates_settle(struct input_entry *entry, enum when_order order);

#endif

/*
 * Rows that wait until the dates of their inputs are decided, kept in a temporary file in their
 * order: the times that each may have, of which text of the ledger they are, and the rest of its
 * text.
 */
#ifndef RUN_SPOOL_H
#define RUN_SPOOL_H

#include <stddef.h>
#include <stdint.h>

#include "ais/row.h"
#include "base/span.h"
#include "base/status.h"
#include "run/ledger.h"

struct spool;

/* ST_FAILED when the system gives no temporary file */
enum status spool_open(struct spool **spool, struct diag *diag);
/* NULL is closed already */
void spool_close(struct spool *spool);
/* keeps one row; `rest` holds no NUL and ends in its only line feed; failures show in spool_read */
void spool_add(struct spool *spool, size_t entry, const struct row_reading *reading,
               struct span rest);
/*
 * Gives the rows back in order, each with its time read as its text was decided (INT64_MIN: none);
 * rows whose date does not exist so are left out. ST_FAILED when anything could not be kept or
 * read.
 */
enum status spool_read(struct spool *spool, const struct aisgap_ledger *ledger,
                       void (*row)(void *context, int64_t t_ms, struct span rest), void *context,
                       struct diag *diag);

#endif

/*
 * Rows whose dates are still open, kept in a temporary file until the input's other rows have
 * decided: the times that each may have, and the rest of its text.
 */
#ifndef RUN_SPOOL_H
#define RUN_SPOOL_H

#include <stdbool.h>
#include <stdint.h>

#include "ais/row.h"
#include "base/span.h"
#include "base/status.h"

struct spool;

/* ST_FAILED when the system gives no temporary file */
enum status spool_open(struct spool **spool, struct diag *diag);
/* NULL is closed already */
void spool_close(struct spool *spool);
/* keeps one row; `rest` holds no NUL and ends in its only line feed; failures show in spool_read */
void spool_add(struct spool *spool, const struct row_reading *reading, struct span rest);
/*
 * Gives the rows back in order, each with its time read in that order of day and month; rows whose
 * date does not exist so are left out. ST_FAILED when anything could not be kept or read.
 */
enum status spool_read(struct spool *spool, enum when_order order,
                       void (*row)(void *context, int64_t t_ms, struct span rest), void *context,
                       struct diag *diag);

#endif

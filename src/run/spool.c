#include "run/spool.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct spool {
	FILE *file;
};

/* what stands before each row's text */
struct mark {
	int64_t t_ms[2];
	size_t entry;
	enum when_result when;
};

static enum status fail(const char *what, struct diag *diag)
{
	return diag_set(diag, ST_FAILED,
	                "a temporary file for rows whose dates are not decided yet: %s: %s; "
	                "--time-format day-first or month-first needs none",
	                what, strerror(errno));
}

enum status spool_open(struct spool **spool, struct diag *diag)
{
	FILE *file = tmpfile();

	*spool = NULL;
	if (!file)
		return fail("cannot be made", diag);
	*spool = mem_new(1, sizeof **spool);
	(*spool)->file = file;
	return ST_OK;
}

void spool_close(struct spool *spool)
{
	if (!spool)
		return;
	fclose(spool->file);
	free(spool);
}

void spool_add(struct spool *spool, size_t entry, const struct row_reading *reading,
               struct span rest)
{
	struct mark mark = {
	    .t_ms = {reading->t_ms[0], reading->t_ms[1]}, .entry = entry, .when = reading->when};

	fwrite(&mark, sizeof mark, 1, spool->file);
	fwrite(rest.ptr, 1, rest.len, spool->file);
}

/* true when the row's date exists as its text was decided */
static bool pick(const struct mark *mark, enum when_order order, int64_t *t_ms)
{
	bool month = order == WHEN_MONTH_FIRST;

	*t_ms = mark->when == WHEN_BAD ? INT64_MIN : mark->t_ms[month];
	return mark->when != (month ? WHEN_ONLY_DAY_FIRST : WHEN_ONLY_MONTH_FIRST);
}

enum status spool_read(struct spool *spool, const struct aisgap_ledger *ledger,
                       void (*row)(void *context, int64_t t_ms, struct span rest), void *context,
                       struct diag *diag)
{
	struct mark mark;
	char *line = NULL;
	size_t cap = 0;

	if (fflush(spool->file) != 0 || ferror(spool->file))
		return fail("cannot be written", diag);
	rewind(spool->file);
	while (fread(&mark, sizeof mark, 1, spool->file) == 1) {
		ssize_t len = getline(&line, &cap, spool->file);
		int64_t t_ms;

		if (len > 0 && pick(&mark, ledger->inputs[mark.entry].order, &t_ms))
			row(context, t_ms, (struct span){line, (size_t)len});
	}
	free(line);
	return ferror(spool->file) ? fail("cannot be read", diag) : ST_OK;
}

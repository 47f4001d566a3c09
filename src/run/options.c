#include "run/options.h"

#include <string.h>
#include <unistd.h>

#include "base/duration.h"
#include "base/utc.h"

/* evidence of a gap is read up to three days around it, and feed time from hours beside each other
 */
static const int64_t KEEP_LEAST_MS = 2 * DAY_MS;

enum { THREADS_MAX = 64 };

/* the share of all silences that are switch-offs, where nothing is known of them */
static const double PRIOR = 0.1;

static bool time_given_right(int64_t t_ms)
{
	return t_ms == AISGAP_NO_TIME || (t_ms >= UTC_MIN_MS && t_ms < UTC_MAX_MS);
}

enum status options_check(const struct aisgap_options *o, struct diag *diag)
{
	if (!time_given_right(o->from_ms) || !time_given_right(o->to_ms) ||
	    !time_given_right(o->as_of_ms))
		return diag_set(diag, ST_USAGE, "times must lie between the years 1990 and 2100");
	if (o->keep_ms && (o->keep_ms < KEEP_LEAST_MS || o->keep_ms > DURATION_MAX_MS))
		return diag_set(diag, ST_USAGE, "--keep must lie between 2 and 10,000 days");
	if (o->state && strcmp(o->state, "-") == 0)
		return diag_set(diag, ST_USAGE, "a state is a file, not standard input or output");
	if (o->prior != 0 && !(o->prior > 0 && o->prior < 1))
		return diag_set(diag, ST_USAGE, "--prior must lie between 0 and 1");
	if (!o->state && o->keep_ms)
		return diag_set(diag, ST_USAGE, "--keep is for a state; name one with --state");
	return ST_OK;
}

unsigned options_threads(const struct aisgap_options *o)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	if (o->threads)
		return o->threads;
	return n < 1 ? 1 : n > THREADS_MAX ? THREADS_MAX : (unsigned)n;
}

double options_prior(const struct aisgap_options *o)
{
	return o->prior != 0 ? o->prior : PRIOR;
}

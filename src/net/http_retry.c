#include "net/http_retry.h"

#include <errno.h>
#include <inttypes.h>
#include <time.h>

void http_retry_status(int status, struct diag *why)
{
	const char *name = http_status_name(status);

	diag_set(why, ST_FAILED, "%d%s%s", status, *name ? " " : "", name);
}

static int64_t wall_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* RFC 9110 section 10.2.3 */
bool http_retry_busy(const struct http_answer *answer, int64_t *wait_s, struct diag *why)
{
	struct diag status;

	http_retry_status(answer->status, why);
	*wait_s = http_answer_wait(answer, wall_ms());
	if (*wait_s <= HTTP_WAIT_MAX_S)
		return true;
	status = *why;
	diag_set(why, ST_FAILED,
	         "%.60s, and it is to be asked again only after %" PRId64
	         " s (Retry-After); at most %d s are waited",
	         status.text, *wait_s, (int)HTTP_WAIT_MAX_S);
	return false;
}

void http_retry_pause(int64_t pause_ms, int64_t wait_s)
{
	struct timespec left;

	if (wait_s != HTTP_NO_WAIT && pause_ms < wait_s * 1000)
		pause_ms = wait_s * 1000;
	left = (struct timespec){.tv_sec = (time_t)(pause_ms / 1000),
	                         .tv_nsec = (long)(pause_ms % 1000) * 1000000};
	while (nanosleep(&left, &left) < 0 && errno == EINTR)
		;
}

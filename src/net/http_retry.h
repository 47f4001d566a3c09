/* Trying again: what an answer says about it, and the pause before it. For http.c, http_post.c. */
#ifndef NET_HTTP_RETRY_H
#define NET_HTTP_RETRY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "net/http_answer.h"

enum { HTTP_WAIT_MAX_S = 120 /* of Retry-After */ };

/* why = "404 Not Found"; the message is without a name */
void http_retry_status(int status, struct diag *why);
/*
 * Takes an answer after which another request may help. *wait_s: seconds by its Retry-After, or
 * HTTP_NO_WAIT; false when these are more than are waited. The message is without a name.
 */
bool http_retry_busy(const struct http_answer *answer, int64_t *wait_s, struct diag *why);
/* waits pause_ms >= 0, or wait_s where that is longer; signals do not shorten it */
void http_retry_pause(int64_t pause_ms, int64_t wait_s);

#endif

/*
 * HTTP by libcurl: bodies posted to one URL, each at least once. Messages name the URL only by its
 * public name, and nothing of the headers is ever part of one.
 *
 * A body goes to the URL that the user named and nowhere else: a redirect is a failure. The head of
 * the answer decides, whatever becomes of the answer's body. When the connection ends before the
 * head is whole, it is not known whether the body arrived; it is sent again with the same
 * Idempotency-Key (draft-ietf-httpapi-idempotency-key-header), by which the server can tell.
 */
#ifndef NET_HTTP_POST_H
#define NET_HTTP_POST_H

#include "base/span.h"
#include "base/status.h"

struct http_post_options {
	const char *header_file; /* NULL: none; see net/http_headers.h */
	/*
	 * the same lines from the environment, in messages AISGAP_POST_HEADERS; empty: none. The
	 * file's go before those of the same name here.
	 */
	struct span header_text;
	unsigned tries;    /* in all; 0: 5 */
	unsigned pause_ms; /* before the second, doubled each time; 0: 500 ms */
	/*
	 * how long to wait while nothing of the body can be sent, and for the answer's head after
	 * the last of it; 0: 120 s
	 */
	unsigned answer_s;
};

/* one URL and its headers, which are read once */
struct http_post;

/*
 * ST_USAGE for a URL or header lines that cannot be read, or with a Content-Type, Content-Encoding
 * or Idempotency-Key of their own. Nothing is sent. `options` is not kept.
 */
enum status http_post_open(const char *url, const struct http_post_options *options,
                           struct http_post **post, struct diag *diag);
/*
 * Sends the body and waits for the answer. ST_OK for every 2xx, else ST_FAILED. 408, 425, 429, 5xx
 * and broken connections are tried again (after Retry-After, when that is at most 120 s); other
 * answers are not. The key: at most 64 characters of printable ASCII without quote and backslash.
 */
enum status http_post_send(struct http_post *post, const char *content_type,
                           const char *idempotency_key, struct span body, struct diag *diag);
/* frees NULL safely */
void http_post_close(struct http_post *post);

#endif

/*
 * HTTP by libcurl: a body read as a stream, resumed where the connection breaks; nothing is ever
 * silently missing or doubled. Messages name a URL only by its public name.
 */
#ifndef NET_HTTP_H
#define NET_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct http;

struct http_options {
	const char *header_file; /* NULL: none; see net/http_headers.h */
	uint64_t max_bytes;      /* of the body as it is sent, before any unpacking; 0: no limit */
	unsigned stall_s;        /* below 1 byte/s for so long is a broken connection; 0: 60 s */
	unsigned pause_ms;       /* before the first new try; doubled for each further; 0: 500 ms */
};

/* text that begins with http: or https:, in any case */
bool http_is_url(const char *text);
/*
 * The URL for messages and ledgers: without user, password, query and fragment, all but printable
 * ASCII escaped; "?..." stands for a query. Where it cannot be told which part is a password,
 * nothing but the scheme is left. Freed by the caller.
 */
char *http_public_name(const char *url);
/*
 * Starts the transfer and waits for the answer's head; redirects are followed, what may pass is
 * tried again. ST_USAGE for a URL or header file that cannot be read, else ST_FAILED; the message
 * begins with the public name or with the header file's. `options` is not kept.
 */
enum status http_open(const char *url, const struct http_options *options, struct http **http,
                      struct diag *diag);
/*
 * Waits for at least one byte; *got == 0 only at the body's end. What was read before ST_FAILED is
 * the body's true beginning; every later call fails alike. The bytes are as they were sent: a body
 * with Content-Encoding gzip or zstd is still packed. len > 0.
 */
enum status http_read(struct http *http, char *buf, size_t len, size_t *got, struct diag *diag);
/* bytes of the whole body; 0 when not known */
uint64_t http_size(const struct http *http);
/* the answer's ETag as it was sent, with quotes; "" when none */
const char *http_etag(const struct http *http);
/* frees NULL safely; may wait for a name server's answer that is under way */
void http_close(struct http *http);

#endif

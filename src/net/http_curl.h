/*
 * All that is known of libcurl: URLs as it reads them, and one request with its answer as a stream.
 * Nobody else takes a URL apart: two readers that disagree about where the host ends are how
 * credentials come to the wrong server.
 */
#ifndef NET_HTTP_CURL_H
#define NET_HTTP_CURL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "net/http_answer.h"

enum web_scheme { WEB_HTTP, WEB_HTTPS, WEB_OTHER };

/* all zero is no URL */
struct web_url {
	enum web_scheme scheme;
	char *text;     /* without user and password */
	char *origin;   /* "https://host:443", lower case */
	char *user;     /* NULL: none */
	char *password; /* NULL: none */
};

/* false, and *url is no URL, for what libcurl cannot read */
bool web_url_parse(const char *text, struct web_url *url);
void web_url_free(struct web_url *url);
/*
 * NULL when a redirect may lead from the one to the other, else why not: no other scheme, no way
 * out of TLS
 */
const char *web_redirect_wrong(enum web_scheme from, enum web_scheme to);

struct transfer_request {
	const struct web_url *url;
	const char *user; /* NULL: those of .netrc, if any */
	const char *password;
	const char *const *headers; /* "Name: value", "Name:" where the value is empty */
	size_t header_count;
	uint64_t from;        /* first byte wanted; needs if_range */
	const char *if_range; /* NULL: the whole body */
	unsigned stall_s;     /* below 1 byte/s for so long is a time-out; 0: never */
	bool post;            /* POST of `body`, else GET */
	struct span body;     /* borrowed until the next start, or until the transfer is freed */
	/*
	 * a time-out when for so long no more of the body could be sent, and when the answer's
	 * head is not whole so long after the last of it was; 0: never
	 */
	unsigned answer_s;
};

enum transfer_end {
	TRANSFER_WHOLE,  /* as the framing says; a body of unknown length may be cut short */
	TRANSFER_BROKEN, /* may be better another time */
	TRANSFER_REFUSED /* would be no better */
};

struct transfer;

/* NULL when libcurl cannot start */
struct transfer *transfer_new(void);
/* frees NULL safely */
void transfer_free(struct transfer *transfer);
/* starts a request; the one before is dropped, whatever its state. Of `request` only the body is
 * kept. */
void transfer_start(struct transfer *transfer, const struct transfer_request *request);
/* waits for the answer's head; false when there is none (transfer_end tells why) */
bool transfer_head(struct transfer *transfer, struct http_answer *answer);
/* the answer has a Location */
bool transfer_moved(const struct transfer *transfer);
/* what the answer's Location, which there is, stands for; false, and *next is no URL, when nothing
 */
bool transfer_redirect(const struct transfer *transfer, struct web_url *next);
/*
 * Waits for at least one byte of the body; 0 when it ended. Content-Length is not regarded: a body
 * that is not chunked goes on until the server closes the connection, which it is asked to.
 */
size_t transfer_read(struct transfer *transfer, char *buf, size_t len);
/* waits at most wait_ms for a further byte; true when there is one (it stays to be read) */
bool transfer_more(struct transfer *transfer, unsigned wait_ms);
/*
 * Throws the answer's body away: `max` bytes of it, or what comes within wait_ms. What is not sent
 * yet of the request's body goes on being sent for as long as the server takes it.
 */
void transfer_discard(struct transfer *transfer, uint64_t max, unsigned wait_ms);
/* how it ended; once transfer_head was false or transfer_read gave 0 */
enum transfer_end transfer_end(const struct transfer *transfer);
/* why, in a few words, static, without any of the URL */
const char *transfer_why(const struct transfer *transfer);

#endif

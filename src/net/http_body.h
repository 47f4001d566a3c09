/*
 * The body that is being put together from one answer or several, so that no byte is missing or
 * doubled: where the reader is, where the answer at hand is, and whether both are of one body.
 */
#ifndef NET_HTTP_BODY_H
#define NET_HTTP_BODY_H

#include "base/status.h"
#include "net/http_answer.h"
#include "net/http_hash.h"

enum http_step {
	STEP_BODY,  /* there is a body to read, or it is at its end */
	STEP_MOVED, /* the answer sends us elsewhere */
	STEP_AGAIN, /* another request may help; the diag tells what happened */
	STEP_FAIL,  /* none would; likewise */
};

struct http_body {
	uint64_t max_bytes; /* 0: no limit */

	/* what the reader has: the bytes before `delivered`, and their hash */
	uint64_t delivered;
	struct http_hash hash;

	/* the whole body, by all answers so far: what is known of it once stays so */
	struct http_answer known; /* validators only */
	uint64_t total;           /* HTTP_UNKNOWN when unknown */

	/* the last answer that began it */
	struct http_answer answer;
	bool proven;   /* its beginning is what the reader has: its parts will fit */
	bool no_range; /* its parts cannot be had */

	/* the answer at hand: the place in the body of its next byte, and of its end */
	uint64_t at;
	uint64_t end;           /* HTTP_UNKNOWN when unknown */
	struct http_hash again; /* of what is passed over, while at < delivered */

	bool ended;
};

/* nothing read, nothing known */
void http_body_start(struct http_body *body, uint64_t max_bytes);
/* what If-Range may send with "Range: bytes=DELIVERED-"; NULL when the whole must be asked for */
const char *http_body_validator(const struct http_body *body);
/* takes a 200, 206 or 416 answer; `ranged`: a Range was asked for. Messages are without a name. */
enum http_step http_body_answer(struct http_body *body, const struct http_answer *answer,
                                bool ranged, struct diag *why);
/* how many of the next bytes to read at once, at most len */
size_t http_body_want(const struct http_body *body, size_t len);
/*
 * Takes n <= http_body_want() bytes that came; *got of them, from the first, are new to the reader
 * and now his.
 */
enum http_step http_body_bytes(struct http_body *body, const char *buf, size_t n, size_t *got,
                               struct diag *why);
/* the answer's end, as its length or framing tells it, is reached */
enum http_step http_body_end(struct http_body *body, struct diag *why);

#endif

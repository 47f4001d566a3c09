/* The head of an HTTP answer: what of it decides about the body (RFC 9110). */
#ifndef NET_HTTP_ANSWER_H
#define NET_HTTP_ANSWER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

enum { HTTP_FIELD_SIZE = 256 };

#define HTTP_UNKNOWN UINT64_MAX
/* no answer says when to come back */
#define HTTP_NO_WAIT INT64_C(-1)

enum http_coding { HTTP_PLAIN, HTTP_GZIP, HTTP_ZSTD, HTTP_CODING_OTHER };

/* Content-Range: bytes first-last/total, or bytes * /total (without the blank) */
struct http_range {
	bool whole_known; /* total is given */
	bool unsatisfied; /* only a total: there is no such part */
	uint64_t first;
	uint64_t last; /* first <= last < total */
	uint64_t total;
};

struct http_answer {
	int status;
	uint64_t length; /* of the body by Content-Length; HTTP_UNKNOWN without, or when chunked */
	bool chunked;    /* Content-Length means nothing then */
	bool has_length; /* there is a Content-Length, whatever it says */
	/* why the body's bounds cannot be relied on, static; NULL when they can */
	const char *wrong;
	bool has_range;
	struct http_range range;
	enum http_coding coding;
	char etag[HTTP_FIELD_SIZE];     /* with its quotes and W/; "" when none */
	char modified[HTTP_FIELD_SIZE]; /* Last-Modified as it was sent; "" when no date */
	bool has_modified, has_date, has_retry_date;
	int64_t modified_ms, date_ms, retry_ms;
	int64_t retry_s; /* Retry-After in seconds; HTTP_NO_WAIT when none */
};

/* an answer of which nothing is known yet */
void http_answer_start(struct http_answer *answer);
/* takes in one field line without its end; a field that does not matter or is not well formed is
 * passed over */
void http_answer_field(struct http_answer *answer, struct span line);
/*
 * What If-Range may send: the ETag when it is strong, else Last-Modified where it is strong (RFC
 * 9110 section 8.8.2.2: Date is at least a second later), else NULL. Borrowed.
 */
const char *http_answer_validator(const struct http_answer *answer);
/*
 * Both have an ETag, strong or weak, or both have a Last-Modified, and these differ: whatever the
 * server says, the answers are not of the same bytes.
 */
bool http_answer_differs(const struct http_answer *a, const struct http_answer *b);
/* adds to `known` the validators of `answer` that it does not have yet */
void http_answer_learn(struct http_answer *known, const struct http_answer *answer);
/* seconds to wait by Retry-After, >= 0, or HTTP_NO_WAIT; now_ms stands in for a missing Date */
int64_t http_answer_wait(const struct http_answer *answer, int64_t now_ms);

/* the whole span as the value of Content-Range; false for any unit but bytes and what is not well
 * formed */
bool http_range_parse(struct span text, struct http_range *range);
/* "Not Found"; "" for a status that has no name here */
const char *http_status_name(int status);

#endif

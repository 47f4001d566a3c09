/* The head of an HTTP answer as its lines come, one after the other; the 1xx heads before it too.
 */
#ifndef NET_HTTP_HEAD_H
#define NET_HTTP_HEAD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"
#include "net/http_answer.h"

/* of all heads of one answer, 1xx and trailers too */
enum { HTTP_HEAD_MAX = 128 * 1024 };

struct http_head {
	struct http_answer answer;
	char *location; /* where it sends us; NULL: nowhere. Owned. */
	size_t bytes;
	bool done;     /* all of it is there */
	bool too_long; /* more than HTTP_HEAD_MAX bytes came */
};

/* a head of which nothing came yet; frees nothing */
void http_head_start(struct http_head *head);
/*
 * Takes one line with its end, or one of a chunked body's trailers, which mean nothing to us.
 * `status` is that of the head at hand (its first line was the last to bear one). False: too long.
 */
bool http_head_line(struct http_head *head, struct span line, int status);
void http_head_free(struct http_head *head);

#endif

/*
 * The file of headers that the user wants sent, API keys above all: lines "Name: value", blank
 * lines and lines that begin with #; LF or CRLF. Nothing of it is ever part of a message.
 */
#ifndef NET_HTTP_HEADERS_H
#define NET_HTTP_HEADERS_H

#include <stddef.h>

#include "base/mem.h"
#include "base/span.h"
#include "base/status.h"

enum {
	HTTP_HEADERS_MAX = 100,
	HTTP_HEADER_LINE_MAX = 8 * 1024,
	HTTP_HEADER_FILE_MAX = 64 * 1024,
};

/* all zero is none */
struct http_headers {
	struct arena arena;
	const char *lines[HTTP_HEADERS_MAX]; /* "Name: value"; "Name:" where the value is empty */
	size_t count;
};

/*
 * Reads the file; it may be a pipe, which can be read only once. ST_USAGE with path:line and what
 * was expected when it cannot be read, holds a bad line or no header at all; headers are then none.
 */
enum status http_headers_read(const char *path, struct http_headers *headers, struct diag *diag);
/* the same of a text; path is for messages */
enum status http_headers_parse(struct span text, const char *path, struct http_headers *headers,
                               struct diag *diag);
void http_headers_free(struct http_headers *headers);

#endif

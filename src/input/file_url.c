#include "input/file_url.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/span.h"

enum { SCHEME_LEN = 5 };

bool file_url_is(const char *text)
{
	struct span all = span_of(text);

	return all.len >= SCHEME_LEN &&
	       span_eq_nocase((struct span){text, SCHEME_LEN}, SPAN("file:"));
}

/* `after` is what stands in the message between the URL's first `len` bytes and the reason */
static enum status refuse(struct diag *diag, const char *url, size_t len, const char *after,
                          const char *why)
{
	return diag_set(diag, ST_USAGE, "%.*s%s: %s", (int)(len < 200 ? len : 200), url, after,
	                why);
}

/* passes over the host, which may be none, empty or localhost (RFC 8089 section 2) */
static enum status skip_host(const char *url, const char **rest, struct diag *diag)
{
	const char *host = url + SCHEME_LEN;
	size_t len;

	*rest = host;
	if (!span_starts(span_of(host), SPAN("//")))
		return ST_OK;
	host += 2;
	len = strcspn(host, "/?#");
	*rest = host + len;
	if (!len || span_eq_nocase((struct span){host, len}, SPAN("localhost")))
		return ST_OK;
	/* a colon or an @ may part a user from his password */
	len = (size_t)(host - url) + strcspn(host, ":@/?#");
	return refuse(diag, url, len, "...",
	              "a host other than localhost, whose files cannot be read; file:///PATH was "
	              "expected");
}

/* the value of a hex digit, 16 for anything else */
static unsigned hex(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	if (c >= 'a' && c <= 'f')
		return (unsigned)(c - 'a') + 10;
	return c >= 'A' && c <= 'F' ? (unsigned)(c - 'A') + 10 : 16;
}

/* what is wrong with the first character of the path's rest; NULL when nothing is */
static const char *wrong_here(const char *at)
{
	switch (*at) {
	case '?':
		return "a ? was found here, and no file has a query; in a path it is written %3F";
	case '#':
		return "a # was found here, and a file is read whole; in a path it is written %23";
	case '%':
		if (hex(at[1]) > 15 || hex(at[2]) > 15)
			return "two hex digits were expected here; in a path a % is written %25";
		if (at[1] == '0' && at[2] == '0')
			return "%00 was found here, which no path can hold";
		return NULL;
	default:
		return NULL;
	}
}

/* decodes up to the end or the first fault, which *wrong tells; returns where that is */
static const char *decode(const char *at, char *out, const char **wrong)
{
	for (*wrong = NULL; *at && !(*wrong = wrong_here(at)); at++) {
		if (*at == '%') {
			*out++ = (char)(hex(at[1]) << 4 | hex(at[2]));
			at += 2;
		} else {
			*out++ = *at;
		}
	}
	return at;
}

enum status file_url_path(const char *url, char **path, struct diag *diag)
{
	const char *wrong;
	const char *at;
	enum status status = skip_host(url, &at, diag);

	*path = NULL;
	if (status != ST_OK)
		return status;
	if (*at != '/')
		return refuse(diag, url, (size_t)(at - url), *at ? "..." : "",
		              "no path that begins with /; file:///PATH was expected");
	*path = mem_new(strlen(at) + 1, 1);
	at = decode(at, *path, &wrong);
	if (!wrong)
		return ST_OK;
	free(*path);
	*path = NULL;
	return refuse(diag, url, (size_t)(at - url), "...", wrong);
}

#include "net/http_headers.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <unistd.h>

/*
 * What decides how a message is framed, packed or cut belongs to this program: a Range of the
 * user's would make a part look like the whole.
 */
static const char *const OURS[] = {
    "accept-encoding",
    "connection",
    "content-length",
    "expect",
    "if-match",
    "if-none-match",
    "if-modified-since",
    "if-range",
    "keep-alive",
    "range",
    "te",
    "if-unmodified-since",
    "trailer",
    "upgrade",
    "transfer-encoding",
};

static bool is_ours(struct span name)
{
	for (size_t i = 0; i < sizeof OURS / sizeof *OURS; i++) {
		if (span_eq_nocase(name, span_of(OURS[i])))
			return true;
	}
	return false;
}

/* RFC 9110 section 5.6.2 */
static bool is_token(struct span s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

		if (!letter && !(c >= '0' && c <= '9') &&
		    (c == '\0' || !strchr("!#$%&'*+-.^_`|~", c)))
			return false;
	}
	return s.len > 0;
}

/* RFC 9110 section 5.5: visible characters, blanks, tabs and bytes above ASCII */
static bool is_value(struct span s)
{
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];

		if ((c < 0x20 && c != '\t') || c == 0x7f)
			return false;
	}
	return true;
}

static const char *add_line(struct http_headers *headers, struct span line)
{
	struct span name;
	struct span value;
	char *out;

	if (line.len > HTTP_HEADER_LINE_MAX)
		return "a line longer than 8 KiB";
	if (!line.len || line.ptr[0] == '#' || !span_trim(line).len)
		return NULL;
	if (!span_cut(line, ':', &name, &value))
		return "no colon; \"Name: value\" was expected";
	if (!is_token(name))
		return "no header name before the colon; letters, digits and hyphens were expected";
	value = span_trim(value);
	if (!is_value(value))
		return "a control character in the value";
	if (is_ours(name))
		return "a header that only this program may set (Range, Accept-Encoding, "
		       "Connection ...)";
	if (headers->count == HTTP_HEADERS_MAX)
		return "more than 100 headers";
	out = arena_new(&headers->arena, name.len + value.len + 3);
	memcpy(out, name.ptr, name.len);
	out[name.len] = ':';
	if (value.len) {
		out[name.len + 1] = ' ';
		memcpy(out + name.len + 2, value.ptr, value.len);
	}
	headers->lines[headers->count++] = out;
	return NULL;
}

static struct span without_cr(struct span line)
{
	if (line.len && line.ptr[line.len - 1] == '\r')
		line.len--;
	return line;
}

enum status http_headers_parse(struct span text, const char *path, struct http_headers *headers,
                               struct diag *diag)
{
	bool more = true;

	*headers = (struct http_headers){.count = 0};
	if (span_starts(text, SPAN("\xEF\xBB\xBF")))
		text = (struct span){text.ptr + 3, text.len - 3};
	for (unsigned number = 1; more; number++) {
		struct span line;
		const char *wrong;

		more = span_cut(text, '\n', &line, &text);
		wrong = add_line(headers, without_cr(line));
		if (wrong) {
			http_headers_free(headers);
			return diag_set(diag, ST_USAGE, "%.200s:%u: %s", path, number, wrong);
		}
	}
	if (!headers->count)
		return diag_set(diag, ST_USAGE,
		                "%.200s: no header in it; lines \"Name: value\" were expected",
		                path);
	return ST_OK;
}

/* reads until size bytes or the end; false, with errno, when reading fails */
static bool read_up_to(int fd, char *buf, size_t size, size_t *len)
{
	for (*len = 0; *len < size;) {
		ssize_t n = read(fd, buf + *len, size - *len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		if (n == 0)
			break;
		*len += (size_t)n;
	}
	return true;
}

enum status http_headers_read(const char *path, struct http_headers *headers, struct diag *diag)
{
	struct arena scratch = {NULL, 0};
	char *buf = arena_new(&scratch, HTTP_HEADER_FILE_MAX + 1);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char text[128];
	enum status status;
	size_t len = 0;

	*headers = (struct http_headers){.count = 0};
	if (fd < 0 || !read_up_to(fd, buf, HTTP_HEADER_FILE_MAX + 1, &len))
		status = diag_set(diag, ST_USAGE, "%.200s: %s", path,
		                  strerror_r(errno, text, sizeof text));
	else if (len > HTTP_HEADER_FILE_MAX)
		status = diag_set(diag, ST_USAGE, "%.200s: longer than 64 KiB", path);
	else
		status = http_headers_parse((struct span){buf, len}, path, headers, diag);
	if (fd >= 0)
		close(fd);
	arena_free(&scratch);
	return status;
}

void http_headers_free(struct http_headers *headers)
{
	arena_free(&headers->arena);
	headers->count = 0;
}

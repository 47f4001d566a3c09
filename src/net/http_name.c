/* What a URL is called in public. */
#include "net/http.h"

#include "base/mem.h"
#include "base/span.h"

static const struct span SCHEMES[] = {
    {"http:", 5},
    {"https:", 6},
};

/* "http:" or "https:" as it is written in front of the text; empty when it is neither */
static struct span scheme_of(struct span text)
{
	for (size_t i = 0; i < sizeof SCHEMES / sizeof *SCHEMES; i++) {
		struct span head = {text.ptr, SCHEMES[i].len};

		if (text.len >= head.len && span_eq_nocase(head, SCHEMES[i]))
			return head;
	}
	return (struct span){text.ptr, 0};
}

bool http_is_url(const char *text)
{
	return scheme_of(span_of(text)).len > 0;
}

static struct span from(struct span s, size_t at)
{
	return (struct span){s.ptr + at, s.len - at};
}

static size_t find_any(struct span s, const char *set)
{
	size_t i = 0;

	while (i < s.len && (s.ptr[i] == '\0' || !strchr(set, s.ptr[i])))
		i++;
	return i;
}

static bool is_digits(struct span s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return false;
	}
	return true;
}

/*
 * Whether a host and port can be nothing else. In "http://user:pass/word@host/" and the like, whose
 * writer forgot to escape the password, what stands before the slash is no host.
 */
static bool is_plain_host(struct span host, struct span rest)
{
	size_t colon;

	if (!host.len)
		return false;
	if (host.ptr[0] == '[') {
		size_t end = find_any(host, "]");

		return end < host.len && find_any(host, "@\\") == host.len &&
		       (end + 1 == host.len ||
		        (host.ptr[end + 1] == ':' && is_digits(from(host, end + 2))));
	}
	colon = find_any(host, ":");
	if (colon == host.len)
		return find_any(host, "@\\") == host.len;
	return is_digits(from(host, colon + 1)) && find_any(rest, "@") == rest.len;
}

static size_t put(char *out, size_t at, struct span s)
{
	static const char hex[] = "0123456789ABCDEF";

	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];

		if (c > 0x20 && c < 0x7f) {
			out[at++] = (char)c;
			continue;
		}
		out[at++] = '%';
		out[at++] = hex[c >> 4];
		out[at++] = hex[c & 15];
	}
	return at;
}

char *http_public_name(const char *url)
{
	struct span text = span_of(url);
	struct span scheme = scheme_of(text);
	struct span rest = from(text, scheme.len);
	struct span host = {rest.ptr, 0};
	char *name = mem_new(text.len * 3 + sizeof "//...?...", 1);
	bool slashes = rest.len >= 2 && rest.ptr[0] == '/' && rest.ptr[1] == '/';
	size_t at = put(name, 0, scheme);
	size_t cut;

	if (slashes) {
		at = put(name, at, SPAN("//"));
		rest = from(rest, 2);
		host = (struct span){rest.ptr, find_any(rest, "/?#")};
		rest = from(rest, host.len);
		for (cut = find_any(host, "@"); cut < host.len; cut = find_any(host, "@"))
			host = from(host, cut + 1);
	}
	if (!is_plain_host(host, rest)) {
		put(name, at, SPAN("..."));
		return name;
	}
	cut = find_any(rest, "?#");
	at = put(name, at, host);
	at = put(name, at, (struct span){rest.ptr, cut});
	if (cut < rest.len && rest.ptr[cut] == '?')
		put(name, at, SPAN("?..."));
	return name;
}

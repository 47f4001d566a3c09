#include "base/span.h"

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

int span_cmp(struct span a, struct span b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int order = n ? memcmp(a.ptr, b.ptr, n) : 0;

	if (order)
		return order;
	return (a.len > b.len) - (a.len < b.len);
}

bool span_eq_nocase(struct span a, struct span b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++) {
		if (lower(a.ptr[i]) != lower(b.ptr[i]))
			return false;
	}
	return true;
}

bool span_starts(struct span s, struct span prefix)
{
	return s.len >= prefix.len && span_eq((struct span){s.ptr, prefix.len}, prefix);
}

struct span span_trim(struct span s)
{
	while (s.len && blank(s.ptr[0])) {
		s.ptr++;
		s.len--;
	}
	while (s.len && blank(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

bool span_cut(struct span s, char sep, struct span *head, struct span *tail)
{
	const char *at = s.len ? memchr(s.ptr, sep, s.len) : NULL;

	if (!at) {
		*head = s;
		*tail = (struct span){NULL, 0};
		return false;
	}
	*head = (struct span){s.ptr, (size_t)(at - s.ptr)};
	*tail = (struct span){at + 1, s.len - head->len - 1};
	return true;
}

bool span_copy(struct span s, char *buf, size_t size)
{
	size_t n = s.len < size - 1 ? s.len : size - 1;

	if (n)
		memcpy(buf, s.ptr, n);
	buf[n] = '\0';
	return n == s.len;
}

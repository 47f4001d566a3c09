/* Borrowed bytes: a pointer and a length, no terminator, no ownership. */
#ifndef BASE_SPAN_H
#define BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct span {
	const char *ptr;
	size_t len;
};

/* a span over a string literal, without its terminator */
#define SPAN(literal) ((struct span){(literal), sizeof(literal) - 1})

/* a span over a C string; NULL gives the empty span */
static inline struct span span_of(const char *cstr)
{
	return (struct span){cstr, cstr ? strlen(cstr) : 0};
}

static inline bool span_eq(struct span a, struct span b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* bytewise order, shorter first where one is the other's beginning */
int span_cmp(struct span a, struct span b);
/* equality with ASCII letters of either case */
bool span_eq_nocase(struct span a, struct span b);
/* true when `s` begins with `prefix` */
bool span_starts(struct span s, struct span prefix);
/* `s` without leading and trailing ASCII blanks (space, tab, CR, LF, VT, FF) */
struct span span_trim(struct span s);
/* cuts at the first `sep`: head before it, tail after it; false (head = all) without one */
bool span_cut(struct span s, char sep, struct span *head, struct span *tail);
/* copies at most size-1 bytes and a terminator into buf; returns false when it was cut short */
bool span_copy(struct span s, char *buf, size_t size);

#endif

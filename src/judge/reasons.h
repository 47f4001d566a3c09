/* Reasons: short codes of what was noticed about a gap, joined by ';' in the order they were found.
 */
#ifndef JUDGE_REASONS_H
#define JUDGE_REASONS_H

#include <stddef.h>

#include "base/span.h"

enum { REASONS_SIZE = 256 };

/* all zero is none */
struct reasons {
	char text[REASONS_SIZE];
	size_t len;
};

/* adds a code that has no detail; one that does not fit is left out */
void reasons_code(struct reasons *reasons, const char *code);
/* adds a code, and after ':' a detail, which may be empty; what does not fit whole is left out */
void reasons_add(struct reasons *reasons, const char *code, struct span detail);

#endif

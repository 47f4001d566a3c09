#include "judge/reasons.h"

#include <string.h>

static void put(struct reasons *reasons, const char *bytes, size_t len)
{
	memcpy(reasons->text + reasons->len, bytes, len);
	reasons->len += len;
}

void reasons_add(struct reasons *reasons, const char *code, struct span detail)
{
	size_t code_len = strlen(code);

	/* two separators at most */
	if (reasons->len + code_len + detail.len + 2 >= REASONS_SIZE)
		return;
	if (reasons->len)
		put(reasons, ";", 1);
	put(reasons, code, code_len);
	if (!detail.len)
		return;
	put(reasons, ":", 1);
	put(reasons, detail.ptr, detail.len);
}

void reasons_code(struct reasons *reasons, const char *code)
{
	reasons_add(reasons, code, (struct span){NULL, 0});
}

/* Texts and lists of a record made clean and bounded. */
#include <string.h>

#include "report/columns.h"

struct span column_text(struct span raw, char text[COLUMN_TEXT_SIZE])
{
	return (struct span){text, utf8_clean(raw, COLUMN_TEXT_CHARS, text)};
}

struct span column_item(struct span *list, char text[COLUMN_TEXT_SIZE])
{
	struct span item = {NULL, 0};

	while (list->len && !item.len) {
		struct span raw;

		span_cut(*list, ';', &raw, list);
		item = column_text(raw, text);
	}
	return item;
}

struct span column_list(struct span list, char *joined)
{
	char text[COLUMN_TEXT_SIZE];
	struct span item;
	size_t used = 0;

	while ((item = column_item(&list, text)).len) {
		if (used)
			joined[used++] = ';';
		memcpy(joined + used, item.ptr, item.len);
		used += item.len;
	}
	return (struct span){joined, used};
}

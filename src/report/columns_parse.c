/* --columns: which columns, in which order. */
#include <stdio.h>

#include "report/columns.h"

/* ST_USAGE with the unknown name, cleaned and short, and what there is instead */
static enum status unknown_column(struct span name, bool changes, struct diag *diag)
{
	enum { NAME_CHARS = 32 };
	char clean[NAME_CHARS * UTF8_CHAR_SIZE];
	char known[512];
	size_t used = 0;
	int length = (int)utf8_clean(name, NAME_CHARS, clean);

	for (size_t i = column_first(changes); i < column_count() && used < sizeof known; i++) {
		int n = snprintf(known + used, sizeof known - used, "%s%s", used ? "," : "",
		                 column_at(i)->name);

		used += (size_t)n;
	}
	return diag_set(diag, ST_USAGE, "--columns: no column \"%.*s\"; there are %s", length,
	                clean, known);
}

enum status columns_parse(struct span list, bool changes, unsigned char columns[COLUMNS_MAX],
                          size_t *count, struct diag *diag)
{
	bool seen[COLUMNS_MAX] = {false};
	struct span name;
	bool more;
	size_t i = 0;

	*count = 0;
	do {
		more = span_cut(list, ',', &name, &list);
		name = span_trim(name);
		if (!column_find(name, &i))
			return unknown_column(name, changes, diag);
		if (i < column_first(changes))
			return diag_set(diag, ST_USAGE,
			                "--columns: \"%s\" is there with --changes alone",
			                column_at(i)->name);
		if (seen[i])
			return diag_set(diag, ST_USAGE, "column \"%s\" is named twice",
			                column_at(i)->name);
		seen[i] = true;
		columns[(*count)++] = (unsigned char)i;
	} while (more);
	return ST_OK;
}

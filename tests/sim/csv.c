#include "layout.h"

static void csv_begin(const struct layout *l, struct out *o)
{
	const struct column *c;

	if (l->preamble)
		out_text(o, l->preamble);
	for (c = l->columns; c->name; c++) {
		if (c != l->columns)
			out_char(o, l->separator);
		out_text(o, c->name);
	}
	out_char(o, '\n');
}

static void csv_row(const struct layout *l, struct out *o, const struct row *row)
{
	const struct column *c;

	for (c = l->columns; c->name; c++) {
		if (c != l->columns)
			out_char(o, l->separator);
		c->put(o, row);
	}
	out_char(o, '\n');
}

const struct writer csv_writer = {csv_begin, csv_row, NULL};

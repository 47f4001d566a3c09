#include "json.h"

#include <stddef.h>

void json_members(struct out *o, const struct row *row, const struct column *members)
{
	const struct column *m;
	const char *comma = "";
	size_t before;
	size_t value;

	for (m = members; m->name; m++) {
		before = o->used;
		out_text(o, comma);
		out_char(o, '"');
		out_text(o, m->name);
		out_text(o, "\":");
		value = o->used;
		m->put(o, row);
		if (o->used > value)
			comma = ",";
		else
			o->used = before;
	}
}

void json_object(struct out *o, const struct row *row, const struct column *members)
{
	out_char(o, '{');
	json_members(o, row, members);
	out_char(o, '}');
}

void json_own_members(struct out *o, const struct row *row, const struct column *members)
{
	struct report r = *row->r;
	struct row own = *row;

	own.r = &r;
	r.identified = true;
	json_members(o, &own, members);
}

void json_quoted(struct out *o, const struct row *row, put_cell *put)
{
	out_char(o, '"');
	put(o, row);
	out_char(o, '"');
}

void json_empty(struct out *o, const struct row *row)
{
	json_quoted(o, row, put_nothing);
}

void json_name(struct out *o, const struct row *row)
{
	json_quoted(o, row, put_name);
}

void json_call(struct out *o, const struct row *row)
{
	json_quoted(o, row, put_call);
}

static void quoted_padded(struct out *o, const struct row *row, put_cell *put, size_t width)
{
	size_t from;

	out_char(o, '"');
	from = o->used;
	put(o, row);
	while (o->used - from < width)
		out_char(o, ' ');
	out_char(o, '"');
}

void json_name_padded(struct out *o, const struct row *row)
{
	quoted_padded(o, row, put_name, 20);
}

void json_call_padded(struct out *o, const struct row *row)
{
	quoted_padded(o, row, put_call, 7);
}

void json_dimensions(struct out *o, const struct row *row)
{
	static const struct column members[] = {
	    {"A", put_dim_bow},       {"B", put_dim_stern}, {"C", put_dim_port},
	    {"D", put_dim_starboard}, {NULL, NULL},
	};

	json_object(o, row, members);
}

static void array_begin(const struct layout *l, struct out *o)
{
	out_text(o, l->preamble);
}

static void array_end(const struct layout *l, struct out *o)
{
	out_text(o, l->postamble);
}

static void array_row(const struct layout *l, struct out *o, const struct row *row)
{
	if (row->number > 0)
		out_char(o, ',');
	json_object(o, row, l->columns);
}

static void strings_row(const struct layout *l, struct out *o, const struct row *row)
{
	const struct column *c;

	out_text(o, row->number > 0 ? ",{" : "{");
	for (c = l->columns; c->name; c++) {
		out_text(o, c == l->columns ? "\"" : ",\"");
		out_text(o, c->name);
		out_text(o, "\":");
		json_quoted(o, row, c->put);
	}
	out_char(o, '}');
}

const struct writer json_array_writer = {array_begin, array_row, array_end};
const struct writer json_strings_writer = {array_begin, strings_row, array_end};

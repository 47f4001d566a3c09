#include "cli/options.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/span.h"

enum { HELP_COLUMN = 30 };

struct parse {
	const struct option_table *const *tables;
	char **next; /* arguments not read yet, ended by NULL */
	void *settings;
	struct diag *diag;
};

void string_list_add(struct string_list *list, const char *string)
{
	list->at = mem_grow(list->at, &list->cap, list->count + 1, 8, sizeof *list->at);
	list->at[list->count++] = string;
}

/* by name, or by letter where the name's pointer is NULL */
static const struct option_row *find(const struct parse *p, struct span name, char letter)
{
	for (const struct option_table *const *t = p->tables; *t; t++) {
		for (size_t i = 0; i < (*t)->count; i++) {
			const struct option_row *row = &(*t)->rows[i];

			if (name.ptr ? span_eq(span_of(row->name), name) : row->letter == letter)
				return row;
		}
	}
	return NULL;
}

/* calls the row's function; its argument is `value`, or the next of the command line */
static enum status take(struct parse *p, const struct option_row *row, const char *value)
{
	if (!row->argument) {
		if (value)
			return diag_set(p->diag, ST_USAGE, "--%s takes no argument", row->name);
		return row->take(p->settings, NULL, p->diag);
	}
	if (!value && !*p->next)
		return diag_set(p->diag, ST_USAGE, "--%s needs an argument: %s", row->name,
		                row->argument);
	return row->take(p->settings, value ? value : *p->next++, p->diag);
}

static enum status parse_long(struct parse *p, const char *text)
{
	struct span name;
	struct span value;
	bool has_value = span_cut(span_of(text), '=', &name, &value);
	const struct option_row *row = find(p, name, 0);

	if (!row)
		return diag_set(p->diag, ST_USAGE, "unknown option --%.*s; see --help",
		                (int)(name.len < 60 ? name.len : 60), name.ptr);
	return take(p, row, has_value ? value.ptr : NULL);
}

static enum status parse_letters(struct parse *p, const char *text)
{
	enum status status = ST_OK;

	for (; *text && status == ST_OK; text++) {
		const struct option_row *row = find(p, (struct span){NULL, 0}, *text);

		if (!row)
			return diag_set(p->diag, ST_USAGE, "unknown option -%c; see --help", *text);
		if (row->argument && text[1])
			return take(p, row, text + 1);
		status = take(p, row, NULL);
	}
	return status;
}

enum status options_parse(const struct option_table *const *tables, int argc, char **argv,
                          void *settings, struct string_list *operands, struct diag *diag)
{
	struct parse p = {tables, argv, settings, diag};
	enum status status = ST_OK;
	bool options = true;

	(void)argc;
	while (*p.next && status == ST_OK) {
		const char *text = *p.next++;

		if (!options || text[0] != '-' || text[1] == '\0')
			string_list_add(operands, text);
		else if (strcmp(text, "--") == 0)
			options = false;
		else if (text[1] == '-')
			status = parse_long(&p, text + 2);
		else
			status = parse_letters(&p, text + 1);
	}
	return status;
}

/* the help text, each of its lines indented to the same column */
static void print_help(const char *help, int column, FILE *out)
{
	for (;;) {
		const char *end = strchr(help, '\n');

		fprintf(out, "%*s%.*s\n", HELP_COLUMN - column, "",
		        end ? (int)(end - help) : (int)strlen(help), help);
		if (!end)
			return;
		help = end + 1;
		column = 0;
	}
}

static void print_option(const struct option_row *row, FILE *out)
{
	int column = row->letter ? fprintf(out, "  -%c, --%s", row->letter, row->name)
	                         : fprintf(out, "      --%s", row->name);

	if (row->argument)
		column += fprintf(out, " %s", row->argument);
	if (column + 1 >= HELP_COLUMN) {
		fputc('\n', out);
		column = 0;
	}
	print_help(row->help, column, out);
}

void options_print(const struct option_table *const *tables, FILE *out)
{
	for (const struct option_table *const *t = tables; *t; t++) {
		fprintf(out, "\n%s\n", (*t)->title);
		for (size_t i = 0; i < (*t)->count; i++)
			print_option(&(*t)->rows[i], out);
	}
}

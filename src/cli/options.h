/* Options from a table: parsing, --help and completion all read the same rows. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/status.h"

struct option_row {
	char letter;          /* 0 when there is none */
	const char *name;     /* without "--" */
	const char *argument; /* NULL when it takes none */
	const char *help;     /* may hold line breaks */
	/* takes the argument (NULL without one) into the command's settings */
	enum status (*take)(void *settings, const char *argument, struct diag *diag);
};

/* options that belong together, under a title */
struct option_table {
	const char *title;
	const struct option_row *rows;
	size_t count;
};

/* a growing list of borrowed strings */
struct string_list {
	const char **at;
	size_t count;
	size_t cap;
};

void string_list_add(struct string_list *list, const char *string);

/*
 * Reads the arguments by the tables, a list that ends in NULL: "--name=value", "--name value", "-x
 * value", "-xvalue", "-xyz", "--" ends options; everything else goes to `operands`, in order.
 * ST_USAGE with a message that names the option.
 */
enum status options_parse(const struct option_table *const *tables, int argc, char **argv,
                          void *settings, struct string_list *operands, struct diag *diag);
/* a title for each table and one line or more per option, as --help shows it */
void options_print(const struct option_table *const *tables, FILE *out);

#endif

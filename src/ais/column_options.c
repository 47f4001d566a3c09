/* What the user says about columns, and the profiles that are compiled in. */
#include <math.h>
#include <stdlib.h>

#include "ais/profile_set.h"
#include "ais/small_file.h"
#include "base/embed.h"
#include "base/num.h"

enum { PROFILE_LIMIT = 1024 * 1024 };

/* files come in the order of their names, which are the profiles' names */
struct column_options *column_options_new(void)
{
	struct column_options *options = mem_new(1, sizeof *options);
	struct embedded file;

	for (size_t i = 0; embed_at(i, &file); i++) {
		struct span name = span_of(file.name);
		struct profile *p = &options->profiles[options->count];

		if (!span_starts(name, SPAN("profiles/")) || options->count == PROFILES_MAX)
			continue;
		if (span_eq(name, SPAN("profiles/aliases.json")))
			profile_read(file.bytes, true, &options->arena, &options->aliases, NULL);
		else if (profile_read(file.bytes, false, &options->arena, p, NULL) == ST_OK)
			options->count++;
	}
	return options;
}

void column_options_free(struct column_options *options)
{
	if (options)
		arena_free(&options->arena);
	free(options);
}

enum status column_options_profile(struct column_options *options, const char *path,
                                   struct diag *diag)
{
	struct diag inner = {""};
	struct span text;
	enum status status = small_file_read(path, PROFILE_LIMIT, &options->arena, &text, diag);

	if (status != ST_OK)
		return status;
	status = profile_read(text, false, &options->arena, &options->user, &inner);
	if (status != ST_OK) {
		options->user.name = NULL;
		return diag_set(diag, ST_USAGE, "profile %.100s: %.380s", path, inner.text);
	}
	return ST_OK;
}

/* cuts "/DIVISOR" off; a slash with no number after it belongs to the column's name */
static bool cut_divisor(struct span *column, double *divisor)
{
	size_t i = column->len;

	*divisor = 1;
	while (i && column->ptr[i - 1] != '/')
		i--;
	if (!i || !num_double((struct span){column->ptr + i, column->len - i}, divisor))
		return false;
	column->len = i - 1;
	return true;
}

static enum status refuse_map(struct diag *diag, const char *arg, const char *why)
{
	char shown[80];

	clean_text(span_of(arg), shown, sizeof shown);
	return diag_set(diag, ST_USAGE,
	                "--map %s: %s; expected FIELD=COLUMN[/DIVISOR], the column by its name or "
	                "its number from 1",
	                shown, why);
}

enum status column_options_map(struct column_options *options, const char *arg, struct diag *diag)
{
	struct user_map map = {.given = true};
	struct span name;
	struct span column;
	enum field field;
	int64_t number;
	bool divided;

	if (!span_cut(span_of(arg), '=', &name, &column))
		return refuse_map(diag, arg, "no \"=\"");
	field = field_find(span_trim(name));
	if (field == FIELD_COUNT)
		return diag_set(diag, ST_USAGE, "--map %.60s: no such field; the fields are %s",
		                arg, field_list());
	divided = cut_divisor(&column, &map.divisor);
	if (divided && !field_scales(field))
		return refuse_map(diag, arg, "this field takes no divisor");
	if (divided && (map.divisor == 0 || !isfinite(map.divisor)))
		return refuse_map(diag, arg, "the divisor must not be 0");
	column = span_trim(column);
	if (num_int(column, &number)) {
		if (number < 1 || number > 1000000)
			return refuse_map(diag, arg, "columns are counted from 1");
		map.number = (int)number;
	} else {
		map.name = arena_span(&options->arena, column);
		map.key = column_key(&options->arena, column);
		if (!map.key.len)
			return refuse_map(diag, arg, "no column");
	}
	options->maps[field] = map;
	return ST_OK;
}

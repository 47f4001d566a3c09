/* Which profile a header or a record of JSON fits best. */
#include "ais/profile_set.h"

static bool has_keys(const struct header_index *header, const struct profile *p)
{
	for (size_t i = 0; i < p->match.count; i++) {
		if (header_find(header, p->match.list[i]) < 0)
			return false;
	}
	return true;
}

bool column_test_holds(const struct column_test *test, struct span value)
{
	return span_eq_nocase(span_trim(value), test->value);
}

/* the value that a condition is asked of: the record's, else the context's; false without any */
static bool find_value(const struct profile_facts *facts, const struct header_index *header,
                       struct span key, struct span *value)
{
	int column = header_find(header, key);

	if (column >= 0) {
		*value = facts->record->values[column];
		return true;
	}
	column = header_find(&facts->context_index, key);
	if (column >= 0)
		*value = facts->context->values[column];
	return column >= 0;
}

const struct condition *profile_unmet(const struct profile_facts *facts,
                                      const struct header_index *header, const struct profile *p)
{
	for (size_t i = 0; i < p->when.count; i++) {
		struct column_test test = {0, p->when.list[i].value};
		struct span value;

		if (!facts->record || !find_value(facts, header, p->when.list[i].key, &value) ||
		    !column_test_holds(&test, value))
			return &p->when.list[i];
	}
	return NULL;
}

static size_t weight(const struct profile *p)
{
	return p->match.count + p->when.count;
}

static bool fits(const struct profile_facts *facts, const struct header_index *header,
                 const struct profile *p)
{
	return has_keys(header, p) && !profile_unmet(facts, header, p);
}

const struct profile *profile_choose(const struct column_options *options,
                                     const struct header_index *header,
                                     const struct profile_facts *facts)
{
	const struct profile *best = NULL;

	if (options->user.name && fits(facts, header, &options->user))
		return &options->user;
	for (size_t i = 0; i < options->count; i++) {
		const struct profile *p = &options->profiles[i];

		if ((!best || weight(p) > weight(best)) && fits(facts, header, p))
			best = p;
	}
	return best;
}

/* adds what this profile would ask of a record with these names */
static size_t add_tests(const struct profile *p, const struct header_index *header,
                        struct column_test *tests, size_t count)
{
	for (size_t i = 0; i < p->when.count; i++) {
		struct column_test test = {header_find(header, p->when.list[i].key),
		                           p->when.list[i].value};
		size_t same = 0;

		while (same < count && (tests[same].column != test.column ||
		                        !span_eq(tests[same].value, test.value)))
			same++;
		if (test.column >= 0 && same == count && count < COLUMN_TESTS)
			tests[count++] = test;
	}
	return count;
}

size_t columns_tests(const struct column_options *options, const struct span *names, size_t count,
                     struct column_test tests[COLUMN_TESTS])
{
	struct header_index header;
	size_t n = 0;

	header_open(&header, names, count);
	if (options->user.name && has_keys(&header, &options->user))
		n = add_tests(&options->user, &header, tests, n);
	for (size_t i = 0; i < options->count; i++) {
		if (has_keys(&header, &options->profiles[i]))
			n = add_tests(&options->profiles[i], &header, tests, n);
	}
	header_close(&header);
	return n;
}

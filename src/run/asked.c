#include "run/asked.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "run/options.h"

/* a member of the options, by the name of the option that sets it */
struct member {
	const char *name;
	enum { LIST, TIME, FLAG, CHOICE, PRIOR } kind;
	size_t offset;
};

#define AT(member) offsetof(struct aisgap_options, member)

static const struct member MEMBERS[] = {
    {"--min-gap", TIME, AT(min_gap_ms)},
    {"--everywhere", FLAG, AT(everywhere)},
    {"--from", TIME, AT(from_ms)},
    {"--to", TIME, AT(to_ms)},
    {"--by", CHOICE, AT(by)},
    {"--mmsi", LIST, AT(mmsi)},
    {"--imo", LIST, AT(imo)},
    {"--flag", LIST, AT(flag)},
    {"--type", LIST, AT(type)},
    {"--class", LIST, AT(ais_class)},
    {"--verdict", LIST, AT(verdict)},
    {"--prior", PRIOR, AT(prior)},
    {"--rules", LIST, AT(rules)},
};

/* the lines of a delivery's number and of the time it is of */
static const char NUMBER[] = "delivery";
static const char AS_OF[] = "as-of";

enum { MEMBER_COUNT = sizeof MEMBERS / sizeof *MEMBERS };

static const void *member_of(const struct aisgap_options *options, const struct member *m)
{
	return (const char *)options + m->offset;
}

/* empty for the default, which a text of before there was a prior means too */
static struct span prior_text(const struct aisgap_options *options, char *scratch)
{
	double prior = options_prior(options);

	if (prior == options_prior(&(struct aisgap_options){.prior = 0}))
		return (struct span){NULL, 0};
	return (struct span){scratch, (size_t)num_repr(prior, scratch)};
}

/* the member's value as text; empty for a list that is not given */
static struct span value_of(const struct aisgap_options *options, const struct member *m,
                            char scratch[NUM_TEXT_SIZE])
{
	const void *member = member_of(options, m);
	int64_t number;

	if (m->kind == LIST)
		return span_of(*(const char *const *)member);
	if (m->kind == PRIOR)
		return prior_text(options, scratch);
	if (m->kind == TIME)
		number = *(const int64_t *)member;
	else if (m->kind == FLAG)
		number = *(const bool *)member;
	else
		number = *(const enum aisgap_by *)member;
	return (struct span){scratch, (size_t)snprintf(scratch, NUM_TEXT_SIZE, "%" PRId64, number)};
}

/* room for a text of `len` bytes more behind the one that is built at `text` */
static void append(char **text, size_t *len, size_t *cap, struct span s)
{
	*text = mem_grow(*text, cap, *len + s.len, 256, 1);
	if (s.len)
		memcpy(*text + *len, s.ptr, s.len);
	*len += s.len;
}

/* the text in the arena; frees the one that was built */
static struct span keep(struct arena *arena, char *text, size_t len)
{
	struct span kept = arena_span(arena, (struct span){text, len});

	free(text);
	return kept;
}

struct span asked_text(const struct aisgap_options *options, int64_t min_gap_ms,
                       struct arena *arena)
{
	struct aisgap_options o = *options;
	char scratch[NUM_TEXT_SIZE];
	char *text = NULL;
	size_t len = 0;
	size_t cap = 0;

	o.min_gap_ms = min_gap_ms;
	for (size_t i = 0; i < MEMBER_COUNT; i++) {
		append(&text, &len, &cap, span_of(MEMBERS[i].name));
		append(&text, &len, &cap, SPAN(" "));
		append(&text, &len, &cap, value_of(&o, &MEMBERS[i], scratch));
		append(&text, &len, &cap, SPAN("\n"));
	}
	return keep(arena, text, len);
}

static const struct member *find(struct span name)
{
	for (size_t i = 0; i < MEMBER_COUNT; i++) {
		if (span_eq(name, span_of(MEMBERS[i].name)))
			return &MEMBERS[i];
	}
	return NULL;
}

static void take(struct aisgap_options *options, const struct member *m, struct span value,
                 struct arena *arena)
{
	char *member = (char *)options + m->offset;
	int64_t number = 0;
	double prior;

	if (m->kind == LIST) {
		*(const char **)member = value.len ? arena_string(arena, value) : NULL;
		return;
	}
	if (m->kind == PRIOR) {
		if (num_double(value, &prior) && prior > 0 && prior < 1)
			options->prior = prior;
		return;
	}
	if (!num_int(value, &number))
		return;
	if (m->kind == TIME)
		*(int64_t *)member = number;
	else if (m->kind == FLAG)
		*(bool *)member = number != 0;
	else if (number >= AISGAP_BY_OVERLAP && number <= AISGAP_BY_ON)
		*(enum aisgap_by *)member = (enum aisgap_by)number;
}

void asked_read(struct span text, struct aisgap_options *options, struct arena *arena)
{
	struct span line;
	struct span name;
	struct span value;

	aisgap_options_init(options);
	while (text.len) {
		span_cut(text, '\n', &line, &text);
		if (span_cut(line, ' ', &name, &value) && find(name))
			take(options, find(name), value, arena);
	}
}

static struct span look_up(struct span text, const char *wanted)
{
	struct span line;
	struct span name;
	struct span value;

	while (text.len) {
		span_cut(text, '\n', &line, &text);
		if (span_cut(line, ' ', &name, &value) && span_eq(name, span_of(wanted)))
			return value;
	}
	return (struct span){NULL, 0};
}

struct span asked_stamp(struct span text, uint64_t number, int64_t as_of_ms, struct arena *arena)
{
	char lines[2 * NUM_TEXT_SIZE + sizeof NUMBER + sizeof AS_OF];
	char *copy = NULL;
	size_t len = 0;
	size_t cap = 0;
	int n = snprintf(lines, sizeof lines, "%s %" PRIu64 "\n%s %" PRId64 "\n", NUMBER, number,
	                 AS_OF, as_of_ms);

	append(&copy, &len, &cap, text);
	append(&copy, &len, &cap, (struct span){lines, (size_t)n});
	return keep(arena, copy, len);
}

uint64_t asked_number_of(struct span text)
{
	int64_t number = 0;

	num_int(look_up(text, NUMBER), &number);
	return number < 0 ? 0 : (uint64_t)number;
}

int64_t asked_time_of(struct span text)
{
	int64_t t_ms = INT64_MIN;

	num_int(look_up(text, AS_OF), &t_ms);
	return t_ms;
}

struct span asked_differ(struct span a, struct span b, struct arena *arena)
{
	char *text = NULL;
	size_t len = 0;
	size_t cap = 0;

	for (size_t i = 0; i < MEMBER_COUNT; i++) {
		if (span_eq(look_up(a, MEMBERS[i].name), look_up(b, MEMBERS[i].name)))
			continue;
		append(&text, &len, &cap, len ? SPAN(", ") : SPAN(""));
		append(&text, &len, &cap, span_of(MEMBERS[i].name));
	}
	return keep(arena, text, len);
}

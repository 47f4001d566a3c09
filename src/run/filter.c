#include "run/filter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ais/rules.h"
#include "base/mem.h"
#include "base/num.h"
#include "judge/published.h"

/* one item of a list: a text, and when it is a number or a range of numbers, that too */
struct item {
	struct span text;
	int64_t low;
	int64_t high;
	bool number;
};

struct list {
	struct item *at;
	size_t count;
	size_t cap;
};

struct filter {
	int64_t from_ms;
	int64_t to_ms;
	enum aisgap_by by;
	struct list mmsi;
	struct list imo;
	struct list flag;
	struct list type;
	enum ais_class ais_class;
	unsigned verdicts;  /* bits of enum verdict; 0 takes all */
	unsigned published; /* bits of enum published_rule */
};

/* the words that an option's list may hold: the i-th is bit i */
struct words {
	const char *option;
	const char *(*word)(unsigned i);
	unsigned count;
};

static void read_numbers(struct item *item)
{
	struct span low;
	struct span high;

	if (num_int(item->text, &item->low)) {
		item->high = item->low;
		item->number = true;
	} else if (span_cut(item->text, '-', &low, &high)) {
		item->number = num_int(low, &item->low) && num_int(high, &item->high);
	}
}

static enum status read_list(const char *option, const char *text, struct list *list,
                             struct diag *diag)
{
	struct span rest = span_of(text);
	struct span head;
	bool more = rest.len > 0;

	for (size_t i = 0; i < rest.len; i++) {
		if ((unsigned char)rest.ptr[i] < ' ')
			return diag_set(diag, ST_USAGE, "%s: a control character in the list",
			                option);
	}

	while (more) {
		struct item item = {0};

		more = span_cut(rest, ',', &head, &rest);
		item.text = span_trim(head);
		if (!item.text.len)
			continue;
		read_numbers(&item);
		list->at = mem_grow(list->at, &list->cap, list->count + 1, 8, sizeof *list->at);
		list->at[list->count++] = item;
	}
	if (text && !list->count)
		return diag_set(diag, ST_USAGE, "%s: the list is empty", option);
	return ST_OK;
}

static enum status refuse(const char *option, const struct item *item, const char *expected,
                          struct diag *diag)
{
	return diag_set(diag, ST_USAGE, "%s: '%.*s' is no %s", option, (int)item->text.len,
	                item->text.ptr, expected);
}

static enum status read_mmsi(const char *text, struct list *list, struct diag *diag)
{
	enum status status = read_list("--mmsi", text, list, diag);

	for (size_t i = 0; i < list->count; i++) {
		if (!list->at[i].number || list->at[i].low != list->at[i].high)
			return refuse("--mmsi", &list->at[i], "whole number such as 273123450",
			              diag);
	}
	return status;
}

static enum status read_imo(const char *text, struct list *list, struct diag *diag)
{
	enum status status = read_list("--imo", text, list, diag);

	for (size_t i = 0; i < list->count; i++) {
		list->at[i].low = imo_parse(list->at[i].text);
		if (!list->at[i].low)
			return refuse("--imo", &list->at[i],
			              "IMO number (seven digits, the last checks the others)",
			              diag);
		list->at[i].high = list->at[i].low;
		list->at[i].number = true;
	}
	return status;
}

static enum status read_flag(const char *text, struct list *list, struct diag *diag)
{
	enum status status = read_list("--flag", text, list, diag);

	for (size_t i = 0; i < list->count; i++) {
		if (!mmsi_flag_exists(list->at[i].text))
			return refuse("--flag", &list->at[i],
			              "two-letter code of a country with MMSIs, such as RU or GB",
			              diag);
	}
	return status;
}

static enum status read_class(const char *text, enum ais_class *ais_class, struct diag *diag)
{
	struct span s = span_of(text);

	if (!s.len)
		return ST_OK;
	if (s.len != 1 || !strchr("ABab", *s.ptr))
		return diag_set(diag, ST_USAGE, "--class: '%s' is neither A nor B", text);
	*ais_class = *s.ptr == 'A' || *s.ptr == 'a' ? CLASS_A : CLASS_B;
	return ST_OK;
}

static const char *verdict_word(unsigned i)
{
	return verdict_name((enum verdict)i);
}

static const char *published_word(unsigned i)
{
	return published_name((enum published_rule)i);
}

static const struct words VERDICT_WORDS = {"--verdict", verdict_word, VERDICTS};
static const struct words PUBLISHED_WORDS = {"--rules", published_word, PUBLISHED_RULES};

/* ST_USAGE, with all words that there are */
static enum status refuse_word(const struct words *words, struct span item, struct diag *diag)
{
	char known[200] = "";
	size_t used = 0;

	for (unsigned i = 0; i < words->count && used < sizeof known; i++)
		used += (size_t)snprintf(known + used, sizeof known - used, "%s%s", i ? ", " : "",
		                         words->word(i));
	return diag_set(diag, ST_USAGE, "%s: '%.*s' is none of %s", words->option,
	                item.len > 60 ? 60 : (int)item.len, item.ptr, known);
}

static unsigned find_word(const struct words *words, struct span item)
{
	unsigned i = 0;

	while (i < words->count && !span_eq_nocase(item, span_of(words->word(i))))
		i++;
	return i;
}

static enum status read_words(const struct words *words, const char *text, unsigned *bits,
                              struct diag *diag)
{
	struct list list = {NULL, 0, 0};
	enum status status = read_list(words->option, text, &list, diag);

	for (size_t i = 0; i < list.count && status == ST_OK; i++) {
		unsigned found = find_word(words, list.at[i].text);

		if (found == words->count)
			status = refuse_word(words, list.at[i].text, diag);
		else
			*bits |= 1u << found;
	}
	free(list.at);
	return status;
}

enum status filter_new(const struct aisgap_options *options, struct filter **filter,
                       struct diag *diag)
{
	struct filter *f = mem_new(1, sizeof *f);
	enum status status;

	*filter = f;
	f->from_ms = options->from_ms;
	f->to_ms = options->to_ms;
	f->by = options->by;
	status = read_list("--type", options->type, &f->type, diag);
	for (size_t i = 0; i < f->type.count && status == ST_OK; i++) {
		if (f->type.at[i].number && f->type.at[i].low > f->type.at[i].high)
			status = refuse("--type", &f->type.at[i], "range: it ends before it begins",
			                diag);
	}
	if (status == ST_OK)
		status = read_mmsi(options->mmsi, &f->mmsi, diag);
	if (status == ST_OK)
		status = read_imo(options->imo, &f->imo, diag);
	if (status == ST_OK)
		status = read_flag(options->flag, &f->flag, diag);
	if (status == ST_OK)
		status = read_class(options->ais_class, &f->ais_class, diag);
	if (status == ST_OK)
		status = read_words(&VERDICT_WORDS, options->verdict, &f->verdicts, diag);
	if (status == ST_OK)
		status = read_words(&PUBLISHED_WORDS, options->rules, &f->published, diag);
	if (status == ST_OK && f->from_ms != AISGAP_NO_TIME && f->to_ms != AISGAP_NO_TIME &&
	    f->from_ms >= f->to_ms)
		status = diag_set(diag, ST_USAGE, "--from must be before --to");
	return status;
}

void filter_free(struct filter *filter)
{
	if (!filter)
		return;
	free(filter->mmsi.at);
	free(filter->imo.at);
	free(filter->flag.at);
	free(filter->type.at);
	free(filter);
}

static bool inside(const struct filter *f, int64_t t_ms)
{
	return (f->from_ms == AISGAP_NO_TIME || t_ms >= f->from_ms) &&
	       (f->to_ms == AISGAP_NO_TIME || t_ms < f->to_ms);
}

bool filter_window(const struct filter *f, const struct gap *gap, int64_t as_of_ms)
{
	int64_t end_ms = gap->open ? as_of_ms : gap->on.t_ms;

	switch (f->by) {
	case AISGAP_BY_OFF:
		return inside(f, gap->off.t_ms);
	case AISGAP_BY_ON:
		return !gap->open && inside(f, gap->on.t_ms);
	default:
		/* silent in (off, on): some moment of it lies in [from, to) */
		return (f->from_ms == AISGAP_NO_TIME || end_ms > f->from_ms ||
		        (gap->open && end_ms == f->from_ms)) &&
		       (f->to_ms == AISGAP_NO_TIME || gap->off.t_ms < f->to_ms);
	}
}

static bool has_number(const struct list *list, int64_t number)
{
	for (size_t i = 0; i < list->count; i++) {
		if (list->at[i].number && number >= list->at[i].low && number <= list->at[i].high)
			return true;
	}
	return false;
}

static bool has_text(const struct list *list, struct span text)
{
	for (size_t i = 0; i < list->count; i++) {
		if (span_eq_nocase(list->at[i].text, text))
			return true;
	}
	return false;
}

/* one of the numbers wanted belongs to a group of this name: exports that have words, not codes */
static bool has_group(const struct list *list, struct span group)
{
	for (int code = 0; code <= 99; code++) {
		if (has_number(list, code) && span_eq_nocase(span_of(type_group(code)), group))
			return true;
	}
	return false;
}

static bool type_wanted(const struct list *list, struct span type)
{
	int64_t code;

	if (!list->count || has_text(list, type))
		return true;
	if (!type.len || !num_int(type, &code))
		return type.len && has_group(list, type);
	return has_number(list, code) ||
	       (code >= 0 && code <= 99 && has_text(list, span_of(type_group((int)code))));
}

/* any IMO number that the vessel ever sent */
static bool imo_wanted(const struct list *list, const struct vessel *vessel)
{
	const struct identity_kind *imo = &vessel->identity.kind[STATIC_IMO];
	int64_t number;

	for (int i = 0; i < imo->count; i++) {
		struct span text = {imo->at[i].text, imo->at[i].length};

		if (num_int(text, &number) && (has_number(list, number) || has_text(list, text)))
			return true;
	}
	return !list->count;
}

/* of the off position, else of the on position, as the report has it */
static enum ais_class class_of(const struct gap *gap)
{
	return (enum ais_class)(gap->off.ais_class || gap->open ? gap->off.ais_class
	                                                        : gap->on.ais_class);
}

bool filter_vessel(const struct filter *f, const struct fleet *fleet, const struct gap *gap)
{
	const struct shard *shard;
	const struct vessel *vessel = fleet_vessel(fleet, gap->mmsi, &shard);

	return (!f->mmsi.count || has_number(&f->mmsi, gap->mmsi)) &&
	       (!f->flag.count ||
	        has_text(&f->flag,
	                 span_of(mmsi_kind(gap->mmsi) == MMSI_SHIP ? mmsi_flag(gap->mmsi) : ""))) &&
	       (!f->ais_class || class_of(gap) == f->ais_class) && imo_wanted(&f->imo, vessel) &&
	       type_wanted(&f->type, identity_at(&vessel->identity, STATIC_TYPE, gap->off.t_ms));
}

bool filter_verdict(const struct filter *f, enum verdict verdict)
{
	return !f->verdicts || (f->verdicts >> verdict & 1u);
}

unsigned filter_published(const struct filter *f)
{
	return f->published;
}

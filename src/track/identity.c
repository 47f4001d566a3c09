#include "track/identity.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

enum { VALUES_MAX = 2 * IDENTITY_KEEP_IMO + 2 };

static struct span text_of(const struct identity_value *v)
{
	return (struct span){v->text, v->length};
}

void identity_free(struct identity *identity)
{
	for (int k = 0; k < STATIC_KINDS; k++) {
		for (int i = 0; i < identity->kind[k].count; i++)
			free(identity->kind[k].at[i].text);
		free(identity->kind[k].at);
	}
	*identity = (struct identity){0};
}

static int keep_first(enum static_kind kind)
{
	return kind == STATIC_IMO ? IDENTITY_KEEP_IMO : IDENTITY_KEEP;
}

/* the index of the value with this text, or of the place where it belongs */
static int find(const struct identity_kind *kind, struct span text, bool *found)
{
	int i = 0;
	int order = 1;

	while (i < kind->count && (order = span_cmp(text_of(&kind->at[i]), text)) < 0)
		i++;
	*found = i < kind->count && order == 0;
	return i;
}

static struct identity_value *insert(struct identity_kind *kind, int i, struct span text)
{
	struct identity_value *v;

	kind->at = mem_resize(kind->at, (size_t)kind->count + 1, sizeof *kind->at);
	v = kind->at + i;
	memmove(v + 1, v, (size_t)(kind->count - i) * sizeof *v);
	kind->count++;
	*v = (struct identity_value){.text = mem_resize(NULL, text.len, 1),
	                             .length = (uint8_t)text.len};
	memcpy(v->text, text.ptr, text.len);
	return v;
}

static void drop_unkept(struct identity_kind *kind)
{
	int kept = 0;

	for (int i = 0; i < kind->count; i++) {
		if (kind->at[i].in_first || kind->at[i].in_last)
			kind->at[kept++] = kind->at[i];
		else
			free(kind->at[i].text);
	}
	kind->count = (uint16_t)kept;
}

/* beyond `keep` values: the one first seen latest goes, of several the greatest text */
static bool trim_first(struct identity_kind *kind, int keep)
{
	int in = 0;
	int worst = -1;

	for (int i = 0; i < kind->count; i++) {
		if (!kind->at[i].in_first)
			continue;
		in++;
		if (worst < 0 || kind->at[i].first_ms >= kind->at[worst].first_ms)
			worst = i;
	}
	if (in <= keep)
		return false;
	kind->at[worst].in_first = false;
	kind->at[worst].first_ms = 0;
	return true;
}

/* beyond `keep` values: the one last seen earliest goes, of several the greatest text */
static bool trim_last(struct identity_kind *kind, int keep)
{
	int in = 0;
	int worst = -1;

	for (int i = 0; i < kind->count; i++) {
		if (!kind->at[i].in_last)
			continue;
		in++;
		if (worst < 0 || kind->at[i].last_ms <= kind->at[worst].last_ms)
			worst = i;
	}
	if (in <= keep)
		return false;
	kind->at[worst].in_last = false;
	kind->at[worst].last_ms = 0;
	return true;
}

static void fold_first(struct identity_value *v, int64_t first_ms)
{
	if (!v->in_first || first_ms < v->first_ms)
		v->first_ms = first_ms;
	v->in_first = true;
}

static void fold_last(struct identity_value *v, int64_t last_ms)
{
	if (!v->in_last || last_ms > v->last_ms)
		v->last_ms = last_ms;
	v->in_last = true;
}

/* joins one value in; `v` says by in_first and in_last what is known of it */
static void fold(struct identity *identity, enum static_kind k, struct span text,
                 const struct identity_value *v)
{
	struct identity_kind *kind = &identity->kind[k];
	bool found;
	int i = find(kind, text, &found);
	struct identity_value *mine = found ? &kind->at[i] : insert(kind, i, text);
	bool trimmed;

	if (v->in_first)
		fold_first(mine, v->first_ms);
	if (v->in_last)
		fold_last(mine, v->last_ms);
	trimmed = trim_first(kind, keep_first(k));
	kind->overflow = kind->overflow || trimmed;
	if (trim_last(kind, IDENTITY_KEEP) || trimmed)
		drop_unkept(kind);
}

static void start_run(struct identity_run *run, const struct statics *statics)
{
	uint32_t total = 0;

	for (int k = 0; k < STATIC_KINDS; k++) {
		struct span field = statics_field(statics, (enum static_kind)k);

		/* the longest value and its padding; what is longer is cut here already */
		run->length[k] =
		    (uint16_t)(field.len < 4 * STATIC_MAX ? field.len : 4 * STATIC_MAX);
		total += run->length[k];
	}
	if (total > run->cap) {
		run->cap = (uint16_t)total;
		run->bytes = mem_resize(run->bytes, total, 1);
	}
	total = 0;
	for (int k = 0; k < STATIC_KINDS; k++) {
		if (run->length[k])
			memcpy(run->bytes + total, statics_field(statics, (enum static_kind)k).ptr,
			       run->length[k]);
		total += run->length[k];
	}
}

void identity_begin(struct identity *identity, struct identity_run *run,
                    const struct statics *statics, uint64_t print, int64_t t_ms)
{
	identity_settle(identity, run);
	start_run(run, statics);
	run->print = print;
	run->first_ms = t_ms;
	run->last_ms = t_ms;
	run->set = true;
}

void identity_settle(struct identity *identity, struct identity_run *run)
{
	size_t at = 0;

	if (!run->set)
		return;
	for (int k = 0; k < STATIC_KINDS; k++) {
		char buf[STATIC_MAX];
		struct identity_value v = {.first_ms = run->first_ms,
		                           .last_ms = run->last_ms,
		                           .in_first = true,
		                           .in_last = true};
		struct span text = statics_value(
		    (enum static_kind)k,
		    (struct span){run->bytes ? run->bytes + at : NULL, run->length[k]}, buf);

		if (text.len)
			fold(identity, (enum static_kind)k, text, &v);
		at += run->length[k];
	}
	run->set = false;
}

/* where a field lies in `whole`, and how long it is: the same bytes in another layout are something
 * else */
static uint64_t shape_of(const struct statics *statics, struct span field)
{
	uint64_t offset = field.len ? (uint64_t)(field.ptr - statics->whole.ptr) : 0;

	return offset << 32 | (uint32_t)field.len;
}

/*
 * Fields that stand side by side, as in most exports, are told apart by the bytes from the first to
 * the last, whatever lies between, and by their places in them; otherwise one by one.
 */
uint64_t identity_print(const struct statics *statics)
{
	const struct span field[STATIC_KINDS] = {statics->name, statics->callsign, statics->imo,
	                                         statics->type};
	const uint64_t secret = hash_seed() | 1;
	uint64_t print = secret;

	if (!statics->whole.len) {
		for (int k = 0; k < STATIC_KINDS; k++)
			print = hash_bytes(print, field[k]);
		return print;
	}
	for (int k = 0; k < STATIC_KINDS; k++)
		print = print * secret + shape_of(statics, field[k]);
	return hash_bytes(print, statics->whole);
}

void identity_join(struct identity *into, const struct identity *from)
{
	for (int k = 0; k < STATIC_KINDS; k++) {
		for (int i = 0; i < from->kind[k].count; i++) {
			fold(into, (enum static_kind)k, text_of(&from->kind[k].at[i]),
			     &from->kind[k].at[i]);
		}
		into->kind[k].overflow = into->kind[k].overflow || from->kind[k].overflow;
	}
}

struct span identity_at(const struct identity *identity, enum static_kind kind, int64_t t_ms)
{
	const struct identity_kind *k = &identity->kind[kind];
	const struct identity_value *then = NULL;
	const struct identity_value *earliest = NULL;

	for (int i = 0; i < k->count; i++) {
		const struct identity_value *v = &k->at[i];

		if (!v->in_first)
			continue;
		if (!earliest || v->first_ms < earliest->first_ms)
			earliest = v;
		if (v->first_ms <= t_ms && (!then || v->first_ms > then->first_ms))
			then = v;
	}
	if (!then)
		then = earliest;
	return then ? text_of(then) : (struct span){NULL, 0};
}

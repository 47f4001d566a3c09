#include "state/identity_code.h"

#include <string.h>

#include "ais/statics.h"
#include "base/mem.h"
#include "state/time_code.h"

enum { IN_FIRST = 1, IN_LAST = 2, LEAST_BYTES = 4 /* of a value: length, a letter, ends, time */ };

static struct span value_text(const struct identity_value *v)
{
	return (struct span){v->text, v->length};
}

static bool text_valid(int k, struct span text)
{
	char buf[STATIC_MAX];

	if (!text.len || text.len > STATIC_MAX)
		return false;
	return k != STATIC_IMO || span_eq(statics_value(STATIC_IMO, text, buf), text);
}

/* As many as are kept of each end, and when none was left out, all: what a join leaves. */
static bool counts_valid(const struct identity_kind *kind, int keep)
{
	int first = 0;
	int last = 0;

	for (int i = 0; i < kind->count; i++) {
		first += kind->at[i].in_first;
		last += kind->at[i].in_last;
	}
	if (last > IDENTITY_KEEP || first > keep)
		return false;
	return kind->overflow ? first == keep && last == IDENTITY_KEEP
	                      : first == kind->count &&
	                            last == (first < IDENTITY_KEEP ? first : IDENTITY_KEEP);
}

static int keep_first(int k)
{
	return k == STATIC_IMO ? IDENTITY_KEEP_IMO : IDENTITY_KEEP;
}

static void put_value(struct code_out *out, int k, const struct identity_value *v)
{
	int64_t from_ms = TIME_LEAST_MS;

	out->bad = out->bad || !text_valid(k, value_text(v));
	code_text(out, value_text(v));
	code_byte(out, (uint8_t)((v->in_first ? IN_FIRST : 0) | (v->in_last ? IN_LAST : 0)));
	if (v->in_first) {
		code_time(out, v->first_ms - from_ms);
		from_ms = v->first_ms;
	}
	if (v->in_last)
		code_time(out, v->last_ms - from_ms);
}

/* first a byte: which kinds have values (bits 0-3), which had more than are kept (bits 4-7) */
void identity_encode(struct code_out *out, const struct identity *identity)
{
	unsigned head = 0;

	for (int k = 0; k < STATIC_KINDS; k++) {
		head |= (identity->kind[k].count ? 1U : 0U) << k;
		head |= (identity->kind[k].overflow ? 1U : 0U) << (STATIC_KINDS + k);
	}
	code_byte(out, (uint8_t)head);
	for (int k = 0; k < STATIC_KINDS; k++) {
		const struct identity_kind *kind = &identity->kind[k];

		out->bad = out->bad || !counts_valid(kind, keep_first(k));
		if (kind->count)
			code_varint(out, kind->count);
		for (int i = 0; i < kind->count; i++)
			put_value(out, k, &kind->at[i]);
	}
}

/* appends the text, which must follow the one before */
static struct identity_value *add_value(struct identity_kind *kind, struct span text)
{
	struct identity_value *v = &kind->at[kind->count];

	if (kind->count && span_cmp(value_text(v - 1), text) >= 0)
		return NULL;
	*v = (struct identity_value){.text = mem_resize(NULL, text.len, 1),
	                             .length = (uint8_t)text.len};
	memcpy(v->text, text.ptr, text.len);
	kind->count++;
	return v;
}

static bool get_value(struct code_in *in, int k, struct identity_kind *kind)
{
	struct span text = code_get_text(in);
	unsigned ends = code_get_byte(in);
	int64_t t_ms = TIME_LEAST_MS;
	struct identity_value *v;

	if (in->bad || !ends || ends > (IN_FIRST | IN_LAST) || !text_valid(k, text) ||
	    !(v = add_value(kind, text)))
		return false;
	v->in_first = ends & IN_FIRST;
	v->in_last = ends & IN_LAST;
	if (v->in_first)
		v->first_ms = t_ms = t_ms + code_get_time(in);
	if (v->in_last)
		v->last_ms = t_ms = t_ms + code_get_time(in);
	return !in->bad && time_valid(t_ms);
}

static bool get_kind(struct code_in *in, int k, struct identity_kind *kind)
{
	int keep = keep_first(k);
	uint64_t count = code_get_varint(in);

	if (!count || count > (uint64_t)keep + IDENTITY_KEEP || count > code_left(in) / LEAST_BYTES)
		return false;
	kind->at = mem_new((size_t)count, sizeof *kind->at);
	while (kind->count < count) {
		if (!get_value(in, k, kind))
			return false;
	}
	return counts_valid(kind, keep);
}

bool identity_decode(struct code_in *in, struct identity *identity)
{
	unsigned head = code_get_byte(in);

	for (int k = 0; k < STATIC_KINDS; k++) {
		struct identity_kind *kind = &identity->kind[k];

		kind->overflow = head >> (STATIC_KINDS + k) & 1;
		if (head >> k & 1 ? !get_kind(in, k, kind) : kind->overflow)
			return false;
	}
	return !in->bad;
}

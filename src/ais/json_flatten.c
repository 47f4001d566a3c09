#include "ais/json_flat.h"

#include <math.h>
#include <stdlib.h>

#include "base/num.h"
#include "text/json_cut.h"

/* how many objects and arrays are entered; the record is the first */
enum { PATH_SIZE = (JSON_DEPTH_MAX + 1) * (FLAT_NAME + 1) };

void flat_free(struct flat *flat)
{
	free(flat->names);
}

void flat_clear(struct flat *flat)
{
	flat->len = 0;
	flat->count = 0;
}

static void put_name(struct flat *flat, char mark, struct span name)
{
	char *out;

	flat->names = mem_grow(flat->names, &flat->cap, flat->len + name.len + 2, 1024, 1);
	out = flat->names + flat->len;
	*out++ = mark;
	memcpy(out, name.ptr, name.len);
	out[name.len] = '\0';
	flat->len += name.len + 2;
}

static void put_end(struct flat *flat)
{
	flat->names = mem_grow(flat->names, &flat->cap, flat->len + 1, 1024, 1);
	flat->names[flat->len++] = MARK_END;
}

void flat_put(struct flat *flat, struct span name, struct flat_value value)
{
	put_name(flat, MARK_VALUE, name);
	flat->value[flat->count++] = value;
}

void flat_object_begin(struct flat *flat, struct span name)
{
	put_name(flat, MARK_OBJECT, name);
}

void flat_object_end(struct flat *flat)
{
	put_end(flat);
}

struct flat_array flat_array_begin(struct flat *flat, struct span name)
{
	struct flat_array array = {flat->len, flat->count, 0};

	put_name(flat, MARK_ARRAY, name);
	return array;
}

void flat_array_put(struct flat *flat, struct flat_array *array, bool is_number,
                    struct flat_value value)
{
	char index;

	if (array->elements == FLAT_ELEMENTS || flat->count == FLAT_MAX)
		return;
	index = (char)('0' + array->elements++);
	if (is_number)
		flat_put(flat, (struct span){&index, 1}, value);
}

void flat_array_end(struct flat *flat, const struct flat_array *array)
{
	put_end(flat);
	if (flat->count == array->count)
		flat->len = array->len;
}

/* the numbers of an array by their index */
static void put_array(struct flat *flat, struct span name, const struct json *v)
{
	struct flat_array array = flat_array_begin(flat, name);
	const struct json *e = json_first(v);

	for (int i = 0; e && i < FLAT_ELEMENTS; i++) {
		double number;

		flat_array_put(flat, &array, json_number(e, &number),
		               (struct flat_value){.json = e});
		e = json_next(e);
	}
	flat_array_end(flat, &array);
}

static void put_members(struct flat *flat, const struct json *object, int depth)
{
	for (const struct json *e = json_first(object); e && flat->count < FLAT_MAX;
	     e = json_next(e)) {
		struct span name = span_of(json_name(e));

		if (name.len > FLAT_NAME)
			continue;
		if (json_is_array(e)) {
			put_array(flat, name, e);
		} else if (!json_is_object(e)) {
			flat_put(flat, name, (struct flat_value){.json = e});
		} else if (json_first(e) && depth < JSON_DEPTH_MAX) {
			flat_object_begin(flat, name);
			put_members(flat, e, depth + 1);
			flat_object_end(flat);
		}
	}
}

void flat_read(struct flat *flat, const struct json *record)
{
	flat_clear(flat);
	put_members(flat, record, 1);
}

/* where the names of a shape are being written out */
struct path {
	char text[PATH_SIZE];
	size_t len;
	size_t begin[JSON_DEPTH_MAX + 2]; /* of each name in the path */
	int depth;
	bool in_array;
};

static void enter(struct path *p, const char *name, size_t len)
{
	p->begin[p->depth++] = p->len;
	if (p->len)
		p->text[p->len++] = '.';
	memcpy(p->text + p->len, name, len);
	p->len += len;
}

static void leave(struct path *p)
{
	p->len = p->begin[--p->depth];
}

/* the name that the path now ends with */
static struct flat_name name_of(const struct path *p, struct arena *arena)
{
	struct span text = arena_span(arena, (struct span){p->text, p->len});
	size_t begin = p->begin[p->depth - (p->in_array ? 2 : 1)];

	return (struct flat_name){text,
	                          {text.ptr, begin},
	                          {text.ptr + begin + (begin > 0), text.len - begin - (begin > 0)}};
}

struct flat_name *flat_names(struct span shape, size_t count, struct arena *arena)
{
	struct flat_name *names = arena_new(arena, (count + 1) * sizeof *names);
	struct path *path = mem_new(1, sizeof *path);
	size_t n = 0;

	while (shape.len) {
		char mark = *shape.ptr;
		size_t len = 0;

		if (mark == MARK_END) {
			leave(path);
			path->in_array = false;
		} else {
			len = strlen(shape.ptr + 1) + 1;
			enter(path, shape.ptr + 1, len - 1);
			path->in_array = path->in_array || mark == MARK_ARRAY;
		}
		if (mark == MARK_VALUE) {
			names[n++] = name_of(path, arena);
			leave(path);
		}
		shape.ptr += len + 1;
		shape.len -= len + 1;
	}
	free(path);
	return names;
}

size_t flat_text_size(const struct flat_value *value)
{
	struct span s = value->json ? json_string(value->json) : value->text;

	return s.ptr ? s.len : FLAT_TEXT;
}

/* the digits of a whole number less than 2^63 */
static char *put_whole(double number, char *out)
{
	char digits[20];
	size_t n = 0;
	uint64_t rest = (uint64_t)fabs(number);

	if (number < 0)
		*out++ = '-';
	do {
		digits[n++] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest);
	while (n)
		*out++ = digits[--n];
	return out;
}

static char *put_text(struct span s, char *out)
{
	if (s.len)
		memcpy(out, s.ptr, s.len);
	return out + s.len;
}

static char *put_json(const struct json *value, char *out)
{
	struct span s = json_string(value);
	double number;
	bool flag;

	if (s.ptr)
		return put_text(s, out);
	if (json_number(value, &number)) {
		if (fabs(number) < 0x1p63 && number == trunc(number))
			return put_whole(number, out);
		return out + num_repr(number, out);
	}
	if (json_bool(value, &flag))
		return put_text(flag ? SPAN("true") : SPAN("false"), out);
	return out;
}

char *flat_text(const struct flat_value *value, char *out)
{
	return value->json ? put_json(value->json, out) : put_text(value->text, out);
}

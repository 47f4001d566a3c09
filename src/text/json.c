#include "text/json.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "text/json_cut.h"

/*
 * cJSON keeps the place of the last error in a global, which nothing here reads: threads may parse
 * at once, as its README says of programs that do not call cJSON_GetErrorPtr.
 */

static const cJSON *value(const struct json *v)
{
	return (const cJSON *)(const void *)v;
}

static const struct json *borrowed(const cJSON *v)
{
	return (const struct json *)(const void *)v;
}

/* line and column (in characters, both from 1) of the byte at `offset` */
static enum status complain(struct span text, size_t offset, const char *what, struct diag *diag)
{
	size_t line = 1;
	size_t column = 1;

	for (size_t i = 0; i < offset && i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		if (c == '\n') {
			line++;
			column = 1;
		} else if ((c & 0xC0) != 0x80) {
			column++;
		}
	}
	return diag_set(diag, ST_USAGE, "%zu:%zu: %s; expected JSON (RFC 8259)", line, column,
	                what);
}

/*
 * Where a member's name should begin but does not ({a: 1}, or a comma before the brace), cJSON
 * stops one byte late: this is the byte it stumbled over.
 */
static size_t settle(struct span text, size_t offset)
{
	struct span before = {text.ptr, offset ? offset - 1 : 0};

	if (!offset || offset > text.len || (unsigned char)text.ptr[offset - 1] <= ' ' ||
	    text.ptr[offset - 1] == '"')
		return offset;
	if (offset == text.len && text.ptr[offset - 1] != '}')
		return offset;
	while (before.len && (unsigned char)before.ptr[before.len - 1] <= ' ')
		before.len--;
	if (before.len && (before.ptr[before.len - 1] == '{' || before.ptr[before.len - 1] == ','))
		return offset - 1;
	return offset;
}

enum status json_parse(struct span text, struct json **doc, struct diag *diag)
{
	const char *nul = text.len ? memchr(text.ptr, '\0', text.len) : NULL;
	const char *stop = NULL;
	char *copy;
	cJSON *parsed;
	size_t offset;

	*doc = NULL;
	if (nul)
		return complain(text, (size_t)(nul - text.ptr), "a NUL byte", diag);
	copy = mem_resize(NULL, text.len + 1, 1);
	span_copy(text, copy, text.len + 1);
	/*
	 * The terminator is part of what cJSON is told to read: it then refuses whatever follows
	 * the document, and never looks past the end (older releases did, CVE-2023-53154).
	 */
	parsed = cJSON_ParseWithLengthOpts(copy, text.len + 1, &stop, 1);
	offset = settle(text, stop ? (size_t)(stop - copy) : 0);
	free(copy);
	if (!parsed)
		return complain(text, offset,
		                offset >= text.len ? "the text ends too early" : "a syntax error",
		                diag);
	*doc = (struct json *)(void *)parsed;
	return ST_OK;
}

/* the length of a word that JSON does not have and some write as a number; 0 without one */
static size_t word_at(struct span rest)
{
	static const struct span WORDS[] = {
	    {"NaN", 3}, {"-NaN", 4}, {"Infinity", 8}, {"-Infinity", 9}};

	for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
		if (span_starts(rest, WORDS[i]))
			return WORDS[i].len;
	}
	return 0;
}

static bool holds(struct span text, struct span word)
{
	return memmem(text.ptr, text.len, word.ptr, word.len);
}

/* copies text with null for such words outside of strings; at most a third longer */
static struct span without_words(struct span text, char *copy)
{
	bool quoted = false;
	char *out = copy;
	size_t i = 0;

	while (i < text.len) {
		struct span rest = {text.ptr + i, text.len - i};
		size_t word = quoted ? 0 : word_at(rest);

		if (word) {
			memcpy(out, "null", 4);
			out += 4;
			i += word;
			continue;
		}
		if (quoted && *rest.ptr == '\\' && rest.len > 1)
			*out++ = text.ptr[i++];
		else if (*rest.ptr == '"')
			quoted = !quoted;
		*out++ = text.ptr[i++];
	}
	return (struct span){copy, (size_t)(out - copy)};
}

static bool within_depth(const cJSON *v, int depth)
{
	for (const cJSON *e = v->child; e; e = e->next) {
		if ((e->type & (cJSON_Array | cJSON_Object)) &&
		    (depth == JSON_DEPTH_MAX || !within_depth(e, depth + 1)))
			return false;
	}
	return true;
}

/*
 * A text that ends with its last brace is safe with releases of cJSON that look one byte past a
 * comma at the end (CVE-2023-53154).
 */
static cJSON *parse_object(struct span text)
{
	const char *stop = NULL;
	cJSON *parsed = cJSON_ParseWithLengthOpts(text.ptr, text.len, &stop, 0);

	if (!parsed || (stop == text.ptr + text.len && within_depth(parsed, 1)))
		return parsed;
	cJSON_Delete(parsed);
	return NULL;
}

bool json_parse_record(struct span text, struct json **doc)
{
	char *copy = NULL;

	*doc = NULL;
	text = span_trim(text);
	if (text.len < 2 || *text.ptr != '{' || text.ptr[text.len - 1] != '}' ||
	    memchr(text.ptr, '\0', text.len))
		return false;
	if (holds(text, SPAN("NaN")) || holds(text, SPAN("Infinity"))) {
		copy = mem_resize(NULL, text.len + text.len / 3 + 1, 1);
		text = without_words(text, copy);
	}
	*doc = (struct json *)(void *)parse_object(text);
	free(copy);
	return *doc;
}

void json_free(struct json *doc)
{
	cJSON_Delete((cJSON *)(void *)doc);
}

const struct json *json_get(const struct json *object, const char *name)
{
	if (!json_is_object(object))
		return NULL;
	return borrowed(cJSON_GetObjectItemCaseSensitive(value(object), name));
}

size_t json_count(const struct json *v)
{
	size_t n = 0;

	for (const struct json *e = json_first(v); e; e = json_next(e))
		n++;
	return n;
}

const struct json *json_first(const struct json *v)
{
	return json_is_object(v) || json_is_array(v) ? borrowed(value(v)->child) : NULL;
}

const struct json *json_next(const struct json *v)
{
	return v ? borrowed(value(v)->next) : NULL;
}

const char *json_name(const struct json *v)
{
	return v ? value(v)->string : NULL;
}

bool json_is_object(const struct json *v)
{
	return cJSON_IsObject(value(v));
}

bool json_is_array(const struct json *v)
{
	return cJSON_IsArray(value(v));
}

/* a number too great for a double is none */
bool json_number(const struct json *v, double *number)
{
	if (!cJSON_IsNumber(value(v)) || !isfinite(value(v)->valuedouble))
		return false;
	*number = value(v)->valuedouble;
	return true;
}

bool json_bool(const struct json *v, bool *flag)
{
	if (!cJSON_IsBool(value(v)))
		return false;
	*flag = cJSON_IsTrue(value(v));
	return true;
}

struct span json_string(const struct json *v)
{
	return span_of(cJSON_IsString(value(v)) ? value(v)->valuestring : NULL);
}

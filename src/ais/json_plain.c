/*
 * The fast way from a record's text to its names and values, without building a tree: for plain
 * records, which nearly all are. Plain is JSON (RFC 8259) whose strings have no escapes, whose
 * numbers have no exponent and at most 15 digits, and whose arrays hold no arrays or objects.
 * Whatever is not is left to cJSON, so both ways read a record alike or only cJSON reads it.
 */
#include <string.h>

#include "ais/json_flat.h"

enum { PLAIN_DEPTH = 8, PLAIN_DIGITS = 15 };

/* what is left of the text */
struct cursor {
	const char *at;
	const char *end;
};

/* the next byte that is no blank; 0 at the end */
static inline char peek(struct cursor *c)
{
	while (c->at < c->end &&
	       (*c->at == ' ' || *c->at == '\n' || *c->at == '\t' || *c->at == '\r'))
		c->at++;
	return c->at < c->end ? *c->at : '\0';
}

static inline bool take(struct cursor *c, char byte)
{
	if (peek(c) != byte)
		return false;
	c->at++;
	return true;
}

/* behind the opening quote; false for escapes, control characters and an end that is missing */
static bool read_string(struct cursor *c, struct span *text)
{
	const char *begin = c->at;

	while (c->at < c->end && *c->at != '"') {
		if (*c->at == '\\' || (unsigned char)*c->at < 0x20)
			return false;
		c->at++;
	}
	*text = (struct span){begin, (size_t)(c->at - begin)};
	return c->at++ < c->end;
}

static size_t digits(struct cursor *c)
{
	const char *begin = c->at;

	while (c->at < c->end && *c->at >= '0' && *c->at <= '9')
		c->at++;
	return (size_t)(c->at - begin);
}

/* without the zeros that end a fraction, and the point if nothing else is left of it */
static struct span without_zeros(struct span number)
{
	while (number.ptr[number.len - 1] == '0')
		number.len--;
	if (number.ptr[number.len - 1] == '.')
		number.len--;
	return number;
}

static bool read_number(struct cursor *c, struct span *text)
{
	const char *begin = c->at;
	bool negative = *c->at == '-';
	size_t whole;
	size_t fraction = 0;

	c->at += negative;
	whole = digits(c);
	if (!whole || (whole > 1 && begin[negative] == '0'))
		return false;
	if (c->at < c->end && *c->at == '.') {
		c->at++;
		fraction = digits(c);
		if (!fraction)
			return false;
	}
	*text = (struct span){begin, (size_t)(c->at - begin)};
	if (fraction)
		*text = without_zeros(*text);
	/* -0 and -0.0 are written otherwise by the other way */
	if (negative && text->len == 2 && begin[1] == '0')
		return false;
	return whole + fraction <= PLAIN_DIGITS &&
	       (c->at == c->end || (*c->at != 'e' && *c->at != 'E'));
}

static bool read_word(struct cursor *c, struct span word)
{
	if ((size_t)(c->end - c->at) < word.len || memcmp(c->at, word.ptr, word.len) != 0)
		return false;
	c->at += word.len;
	return true;
}

/* a string, number or word as text: what flat_text makes of it */
static bool read_scalar(struct cursor *c, struct span *text, bool *is_number)
{
	char first = peek(c);

	*is_number = false;
	*text = (struct span){c->at, 0};
	switch (first) {
	case '"':
		c->at++;
		return read_string(c, text);
	case 't':
		*text = SPAN("true");
		return read_word(c, *text);
	case 'f':
		*text = SPAN("false");
		return read_word(c, *text);
	case 'n':
		return read_word(c, SPAN("null"));
	default:
		*is_number = true;
		return (first == '-' || (first >= '0' && first <= '9')) && read_number(c, text);
	}
}

/* behind the bracket; the numbers among the first elements are kept, as flat_read keeps them */
static bool read_array(struct flat *flat, struct cursor *c, struct span name)
{
	struct flat_array array = flat_array_begin(flat, name);

	if (!take(c, ']')) {
		do {
			struct span text;
			bool is_number;

			if (!read_scalar(c, &text, &is_number))
				return false;
			flat_array_put(flat, &array, is_number, (struct flat_value){.text = text});
		} while (take(c, ','));
		if (!take(c, ']'))
			return false;
	}
	flat_array_end(flat, &array);
	return true;
}

static bool read_members(struct flat *flat, struct cursor *c, int depth);

static bool read_object(struct flat *flat, struct cursor *c, struct span name, int depth)
{
	if (take(c, '}'))
		return true;
	if (depth == PLAIN_DEPTH)
		return false;
	flat_object_begin(flat, name);
	if (!read_members(flat, c, depth + 1))
		return false;
	flat_object_end(flat);
	return true;
}

static bool read_member(struct flat *flat, struct cursor *c, int depth)
{
	struct span name;
	struct span text;
	bool is_number;

	if (!take(c, '"') || !read_string(c, &name) || name.len > FLAT_NAME || !take(c, ':'))
		return false;
	if (take(c, '{'))
		return read_object(flat, c, name, depth);
	if (take(c, '['))
		return read_array(flat, c, name);
	if (flat->count == FLAT_MAX || !read_scalar(c, &text, &is_number))
		return false;
	flat_put(flat, name, (struct flat_value){.text = text});
	return true;
}

/* behind the brace, up to and with the one that closes */
static bool read_members(struct flat *flat, struct cursor *c, int depth)
{
	do {
		if (!read_member(flat, c, depth))
			return false;
	} while (take(c, ','));
	return take(c, '}');
}

bool flat_read_plain(struct flat *flat, struct span record)
{
	struct cursor c = {record.ptr, record.ptr + record.len};

	flat_clear(flat);
	if (!take(&c, '{'))
		return false;
	if (!take(&c, '}') && !read_members(flat, &c, 1))
		return false;
	return !peek(&c) && c.at == c.end;
}

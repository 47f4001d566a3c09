#include "text/record.h"

#include <string.h>

enum state {
	FIELD_START,
	PLAIN, /* in a field that does not begin with a quote */
	QUOTED,
	CLOSING, /* after a quote within quotes: it closes unless something else follows */
};

static bool is_end(char c)
{
	return c == '\n' || c == '\r';
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* one step of the automaton inside or just after quotes; `blanks` counts those since the quote */
static enum state step_quoted(enum state state, char c, char delimiter, size_t *blanks)
{
	if (state == QUOTED) {
		*blanks = 0;
		return c == '"' ? CLOSING : QUOTED;
	}
	if (c == delimiter)
		return FIELD_START;
	if (is_blank(c)) {
		++*blanks;
		return CLOSING;
	}
	if (c == '"' && *blanks) {
		*blanks = 0;
		return CLOSING;
	}
	return QUOTED;
}

static enum state step(enum state state, char c, char delimiter, size_t *blanks)
{
	if (state == QUOTED || state == CLOSING)
		return step_quoted(state, c, delimiter, blanks);
	if (c == delimiter)
		return FIELD_START;
	if (state == FIELD_START && is_blank(c))
		return FIELD_START;
	return state == FIELD_START && c == '"' ? QUOTED : PLAIN;
}

struct record_end record_find_end(const char *text, size_t len, char delimiter)
{
	enum state state = FIELD_START;
	size_t blanks = 0;

	for (size_t i = 0; i < len; i++) {
		if (state != QUOTED && is_end(text[i]))
			return (struct record_end){i, true, false};
		state = step(state, text[i], delimiter, &blanks);
	}
	return (struct record_end){len, false, state == QUOTED};
}

size_t record_line_end(const char *text, size_t len)
{
	const char *lf = len ? memchr(text, '\n', len) : NULL;
	size_t end = lf ? (size_t)(lf - text) : len;
	const char *cr = end ? memchr(text, '\r', end) : NULL;

	return cr ? (size_t)(cr - text) : end;
}

static size_t last_line_end(const char *text, size_t len)
{
	while (len && !is_end(text[len - 1]))
		len--;
	return len;
}

size_t record_cut(const char *text, size_t len, char delimiter, bool quotes)
{
	size_t cut = 0;

	if (!quotes)
		return last_line_end(text, len);
	while (cut < len) {
		size_t window = len - cut < RECORD_WINDOW ? len - cut : RECORD_WINDOW;
		struct record_end end = record_find_end(text + cut, window, delimiter);

		if (!end.complete)
			break;
		cut += end.length + 1;
	}
	return cut;
}

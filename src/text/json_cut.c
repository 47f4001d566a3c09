/*
 * The bytes of a record are looked at once, however they come: what was looked at of a record that
 * is not whole is remembered as a state, and the record is handed in again from its beginning only
 * so that names in it can be compared.
 */
#include "text/json_cut.h"

/* what a byte means outside of strings, and in them */
enum {
	OPENS_CLOSES = 1, /* braces, brackets, quotes */
	PARTS = 2,        /* comma, colon */
	IN_STRING = 4,    /* ends a string, escapes, or must not be in one */
};

/* bytes of a name between records that are looked at: one that names a vessel is no longer */
enum { MEMBER_NAME = 64 };

static const unsigned char CLASS[256] = {
    ['{'] = OPENS_CLOSES,
    ['}'] = OPENS_CLOSES,
    ['['] = OPENS_CLOSES,
    [']'] = OPENS_CLOSES,
    [','] = PARTS,
    [':'] = PARTS,
    ['"'] = OPENS_CLOSES | IN_STRING,
    ['\\'] = IN_STRING,
    ['\n'] = IN_STRING,
};

/* one call's text: the record at hand begins at start, and text[at..len) was not yet looked at */
struct view {
	const char *text;
	size_t len;
	size_t start;
	size_t at;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool top_is_array(const struct json_cut *cut)
{
	return cut->depth > JSON_DEPTH_MAX || (cut->depth && (cut->arrays >> (cut->depth - 1) & 1));
}

static void push(struct json_cut *cut, bool array)
{
	if (cut->depth < JSON_DEPTH_MAX) {
		uint64_t bit = UINT64_C(1) << cut->depth;

		cut->arrays = array ? cut->arrays | bit : cut->arrays & ~bit;
	}
	cut->depth++;
}

/* inside of an array that is the value of a member of the object at hand, or of one within it */
static bool in_members_array(const struct json_cut *cut)
{
	uint64_t inner;

	if (cut->depth > JSON_DEPTH_MAX || cut->depth < cut->base + 2)
		return false;
	inner = cut->arrays >> cut->base;
	if (cut->depth < JSON_DEPTH_MAX)
		inner &= (UINT64_C(1) << (cut->depth - cut->base)) - 1;
	return inner == UINT64_C(1) << (cut->depth - cut->base - 1);
}

static bool begins_with(struct span name, struct span part)
{
	return name.len >= part.len && span_eq_nocase((struct span){name.ptr, part.len}, part);
}

static bool ends_with(struct span name, struct span part)
{
	return name.len >= part.len &&
	       span_eq_nocase((struct span){name.ptr + name.len - part.len, part.len}, part);
}

/* "mmsi_count", "num_mmsi", "mmsis": of many vessels, as wrappers have it */
static bool counts_vessels(struct span name)
{
	static const struct span BEFORE[] = {{"count", 5}, {"num_", 4}, {"n_", 2}, {"total", 5}};
	static const struct span BEHIND[] = {{"count", 5}, {"list", 4}, {"total", 5}, {"mmsis", 5}};

	for (size_t i = 0; i < sizeof BEFORE / sizeof *BEFORE; i++) {
		if (begins_with(name, BEFORE[i]) || ends_with(name, BEHIND[i]))
			return true;
	}
	return false;
}

static bool names_vessel(struct span name)
{
	if (span_eq_nocase(name, SPAN("ssvid")) || span_eq_nocase(name, SPAN("userid")) ||
	    span_eq_nocase(name, SPAN("imo")))
		return true;
	for (size_t i = 0; i + 4 <= name.len; i++) {
		if (span_eq_nocase((struct span){name.ptr + i, 4}, SPAN("mmsi")))
			return !counts_vessels(name);
	}
	return false;
}

static void begin(struct json_cut *cut, struct view *v, bool junk)
{
	cut->at_hand = true;
	cut->junk = junk;
	cut->tail = false;
	cut->vessel = false;
	cut->name_next = false;
	cut->base = cut->depth;
	v->start = v->at;
}

/*
 * A member's name in a wrapper whose records were given: true when it names a vessel, so that the
 * wrapper was none, and what is left of it is a record of its own, a broken one. *whole tells
 * whether the text holds enough of it to say so.
 */
static bool begins_tail(const struct view *v, bool *whole)
{
	const char *name = v->text + v->at + 1;
	size_t left = v->len - v->at - 1;
	size_t n = 0;

	while (n < left && n < MEMBER_NAME && !(CLASS[(unsigned char)name[n]] & IN_STRING))
		n++;
	*whole = n < left;
	return n < left && name[n] == '"' && names_vessel((struct span){name, n});
}

/* what is left of the wrapper, which ends it */
static void begin_tail(struct json_cut *cut, struct view *v)
{
	begin(cut, v, false);
	cut->base--;
	cut->tail = true;
	cut->vessel = true;
}

static void pop(struct json_cut *cut, char closes)
{
	if (cut->depth && (cut->depth > JSON_DEPTH_MAX || top_is_array(cut) == (closes == ']')))
		cut->depth--;
}

/* one byte between records; true when a record begins with it */
static bool between(struct json_cut *cut, struct view *v)
{
	char c = v->text[v->at];

	if (c == '{') {
		begin(cut, v, false);
		return true;
	}
	if (c == '[') {
		push(cut, true);
	} else if (c == '}' || c == ']') {
		pop(cut, c);
	} else if (!cut->depth && !is_blank(c) && c != ',' && c != '\x1E') {
		begin(cut, v, true);
		return true;
	} else {
		cut->in_string = c == '"';
	}
	if (!is_blank(c))
		cut->name_next = c == ',' && cut->depth && !top_is_array(cut);
	v->at++;
	return false;
}

/* one byte of a string between records, which is not handed in again */
static void string_between(struct json_cut *cut, struct view *v)
{
	char c = v->text[v->at++];

	if (cut->escaped)
		cut->escaped = false;
	else if (c == '\\')
		cut->escaped = true;
	else if (c == '"' || c == '\n')
		cut->in_string = false;
}

/* passes byte order marks; false when the text ends within one */
static bool pass_marks(struct view *v)
{
	static const struct span MARK = {"\xEF\xBB\xBF", 3};
	struct span rest = {v->text + v->at, v->len - v->at};

	while (span_starts(rest, MARK))
		rest = (struct span){rest.ptr + MARK.len, rest.len - MARK.len};
	v->at = v->len - rest.len;
	return rest.len >= MARK.len || !rest.len || !span_starts(MARK, rest);
}

/* to the beginning of the next record; false when the text ends first */
static bool find_begin(struct json_cut *cut, struct view *v)
{
	while (v->at < v->len) {
		if (cut->in_string) {
			string_between(cut, v);
			continue;
		}
		if (!cut->depth && v->text[v->at] == '\xEF' && !pass_marks(v))
			return false;
		if (v->at == v->len)
			return false;
		if (v->text[v->at] == '"' && cut->name_next) {
			bool whole;

			if (begins_tail(v, &whole)) {
				begin_tail(cut, v);
				return true;
			}
			if (!whole)
				return false;
		}
		if (between(cut, v))
			return true;
	}
	return false;
}

/* the object at hand is a wrapper: the one that begins here is at hand instead */
static void unwrap(struct json_cut *cut, struct view *v)
{
	if (!cut->vessel && in_members_array(cut))
		begin(cut, v, false);
}

static void end_name(struct json_cut *cut, const struct view *v)
{
	const char *name = v->text + v->start + cut->name;

	if (cut->name && !cut->vessel)
		cut->vessel = names_vessel((struct span){name, (size_t)(v->text + v->at - name)});
	cut->name = 0;
}

/* the rest of a string in the record at hand; true when a line's end breaks it */
static bool pass_string(struct json_cut *cut, struct view *v)
{
	for (; v->at < v->len; v->at++) {
		char c = v->text[v->at];

		if (cut->escaped) {
			cut->escaped = false;
			if (c != '\n')
				continue;
		}
		while (!(CLASS[(unsigned char)c] & IN_STRING)) {
			if (++v->at == v->len)
				return false;
			c = v->text[v->at];
		}
		if (c == '"') {
			end_name(cut, v);
			cut->in_string = false;
			v->at++;
			return false;
		}
		if (c == '\n')
			return true;
		cut->escaped = true;
	}
	return false;
}

static bool too_long(const struct json_cut *cut, const struct view *v)
{
	return cut->passed_over || v->at - v->start > JSON_RECORD_MAX;
}

/* goes back from `at` over blanks; *line: over a line's end too */
static size_t before_blanks(const struct view *v, size_t at, bool *line)
{
	*line = false;
	while (at && is_blank(v->text[at - 1])) {
		at--;
		*line = *line || v->text[at] == '\n';
	}
	return at;
}

/* the last byte before v->at that is no blank, 0 without one; *line: a line ended since */
static char last_before(const struct json_cut *cut, const struct view *v, bool *line)
{
	size_t at = before_blanks(v, v->at, line);

	if (at)
		return v->text[at - 1];
	*line = *line || cut->after_line;
	return cut->last;
}

static void remember_end(struct json_cut *cut, const struct view *v)
{
	bool line;

	cut->last = last_before(cut, v, &line);
	cut->after_line = line;
}

/*
 * A brace where no value can stand, or one that begins a line in a record that is too long: that
 * one never ended, and another begins here. An object is a value, which stands behind a bracket, a
 * colon in an object or a comma in an array (RFC 8259, 4 and 5).
 */
static bool begins_anew(const struct json_cut *cut, const struct view *v)
{
	bool line;
	char before = last_before(cut, v, &line);

	if (!cut->passed_over && v->at == v->start)
		return false;
	if (line && too_long(cut, v))
		return true;
	if (cut->depth > JSON_DEPTH_MAX)
		return false;
	return before != '[' && before != (top_is_array(cut) ? ',' : ':');
}

/*
 * Where no string can begin, a quotation mark is one too many, or the end of a string that lacks
 * its first: strings and what is none are then not taken for each other from there on.
 */
static bool opens_string(const struct json_cut *cut, const struct view *v)
{
	bool line;
	char before = last_before(cut, v, &line);

	return before == '{' || before == '[' || before == ',' || before == ':' ||
	       (cut->tail && v->at == v->start);
}

static void open_string(struct json_cut *cut, const struct view *v)
{
	if (opens_string(cut, v)) {
		cut->in_string = true;
		cut->name = cut->name_next && !cut->vessel ? (uint32_t)(v->at + 1 - v->start) : 0;
	}
	cut->name_next = false;
}

/* one byte that opens, closes or parts; true when the record ends before v->at */
static bool structure(struct json_cut *cut, struct view *v)
{
	char c = v->text[v->at];

	switch (c) {
	case '"':
		open_string(cut, v);
		break;
	case '{':
		if (begins_anew(cut, v))
			return true;
		unwrap(cut, v);
		push(cut, false);
		cut->name_next = true;
		break;
	case '[':
		push(cut, true);
		cut->name_next = false;
		break;
	case ',':
		cut->name_next = !top_is_array(cut);
		break;
	case ':':
		cut->name_next = false;
		break;
	default:
		cut->depth--;
		v->at++;
		return cut->depth == cut->base;
	}
	v->at++;
	return false;
}

/* looks at the rest of the record at hand; true when it ends before v->at */
static bool find_end(struct json_cut *cut, struct view *v)
{
	while (v->at < v->len) {
		unsigned wanted = cut->vessel ? OPENS_CLOSES : OPENS_CLOSES | PARTS;

		if (cut->in_string) {
			if (pass_string(cut, v))
				return true;
			continue;
		}
		while (v->at < v->len && !(CLASS[(unsigned char)v->text[v->at]] & wanted))
			v->at++;
		cut->vessel = cut->vessel || too_long(cut, v);
		if (v->at < v->len && structure(cut, v))
			return true;
	}
	return false;
}

static bool find_line_end(struct view *v)
{
	const char *end = memchr(v->text + v->at, '\n', v->len - v->at);

	v->at = end ? (size_t)(end - v->text) : v->len;
	return end;
}

/* the record at hand has ended; true when it is to be given */
static bool finish(struct json_cut *cut, const struct view *v, struct json_record *record)
{
	bool given = !cut->passed_over;

	*record = (struct json_record){(uint32_t)v->start, (uint32_t)(v->at - v->start)};
	cut->depth = cut->base;
	cut->at_hand = false;
	cut->in_string = false;
	cut->escaped = false;
	cut->name = 0;
	cut->name_next = false;
	cut->passed_over = false;
	return given;
}

/* the record at hand is handed in with less than was looked at: from its beginning, then */
static void look_again(struct json_cut *cut)
{
	cut->looked_at = 0;
	cut->depth = cut->base + cut->tail;
	cut->vessel = cut->tail;
	cut->name = 0;
	cut->name_next = false;
	cut->in_string = false;
	cut->escaped = false;
}

size_t json_cut_next(struct json_cut *cut, const char *text, size_t len, bool *found,
                     struct json_record *record)
{
	struct view v = {text, len, 0, 0};

	*found = false;
	if (cut->passed_over && cut->looked_at >= len) {
		cut->looked_at -= len;
		return len;
	}
	if (cut->looked_at > len)
		look_again(cut);
	v.at = (size_t)cut->looked_at;
	cut->looked_at = 0;
	while (!*found && (cut->at_hand || find_begin(cut, &v))) {
		if (!(cut->junk ? find_line_end(&v) : find_end(cut, &v))) {
			remember_end(cut, &v);
			if (cut->passed_over)
				return len;
			cut->looked_at = len - v.start;
			return v.start;
		}
		*found = finish(cut, &v, record);
	}
	return v.at;
}

void json_cut_skip(struct json_cut *cut)
{
	if (!cut->at_hand)
		return;
	cut->passed_over = true;
	cut->vessel = true;
}

bool json_cut_open(const struct json_cut *cut)
{
	return cut->depth > 0;
}

/* cuts off the first line; without blanks, marks and separators around it */
static struct span take_line(struct span *head)
{
	struct span line;

	span_cut(*head, '\n', &line, head);
	line = span_trim(line);
	while (span_starts(line, SPAN("\x1E")) || span_starts(line, SPAN("\xEF\xBB\xBF"))) {
		size_t mark = *line.ptr == '\x1E' ? 1 : 3;

		line = span_trim((struct span){line.ptr + mark, line.len - mark});
	}
	return line;
}

/* the line is one record, and nothing else but commas */
static bool is_record(struct span line, bool *holds_any)
{
	struct json_cut cut = {0};
	struct json_record record;
	size_t end = json_cut_next(&cut, line.ptr, line.len, holds_any, &record);

	if (!*holds_any || record.start)
		return false;
	while (end < line.len && (is_blank(line.ptr[end]) || line.ptr[end] == ','))
		end++;
	return end == line.len;
}

/*
 * What is no JSON may be the rest of a line that lost its beginning, and an object that is not
 * whole a line that lost its end: the next line then tells. A document that is laid out over lines
 * opens something at the first one's end, or goes on with a name.
 */
bool json_is_lines(struct span head)
{
	bool broken = false;

	while (head.len) {
		struct span line = take_line(&head);
		bool opens = line.len && (*line.ptr == '{' || *line.ptr == '[');
		bool holds_any;

		if (!opens && broken)
			return false;
		if (!opens)
			continue;
		if (is_record(line, &holds_any))
			return true;
		if (holds_any || memchr("[{:", line.ptr[line.len - 1], 3))
			return false;
		broken = true;
	}
	return false;
}

#include "ais/sentence.h"

#include "ais/sentence_sum.h"
#include "ais/sentence_tag.h"
#include "ais/sentence_time.h"

/* "!AIVDM," */
enum { HEAD = 7 };

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == '\f';
}

/* what may follow a sentence whose checksum is missing */
static bool is_separator(char c)
{
	return is_blank(c) || c == ',' || c == ';' || c == '|' || c == '"' || c == '\'';
}

static bool is_plain(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* an address of two plain characters, as the standard has it, or "--", as some software leaves it
 */
static bool begins_ais(const char *p, const char *end)
{
	return end - p >= HEAD && p[6] == ',' && p[3] == 'V' && p[4] == 'D' &&
	       (p[5] == 'M' || p[5] == 'O') && (is_plain(p[1]) || p[1] == '-') &&
	       (is_plain(p[2]) || p[2] == '-');
}

/* "!AITXT,": a sentence, but of another kind */
static bool begins_other(const char *p, const char *end)
{
	if (end - p < HEAD || p[6] != ',')
		return false;
	for (int i = 1; i < HEAD - 1; i++) {
		if (!is_plain(p[i]))
			return false;
	}
	return true;
}

/* the next "!..VDM," or "!..VDO,"; NULL without one. *other: other sentences were passed. */
static const char *find_ais(const char *p, const char *end, bool *other)
{
	while (p < end && (p = memchr(p, '!', (size_t)(end - p)))) {
		if (begins_ais(p, end))
			return p;
		*other |= begins_other(p, end);
		p++;
	}
	return NULL;
}

/* a digit from `least` to `most` and a comma; 0 when it is none */
static unsigned take_digit(const char **p, const char *end, char least, char most)
{
	char c;

	if (end - *p < 2 || (*p)[1] != ',')
		return 0;
	c = **p;
	if (c < least || c > most)
		return 0;
	*p += 2;
	return (unsigned)(c - '0');
}

/* a field that is empty or one character, and a comma; false when it is neither */
static bool take_char(const char **p, const char *end, char *c)
{
	*c = 0;
	if (*p < end && **p != ',')
		*c = *(*p)++;
	return *p < end && *(*p)++ == ',';
}

static bool read_numbers(const char **p, const char *end, struct sentence *s)
{
	char c;

	s->parts = take_digit(p, end, '1', '9');
	s->part = take_digit(p, end, '1', (char)('0' + s->parts));
	if (!s->part || !take_char(p, end, &c) || (c && (c < '0' || c > '9')))
		return false;
	s->sequence = c ? c - '0' : -1;
	return take_char(p, end, &s->channel) && (!s->channel || is_plain(s->channel));
}

static bool read_payload(const char **p, const char *end, struct sentence *s)
{
	const char *comma = memchr(*p, ',', (size_t)(end - *p));

	if (!comma || end - comma < 2 || comma[1] < '0' || comma[1] > '5')
		return false;
	s->payload = (struct span){*p, (size_t)(comma - *p)};
	s->fill = (unsigned)(comma[1] - '0');
	*p = comma + 2;
	return true;
}

/* no checksum: then it must be plain that the sentence is whole */
static bool ends_bare(const char *p, const char *end)
{
	return p == end || is_separator(*p);
}

/* the sentence at p, which begins_ais; *after: where it ends */
static enum row_outcome read_at(const char *p, const char *end, struct sentence *s,
                                const char **after)
{
	const char *start = p + 1;

	s->talker[0] = p[1];
	s->talker[1] = p[2];
	s->own = p[5] == 'O';
	p += HEAD;
	if (!read_numbers(&p, end, s) || !read_payload(&p, end, s))
		return ROW_SENTENCE;
	*after = p;
	s->sum = sentence_sum((struct span){start, (size_t)(p - start)});
	if (p == end || *p != '*')
		return ends_bare(p, end) ? ROW_USED : ROW_SENTENCE;
	s->checksum = s->sum == sentence_told_sum((struct span){p + 1, (size_t)(end - p - 1)});
	*after = p + 3;
	return s->checksum ? ROW_USED : ROW_CHECKSUM;
}

/* what stands around the sentence; the times nearest to the receiver come first */
static void read_around(struct span before, struct span behind, const struct when_style *when,
                        struct sentence *s)
{
	if (before.len)
		before = sentence_tags(before, s);
	if (behind.len)
		sentence_trailer(behind, when, s);
	if (before.len && s->when == WHEN_BAD)
		sentence_prefix(before, when, s);
}

/* a ! begins a sentence and stands nowhere else, however little of the sentence is left; a $ with a
 * capital behind it begins one, too (IEC 61162-1 reserves both) */
static bool has_start(const char *p, const char *end)
{
	if (memchr(p, '!', (size_t)(end - p)))
		return true;
	while (p < end && (p = memchr(p, '$', (size_t)(end - p)))) {
		p++;
		if (p < end && *p >= 'A' && *p <= 'Z')
			return true;
	}
	return false;
}

/* the line of the AIS sentence at p, which must be alone on it */
static enum row_outcome read_alone(struct span line, const char *p, const struct when_style *when,
                                   struct sentence *s)
{
	const char *end = line.ptr + line.len;
	const char *after = end;
	enum row_outcome outcome;

	if (has_start(line.ptr, p) || has_start(p + 1, end))
		return ROW_SENTENCE;
	outcome = read_at(p, end, s, &after);
	if (outcome != ROW_USED)
		return outcome;
	read_around((struct span){line.ptr, (size_t)(p - line.ptr)},
	            (struct span){after, (size_t)(end - after)}, when, s);
	return ROW_USED;
}

static struct span trim(struct span line)
{
	if (line.len >= 3 && memcmp(line.ptr, "\xef\xbb\xbf", 3) == 0)
		line = (struct span){line.ptr + 3, line.len - 3};
	while (line.len && is_blank(*line.ptr)) {
		line.ptr++;
		line.len--;
	}
	while (line.len && is_blank(line.ptr[line.len - 1]))
		line.len--;
	return line;
}

enum row_outcome sentence_read(struct span line, const struct when_style *when,
                               struct sentence *sentence)
{
	bool other = false;
	const char *p;

	*sentence = (struct sentence){.due = -1};
	line = trim(line);
	if (!line.len || *line.ptr == '#')
		return ROW_NOT_AIS;
	p = find_ais(line.ptr, line.ptr + line.len, &other);
	if (p)
		return read_alone(line, p, when, sentence);
	if (*line.ptr == '$') {
		sentence_clock(line, sentence);
		return ROW_NOT_AIS;
	}
	return other || !memchr(line.ptr, '!', line.len) ? ROW_NOT_AIS : ROW_SENTENCE;
}

#include "ais/sentence_time.h"

#include "ais/sentence_sum.h"
#include "base/utc.h"

/* bounds of what is looked at, far above what logs hold: hostile lines are long */
enum { FIELDS_MAX = 32, WORDS_MAX = 16, TIME_TEXT_MAX = 64, STATION_MAX = 32 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool set_time(struct span text, const struct when_style *when, struct sentence *s)
{
	int64_t t_ms[2];
	enum when_result result;

	if (!text.len || text.len > TIME_TEXT_MAX)
		return false;
	result = when_parse(text, when, t_ms);
	if (result == WHEN_BAD)
		return false;
	s->when = result;
	s->t_ms[0] = t_ms[0];
	s->t_ms[1] = t_ms[1];
	return true;
}

/* ten digits of seconds, as nearly all of them are; 0 when it is not that */
static int64_t plain_seconds(struct span text)
{
	int64_t seconds = 0;

	if (text.len != 10)
		return 0;
	for (size_t i = 0; i < text.len; i++) {
		if (!is_digit(text.ptr[i]))
			return 0;
		seconds = seconds * 10 + (text.ptr[i] - '0');
	}
	return seconds;
}

void sentence_unix_time(struct span text, struct sentence *sentence)
{
	int64_t t_ms = plain_seconds(text) * 1000;

	if (t_ms >= UTC_MIN_MS && t_ms < UTC_MAX_MS) {
		sentence->when = WHEN_CERTAIN;
		sentence->t_ms[0] = t_ms;
		sentence->t_ms[1] = t_ms;
	} else {
		set_time(text, NULL, sentence);
	}
}

static bool is_separator(char c)
{
	return c == ',' || c == ';' || c == '|' || c == '\t' || c == '"' || c == '\'';
}

/* what encloses or follows a time: brackets, quotes, separators */
static struct span strip(struct span s)
{
	while (s.len && (is_separator(*s.ptr) || *s.ptr == ' ' || *s.ptr == '[' || *s.ptr == '('))
		s = (struct span){s.ptr + 1, s.len - 1};
	while (s.len && (is_separator(s.ptr[s.len - 1]) || s.ptr[s.len - 1] == ' ' ||
	                 s.ptr[s.len - 1] == ']' || s.ptr[s.len - 1] == ')'))
		s.len--;
	return s;
}

/* the next field of *rest; false at its end */
static bool next_field(struct span *rest, struct span *field)
{
	size_t n = 0;

	if (!rest->len)
		return false;
	while (n < rest->len && !is_separator(rest->ptr[n]))
		n++;
	*field = strip((struct span){rest->ptr, n});
	n += n < rest->len;
	*rest = (struct span){rest->ptr + n, rest->len - n};
	return true;
}

/* one word or two neighbouring ones: `rx1 2021-06-01 00:00:00.123 INFO` */
static bool time_in_words(struct span text, const struct when_style *when, struct sentence *s)
{
	for (int i = 0; text.len && i < WORDS_MAX; i++) {
		struct span word;
		struct span rest;
		struct span next;

		span_cut(text, ' ', &word, &rest);
		span_cut(rest, ' ', &next, &(struct span){NULL, 0});
		if (next.len && set_time((struct span){word.ptr, word.len + 1 + next.len}, when, s))
			return true;
		if (set_time(strip(word), when, s))
			return true;
		text = rest;
	}
	return false;
}

void sentence_prefix(struct span text, const struct when_style *when, struct sentence *sentence)
{
	struct span rest = text;
	struct span field;

	if (*text.ptr == '$' || set_time(strip(text), when, sentence))
		return;
	for (int i = 0; i < FIELDS_MAX && next_field(&rest, &field); i++) {
		if (set_time(field, when, sentence))
			return;
	}
	time_in_words(strip(text), when, sentence);
}

/* r (a receiver) or b (a base station) and its name or MMSI */
static bool is_station(struct span s)
{
	if (s.len < 2 || s.len > STATION_MAX || !memchr("rRbB", *s.ptr, 4))
		return false;
	for (size_t i = 1; i < s.len; i++) {
		char c = s.ptr[i];

		if (!is_digit(c) && !(c >= 'A' && c <= 'Z') && !(c >= 'a' && c <= 'z') &&
		    c != '_' && c != '-' && c != '.')
			return false;
	}
	return true;
}

void sentence_trailer(struct span text, const struct when_style *when, struct sentence *sentence)
{
	struct span field;

	if (!is_separator(*text.ptr) && *text.ptr != ' ')
		next_field(&text, &field);
	for (int i = 0; i < FIELDS_MAX && next_field(&text, &field); i++) {
		if (!field.len)
			continue;
		if (is_digit(*field.ptr)) {
			if (sentence->when == WHEN_BAD)
				set_time(field, when, sentence);
		} else if (!sentence->station.len && is_station(field)) {
			sentence->station = field;
		}
	}
}

/* digits and a comma; -1 for anything else */
static int take_number(struct span *text)
{
	struct span digits;
	int number = 0;

	if (!span_cut(*text, ',', &digits, text) || !digits.len || digits.len > 4)
		return -1;
	for (size_t i = 0; i < digits.len; i++) {
		if (!is_digit(digits.ptr[i]))
			return -1;
		number = number * 10 + (digits.ptr[i] - '0');
	}
	return number;
}

static bool clock_valid(const int n[7])
{
	return n[0] >= 1990 && n[0] < 2100 && n[1] >= 1 && n[1] <= 12 && n[2] >= 1 && n[2] <= 31 &&
	       utc_date_valid(n[0], n[1], n[2]) && n[3] >= 0 && n[3] < 24 && n[4] >= 0 &&
	       n[4] < 60 && n[5] >= 0 && n[5] < 60 && n[6] >= 0 && n[6] < 1000;
}

/* the fifth of the fields behind the time; -1 when it tells no checksum */
static int read_due(struct span rest)
{
	struct span field;
	unsigned sum;

	for (int i = 0; i < 4; i++) {
		if (!span_cut(rest, ',', &field, &rest))
			return -1;
	}
	sum = sentence_told_sum(rest);
	return rest.len == 2 && sum < 256 ? (int)sum : -1;
}

bool sentence_is_due(const struct sentence *sentence, unsigned sum)
{
	return sentence->due < 0 || (unsigned)sentence->due == sum ||
	       (sentence->own && sentence->due == 0);
}

void sentence_clock(struct span line, struct sentence *sentence)
{
	static const struct span HEAD = {"$PGHP,1,", 8};
	struct span rest;
	struct span body;
	struct span sum;
	int n[7]; /* year, month, day, hour, minute, second, ms */

	if (!span_starts(line, HEAD))
		return;
	if (span_cut((struct span){line.ptr + 1, line.len - 1}, '*', &body, &sum) &&
	    !sentence_sum_fits(body, sum))
		return;
	if (body.len < HEAD.len)
		return;
	rest = (struct span){line.ptr + HEAD.len, body.len + 1 - HEAD.len};
	for (int i = 0; i < 7; i++)
		n[i] = take_number(&rest);
	if (!clock_valid(n))
		return;
	sentence->clock = true;
	sentence->due = read_due(rest);
	sentence->when = WHEN_CERTAIN;
	sentence->t_ms[0] = utc_days(n[0], n[1], n[2]) * DAY_MS + n[3] * HOUR_MS +
	                    n[4] * MINUTE_MS + n[5] * 1000 + n[6];
	sentence->t_ms[1] = sentence->t_ms[0];
}

#include "ais/sentence_tag.h"

#include "ais/sentence_sum.h"
#include "ais/sentence_time.h"

enum { GROUP_DIGITS = 18 };

/* the digits up to `end` of text, or to its end, as a number; false for none or too many */
static bool take_number(struct span *text, char end, uint64_t *number)
{
	struct span digits;

	span_cut(*text, end, &digits, text);
	*number = 0;
	if (!digits.len || digits.len > GROUP_DIGITS)
		return false;
	for (size_t i = 0; i < digits.len; i++) {
		if (digits.ptr[i] < '0' || digits.ptr[i] > '9')
			return false;
		*number = *number * 10 + (uint64_t)(digits.ptr[i] - '0');
	}
	return true;
}

/* "1-2-1604" */
static void read_group(struct span text, struct sentence *s)
{
	uint64_t part;
	uint64_t parts;
	uint64_t id;

	if (!take_number(&text, '-', &part) || !take_number(&text, '-', &parts) ||
	    !take_number(&text, '-', &id) || text.len || part < 1 || part > parts || parts > 9999)
		return;
	s->grouped = true;
	s->group_part = (unsigned)part;
	s->group_parts = (unsigned)parts;
	s->group_id = id;
}

/* fields of a block whose checksum is right; *text_time: Orbcomm's T:, for want of a c: */
static void read_fields(struct span block, struct sentence *s, struct span *text_time)
{
	while (block.len) {
		struct span field;
		struct span value;

		span_cut(block, ',', &field, &block);
		if (field.len < 3 || field.ptr[1] != ':')
			continue;
		value = (struct span){field.ptr + 2, field.len - 2};
		switch (field.ptr[0]) {
		case 'c':
			sentence_unix_time(value, s);
			break;
		case 's':
			s->station = value;
			break;
		case 'g':
			read_group(value, s);
			break;
		case 'T':
			*text_time = value;
			break;
		default:
			break;
		}
	}
}

static void read_block(struct span block, struct sentence *s, struct span *text_time)
{
	struct span body;
	struct span sum;

	if (span_cut(block, '*', &body, &sum) && !(sum.len == 2 && sentence_sum_fits(body, sum)))
		s->bad_tags++;
	else
		read_fields(body, s, text_time);
}

struct span sentence_tags(struct span before, struct sentence *sentence)
{
	struct span text_time = {NULL, 0};
	struct span text;
	struct span rest;
	struct span block;

	if (!span_cut(before, '\\', &text, &rest))
		return text;
	/* blocks share a backslash or have two of their own; what is not closed is none */
	while (span_cut(rest, '\\', &block, &rest)) {
		if (block.len)
			read_block(block, sentence, &text_time);
	}
	if (sentence->when == WHEN_BAD && text_time.len)
		sentence->when = when_parse(text_time, NULL, sentence->t_ms);
	return text;
}

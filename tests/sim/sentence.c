#include "sentence.h"

/* a sentence has at most 82 characters, of which 60 leave room for all that stands around them */
enum { MOST_CHARACTERS = 60 };

void out_checksum(struct out *o, size_t from)
{
	static const char digits[] = "0123456789ABCDEF";
	unsigned sum = 0;
	size_t i;

	for (i = from; i < o->used; i++)
		sum ^= (unsigned char)o->buf[i];
	out_char(o, '*');
	out_char(o, digits[sum >> 4]);
	out_char(o, digits[sum & 15]);
}

int sentence_count(const struct payload *p)
{
	return (p->length + MOST_CHARACTERS - 1) / MOST_CHARACTERS;
}

void out_sentence(struct out *o, const struct payload *p, int index, uint64_t number)
{
	int count = sentence_count(p);
	int begin = index * MOST_CHARACTERS;
	int end = index + 1 < count ? begin + MOST_CHARACTERS : p->length;
	size_t from = o->used + 1;

	out_text(o, "!AIVDM,");
	out_int(o, count);
	out_char(o, ',');
	out_int(o, index + 1);
	out_char(o, ',');
	if (count > 1)
		out_int(o, (int64_t)(number % 10));
	out_char(o, ',');
	out_char(o, number & 1 ? 'B' : 'A');
	out_char(o, ',');
	out_bytes(o, p->text + begin, (size_t)(end - begin));
	out_char(o, ',');
	out_int(o, index + 1 < count ? 0 : p->fill);
	out_checksum(o, from);
}

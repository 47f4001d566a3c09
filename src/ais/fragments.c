#include "ais/fragments.h"

#include <stdlib.h>
#include <string.h>

#include "ais/sentence_time.h"
#include "base/hash.h"
#include "base/mem.h"

enum { PARTS_MAX = 9 };

struct piece {
	uint16_t offset; /* in the set's text */
	uint16_t len;
	uint8_t fill;
	bool here;
};

/* the parts of one message that have come so far */
struct set {
	uint64_t source; /* hash of its name; 0 for none */
	uint64_t opened; /* the number of the sentence that opened it, */
	uint64_t last;   /* and of its last one so far */
	enum when_result when;
	int64_t t_ms[2];
	int due;        /* of the time */
	unsigned sum;   /* of the parts, XORed */
	unsigned parts; /* of the message */
	unsigned count; /* that are here; 0 in a free set */
	size_t used;
	struct piece piece[PARTS_MAX];
	char text[SIXBIT_CHARS_MAX];
};

/* the keys stand apart: all of them are looked at for every part */
struct fragments {
	uint64_t key[FRAGMENTS_OPEN_MAX];
	struct set set[FRAGMENTS_OPEN_MAX];
	uint64_t sentences;
	uint64_t lone;
};

struct fragments *fragments_new(void)
{
	return mem_new(1, sizeof(struct fragments));
}

void fragments_free(struct fragments *fragments)
{
	free(fragments);
}

void fragments_pass(struct fragments *fragments)
{
	fragments->sentences++;
}

uint64_t fragments_lone(const struct fragments *fragments)
{
	uint64_t lone = fragments->lone;

	for (int i = 0; i < FRAGMENTS_OPEN_MAX; i++)
		lone += fragments->set[i].count;
	return lone;
}

static uint64_t source_of(const struct sentence *s)
{
	return s->station.len ? hash_bytes(hash_seed(), s->station) | 1 : 0;
}

/* all but the source; keyed by the process's secret: strangers' parts cannot be made to fit */
static uint64_t key_of(const struct sentence *s)
{
	uint64_t key = (uint64_t)(unsigned char)s->talker[0] |
	               (uint64_t)(unsigned char)s->talker[1] << 8 | (uint64_t)s->own << 16 |
	               (uint64_t)s->parts << 20 | (uint64_t)(s->sequence + 1) << 24 |
	               (uint64_t)s->grouped << 28;
	uint64_t group = s->grouped ? s->group_id : (unsigned char)s->channel;

	return hash_mix(hash_mix(key ^ hash_seed()) ^ group);
}

static int64_t any_time(enum when_result when, const int64_t t_ms[2])
{
	return t_ms[when == WHEN_ONLY_MONTH_FIRST];
}

static bool too_old(const struct fragments *f, const struct set *set, const struct sentence *s)
{
	int64_t apart;

	if (set->when == WHEN_BAD || s->when == WHEN_BAD)
		return f->sentences - set->opened > FRAGMENTS_WAIT_SENTENCES;
	apart = any_time(s->when, s->t_ms) - any_time(set->when, set->t_ms);
	return apart > FRAGMENTS_WAIT_MS || apart < -FRAGMENTS_WAIT_MS;
}

static void close_set(struct set *set)
{
	set->count = 0;
}

static void drop_set(struct fragments *f, struct set *set)
{
	f->lone += set->count;
	close_set(set);
}

/* a free set, if need be the one that has waited longest */
static int free_set(struct fragments *f)
{
	int oldest = 0;

	for (int i = 0; i < FRAGMENTS_OPEN_MAX; i++) {
		if (!f->set[i].count)
			return i;
		if (f->set[i].opened < f->set[oldest].opened)
			oldest = i;
	}
	drop_set(f, &f->set[oldest]);
	return oldest;
}

static struct set *open_set(struct fragments *f, const struct sentence *s, uint64_t key,
                            uint64_t source)
{
	int i = free_set(f);
	struct set *set = &f->set[i];

	f->key[i] = key;
	set->source = source;
	set->opened = f->sentences;
	set->when = WHEN_BAD;
	set->due = -1;
	set->sum = 0;
	set->parts = s->parts;
	set->used = 0;
	memset(set->piece, 0, sizeof set->piece);
	return set;
}

static bool has_room(const struct fragments *f, const struct set *set, const struct sentence *s)
{
	return !set->piece[s->part - 1].here && !too_old(f, set, s);
}

/* the set of the part's own source; sets that the part shows to be abandoned are dropped */
static struct set *find_same(struct fragments *f, const struct sentence *s, uint64_t key,
                             uint64_t source)
{
	for (int i = 0; i < FRAGMENTS_OPEN_MAX; i++) {
		struct set *set = &f->set[i];

		if (f->key[i] != key || !set->count || set->source != source)
			continue;
		if (has_room(f, set, s))
			return set;
		drop_set(f, set);
	}
	return NULL;
}

/* a set that misses a source where the part has one, or the other way round */
static struct set *find_near(struct fragments *f, const struct sentence *s, uint64_t key,
                             uint64_t source)
{
	for (int i = 0; i < FRAGMENTS_OPEN_MAX; i++) {
		struct set *set = &f->set[i];

		if (f->key[i] != key || !set->count || (set->source && source))
			continue;
		if ((s->grouped || f->sentences - set->last == 1) && has_room(f, set, s))
			return set;
	}
	return NULL;
}

/* false when there is no room: no message is as long */
static bool keep_part(struct set *set, const struct sentence *s)
{
	if (s->payload.len > sizeof set->text - set->used)
		return false;
	set->piece[s->part - 1] =
	    (struct piece){(uint16_t)set->used, (uint16_t)s->payload.len, (uint8_t)s->fill, true};
	if (s->payload.len)
		memcpy(set->text + set->used, s->payload.ptr, s->payload.len);
	set->used += s->payload.len;
	set->sum ^= s->sum;
	set->count++;
	return true;
}

static void keep_source_and_time(struct set *set, const struct sentence *s, uint64_t source)
{
	if (!set->source)
		set->source = source;
	if (set->when != WHEN_BAD)
		return;
	set->when = s->when;
	set->due = s->due;
	set->t_ms[0] = s->t_ms[0];
	set->t_ms[1] = s->t_ms[1];
}

static void give_time(const struct set *set, struct sentence *s)
{
	s->when = set->when;
	s->t_ms[0] = set->t_ms[0];
	s->t_ms[1] = set->t_ms[1];
	s->due = set->due;
	if (!sentence_is_due(s, set->sum))
		s->when = WHEN_BAD;
}

/* fill bits belong at the end of the last part; those of another are cut off there */
static bool join_parts(const struct set *set, struct bits *bits)
{
	bits_clear(bits);
	for (unsigned i = 0; i < set->parts; i++) {
		const struct piece *piece = &set->piece[i];

		if (!bits_append(bits, (struct span){set->text + piece->offset, piece->len},
		                 piece->fill))
			return false;
	}
	return true;
}

enum fragments_result fragments_add(struct fragments *fragments, struct sentence *sentence,
                                    struct bits *bits)
{
	uint64_t source = source_of(sentence);
	uint64_t key = key_of(sentence);
	struct set *set;
	bool whole;

	fragments->sentences++;
	set = find_same(fragments, sentence, key, source);
	if (!set)
		set = find_near(fragments, sentence, key, source);
	if (!set)
		set = open_set(fragments, sentence, key, source);
	set->last = fragments->sentences;
	keep_source_and_time(set, sentence, source);
	if (!keep_part(set, sentence)) {
		drop_set(fragments, set);
		give_time(set, sentence);
		return FRAGMENTS_BROKEN;
	}
	if (set->count < set->parts)
		return FRAGMENTS_WAITING;
	whole = join_parts(set, bits);
	give_time(set, sentence);
	close_set(set);
	return whole ? FRAGMENTS_WHOLE : FRAGMENTS_BROKEN;
}

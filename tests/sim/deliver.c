/*
 * A row arrives at once, or with --disorder up to 15 minutes late. A repeated row (--duplicates)
 * arrives again within 10 seconds, as another station or a base station's repeat (M.1371, repeat
 * indicator) brings it; three in ten carry the later time of their arrival. What happens to a
 * row depends on the row, not on the order in which rows are made.
 */
#include "deliver.h"

#include <stdio.h>
#include <stdlib.h>

enum { SALT_LATE = 61, MOST_COPIES = 20, LATEST_MS = 900000 };

static int earlier(const struct waiting *a, const struct waiting *b)
{
	return a->due != b->due ? a->due < b->due : a->seq < b->seq;
}

static void swap(struct waiting *a, struct waiting *b)
{
	struct waiting t = *a;

	*a = *b;
	*b = t;
}

static void push(struct delivery *d, const struct report *r, int64_t due)
{
	size_t i = d->count++;

	if (d->count > d->room) {
		d->room = d->room ? d->room * 2 : 256;
		d->heap = realloc(d->heap, d->room * sizeof(*d->heap));
		if (!d->heap) {
			fprintf(stderr, "aissim: out of memory\n");
			exit(1);
		}
	}
	d->heap[i].due = due;
	d->heap[i].seq = d->seq++;
	d->heap[i].r = *r;
	for (; i > 0 && earlier(&d->heap[i], &d->heap[(i - 1) / 2]); i = (i - 1) / 2)
		swap(&d->heap[i], &d->heap[(i - 1) / 2]);
}

static void pop(struct delivery *d)
{
	size_t i = 0;
	size_t kid;

	d->to.take(d->to.arg, &d->heap[0].r);
	d->heap[0] = d->heap[--d->count];
	for (;;) {
		kid = 2 * i + 1;
		if (kid >= d->count)
			return;
		if (kid + 1 < d->count && earlier(&d->heap[kid + 1], &d->heap[kid]))
			kid++;
		if (!earlier(&d->heap[kid], &d->heap[i]))
			return;
		swap(&d->heap[kid], &d->heap[i]);
		i = kid;
	}
}

/* chance is per cent in millionths */
static int happens(struct rng *r, int64_t chance)
{
	return (int64_t)rng_below(r, 100000000) < chance;
}

static void repeat(struct delivery *d, struct rng *rng, const struct report *r, int64_t sent)
{
	struct report copy;
	int64_t delay;
	int copies;

	for (copies = 0; copies < MOST_COPIES; copies++) {
		copy = *r;
		delay = rng_range(rng, 0, 10000);
		if (rng_chance(rng, 300000))
			copy.t += delay;
		push(d, &copy, sent + delay);
		if (!rng_chance(rng, 400000))
			return;
	}
}

void deliver(struct delivery *d, const struct report *r, int64_t sent)
{
	struct rng rng;

	if (d->o->duplicates == 0 && d->o->disorder == 0) {
		d->to.take(d->to.arg, r);
		return;
	}
	rng = rng_stream((uint64_t)d->o->seed + SALT_LATE, r->vessel, (uint64_t)sent);
	push(d, r, happens(&rng, d->o->disorder) ? sent + rng_range(&rng, 1, LATEST_MS) : sent);
	if (happens(&rng, d->o->duplicates))
		repeat(d, &rng, r, sent);
	while (d->count > 0 && d->heap[0].due <= sent)
		pop(d);
}

void deliver_rest(struct delivery *d)
{
	while (d->count > 0)
		pop(d);
}

void deliver_free(struct delivery *d)
{
	free(d->heap);
}

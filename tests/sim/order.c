/*
 * Time order: all ships at once, a heap by the time of their next report. Vessel order: one ship
 * after another, in the memory of one. Reverse and random order hold all rows.
 */
#include "order.h"

#include <stdlib.h>

struct head {
	int64_t sent;
	struct vessel *v;
	struct report r;
};

static int earlier(const struct head *a, const struct head *b)
{
	return a->sent != b->sent ? a->sent < b->sent : a->v->index < b->v->index;
}

static void sink_down(struct head *h, size_t n, size_t i)
{
	struct head t = h[i];
	size_t kid;

	for (; (kid = 2 * i + 1) < n; i = kid) {
		if (kid + 1 < n && earlier(&h[kid + 1], &h[kid]))
			kid++;
		if (!earlier(&h[kid], &t))
			break;
		h[i] = h[kid];
	}
	h[i] = t;
}

static void merge(struct head *h, size_t n, struct delivery *d)
{
	size_t i;

	for (i = n / 2; i-- > 0;)
		sink_down(h, n, i);
	while (n > 0) {
		deliver(d, &h[0].r, h[0].sent);
		if (!vessel_next(h[0].v, &h[0].r, &h[0].sent))
			h[0] = h[--n];
		if (n > 0)
			sink_down(h, n, 0);
	}
	deliver_rest(d);
}

static bool by_time(const struct sim *sim, struct truth *truth, struct delivery *d)
{
	size_t all = (size_t)(sim->o->vessels + sim->fixture_count);
	struct vessel *vessels = calloc(all, sizeof(*vessels));
	struct head *heads = calloc(all, sizeof(*heads));
	bool ok = vessels && heads;
	size_t n = 0;
	size_t i;

	for (i = 0; ok && i < all; i++) {
		vessel_make(&vessels[i], sim, (uint32_t)i, truth);
		heads[n].v = &vessels[i];
		if (vessel_next(&vessels[i], &heads[n].r, &heads[n].sent))
			n++;
	}
	if (ok)
		merge(heads, n, d);
	free(heads);
	free(vessels);
	return ok;
}

static void by_vessel(const struct sim *sim, struct truth *truth, struct delivery *d)
{
	int64_t all = sim->o->vessels + sim->fixture_count;
	struct vessel v;
	struct report r;
	int64_t sent;
	int64_t i;

	for (i = 0; i < all; i++) {
		vessel_make(&v, sim, (uint32_t)i, truth);
		while (vessel_next(&v, &r, &sent))
			deliver(d, &r, sent);
		deliver_rest(d);
	}
}

struct pile {
	struct report *rows;
	size_t count, room;
	bool failed;
};

static void heap_up(void *arg, const struct report *r)
{
	struct pile *p = arg;
	struct report *more;

	if (p->count == p->room) {
		p->room = p->room ? p->room * 2 : 4096;
		more = realloc(p->rows, p->room * sizeof(*p->rows));
		if (!more) {
			p->failed = true;
			p->room = p->count;
			p->count = 0; /* the result is thrown away */
			return;
		}
		p->rows = more;
	}
	p->rows[p->count++] = *r;
}

/* Fisher and Yates's shuffle in Durstenfeld's form */
static void shuffle(struct pile *p, uint64_t seed)
{
	struct rng rng = rng_stream(seed, 0, 71);
	struct report t;
	size_t i;
	size_t k;

	for (i = p->count; i > 1; i--) {
		k = (size_t)rng_below(&rng, i);
		t = p->rows[i - 1];
		p->rows[i - 1] = p->rows[k];
		p->rows[k] = t;
	}
}

static void turn_round(struct pile *p)
{
	struct report t;
	size_t i;

	for (i = 0; i < p->count / 2; i++) {
		t = p->rows[i];
		p->rows[i] = p->rows[p->count - 1 - i];
		p->rows[p->count - 1 - i] = t;
	}
}

static bool run_piled(const struct sim *sim, struct truth *truth, struct sink to)
{
	struct pile pile = {0};
	struct delivery d = {.o = sim->o, .to = {heap_up, &pile}};
	bool ok = by_time(sim, truth, &d) && !pile.failed;
	size_t i;

	if (sim->o->order == ORDER_RANDOM)
		shuffle(&pile, (uint64_t)sim->o->seed);
	else
		turn_round(&pile);
	for (i = 0; ok && i < pile.count; i++)
		to.take(to.arg, &pile.rows[i]);
	free(pile.rows);
	deliver_free(&d);
	return ok;
}

bool run_in_order(const struct sim *sim, struct truth *truth, struct sink to)
{
	struct delivery d = {.o = sim->o, .to = to};
	bool ok = true;

	if (sim->o->order == ORDER_RANDOM || sim->o->order == ORDER_REVERSE)
		return run_piled(sim, truth, to);
	if (sim->o->order == ORDER_VESSEL)
		by_vessel(sim, truth, &d);
	else
		ok = by_time(sim, truth, &d);
	deliver_free(&d);
	return ok;
}

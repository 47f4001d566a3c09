#include "judge/coverage.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

/* cells on each side that are looked at, 15 nm of latitude */
enum { REACH = 2 };
/* vessel-hours that the wider square counts for in the narrower one */
static const double PRIOR_HOURS = 4.0;
/* where nobody ever was, nothing is known; a place that nobody was seen at is less likely covered
 * than those around it, for ships pass anywhere, but are only seen where they are heard */
static const double GUESS = 0.3;
static const double GUESS_SATELLITE = 0.1;
static const double UNSEEN = 0.5;
/* vessel-hours that what vessels of the same class under way, or still, have there counts for */
static const double KIN_HOURS = 3.0;

static struct own_cell *own_at(struct own *own, uint32_t cell)
{
	for (size_t i = own->count; i-- > 0;) {
		if (own->at[i].cell == cell)
			return &own->at[i];
	}
	own->at = mem_grow(own->at, &own->cap, own->count + 1, 32, sizeof own->at[0]);
	own->at[own->count] = (struct own_cell){.cell = cell};
	return &own->at[own->count++];
}

static void add_own(void *context, const struct sighting *s)
{
	struct own_cell *at = own_at(context, cell_of(s->lat_deg, s->lon_deg));

	at->tally.present[s->stratum]++;
	at->tally.heard[s->stratum] += s->heard && !s->satellite;
	at->tally.satellite[s->stratum] += s->satellite;
}

void own_add(struct own *own, const struct clock *clock, const struct shard *shard,
             const struct vessel *vessel, int64_t first, int64_t end)
{
	sightings_of(clock, shard, vessel, first * PERIOD_H, end * PERIOD_H, add_own, own);
}

void own_free(struct own *own)
{
	free(own->at);
	*own = (struct own){0};
}

static void subtract(struct tally *from, const struct tally *tally)
{
	for (int s = 0; s < STRATA; s++) {
		from->present[s] -= tally->present[s];
		from->heard[s] -= tally->heard[s];
		from->satellite[s] -= tally->satellite[s];
	}
}

static void leave_out(const struct own *own, uint32_t cell, struct tally near[REACH + 1],
                      struct tally *wide)
{
	for (size_t i = 0; i < own->count; i++) {
		const struct own_cell *at = &own->at[i];

		if (cells_apart(at->cell, cell, WIDE_SHIFT) > 1)
			continue;
		subtract(wide, &at->tally);
		for (int r = 0; r <= REACH; r++) {
			if (cells_apart(at->cell, cell, 0) <= r)
				subtract(&near[r], &at->tally);
		}
	}
}

/* `part` of `all`, where `rate` counts for PRIOR_HOURS more */
static double shrunk(double part, double all, double rate)
{
	all = fmax(0, all);
	part = fmin(all, fmax(0, part));
	return (part + PRIOR_HOURS * rate) / (all + PRIOR_HOURS);
}

/* a narrower square's tally shrinks toward the rates of the wider one */
static void shrink(const struct tally *t, struct coverage *c)
{
	for (int s = 0; s < STRATA; s++) {
		c->heard[s] = shrunk(t->heard[s], t->present[s], c->heard[s]);
		c->satellite[s] =
		    shrunk(t->satellite[s], t->present[s] - t->heard[s], c->satellite[s]);
	}
}

/* where few of a stratum were, the other one of its class tells something */
static void lean_on_kin(const struct tally *near, struct coverage *c)
{
	static const uint8_t KIN[STRATA] = {
	    [STRATUM_A] = STRATUM_A_STILL,
	    [STRATUM_A_STILL] = STRATUM_A,
	    [STRATUM_B] = STRATUM_B_STILL,
	    [STRATUM_B_STILL] = STRATUM_B,
	};
	struct coverage alone = *c;

	for (int s = 0; s < STRATA; s++) {
		double own = fmax(0, near->present[s]) + PRIOR_HOURS;
		double kin = fmin(KIN_HOURS, fmax(0, near->present[KIN[s]]));

		c->heard[s] = (own * alone.heard[s] + kin * alone.heard[KIN[s]]) / (own + kin);
	}
}

void coverage_at(const struct traffic *traffic, const struct own *own, int64_t first, int64_t end,
                 uint32_t cell, struct coverage *coverage)
{
	struct tally near[REACH + 1] = {0};
	struct tally wide = {0};

	traffic_past(traffic, first, end, cell, REACH, near, &wide);
	leave_out(own, cell, near, &wide);
	for (int s = 0; s < STRATA; s++) {
		coverage->heard[s] = GUESS;
		coverage->satellite[s] = GUESS_SATELLITE;
	}
	shrink(&wide, coverage);
	for (int s = 0; s < STRATA; s++)
		coverage->heard[s] += UNSEEN * (GUESS - coverage->heard[s]);
	for (int r = REACH; r >= 0; r--)
		shrink(&near[r], coverage);
	lean_on_kin(&near[REACH], coverage);
	coverage->others = 0;
	for (int s = 0; s < STRATA; s++)
		coverage->others += fmax(0, near[1].present[s]);
}

#include "run/selftest_draw.h"

#include <math.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"

double draw(struct draws *draws)
{
	draws->state += UINT64_C(0x9E3779B97F4A7C15);
	return (double)(hash_mix(draws->state) >> 11) * 0x1p-53;
}

double draw_log(struct draws *draws, double least, double most)
{
	return least * exp(draw(draws) * log(most / least));
}

uint64_t hash_of(uint64_t seed, enum purpose purpose, const struct heard *h)
{
	uint64_t hash = hash_mix(seed * 8 + (uint64_t)purpose);

	hash = hash_mix(hash ^ (uint64_t)h->mmsi);
	return hash_mix(hash ^ ((uint64_t)h->hour << 8 | h->zone));
}

void each_hour(const struct track *track, void (*visit)(void *context, struct heard *heard),
               void *context)
{
	const struct presence *presence = &track->presence;

	for (uint32_t i = 0; i < presence->count; i++) {
		for (int h = 0; h < BLOCK_HOURS; h++) {
			const struct presence_hour *hour = &presence->at[i].block->hours[h];
			struct heard heard = {
			    .mmsi = track->mmsi,
			    .zone = track->zone,
			    .hour = (int64_t)presence->at[i].index * BLOCK_HOURS + h,
			    .lat_deg = (double)hour->first_lat_e7 / 1e7,
			    .lon_deg = (double)hour->first_lon_e7 / 1e7,
			};

			if (hour->satellite_minutes | hour->other_minutes)
				visit(context, &heard);
		}
	}
}

void each_hour_of_fleet(const struct fleet *fleet,
                        void (*visit)(void *context, struct heard *heard), void *context)
{
	for (int s = 0; s < FLEET_SHARDS; s++) {
		for (size_t t = 0; t < fleet->shards[s].track_count; t++)
			each_hour(&fleet->shards[s].tracks[t], visit, context);
	}
}

void count_hour(void *context, struct heard *heard)
{
	(void)heard;
	++*(uint64_t *)context;
}

bool heard_watched(const struct plan_params *p, const struct heard *h)
{
	bool in = p->everywhere;

	for (size_t i = 0; i < areas_count(p->areas) && !in; i++)
		in = areas_contain(p->areas, i, h->lat_deg, h->lon_deg);
	return in;
}

uint64_t hash_limit(double want, uint64_t of)
{
	double share = of ? want / (double)of : 1.0;

	return share >= 1.0 ? UINT64_MAX : (uint64_t)(share * 0x1p64);
}

static int by_hash(const void *a, const void *b)
{
	const struct heard *x = a;
	const struct heard *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	if (x->mmsi != y->mmsi)
		return x->mmsi < y->mmsi ? -1 : 1;
	if (x->hour != y->hour)
		return x->hour < y->hour ? -1 : 1;
	return (x->zone > y->zone) - (x->zone < y->zone);
}

/* a draw of hours, the smallest hashes of all: the same whatever the order of the fleet's tables */
struct sample {
	const struct plan_params *params;
	enum purpose purpose;
	uint64_t limit;
	struct heards taken;
};

static void sample_hour(void *context, struct heard *heard)
{
	struct sample *s = context;
	struct heards *taken = &s->taken;

	heard->hash = hash_of(s->params->seed, s->purpose, heard);
	if (heard->hash > s->limit)
		return;
	taken->at = mem_grow(taken->at, &taken->cap, taken->count + 1, 64, sizeof *taken->at);
	taken->at[taken->count++] = *heard;
}

/* about eight times as many as wanted are drawn, because many may lie in no area */
enum { OVERSAMPLE = 8 };

struct heards sample_hours(const struct plan_params *p, enum purpose purpose, size_t want,
                           uint64_t vessel_hours)
{
	struct sample s = {.params = p,
	                   .purpose = purpose,
	                   .limit = hash_limit((double)want * OVERSAMPLE, vessel_hours)};
	size_t kept = 0;

	each_hour_of_fleet(p->fleet, sample_hour, &s);
	if (s.taken.count)
		qsort(s.taken.at, s.taken.count, sizeof *s.taken.at, by_hash);
	for (size_t i = 0; i < s.taken.count && kept < want; i++) {
		if (heard_watched(p, &s.taken.at[i]))
			s.taken.at[kept++] = s.taken.at[i];
	}
	s.taken.count = kept;
	return s.taken;
}

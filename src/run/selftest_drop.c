/* Which reports a plan takes out. */
#include <math.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/utc.h"
#include "run/selftest_plan.h"

/* nautical miles in a degree of the sphere on which circles are drawn; half a per cent is nothing
 * to a circle drawn at random */
#define NM_PER_DEG 60.0

enum { BUCKETS_MOST = 4096 };

/* the stretch of time that a set of losses takes up */
static int64_t losses_span(const struct loss *losses, size_t count, int64_t *begin_ms)
{
	int64_t end_ms = INT64_MIN;

	*begin_ms = INT64_MAX;
	for (size_t i = 0; i < count; i++) {
		if (losses[i].begin_ms < *begin_ms)
			*begin_ms = losses[i].begin_ms;
		if (losses[i].end_ms > end_ms)
			end_ms = losses[i].end_ms;
	}
	return count ? end_ms - *begin_ms : 0;
}

static size_t bucket_of(const struct loss_index *index, int64_t t_ms)
{
	return (size_t)((t_ms - index->begin_ms) / index->bucket_ms);
}

/* a counting sort: how many each bucket holds, where each ends, then from the ends down */
static void fill_buckets(struct loss_index *index, const struct loss *losses, size_t count)
{
	uint32_t *first = index->first;
	uint32_t total;

	for (size_t i = 0; i < count; i++) {
		for (size_t b = bucket_of(index, losses[i].begin_ms);
		     b <= bucket_of(index, losses[i].end_ms); b++)
			first[b]++;
	}
	for (size_t b = 1; b < index->buckets; b++)
		first[b] += first[b - 1];
	total = first[index->buckets - 1];
	index->members = mem_new(total, sizeof *index->members);
	for (size_t i = count; i-- > 0;) {
		for (size_t b = bucket_of(index, losses[i].begin_ms);
		     b <= bucket_of(index, losses[i].end_ms); b++)
			index->members[--first[b]] = (uint32_t)i;
	}
	first[index->buckets] = total;
}

void loss_index_make(struct loss_index *index, const struct loss *losses, size_t count)
{
	int64_t span_ms = losses_span(losses, count, &index->begin_ms);

	index->bucket_ms = span_ms / BUCKETS_MOST + 1;
	if (index->bucket_ms < HOUR_MS)
		index->bucket_ms = HOUR_MS;
	index->buckets = count ? (size_t)(span_ms / index->bucket_ms) + 1 : 0;
	index->first = mem_new(index->buckets + 1, sizeof *index->first);
	index->members = NULL;
	if (count)
		fill_buckets(index, losses, count);
}

void loss_index_free(struct loss_index *index)
{
	free(index->first);
	free(index->members);
	*index = (struct loss_index){0};
}

const uint32_t *loss_index_at(const struct loss_index *index, int64_t t_ms, size_t *count)
{
	size_t b;

	*count = 0;
	if (!index->buckets || t_ms < index->begin_ms)
		return NULL;
	b = bucket_of(index, t_ms);
	if (b >= index->buckets)
		return NULL;
	*count = index->first[b + 1] - index->first[b];
	return index->members + index->first[b];
}

void plan_index(struct plan *plan)
{
	for (size_t i = 0; i < plan->switch_off_count; i++)
		map_put(&plan->of_mmsi, (uint64_t)plan->switch_offs[i].mmsi, (uint32_t)i);
	for (size_t i = 0; i < plan->loss_count; i++) {
		struct loss *loss = &plan->losses[i];

		loss->centre = sphere_unit(loss->lat_deg, loss->lon_deg);
		loss->cos_radius = cos(loss->radius_nm / NM_PER_DEG * DEG);
	}
	loss_index_make(&plan->index, plan->losses, plan->loss_count);
}

void plan_free(struct plan *plan)
{
	if (!plan)
		return;
	map_free(&plan->of_mmsi);
	loss_index_free(&plan->index);
	free(plan->switch_offs);
	free(plan->losses);
	free(plan);
}

const struct switch_off *plan_switch_off(const struct plan *plan, int64_t mmsi)
{
	uint32_t i = map_get(&plan->of_mmsi, (uint64_t)mmsi);

	return i == MAP_NONE ? NULL : &plan->switch_offs[i];
}

bool plan_loses(const struct loss *loss, int64_t t_ms, double lat_deg, double lon_deg)
{
	if (t_ms < loss->begin_ms || t_ms >= loss->end_ms)
		return false;
	if (loss->everywhere)
		return true;
	return fabs(lat_deg - loss->lat_deg) * NM_PER_DEG <= loss->radius_nm &&
	       vec_dot(sphere_unit(lat_deg, lon_deg), loss->centre) >= loss->cos_radius;
}

/* a vessel's reports of one minute are lost together, or none of them */
static bool minute_lost(const struct loss *loss, const struct position_report *report)
{
	uint64_t minute = (uint64_t)utc_floor_div(report->fix.t_ms, MINUTE_MS);
	uint64_t hash = hash_mix(hash_mix(loss->key ^ (uint64_t)report->mmsi) ^ minute);

	return (double)(hash >> 11) * 0x1p-53 < loss->rate;
}

/* a report without a position has no place: of losses, only holes take it */
static bool lost(const struct loss *loss, const struct position_report *report)
{
	const struct fix *fix = &report->fix;

	return (report->has_position || loss->everywhere) &&
	       plan_loses(loss, fix->t_ms, fix->lat_deg, fix->lon_deg) && minute_lost(loss, report);
}

bool plan_drops(const void *context, const struct position_report *report)
{
	const struct plan *plan = context;
	const struct switch_off *off = plan_switch_off(plan, report->mmsi);
	const uint32_t *members;
	size_t count;

	if (off && report->fix.t_ms >= off->begin_ms && report->fix.t_ms < off->end_ms)
		return true;
	members = loss_index_at(&plan->index, report->fix.t_ms, &count);
	for (size_t i = 0; i < count; i++) {
		if (lost(&plan->losses[members[i]], report))
			return true;
	}
	return false;
}

int64_t plan_hole_ms(const struct plan *plan, int64_t begin_ms, int64_t end_ms)
{
	int64_t ms = 0;

	for (size_t i = 0; i < plan->loss_count; i++) {
		const struct loss *hole = &plan->losses[i];
		int64_t from_ms = hole->begin_ms > begin_ms ? hole->begin_ms : begin_ms;
		int64_t to_ms = hole->end_ms < end_ms ? hole->end_ms : end_ms;

		if (hole->everywhere && from_ms < to_ms)
			ms += to_ms - from_ms;
	}
	return ms;
}

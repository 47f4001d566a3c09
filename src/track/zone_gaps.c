#include "track/zone_gaps.h"

#include <math.h>

#include "base/utc.h"
#include "geo/geodesic.h"

/*
 * Between two known positions: merchant ships stay below 35 kn, fast ferries make some 40, so that
 * 50 needs no argument. The slack covers a ship's length, a time floored or stamped on reception,
 * and a position or an exit that is off by a little.
 */
static const double KNOWN_KN = 50.0;
/* where only a zone's rim and a time are known; the margin of an open sea is made for it, too */
static const double SAILED_KN = 35.0;
static const double SLACK_NM = 5.0;

/* a silence in the zone of a track, and what is known of it */
struct silence {
	struct gap gap;
	const struct segments *elsewhere;
	uint32_t count;    /* segments of `elsewhere` that count */
	double out_off_nm; /* at least as far from off out of the zone; 0 where it is not known */
	double out_on_nm;
};

/* the first of n segments that ends after t_ms, or n */
static uint32_t first_ending_after(const struct segments *set, uint32_t n, int64_t t_ms)
{
	uint32_t low = 0;
	uint32_t high = n;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (set->at[mid].last.t_ms <= t_ms)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* true when an ordinary gap begins with this very fix */
static bool is_ordinary(const struct segments *ordinary, const struct gaps_query *query,
                        const struct fix *off)
{
	uint32_t n = gaps_counting(ordinary, query);
	uint32_t i = first_ending_after(ordinary, n, off->t_ms - 1);
	int64_t until_ms;

	if (i == n || fix_cmp(&ordinary->at[i].last, off) != 0)
		return false;
	until_ms = i + 1 < n ? ordinary->at[i + 1].first.t_ms : query->as_of_ms;
	return until_ms - off->t_ms > query->min_gap_ms;
}

/* true when the fix lies in one of the zone's areas proper; *out_nm is then the least way out */
static bool in_area(const struct gaps_query *query, uint8_t zone, const struct fix *fix,
                    double *out_nm)
{
	bool in = false;

	*out_nm = 0.0;
	for (size_t i = 0; i < areas_count(query->areas); i++) {
		if (query->zones->of_area[i] != zone ||
		    !areas_contain(query->areas, i, fix->lat_deg, fix->lon_deg))
			continue;
		*out_nm =
		    fmax(*out_nm, areas_way_out_nm(query->areas, i, fix->lat_deg, fix->lon_deg));
		in = true;
	}
	return in;
}

static double hours(int64_t ms)
{
	return (double)ms / (double)HOUR_MS;
}

/* no ship can have been at both, `a` not later than `b` */
static bool too_far(const struct fix *a, const struct fix *b)
{
	double nm = geo_distance_nm(a->lat_deg, a->lon_deg, b->lat_deg, b->lon_deg);

	return nm > KNOWN_KN * hours(b->t_ms - a->t_ms) + SLACK_NM;
}

/* no ship can have come in this far and gone out again between two reports elsewhere */
static bool too_deep(double out_nm, int64_t gap_ms)
{
	return 2.0 * out_nm > SAILED_KN * hours(gap_ms) + 2.0 * SLACK_NM;
}

static bool begin_known(const struct segment *s)
{
	return s->first.t_ms != SEGMENT_BEFORE;
}

/* the segment, which ends after off, began by then; a forgotten beginning lies before the horizon
 */
static bool spans_off(const struct segment *s, const struct fix *off, const struct fleet *fleet)
{
	return begin_known(s) ? s->first.t_ms <= off->t_ms : off->t_ms >= fleet->horizon_ms;
}

static int64_t until(const struct silence *q)
{
	return q->gap.open ? INT64_MAX : q->gap.on.t_ms;
}

/* no ship can have sailed from off to where the MMSI was heard next; segment i is the first that
 * ends after off */
static bool cannot_leave(const struct silence *q, uint32_t i, const struct fleet *fleet)
{
	const struct fix *off = &q->gap.off;
	const struct segment *s = &q->elsewhere->at[i];
	bool next = i + 1 < q->count && s[1].first.t_ms < until(q);

	if (spans_off(s, off, fleet) && too_deep(q->out_off_nm, fleet->params.gap_ms))
		return true;
	if (begin_known(s) && s->first.t_ms >= off->t_ms)
		return too_far(off, &s->first);
	return (s->last.t_ms <= until(q) && too_far(off, &s->last)) ||
	       (next && too_far(off, &s[1].first));
}

/* the same, backwards from on; segment i is the last that begins before on */
static bool cannot_return(const struct silence *q, uint32_t i, const struct fleet *fleet)
{
	const struct fix *off = &q->gap.off;
	const struct fix *on = &q->gap.on;
	const struct segment *s = &q->elsewhere->at[i];
	bool former = i > 0 && s[-1].last.t_ms > off->t_ms;

	if (s->last.t_ms >= on->t_ms && too_deep(q->out_on_nm, fleet->params.gap_ms))
		return true;
	if (s->last.t_ms <= on->t_ms)
		return too_far(&s->last, on);
	return (begin_known(s) && s->first.t_ms >= off->t_ms && too_far(&s->first, on)) ||
	       (former && too_far(&s[-1].last, on));
}

/* true when the MMSI was heard elsewhere in the silence, and by no one ship */
static bool takes_two(const struct silence *q, const struct fleet *fleet)
{
	uint32_t first = first_ending_after(q->elsewhere, q->count, q->gap.off.t_ms);
	uint32_t last;

	if (first == q->count || q->elsewhere->at[first].first.t_ms >= until(q))
		return false;
	if (cannot_leave(q, first, fleet))
		return true;
	if (q->gap.open)
		return false;
	last = first_ending_after(q->elsewhere, q->count, q->gap.on.t_ms - 1);
	if (last == q->count || q->elsewhere->at[last].first.t_ms >= q->gap.on.t_ms)
		last--;
	return cannot_return(q, last, fleet);
}

/* joins the vessel's segments of all zones but one */
static void join_elsewhere(struct zone_gaps *search, const struct shard *shard,
                           const struct vessel *vessel, uint8_t zone)
{
	struct segments *set = &search->elsewhere;

	set->count = 0;
	set->sorted = 0;
	set->hint = 0;
	for (uint32_t i = vessel->track; i != FLEET_NONE; i = shard->tracks[i].next) {
		if (shard->tracks[i].zone != zone)
			segments_join(set, &shard->tracks[i].segments,
			              search->fleet->params.gap_ms);
	}
}

/* the silence after segment i of n, if there is one; open after the last */
static bool silence_after(const struct track *track, uint32_t i, uint32_t n,
                          const struct gaps_query *query, struct gap *gap)
{
	const struct segment *s = &track->segments.at[i];

	*gap = (struct gap){.mmsi = track->mmsi, .off = s->last, .zone = track->zone};
	gap->open = i + 1 == n;
	if (gap->open)
		return query->as_of_ms - gap->off.t_ms > query->min_gap_ms;
	gap->on = s[1].first;
	gap->after_as_of = gap->on.t_ms > query->as_of_ms;
	return gap->on.t_ms - gap->off.t_ms > query->min_gap_ms;
}

/* what is cheap to ask of a silence: most are an ordinary gap, or lie in the margin */
static bool is_candidate(struct silence *q, const struct segments *ordinary,
                         const struct gaps_query *query)
{
	bool off_in;
	bool on_in;

	if (is_ordinary(ordinary, query, &q->gap.off))
		return false;
	off_in = in_area(query, q->gap.zone, &q->gap.off, &q->out_off_nm);
	on_in = !q->gap.open && in_area(query, q->gap.zone, &q->gap.on, &q->out_on_nm);
	return off_in || on_in;
}

static void find_in_zone(struct zone_gaps *search, const struct shard *shard,
                         const struct vessel *vessel, const struct track *track,
                         const struct segments *ordinary, struct gaps *gaps)
{
	const struct gaps_query *query = search->query;
	uint32_t n = gaps_counting(&track->segments, query);
	struct silence q = {.elsewhere = NULL};

	for (uint32_t i = 0; i < n; i++) {
		if (!silence_after(track, i, n, query, &q.gap) ||
		    !is_candidate(&q, ordinary, query))
			continue;
		if (!q.elsewhere) {
			join_elsewhere(search, shard, vessel, track->zone);
			q.elsewhere = &search->elsewhere;
			q.count = gaps_counting(q.elsewhere, query);
		}
		if (takes_two(&q, search->fleet))
			gaps_add(gaps, query, &q.gap);
	}
}

void zone_gaps_find(struct zone_gaps *search, const struct shard *shard,
                    const struct vessel *vessel, const struct segments *ordinary, struct gaps *gaps)
{
	uint32_t first = vessel->track;

	if (first == FLEET_NONE || shard->tracks[first].next == FLEET_NONE)
		return;
	for (uint32_t i = first; i != FLEET_NONE; i = shard->tracks[i].next) {
		if (shard->tracks[i].zone)
			find_in_zone(search, shard, vessel, &shard->tracks[i], ordinary, gaps);
	}
}

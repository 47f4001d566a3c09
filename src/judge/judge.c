#include "judge/judge.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/utc.h"
#include "geo/geodesic.h"
#include "judge/berth.h"
#include "judge/gnss.h"
#include "judge/ice.h"
#include "judge/published.h"
#include "judge/verdict.h"
#include "judge/voluntary.h"

/* no ship makes more; a fix may be off, and a clock floored */
static const double JUMP_KN = 50.0;
static const double JUMP_NM = 5.0;

struct judge {
	struct judge_params params;
	struct traffic *traffic;
	struct land *land;
	struct ports *ports;
	struct gnss *gnss;
};

struct judge *judge_new(const struct judge_params *params)
{
	struct judge *j = mem_new(1, sizeof *j);

	j->params = *params;
	j->traffic = traffic_new(params->fleet, params->since_ms, params->as_of_ms);
	j->land = land_new(params->coast);
	j->ports = ports_new();
	j->gnss = gnss_since(params->fleet, params->coast, params->since_ms);
	return j;
}

void judge_free(struct judge *j)
{
	if (!j)
		return;
	traffic_free(j->traffic);
	land_free(j->land);
	ports_free(j->ports);
	gnss_free(j->gnss);
	free(j);
}

/* one gap on its way to a judgement */
struct hearing {
	const struct judge *judge;
	const struct gap *gap;
	unsigned notices;
	struct evidence evidence;
	struct circumstances circumstances;
	struct reasons *reasons;
};

static bool is_jump(const struct gap *gap)
{
	double hours = (double)(gap->on.t_ms - gap->off.t_ms) / (double)HOUR_MS;

	return !gap->open && geo_distance_nm(gap->off.lat_deg, gap->off.lon_deg, gap->on.lat_deg,
	                                     gap->on.lon_deg) > JUMP_KN * hours + JUMP_NM;
}

/* two values of one kind, both known, at off and at on */
static bool changed(const struct vessel *vessel, const struct gap *gap, enum static_kind kind)
{
	struct span before = identity_at(&vessel->identity, kind, gap->off.t_ms);
	struct span after = identity_at(&vessel->identity, kind, gap->on.t_ms);

	return !gap->open && before.len && after.len && !span_eq(before, after);
}

static bool is_voluntary(const struct vessel *vessel, const struct gap *gap)
{
	struct span type = identity_at(&vessel->identity, STATIC_TYPE, gap->off.t_ms);
	uint8_t ais_class =
	    gap->off.ais_class || gap->open ? gap->off.ais_class : gap->on.ais_class;

	return voluntary((enum ais_class)ais_class, type);
}

unsigned judge_notices(const struct fleet *fleet, const struct gap *gap)
{
	const struct shard *shard;
	const struct vessel *vessel = fleet_vessel(fleet, gap->mmsi, &shard);

	return (changed(vessel, gap, STATIC_NAME) ? NOTICE_NAME : 0U) |
	       (changed(vessel, gap, STATIC_IMO) ? NOTICE_IMO : 0U) |
	       (is_voluntary(vessel, gap) ? NOTICE_VOLUNTARY : 0U);
}

/* at off or at on; jumps are told by what came a few hours after them */
static bool positions_false(const struct hearing *h)
{
	const struct gnss *gnss = h->judge->gnss;
	const struct fix *off = &h->gap->off;
	const struct fix *on = &h->gap->on;

	if (h->evidence.looked_h && gnss_at(gnss, off->t_ms, off->lat_deg, off->lon_deg))
		return true;
	return h->evidence.hours.ripe && gnss_at(gnss, on->t_ms, on->lat_deg, on->lon_deg);
}

static void hear_identity(struct hearing *h)
{
	const struct gap *g = h->gap;
	bool jump = is_jump(g);

	h->circumstances.identity = g->zone || jump;
	h->circumstances.after_as_of = g->after_as_of;
	h->circumstances.gnss = positions_false(h);
	if (g->after_as_of)
		reasons_code(h->reasons, "after_as_of");
	if (h->circumstances.gnss)
		reasons_code(h->reasons, "gnss");
	if (g->zone)
		reasons_code(h->reasons, "two_ships");
	if (jump)
		reasons_code(h->reasons, "jump");
	if (h->notices & NOTICE_NAME)
		reasons_code(h->reasons, "name_changed");
	if (h->notices & NOTICE_IMO)
		reasons_code(h->reasons, "imo_changed");
}

/* what is lawful and usual, and explains silence as well */
static void hear_usual(struct hearing *h)
{
	const struct gap *g = h->gap;
	struct berth berth;

	berth_look(h->judge->ports, g, h->evidence.silence_h, &berth);
	if (berth.port && berth.in_place && berth.roundtrip) {
		reasons_add(h->reasons, "berth_roundtrip", berth.roundtrip->name);
	} else if (berth.port && berth.in_place) {
		h->circumstances.capped = true;
		reasons_code(h->reasons, "berth");
	}
	if (ice_layup(h->judge->ports, g)) {
		h->circumstances.capped = h->circumstances.capped || berth.in_place;
		reasons_code(h->reasons, "ice_layup");
	}
	if (h->notices & NOTICE_VOLUNTARY)
		reasons_code(h->reasons, "voluntary");
}

static void ask_published(struct hearing *h)
{
	const struct gap *g = h->gap;
	struct published_facts facts = {
	    .silence_h = h->evidence.silence_h,
	    .off_shore_nm =
	        coast_distance_nm(h->judge->params.coast, g->off.lat_deg, g->off.lon_deg),
	    .minutes_before = evidence_rule_minutes(h->judge->params.fleet, g),
	};

	for (unsigned rule = 0; rule < PUBLISHED_RULES; rule++) {
		if (h->judge->params.published & 1U << rule)
			reasons_add(h->reasons, published_name((enum published_rule)rule),
			            span_of(published_say((enum published_rule)rule, &facts)));
	}
}

void judge_gap(const struct judge *judge, const struct gap *gap, struct judgement *judgement)
{
	struct evidence_source source = {judge->params.fleet, judge->traffic, judge->land,
	                                 judge->params.as_of_ms};
	struct gap known = *gap;
	struct hearing h = {.judge = judge, .gap = &known, .reasons = &judgement->reasons};
	const struct evidence *e = &h.evidence;

	*judgement = (struct judgement){0};
	/* one that a report behind as-of ends is judged as if it had not come yet */
	known.open = gap->open || gap->after_as_of;
	h.notices = judge_notices(judge->params.fleet, &known);
	evidence_of(&source, &known, &h.evidence);
	hear_identity(&h);
	verdict_reasons(e, h.reasons);
	hear_usual(&h);
	if (judge->params.published)
		ask_published(&h);
	judgement->likelihood_ratio = verdict_ratio(e);
	judgement->confidence =
	    verdict_confidence(judge->params.prior, judgement->likelihood_ratio);
	judgement->verdict = verdict_of(e, &h.circumstances, judgement->confidence);
	verdict_by(e, &h.circumstances, judgement->by);
	judgement->p_silent_if_on = e->forgotten || !e->looked_h ? NAN : e->silence.p;
	judgement->others_heard = e->forgotten ? -1 : e->neighbours.heard;
	judgement->others_silent = e->forgotten ? -1 : e->neighbours.silent;
}

enum verdict judge_again(const struct judgement *judgement, double prior)
{
	double confidence = verdict_confidence(prior, judgement->likelihood_ratio);

	return judgement->by[verdict_band(confidence)];
}

#include "judge/verdict.h"

#include <math.h>

/*
 * The one table. The weights are what tests/bench/weights.py finds, a logistic regression of what
 * was switched off and what was only unheard: 60,540 silences of 50 simulated feeds of 10 to 10,000
 * vessels (seeds 1 to 62, station layouts 1 and 2, made as tests/bench/verdicts.sh makes those of
 * the README, which have other seeds and layouts; and, at three tenths of the weight, 15 of harder
 * kinds: without satellites, with few stations or half of them, with holes in reception that no
 * station explains). A tenth of each feed's weight was given to its switch-offs, as the default
 * prior has it. What the vessel's own minutes tell besides was tried and made no difference.
 * `aisgap selftest` tells how all this does on a feed.
 */
static const struct {
	double base;         /* log of the ratio when all else is 0, at a prior of a tenth */
	double silence;      /* for each power of ten that p_silent_if_on is below 1 */
	double silence_most; /* powers of ten that count */
	double expected;     /* for the log of the hours in which it would have been heard */
	double coverage;     /* for the chance to be heard in an hour where it fell silent */
	double past;         /* for those of others around where it fell silent, in two weeks */
	double past_most;    /* vessel-hours that count */
	double together;     /* for the share of neighbours that fell silent with it */
	double class_b;      /* a weak transmitter */
	double satellite;    /* where satellites alone hear, misses are independent */
	double moved;        /* it came back elsewhere, by a way that is known */
	double moved_kn;     /* mean speed from which that is so */
	double slow;         /* part of its speed before below which its way was slow */
	double under_way_kn; /* speed from which that can be told */
	/* bounds of the ratio: no evidence is better than our model, */
	double ratio_most;
	/* and where reception explains a silence, that says little against a switch-off */
	double ratio_least;
	double off;     /* confidence from which silence is called off */
	double unheard; /* confidence up to which it is called unheard */
	double hole;    /* share of the hours with a feed that was down from which that is it */
	double down;    /* share of the hours with reception down from which that is a reason */
	double covered; /* chance to be heard in an hour below which a place is hardly covered */
	double visits;  /* of satellites that must have been missed before anything is called off */
	/* so many neighbours, and such a share of them, fell silent with it: nothing is called off
	 */
	double crowd;
	double crowd_share;
	double known_h;      /* vessel-hours of others below which a place is not known */
	double half_known_h; /* vessel-hours of others at which evidence counts half */
	double explained;    /* p_silent_if_on below which reception does not explain a silence */
	double fading; /* part of its usual minutes in the last hour below which it faded away */
	double
	    rare; /* part of the minutes that its interval allows below which it is hardly heard */
} TABLE = {
    .base = -12.37,
    .silence = 0.82,
    .silence_most = 8,
    .expected = 2.84,
    .coverage = 1.62,
    .past = 0.54,
    .past_most = 20000,
    .together = -2.34,
    .class_b = -1.54,
    .satellite = 0.81,
    .moved = 2.73,
    .moved_kn = 2,
    .slow = 0.5,
    .under_way_kn = 5,
    .ratio_most = 8000,
    .ratio_least = 0.25,
    .off = 0.55,
    .unheard = 0.05,
    .hole = 0.5,
    .down = 0.5,
    .covered = 0.5,
    .visits = 3.0,
    .crowd = 5,
    .crowd_share = 1.0 / 3,
    .known_h = 1.0,
    .half_known_h = 10,
    .explained = 0.01,
    .fading = 0.5,
    .rare = 0.1,
};

enum { FEW_OTHERS = 5 };

static bool is_known(const struct evidence *e)
{
	return !e->forgotten && e->looked_h > 0 &&
	       e->silence.others + e->silence.others_past >= TABLE.known_h;
}

static double log_up_to(double hours, double most)
{
	return log(fmin(hours, most) + 0.3);
}

/* share of the neighbours that fell silent within the same half hour */
static double fell_together(const struct neighbours *n)
{
	return n->heard < 0 ? 0 : (double)n->silent / (n->heard + n->silent + 1);
}

static double log_ratio(const struct evidence *e)
{
	double powers = fmin(TABLE.silence_most, -log10(fmax(e->silence.p, 1e-12)));

	return TABLE.base + TABLE.silence * powers +
	       TABLE.expected * log(e->silence.expected_h + 0.1) +
	       TABLE.coverage * e->silence.coverage +
	       TABLE.past * log_up_to(e->silence.others_past, TABLE.past_most) +
	       TABLE.together * fell_together(&e->neighbours) +
	       (e->ways.gap->off.ais_class == CLASS_B ? TABLE.class_b : 0) +
	       (e->satellite_only ? TABLE.satellite : 0) +
	       (e->moved_kn > TABLE.moved_kn ? TABLE.moved : 0);
}

/* where hardly anybody else was, neither silence nor its being expected tells much */
double verdict_ratio(const struct evidence *e)
{
	double others = e->silence.others + e->silence.others_past;
	double known = others / (others + TABLE.half_known_h);

	if (!is_known(e))
		return 1;
	return fmin(fmax(exp(known * log_ratio(e)), TABLE.ratio_least), TABLE.ratio_most);
}

double verdict_confidence(double prior, double ratio)
{
	double odds = prior / (1 - prior) * ratio;

	return odds / (1 + odds);
}

static bool feed_was_down(const struct evidence *e)
{
	return e->looked_h > 0 && e->hole_h >= TABLE.hole * e->looked_h;
}

static bool too_few_visits(const struct evidence *e)
{
	return e->satellite_only && e->silence.expected_h < TABLE.visits;
}

/* a provider that lost part of its ships looks the same */
static bool fell_in_a_crowd(const struct evidence *e)
{
	const struct neighbours *n = &e->neighbours;

	return n->silent >= TABLE.crowd && n->silent >= TABLE.crowd_share * (n->heard + n->silent);
}

enum verdict verdict_of(const struct evidence *e, const struct circumstances *c, double confidence)
{
	if (c->gnss)
		return VERDICT_GNSS;
	if (c->identity)
		return VERDICT_IDENTITY;
	if (feed_was_down(e))
		return VERDICT_FEED;
	if (!is_known(e))
		return VERDICT_UNCLEAR;
	if (confidence <= TABLE.unheard && e->silence.p >= TABLE.explained)
		return VERDICT_UNHEARD;
	if (confidence < TABLE.off || c->capped || c->after_as_of || too_few_visits(e) ||
	    fell_in_a_crowd(e))
		return VERDICT_UNCLEAR;
	return VERDICT_OFF;
}

enum confidence verdict_band(double confidence)
{
	if (confidence <= TABLE.unheard)
		return CONFIDENCE_LOW;
	return confidence < TABLE.off ? CONFIDENCE_MIDDLE : CONFIDENCE_HIGH;
}

void verdict_by(const struct evidence *e, const struct circumstances *c,
                enum verdict by[CONFIDENCES])
{
	by[CONFIDENCE_LOW] = verdict_of(e, c, 0);
	by[CONFIDENCE_MIDDLE] = verdict_of(e, c, (TABLE.unheard + TABLE.off) / 2);
	by[CONFIDENCE_HIGH] = verdict_of(e, c, 1);
}

/* far slower from off to on than it went at off: it stopped, or did not take the straight way */
static bool is_slow(const struct evidence *e)
{
	const struct gap *gap = e->ways.gap;

	return !gap->open && gap->off.known & KNOWN_SOG && gap->off.sog_kn >= TABLE.under_way_kn &&
	       e->moved_kn < TABLE.slow * gap->off.sog_kn;
}

void verdict_reasons(const struct evidence *e, struct reasons *reasons)
{
	if (e->forgotten) {
		reasons_code(reasons, "forgotten");
		return;
	}
	if (feed_was_down(e))
		reasons_code(reasons, "feed_hole");
	if (!is_known(e))
		reasons_code(reasons, e->looked_h ? "nobody_there" : "too_early");
	else if (e->neighbours.heard >= 0 &&
	         e->neighbours.heard + e->neighbours.silent < FEW_OTHERS)
		reasons_code(reasons, "few_others");
	if (fell_in_a_crowd(e))
		reasons_code(reasons, "fell_together");
	if (is_known(e) && e->silence.down >= TABLE.down)
		reasons_code(reasons, "all_silent");
	if (is_known(e) && e->silence.coverage < TABLE.covered)
		reasons_code(reasons, "thin_coverage");
	if (e->satellite_only)
		reasons_code(reasons, "sat_only");
	if (e->minutes_last_h < TABLE.fading * e->minutes_usual_h)
		reasons_code(reasons, "fading");
	if (e->minutes_usual_h < TABLE.rare * e->minutes_most_h)
		reasons_code(reasons, "rarely_heard");
	if (is_slow(e))
		reasons_code(reasons, "slow_after");
	if (e->ways.still && !e->ways.gap->open)
		reasons_code(reasons, "in_place");
}

const char *verdict_name(enum verdict verdict)
{
	static const char *const NAMES[VERDICTS] = {"off",  "unclear", "unheard",
	                                            "feed", "gnss",    "identity"};

	return (unsigned)verdict < VERDICTS ? NAMES[verdict] : NULL;
}

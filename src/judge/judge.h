/*
 * Was a silent vessel's transponder off, or was it only not received? Evidence, a probability and
 * reasons for each gap. Section 4 of the design; the man page says how the number is made.
 */
#ifndef JUDGE_JUDGE_H
#define JUDGE_JUDGE_H

#include <stdbool.h>
#include <stdint.h>

#include "geo/area.h"
#include "geo/coast.h"
#include "geo/zone.h"
#include "judge/reasons.h"
#include "track/gaps.h"

enum verdict {
	VERDICT_OFF,      /* silence that reception does not explain */
	VERDICT_UNCLEAR,  /* the evidence decides nothing */
	VERDICT_UNHEARD,  /* others were not heard there either, or it left coverage */
	VERDICT_FEED,     /* the feed itself was down */
	VERDICT_GNSS,     /* positions in the region were being falsified */
	VERDICT_IDENTITY, /* two ships on one MMSI, or a jump that no ship can make */
	VERDICTS,
};

/* up to the threshold of unheard, between, from that of off on */
enum confidence { CONFIDENCE_LOW, CONFIDENCE_MIDDLE, CONFIDENCE_HIGH, CONFIDENCES };

/* what is thought of one gap, and what bears it out */
struct judgement {
	enum verdict verdict;
	double confidence;       /* that the transponder was off, [0, 1] */
	double likelihood_ratio; /* of this evidence if it was off to if it was on, > 0 */
	double p_silent_if_on;   /* [0, 1]; NAN where nothing bears it out */
	int others_heard;        /* neighbours at off that went on being heard; -1 not known */
	int others_silent; /* neighbours that fell silent within the same half hour; -1 not known */
	struct reasons reasons;
	enum verdict by[CONFIDENCES]; /* what the verdict would be with another confidence */
};

struct judge_params {
	const struct fleet *fleet; /* settled; borrowed, like all else, until judge_free */
	const struct areas *areas;
	const struct zones *zones;
	struct coast *coast;
	int64_t as_of_ms;
	double prior;       /* share of all silences that are switch-offs, (0, 1) */
	unsigned published; /* bits of enum published_rule: whose rules are asked, too */
	int64_t since_ms;   /* what others did before it is not read (evidence_span); 0: all is */
};

struct judge;

/* reads the presence of the whole fleet once */
struct judge *judge_new(const struct judge_params *params);
void judge_free(struct judge *judge);
/* the gap is one of the fleet's, found at this as-of; threads may share the judge */
void judge_gap(const struct judge *judge, const struct gap *gap, struct judgement *judgement);

/* the verdict on the same evidence with another prior, (0, 1) */
enum verdict judge_again(const struct judgement *judgement, double prior);

/* bits: what a vessel's identity adds to a judgement; a report of any time may change it */
enum notice {
	NOTICE_NAME = 1, /* another name at on than at off */
	NOTICE_IMO = 2,
	NOTICE_VOLUNTARY = 4, /* it may be silent lawfully */
};

unsigned judge_notices(const struct fleet *fleet, const struct gap *gap);

/* "off", "unclear" ...; NULL for VERDICTS and beyond */
const char *verdict_name(enum verdict verdict);

#endif

/*
 * Evidence: all that is measured of one gap, before anything is concluded from it. Which hours it
 * reads is fixed by the gap and by how much of as-of has passed in a few steps, so that it does not
 * change from day to day: at most 72 h after off and 12 h before on.
 */
#ifndef JUDGE_EVIDENCE_H
#define JUDGE_EVIDENCE_H

#include "judge/land.h"
#include "judge/neighbours.h"
#include "judge/silence.h"
#include "judge/ways.h"

struct evidence_source {
	const struct fleet *fleet;
	const struct traffic *traffic;
	struct land *land;
	int64_t as_of_ms;
};

struct evidence {
	struct silence_hours hours;
	struct ways ways;
	struct silence silence;
	struct neighbours neighbours;
	bool forgotten; /* presence before off is forgotten, or was not kept: then only hours,
	                   silence_h and moved_kn are set */
	int hole_h;     /* of the gap's hours looked at, those in which nobody at all was heard */
	/* somebody is heard in most hours: one without anybody is a hole in the feed */
	bool steady;
	int looked_h;        /* hours looked at */
	int minutes_last_h;  /* heard in the 60 minutes up to off */
	int minutes_usual_h; /* heard in a usual hour of the 12 before, 0-60 */
	int minutes_most_h;  /* in which it sends by ITU-R M.1371, 20 or 60 */
	bool satellite_only; /* only satellites heard anyone there, itself included */
	double silence_h;    /* how long it is known to have been silent */
	double moved_kn;     /* mean speed from off to on; 0 while open */
	double speed_kn;     /* greatest of the day before; 0 not known */
};

/* what is read of a gap at an as-of, positions that were false too, and for how long that holds */
struct evidence_span {
	int64_t since_ms;   /* what others did before it is not asked for */
	int64_t horizon_ms; /* a horizon beyond it reads otherwise; INT64_MAX: none does */
	int64_t
	    end_ms; /* reports from here on are not read; earlier ones are, whenever they come */
	int64_t until_ms; /* from this as-of on other hours are read; INT64_MAX: never */
};

/* the fleet is settled; only its horizon is asked for */
void evidence_span(const struct fleet *fleet, const struct gap *gap, int64_t as_of_ms,
                   struct evidence_span *span);

void evidence_of(const struct evidence_source *source, const struct gap *gap,
                 struct evidence *evidence);

/*
 * Minutes heard by satellites among the 720 that end with off's; where no satellite is named in
 * them, by any receiver; -1 where that is forgotten.
 */
int evidence_rule_minutes(const struct fleet *fleet, const struct gap *gap);

#endif

/* One ship (or base station, aid, aircraft): who it is, and the reports of it that are heard. */
#ifndef SIM_VESSEL_H
#define SIM_VESSEL_H

#include <stdbool.h>
#include <stdint.h>

#include "emission.h"
#include "interference.h"
#include "motion.h"
#include "options.h"
#include "reception.h"
#include "truth.h"

enum { MAX_OFFS = 8 };

/* not available, by ITU-R M.1371 */
enum { NO_LAT = 91000000, NO_LON = 181000000, NO_SOG = 1023, NO_COG = 3600, NO_HEADING = 511 };

struct identity {
	int64_t mmsi;
	int32_t imo; /* 0: none */
	char name[24];
	char call[8];
	int type; /* ship and cargo type, M.1371 table 53 */
	int32_t length, width, draft_dm;
	bool has_heading;
};

struct off_span {
	int64_t from, to; /* ms, half open */
	struct place p;
	enum at at;
};

struct report {
	int64_t t; /* ms, by the clock that stamped it */
	uint32_t vessel;
	struct place p;            /* 91 and 181 degrees: not available */
	int32_t sog, cog, heading; /* 1023, 3600, 511: not available */
	int16_t nav;
	uint8_t message;    /* M.1371 message type */
	uint8_t bad_second; /* 61 to 63 in place of the second of the time stamp; 0: t's own */
	bool satellite;
	bool identified; /* static data had been heard by then */
	bool introduced; /* and not before */
};

/* what all ships share */
struct sim {
	const struct options *o;
	struct world world;
	struct network network;
	struct interferences interferences;
	int64_t end_ms;
	int64_t inside_count; /* ships in the two regions */
	int64_t fixture_count;
};

struct vessel {
	const struct sim *sim;
	uint32_t index;
	enum region region;
	enum transponder kind;
	struct identity who;
	struct motion motion;
	struct rng radio, noise;
	struct reach reach;
	int64_t clock_error_ms;
	int64_t next_ms;
	int off_count, off_at;
	struct off_span offs[MAX_OFFS];
	int64_t heard_ms; /* last true time heard, -1 before */
	struct place heard_at;
	enum at heard_state;
	int64_t heard_count;
	struct truth *truth; /* may be null */
};

void vessel_make(struct vessel *v, const struct sim *sim, uint32_t index, struct truth *truth);
/* only its identity: for rows written apart from their making */
void identity_make(struct identity *who, const struct sim *sim, uint32_t index);
enum transponder kind_of(const struct sim *sim, uint32_t index);
/* the next heard report, in order of true time (*sent); false at the end */
bool vessel_next(struct vessel *v, struct report *r, int64_t *sent);
/* the second of the time stamp: of t, or why there is none */
int report_second(const struct report *r);
enum region region_of(const struct sim *sim, uint32_t index);
/* rank among the ships of the two regions when index is inside, else -1 */
int64_t inside_rank(const struct sim *sim, uint32_t index);
int64_t clock_error_of(const struct sim *sim, uint32_t index);

#endif

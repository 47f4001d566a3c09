/*
 * Canonical position reports as text, CSV or NDJSON: what `aisgap decode` writes, and what aisgap
 * reads again by its own profile (data/profiles/aisgap.json). Init, feed.
 */
#ifndef REPORT_POSITIONS_H
#define REPORT_POSITIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "ais/fix.h"
#include "base/span.h"
#include "report/sink.h"

enum positions_format { POSITIONS_CSV, POSITIONS_NDJSON };

#define POSITIONS_NO_TIME INT64_MIN

struct positions {
	struct sink *sink; /* borrowed */
	enum positions_format format;
	bool statics; /* identity records: no position, no motion */
};

/* one report; its time stands by itself, since it may be settled later than the rest */
struct positions_row {
	const struct position_report *report;
	int message;  /* 0 when not known */
	bool derived; /* the time is a base station's */
};

/* what stands before all rows */
void positions_head(const struct positions *positions);
/* one row: its beginning with the time (POSITIONS_NO_TIME for none), and all else */
void positions_time(const struct positions *positions, int64_t t_ms);
void positions_rest(const struct positions *positions, const struct positions_row *row);

#endif

/*
 * Times and MMSIs as saved files hold them, and what is taken for one. A span of time is a varint:
 * twice its seconds where it is whole seconds, as nearly all are, else twice its ms and one more.
 */
#ifndef STATE_TIME_CODE_H
#define STATE_TIME_CODE_H

#include "base/utc.h"
#include "state/code.h"

/*
 * A report's time lies in [UTC_MIN_MS, UTC_MAX_MS); a day more on either side for clocks that count
 * on from the last report.
 */
#define TIME_LEAST_MS (UTC_MIN_MS - DAY_MS)
#define TIME_MOST_MS  (UTC_MAX_MS + DAY_MS)

/* ids stay below 2^53 (ais/row.c) */
#define MMSI_LIMIT (INT64_C(1) << 53)

/* 0 to TIME_MOST_MS - TIME_LEAST_MS; what is not makes the text bad */
static inline void code_time(struct code_out *out, int64_t span_ms)
{
	out->bad = out->bad || span_ms < 0 || span_ms > TIME_MOST_MS - TIME_LEAST_MS;
	if (span_ms % 1000)
		code_varint(out, (uint64_t)span_ms * 2 + 1);
	else
		code_varint(out, (uint64_t)(span_ms / 1000) * 2);
}

/* 0 to TIME_MOST_MS - TIME_LEAST_MS; what is longer spoils the text */
static inline int64_t code_get_time(struct code_in *in)
{
	uint64_t value = code_get_varint(in);
	uint64_t unit = value & 1 ? 1 : 1000;

	if (value / 2 > (uint64_t)(TIME_MOST_MS - TIME_LEAST_MS) / unit) {
		code_spoil(in);
		return 0;
	}
	return (int64_t)(value / 2 * unit);
}

static inline bool time_valid(int64_t t_ms)
{
	return t_ms >= TIME_LEAST_MS && t_ms < TIME_MOST_MS;
}

static inline bool mmsi_in_range(int64_t mmsi)
{
	return mmsi > -MMSI_LIMIT && mmsi < MMSI_LIMIT;
}

#endif

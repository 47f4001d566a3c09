/* One gap as it is reported: every column of the schema, resolved. Section 7 of the design. */
#ifndef REPORT_RECORD_H
#define REPORT_RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include "ais/fix.h"
#include "base/span.h"

enum { RECORD_SCHEMA_VERSION = 1 };

/* the off or the on position and what lies near it */
struct record_end {
	struct fix fix;
	struct span port; /* nearest port's name; empty when none is near */
	double port_nm;   /* NAN when there is none */
	double shore_nm;  /* NAN where the coast is not known */
};

/* spans are borrowed, and raw: writers clean and escape them */
struct record {
	char gap_id[33];
	bool open;           /* then nothing of `on` and nothing that depends on as-of is set */
	const char *verdict; /* a word of ours; NULL or "" where none was reached */
	double confidence;   /* that the transponder was off, [0, 1]; NAN unknown */
	struct span reasons; /* codes joined by ';' */
	struct span area;    /* names joined by ';' */
	int64_t mmsi;
	uint32_t imo; /* checksum-valid, or 0 */
	struct span name;
	struct span callsign;
	const char *flag; /* ISO 3166 alpha-2, or "" */
	struct span ship_type;
	struct record_end off;
	struct record_end on;
	double duration_h; /* NAN while open; likewise below */
	double distance_nm;
	double implied_speed_kn;
	int heard_min_12h_before; /* -1 where it is not known; likewise below */
	int heard_min_12h_after;
	double
	    likelihood_ratio; /* NAN unknown; likewise below. These are there for open gaps too */
	double p_silent_if_on;
	int others_heard; /* -1 unknown; likewise below */
	int others_silent;
	const char *change;      /* with --changes: its kind, a word of ours; NULL without */
	char former_gap_id[33];  /* "" when there is none */
	const struct span *kept; /* values of all columns as they were delivered, by index; NULL: a
	                            record of this run */
};

enum { REPORT_FILTERS = 6 };

/* what a whole report says of itself; no run statistics */
struct report_head {
	int64_t as_of_ms;
	int64_t min_gap_ms;
	double prior;             /* that the confidence of the gaps supposes; 0: not told */
	const char *const *areas; /* names, in the order given */
	size_t area_count;
	bool everywhere;
	int64_t from_ms; /* the window; INT64_MIN for no limit */
	int64_t to_ms;
	const char *by;                      /* "overlap", "off" or "on" */
	const char *filters[REPORT_FILTERS]; /* mmsi, imo, flag, type, class, verdict as given; NULL
	                                        for none */
	bool changes; /* rows are changes: columns change and former_gap_id come first, and only
	                 then at all */
};

#endif

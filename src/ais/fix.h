/*
 * The waist: one position report in canonical units. Below it nobody knows about vessels; above it
 * nobody knows about text. AIS sentinels are gone before a fix exists: `known` says what is there.
 */
#ifndef AIS_FIX_H
#define AIS_FIX_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

/* bits of fix.known */
enum {
	KNOWN_SOG = 1,
	KNOWN_COG = 2,
	KNOWN_HEADING = 4,
	KNOWN_NAV_STATUS = 8,
	KNOWN_SECOND = 16,
};

enum ais_class { CLASS_UNKNOWN, CLASS_A, CLASS_B };
enum ais_source { SOURCE_UNKNOWN, SOURCE_TERRESTRIAL, SOURCE_SATELLITE };

/* where and how a vessel was at one instant; a field that is not known is 0 */
struct fix {
	int64_t t_ms;         /* UTC, floored */
	double lat_deg;       /* [-90, 90], never -0 */
	double lon_deg;       /* [-180, 180), never -0 */
	float sog_kn;         /* speed over ground, >= 0 */
	float cog_deg;        /* course over ground, [0, 360) */
	uint16_t heading_deg; /* true heading, [0, 359] */
	uint8_t nav_status;   /* ITU-R M.1371 navigational status, 0-14 */
	uint8_t second;       /* UTC second field, 0-63 */
	uint8_t ais_class;    /* enum ais_class */
	uint8_t source;       /* enum ais_source */
	uint8_t known;        /* KNOWN_ bits */
};

/* what a report says of the vessel's identity, as received: borrowed, not yet cleaned or bounded */
struct statics {
	struct span name;
	struct span callsign;
	struct span imo;
	struct span type;
	/* the bytes from the first to the last of them when they stand side by side; else empty */
	struct span whole;
};

/* one row of input below the waist: a fix, whose, and the identity it carried */
struct position_report {
	int64_t mmsi;   /* any whole number with --any-id, else a ship's MMSI */
	struct fix fix; /* only the time is set without a position */
	struct statics statics;
	bool has_position;
};

/*
 * The total order that decides between reports of one instant: time, lat, lon, then sog, cog,
 * heading, status, second, class, source; what is not known sorts last. <0, 0, >0.
 */
int fix_cmp(const struct fix *a, const struct fix *b);
/* at anchor (1) or moored (5), by its navigational status (ITU-R M.1371-5, table 45) */
static inline bool fix_is_moored(const struct fix *fix)
{
	return fix->known & KNOWN_NAV_STATUS && (fix->nav_status == 1 || fix->nav_status == 5);
}

/* longitude in any turn to [-180, 180); -0 becomes 0; finite values only */
double fix_wrap_lon(double lon_deg);

#endif

/*
 * From a row of text to a position report: the hot path. Every row ends as exactly one outcome, so
 * that nothing is left out without being counted.
 */
#ifndef AIS_ROW_H
#define AIS_ROW_H

#include <stdbool.h>
#include <stdint.h>

#include "ais/fix.h"
#include "ais/profile.h"
#include "ais/when.h"
#include "text/rows.h"

/* in the order in which a row is examined; one table says what each means (row_outcome_info) */
enum row_outcome {
	ROW_USED,          /* a position report of a vessel */
	ROW_STATIC,        /* no position, but identity: feeds identity, never a track */
	ROW_NO_POSITION,   /* empty, or 91 / 181: "not available" */
	ROW_NULL_POSITION, /* 0 N 0 E: a receiver without a fix */
	ROW_BASE_STATION,
	ROW_AID,   /* aid to navigation */
	ROW_SAR,   /* search and rescue aircraft */
	ROW_GROUP, /* call to a group of ships */
	ROW_HANDHELD,
	ROW_DISTRESS,      /* SART, man overboard, EPIRB */
	ROW_CRAFT,         /* craft associated with a parent ship */
	ROW_NOT_A_SHIP,    /* a number, but no ship's MMSI */
	ROW_OTHER,         /* a message of a type that holds no ship's position or identity */
	ROW_NOT_AIS,       /* a line without AIS sentence: other NMEA, a comment */
	ROW_PART,          /* a sentence whose message is counted with the part that completes it */
	ROW_PART_ALONE,    /* a sentence whose other parts are missing */
	ROW_OUTSIDE_ORDER, /* date only valid in the order that the input as a whole contradicts */
	ROW_SHORT,         /* from here on: unreadable rows, which count for --max-bad */
	ROW_EXTRA,         /* more fields than the header, and no decimal point in the position */
	ROW_LONG,
	ROW_QUOTE,
	ROW_SENTENCE, /* no sentence by IEC 61162-1 */
	ROW_CHECKSUM,
	ROW_PAYLOAD, /* a character that is none of the 64, or bits that do not fit the type */
	ROW_JSON,    /* no JSON, or nested too deeply */
	ROW_BAD_MMSI,
	ROW_NO_TIME, /* a position, but nothing says when */
	ROW_BAD_TIME,
	ROW_BAD_POSITION,
	ROW_OUT_OF_RANGE,
	ROW_OUTCOMES,
};

#define ROW_FIRST_BAD ROW_SHORT

struct row_outcome_info {
	const char *key;  /* in the ledger */
	const char *text; /* for people: "rows left out: 12 <text>" */
};

const struct row_outcome_info *row_outcome_info(enum row_outcome outcome);

/* the numbers of a report, read together: its position first, then its motion */
enum number {
	NUMBER_LAT,
	NUMBER_LON,
	NUMBER_SOG,
	NUMBER_COG,
	NUMBER_HEADING,
	NUMBER_SECOND,
	NUMBERS,
	MOTION = NUMBERS - NUMBER_SOG,
};

/* how the rows of one input are read */
struct row_plan {
	struct column_map map;
	struct when_style when;
	bool any_id;
	bool timeless;                /* no column is a time: every row is ROW_NO_TIME at best */
	uint32_t column[FIELD_COUNT]; /* of each field; UINT32_MAX when the export has none */
	uint32_t needed;              /* fields that a row must have */
	uint32_t complete;            /* fields of a row that has all of the columns above */
	uint32_t number[NUMBERS];     /* columns of the numbers; 0 when the export has none */
	double divisor[NUMBERS];
	double limit[MOTION]; /* values of a motion lie below it; 0 when the export has none */
	unsigned numbers;     /* bit i: the export has number i */
	bool divided;         /* a divisor is not 1 */
	bool sender;          /* the export says more of the sender than its MMSI and class */
	int statics_first; /* columns of the identity fields when they stand side by side; else -1
	                    */
	int statics_last;
};

/* fills in what follows from plan->map */
void row_plan_finish(struct row_plan *plan);

/*
 * A worker's memory of the row before: most times share their minute with it. All zero is empty;
 * one per worker and input.
 */
struct row_cache {
	char minute[16]; /* "2022-06-01T00:00", before a colon */
	int64_t minute_ms;
	bool set;
};

/* bits of what the ledger notes beside an outcome; one table says what each means (row_note_info)
 */
enum row_note {
	NOTE_RAW_UNITS = 1,    /* out of range, but a position in units of 1/600000 degree */
	NOTE_NO_CHECKSUM = 2,  /* a sentence taken on trust */
	NOTE_DERIVED_TIME = 4, /* timed by a base station heard in the same minute */
	NOTE_BAD_TAG = 8,      /* a tag block with a wrong checksum: nothing in it was believed */
	ROW_NOTES = 4,
};

const struct row_outcome_info *row_note_info(unsigned i);

/* what was read besides the report */
struct row_reading {
	enum when_result when; /* WHEN_BAD: nothing says when */
	int64_t t_ms[2];       /* day first, month first; meaningless with WHEN_BAD */
	unsigned notes;        /* NOTE_ bits */
	int message;           /* AIS message number where the record tells it, else 0 */
};

/*
 * Reads one row. With ROW_USED, ROW_STATIC and ROW_NO_TIME the report is filled but for its time,
 * which the reading holds; its spans point into the row. BLOCK_PADDING bytes behind the row's text
 * may be read.
 */
typedef enum row_outcome row_fn(const struct row_plan *plan, const struct row *row,
                                struct row_cache *cache, struct position_report *report,
                                struct row_reading *reading);

/* the fastest kernel that this processor has */
row_fn *row_reader(void);

/* the kernels by name, slowest first, for tests: NULL past the last or when this processor lacks it
 */
struct row_kernel {
	const char *name;
	row_fn *run;
};
const struct row_kernel *row_kernel_at(size_t i);

#endif

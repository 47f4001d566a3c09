/*
 * Column detection: from the header of a delimited export to how each canonical field is read.
 * Profiles are data (data/profiles/NAME.json, compiled in; or --profile FILE), tried in order of
 * how many of their columns are present; a general alias table serves every other header, and the
 * fields that a profile does not name. A profile is a JSON object: "name", "match" (columns by
 * which the export is known), "fields" (field to column, list of columns, or {"column",
 * "divisor"}), "when", "day_first", "apostrophes", "ignore", "note", "title", "source"; profile.c
 * says more. Names are compared without case, blanks and punctuation; of two columns with one name
 * the first is read.
 */
#ifndef AIS_PROFILE_H
#define AIS_PROFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ais/when.h"
#include "base/span.h"
#include "base/status.h"

enum field {
	FIELD_MMSI,
	FIELD_TIME,
	FIELD_LAT,
	FIELD_LON,
	FIELD_SOG,
	FIELD_COG,
	FIELD_HEADING,
	FIELD_NAV_STATUS,
	FIELD_NAME,
	FIELD_CALLSIGN,
	FIELD_IMO,
	FIELD_TYPE,
	FIELD_CLASS,    /* "A", "B", "Class A", "Class B", message type 1-3 / 18-19 as "AIS.1" */
	FIELD_SOURCE,   /* terrestrial or satellite in any spelling: g s TER SAT ... */
	FIELD_STATION,  /* what kind of station sent it: "Base Station", "AtoN", "SAR Airborne" ...
	                 */
	FIELD_MSG_TYPE, /* message number 1-27 */
	FIELD_MILLISECOND, /* to be added to the time */
	FIELD_SECOND,      /* UTC second field, never a time */
	FIELD_COUNT,
};

/* how one canonical field is read */
struct field_column {
	int column; /* from 0; -1 when the export has none */
	double
	    divisor; /* the number in the file divided by this is in canonical units; 1 usually */
};

/* how one input is read */
struct column_map {
	char profile[64]; /* which profile was chosen; "aliases" or "map" when none */
	struct field_column field[FIELD_COUNT];
	size_t columns;        /* cells in the header */
	enum when_order order; /* what the profile knows of d/m/y; UNKNOWN lets the data decide */
	bool apostrophes; /* texts carry the guard of report/csvtext.h, which is to be taken off */
	bool imo_is_id;   /* no MMSI column: the IMO number stands in for it (needs --any-id) */
};

/* what the user said about columns */
struct column_options;

struct column_options *column_options_new(void);
void column_options_free(struct column_options *options);
/* one --map: FIELD=COLUMN[/DIVISOR]; COLUMN is a header name or a number from 1 */
enum status column_options_map(struct column_options *options, const char *arg, struct diag *diag);
/* --profile FILE: a JSON document of the same form as data/profiles */
enum status column_options_profile(struct column_options *options, const char *path,
                                   struct diag *diag);

/* canonical name of a field as --map and the ledger spell it: "mmsi", "time", "lat" ... */
const char *field_name(enum field field);

/*
 * True when these cells look like a header row of an AIS export: they name at least a time and a
 * position by a profile or by aliases. Preamble lines before the header answer false.
 */
bool columns_is_header(const struct column_options *options, const struct span *cells,
                       size_t count);
/*
 * Chooses the profile and fills the map. Cells may be quoted text already unquoted, with BOM
 * removed. ST_NO_FEED when a needed column is missing (time, lat, lon, and mmsi or else imo): the
 * message names what is missing, lists the columns found and says which --map would mend it; also
 * when --profile does not match. ST_USAGE when a --map names a column that the header does not
 * have. The map holds what was found in every case.
 */
enum status columns_detect(const struct column_options *options, const struct span *cells,
                           size_t count, struct column_map *map, struct diag *diag);

/* the members of a record of JSON and what they hold, which the conditions of profiles look at */
struct column_values {
	const struct span *names;
	const struct span *values; /* as many */
	size_t count;
};

/* as columns_detect, with the names and values of a record and of its input's context (may be NULL)
 */
enum status columns_detect_record(const struct column_options *options,
                                  const struct column_values *record,
                                  const struct column_values *context, struct column_map *map,
                                  struct diag *diag);

enum { COLUMN_TESTS = 32 };

/* whether the value of a column is this text, of either case, blanks around it aside */
struct column_test {
	int column;
	struct span value;
};

/*
 * What columns_detect_record asks of the values of a record with these names: at most COLUMN_TESTS.
 * Records of one context for which the answers are the same get the same map.
 */
size_t columns_tests(const struct column_options *options, const struct span *names, size_t count,
                     struct column_test tests[COLUMN_TESTS]);
bool column_test_holds(const struct column_test *test, struct span value);

/* for an input without header: --map by numbers alone; ST_NO_FEED when they do not suffice */
enum status columns_by_number(const struct column_options *options, size_t count,
                              struct column_map *map, struct diag *diag);

#endif

/*
 * libaisgap: gaps in AIS reports. One call reads exports, joins all reports into one fleet, finds
 * the gaps and writes the report, as `aisgap detect` does. No globals, no exit, nothing printed.
 *
 * A program that writes to pipes should ignore SIGPIPE, as aisgap does: a reader that goes away is
 * then seen as such.
 *
 * Memory: out of memory ends the process. Threads: the call starts its own; several calls may run
 * at once. Strings in the options are borrowed until the call returns.
 */
#ifndef AISGAP_DETECT_H
#define AISGAP_DETECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "aisgap/version.h"

#ifdef __cplusplus
extern "C" {
#endif

#pragma GCC visibility push(default)

/* the values are the program's exit statuses */
enum aisgap_status {
	AISGAP_OK = 0,
	AISGAP_FAILED = 1,  /* input/output, network or the state failed */
	AISGAP_USAGE = 2,   /* an option is wrong, or a file that it names */
	AISGAP_NO_FEED = 3, /* the input is no AIS feed; nothing was written */
	AISGAP_PARTIAL = 4, /* done, but part of the input could not be read */
};

/* which gaps a window [from, to) takes in */
enum aisgap_by {
	AISGAP_BY_OVERLAP, /* silent at some time in the window */
	AISGAP_BY_OFF,     /* fell silent in it */
	AISGAP_BY_ON,      /* was heard again in it */
};

#define AISGAP_NO_TIME INT64_MIN

/* all zero, then aisgap_options_init; every list may be NULL with count 0 */
struct aisgap_options {
	const char *const *inputs; /* paths, URLs; "-" is standard input; none: standard input */
	size_t input_count;
	const char *input_format;     /* "csv", "json", "nmea"; NULL: told by the first bytes */
	const char *http_header_file; /* header lines for URLs; NULL: none */
	uint64_t max_bytes;           /* of one URL; 0: no limit */
	uint64_t max_ratio;           /* unpacked bytes to packed ones; 0: the default */

	const char *const *areas; /* NAME, FILE.geojson or LAT,LON,NM; none: the built-in two */
	size_t area_count;
	bool everywhere;    /* no area filter */
	int64_t min_gap_ms; /* gaps strictly longer than this, >= 1000; 0: the state's, else 6 h */

	int64_t from_ms; /* AISGAP_NO_TIME for no limit; likewise below */
	int64_t to_ms;
	enum aisgap_by by;
	int64_t as_of_ms; /* judge open gaps at this time; AISGAP_NO_TIME: feed time */

	const char *mmsi; /* comma-separated lists; NULL takes every vessel */
	const char *imo;
	const char *flag;      /* ISO 3166 alpha-2 */
	const char *type;      /* numbers, ranges "70-79", or M.1371 words such as "cargo" */
	const char *ais_class; /* "A" or "B" */
	const char *verdict;   /* off, unclear, unheard, feed, gnss, identity */
	double prior;          /* share of all silences that are switch-offs, in (0, 1); 0: 0.1 */
	const char *rules;     /* published ones that are asked, too: gfw, skylight, lloyds */

	const char *const *maps; /* FIELD=COLUMN[/DIVISOR] */
	size_t map_count;
	const char *profile;   /* a JSON file */
	const char *time_zone; /* of times that name none; NULL: UTC */
	const char *time_format;
	bool any_id;        /* accept ids that are no ship's MMSI */
	double max_bad_pct; /* more unreadable rows than this: AISGAP_NO_FEED */

	const char *state; /* a file: the fleet is joined into it and reported on; NULL: none */
	bool wait;         /* for another run that has the state */
	bool changes;      /* report what changed since the last report that was delivered */
	int64_t keep_ms;   /* how much a state remembers, before feed time; 0: 400 days */

	const char *post;             /* URL that the report is sent to, too; NULL: none */
	const char *post_header_file; /* header lines for it; NULL: none */
	const char *post_headers;     /* the same as text; NULL: none */

	const char *format;  /* a writer's name; NULL: by the output's ending, else csv */
	const char *output;  /* path; NULL or "-": standard output */
	const char *columns; /* comma-separated; NULL: the format's own choice */
	bool if_any;         /* write nothing at all when there is no gap */
	int table_width;     /* columns of the terminal; 0: no limit */
	bool table_color;

	unsigned threads;  /* 0: one per processor */
	size_t block_size; /* bytes read at a time; 0: the default */

	/* called now and then from the calling thread; bytes_total is 0 where it is not known */
	void (*progress)(void *context, uint64_t bytes_read, uint64_t bytes_total);
	/* called once when reading ends, before the report is written */
	void (*progress_done)(void *context);
	void *progress_context;
};

/* the defaults: no window, everything detected, CSV to standard output */
void aisgap_options_init(struct aisgap_options *options);

/* what was read, what was left out and why; outlives the call, freed with aisgap_ledger_free */
struct aisgap_ledger;

/*
 * Runs. On AISGAP_OK and AISGAP_PARTIAL the report is written whole; else `message` says why, and
 * nothing is written, but where only posting it, or keeping what was delivered, failed. *ledger is
 * set in every case but AISGAP_USAGE, where it may be NULL.
 *
 * With a state the inputs are joined into it, it is saved, and then the joined fleet is reported. A
 * run that fails before that leaves the state as it was; one that fails later leaves the changes
 * due, and the next run reports them again.
 */
enum aisgap_status aisgap_detect(const struct aisgap_options *options,
                                 struct aisgap_ledger **ledger, char message[512]);

void aisgap_ledger_free(struct aisgap_ledger *ledger);
/* gaps, or changes, that were reported */
size_t aisgap_ledger_gaps(const struct aisgap_ledger *ledger);
/* one JSON document, to be freed by the caller */
char *aisgap_ledger_json(const struct aisgap_ledger *ledger);
/* the summary for people; `verbose` adds columns and samples of bad rows; freed by the caller */
char *aisgap_ledger_text(const struct aisgap_ledger *ledger, bool verbose);
/* the i-th warning, without newline; NULL past the last. Warnings are for people, on every run. */
const char *aisgap_ledger_warning(const struct aisgap_ledger *ledger, size_t i);
/* true when standard output's reader went away before the end */
bool aisgap_ledger_reader_gone(const struct aisgap_ledger *ledger);

/* the built-in areas as one GeoJSON FeatureCollection, freed by the caller */
char *aisgap_areas_geojson(void);

/* names for --help and completion: the i-th, NULL past the last */
const char *aisgap_format_name(size_t i);
const char *aisgap_format_purpose(size_t i);
const char *aisgap_column_name(size_t i);
const char *aisgap_column_meaning(size_t i);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif

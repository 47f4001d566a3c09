/* The ledger: what was read, what was left out and why, and what came of it. */
#ifndef RUN_LEDGER_H
#define RUN_LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ais/row.h"
#include "aisgap/detect.h"
#include "base/span.h"
#include "input/reader.h"

enum { SAMPLES_MAX = 5, SAMPLE_TEXT = 120, WARNINGS_MAX = 16 };

/* one bad row: where, what was found, what was wrong */
struct sample {
	uint64_t offset; /* bytes before the row in its input */
	enum row_outcome outcome;
	char text[SAMPLE_TEXT]; /* the row's beginning, raw */
};

/* counts of one worker or of one input; adding them up is all that joins them */
struct tally {
	uint64_t rows;
	uint64_t by[ROW_OUTCOMES];
	uint64_t swallowed; /* lines inside quoted cells that look like rows */
	uint64_t notes[ROW_NOTES];
	uint64_t day_first; /* rows whose date is only valid so; likewise month first */
	uint64_t month_first;
	uint64_t either;
	struct sample samples[SAMPLES_MAX]; /* of the smallest offsets */
	size_t sample_count;
};

/* counts one record, with a sample when it could not be read */
void tally_count(struct tally *tally, const struct reading *reading);
/* counts a position report's vote on the order of day and month */
void tally_date(struct tally *tally, const struct position_report *report,
                const struct reading *reading);
/* so many records counted as parts of messages were parts of none that was completed */
void tally_lone_parts(struct tally *tally, uint64_t count);
void tally_add(struct tally *into, const struct tally *from);
/* unreadable rows, which count for --max-bad */
uint64_t tally_bad(const struct tally *tally);

struct input_entry {
	char *name;
	struct layout layout;
	struct tally tally;
	uint64_t bytes;
	enum when_order order; /* how its ambiguous dates were read */
	enum status status;    /* ST_OK when all of it was read, */
	char failure[512];     /* else why not */
};

struct aisgap_ledger {
	struct input_entry *inputs;
	size_t input_count;
	bool judged; /* gaps were looked for: what stands from here to `seconds` holds */
	size_t vessels;
	size_t vessels_after; /* that report after as-of */
	size_t gaps;
	size_t open;
	size_t rows;        /* gaps, or changes, that were reported */
	size_t due;         /* reports that could not be posted */
	int64_t horizon_ms; /* what lies before was forgotten; INT64_MIN: nothing was */
	bool heard;         /* as_of_ms is set */
	int64_t as_of_ms;
	double begun_s; /* by a clock of no date */
	double seconds;
	unsigned threads;
	bool reader_gone;
	int result;        /* the exit status, -e aside */
	char message[512]; /* why it is not 0 */
	char *warnings[WARNINGS_MAX];
	size_t warning_count;
};

/* a ledger whose run begins now; freed by aisgap_ledger_free */
struct aisgap_ledger *ledger_new(void);
/* adds one input; the pointer is valid until the next call */
struct input_entry *ledger_input(struct aisgap_ledger *ledger, const char *name);
/* says of an input that not all of it was read; the first reason stands */
void ledger_fail(struct input_entry *entry, enum status status, const struct diag *diag);
/*
 * The inputs' failure that counts for the run: the first that is wrong usage, else the first at
 * all, with its message. ST_OK when all inputs were read.
 */
enum status ledger_failure(const struct aisgap_ledger *ledger, struct diag *diag);
__attribute__((format(printf, 2, 3))) void ledger_warn(struct aisgap_ledger *ledger,
                                                       const char *format, ...);
/*
 * Ends the run, and says how: `diag` says why when status is not ST_OK; else the inputs' failure,
 * if there is one, says what could not be read.
 */
void ledger_conclude(struct aisgap_ledger *ledger, enum status status, const struct diag *diag);
/* a status as a program's exit status */
enum aisgap_status ledger_result(enum status status);
/* all inputs added up */
void ledger_total(const struct aisgap_ledger *ledger, struct tally *total);

#endif

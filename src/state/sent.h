/*
 * What was delivered: the rows of the last report, as they were written. It stands beside the state
 * (STATE.sent) and is no part of it: the next run tells what changed since.
 */
#ifndef STATE_SENT_H
#define STATE_SENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "base/span.h"
#include "base/status.h"
#include "report/record.h"
#include "track/gaps.h"

struct sent_row {
	int64_t mmsi;
	int64_t off_ms;
	int64_t on_ms; /* not set while open */
	uint8_t zone;
	bool open;
	/* by column index (columns.h), clean as a writer shows them, lists joined by ';'; borrowed
	 * from the list. No pointer for what the file did not have, and for what tells of a change.
	 */
	const struct span *values;
};

/* all zero is an empty list */
struct sent {
	struct span settings;  /* what was asked for, as the caller tells it; in the arena */
	struct sent_row *rows; /* ordered by gap_id, each once, when sent_sort ran */
	size_t count;
	size_t cap;
	struct arena arena;
};

/* the list is empty and usable again */
void sent_free(struct sent *sent);
/* adds the gap and all values of its record */
void sent_add(struct sent *sent, const struct gap *gap, const struct record *record);
void sent_sort(struct sent *sent);
/* 32 hexadecimal digits */
struct span sent_gap_id(const struct sent_row *row);
/*
 * The row as a record for writers, its values as they were delivered (record.kept). Beside them
 * what writers read by themselves is set: id, whether it is open, MMSI, reasons, times, positions,
 * ports and the duration. It borrows from the row's list.
 */
void sent_record(const struct sent_row *row, struct record *record);

/*
 * Reads a list, sorted, into an empty one; without a file it stays empty and *exists is false.
 * ST_FAILED for a file that cannot be read or is damaged, with what to do; the list is then empty.
 */
enum status sent_read(const char *path, struct sent *sent, bool *exists, struct diag *diag);
/* writes a sorted list in the file's place, whole or not at all; ST_FAILED leaves the old one */
enum status sent_write(const char *path, const struct sent *sent, struct diag *diag);

#endif

/*
 * Readers: blocks of one input's records in, position reports out, whatever the format. What stands
 * above knows reports and why a record gave none.
 */
#ifndef INPUT_READER_H
#define INPUT_READER_H

#include <stdbool.h>
#include <stdint.h>

#include "ais/row.h"
#include "input/layout.h"
#include "input/splitter.h"

/* how all readers of one input read; filled by reader_plan */
struct reader_plan {
	const struct layout *layout;
	const struct layout_options *options;
	struct row_plan rows;   /* CSV */
	bool in_order;          /* records hang together: one reader must see all blocks in order */
	enum split_style style; /* how the splitter cuts */
};

/* borrows both */
void reader_plan(struct reader_plan *plan, const struct layout *layout,
                 const struct layout_options *options);

struct reader;

/* one per worker; borrows the plan */
struct reader *reader_new(const struct reader_plan *plan);
void reader_free(struct reader *reader);

/* what one record came to */
struct reading {
	enum row_outcome outcome;
	struct row_reading row; /* its time, its message number, and what is to be noted */
	uint32_t swallowed;     /* lines inside its quotes that look like records */
	uint64_t offset;        /* in the input */
	struct span text;       /* the record's bytes, where it could not be read */
};

/* begins with a block, whose bytes must live until the reader is begun anew or freed */
void reader_begin(struct reader *reader, const struct block *block);
/*
 * Reads the next record of the block; false at its end. The report is filled with ROW_USED,
 * ROW_STATIC and ROW_NO_TIME, and of NMEA wherever a message was decoded; its spans live until
 * reader_forget.
 */
bool reader_next(struct reader *reader, struct position_report *report, struct reading *reading);
/* the texts of the reports given out so far are no longer needed */
void reader_forget(struct reader *reader);
/* at the input's end: records counted as ROW_PART that are ROW_PART_ALONE */
uint64_t reader_lone_parts(const struct reader *reader);

#endif

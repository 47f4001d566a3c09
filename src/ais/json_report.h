/*
 * Records of JSON to reports: flattened to columns, which profiles and aliases name as they do for
 * CSV, and read by the same code as rows. One reader per worker.
 */
#ifndef AIS_JSON_REPORT_H
#define AIS_JSON_REPORT_H

#include "ais/row.h"

struct json_reader;

/* all borrowed */
struct json_reader_options {
	const struct column_options *columns;
	const struct when_style *when; /* NULL: detected, UTC */
	bool any_id;
	/* the input's first record when that is no vessel's (AISHub's {"FORMAT": "AIS"}), which the
	 * conditions of profiles are asked of too; may be empty */
	struct span context;
};

struct json_reader *json_reader_new(const struct json_reader_options *options);
void json_reader_free(struct json_reader *reader);
/*
 * One record as json_cut found it. A record without an MMSI, of two ships, or of a message that
 * is no ship's position or identity, is ROW_OTHER; one with identity alone ROW_STATIC. A record in
 * which no member is a time is ROW_NO_TIME with the report filled all the same (the reading is
 * WHEN_BAD). Of members with the same name the first counts. The report's spans are valid until
 * json_reader_forget.
 */
enum row_outcome json_reader_read(struct json_reader *reader, struct span record,
                                  struct position_report *report, struct row_reading *reading);
/*
 * A text that may be one record or not: reads it as json_reader_read does when it is one in plain
 * JSON (json_plain.c), which needs no cutting before; else false, and nothing is said of it.
 */
bool json_reader_plain(struct json_reader *reader, struct span text, enum row_outcome *outcome,
                       struct position_report *report, struct row_reading *reading);
/* the texts of reports given out so far are no longer needed */
void json_reader_forget(struct json_reader *reader);

/*
 * Reads the head's records until one has all that a position report needs: its column map (the
 * columns count its values), the names found, and the input's context, which points into the head.
 * ST_NO_FEED (ST_USAGE: a --map) with a message when no record of the head has; the map is then
 * that of the record that lacks least.
 */
enum status json_detect(struct span head, const char *name,
                        const struct json_reader_options *options, struct column_map *map,
                        char found[FIELD_COUNT][48], struct span *context, struct diag *diag);

#endif

/*
 * Lines of an NMEA log to reports, in input order, since a time may stand on the line before and a
 * message on several. One reader per input, used by one thread at a time.
 */
#ifndef AIS_NMEA_H
#define AIS_NMEA_H

#include <stdbool.h>
#include <stdint.h>

#include "ais/fix.h"
#include "ais/row.h"
#include "ais/when.h"
#include "base/span.h"

struct nmea;

struct nmea_options {
	bool any_id;                   /* reports of stations that are no ships, too */
	const struct when_style *when; /* of times beside the sentences; NULL detects */
	/* some line of the input's head has a time of its own (nmea_head_has_clock): then sentences
	 * without are never timed by base stations. It is the head of each input that decides: a
	 * log cut in two files may get derived times in one of them that it would not get as a
	 * whole, or miss those around the cut, since base stations must first agree anew
	 * (nmea_minute.h) */
	bool has_clock;
};

/* copies the options, but what `when` points to must outlive the reader */
struct nmea *nmea_new(const struct nmea_options *options);
/* NULL is fine */
void nmea_free(struct nmea *nmea);

/*
 * Reads one line (without terminator). False for a blank one. Else sets
 *   *outcome  ROW_PART while a message's other parts are awaited; ROW_NO_TIME for what would be
 *             ROW_USED or ROW_STATIC, had it a time; ROW_PAYLOAD, ROW_SENTENCE, ROW_CHECKSUM,
 *             ROW_NOT_AIS, and what aivdm_read says of the message
 *   *report   filled where a message was decoded, but for its time; its spans are valid until
 *             nmea_forget
 *   *reading  the message's time (WHEN_BAD without one), its number (0 when none was decoded), and
 *             what is to be noted
 */
bool nmea_line(struct nmea *nmea, struct span line, enum row_outcome *outcome,
               struct position_report *report, struct row_reading *reading);
/* the texts of all reports given out so far are no longer needed */
void nmea_forget(struct nmea *nmea);

/* lines so far whose outcome was ROW_PART and whose message was not completed: should the input end
 * here, they are ROW_PART_ALONE */
uint64_t nmea_lone_parts(const struct nmea *nmea);

/* true when a line of an input's head has a time: beside an AIS sentence or in a $PGHP line */
bool nmea_head_has_clock(struct span head, const struct when_style *when);
/*
 * true when most lines of an input's head, comments, other sentences and tag blocks aside, hold an
 * AIS sentence, and it does not begin as JSON
 */
bool nmea_is_log(struct span head);

#endif

/*
 * One line of a log taken apart (IEC 61162-1 and -450): what stands before the sentence, the AIS
 * sentence itself, what stands behind.
 *
 *   \s:rX,c:1418172113*55\!AIVDM,2,1,6,A,53@o0E...,0*63,r003669946,1325394060
 *   prefix or tag blocks    | | | | | | | payload  | |  trailer
 *                     talker, VDM or VDO | channel | checksum
 *                              parts, part, sequence fill bits
 */
#ifndef AIS_SENTENCE_H
#define AIS_SENTENCE_H

#include <stdbool.h>
#include <stdint.h>

#include "ais/row.h"
#include "ais/when.h"
#include "base/span.h"

/* spans point into the line */
struct sentence {
	char talker[2];
	bool own;       /* VDO: sent by the ship that keeps the log */
	unsigned parts; /* of the message, 1-9 */
	unsigned part;  /* 1-parts */
	int sequence;   /* 0-9, ties the parts of a message together; -1 when empty */
	char channel;   /* a letter or digit; 0 when empty */
	struct span payload;
	unsigned fill; /* bits at the payload's end that are none, 0-5 */
	bool checksum; /* there is one, and it fits */
	unsigned sum;  /* what it is or should be, 0-255 */
	/* from the tag block, what stands behind, or what stands before; WHEN_BAD without any */
	enum when_result when;
	int64_t t_ms[2];
	struct span station; /* tag block s:, or the trailer's; empty without any */
	bool grouped;        /* tag block g: */
	unsigned group_part; /* 1-group_parts */
	unsigned group_parts;
	uint64_t group_id;
	bool clock; /* no AIS, but a $PGHP line: when and t_ms are the next sentence's */
	/* what the checksums of a message's sentences must come to (XORed) for its time to hold:
	 * set by a clock, for the message that it times; -1 for any */
	int due;
	unsigned bad_tags; /* tag blocks that were not believed: their checksums are wrong */
};

/*
 * Takes apart one line (without terminator; blanks around it and a byte order mark are ignored).
 * Times are read as `when` says, NULL for detected; those of a tag block are Unix times always.
 *
 * ROW_USED: an AIS sentence, all set. ROW_NOT_AIS: another sentence, a comment, a tag block or text
 * alone; `clock` is then set or not. ROW_SENTENCE, ROW_CHECKSUM: damaged, nothing else is set.
 *
 * A line with an AIS sentence and the beginning of another, of whatever kind, is ROW_SENTENCE: a
 * log that was cut and went on without a new line. What stands before the second sentence may be
 * the first one's time or tag block, and to read one of two would drop the other unseen.
 */
enum row_outcome sentence_read(struct span line, const struct when_style *when,
                               struct sentence *sentence);

#endif

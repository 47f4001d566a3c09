/*
 * Messages that were cut into several sentences, put together again.
 *
 * Parts belong together by source (tag block s: or trailer station), talker, number of parts,
 * sequence id and channel: in the logs seen, a channel never changes within a message but where two
 * messages are mixed. In a tag block group (g:), by the group instead of the channel. Some loggers
 * name the source at one part only: a part may miss it within a group, or next to its neighbour.
 * Sequence ids come round again after ten messages, so parts more than a few seconds apart are
 * strangers.
 */
#ifndef AIS_FRAGMENTS_H
#define AIS_FRAGMENTS_H

#include <stdint.h>

#include "ais/sentence.h"
#include "text/sixbit.h"

enum {
	FRAGMENTS_OPEN_MAX = 64, /* messages held; the oldest goes first */
	FRAGMENTS_WAIT_MS =
	    10 * 1000, /* between a message's first part and another, by data time, */
	FRAGMENTS_WAIT_SENTENCES = 200, /* and in AIS sentences where one of them has no time */
};

struct fragments;

struct fragments *fragments_new(void);
void fragments_free(struct fragments *fragments);

enum fragments_result {
	FRAGMENTS_WAITING,
	FRAGMENTS_WHOLE,  /* bits hold the message */
	FRAGMENTS_BROKEN, /* all parts are here, or too many characters, but they are no payload */
};

/* an AIS sentence that is a message of its own went by */
void fragments_pass(struct fragments *fragments);
/*
 * Adds a part (parts > 1), whose payload is copied. A part number that is there already begins a
 * new message. With WHOLE and BROKEN the sentence's time becomes that of the part that came first
 * of those that have one; none when that part's `due` is not what the parts' checksums come to.
 */
enum fragments_result fragments_add(struct fragments *fragments, struct sentence *sentence,
                                    struct bits *bits);
/* parts that waited for a message that never was completed, or still wait */
uint64_t fragments_lone(const struct fragments *fragments);

#endif

/* The times that logs put beside a sentence, and the stations in the Coast Guard's trailers. */
#ifndef AIS_SENTENCE_TIME_H
#define AIS_SENTENCE_TIME_H

#include "ais/sentence.h"
#include "ais/when.h"
#include "base/span.h"

/* a tag block's c:, Unix time in s (or ms, us, ns); an unreadable one leaves the sentence as it is
 */
void sentence_unix_time(struct span text, struct sentence *sentence);

/*
 * What stands before a sentence, not empty: a time alone or among fields and words
 * (`2021-06-01T00:00:00Z,AIS,rx,"`, `1550303566167726840 `, `[2021-06-01 00:00:00] `). The first
 * that can be read is taken.
 */
void sentence_prefix(struct span text, const struct when_style *when, struct sentence *sentence);

/*
 * What stands behind a sentence, not empty: the US Coast Guard's fields
 * (`,d-109,S2105,t050056.00,T56.13,r003669946,1325394060,1325394001`) or columns of a CSV. Sets the
 * station when there is none yet; and, when there is none yet, the time: the first that can be
 * read. That is the receiver's where a second follows: 1325394060 is 05:01:00, just after the
 * t050056 of arrival, while the last one, added by a logger, is 59 s late.
 */
void sentence_trailer(struct span text, const struct when_style *when, struct sentence *sentence);

/* a line that begins with $: sets clock, when and t_ms if it is Gatehouse's
 * $PGHP,1,year,month,day,hour,minute,second,ms,... with a date and a right checksum or none */
void sentence_clock(struct span line, struct sentence *sentence);

#endif

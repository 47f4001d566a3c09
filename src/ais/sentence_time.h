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
 * t050056 of arrival, while the last one, added by a logger, is 59 s late. What follows the
 * sentence without a separator is no field: noise, or the next line's time where a new line was
 * lost.
 */
void sentence_trailer(struct span text, const struct when_style *when, struct sentence *sentence);

/*
 * A line that begins with $: sets clock, when and t_ms if it is Gatehouse's
 * $PGHP,1,year,month,day,hour,minute,second,ms,country,region,station,online,sum with a date and a
 * right checksum or none. `sum` sets due: it is the checksum of the sentence that the line times,
 * or of all parts of a message XORed (so in all 3957
 * messages of other ships in corpus/nmea/aislib).
 */
void sentence_clock(struct span line, struct sentence *sentence);
/* whether a message whose sentences' checksums come to `sum` is the one that sentence->due is
 * about. Gatehouse writes 00 for the own ship's messages (VDO), whatever their checksums. */
bool sentence_is_due(const struct sentence *sentence, unsigned sum);

#endif

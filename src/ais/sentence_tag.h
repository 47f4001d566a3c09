/* Tag blocks (IEC 61162-450, NMEA 0183 v4): \s:station,c:time,g:part-parts-group*checksum\ */
#ifndef AIS_SENTENCE_TAG_H
#define AIS_SENTENCE_TAG_H

#include "ais/sentence.h"
#include "base/span.h"

/*
 * Reads the tag blocks among what stands before a sentence: station, group and time, the last of
 * each, which is nearest to the sentence. A block without checksum is believed, one with a wrong
 * checksum is counted and not believed. Answers the text before the first block, or all of it when
 * there is none.
 */
struct span sentence_tags(struct span before, struct sentence *sentence);

#endif

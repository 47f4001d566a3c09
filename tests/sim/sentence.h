/* AIVDM sentences (IEC 61162-1) of a message. */
#ifndef SIM_SENTENCE_H
#define SIM_SENTENCE_H

#include <stdint.h>

#include "out.h"
#include "payload.h"

/* "*5C": the exclusive or of what was written since o->used was from */
void out_checksum(struct out *o, size_t from);
/* how many sentences the payload needs */
int sentence_count(const struct payload *p);
/* the index-th of them from 0, "!AIVDM" to checksum; number tells messages apart */
void out_sentence(struct out *o, const struct payload *p, int index, uint64_t number);

#endif

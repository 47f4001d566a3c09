/* Messages as stations send them: the bits of ITU-R M.1371-5, annex 8, six to a character. */
#ifndef SIM_PAYLOAD_H
#define SIM_PAYLOAD_H

#include <stdint.h>

#include "layout.h"

enum { PAYLOAD_ROOM = 80 };

/* communication state: 19 bits that matter to other stations only */
enum { COMM_STATE = 0x1c2d3 };

struct payload {
	char text[PAYLOAD_ROOM];
	int length, fill; /* characters; bits at the end that carry nothing */
	uint64_t held;    /* bits not yet written, */
	int held_count;   /* fewer than 6 */
};

/* how many messages carry the row: static data of class B come in two parts */
int payload_parts(const struct row *row);
/* the row's message, or its part 0 or 1 */
void payload_make(struct payload *p, const struct row *row, int part);
/* microdegrees as positions are sent, in 1/10000 minute, rounded half away from zero */
int32_t radio_minutes(int32_t udeg);

#endif

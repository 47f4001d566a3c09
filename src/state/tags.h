/* What a state's sections are called, and the file itself. */
#ifndef STATE_TAGS_H
#define STATE_TAGS_H

#define STATE_MAGIC "AISGSTAT"

/* four letters each, as they stand in the file */
#define STATE_TAG(a, b, c, d)                                                                      \
	((uint32_t)(a) | (uint32_t)(b) << 8 | (uint32_t)(c) << 16 | (uint32_t)(d) << 24)

/* 2: HEARD_NO_GNSS in the hours (hour_code.h). Format 1 is read as it is. */
enum { STATE_VERSION = 2 };

#define TAG_PARAMS STATE_TAG('P', 'A', 'R', 'A')
#define TAG_CLOCK  STATE_TAG('C', 'L', 'O', 'K')
#define TAG_SHARD  STATE_TAG('S', 'H', 'R', 'D')

#endif

/* The progress bar: one line on stderr, redrawn in place, removed at the end. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdint.h>

/* called by aisgap_detect; context is not used */
void progress_draw(void *context, uint64_t bytes_read, uint64_t bytes_total);
void progress_clear(void *context);

#endif

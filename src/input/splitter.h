/*
 * The splitter: one input cut into blocks of whole records, for any number of workers. It knows
 * quotes, so a newline inside a quoted name is never a record's end, whatever the block size. What
 * it gives depends on the bytes alone, but for where one block ends and the next begins.
 */
#ifndef INPUT_SPLITTER_H
#define INPUT_SPLITTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "base/status.h"
#include "input/source.h"
#include "text/rows.h"

enum { BLOCK_SIZE = 128 * 1024, BLOCK_SIZE_LEAST = 64, BLOCK_SIZE_MOST = 64 * 1024 * 1024 };

struct splitter;

/* borrows the source; block_size in bytes, within the limits above */
struct splitter *splitter_new(struct source *source, size_t block_size);
void splitter_free(struct splitter *splitter);

/* the input's first `want` bytes (fewer when it is shorter), not taken out; before any block */
enum status splitter_peek(struct splitter *splitter, size_t want, struct span *head,
                          struct diag *diag);
/* takes out the first `bytes` of what was peeked at and sets the delimiter; before any block */
void splitter_start(struct splitter *splitter, size_t bytes, char delimiter);

/* a worker's own buffer; all zero is ready for use */
struct block_buffer {
	char *bytes;
	size_t cap;
	size_t len;
};

/*
 * The next block, in `buffer`, valid until the next call with it. False at the input's end or after
 * a read error, which splitter_status then tells. Safe from many threads.
 */
bool splitter_next(struct splitter *splitter, struct block_buffer *buffer, struct block *block);
enum status splitter_status(const struct splitter *splitter, struct diag *diag);
/* bytes read so far; approximate while workers run */
uint64_t splitter_offset(const struct splitter *splitter);

#endif

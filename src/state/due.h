/*
 * STATE.due: bodies that are still to be posted, oldest first. A body is in this file before the
 * list of what was delivered says so, and leaves it once a server has answered for it.
 */
#ifndef STATE_DUE_H
#define STATE_DUE_H

#include <stddef.h>

#include "base/digest.h"
#include "base/span.h"
#include "base/status.h"
#include "net/http_post.h"

enum {
	DUE_ITEMS_MAX = 100 * 1000,
	DUE_BYTES_MAX = 1024 * 1024 * 1024, /* of all bodies */
};

struct due_item {
	char key[DIGEST_HEX_SIZE]; /* its Idempotency-Key: MD5 of occasion, content type and body */
	const char *content_type;  /* static */
	struct span body;
};

struct due;

/* a missing file, and no path at all (NULL), is an empty list; *due is NULL on ST_FAILED. due_free.
 */
enum status due_read(const char *path, struct due **due, struct diag *diag);
/*
 * Copies the body to the list's end; nothing when the last item is the same. The occasion, digits,
 * tells it from an equal body of another time, and is part of its key. The type is one of
 * "application/x-ndjson", "application/json", "application/geo+json".
 */
void due_add(struct due *due, struct span occasion, const char *content_type, struct span body);
size_t due_count(const struct due *due);
/* the oldest, valid until the list is changed; NULL when there is none */
const struct due_item *due_first(const struct due *due);
/* nothing when the list is empty */
void due_drop_first(struct due *due);
/*
 * As replace_commit; an empty list removes the file; without a path (NULL) nothing is written.
 * ST_FAILED, and the file stays as it is, when there are more items or bytes than due_read takes.
 */
enum status due_save(const char *path, const struct due *due, struct diag *diag);
/*
 * Sends all, oldest first, and saves (unless path is NULL) after each before the next, so that a
 * crash sends at most one again, with the same key; of a long list after each sixteenth of what is
 * left, for each time the whole list is written. Stops at the first failure; what is left stays in
 * list and file. ST_FAILED then, and when saving fails.
 */
enum status due_deliver(struct due *due, const char *path, struct http_post *post,
                        struct diag *diag);
/* frees NULL safely */
void due_free(struct due *due);

#endif

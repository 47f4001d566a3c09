/*
 * Where bytes come from: standard input, a file, a URL, or the member of an archive. A source is
 * read by one thread at a time.
 */
#ifndef INPUT_SOURCE_H
#define INPUT_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "base/status.h"
#include "net/http.h"

struct source;

/*
 * Opens a path, a URL, or standard input for "-". A file: URL is the path that it stands for, and
 * is called by it (libcurl is not asked: it cannot pause where a file is read). ST_FAILED with the
 * reason (a directory, not readable, the server's answer ...); ST_USAGE for what is no URL or a bad
 * header file. `http` is borrowed for the call and is for http: and https: alone.
 */
enum status source_open(const char *path, const struct http_options *http, struct source **source,
                        struct diag *diag);

/* text that looks like a URL of another kind (ftp:, s3: ...), or like one that was misspelt */
bool source_is_foreign(const char *path);

/* how bytes are got by those who make sources; read is as source_read */
struct source_ops {
	enum status (*read)(void *state, char *buf, size_t len, size_t *got, struct diag *diag);
	void (*close)(void *state);
};
/* a source over `state`, which source_close hands to ops->close; size as for source_size */
struct source *source_new(const char *name, uint64_t size, const struct source_ops *ops,
                          void *state);
/* what source_new was given, for those who make sources */
void *source_state(const struct source *source);
/* NULL is closed already */
void source_close(struct source *source);

/* the path, the URL without its secrets, or "(standard input)" */
const char *source_name(const struct source *source);
/* size in bytes where it is known beforehand, else 0 */
uint64_t source_size(const struct source *source);
/* bytes read from it so far; may be asked from any thread */
uint64_t source_taken(const struct source *source);
/*
 * Waits for at least one byte; *got == 0 only at the end. ST_FAILED when reading fails; what came
 * before is good.
 */
enum status source_read(struct source *source, char *buf, size_t len, size_t *got,
                        struct diag *diag);
/*
 * The source's next bytes, not taken out: `want` of them, fewer when it ends (or fails: then what
 * is left, and source_read tells why). Valid until the next call.
 */
struct span source_peek(struct source *source, size_t want);
/* likewise, but reads at most once, and so gives what is there */
struct span source_peek_once(struct source *source, size_t want);

/*
 * Said by who makes a source: it was told to stop, so that its end is none. A record that it breaks
 * off in is then no record.
 */
void source_cut(struct source *source);
bool source_is_cut(const struct source *source);
/* likewise: it is a connection that ended, perhaps in the middle of a line */
void source_tear(struct source *source);
bool source_is_torn(const struct source *source);

#endif

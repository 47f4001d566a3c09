/*
 * A file of sections, each with its own MD5; refused unless whole.
 *
 *   magic        8 bytes
 *   version      4 bytes
 *   section ...  tag (4), length (8), digest (16), payload
 *   end          a section of tag 0 whose payload is the number of sections before it (8)
 *
 * Numbers are little-endian. A section's digest is the MD5 of the digest before it, its tag, its
 * length and its payload; before the first stands the MD5 of magic and version. So sections can be
 * neither changed, moved, left out nor taken from another file by accident.
 */
#ifndef STATE_CONTAINER_H
#define STATE_CONTAINER_H

#include <stdint.h>

#include "base/span.h"
#include "base/status.h"

enum { CONTAINER_MAGIC_SIZE = 8, CONTAINER_VERSION_SIZE = 4 };

struct container_out;
struct container_in;

/* as replace_open; *out is NULL on failure */
enum status container_create(const char *path, const char magic[CONTAINER_MAGIC_SIZE],
                             uint32_t version, struct container_out **out, struct diag *diag);
/* tag is not 0; a failure is remembered */
void container_put(struct container_out *out, uint32_t tag, struct span payload);
/* as replace_commit; frees `out` */
enum status container_commit(struct container_out *out, struct diag *diag);
/* the old file stays; NULL is nothing */
void container_abort(struct container_out *out);

/*
 * `what` is for messages ("a state"): a literal. A missing file is ST_OK with *in = NULL; one that
 * is no container of this magic and of version 1 to `version` is ST_FAILED, with what to do.
 */
enum status container_open(const char *path, const char magic[CONTAINER_MAGIC_SIZE],
                           uint32_t version, const char *what, struct container_in **in,
                           struct diag *diag);
/*
 * The next section, its checksum verified; *tag is 0 at the end, which is verified too. The payload
 * is valid until the next call. Not to be called again after the end or a failure.
 */
enum status container_next(struct container_in *in, uint32_t *tag, struct span *payload,
                           struct diag *diag);
/* for a payload whose checksum is right but whose content is not: sets the message, ST_FAILED */
enum status container_damaged(const struct container_in *in, const char *why, struct diag *diag);
/* where the section that was read last begins, and the same message for a section read before */
uint64_t container_section(const struct container_in *in);
enum status container_damaged_at(const struct container_in *in, uint64_t section, const char *why,
                                 struct diag *diag);
uint32_t container_version(const struct container_in *in);
/* NULL is nothing */
void container_close(struct container_in *in);

#endif

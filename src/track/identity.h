/*
 * Identity: which names, call signs, IMO numbers and types an MMSI has sent, and when.
 * Of each kind the values first seen earliest (with that time) and the values last seen latest (with
 * that time) are kept; both selections are joins. Keeping only the latest with a range would not be one.
 */
#ifndef TRACK_IDENTITY_H
#define TRACK_IDENTITY_H

#include <stdbool.h>
#include <stdint.h>

#include "ais/statics.h"

enum {
	IDENTITY_KEEP = 8, /* values per kind and end */
	IDENTITY_KEEP_IMO = 32, /* IMO numbers first seen earliest */
};

struct identity_value {
	char *text; /* owned, `length` bytes, no terminator */
	int64_t first_ms; /* valid while in_first */
	int64_t last_ms; /* valid while in_last */
	uint8_t length;
	bool in_first; /* among the values first seen earliest */
	bool in_last; /* among the values last seen latest */
};

struct identity_kind {
	struct identity_value *at; /* by text, bytewise */
	uint16_t count;
	bool overflow; /* more different values were seen than can be kept */
};

/* the fields of the latest report, unchanged since the one before: not yet folded into the kinds */
struct identity_run {
	char *bytes; /* the raw fields, end to end */
	uint32_t cap;
	uint16_t length[STATIC_KINDS];
	int64_t first_ms;
	int64_t last_ms;
	bool set;
};

/* all zero is empty */
struct identity {
	struct identity_kind kind[STATIC_KINDS];
	struct identity_run run;
};

void identity_free(struct identity *identity);
/* folds the fields of one report in; t_ms is its time */
void identity_add(struct identity *identity, const struct statics *statics, int64_t t_ms);
/* folds what is pending in; the kinds are then complete */
void identity_settle(struct identity *identity);
/* joins `from` (settled) into `into` */
void identity_join(struct identity *into, const struct identity *from);

/*
 * The value that held at t_ms: of those first seen by then the one first seen latest; when none was,
 * the earliest. Empty when the kind was never sent. Borrowed from a settled identity.
 */
struct span identity_at(const struct identity *identity, enum static_kind kind, int64_t t_ms);

#endif

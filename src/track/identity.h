/*
 * Identity: which names, call signs, IMO numbers and types an MMSI has sent, and when.
 * Of each kind the values first seen earliest (with that time) and the values last seen latest
 * (with that time) are kept; both selections are joins. Keeping only the latest with a range would
 * not be one.
 */
#ifndef TRACK_IDENTITY_H
#define TRACK_IDENTITY_H

#include <stdbool.h>
#include <stdint.h>

#include "ais/statics.h"

enum {
	IDENTITY_KEEP = 8,      /* values per kind and end */
	IDENTITY_KEEP_IMO = 32, /* IMO numbers first seen earliest */
};

struct identity_value {
	char *text;       /* owned, `length` bytes, no terminator */
	int64_t first_ms; /* valid while in_first */
	int64_t last_ms;  /* valid while in_last */
	uint8_t length;
	bool in_first; /* among the values first seen earliest */
	bool in_last;  /* among the values last seen latest */
};

struct identity_kind {
	struct identity_value *at; /* by text, bytewise */
	uint16_t count;
	bool overflow; /* more different values were seen than are kept by their first time */
};

/*
 * The fields of a track's latest reports, all alike, not yet folded into the vessel's identity:
 * most reports say what the one before said. They are told apart by `print`, 64 bits keyed by a
 * secret of the process, so that nobody can choose fields that look alike. All zero is none.
 */
struct identity_run {
	uint64_t print;
	int64_t first_ms;
	int64_t last_ms;
	char *bytes; /* the raw fields, end to end; owned */
	uint16_t length[STATIC_KINDS];
	uint16_t cap; /* of bytes */
	bool set;
};

/* all zero is empty */
struct identity {
	struct identity_kind kind[STATIC_KINDS];
};

void identity_free(struct identity *identity);
/* ends the run: folds it into the identity; frees nothing */
void identity_settle(struct identity *identity, struct identity_run *run);
/* ends the run and begins another with the fields of a report at t_ms; print is identity_print's */
void identity_begin(struct identity *identity, struct identity_run *run,
                    const struct statics *statics, uint64_t print, int64_t t_ms);
/* tells fields apart; equal fields in equal places have equal prints */
uint64_t identity_print(const struct statics *statics);

/* takes in a report that says what the run says; false when it says something else */
static inline bool identity_run_add(struct identity_run *run, uint64_t print, int64_t t_ms)
{
	if (!run->set || run->print != print)
		return false;
	if (t_ms < run->first_ms)
		run->first_ms = t_ms;
	if (t_ms > run->last_ms)
		run->last_ms = t_ms;
	return true;
}

/* joins `from` into `into` */
void identity_join(struct identity *into, const struct identity *from);

/*
 * The value that held at t_ms: of those first seen by then the one first seen latest; when none
 * was, the earliest. Empty when the kind was never sent. Borrowed from the identity.
 */
struct span identity_at(const struct identity *identity, enum static_kind kind, int64_t t_ms);

#endif

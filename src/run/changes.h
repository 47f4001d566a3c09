/*
 * What changed between two reports: what was delivered and what holds now, by content. Replayed as
 * a map by gap_id - opened, closed, revised and included put their row and drop former_gap_id;
 * retracted, expired and excluded drop theirs - they make the one report out of the other, in
 * whatever order, however often. A gap has at most one change, so gap_id and kind are its key.
 */
#ifndef RUN_CHANGES_H
#define RUN_CHANGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "state/sent.h"

struct changes_rules {
	int64_t horizon_ms; /* the fleet's: closed gaps that ended before it were forgotten */
	/* whether the fleet still has this gap, in the report or not */
	bool (*is_gap)(void *context, const struct sent_row *row);
	/* whether the options of the last delivery took this gap in; NULL: they are the same */
	bool (*was_wanted)(void *context, const struct sent_row *row);
	void *context;
};

/*
 * Kinds, all literals:
 *   opened     a record that was not there, of an open gap or a closed one
 *   closed     it was open and is closed
 *   revised    any of its values changed, or its id did: then `former` is the one that it replaces
 *   retracted  it is no gap any more: a late report filled it
 *   expired    it ended before the horizon, or began before it and what made it a gap is forgotten
 *   excluded   it is a gap, but not in the report: the options changed, or what is known of it
 *   included   it came into the report because the options changed
 */
struct change {
	const char *kind;
	const struct sent_row *row;    /* as it is now; as it was delivered where it is gone */
	const struct sent_row *former; /* NULL, or the row whose id former_gap_id is */
};

/* all zero is empty */
struct changes {
	struct change *at; /* ordered by off time, MMSI, zone, on time (open last), kind */
	size_t count;
	size_t cap;
};

/*
 * What leads from `before` to `now`, both sorted, into an empty list; its rows are borrowed from
 * them. A value that one of the two does not know (sent.h) is not compared.
 */
void changes_find(const struct sent *before, const struct sent *now,
                  const struct changes_rules *rules, struct changes *changes);
/* the list is empty and usable again */
void changes_free(struct changes *changes);

#endif

/*
 * Which objects of a record of JSON speak of the ship whose MMSI it holds. A record may hold
 * other things too, each with a name and a position of its own: a port, a receiver, another ship.
 */
#ifndef AIS_JSON_RELATED_H
#define AIS_JSON_RELATED_H

#include <stdbool.h>

#include "base/span.h"

enum relation {
	RELATED_IDENTITY, /* where a ship's name, call sign, IMO number or type may stand */
	RELATED_POSITION, /* where its position may */
	RELATED_ANY,      /* one of these */
};

/*
 * Both objects are given by their paths, the record's own being empty. The MMSI's object is always
 * its ship's; another is when, from the object that holds both on, each object on the way to the
 * MMSI's is called vessel, position or the like, and each on the way to the other as the relation
 * asks. Case and punctuation do not count.
 */
bool json_related(struct span mmsi_object, struct span object, enum relation relation);
/* one of the objects on the way is a receiver, port or the like, whose MMSI is not the sender's */
bool json_foreign(struct span object);

#endif

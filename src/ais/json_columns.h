/* What the members of a record of JSON mean: profiles and aliases by their paths, else by last
 * name. */
#ifndef AIS_JSON_COLUMNS_H
#define AIS_JSON_COLUMNS_H

#include "ais/json_flatten.h"
#include "ais/profile.h"

/* the members of one record, and of its input's context */
struct json_members {
	const struct flat_name *names;
	const struct span *values;
	size_t count;
	const struct column_values *context;
};

/* further members that are MMSIs, in other objects than the MMSI that the map has */
enum { RIVALS_MAX = 4 };
struct json_rivals {
	uint16_t value[RIVALS_MAX];
	uint16_t count; /* RIVALS_MAX + 1: more than can be kept */
};

/*
 * Fills the map, whose columns count the values of the record from 0; whatever is found, it holds.
 * Where no profile fits, members that have the right name inside of objects serve too ({"vessel":
 * {"mmsi": ..}, "position": {"lat": ..}}), but only of the MMSI's own object and of those that
 * belong to it by their names (json_related.h); latitude and longitude both come from one object;
 * a time only when it stands beside the position or in an object around it. A record in which a
 * rival's value is another than the MMSI's speaks of two ships, and is not to be read as one.
 * What --map names is taken wherever it stands. Statuses and messages as columns_detect.
 */
enum status json_columns(const struct column_options *options, const struct json_members *members,
                         struct column_map *map, struct json_rivals *rivals, struct diag *diag);

#endif

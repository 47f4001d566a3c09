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

/*
 * Fills the map, whose columns count the values of the record from 0; whatever is found, it holds.
 * Where no profile fits and the paths do not lead to an MMSI, a time and a position, members that
 * have the right name inside of any object serve ({"vessel": {"mmsi": ..}, "position": {"lat":
 * ..}}); a time only when it stands beside the position or in an object around it. Statuses and
 * messages as columns_detect.
 */
enum status json_columns(const struct column_options *options, const struct json_members *members,
                         struct column_map *map, struct diag *diag);

#endif

/*
 * How records of one shape are read. What the names mean is found out once per shape and kept, for
 * as many shapes as an input can be expected to have; of one with more, anew.
 */
#ifndef AIS_JSON_SHAPE_H
#define AIS_JSON_SHAPE_H

#include "ais/json_columns.h"
#include "ais/json_flatten.h"
#include "ais/row.h"

enum { SHAPES_MAX = 256 };

/* a cell of a row that no value of the record fills */
enum { CELL_EMPTY = UINT16_MAX };

/* how the records of one shape are read for which the same conditions of profiles hold */
struct shape_plan {
	struct row_plan rows;
	uint32_t count;              /* cells */
	uint16_t value[FIELD_COUNT]; /* which value of the record fills each cell */
	bool has_id;
	bool has_position;
	struct json_rivals rivals;
	uint32_t answers; /* bit i: the shape's test i holds */
	struct shape_plan *next;
};

struct shape {
	char *names;
	size_t len;
	struct column_test tests[COLUMN_TESTS];
	size_t test_count;
	struct shape_plan *plans;
};

/* what the shapes of one input have in common */
struct shape_options {
	const struct column_options *columns;
	const struct when_style *when;
	const struct column_values *context;
	bool any_id;
};

/* all zero is ready for use */
struct shapes {
	struct shape *list[SHAPES_MAX];
	uint64_t hash[SHAPES_MAX];
	size_t count;
	size_t last; /* found last */
	size_t oldest;
};

void shapes_free(struct shapes *shapes);
/* how this record is read; valid until the next call */
const struct shape_plan *shapes_find(struct shapes *shapes, const struct shape_options *options,
                                     const struct flat *flat);
/* whether a record that is read so holds the MMSIs of two ships */
bool shape_names_two(const struct shape_plan *plan, const struct flat *flat);
/* the map of one record, its columns counting its values; names gives them, in the arena. Statuses
 * and messages as columns_detect. */
enum status shape_map(const struct shape_options *options, const struct flat *flat,
                      struct arena *arena, struct flat_name **names, struct column_map *map,
                      struct json_rivals *rivals, struct diag *diag);

#endif

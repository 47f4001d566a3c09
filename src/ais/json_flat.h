/* How a flat record is put together, by both ways of reading one. */
#ifndef AIS_JSON_FLAT_H
#define AIS_JSON_FLAT_H

#include "ais/json_flatten.h"

/*
 * A shape is written as marks and names: a value is MARK_VALUE and its name, an object or array is
 * its mark and name, what it holds, and MARK_END. Each name ends with a NUL, which none contains.
 */
enum { MARK_VALUE = 'v', MARK_OBJECT = '{', MARK_ARRAY = '[', MARK_END = '}' };

/* an array whose numbers are being put; nothing is left of one that has none */
struct flat_array {
	size_t len;   /* of the shape before it */
	size_t count; /* of values before it */
	int elements;
};

void flat_clear(struct flat *flat);
/* a value; there must be room for it (FLAT_MAX) */
void flat_put(struct flat *flat, struct span name, struct flat_value value);
void flat_object_begin(struct flat *flat, struct span name);
void flat_object_end(struct flat *flat);
struct flat_array flat_array_begin(struct flat *flat, struct span name);
/* one element; kept if it is a number among the first FLAT_ELEMENTS and there is room */
void flat_array_put(struct flat *flat, struct flat_array *array, bool is_number,
                    struct flat_value value);
void flat_array_end(struct flat *flat, const struct flat_array *array);

#endif

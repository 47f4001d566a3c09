/*
 * A record of JSON as a row: its members are columns, those of objects inside it by their path. The
 * names of a record, in their order, are its shape: most records of an input have one of few.
 */
#ifndef AIS_JSON_FLATTEN_H
#define AIS_JSON_FLATTEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "base/span.h"
#include "text/json.h"

/*
 * Of a record are read at most FLAT_MAX values, and of an array the numbers among its first
 * FLAT_ELEMENTS elements (a GeoJSON point); objects in arrays, and members with longer names than
 * FLAT_NAME bytes, are passed over.
 */
enum { FLAT_MAX = 512, FLAT_ELEMENTS = 8, FLAT_NAME = 120 };
/* bytes that the text of a value that is no string may take */
enum { FLAT_TEXT = 48 };

/* a value as the record's text has it, or as cJSON has read it */
struct flat_value {
	struct span text;        /* where json is NULL; borrowed from the record's text */
	const struct json *json; /* borrowed from the tree */
};

/* all zero is ready for use; owns names */
struct flat {
	struct flat_value value[FLAT_MAX];
	size_t count;
	char *names; /* the shape: which names, how nested; no two shapes have the same bytes */
	size_t len;
	size_t cap;
};

/* how one value is called */
struct flat_name {
	struct span path;   /* "geometry.coordinates.1" */
	struct span parent; /* of the object that holds it, or holds its array: "geometry" */
	struct span last;   /* "coordinates.1" */
};

void flat_free(struct flat *flat);
/* the names and values of an object, in their order; no deeper than json_parse_record lets it be */
void flat_read(struct flat *flat, const struct json *record);
/*
 * The same of a record's text, without a tree, if it is plain (json_plain.c); else false, and flat
 * holds nothing of use. The text must live as long as the values are used.
 */
bool flat_read_plain(struct flat *flat, struct span record);
/* the names of a shape's values in an array of as many; all kept in the arena */
struct flat_name *flat_names(struct span shape, size_t count, struct arena *arena);

/* an upper bound of the bytes that flat_text writes */
size_t flat_text_size(const struct flat_value *value);
/*
 * A value as text: strings as they are, whole numbers in all their digits, others as num_repr, true
 * and false; nothing for null and what is no single value. Returns the end of what it wrote.
 */
char *flat_text(const struct flat_value *value, char *out);

#endif

/*
 * JSON held whole: documents (profiles, areas, coast) and single records of a stream. Read by
 * cJSON, which is known only to json.c. A value is borrowed from its document. Wrong kinds give
 * NULL, false or an empty span, never an error.
 */
#ifndef TEXT_JSON_H
#define TEXT_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"
#include "base/status.h"

struct json; /* any value: object, array, string, number, boolean, null */

/* parses one whole document (nesting bounded by cJSON at 1000); diag tells line and column */
enum status json_parse(struct span text, struct json **doc, struct diag *diag);
/*
 * one record, which need not be terminated: an object, blanks around it aside. Bare NaN, Infinity
 * and -Infinity, which Python and others write, become null. False when it is no JSON, holds a NUL
 * byte, or nests deeper than JSON_DEPTH_MAX (text/json_cut.h). Threads may parse at once.
 */
bool json_parse_record(struct span text, struct json **doc);
void json_free(struct json *doc);

/* an object's member, by exact name; NULL when it is no object or has none */
const struct json *json_get(const struct json *object, const char *name);
/* members or elements: how many, and first and next in their order; name is NULL in arrays */
size_t json_count(const struct json *v);
const struct json *json_first(const struct json *v);
const struct json *json_next(const struct json *v);
const char *json_name(const struct json *v);

bool json_is_object(const struct json *v);
bool json_is_array(const struct json *v);
bool json_number(const struct json *v, double *number);
bool json_bool(const struct json *v, bool *flag);
/* the string's bytes; ptr is NULL when it is no string */
struct span json_string(const struct json *v);

#endif

/* What a set of areas is made of; for the files of geo/ only. */
#ifndef GEO_AREA_SET_H
#define GEO_AREA_SET_H

#include "base/span.h"
#include "geo/area.h"
#include "geo/polygons.h"
#include "geo/shape.h"
#include "text/json.h"

/* margin of an area that states none, in nautical miles */
#define MARGIN_OPEN_NM   300.0
#define MARGIN_CLOSED_NM 30.0
/* the widest margin a file may state, and the widest there is: 35 kn for 10,000 days */
#define MARGIN_MAX_NM    5000.0
#define MARGIN_WIDEST_NM 8.4e6

struct area {
	char name[AREA_NAME_MAX + 1];
	double margin_nm;
	bool closed;
	bool builtin; /* came from a built-in name */
	/* where the water ways out of a closed sea leave it: longitude, latitude */
	double exits[AREA_EXITS_MAX][2];
	size_t exit_count; /* 0: not stated */
	struct polygons polygons;
	struct shape *shape;
};

struct areas {
	struct area *items;
	size_t count;
	size_t cap;
};

/* the area's name, or why it cannot be one: UTF-8 of 1 to AREA_NAME_MAX bytes, no control, no ';'
 */
enum status area_set_name(struct area *area, struct span name, struct diag *why);
/*
 * Reads the feature's property "exits", if it has one, into the area, of which it is already known
 * whether it is closed. ST_USAGE with what was found and what was expected.
 */
enum status area_read_exits(struct area *area, const struct json *feature, struct diag *why);
/* adds the area, which must have name, margin and polygons; on failure it is freed */
enum status areas_push(struct areas *areas, struct area *area, struct diag *why);
/* frees the areas from number `count` on */
void areas_truncate(struct areas *areas, size_t count);

/* adds each feature of a GeoJSON text; `path` is for messages, `stem` names features without name
 */
enum status areas_read_text(struct areas *areas, struct span text, const char *path,
                            struct span stem, struct diag *diag);
/* the same of a file of at most 64 MB, named after the file */
enum status areas_read_file(struct areas *areas, const char *path, struct diag *diag);
/* adds the circle "LAT,LON,NM", named by this text */
enum status areas_read_circle(struct areas *areas, const char *spec, struct diag *diag);

#endif

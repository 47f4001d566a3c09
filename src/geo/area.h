/*
 * Watched areas: named polygons, each with a margin inside which presence is kept.
 * Positions: lat [-90, 90], lon any finite degrees. All calls but areas_add are safe from many
 * threads.
 */
#ifndef GEO_AREA_H
#define GEO_AREA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "base/status.h"

struct areas;

enum { AREAS_MAX = 200, AREA_NAME_MAX = 63, AREA_EXITS_MAX = 16 };

struct areas *areas_new(void);
void areas_free(struct areas *areas);

/*
 * Adds what `spec` names: a built-in ("vladivostok", "caspian"), a GeoJSON file (by its ending
 * .geojson or .json, or holding a slash; one area per feature), or "LAT,LON,NM" (a circle).
 * `min_gap_ms` widens margins of open seas to what a ship at 35 kn can cover in it.
 * ST_USAGE with a message that says where, what was found and what was expected; then nothing is
 * added.
 */
enum status areas_add(struct areas *areas, const char *spec, int64_t min_gap_ms, struct diag *diag);

size_t areas_count(const struct areas *areas);
const char *areas_name(const struct areas *areas, size_t i);
double areas_margin_nm(const struct areas *areas, size_t i);
/* closed sea: a path cannot merely cross it */
bool areas_closed(const struct areas *areas, size_t i);
/* true when the position lies in area i proper (edges belong to it) */
bool areas_contain(const struct areas *areas, size_t i, double lat_deg, double lon_deg);
/*
 * Nautical miles, >= 0, that a ship at a position in area i proper has at least to sail until it is
 * out of the area and its margin. By geodesics: the margin; from a closed sea with exits the way to
 * the exit from which it is shortest, and from there the margin where the exit lies in the area. A
 * closed sea without exits may be left anywhere, so that its margin alone counts.
 */
double areas_way_out_nm(const struct areas *areas, size_t i, double lat_deg, double lon_deg);
/* came from a built-in name */
bool areas_builtin(const struct areas *areas, size_t i);
/*
 * Area i as one GeoJSON feature (name, margin_nm, closed_sea, exits if it has any, geometry), to be
 * freed by the caller.
 * Every number is spelled so that it reads back as it is: areas_restore gives the same area.
 */
char *areas_geojson(const struct areas *areas, size_t i);
/*
 * Adds what areas_geojson printed: its margin as it stands, no widening. `path` is for messages.
 * ST_USAGE with a message when it is anything else; then nothing is added.
 */
enum status areas_restore(struct areas *areas, struct span feature, bool builtin, const char *path,
                          struct diag *diag);

#endif

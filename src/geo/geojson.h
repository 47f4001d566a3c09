/* GeoJSON (RFC 7946) as far as areas and coasts need it: features and their polygons. */
#ifndef GEO_GEOJSON_H
#define GEO_GEOJSON_H

#include "geo/polygons.h"
#include "text/json.h"

/* the first feature (`feature` NULL) or the next; a lone feature or geometry is one by itself */
const struct json *geojson_feature(const struct json *doc, const struct json *feature);
/* a feature's property; NULL when it has none, or it is null */
const struct json *geojson_property(const struct json *feature, const char *name);
/*
 * Adds the feature's Polygon, MultiPolygon, or GeometryCollection of these, checked corner by
 * corner and unrolled. ST_USAGE with what was found, where, and what was expected.
 */
enum status geojson_polygons(const struct json *feature, struct polygons *out, struct diag *why);

#endif

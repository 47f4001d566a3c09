#!/usr/bin/env python3
"""Make coast.geojson from Natural Earth 1:10m land and minor islands (public domain).

usage: make_coast.py NE_10M_LAND.shp [NE_10M_MINOR_ISLANDS.shp] > coast.geojson

Needs pyshp and shapely. Reads ESRI shapefiles: ne_10m_land and ne_10m_minor_islands as Natural
Earth publishes them, or the one file in which Debian's libmagics++-data has joined the two
(/usr/share/magics/10m/ne_10m_land.shp, version 3.0.1: what the file here was made from).
ne_10m_land.VERSION.txt beside the first file names the version. Nothing is fetched.

Each region below becomes one feature: the land in its box, rounded to 4 decimals (11 m; the source
is good to some hundred metres) on a grid that keeps the polygons valid. Of the water in a box only
the sea stays, that is each stretch of water that holds one of the region's points at sea; lakes are
land. The Caspian's level and Kara-Bogaz-Gol are as the source has them. Polygons and rings are put
in a fixed order, so the output depends on the input and the versions of shapely and GEOS only.
"""
import json
import os
import sys

import shapefile
import shapely
from shapely.geometry import MultiPolygon, Point, box, mapping, shape
from shapely.geometry.polygon import orient
from shapely.validation import make_valid

DECIMALS = 4
# name, box (west, south, east, north), points at sea: one in each sea that the box cuts off
REGIONS = (
    # Sea of Japan; then the parts of the Seto Inland Sea, whose straits lie south of the box
    (
        "far_east",
        (126.0, 34.0, 145.0, 50.0),
        (
            (134.0, 41.0),
            (133.0, 34.15),
            (131.78, 34.03),
            (131.49, 34.02),
            (131.39, 34.03),
            (131.06, 34.02),
        ),
    ),
    ("caspian", (45.0, 35.0, 56.0, 48.5), ((50.5, 42.0),)),
)


def touches(bounds, region):
    west, south, east, north = region
    return bounds[0] <= east and bounds[2] >= west and bounds[1] <= north and bounds[3] >= south


def land_near(paths, region):
    """The source's polygons that may reach into the region."""
    for path in paths:
        for record in shapefile.Reader(path).iterShapes():
            if record.shapeType == shapefile.NULL or not touches(record.bbox, region):
                continue
            polygon = shape(record.__geo_interface__)
            yield polygon if polygon.is_valid else make_valid(polygon)


def polygons(geometry):
    """The polygons of any geometry; points and lines that clipping leaves are dropped."""
    if geometry.geom_type == "Polygon":
        return [] if geometry.is_empty else [geometry]
    return [p for part in getattr(geometry, "geoms", ()) for p in polygons(part)]


def clip(paths, region, sea_points):
    frame = box(*region)
    land = shapely.intersection(shapely.union_all(list(land_near(paths, region))), frame)
    # rounds to the grid and keeps the result valid
    land = shapely.set_precision(land, 10.0**-DECIMALS)
    waters = polygons(shapely.difference(frame, land))
    for point in sea_points:
        sea = [water for water in waters if water.contains(Point(point))]
        if not sea:
            sys.exit("no sea at %s" % (point,))
        frame = shapely.difference(frame, sea[0], grid_size=10.0**-DECIMALS)
    land = frame
    parts = [orient(shapely.normalize(p)) for p in polygons(land)]
    parts.sort(key=lambda p: p.bounds)
    return MultiPolygon(parts)


def rounded(coordinates):
    if isinstance(coordinates[0], (int, float)):
        return [round(c, DECIMALS) for c in coordinates]
    return [rounded(c) for c in coordinates]


def version(path):
    name = os.path.splitext(path)[0] + ".VERSION.txt"
    if not os.path.exists(name):
        return "unknown version"
    with open(name, encoding="ascii") as file:
        return "version " + file.read().strip()


def feature(name, region, sea_points, paths):
    geometry = mapping(clip(paths, region, sea_points))
    return {
        "type": "Feature",
        "properties": {
            "region": name,
            "bbox": list(region),
            "origin": "Natural Earth 1:10m land and minor islands, %s, public domain; "
            "clipped, lakes filled, rounded to %d decimals" % (version(paths[0]), DECIMALS),
        },
        "geometry": {
            "type": geometry["type"],
            "coordinates": rounded(geometry["coordinates"]),
        },
    }


def main(paths):
    if not paths:
        sys.exit(__doc__)
    print('{"type":"FeatureCollection","features":[')
    lines = [
        json.dumps(feature(*region, paths), separators=(",", ":"))
        for region in REGIONS
    ]
    print(",\n".join(lines))
    print("]}")


if __name__ == "__main__":
    main(sys.argv[1:])

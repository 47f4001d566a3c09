"""The gaps that dialects.sh found in each dialect, against those of the first, the NOAA layout.
usage: dialects.py SCRATCH DIALECT...

SCRATCH/gaps/DIALECT.csv has the gaps of the default areas, SCRATCH/everywhere/DIALECT.csv and .json
those of no area and the ledger. Expectations: what each dialect can say, written down in DIALECTS below
from its definition. All else must be equal; positions within half a step of both dialects, as each
rounds the same position.

A position that lies within these steps of an area's edge may be inside in one dialect and outside in
the other. A row that differs for that reason alone is shown with its distance to the edge; a row that
differs farther from an edge is a failure.
"""
import csv
import json
import math
import sys

SCRATCH, FIRST, *OTHERS = sys.argv[1:]
AREAS = ("vladivostok", "caspian")
failures = []

DECIMALS_5, DECIMALS_6 = 1e-5, 1e-6
AIVDM = 1 / 600000  # ITU-R M.1371: longitude and latitude in 1/10000 minute
NO_STATICS = "name callsign ship_type ais_class"
# what is thought of a gap depends on the vessels' classes and types, which these do not say
NO_CLASS = "verdict confidence reasons likelihood_ratio p_silent_if_on"

# dialect: (step of a position in degrees, columns that it cannot fill, columns that it says otherwise)
DIALECTS = {
    "noaa2018": (DECIMALS_5, "", ""),
    "danish": (DECIMALS_6, "", "ship_type"),  # in words, a word for ten types
    "aisstream": (AIVDM, "", ""),
    "nmea": (AIVDM, "", ""),
    "nmea-bare": (AIVDM, "", ""),
    "aiscatcher": (AIVDM + DECIMALS_6, "", ""),  # rounded once more, to 6 decimals
    "digitraffic": (AIVDM + DECIMALS_6, NO_STATICS + " imo", NO_CLASS),
    "marinetraffic-json": (DECIMALS_5, NO_STATICS, NO_CLASS +
                           " off_cog_deg on_cog_deg"),  # whole degrees, cut off
}
POSITIONS = "off_lat off_lon on_lat on_lon".split()
# column: the last digit that is written, as positions differ by less than a metre
LAST_DIGIT = {"off_port_nm": 0.01, "on_port_nm": 0.01, "off_shore_nm": 0.01, "on_shore_nm": 0.01,
              "distance_nm": 0.001, "implied_speed_kn": 0.01,
              "off_sog_kn": 1e-5, "on_sog_kn": 1e-5}  # AIS-catcher: 10.400001
# two digits are written; a vessel counts in the cell that holds its position
RATIOS = {"likelihood_ratio": 0.1, "p_silent_if_on": 0.1}
KEY = "mmsi off_time on_time".split()
# depends on the digits of the position
UNCOMPARED = ("gap_id",)


def fail(text):
    failures.append(text)


def read(folder, dialect):
    with open(f"{SCRATCH}/{folder}/{dialect}.csv", newline="", encoding="utf-8") as file:
        return {tuple(row[name] for name in KEY): row for row in csv.DictReader(file)}


def tolerance(dialect):
    """degrees by which the positions of one report may differ; 1e-9 for the arithmetic"""
    return (DIALECTS[FIRST][0] + DIALECTS[dialect][0]) / 2 + 1e-9


def close(a, b, by):
    return a == b or (a != "" and b != "" and abs(float(a) - float(b)) <= by)


def edges():
    for name in AREAS:
        with open(f"data/areas/{name}.geojson", encoding="utf-8") as file:
            for feature in json.load(file)["features"]:
                geometry = feature["geometry"]
                polygons = geometry["coordinates"]
                for polygon in polygons if geometry["type"] == "MultiPolygon" else [polygons]:
                    for ring in polygon:
                        yield from zip(ring, ring[1:])


def metres_to_segment(lat, lon, a, b):
    """on the plane of longitude and latitude, in which areas are drawn; exact enough for metres"""
    scale = math.cos(math.radians(lat))
    ax, ay, bx, by = ((a[0] - lon) * scale, a[1] - lat, (b[0] - lon) * scale, b[1] - lat)
    dx, dy = bx - ax, by - ay
    along = max(0, min(1, -(ax * dx + ay * dy) / (dx * dx + dy * dy or 1)))
    return math.hypot(ax + along * dx, ay + along * dy) * 60 * 1852


EDGES = list(edges())


def metres_to_edge(row):
    """of the end that is nearest to an edge of an area"""
    ends = [(float(row[end + "_lat"]), float(row[end + "_lon"])) for end in ("off", "on")
            if row[end + "_lat"]]
    return min(metres_to_segment(*end, a, b) for end in ends for a, b in EDGES)


def at_an_edge(dialect, key, row, what):
    """whether a row may differ because its positions are rounded; says so"""
    metres = metres_to_edge(row)
    within = tolerance(dialect) * 60 * 1852 * math.sqrt(2)
    if metres <= within:
        print(f"{dialect}: {key}: {what}: {metres:.2f} m from an area's edge, positions differ by up to "
              f"{within:.2f} m")
    return metres <= within


def compare_rows(dialect, key, got, want):
    _, lacks, otherwise = DIALECTS[dialect]
    for name in want:
        if name in UNCOMPARED or name in otherwise.split():
            continue
        if name in lacks.split():
            same = got[name] == ""
        elif name in POSITIONS:
            same = close(got[name], want[name], tolerance(dialect))
        elif name in LAST_DIGIT:
            same = close(got[name], want[name], LAST_DIGIT[name] * 1.01)
        elif name in RATIOS:
            same = close(got[name], want[name], RATIOS[name] * float(want[name] or 0))
        else:
            same = got[name] == want[name]
        if not same and not (name == "area" and at_an_edge(dialect, key, want, "area")):
            yield f"{name} is {got[name]!r}, not {want[name]!r}"


def compare(folder, dialect):
    """all gaps of a dialect; the number of those that both have"""
    want, got = read(folder, FIRST), read(folder, dialect)
    for key in sorted(set(want) ^ set(got)):
        what = "missing" if key in want else "too many"
        if not at_an_edge(dialect, key, want.get(key) or got[key], what):
            fail(f"{dialect}, {folder}: {key}: {what}")
    both = sorted(set(want) & set(got))
    for key in both:
        for text in compare_rows(dialect, key, got[key], want[key]):
            fail(f"{dialect}, {folder}: {key}: {text}")
    return len(both)


def compare_ledgers(dialect):
    with open(f"{SCRATCH}/everywhere/{FIRST}.json", encoding="utf-8") as file:
        want = json.load(file)
    with open(f"{SCRATCH}/everywhere/{dialect}.json", encoding="utf-8") as file:
        got = json.load(file)
    for name in "vessels", "vessels_after_as_of", "gaps", "open", "as_of":
        if got[name] != want[name]:
            fail(f"{dialect}: {name} is {got[name]}, not {want[name]}")
    used = [sum(entry["used"] for entry in ledger["inputs"]) for ledger in (got, want)]
    if used[0] != used[1]:
        fail(f"{dialect}: {used[0]} reports are used, not {used[1]}")


def check(dialect):
    try:
        counts = [compare(folder, dialect) for folder in ("gaps", "everywhere")]
        compare_ledgers(dialect)
    except FileNotFoundError as error:
        return fail(f"{dialect}: no result: {error.filename}")
    print(f"{dialect}: {counts[0]} gaps in the areas, {counts[1]} everywhere")


for other in OTHERS:
    check(other)
gaps = list(read("gaps", FIRST).values())
# the traffic must be worth the test
for row_kind, rows in (("open", [r for r in gaps if r["status"] == "open"]),
                       ("class B", [r for r in gaps if r["ais_class"] == "B"]),
                       ("named", [r for r in gaps if r["name"]]),
                       ("unnamed", [r for r in gaps if not r["name"]]),
                       ("all", gaps)):
    least = 100 if row_kind == "all" else 3
    if len(rows) < least:
        fail(f"only {len(rows)} gaps: {row_kind}")
for failure in failures[:20]:
    print(failure)
if failures:
    print(f"{len(failures)} failures")
sys.exit(1 if failures else 0)
